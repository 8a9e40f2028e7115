using System.Runtime.CompilerServices;

namespace EduAssist.Kernel.Calendar;

/// <summary>A duty 职责: what a kind of body owes, and when. A declaration; its instances are computed.</summary>
/// <param name="Id">Short and stable, as <c>annual-report</c>.</param>
/// <param name="Title">What users read.</param>
/// <param name="OwedBy">The kind of body, in Chinese: 县市教育体育局.</param>
/// <param name="Provisions">The provisions that it rests on, as <c>cx2020/8.1b</c>.</param>
/// <param name="When">When it falls due.</param>
/// <param name="Source">The file that declares it; left to the compiler.</param>
public sealed record Duty(
    string Id, string Title, string OwedBy, IReadOnlyList<string> Provisions, Recurrence When,
    [CallerFilePath] string Source = "")
{
    /// <summary>The interpretations 释义 that its dates rest on.</summary>
    public IReadOnlyList<string> Interpretations { get; init; } = [];

    /// <summary>What users read, with the number of times where the document prints one: 听课至少 10 次.</summary>
    public string Title { get => AtLeast is { } times ? $"{field}至少 {times} 次" : field; init; } = Title;

    /// <summary>How often it is to be done in each period at least (下限); null: the document prints no number.</summary>
    public int? AtLeast { get; init; }

    /// <summary>The instances that fall due in the span, once each, for no body in particular.</summary>
    /// <param name="span">Of the due days; an open one throws <see cref="ArgumentException"/>.</param>
    public IEnumerable<DutyInstance> Within(DateSpan span) => When.Within(span).Select(due => Instance(due, null));

    /// <summary>The instances that fall due in the span, once for each body, in the order of the due days.</summary>
    /// <param name="span">Of the due days; an open one throws <see cref="ArgumentException"/>.</param>
    /// <param name="bodies">Names or codes of the bodies that owe it; none, no instance.</param>
    public IEnumerable<DutyInstance> Within(DateSpan span, IEnumerable<string> bodies)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        var owing = bodies.ToList();
        return When.Within(span).SelectMany(due => owing.Select(body => Instance(due, body)));
    }

    private DutyInstance Instance(Occurrence due, string? body) =>
        new(this, due.Day, body) { Period = due.Period, Before = due.Before };
}

/// <summary>A duty that falls due.</summary>
/// <param name="Duty">The duty.</param>
/// <param name="Due">The last day on which it is done in time; null: it has no deadline and is never overdue.</param>
/// <param name="Body">The body that owes it; null: of no body in particular.</param>
public sealed record DutyInstance(Duty Duty, DateOnly? Due, string? Body)
{
    /// <summary>
    /// The period that it is done for, which names the instance for good, also when its due day moves: <c>2020</c>,
    /// <c>2020-2021</c> (school year), <c>2020-2021-1</c> (term), <c>2020-H1</c>, <c>2020-03</c>, <c>2020-03-1</c>
    /// (half month), <c>2020-03-16</c> (day), <c>once</c>.
    /// </summary>
    public required string Period { get; init; }

    /// <summary>The time of the due day, at +08:00, before which it is done in time; null: the whole day.</summary>
    public TimeOnly? Before { get; init; }

    /// <summary>Whether it is late, if not done by then.</summary>
    /// <param name="now">The time, at any offset. Exactly at <see cref="Before"/> it is late.</param>
    public bool IsOverdue(DateTimeOffset now) => Due is { } due
        && now >= new DateTimeOffset(
            Before is { } before ? due.ToDateTime(before) : due.AddDays(1).ToDateTime(TimeOnly.MinValue), Today.Offset);
}
