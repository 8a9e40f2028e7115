using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EduAssist.Data;
using EduAssist.Documents.Calendar;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Calendars;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace EduAssist.Web.Api;

/// <summary>Windows, duties and working days.</summary>
public sealed class CalendarApi : IEndpoints
{
    /// <summary>A window.</summary>
    public sealed record WindowView(
        string Id,
        string Title,
        DateOnly First,
        DateOnly? Last,
        IReadOnlyList<DateOnly> Closed,
        IReadOnlyList<string> Provisions,
        IReadOnlyList<string> Interpretations,
        DateOnly? Estimated
    )
    {
        /// <summary>Whether only its last day is printed, and the first is that of the year by convention.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool HasNoFirstDay { get; init; }

        internal static WindowView From(Window w) =>
            new(w.Id, w.Title, w.First, w.Last, w.Closed, w.Provisions, w.Interpretations, w.Estimated)
            {
                HasNoFirstDay = w.HasNoFirstDay,
            };
    }

    /// <summary>A duty that falls due, or has no deadline.</summary>
    public sealed record DutyView(
        string Id,
        string Title,
        DateOnly? Due,
        string OwedBy,
        IReadOnlyList<string> Provisions,
        IReadOnlyList<string> Interpretations
    )
    {
        /// <summary>How often in the period at least; null: no number is printed.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? AtLeast { get; init; }
    }

    /// <summary>A module's year.</summary>
    public sealed record YearView(
        string Module,
        int Year,
        IEnumerable<WindowView> Windows,
        IEnumerable<DutyView> Duties,
        string Calendar,
        IReadOnlyList<string> NotYetInForce
    )
    {
        /// <summary>The documents that open and demand nothing any more, with their last days; null: none.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyDictionary<string, DateOnly>? Expired { get; init; }

        /// <summary>A year as it is shown.</summary>
        public static YearView From(CalendarYear year) =>
            new(
                year.Module,
                year.Year,
                year.Windows.Select(WindowView.From),
                year.Duties.Select(d => new DutyView(
                    d.Duty.Id,
                    d.Duty.Title,
                    d.Due,
                    d.Duty.OwedBy,
                    d.Duty.Provisions,
                    d.Duty.Interpretations
                )
                {
                    AtLeast = d.Duty.AtLeast,
                }),
                year.CalendarVersion,
                year.NotYetInForce
            )
            {
                Expired = year.Expired.Count == 0 ? null : year.Expired.ToDictionary(d => d.Document, d => d.LastDay),
            };
    }

    /// <summary>When a window opens next.</summary>
    public sealed record Opening(string Id, string Title, DateOnly? Opens, string? Unknown);

    internal sealed record OpenView(
        string Module,
        DateOnly On,
        IEnumerable<WindowView> Open,
        IEnumerable<Opening> Next
    );

    internal sealed record WorkdaysView(
        DateOnly From,
        int Days,
        DateOnly Date,
        bool Provisional,
        string Calendar,
        IReadOnlyList<DayProof> Proof
    );

    private const int MostDays = 1000,
        FirstYear = 1900,
        LastYear = 2199;

    private const string NoPlace = "place 须为行政区划代码，school 须为学校的标识；二者给一个。";

    internal const string NoticeShape = """
        { "place": "532300", "source": "通知的名称和文号", "days":
          [{ "from": "2024-07-29", "to": "2024-07-31", "name": "火把节", "kind": "Off" }] }
        """;

