using System.Text.Json.Serialization.Metadata;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Privacy;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>Two students who might be one.</summary>
/// <param name="One">The one who was entered first.</param>
/// <param name="Other">The other.</param>
/// <param name="Reasons">Why, in Chinese.</param>
/// <param name="Notes">What was said of them.</param>
/// <param name="CanMerge">Whether whoever asks may merge them.</param>
public sealed record SuspectedDouble(
    DoubleStudent One,
    DoubleStudent Other,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<DoubleNoteView> Notes,
    bool CanMerge
) : IContract<SuspectedDouble>
{
    static JsonTypeInfo<SuspectedDouble> IContract<SuspectedDouble>.Contract => EnrolmentJson.Default.SuspectedDouble;
}

/// <summary>A part of those who are suspected.</summary>
/// <param name="Pairs">Two by two.</param>
/// <param name="Next">After which the next part begins; null: this is the last.</param>
public sealed record DoublesPart(IReadOnlyList<SuspectedDouble> Pairs, Guid? Next) : IContract<DoublesPart>
{
    static JsonTypeInfo<DoublesPart> IContract<DoublesPart>.Contract => EnrolmentJson.Default.DoublesPart;
}

/// <summary>One of both, with masked numbers.</summary>
/// <param name="Id">Of the student.</param>
/// <param name="Version">Of the student.</param>
/// <param name="Name">In full.</param>
/// <param name="Sex">As recorded.</param>
/// <param name="BirthDate">Null: not known.</param>
/// <param name="ResidentId">Masked; null: none.</param>
/// <param name="NationalNumber">Masked; null: none.</param>
/// <param name="Rolls">Schools with states, in Chinese.</param>
public sealed record DoubleStudent(
    Guid Id,
    long Version,
    string Name,
    Sex Sex,
    DateOnly? BirthDate,
    string? ResidentId,
    string? NationalNumber,
    IReadOnlyList<string> Rolls
);

/// <summary>What was said of two students.</summary>
/// <param name="IsSame">Whether they are said to be one.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">Who says it.</param>
/// <param name="At">When.</param>
public sealed record DoubleNoteView(bool IsSame, string Reason, string Actor, DateTimeOffset At)
    : IContract<DoubleNoteView>
{
    static JsonTypeInfo<DoubleNoteView> IContract<DoubleNoteView>.Contract => EnrolmentJson.Default.DoubleNoteView;
}

/// <summary>
/// Students who might be one (疑似重复学籍), among those whom the reader sees. Few rules, each strong: what children of one
/// birthday have in common by chance, or twins by birth, is none.
/// </summary>
public static class SuspectedDoubles
{
    /// <summary>How many are told at a time.</summary>
    public const int AtOnce = 50;

    private const int MostOfOneName = 12,
        MostOthers = 200,
        LengthOfSchool = 33, // the stroke and the school's id in a scope
        LongestReason = 200;

    /// <summary>Before the school in a scope; a text, since of a character no database tells where it stands.</summary>
    private static readonly string Stroke = "/";

    private static readonly IReadOnlyList<Role> Noting = [Role.School, Role.CentralSchool, .. StudentMerge.By];

    /// <summary>
    /// A part of them: by birth date, the youngest first; those found by another rule before all others.
    /// </summary>
    /// <param name="db">What the reader may see.</param>
    /// <param name="keys">Make blind indexes.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="after">One of the last two told; null: from the beginning.</param>
    public static async Task<DoublesPart> ListAsync(
        ScopedReadDbContext db,
        KeyRing keys,
        Actor actor,
        Guid? after = null
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(actor);
        List<(Student One, Student Other, string Why)> pairs = [];
        if (after is null)
        {
            pairs.AddRange(await OfNumbersAsync(db, keys));
            pairs.AddRange(await WithoutBirthDateAsync(db));
        }

        var (same, next) = await OfOneNameAsync(db, after);
        pairs.AddRange(same);
        return new(await TellAsync(db, actor, pairs), next);
    }

