
namespace EduAssist.Kernel.Registry;

/// <summary>
/// A telephone number (联系电话) of China's mainland: 11 digits of a mobile, or area code and number of a fixed line.
/// </summary>
/// <remarks>
/// Personal data, printed masked. <c>default</c> is no number. Whether a guardian may have none is the form's to say.
/// </remarks>
public readonly record struct Phone
{
    private readonly string? digits;

    private Phone(string digits) => this.digits = digits;

    /// <summary>
    /// The digits in full, without country code. Personal data: never in a log, a message or an address.
    /// </summary>
    public string Value => digits ?? "";

    /// <summary>The first three and the last two digits.</summary>
    public string Masked => NumberBody.Masked(Value, 3, 2);

    /// <summary>Mobile (手机) and not fixed line (固定电话).</summary>
    public bool IsMobile => digits is ['1', ..];

    /// <summary>
    /// Reads a number; blanks, hyphens, parentheses, full-width digits and +86 or 0086 are taken out first.
    /// </summary>
    /// <returns>
    /// The number, with a warning when it is a fixed line (the forms ask for a mobile “in principle”); or the message
    /// why it is refused. Blocks of mobile numbers are not told apart: new ones come, and numbers move between
    /// carriers.
    /// </returns>
    public static PhoneReading Read(string? text)
    {
        var number = NumberBody.Cleaned(text ?? "").Replace("(", "").Replace(")", "");
        number = number.StartsWith("+86", StringComparison.Ordinal) ? number[3..]
            : number.StartsWith("0086", StringComparison.Ordinal) ? number[4..]
            : number;
        var isDigits = !number.AsSpan().ContainsAnyExceptInRange('0', '9');
        return isDigits && number is { Length: 11 } and ['1', >= '3', ..] ? new(new Phone(number), null, null)
            : isDigits && AreaCode(number) is > 0 and var area && number.Length - area is 7 or 8
                ? new(new Phone(number), "登记的是固定电话，原则上应填写11位手机号码", null)
            : new(null, null, number.Length == 0 ? "未填写联系电话" : "联系电话应为11位手机号码，或带区号的固定电话");
    }

    /// <summary><see cref="Masked"/>: personal data must not reach logs.</summary>
    public override string ToString() => Masked;

    /// <summary>
    /// The length of the area code with its zero: 010 and 02x have three digits, all others four; 0 when there is none.
    /// </summary>
    private static int AreaCode(string number) => number switch
    {
        ['0', '1', '0', ..] or ['0', '2', ..] => 3,
        ['0', >= '3', ..] => 4,
        _ => 0,
    };
}

/// <summary>A telephone number as read.</summary>
/// <param name="Phone">The number; null when refused.</param>
/// <param name="Warning">In Chinese, beside an accepted number; null when there is none.</param>
/// <param name="Message">Why it is refused, in Chinese; null when it is not.</param>
public readonly record struct PhoneReading(Phone? Phone, string? Warning, string? Message);
