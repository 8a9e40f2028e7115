using System.Text.Json.Serialization.Metadata;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>A part of the pupils whom lists left out.</summary>
/// <param name="Pupils">Who is not answered for first, then who is not found.</param>
/// <param name="Next">After which the next part begins; null: this is the last.</param>
/// <param name="Schools">Those that have not answered for most of theirs first.</param>
public sealed record UnlistedPart(
    IReadOnlyList<UnlistedView> Pupils,
    string? Next,
    IReadOnlyList<UnlistedSchool> Schools
) : IContract<UnlistedPart>
{
    static JsonTypeInfo<UnlistedPart> IContract<UnlistedPart>.Contract => EnrolmentJson.Default.UnlistedPart;
}

/// <summary>A school, and for how many pupils it is asked.</summary>
/// <param name="Id">Of the school.</param>
/// <param name="Name">In full.</param>
/// <param name="Pupils">On its roll, and not in its list.</param>
/// <param name="Unanswered">For whom it has said nothing yet.</param>
public sealed record UnlistedSchool(Guid Id, string Name, int Pupils, int Unanswered);

/// <summary>A pupil whom the list left out, with masked numbers.</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="StudentId">Of the student.</param>
/// <param name="Name">In full.</param>
/// <param name="Sex">As recorded.</param>
/// <param name="ResidentId">Masked; null: none.</param>
/// <param name="RollId">Of the roll.</param>
/// <param name="School">That is asked.</param>
/// <param name="Grade">On the roll.</param>
/// <param name="ClassName">On the roll; null: none.</param>
/// <param name="TermTitle">The term that is asked for, in Chinese.</param>
/// <param name="Since">The day from which the first list without the pupil holds.</param>
/// <param name="ListedBy">Who brought the last one.</param>
/// <param name="Whereabouts">What the school says; null: nothing.</param>
/// <param name="CanAnswer">Whether whoever asks may say it.</param>
/// <param name="Version">The ETag.</param>
public sealed record UnlistedView(
    Guid Id,
    Guid StudentId,
    string Name,
    Sex Sex,
    string? ResidentId,
    Guid RollId,
    string School,
    int Grade,
    string? ClassName,
    string TermTitle,
    DateOnly Since,
    string ListedBy,
    WhereaboutsView? Whereabouts,
    bool CanAnswer,
    long Version
) : IContract<UnlistedView>
{
    static JsonTypeInfo<UnlistedView> IContract<UnlistedView>.Contract => EnrolmentJson.Default.UnlistedView;
}

/// <summary>Where a pupil is, as somebody says.</summary>
/// <param name="Kind">Where.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="Detail">To which school, with whom; null: nothing more is said.</param>
/// <param name="Actor">Who says it.</param>
/// <param name="At">When.</param>
public sealed record WhereaboutsView(
    WhereaboutsKind Kind,
    string Title,
    string? Detail,
    string Actor,
    DateTimeOffset At
) : IContract<WhereaboutsView>
{
    static JsonTypeInfo<WhereaboutsView> IContract<WhereaboutsView>.Contract => EnrolmentJson.Default.WhereaboutsView;
}

/// <summary>
/// Pupils who were on last term's list and are on nobody's now (上学期在册、本学期未见). A school's list takes nobody off its
/// roll; whom it leaves out it is asked for.
/// </summary>
public static class UnlistedPupils
{
    /// <summary>How many are told at a time.</summary>
    public const int AtOnce = 50;

    private const int LongestDetail = 200;

    private static readonly IReadOnlyList<Role> Answering =
    [
        Role.School,
        Role.CentralSchool,
        Role.County,
        Role.Prefecture,
        Role.Administrator,
    ];