    /// <summary>Two students beside each other, suspected or not; null: the reader does not see both.</summary>
    public static async Task<SuspectedDouble?> FindAsync(ScopedReadDbContext db, Actor actor, Guid one, Guid other)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(actor);
        var both = await db.Set<Student>().Where(s => s.Id == one || s.Id == other).ToListAsync();
        return both is [var first, var second]
            ? (await TellAsync(db, actor, [(first, second, "")], all: true)).Single()
            : null;
    }

    /// <summary>Notes what a school or a bureau says of two students.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="one">One of both.</param>
    /// <param name="other">The other.</param>
    /// <param name="isSame">Whether they are one person.</param>
    /// <param name="reason">Why.</param>
    public static async Task<CommandResult> NoteAsync(
        UnitOfWork work,
        Guid one,
        Guid other,
        bool isSame,
        string? reason
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        var both = await work.Db.Set<Student>().Where(s => s.Id == one || s.Id == other).ToListAsync();
        if (both.Count != 2 || !both.TrueForAll(s => work.Actor.AccessScope.Covers(s.Scope)))
            return CommandResult.NotFound("没有这两名学生，或者不在您能看到的范围内。");
        if (!both.Exists(s => work.Actor.Holds(Noting, s.Scope)))
            return CommandResult.Problem(
                ResultKind.Forbidden,
                $"核对意见由{string.Join("、", Noting.Select(r => r.Title))}填写。"
            );
        if (reason?.Trim() is not { Length: > 0 and <= LongestReason } why)
            return CommandResult.Invalid(("reason", $"须写明理由（不超过 {LongestReason} 字）。"));
        if (Documents.Forms.FormBinder.NumberIn(why) is { } number)
            return CommandResult.Invalid(("reason", $"理由{number}。"));
        var note = new DoubleNote
        {
            Id = work.NewId(),
            StudentId = one,
            OtherId = other,
            IsSame = isSame,
            IsDecided = both.TrueForAll(s => work.Actor.Holds(StudentMerge.By, s.Scope)),
            Reason = why,
            Actor = work.Actor.Name,
            At = work.Now,
        };
        work.Db.Add(note);
        foreach (var student in both)
            work.Audit(
                isSame ? "student/double" : "student/no-double",
                student.Id,
                student.Scope,
                by: work.Actor.RolesAt(student.Scope).Intersect(Noting)
            );
        return CommandResult.Done(new DoubleNoteView(isSame, why, note.Actor, note.At), id: note.Id);
    }

    /// <summary>
    /// The same name, sex and birth date. Twins have two names. Two of one name and birthday with two different IDs are
    /// two persons, unless they are at one school.
    /// </summary>
    private static async Task<(List<(Student, Student, string)> Pairs, Guid? Next)> OfOneNameAsync(
        ScopedReadDbContext db,
        Guid? after
    )
    {
        var students = db.Set<Student>().Where(s => s.BirthDate != null && s.Name != PersonalData.Erased);
        if (
            after is { } last
            && await db.Set<Student>().SingleOrDefaultAsync(s => s.Id == last) is { BirthDate: not null } from
        )
        {
            var (birth, name, sex) = (from.BirthDate, from.Name, from.Sex);
            students = students.Where(s => RowValues.Before(s.BirthDate, s.Name, s.Sex, birth, name, sex));
        }

        var names = await students
            .GroupBy(s => new
            {
                s.BirthDate,
                s.Name,
                s.Sex,
            })
            .Where(g => g.Count() > 1)
            .OrderByDescending(g => g.Key.BirthDate)
            .ThenByDescending(g => g.Key.Name)
            .ThenByDescending(g => g.Key.Sex)
            .Select(g => g.Key)
            .Take(AtOnce + 1)
            .ToListAsync();
        List<(Student, Student, string)> pairs = [];
        Guid? next = null;
        foreach (var key in names.Take(AtOnce))
        {
            var some = await db.Set<Student>()
                .Where(s => s.BirthDate == key.BirthDate && s.Name == key.Name && s.Sex == key.Sex)
                .OrderBy(s => s.Id)
                .Take(MostOfOneName)
                .ToListAsync();
            next = some[0].Id;
            pairs.AddRange(
                from one in some
                from other in some
                where one.Id.CompareTo(other.Id) < 0
                let areAtOneSchool = one.Scope.Contains(Stroke, StringComparison.Ordinal)
                    && ScopePath.SchoolOf(one.Scope) == ScopePath.SchoolOf(other.Scope)
                where areAtOneSchool || !HaveTwoNumbers(one, other)
                select (
                    one,
                    other,
                    areAtOneSchool ? "同一所学校，姓名、性别、出生日期相同" : "姓名、性别、出生日期相同"
                )
            );
        }

        return (pairs, names.Count > AtOnce ? next : null);
    }

    /// <summary>Of one kind; who has a number of each kind may be one.</summary>
    private static bool HaveTwoNumbers(Student one, Student other) =>
        (one.ResidentIdIndex is not null && other.ResidentIdIndex is not null)
        || (
            one.DocumentNumberIndex is { } number
            && other.DocumentNumberIndex is { } another
            && !number.AsSpan().SequenceEqual(another)
        );

    /// <summary>The formal number of one, who has no ID on record, was made of the ID of the other.</summary>
    private static async Task<List<(Student, Student, string)>> OfNumbersAsync(ScopedReadDbContext db, KeyRing keys)
    {
        List<(Student, Student, string)> pairs = [];
        List<Student> without = await db.Set<Student>()
            .Where(s => s.ResidentIdIndex == null && s.NationalNumberIndex != null)
            .ToListAsync();
        foreach (
            var some in without
                .Where(s => s.NationalNumber is ['G', ..])
                .Select(s => (Index: keys.BlindIndexOf(s.NationalNumber![1..], BlindIndex.ResidentId), Student: s))
                .Chunk(PupilRecords.AtOnce)
        )
        {
            var indexes = some.Select(s => s.Index).ToList();
            var ids = some.Select(s => s.Student.Id).ToList();
            var decided = await db.Set<DoubleNote>()
                .Where(n => n.IsDecided && (ids.Contains(n.StudentId) || ids.Contains(n.OtherId)))
                .OrderBy(n => n.At)
                .ToListAsync();
            var two = decided
                .GroupBy(n => Ordered(n.StudentId, n.OtherId))
                .Where(g => !g.Last().IsSame)
                .Select(g => g.Key)
                .ToHashSet();
            foreach (
                var owner in await db.Set<Student>().Where(s => indexes.Contains(s.ResidentIdIndex!)).ToListAsync()
            )
                pairs.AddRange(
                    some.Where(s =>
                            s.Index.AsSpan().SequenceEqual(owner.ResidentIdIndex)
                            && s.Student.Id != owner.Id
                            && !two.Contains(Ordered(s.Student.Id, owner.Id))
                        )
                        .Select(s => (s.Student, owner, "一人的身份证件号在另一人的全国学籍号中"))
                );
            if (pairs.Count >= MostOthers)
                break;
        }

        return pairs;
    }

    /// <summary>
    /// The same name and sex at one school, and one of both has neither birth date nor ID. The database compares the
    /// school: of a common name there are thousands at other schools. It also leaves out whom a bureau calls two
    /// persons, and two with two documents: they would fill the number of pairs that are told.
    /// </summary>
    private static async Task<List<(Student, Student, string)>> WithoutBirthDateAsync(ScopedReadDbContext db) =>
        [
            .. (
                await db.Set<Student>()
                    .Where(s =>
                        s.BirthDate == null
                        && s.ResidentIdIndex == null
                        && s.Name != PersonalData.Erased
                        && s.Scope.Contains(Stroke) // who is on no register may lie in a county
                    )
                    .Join(
                        db.Set<Student>(),
                        s => new
                        {
                            s.Name,
                            s.Sex,
                            School = s.Scope.Substring(0, s.Scope.IndexOf(Stroke) + LengthOfSchool),
                        },
                        s => new
                        {
                            s.Name,
                            s.Sex,
                            School = s.Scope.Substring(0, s.Scope.IndexOf(Stroke) + LengthOfSchool),
                        },
                        (One, Other) => new { One, Other }
                    )
                    .Where(p =>
                        p.One.Id != p.Other.Id
                        // of two who have neither, once
                        && (
                            p.Other.BirthDate != null
                            || p.Other.ResidentIdIndex != null
                            || p.One.Id.CompareTo(p.Other.Id) < 0
                        )
                        && (
                            p.One.DocumentNumberIndex == null
                            || p.Other.DocumentNumberIndex == null
                            || p.One.DocumentNumberIndex == p.Other.DocumentNumberIndex
                        )
                        && !db.Set<DoubleNote>()
                            .Any(n =>
                                (
                                    (n.StudentId == p.One.Id && n.OtherId == p.Other.Id)
                                    || (n.StudentId == p.Other.Id && n.OtherId == p.One.Id)
                                )
                                && n.IsDecided
                                && !n.IsSame
                                && !db.Set<DoubleNote>()
                                    .Any(l =>
                                        (
                                            (l.StudentId == n.StudentId && l.OtherId == n.OtherId)
                                            || (l.StudentId == n.OtherId && l.OtherId == n.StudentId)
                                        )
                                        && l.IsDecided
                                        && l.At > n.At
                                    )
                            )
                    )
                    .OrderBy(p => p.One.Id)
                    .ThenBy(p => p.Other.Id)
                    .Take(MostOthers)
                    .ToListAsync()
            ).Select(p => (p.One, p.Other, "同一所学校，姓名、性别相同，一人没有出生日期和身份证件号")),
        ];

    private static async Task<IReadOnlyList<SuspectedDouble>> TellAsync(
        ScopedReadDbContext db,
        Actor actor,
        List<(Student One, Student Other, string Why)> pairs,
        bool all = false
    )
    {
        List<Guid> ids = [.. pairs.SelectMany(p => new[] { p.One.Id, p.Other.Id }).Distinct()];
        List<DoubleNote> notes = [];
        Dictionary<Guid, List<string>> rolls = [];
        foreach (var some in ids.Chunk(PupilRecords.AtOnce))
        {
            notes.AddRange(
                await db.Set<DoubleNote>()
                    .Where(n => some.Contains(n.StudentId) || some.Contains(n.OtherId))
                    .OrderBy(n => n.At)
                    .ToListAsync()
            );
            foreach (
                var roll in await db.Set<Roll>()
                    .Where(r => some.Contains(r.StudentId))
                    .OrderBy(r => r.Since)
                    .Select(r => new
                    {
                        r.StudentId,
                        r.School.Name,
                        r.Kind,
                        r.State,
                        r.Since,
                    })
                    .ToListAsync()
            )
            {
                if (!rolls.TryGetValue(roll.StudentId, out var list))
                    rolls[roll.StudentId] = list = [];
                list.Add($"{roll.Name} {Words.For(roll.Kind)} {Words.For(roll.State)}（{roll.Since:yyyy-MM-dd} 起）");
            }
        }

        List<SuspectedDouble> told = [];
        foreach (var group in pairs.GroupBy(p => Ordered(p.One.Id, p.Other.Id)))
        {
            var (one, other) =
                group.First().One.Id == group.Key.First
                    ? (group.First().One, group.First().Other)
                    : (group.First().Other, group.First().One);
            var said = notes.FindAll(n => Ordered(n.StudentId, n.OtherId) == group.Key);
            if (!all && said.FindLast(n => n.IsDecided) is { IsSame: false })
                continue;
            told.Add(
                new(
                    View(one),
                    View(other),
                    [.. group.Select(p => p.Why).Where(w => w.Length > 0).Distinct()],
                    [.. said.Select(n => new DoubleNoteView(n.IsSame, n.Reason, n.Actor, n.At))],
                    actor.Holds(StudentMerge.By, one.Scope) && actor.Holds(StudentMerge.By, other.Scope)
                )
            );
        }

        return told;

        DoubleStudent View(Student s) =>
            new(
                s.Id,
                s.Version,
                s.Name,
                s.Sex,
                s.BirthDate,
                Masked(s.ResidentId, PersonalKind.Number),
                Masked(s.NationalNumber, PersonalKind.Number),
                rolls.GetValueOrDefault(s.Id) ?? []
            );
    }

    /// <summary>A number as a list shows it.</summary>
    internal static string? Masked(string? number, PersonalKind kind) =>
        number is not null && PersonalMask.For(kind) is { } mask
            ? NumberBody.Masked(number, mask.Head, mask.Tail)
            : null;

    /// <summary>Ids are made one after the other, so the first of both was entered first.</summary>
    private static (Guid First, Guid Second) Ordered(Guid one, Guid other) =>
        one.CompareTo(other) < 0 ? (one, other) : (other, one);
}
