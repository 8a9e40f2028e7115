using System.Globalization;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Calendars;

/// <summary>Days in a row that are off or worked, as somebody enters them.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; null: it is one day.</param>
/// <param name="Name">What they are off or worked for: 火把节.</param>
/// <param name="Kind"><c>Off</c> or <c>Work</c>.</param>
public sealed record EnteredDays(DateOnly? From, DateOnly? To, string? Name, string? Kind);

/// <summary>
/// The notices of places on their own days (地方放假调休通知): entered by the bureau of the place or by one above, revoked,
/// and never changed.
/// </summary>
public static class DayNotices
{
    private const int LongestTitle = 100,
        LongestName = 20,
        MostDays = 100,
        LongestReason = 200;

    /// <summary>The bureaus: of their own place, and of all places beneath it.</summary>
    public static IReadOnlyList<Role> By { get; } = [Role.County, Role.Prefecture, Role.Province];

    /// <summary>Enters a notice.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="place">The code of a division: 532300.</param>
    /// <param name="title">Title and number of the notice.</param>
    /// <param name="days">The days that it names, in any order.</param>
    public static async Task<CommandResult> AddAsync(
        UnitOfWork work,
        string? place,
        string? title,
        IReadOnlyList<EnteredDays> days
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(days);
        if (!work.Actor.Is(By))
            return Forbidden;
        if (!DivisionCode.TryParse(place, out var code) || work.Policy.Divisions.Find(code) is null)
            return CommandResult.Invalid(("place", "须为行政区划代码，如 532300。"));
        if (code.Level > DivisionLevel.County)
            return CommandResult.Invalid(
                ("place", "放假通知登记到县（市、区）一级，如 532301：乡镇、街道没有自己的工作日。")
            );
        var path = ScopePath.ForDivision(work.Policy.Divisions.Current(code));
        if (!work.Actor.Holds(By, path))
            return Forbidden;
        if (Text(title, LongestTitle, out var source) is { } wrong)
            return CommandResult.Invalid(("source", $"通知的名称和文号{wrong}"));
        if (Read(days, out var named) is { Count: > 0 } faults)
            return CommandResult.Invalid([.. faults]);
        if (await ConflictAsync(work, path, named) is { } conflict)
            return conflict;
        var notice = new DayNotice
        {
            Id = work.NewId(),
            Place = path,
            Title = source,
            Actor = work.Actor.Name,
            At = work.Now,
        };
        List<NoticeDay> rows =
        [
            .. named
                .OrderBy(d => d.Date)
                .Select(d => new NoticeDay
                {
                    NoticeId = notice.Id,
                    Notice = notice,
                    Date = d.Date,
                    Name = d.Name,
                    Kind = d.Kind,
                }),
        ];
        work.Db.AddRange(rows);
        Note(work, "enter", notice, rows);
        return CommandResult.Created(new NoticeOutcome(View(work.Policy, notice, rows)), notice.Id);
    }

