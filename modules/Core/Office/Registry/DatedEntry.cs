namespace EduAssist.Office.Registry;

/// <summary>
/// What is true of a person or a school from a day until another (有起止日期的登记), who says so, and by which paper.
/// Entered by a bureau; ended, it stays for the days before.
/// </summary>
public abstract class DatedEntry
{
    /// <summary>Of the entry.</summary>
    public Guid Id { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly From { get; init; }

    /// <summary>The last day; null: until further notice.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>The office that says so (认定单位).</summary>
    public required string Source { get; init; }

    /// <summary>The paper by which it says so: its name and number.</summary>
    public required string Paper { get; init; }

    /// <summary>The day of the paper.</summary>
    public DateOnly PaperDate { get; init; }

    /// <summary>Who entered it.</summary>
    public required string Actor { get; init; }

    /// <summary>When it was entered.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Why it ended; null: it has not.</summary>
    public string? EndReason { get; set; }
}
