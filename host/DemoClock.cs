using System.CommandLine;
using System.Globalization;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Host;

/// <summary>The options by which a command reaches the demo.</summary>
internal static class DemoOptions
{
    internal static Option<bool> Demo() => new("--demo") { Description = "演示的数据库，而不是自己的" };

    internal static Option<string?> Today() => new("--today") { Description = "演示中的日期 yyyy-MM-dd" };
}

/// <summary>A clock of the demo: always the same day, with the time of the real one.</summary>
internal sealed class DemoClock(DateOnly day) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() =>
        new(day, TimeOnly.FromDateTime(base.GetUtcNow().ToOffset(Today.Offset).DateTime), Today.Offset);

    /// <summary>The clock that <c>--today</c> asks for; null: the real one.</summary>
    internal static DemoClock? Parse(string? today, bool demo) =>
        today is null ? null
        : !demo ? throw new OperatorException("--today 只能与 --demo 一起用。")
        : DateOnly.TryParseExact(today, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 2018 and <= 2099
            ? new(day)
        : throw new OperatorException($"--today 须为 yyyy-MM-dd 形式的日期（2018 至 2099 年），不能是“{today}”。");
}