    /// <summary>Revokes a notice: its days are again what they are without it.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the notice.</param>
    /// <param name="reason">Why.</param>
    public static async Task<CommandResult> RevokeAsync(UnitOfWork work, Guid id, string? reason)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!work.Actor.Is(By))
            return Forbidden;
        if (await work.Db.Set<DayNotice>().FindAsync(id) is not { } notice)
            return CommandResult.NotFound($"没有放假通知 {id}。");
        if (!work.Actor.Holds(By, notice.Place))
            return Forbidden;
        if (Text(reason, LongestReason, out var why) is { } wrong)
            return CommandResult.Invalid(("reason", $"撤销的理由{wrong}"));
        if (notice.RevokedAt is { } already)
            return CommandResult.Refused(
                "不能撤销：已经撤销。",
                new RuleViolation("revoked-once", $"已于 {already.ToOffset(Today.Offset):yyyy-MM-dd} 撤销", [])
            );
        (notice.RevokedAt, notice.RevokedBy, notice.RevokeReason) = (work.Now, work.Actor.Name, why);
        var days = await work.Db.Set<NoticeDay>().Where(d => d.NoticeId == id).OrderBy(d => d.Date).ToListAsync();
        Note(work, "revoke", notice, days);
        return CommandResult.Done(new NoticeOutcome(View(work.Policy, notice, days)), id: id);
    }

    /// <summary>The notices that hold at a place, or beneath it; the latest first, the revoked among them.</summary>
    /// <param name="db">The database.</param>
    /// <param name="policy">What is loaded.</param>
    /// <param name="place">As <see cref="ScopePath"/> makes it; empty: everywhere.</param>
    public static async Task<IReadOnlyList<NoticeView>> ListAsync(AppDbContext db, PolicyContext policy, string place)
    {
        ArgumentNullException.ThrowIfNull(db);
        return
        [
            .. (
                await db.Set<NoticeDay>()
                    .AsNoTracking()
                    .Include(d => d.Notice)
                    .Where(d => place.StartsWith(d.Notice.Place) || d.Notice.Place.StartsWith(place))
                    .OrderByDescending(d => d.NoticeId)
                    .ThenBy(d => d.Date)
                    .ToListAsync()
            )
                .GroupBy(d => d.NoticeId)
                .Select(n => n.ToList())
                .Select(days => View(policy, days[0].Notice, days)),
        ];
    }

    private static CommandResult Forbidden =>
        CommandResult.Problem(
            ResultKind.Forbidden,
            $"地方的放假通知由当地或上级的{string.Join("、", By.Select(r => r.Title))}登记和撤销。"
        );

    /// <summary>What is wrong with a text; null: nothing.</summary>
    private static string? Text(string? given, int longest, out string text)
    {
        text = given?.Trim() ?? "";
        return text.Length == 0 ? "须填写。"
            : text.Length > longest ? $"不能超过 {longest} 字。"
            : UnsafeCharacters.AreIn(text) ? "含有不能显示的字符。"
            : FormBinder.NumberIn(text) is { } number ? $"{number}。"
            : null;
    }

    private static List<(string Field, string Message)> Read(
        IReadOnlyList<EnteredDays> days,
        out List<(DateOnly Date, string Name, DayKind Kind)> named
    )
    {
        List<(string, string)> faults = [];
        named = [];
        if (days.Count is 0 or > MostDays)
            faults.Add(("days", $"一份通知须有 1 至 {MostDays} 天。"));
        foreach (var (index, entered) in days.Take(MostDays).Index())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"days[{index}]");
            if (entered.From is not { } first || KindOf(entered.Kind) is not { } kind)
                faults.Add((at, "须有起始日期（止日期也须读得懂），并写明放假（Off）还是上班（Work）。"));
            else if (first.Year is < 2000 or > 2099 || entered.To is { Year: > 2099 })
                faults.Add((at, "不是本世纪的日期。"));
            else if (entered.To < first)
                faults.Add((at, "截止日期在起始日期之前。"));
            else if ((entered.To ?? first).DayNumber - first.DayNumber >= MostDays)
                faults.Add((at, $"一段不能超过 {MostDays} 天。"));
            else if (Text(entered.Name, LongestName, out var name) is { } wrong)
                faults.Add((at, $"节日或事由的名称{wrong}"));
            else
                foreach (var day in new DateSpan(first, entered.To ?? first).Days)
                    if (named.Exists(d => d.Date == day))
                        faults.Add((at, $"{day:yyyy-MM-dd} 写了两次。"));
                    else
                        named.Add((day, name, kind));
        }

        if (faults.Count == 0 && named.Count > MostDays)
            faults.Add(("days", $"一份通知须有 1 至 {MostDays} 天。"));
        return faults;
    }

    private static DayKind? KindOf(string? text) =>
        text switch
        {
            nameof(DayKind.Off) => DayKind.Off,
            nameof(DayKind.Work) => DayKind.Work,
            _ => null,
        };

    /// <summary>Of a day one notice of a place speaks: it would be a guess which of two is right.</summary>
    private static async Task<CommandResult?> ConflictAsync(
        UnitOfWork work,
        string place,
        List<(DateOnly Date, string Name, DayKind Kind)> named
    )
    {
        var days = named.ConvertAll(d => d.Date);
        return
            await work
                .Db.Set<NoticeDay>()
                .Where(d => d.Notice.Place == place && d.Notice.RevokedAt == null && days.Contains(d.Date))
                .OrderBy(d => d.Date)
                .Select(d => new { d.Date, d.Notice.Title })
                .FirstOrDefaultAsync()
                is { } other
            ? CommandResult.Refused(
                "不能登记：同一地方的一份通知已经安排了这一天。",
                new RuleViolation(
                    "one-notice-a-day",
                    $"{other.Date:yyyy-MM-dd} 已由《{other.Title}》安排；通知有变更的，先撤销原来的，再登记新的",
                    []
                )
            )
            : null;
    }

    private static void Note(UnitOfWork work, string what, DayNotice notice, IEnumerable<NoticeDay> days) =>
        work.Audit(
            $"calendar/notice-{what}",
            notice.Id,
            notice.Place,
            string.Join(' ', days.Select(d => $"{d.Date:yyyy-MM-dd}:{d.Kind}")),
            work.Actor.RolesAt(notice.Place).Intersect(By)
        );

    private static NoticeView View(PolicyContext policy, DayNotice notice, IEnumerable<NoticeDay> days) =>
        new(
            notice.Id,
            CodeOf(notice.Place),
            DivisionCode.TryParse(CodeOf(notice.Place), out var code)
                ? policy.Divisions.Find(code)?.Name ?? notice.Place
                : notice.Place,
            notice.Title,
            [.. days.Select(d => new PlaceDay(d.Date, d.Name, d.Kind))],
            notice.Actor,
            notice.At,
            notice.RevokedAt,
            notice.RevokeReason
        );

    private static string CodeOf(string path) => path.PadRight(6, '0');
}
