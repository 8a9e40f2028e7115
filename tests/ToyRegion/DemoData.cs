using System.Text;
using EduAssist.Data;
using EduAssist.Office.Cases;
using EduAssist.Office.Demo;

namespace EduAssist.ToyRegion;

/// <summary>
/// The demo: a school in each of two counties, with the applications of last year and of this one as far as today.
/// Every step is taken by the real workflow on its day.
/// </summary>
internal sealed class DemoData(UnitOfWork work)
{
    private const int PupilsOfAClass = 6;

    private static readonly ApplicationWorkflow Applications = new();
    private static readonly EscortWorkflow Escorts = new();

    private readonly InventedPeople people = new(2024, work.Policy.Divisions);

    internal async Task FillAsync()
    {
        foreach (var (code, name) in ((int, string)[])[(520102, "玩具第一学校"), (520103, "玩具第二学校")])
        {
            var school = School.Create(work.NewId(), name, SchoolKind.NineYear, DivisionCode.Of(code));
            work.Db.Add(school);
            await work.Db.SaveChangesAsync();
            var escort = people.Next(DivisionCode.Of(code), new(1975, 1, 1), new(1995, 1, 1));
            await KeepAsync(await Escorts.OpenAsync(work, new()
            {
                ["name"] = escort.Name,
                ["residentId"] = escort.ResidentId.Value,
                ["school"] = name,
            }));
            foreach (var year in (int[])[work.Today.Year - 1, work.Today.Year])
                if (work.Policy.Calendar.Publishes(year)) await AddYearAsync(school, DivisionCode.Of(code), year);
        }
    }

    private async Task AddYearAsync(School school, DivisionCode county, int year)
    {
        var schoolClass = DemoRegistry.Group(work, school, 7, year - 1, $"{year}七（1）班");
        var pupils = Enumerable.Range(0, PupilsOfAClass).Select(_ =>
        {
            var person = people.Next(county, new(year - 13, 1, 1), new(year - 12, 1, 1));
            DemoRegistry.Pupil(work, school, schoolClass, person, new(year - 1, 9, 1));
            return person;
        }).ToList();
        await work.Db.SaveChangesAsync();
        var day = Timeline.Acceptance(year, work.Policy.Calendar).First;
        if (work.Today < day) return;
        // the last pupil has not applied, the first is still a draft, the second was declined
        for (var i = 0; i < pupils.Count - 1; i++)
        {
            var id = (await KeepAsync(await Applications.OpenAsync(work.On(day), Paper(pupils[i])))).Id!.Value;
            if (i == 0) continue;
            await KeepAsync(await Applications.AssessAsync(work.On(day), id, Facts(day)));
            await MoveAsync(id, day, "submit", FormValues.None);
            if (i == 1)
            {
                await MoveAsync(id, day.AddDays(1), "decline", FormValues.None);
                continue;
            }

            await MoveAsync(id, day, "county-approve", FormValues.None);
            await MoveAsync(id, day.AddDays(1), "prefecture-approve", FormValues.None);
            await MoveAsync(id, day.AddDays(1), "grant", new() { ["route"] = $"{i}路" });
        }
    }

    private static FormValues Paper(InventedPerson person) => new()
    {
        ["studentName"] = person.Name,
        ["residentId"] = person.ResidentId.Value,
        ["kilometres"] = "9",
        ["guardianPhone"] = person.Guardian.Phone?.Value ?? "无，常年在外",
        ["guardianSigned"] = "true",
    };

    private static byte[] Facts(DateOnly day) => Encoding.UTF8.GetBytes($$$"""
        {"facts":{"stage":"Junior","home":"520102","boards":false,"notifiedOn":"{{{day:yyyy-MM-dd}}}"}}
        """);

    private async Task MoveAsync(Guid id, DateOnly day, string action, FormValues input)
    {
        var version = (await work.Db.Set<Case>().FindAsync(id))!.Version;
        await KeepAsync(await Applications.MoveAsync(work.On(day), id, version, action, input));
    }

    /// <summary>A refused step is a fault of the demo. What was done is written, for the next step to see.</summary>
    private async Task<CommandResult> KeepAsync(CommandResult result)
    {
        if (!result.IsDone) throw new OperatorException($"演示数据的一步被拒绝：{result.Refusal!.Detail}");
        await work.Db.SaveChangesAsync();
        work.Db.ChangeTracker.Clear();
        return result;
    }
}
