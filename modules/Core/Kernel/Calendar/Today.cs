namespace EduAssist.Kernel.Calendar;

/// <summary>
/// The one reader of the clock. Local time is +08:00 all over the country and all the year round; the machine's time
/// zone has no say. Rules take dates as facts and never ask.
/// </summary>
/// <param name="clock">The system's clock, or a fixed one in the demo and in tests.</param>
public sealed class Today(TimeProvider clock)
{
    /// <summary>Beijing time 北京时间.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The time now, at +08:00.</summary>
    public DateTimeOffset Now => clock.GetUtcNow().ToOffset(Offset);

    /// <summary>The day today, which begins at midnight +08:00.</summary>
    public DateOnly Date => DateOnly.FromDateTime(Now.DateTime);
}
