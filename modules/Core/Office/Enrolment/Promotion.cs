using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>
/// The yearly promotion (升级): from 1 September every pupil on a compulsory roll is one grade further, and whoever has
/// finished the last grade of the school has graduated. A roll that has a standing of the new school year already (by a
/// list, by hand, by this) stays as it is: a second run finds nothing to do. Whoever enters in the year that begins is
/// in their grade already.
/// </summary>
public static class Promotion
{
    /// <summary>Rolls written at once.</summary>
    private const int AtOnce = 5000;

    private static readonly IReadOnlyList<Role> By =
    [
        Role.School,
        Role.CentralSchool,
        Role.County,
        Role.Prefecture,
        Role.Province,
        Role.Administrator,
    ];

    /// <summary>Promotes the pupils that the actor may see.</summary>
    /// <param name="work">The unit of work; for a preview one that is not committed.</param>
    /// <param name="year">The school year that begins.</param>
    /// <param name="preview">Whether it is only told what would be done.</param>
    /// <returns>How many were promoted, graduated, stay suspended, and were there already.</returns>
    public static async Task<CommandResult> RunAsync(UnitOfWork work, SchoolYear year, bool preview)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!work.Actor.Is(By))
            return CommandResult.Problem(
                ResultKind.Forbidden,
                $"升级由{string.Join("、", By.Select(r => r.Title))}办理。"
            );
        if (!preview && work.Today < year.First)
            return CommandResult.Refused(
                $"{year}还没有开始。",
                new RuleViolation("school-year-begun", "升级自 9 月 1 日起办理", []) { PossibleOn = year.First }
            );
        var (promoted, graduated, suspended, settled) = (0, 0, 0, 0);
        var groups = new SchoolClasses(work, year.Start, ClassOrigin.Promotion);
        foreach (var school in await work.Db.Set<School>().AsNoTracking().OrderBy(s => s.Id).ToListAsync())
        {
            if (!work.Actor.Holds(By, school.Scope))
                continue;
            var rolls = await work
                .Db.Set<Roll>()
                .AsNoTracking()
                .Where(r =>
                    r.SchoolId == school.Id
                    && r.Kind == RollKind.Compulsory
                    && (r.State == RollState.OnRoll || r.State == RollState.Suspended)
                )
                .Select(r => new
                {
                    Roll = r,
                    IsSettled = r.Entered >= year.First || r.Standings.Any(s => s.From >= year.First),
                })
                .ToListAsync();
            settled += rolls.Count(r => r.IsSettled);
            suspended += rolls.Count(r => !r.IsSettled && r.Roll.State == RollState.Suspended);
            foreach (
                var some in rolls
                    .Where(r => !r.IsSettled && r.Roll.State == RollState.OnRoll)
                    .Select(r => r.Roll)
                    .Chunk(AtOnce)
            )
            {
                var finished = some.Count(r => r.Grade >= LastOf(school.Kind));
                (graduated, promoted) = (graduated + finished, promoted + some.Length - finished);
                if (!preview)
                    await PromoteAsync(work, groups, school, some, year.First);
            }
        }

        if (!preview)
            work.Audit(
                "registry.promotion",
                null,
                work.Actor.As(By).Places,
                $"{year.Start}: {promoted} promoted, {graduated} graduated, {suspended} suspended, {settled} settled"
            );
        return CommandResult.Done(new PromotionOutcome(year.Start, preview, promoted, graduated, suspended, settled));
    }

    internal static int LastOf(SchoolKind kind) => kind == SchoolKind.Primary ? Grade.FirstOfJunior - 1 : Grade.Last;

    private static async Task PromoteAsync(
        UnitOfWork work,
        SchoolClasses groups,
        School school,
        IReadOnlyList<Roll> rolls,
        DateOnly from
    )
    {
        List<RollStanding> standings = [];
        foreach (var roll in rolls)
        {
            SchoolClass? schoolClass = null;
            if (roll.Grade >= LastOf(school.Kind))
                (roll.State, roll.Since) = (RollState.Graduated, from);
            else
            {
                roll.ClassName = roll.ClassName is { } name ? GradeWords.Next(name, roll.Grade) : null;
                roll.Grade++;
                schoolClass = roll.ClassName is { } next ? await groups.UseAsync(school, roll.Grade, next) : null;
                roll.ClassName = schoolClass?.Name;
            }

            roll.Version++;
            standings.Add(
                roll.AppendStanding(work, schoolClass, from, roll.State == RollState.Graduated ? "毕业" : "升级")
            );
        }

        await work.Db.SaveChangesAsync(); // saved first: standings refer to the classes
        await work.Db.UpdateAllAsync(rolls);
        await work.Db.InsertAllAsync(standings);
        await Standings.MoveScopeWithRollAsync(work, [.. rolls.Select(r => r.StudentId)]);
    }
}