    /// <summary>
    /// The pupils of a school whom its list leaves out. A list of half of the school or less, of one class or of a few
    /// new pupils, is no list of the school, and leaves out nobody. Whoever has finished the last grade of the school
    /// by then is not expected in it.
    /// </summary>
    /// <param name="school">The school.</param>
    /// <param name="from">From which day on the list holds.</param>
    /// <param name="records">All pupils of the school.</param>
    /// <param name="seen">Those whom the list names.</param>
    internal static List<KnownPupil> LeftOut(
        School school,
        DateOnly from,
        PupilRecords records,
        IReadOnlyDictionary<Guid, int> seen
    )
    {
        List<KnownPupil> expected =
        [
            .. records
                .All.Where(p =>
                    p.Open is { } open
                    && open.Roll.SchoolId == school.Id
                    && open.Last <= from
                    && !(
                        open.Roll.Grade >= Promotion.LastOf(school.Kind)
                        && SchoolYear.Of(open.Last) != SchoolYear.Of(from)
                    )
                )
                .OrderBy(p => p.Student.Id),
        ];
        var missing = expected.FindAll(p => !seen.ContainsKey(p.Student.Id));
        return missing.Count * 2 < expected.Count ? missing : [];
    }

    /// <summary>
    /// Writes down whom a list names again, and whom it leaves out. That an older list named a pupil is no answer to a
    /// newer one that does not.
    /// </summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="from">From which day on the list holds.</param>
    /// <param name="named">Students who were on record.</param>
    /// <param name="leftOut">Their rolls.</param>
    internal static async Task RecordAsync(
        UnitOfWork work,
        DateOnly from,
        IReadOnlyCollection<Guid> named,
        IReadOnlyCollection<Roll> leftOut
    )
    {
        var (year, term) = (SchoolYear.Of(from).Start, SchoolYear.TermOf(from));
        List<UnlistedPupil> changed = [],
            added = [];
        foreach (var some in named.Chunk(PupilRecords.AtOnce))
        foreach (var row in await OpenAsync(work, some))
            if (from >= row.Since && (year, term).CompareTo((row.SchoolYear, row.Term)) >= 0)
            {
                row.NamedOn = from;
                row.Version++;
                changed.Add(row);
            }

        foreach (var some in leftOut.Chunk(PupilRecords.AtOnce))
        {
            var open = (await OpenAsync(work, [.. some.Select(r => r.StudentId)])).ToLookup(u => u.RollId);
            foreach (var roll in some)
                if (open[roll.Id].FirstOrDefault() is not { } row)
                    added.Add(
                        new()
                        {
                            Id = work.NewId(),
                            StudentId = roll.StudentId,
                            RollId = roll.Id,
                            SchoolId = roll.SchoolId,
                            SchoolYear = year,
                            Term = term,
                            Since = from,
                            Actor = work.Actor.Name,
                            Scope = ScopePath.SchoolOf(roll.Scope),
                        }
                    );
                else if ((row.SchoolYear, row.Term).CompareTo((year, term)) < 0)
                {
                    (row.SchoolYear, row.Term, row.Actor) = (year, term, work.Actor.Name);
                    row.Version++;
                    changed.Add(row);
                }
        }

        await work.Db.UpdateAllAsync(changed);
        await work.Db.InsertAllAsync(added);
    }

    private static Task<List<UnlistedPupil>> OpenAsync(UnitOfWork work, IReadOnlyCollection<Guid> students) =>
        work
            .Db.Set<UnlistedPupil>()
            .AsNoTracking()
            .Where(u => students.Contains(u.StudentId) && u.NamedOn == null)
            .ToListAsync();

