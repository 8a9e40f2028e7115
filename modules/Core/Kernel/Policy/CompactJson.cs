namespace EduAssist.Kernel.Policy;

/// <summary>
/// A cursor over JSON as programs write it: no blanks, no escapes. Whatever it does not recognise it refuses without
/// judging: the general reader then reads the whole, and says what is wrong where something is.
/// </summary>
internal ref struct CompactJson(ReadOnlySpan<byte> json)
{
    private ReadOnlySpan<byte> rest = json;

    internal readonly bool IsAtEnd => rest.IsEmpty;

    /// <summary>Goes past this text if it comes next.</summary>
    internal bool Skip(ReadOnlySpan<byte> text)
    {
        if (!rest.StartsWith(text)) return false;
        rest = rest[text.Length..];
        return true;
    }

    /// <summary>1 or 0 for true or false.</summary>
    internal long? YesNo() => Skip("true"u8) ? 1 : Skip("false"u8) ? 0 : null;

    /// <summary>A number of at most nine digits, without a sign or a zero in front.</summary>
    internal long? Whole()
    {
        long number = 0;
        var length = 0;
        for (; length < rest.Length && rest[length] is >= (byte)'0' and <= (byte)'9'; length++)
        {
            if (length == 9) return null;
            number = (number * 10) + (rest[length] - '0');
        }

        if (length == 0 || (rest[0] == '0' && length > 1)) return null;
        rest = rest[length..];
        return number;
    }

    /// <summary>The day number of <c>"yyyy-MM-dd"</c>, with its quotes.</summary>
    internal long? Day()
    {
        if (rest is not [(byte)'"', _, _, _, _, (byte)'-', _, _, (byte)'-', _, _, (byte)'"', ..]) return null;
        var (year, month, day) = (Digits(rest[1..5]), Digits(rest[6..8]), Digits(rest[9..11]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        rest = rest[12..];
        return new DateOnly(year, month, day).DayNumber;
    }

    /// <summary>The text between quotes, as it stands there.</summary>
    internal bool Quoted(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!Skip("\""u8) || rest.IndexOf((byte)'"') is not (>= 0 and var length)) return false;
        text = rest[..length];
        rest = rest[(length + 1)..];
        return true;
    }

    /// <summary>Negative where something is no digit.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9') return -1;
            number = (number * 10) + (c - '0');
        }

        return number;
    }
}
