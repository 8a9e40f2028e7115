namespace EduAssist.Kernel.Calendar;

/// <summary>A module's year: its windows, and the duties that fall due in it (工作历).</summary>
/// <param name="Module">The id of the module.</param>
/// <param name="Title">What users read.</param>
/// <param name="Year">The calendar year.</param>
/// <param name="Windows">By their first days.</param>
/// <param name="Duties">By their due days, those without a deadline last.</param>
/// <param name="CalendarVersion">The <see cref="HolidayTable.Version"/> that the dates stand on.</param>
public sealed record CalendarYear(
    string Module, string Title, int Year, IReadOnlyList<Window> Windows, IReadOnlyList<DutyInstance> Duties,
    string CalendarVersion)
{
    /// <summary>
    /// The documents of the module that come into force only after the year: its windows are then for comparison.
    /// </summary>
    public IReadOnlyList<string> NotYetInForce { get; init; } = [];

    /// <summary>
    /// The documents of the module whose last day in force lies in the year or before it, with that day: from then on
    /// they open no window and demand nothing.
    /// </summary>
    public IReadOnlyList<(string Document, DateOnly LastDay)> Expired { get; init; } = [];
}