    /// <summary>A part of those whom the reader sees.</summary>
    /// <param name="db">What the reader may see.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="school">Only of this school; null: of all.</param>
    /// <param name="after">Where the part before ended; null: from the beginning.</param>
    public static async Task<UnlistedPart> ListAsync(
        ScopedReadDbContext db,
        Actor actor,
        Guid? school = null,
        PartCursor<string>? after = null
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(actor);
        var open = Open(db);
        var schools = await open.GroupBy(r => new { r.Pupil.SchoolId, r.Pupil.School.Name })
            .Select(g => new
            {
                g.Key.SchoolId,
                g.Key.Name,
                Pupils = g.Count(),
                Unanswered = g.Sum(r => r.Rank == 0 ? 1 : 0),
            })
            .OrderByDescending(s => s.Unanswered)
            .ThenByDescending(s => s.Pupils)
            .ThenBy(s => s.SchoolId)
            .Take(AtOnce)
            .ToListAsync();
        var pupils = school is { } one ? open.Where(r => r.Pupil.SchoolId == one) : open;
        if (after is var (rank, scope, id))
            pupils = pupils.Where(r =>
                r.Rank > rank || (r.Rank == rank && RowValues.After(r.Pupil.Scope, r.Pupil.Id, scope, id))
            );

        var rows = await With(pupils.OrderBy(r => r.Rank).ThenBy(r => r.Pupil.Scope).ThenBy(r => r.Pupil.Id))
            .Take(AtOnce + 1)
            .ToListAsync();
        return new(
            [.. rows.Take(AtOnce).Select(r => View(actor, r))],
            rows.Count > AtOnce ? $"{End(rows[AtOnce - 1])}" : null,
            [.. schools.Select(s => new UnlistedSchool(s.SchoolId, s.Name, s.Pupils, s.Unanswered))]
        );
    }

