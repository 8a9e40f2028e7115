using EduAssist.Kernel.Provisions;

namespace EduAssist.Kernel.Calendar;

/// <summary>The windows and duties that a module's documents prescribe (工作历), as declarations.</summary>
public interface ITimeline : IContribution
{
    /// <summary>The windows of a year.</summary>
    /// <param name="year">The calendar year.</param>
    /// <param name="calendar">The working days.</param>
    /// <param name="reading">How the instance reads the documents.</param>
    /// <exception cref="HolidaysNotPublishedException">
    /// When the declarations are read: they touch a year that is not published.
    /// </exception>
    IEnumerable<Window> Windows(int year, WorkCalendar calendar, InterpretationProfile reading);

    /// <summary>The duties; a due day that hangs on a window is that of <paramref name="year"/>.</summary>
    /// <inheritdoc cref="Windows"/>
    IEnumerable<Duty> Duties(int year, WorkCalendar calendar, InterpretationProfile reading);
}