    int IEndpoints.Order => 60;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/calendar")
            .WithTags("工作历")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        AtPlace(
                group.MapGet(
                    "/{module}/{year}.ics",
                    (HttpContext http, Instance i, CommandExecutor commands, string module, string year) =>
                        YearAsync(http, i, commands, module, year, y => ICalendarFile(i, y, http))
                )
            )
            .WithSummary("一年的时段和职责（iCalendar）")
            .Produces(StatusCodes.Status304NotModified)
            .Produces(StatusCodes.Status200OK, contentType: "text/calendar");
        AtPlace(group.MapGet("/{module}/open", OpenAsync))
            .WithSummary("某日开放的时段，及其余时段下次开放之日")
            .Produces<OpenView>();
        AtPlace(
                group.MapGet(
                    "/{module}/{year}",
                    (HttpContext http, Instance i, CommandExecutor commands, string module, string year) =>
                        YearAsync(http, i, commands, module, year, y => TypedResults.Ok(YearView.From(y)))
                )
            )
            .WithSummary("一年的时段和职责")
            .Produces<YearView>();
        AtPlace(group.MapGet("/workdays/add", AddWorkdaysAsync))
            .WithSummary("若干个工作日之后是哪一天，逐日说明；place 或 school：按当地的工作日")
            .Produces<WorkdaysView>();
        AtPlace(group.MapGet("/notices", async (HttpContext http, Instance instance, CommandExecutor commands) =>
                {
                    await using var db = commands.Database.Read(http.Actor().AccessScope);
                    return await PlaceAsync(http, instance, db, "") is { } place
                        ? ContractAnswer.Json(await DayNotices.ListAsync(db, instance, place))
                        : Problems.Invalid("place", NoPlace);
                }))
            .WithSummary("地方的放假调休通知，最近登记的在前，已撤销的也在内")
            .Produces<IReadOnlyList<NoticeView>>();
        group
            .MapPost("/notices", (HttpContext http, CommandExecutor commands) =>
                ContractBody.ReadAsync(http, WebJson.Default.NoticeBody, NoticeShape, asked =>
                    CasesApi.RunAsync(
                        http,
                        commands,
                        JsonSerializer.Serialize(asked, WebJson.Default.NoticeBody),
                        work => DayNotices.AddAsync(work, asked.Place, asked.Source, asked.Days ?? [])
                    )
                )
            )
            .WithSummary("登记一份地方的放假调休通知：只改变当地的工作日")
            .Takes<NoticeBody>()
            .Answers<NoticeOutcome>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group
            .MapDelete("/notices/{id:guid}", (HttpContext http, CommandExecutor commands, Guid id) =>
                CasesApi.RunAsync(http, commands, http.Request.QueryString.Value ?? "", work =>
                    DayNotices.RevokeAsync(work, id, http.Request.Query["reason"])
                )
            )
            .WithSummary("撤销一份地方的放假调休通知")
            .Asks("reason", "撤销的理由", required: true)
            .Answers<NoticeOutcome>()
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static RouteHandlerBuilder AtPlace(RouteHandlerBuilder route) =>
        route
            .Asks("place", "按哪个地方的放假通知：行政区划代码，如 532300")
            .Asks("school", "按哪所学校所在地的放假通知：学校的标识");

