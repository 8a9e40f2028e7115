namespace EduAssist.Kernel.Calendar;

/// <summary>
/// The file of a place's own days that <c>holidays load FILE --place CODE</c> takes: columns and rows as of
/// <see cref="HolidayFile"/>, but of any years, of any days of the week, and of whatever a place is off for.
/// </summary>
/// <param name="Notices">One for each title in the column <c>notice</c>; none when there is any fault.</param>
/// <param name="Faults">Every fault, in the order of the rows.</param>
public sealed record PlaceNoticeFile(IReadOnlyList<PlaceNotice> Notices, IReadOnlyList<HolidayFault> Faults)
{
    /// <summary>Reads a file; one that is not there, or not UTF-8, is a fault too.</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">Where its notices hold, as <see cref="Access.ScopePath"/> makes it.</param>
    public static PlaceNoticeFile Read(string path, string place) =>
        HolidayFile.Open(path, text => HolidayRows.PlaceFile(text, place), fault => new([], [fault]));
}
