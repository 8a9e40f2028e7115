
namespace EduAssist.Kernel.Registry;

/// <summary>Why a number of a person is refused; the first that holds, in this order.</summary>
public enum NumberFault
{
    /// <summary>Not of the printed form: length, letters, places of digits.</summary>
    Form,

    /// <summary>The birth date is no day of the calendar.</summary>
    Date,

    /// <summary>The birth date is after today.</summary>
    Future,

    /// <summary>The check character does not fit.</summary>
    Check,

    /// <summary>The division code was never given to a place.</summary>
    Division,
}

/// <summary>The check character (校验码) of GB 11643: ISO 7064 MOD 11-2.</summary>
public static class CheckCharacter
{
    /// <summary>The check character, <c>0</c>–<c>9</c> or <c>X</c>, of ASCII digits (17 in a resident ID).</summary>
    public static char Compute(ReadOnlySpan<char> digits)
    {
        var rest = 0;
        foreach (var digit in digits)
            rest = (rest + digit - '0') * 2 % 11;
        return "10X98765432"[rest];
    }
}
