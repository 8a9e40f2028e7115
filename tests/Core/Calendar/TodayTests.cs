using EduAssist.Kernel.Calendar;

namespace EduAssist.Core.Calendar;

public class TodayTests
{
    [Theory]
    [InlineData("the last second of the day at +08:00", "2020-05-08T15:59:59", "2020-05-08")]
    [InlineData("midnight at +08:00", "2020-05-08T16:00:00", "2020-05-09")]
    [InlineData("no summer time, not even in the years that had it", "1988-07-01T15:59:59", "1988-07-01")]
    public void The_day_begins_at_midnight_in_Beijing(string what, string utc, string date)
    {
        var now = new DateTimeOffset(DateTime.ParseExact(utc, "s", null), TimeSpan.Zero);
        var today = new Today(new Fixed(now));
        Assert.True(Published.Day(date) == today.Date, what);
        Assert.Equal((now, TimeSpan.FromHours(8)), (today.Now, today.Now.Offset));
    }

    private sealed class Fixed(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
        public override TimeZoneInfo LocalTimeZone =>
            TimeZoneInfo.CreateCustomTimeZone("elsewhere", TimeSpan.FromHours(-11), null, null);
    }
}
