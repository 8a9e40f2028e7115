using System.Globalization;
using EduAssist.OData.Toy;

namespace EduAssist.OData.Oracle;

/// <summary>What a value is, of those that compare with each other.</summary>
internal enum Sort
{
    Whole,
    Money,
    Real,
    Text,
    Day,
    Instant,
    Flag,
    Colour,
    Id,
}

/// <summary>
/// A value as a query writes it, and what it is for a row. Whole numbers are long here, closed lists their words.
/// </summary>
internal sealed record Val<T>(string Text, Sort Sort, Func<T, object?> Of);

/// <summary>
/// A condition as a query writes it, and whether it holds for a row: by the standard's own logic of true, false and
/// null.
/// </summary>
internal sealed record Cond<T>(string Text, Func<T, bool?> Holds);

/// <summary>
/// The semantics of the standard, written down once more, in the plainest way: over single values and not over
/// expressions.
/// </summary>
internal static class Semantics
{
    internal static int Compare(object a, object b) =>
        (a, b) switch
        {
            (string x, string y) => string.CompareOrdinal(x, y),
            (double x, _) => x.CompareTo(Convert.ToDouble(b)),
            (_, double y) => Convert.ToDouble(a).CompareTo(y),
            (long, decimal) or (decimal, long) or (decimal, decimal) => Convert
                .ToDecimal(a)
                .CompareTo(Convert.ToDecimal(b)),
            _ => ((IComparable)a).CompareTo(b),
        };

    internal static bool Compare(string op, object? a, object? b) =>
        op switch
        {
            "eq" => a is null || b is null ? a is null && b is null : Compare(a, b) == 0,
            "ne" => a is null || b is null ? a is not null || b is not null : Compare(a, b) != 0,
            _ when a is null || b is null => false,
            "gt" => Compare(a, b) > 0,
            "ge" => Compare(a, b) >= 0,
            "lt" => Compare(a, b) < 0,
            _ => Compare(a, b) <= 0,
        };

    internal static bool? And(bool? a, bool? b) =>
        a == false || b == false ? false
        : a is null || b is null ? null
        : true;

    internal static bool? Or(bool? a, bool? b) =>
        a == true || b == true ? true
        : a is null || b is null ? null
        : false;

    internal static object? Calculate(string op, object? a, object? b)
    {
        if (a is null || b is null)
            return null;
        if (op is "div" or "mod" && Convert.ToDouble(b) == 0)
            return null;
        if (a is long x && b is long y)
            return op switch
            {
                "add" => x + y,
                "sub" => x - y,
                "mul" => x * y,
                "div" => x / y,
                _ => x % y,
            };
        if (a is double || b is double)
        {
            var (p, q) = (Convert.ToDouble(a), Convert.ToDouble(b));
            return op switch
            {
                "add" => p + q,
                "sub" => p - q,
                "mul" => p * q,
                "div" => p / q,
                _ => p % q,
            };
        }

        var (m, n) = (Convert.ToDecimal(a), Convert.ToDecimal(b));
        return op switch
        {
            "add" => m + n,
            "sub" => m - n,
            "mul" => m * n,
            "div" => m / n,
            _ => m % n,
        };
    }

    internal static object? Round(string name, object? number) =>
        number switch
        {
            null => null,
            double d => name switch
            {
                "round" => Math.Round(d, MidpointRounding.AwayFromZero),
                "floor" => Math.Floor(d),
                _ => Math.Ceiling(d),
            },
            decimal m => name switch
            {
                "round" => Math.Round(m, MidpointRounding.AwayFromZero),
                "floor" => Math.Floor(m),
                _ => Math.Ceiling(m),
            },
            _ => number,
        };

    internal static object? Part(object? moment, string part) =>
        moment switch
        {
            null => null,
            DateOnly day => part switch
            {
                "year" => (long)day.Year,
                "month" => (long)day.Month,
                _ => (long)day.Day,
            },
            DateTimeOffset instant when instant.ToOffset(TimeSpan.FromHours(8)) is var local => part switch
            {
                "year" => (long)local.Year,
                "month" => (long)local.Month,
                "day" => (long)local.Day,
                "hour" => (long)local.Hour,
                "minute" => (long)local.Minute,
                "second" => (long)local.Second,
                _ => DateOnly.FromDateTime(local.DateTime),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(moment)),
        };

    internal static string? Substring(string? text, int start, int? length) =>
        text is null ? null
        : start >= text.Length ? ""
        : text.Substring(Math.Max(start, 0), Math.Min(length ?? int.MaxValue, text.Length - Math.Max(start, 0)));

    internal static string Literal(object? value) =>
        value switch
        {
            null => "null",
            string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
            bool flag => flag ? "true" : "false",
            long number => number.ToString(CultureInfo.InvariantCulture),
            decimal number => number.ToString(CultureInfo.InvariantCulture),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
            Guid id => id.ToString(),
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };

    /// <summary>A column's value as the oracle holds values.</summary>
    internal static object? Plain(object? value) =>
        value switch
        {
            int number => (long)number,
            Colour word => word.ToString(),
            _ => value,
        };
}
