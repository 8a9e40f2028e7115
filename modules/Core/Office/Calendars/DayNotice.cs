using EduAssist.Data;
using EduAssist.Kernel.Calendar;

namespace EduAssist.Office.Calendars;

/// <summary>
/// A notice of a place on its own days off and working days (地方放假调休通知), as it was entered. It is never changed: it is
/// revoked, and entered anew.
/// </summary>
public sealed class DayNotice
{
    /// <summary>Of the notice.</summary>
    public Guid Id { get; init; }

    /// <summary>Where it holds, with all beneath it: the path of a division.</summary>
    public required string Place { get; init; }

    /// <summary>Its title and number: the source of its days.</summary>
    public required string Title { get; init; }

    /// <summary>Who entered it.</summary>
    public required string Actor { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When it was revoked; null: it holds.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Who revoked it.</summary>
    public string? RevokedBy { get; set; }

    /// <summary>Why.</summary>
    public string? RevokeReason { get; set; }
}

/// <summary>A day that a notice names.</summary>
public sealed class NoticeDay
{
    /// <summary>The id of the notice.</summary>
    public Guid NoticeId { get; init; }

    /// <summary>The notice.</summary>
    public DayNotice Notice { get; init; } = null!;

    /// <summary>The day.</summary>
    public DateOnly Date { get; init; }

    /// <summary>What it is off or worked for.</summary>
    public required string Name { get; init; }

    /// <summary>Off or working.</summary>
    public DayKind Kind { get; init; }
}

internal sealed class DayNoticeTable : Table<DayNotice>
{
    protected override void Declare(TableBuilder<DayNotice> table) =>
        table
            .Named("core_day_notice")
            .Public("days off are published")
            .Kept()
            .Harmless(n => n.Place, n => n.Title, n => n.Actor, n => n.RevokedBy, n => n.RevokeReason)
            .Index(n => n.Place);
}

internal sealed class NoticeDayTable : Table<NoticeDay>
{
    protected override void Declare(TableBuilder<NoticeDay> table) =>
        table
            .Named("core_notice_day")
            .Public("days off are published")
            .Kept()
            .Harmless(d => d.Name)
            .Key(d => new { d.NoticeId, d.Date })
            .References(d => d.Notice, d => d.NoticeId);
}
