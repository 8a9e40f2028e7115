namespace EduAssist.Kernel.Calendar;

/// <summary>
/// A question that touches a year whose holiday notice is not loaded: the answer would be a guess. This is the
/// calendar's one refusal by exception; everything else refuses with findings. It lets a declaration of windows and
/// duties stay plain dates, and is caught once, where the calendar is asked on behalf of a user.
/// </summary>
/// <param name="year">The year that is not published.</param>
public sealed class HolidaysNotPublishedException(int year)
    : Exception($"国务院办公厅关于{year}年部分节假日安排的通知尚未载入，不能推算该年的工作日；通知公布后请用命令 holidays load FILE 载入。")
{
    /// <summary>The year that is not published.</summary>
    public int Year { get; } = year;
}
