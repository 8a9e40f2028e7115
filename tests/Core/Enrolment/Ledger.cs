using System.Globalization;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>
/// What a clerk would write into a book, line by line, knowing who is who: no numbers are looked up, nothing is
/// compared, no database is asked. The registry, which knows pupils by their numbers only, must come to the same.
/// </summary>
internal sealed class Ledger
{
    private readonly Dictionary<int, Page> pages = [];

    private readonly List<string> takeovers = [];

    /// <summary>The page of a pupil; null: none yet.</summary>
    internal Page? Of(int pupil) => pages.GetValueOrDefault(pupil);

    /// <summary>Writes down a list of a school.</summary>
    internal void Enter(string school, DateOnly from, IReadOnlyList<Line> lines)
    {
        foreach (var line in lines)
            Enter(school, from, line);
        var named = lines.Select(l => l.Pupil).ToHashSet();
        foreach (var (pupil, page) in pages)
        {
            if (named.Contains(pupil))
            {
                // that an older list named the pupil is no answer to a newer one that does not
                if (page.Unlisted is { } asked && from >= asked.Since
                    && string.CompareOrdinal(Term(from), asked.Asked) >= 0)
                    page.Unlisted = null;
            }
            else if (page.Open is { } open && open.School == school && open.Entries[^1].From <= from)
                page.Unlisted = (page.Unlisted?.Since ?? from, Term(from));
        }
    }

    private void Enter(string school, DateOnly from, Line line)
    {
        if (!pages.TryGetValue(line.Pupil, out var page))
            pages[line.Pupil] = page = new();
        var name = page.Name;
        page.Name = line.Name;
        page.Sex = line.Sex;
        page.Birth = line.Birth ?? page.Birth ?? (line.Id is null ? null : BirthIn(line.Id));
        page.Ethnicity = line.Ethnicity ?? page.Ethnicity;
        page.Id = line.Id ?? page.Id;
        page.National = line.National ?? page.National;
        page.Phone = line.Phone ?? page.Phone;
        if (line.Father is { } father)
            page.Father = (father, line.FatherPhone ?? (page.Father?.Phone));
        if (page.Open is { } old && old.School != school)
        {
            (old.State, old.Since) = (RollState.TransferredOut, from);
            old.Entries.Add((from, old.State, old.Grade, null, "转出"));
            takeovers.Add($"{name}: {old.School} {old.Grade} {old.Class} > {school} {from:yyyy-MM-dd}");
            if (page.Rolls.FindLast(r => r.School == school) is { } former)
            {
                (former.State, former.Since) = (RollState.OnRoll, from);
                Write(former, line, from, "名单导入");
            }
            else
                Write(Begin(page, school, from), line, from, "转入");
        }
        else if (page.Open is not { } here)
            Write(Begin(page, school, from), line, from, "名单导入");
        else if ((line.Grade, line.Class) != (here.Grade, here.Class))
            Write(here, line, from, "名单导入");
        else
            here.Number = line.Number ?? here.Number;
    }

    private static Sheet Begin(Page page, string school, DateOnly from)
    {
        var sheet = new Sheet { School = school, Since = from };
        page.Rolls.Add(sheet);
        return sheet;
    }

    private static void Write(Sheet sheet, Line line, DateOnly from, string why)
    {
        (sheet.Number, sheet.Grade, sheet.Class) = (line.Number ?? sheet.Number, line.Grade, line.Class);
        sheet.Entries.Add((from, sheet.State, sheet.Grade, sheet.Class, why));
    }

