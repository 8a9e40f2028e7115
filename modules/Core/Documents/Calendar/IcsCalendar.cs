using System.Globalization;
using System.Text;
using EduAssist.Kernel.Calendar;

namespace EduAssist.Documents.Calendar;

/// <summary>
/// iCalendar (RFC 5545), for a phone or a mail program to subscribe to. All events are of whole days. UIDs name the
/// thing and its year, never its date, so that a subscriber sees a moved window move instead of a second one appear.
/// </summary>
public static class IcsCalendar
{
    private const int MostOctets = 75; // RFC 5545, 3.1: octets of a line without its line break

    /// <summary>
    /// A calendar has one component at least (RFC 5545, 3.6): where nothing is due, the time of its days.
    /// </summary>
    private static readonly string[] China =
    [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ];

    /// <summary>Writes the calendar of a module's year.</summary>
    /// <param name="year">The year.</param>
    /// <param name="writer">Receives the text, to be encoded as UTF-8.</param>
    /// <param name="stamp">When it is written.</param>
    public static void WriteICalendar(this CalendarYear year, TextWriter writer, DateTimeOffset stamp)
    {
        ArgumentNullException.ThrowIfNull(year);
        Write(writer, $"{year.Title} {year.Year}", year.Windows, year.Duties, year.Year, year.Module, stamp);
    }

    /// <summary>Writes a calendar.</summary>
    /// <param name="writer">Receives the text, CRLF whatever its own new line is; to be encoded as UTF-8.</param>
    /// <param name="name">The calendar's name, as users read it.</param>
    /// <param name="windows">
    /// One event for each open run. An open window ends at its estimate, marked （预计）; without one, on its first day.
    /// </param>
    /// <param name="duties">One event on the due day of each; those without a deadline are left out.</param>
    /// <param name="year">The year of the windows, part of their UIDs.</param>
    /// <param name="module">The module's id, part of all UIDs: <c>chuxiong-2020-sending-1@eduassist</c>.</param>
    /// <param name="stamp">When the calendar was made.</param>
    /// <exception cref="ArgumentException">
    /// Two events would have the same UID: two windows with one id, or an instance twice.
    /// </exception>
    public static void Write(
        TextWriter writer,
        string name,
        IEnumerable<Window> windows,
        IEnumerable<DutyInstance> duties,
        int year,
        string module,
        DateTimeOffset stamp
    )
    {
        ArgumentNullException.ThrowIfNull(writer);
        List<Event> events =
        [
            .. windows.SelectMany(window =>
                window.Runs.Select((run, n) => ToEvent(window, run, $"{module}-{year}-{window.Id}-{n + 1}"))
            ),
            .. duties.Where(duty => duty.Due is not null).Select(duty => ToEvent(duty, module)),
        ];
        if (events.CountBy(one => one.Uid).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
            throw new ArgumentException($"日历中 {twice} 出现两次", nameof(duties));

        Line(writer, "BEGIN:VCALENDAR");
        Line(writer, "VERSION:2.0");
        Line(writer, "PRODID:-//EduAssist//Calendar//ZH");
        Line(writer, "CALSCALE:GREGORIAN");
        Line(writer, $"X-WR-CALNAME:{Text(name)}");
        Line(writer, "REFRESH-INTERVAL;VALUE=DURATION:P1D"); // RFC 7986, 5.7
        Line(writer, "X-PUBLISHED-TTL:P1D"); // the same, for programs that are older
        if (events.Count == 0)
            foreach (var line in China)
                Line(writer, line);
        foreach (var one in events)
        {
            Line(writer, "BEGIN:VEVENT");
            Line(writer, $"UID:{Text(one.Uid)}");
            Line(writer, $"DTSTAMP:{stamp.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
            Line(writer, $"DTSTART;VALUE=DATE:{one.First:yyyyMMdd}");
            Line(writer, $"DTEND;VALUE=DATE:{one.Last.AddDays(1):yyyyMMdd}");
            Line(writer, $"SUMMARY:{Text(one.Summary)}");
            Line(writer, $"DESCRIPTION:{Text(one.Description)}");
            Line(writer, "TRANSP:TRANSPARENT");
            Line(writer, "END:VEVENT");
        }
        Line(writer, "END:VCALENDAR");
    }

    private sealed record Event(string Uid, DateOnly First, DateOnly Last, string Summary, string Description);

    private static Event ToEvent(Window window, DateSpan run, string id)
    {
        var estimate = window.Estimated > run.First ? window.Estimated.Value : run.First;
        // months in a subscriber's calendar would tell nothing; the last day is what the document prints
        var first = window.HasNoFirstDay && run.Last is { } last ? last : run.First;
        return new(
            $"{id}@eduassist",
            first,
            run.Last ?? estimate,
            run.Last is null ? $"{window.Title}（预计）"
                : window.HasNoFirstDay ? $"{window.Title}（截止）"
                : window.Title,
            Basis(window.Provisions, window.Interpretations)
        );
    }

    private static Event ToEvent(DutyInstance instance, string module)
    {
        var (duty, due, body) = (instance.Duty, instance.Due!.Value, instance.Body);
        return new(
            $"{module}-{instance.Period}-{duty.Id}{(body is null ? "" : $"-{body}")}@eduassist",
            due,
            due,
            $"{duty.Title}{(instance.Before is { } before ? $"（{before:HH:mm}前）" : "")}",
            $"{duty.OwedBy}{(body is null ? "" : $"：{body}")}\n{Basis(duty.Provisions, duty.Interpretations)}"
        );
    }

    private static string Basis(IReadOnlyList<string> provisions, IReadOnlyList<string> interpretations) =>
        $"条款：{string.Join('、', provisions)}{(interpretations is [] ? "" : $"\n释义：{string.Join('、', interpretations)}")}";

    /// <summary>
    /// A value of type TEXT (RFC 5545, 3.3.11); control characters, which it does not allow, are dropped.
    /// </summary>
    private static string Text(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var c in value.ReplaceLineEndings("\n"))
            _ = c switch
            {
                '\n' => text.Append("\\n"),
                '\\' or ';' or ',' => text.Append('\\').Append(c),
                _ => char.IsControl(c) && c != '\t' ? text : text.Append(c),
            };
        return text.ToString();
    }

    /// <summary>
    /// One content line, folded between characters so that no part is longer than 75 octets, the space in front
    /// included.
    /// </summary>
    private static void Line(TextWriter writer, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                writer.Write("\r\n ");
                octets = 1;
            }
            writer.Write(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        writer.Write("\r\n");
    }
}