    /// <summary>One of them; null: the reader sees none, or a list has named the pupil.</summary>
    public static async Task<UnlistedView?> FindAsync(ScopedReadDbContext db, Actor actor, Guid id)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(actor);
        return await With(Open(db).Where(r => r.Pupil.Id == id)).SingleOrDefaultAsync() is { } found
            ? View(actor, found)
            : null;
    }

    /// <summary>Writes down where a pupil is, as a school or a bureau says.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the entry.</param>
    /// <param name="version">Of the entry, as it was seen; null: not said.</param>
    /// <param name="kind">Where: the name of a <see cref="WhereaboutsKind"/>; null: not said.</param>
    /// <param name="detail">To which school, with whom and to where.</param>
    public static async Task<CommandResult> AnswerAsync(
        UnitOfWork work,
        Guid id,
        long? version,
        string? kind,
        string? detail
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        if (
            await work.Db.Set<UnlistedPupil>().SingleOrDefaultAsync(u => u.Id == id) is not { } pupil
            || !work.Actor.AccessScope.Covers(pupil.Scope)
        )
            return CommandResult.NotFound("没有这一条，或者不在您能看到的范围内。");
        if (!work.Actor.Holds(Answering, pupil.Scope))
            return CommandResult.Problem(
                ResultKind.Forbidden,
                $"去向由{string.Join("、", Answering.Select(r => r.Title))}填写。"
            );
        if (ETagCheck.Fault(pupil.Version, version) is { } stale)
            return stale;
        if (pupil.NamedOn is { } named)
            return CommandResult.Refused(
                $"不用再填写去向：{named:yyyy-MM-dd} 的名单已经列入该生。",
                new RuleViolation("still-unlisted", "该生已经在名单中", [])
            );
        if (KindOf(kind) is not { } where)
            return CommandResult.Invalid(("kind", $"须选择去向：{Choices}。"));
        var text = detail?.Trim() is { Length: > 0 } said ? said : null;
        if (text is null && where is (WhereaboutsKind.Transferred or WhereaboutsKind.Left))
            return CommandResult.Invalid(
                ("detail", where == WhereaboutsKind.Transferred ? "须写明转到哪所学校。" : "须写明随谁、到哪里去了。")
            );
        if (text?.Length > LongestDetail)
            return CommandResult.Invalid(("detail", $"说明不能超过 {LongestDetail} 字。"));
        if (text is not null && FormBinder.NumberIn(text) is { } number)
            return CommandResult.Invalid(("detail", $"说明{number}。"));
        if (
            await work
                .Db.Set<Whereabouts>()
                .SingleOrDefaultAsync(w =>
                    w.RollId == pupil.RollId && w.SchoolYear == pupil.SchoolYear && w.Term == pupil.Term
                )
            is not { } answer
        )
            work.Db.Add(
                answer = new()
                {
                    Id = work.NewId(),
                    StudentId = pupil.StudentId,
                    RollId = pupil.RollId,
                    SchoolYear = pupil.SchoolYear,
                    Term = pupil.Term,
                    Actor = work.Actor.Name,
                    Scope = pupil.Scope,
                }
            );
        (answer.Kind, answer.Detail, answer.Actor, answer.At) = (where, text, work.Actor.Name, work.Now);
        pupil.Version++;
        work.Audit(
            "registry.roll/whereabouts",
            pupil.RollId,
            pupil.Scope,
            FormField.Camel($"{where}"),
            work.Actor.RolesAt(pupil.Scope).Intersect(Answering)
        );
        return CommandResult.Done(Told(answer), pupil.Version, answer.Id);
    }

    private static string Choices { get; } =
        string.Join("、", Enum.GetValues<WhereaboutsKind>().Select(k => $"{k}（{Words.For(k)}）"));

    private static WhereaboutsKind? KindOf(string? name) =>
        Enum.GetValues<WhereaboutsKind>()
            .Cast<WhereaboutsKind?>()
            .FirstOrDefault(k => string.Equals($"{k}", name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Of a place all that are open are one range of an index, and few.</summary>
    private static IQueryable<Ranked> Open(ScopedReadDbContext db) =>
        db.Set<UnlistedPupil>()
            .Where(u => u.NamedOn == null && (u.Roll.State == RollState.OnRoll || u.Roll.State == RollState.Suspended))
            .LeftJoin(
                db.Set<Whereabouts>(),
                u => new
                {
                    u.RollId,
                    u.SchoolYear,
                    u.Term,
                },
                w => new
                {
                    w.RollId,
                    w.SchoolYear,
                    w.Term,
                },
                (u, w) =>
                    new Ranked
                    {
                        Pupil = u,
                        Answer = w,
                        Rank =
                            w == null ? 0
                            : w.Kind == WhereaboutsKind.Unknown ? 1
                            : 2,
                    }
            );

    private static IQueryable<Row> With(IQueryable<Ranked> rows) =>
        rows.Select(r => new Row
        {
            Pupil = r.Pupil,
            Student = r.Pupil.Student,
            Roll = r.Pupil.Roll,
            School = r.Pupil.School.Name,
            Answer = r.Answer,
            Rank = r.Rank,
        });

    private static PartCursor<string> End(Row row) => new(row.Rank, row.Pupil.Scope, row.Pupil.Id);

    private static UnlistedView View(Actor actor, Row row) =>
        new(
            row.Pupil.Id,
            row.Pupil.StudentId,
            row.Student.Name,
            row.Student.Sex,
            SuspectedDoubles.Masked(row.Student.ResidentId, PersonalKind.Number),
            row.Pupil.RollId,
            row.School,
            row.Roll.Grade,
            row.Roll.ClassName,
            $"{new SchoolYear(row.Pupil.SchoolYear)}{Words.For(row.Pupil.Term)}",
            row.Pupil.Since,
            row.Pupil.Actor,
            row.Answer is null ? null : Told(row.Answer),
            actor.Holds(Answering, row.Pupil.Scope),
            row.Pupil.Version
        );

    private static WhereaboutsView Told(Whereabouts answer) =>
        new(answer.Kind, Words.For(answer.Kind), answer.Detail, answer.Actor, answer.At);

    private sealed class Ranked
    {
        internal required UnlistedPupil Pupil { get; init; }

        internal Whereabouts? Answer { get; init; }

        internal int Rank { get; init; }
    }

    private sealed class Row
    {
        internal required UnlistedPupil Pupil { get; init; }

        internal required Student Student { get; init; }

        internal required Roll Roll { get; init; }

        internal required string School { get; init; }

        internal Whereabouts? Answer { get; init; }

        internal int Rank { get; init; }
    }
}