    private static async Task<IResult> YearAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        string module,
        string year,
        Func<CalendarYear, IResult> answer
    )
    {
        if (instance.Catalogue.Module(module) is not { } loaded)
            return Problems.NotFound($"没有加载模块 {module}。");
        if (!TryYear(year, out var number))
            return NoYear;
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        return await PlaceAsync(http, instance, db, loaded.Place) is { } place
            ? answer(instance.CalendarOf(loaded, number, await PlaceCalendars.ReadAsync(db, instance, place)))
            : Problems.Invalid("place", NoPlace);
    }

    /// <summary>The place that is asked for, or another where none is; null: there is no such place.</summary>
    internal static async Task<string?> PlaceAsync(
        HttpContext http,
        PolicyContext policy,
        ScopedReadDbContext db,
        string otherwise
    ) =>
        (http.Request.Query["place"].ToString(), http.Request.Query["school"].ToString()) switch
        {
            ("", "") => otherwise,
            (var place, "")
                when DivisionCode.TryParse(place, out var code) && policy.Divisions.Find(code) is not null =>
                ScopePath.ForDivision(policy.Divisions.Current(code)),
            ("", var school) when Guid.TryParse(school, out var id) => await db.Set<School>()
                .Where(s => s.Id == id)
                .Select(s => s.Scope)
                .SingleOrDefaultAsync(),
            _ => null,
        };

    /// <summary>A year that a plan or a calendar could be of.</summary>
    internal static bool TryYear(string text, out int year) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out year)
        && year is >= FirstYear and <= LastYear;

    internal static IResult NoYear => Problems.Invalid("year", $"年份须为 {FirstYear} 至 {LastYear} 的四位数字。");

    /// <summary>
    /// A calendar for a program that asks for it every day: nothing but 304 where nothing has moved since
    /// (<c>If-None-Match</c>). When it was written is no part of what it says.
    /// </summary>
    internal static IResult ICalendarFile(Instance instance, CalendarYear year, HttpContext http)
    {
        using var text = new StringWriter();
        year.WriteICalendar(text, instance.Today.Now);
        var said = string.Concat(
            text.ToString().Split("\r\n").Where(l => !l.StartsWith("DTSTAMP", StringComparison.Ordinal))
        );
        var tag = new EntityTagHeaderValue(
            $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)))[..24]}\"",
            isWeak: true
        );
        http.Response.Headers.ETag = tag.ToString();
        http.Response.Headers.CacheControl = "private, no-cache"; // kept by whoever asked, and asked about again
        return http
            .Request.GetTypedHeaders()
            .IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false) || t.Equals(EntityTagHeaderValue.Any))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Text(text.ToString(), "text/calendar", Encoding.UTF8);
    }

    private static async Task<IResult> OpenAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        string module,
        string? on
    )
    {
        if (instance.Catalogue.Module(module) is not { } loaded)
            return Problems.NotFound($"没有加载模块 {module}。");
        if (on is not null && Day(on) is null)
            return Problems.Invalid("on", "on 须为 yyyy-MM-dd 形式的日期。");
        var day = Day(on) ?? instance.Today.Date;
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        if (await PlaceAsync(http, instance, db, loaded.Place) is not { } place)
            return Problems.Invalid("place", NoPlace);
        var calendar = await PlaceCalendars.ReadAsync(db, instance, place);
        var windows = Catalogue.WindowsAround(loaded, day, instance, calendar);
        return TypedResults.Ok(
            new OpenView(
                module,
                day,
                windows.Where(w => w.IsOpen(day)).Select(WindowView.From),
                Openings(instance, windows, day)
            )
        );
    }

    internal static IEnumerable<Opening> Openings(Instance instance, IReadOnlyList<Window> windows, DateOnly day) =>
        windows
            .GroupBy(w => w.Id)
            .Where(g => !g.Any(w => w.IsOpen(day)))
            .Select(g => (Window: g.First(), Opens: g.Select(w => w.NextOpening(day)).Where(d => d is not null).Min()))
            .Select(x => new Opening(
                x.Window.Id,
                x.Window.Title,
                x.Opens,
                x.Opens is null && !instance.Calendar.Publishes(day.Year + 1)
                    ? new HolidaysNotPublishedException(day.Year + 1).Message
                    : null
            ))
            .OrderBy(o => o.Opens ?? DateOnly.MaxValue);

    private static async Task<IResult> AddWorkdaysAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        string? from,
        string? days
    )
    {
        if (Day(from) is not { } first)
            return Problems.Invalid("from", "from 须为 yyyy-MM-dd 形式的日期。");
        if (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > MostDays)
            return Problems.Invalid("days", $"days 须为 0 至 {MostDays} 的整数。");
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        if (await PlaceAsync(http, instance, db, "") is not { } place)
            return Problems.Invalid("place", NoPlace);
        var proof = (await PlaceCalendars.ReadAsync(db, instance, place)).Add(first, count);
        return TypedResults.Ok(
            new WorkdaysView(
                proof.From,
                proof.WorkingDays,
                proof.Due,
                proof.Provisional,
                proof.CalendarVersion,
                proof.Days
            )
        );
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