    private static DateOnly BirthIn(string id) =>
        DateOnly.ParseExact(id.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Term(DateOnly day) =>
        day.Month is >= 9 or 1 ? $"{day.Year} Autumn" : $"{day.Year - 1} Spring";

    /// <summary>All of it as text, in an order of its own.</summary>
    internal string Text() => string.Join('\n', pages.Values.Select(p =>
            $"{p.Name} {p.Sex} {p.Birth:yyyy-MM-dd} {p.Ethnicity} {p.Id} {p.National} {p.Phone}"
                + $" | {p.Father?.Name} {p.Father?.Phone}"
                + $" | at {(p.Open ?? p.Rolls[^1]).School} {(p.Open ?? p.Rolls[^1]).Class}"
                + string.Concat(p.Rolls.OrderBy(r => r.School, StringComparer.Ordinal).Select(r =>
                    $" | {r.School} {r.Number} {r.Grade} {r.Class} {r.State} {r.Since:yyyy-MM-dd}:"
                        + string.Concat(r.Entries.Select(e =>
                            $" {e.From:yyyy-MM-dd} {e.State} {e.Grade} {e.Class} {e.Why};"))))
                + $" | {(p.Unlisted is { } u ? $"{u.Since:yyyy-MM-dd} {u.Asked}" : "listed")}")
        .Order(StringComparer.Ordinal).Concat(takeovers.Order(StringComparer.Ordinal)));

    /// <summary>The registry as the same text.</summary>
    internal static async Task<string> TextOf(Stored stored)
    {
        await using var db = stored.Read();
        var unlisted = await db.Set<UnlistedPupil>().Where(u => u.NamedOn == null).ToDictionaryAsync(u => u.RollId);
        var classes = await db.Set<SchoolClass>().ToDictionaryAsync(c => c.Scope, c => c.Name);
        var pupils = await db.Set<Student>().Include(s => s.Guardians).Include(s => s.Rolls).ThenInclude(r => r.School)
            .Include(s => s.Rolls).ThenInclude(r => r.Standings).ThenInclude(s => s.Group).AsSplitQuery().ToListAsync();
        return string.Join('\n', pupils.Select(p =>
                $"{p.Name} {p.Sex} {p.BirthDate:yyyy-MM-dd} {p.Ethnicity} {p.ResidentId} {p.NationalNumber} {p.Phone}"
                    + $" | {p.Guardians.SingleOrDefault()?.Name} {p.Guardians.SingleOrDefault()?.Phone}"
                    + " | at "
                    + p.Rolls.Single(r => p.Scope.StartsWith(r.School.Scope, StringComparison.Ordinal)).School.Code
                    + $" {classes.GetValueOrDefault(p.Scope)}"
                    + string.Concat(p.Rolls.OrderBy(r => r.School.Code, StringComparer.Ordinal).Select(r =>
                        $" | {r.School.Code} {r.Number} {r.Grade} {r.ClassName} {r.State} {r.Since:yyyy-MM-dd}:"
                            + string.Concat(r.Standings.OrderBy(s => s.From).ThenBy(s => s.At).Select(s =>
                                $" {s.From:yyyy-MM-dd} {s.State} {s.Grade} {s.Group?.Name} {s.Reason};"))))
                    + $" | {(p.Rolls.Select(r => unlisted.GetValueOrDefault(r.Id)).SingleOrDefault(u => u is not null)
                        is { } u ? $"{u.Since:yyyy-MM-dd} {u.SchoolYear} {u.Term}" : "listed")}")
            .Order(StringComparer.Ordinal)
            .Concat((await db.Set<Takeover>().ToListAsync()).Select(t =>
                $"{t.Name}: {Code(t.FromSchool)} {t.Grade} {t.ClassName} > {Code(t.ToSchool)} {t.On:yyyy-MM-dd}")
                .Order(StringComparer.Ordinal)));

        static string Code(string school) => school == "鹿城西中学" ? Given.West : Given.Far;
    }

    /// <summary>A row of a list, and whose it is.</summary>
    internal sealed record Line(
        int Pupil,
        string Name,
        Sex Sex,
        DateOnly? Birth,
        string? Ethnicity,
        string? Id,
        string? National,
        string? Number,
        int Grade,
        string Class,
        string? Phone,
        string? Father,
        string? FatherPhone);

    internal sealed class Page
    {
        internal string Name { get; set; } = "";
        internal Sex Sex { get; set; }
        internal DateOnly? Birth { get; set; }
        internal string? Ethnicity { get; set; }
        internal string? Id { get; set; }
        internal string? National { get; set; }
        internal string? Phone { get; set; }
        internal (string Name, string? Phone)? Father { get; set; }
        internal List<Sheet> Rolls { get; } = [];
        internal (DateOnly Since, string Asked)? Unlisted { get; set; }
        internal Sheet? Open => Rolls.Find(r => r.State == RollState.OnRoll);
    }

    internal sealed class Sheet
    {
        internal required string School { get; init; }
        internal string? Number { get; set; }
        internal int Grade { get; set; }
        internal string? Class { get; set; }
        internal RollState State { get; set; } = RollState.OnRoll;
        internal DateOnly Since { get; set; }
        internal List<(DateOnly From, RollState State, int Grade, string? Class, string Why)> Entries { get; } = [];
    }
}
