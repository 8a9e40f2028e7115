
namespace EduAssist.Kernel.Registry;

/// <summary>The three sorts of national student numbers.</summary>
public enum StudentNumberKind
{
    /// <summary>G: formal (正式), made of the resident ID of that day.</summary>
    Formal,

    /// <summary>J: formal, of a pupil without resident ID.</summary>
    FormalWithoutId,

    /// <summary>L: temporary (临时), without check character; becomes a G number after the national comparison.</summary>
    Temporary,
}

/// <summary>
/// A national student number (全国学籍号), 19 characters: <c>G</c> and a resident ID; <c>J</c> and division of the school,
/// birth date, sequence, check; <c>L</c> and division, birth date and four digits without check.
/// </summary>
/// <remarks>
/// Never a key and never turned into a resident ID or made from one: a G number outlives the ID that it was made of,
/// and an L number becomes a G number. Personal data, printed masked. <c>default</c> is no number.
/// </remarks>
public readonly record struct StudentNumber
{
    private readonly string? characters;

    private StudentNumber(string characters) => this.characters = characters;

    /// <summary>The 19 characters in full. Personal data: never in a log, a message or an address.</summary>
    public string Value => characters ?? "";

    /// <summary>The letter, four digits and the last two characters: <c>G5323************7X</c>.</summary>
    public string Masked => NumberBody.Masked(Value, 5, 2);

    /// <summary>Which of the three sorts; <see cref="StudentNumberKind.Temporary"/> for <c>default</c>.</summary>
    public StudentNumberKind Kind => Value switch
    {
        ['G', ..] => StudentNumberKind.Formal,
        ['J', ..] => StudentNumberKind.FormalWithoutId,
        _ => StudentNumberKind.Temporary,
    };

    /// <summary>G: where the person was first registered; J and L: where the school stands.</summary>
    public DivisionCode Division => characters is null ? default : NumberBody.DivisionOf(characters.AsSpan(1));

    /// <summary>The birth date in the number; <c>default</c> for <c>default</c>.</summary>
    public DateOnly BirthDate =>
        characters is null ? default : NumberBody.BirthDateOf(characters.AsSpan(1)).GetValueOrDefault();

    /// <summary>Reads a number strictly as it stands: nothing is cleaned.</summary>
    /// <returns>The number, or the first fault with a Chinese message that does not repeat the number.</returns>
    public static StudentNumberReading Read(string? text, Divisions divisions, DateOnly today) =>
        FaultOf(text, divisions, today) is { } fault ? new(null, fault, Message(fault))
            : new(new StudentNumber(text!), null, null);

    /// <summary>
    /// Takes a number that was read before, from storage: form, date and check character are asked again; register and
    /// day are not.
    /// </summary>
    /// <returns>False for anything else, and null.</returns>
    public static bool TryParse(string? text, out StudentNumber number)
    {
        var isNumber = FaultOf(text, null, null) is null;
        number = isNumber ? new(text!) : default;
        return isNumber;
    }

    /// <summary>
    /// Full-width characters, blanks, hyphens and small letters brought to the printed form, O to zero. Keep the raw
    /// text beside it.
    /// </summary>
    public static string Clean(string? text) => NumberBody.Cleaned(text ?? "").Replace('O', '0');

    /// <summary><see cref="Masked"/>: personal data must not reach logs.</summary>
    public override string ToString() => Masked;

    private static NumberFault? FaultOf(string? text, Divisions? divisions, DateOnly? today) => text switch
    {
        ['G' or 'J', ..] => NumberBody.FaultOf(text.AsSpan(1), true, divisions, today),
        ['L', ..] => NumberBody.FaultOf(text.AsSpan(1), false, divisions, today),
        _ => NumberFault.Form,
    };

    private static string Message(NumberFault fault) => fault switch
    {
        NumberFault.Form => "全国学籍号应为19位：大写字母G、J或L之后为18位",
        NumberFault.Date => "全国学籍号中的出生日期不存在",
        NumberFault.Future => "全国学籍号中的出生日期晚于今天",
        NumberFault.Check => "全国学籍号校验位不符，请核对是否录错",
        NumberFault.Division => "全国学籍号中的行政区划代码从未使用过",
    };
}

/// <summary>A student number as read: <paramref name="Number"/>, or a fault and its message.</summary>
/// <param name="Number">The number; null when refused.</param>
/// <param name="Fault">Why it is refused; null when it is not.</param>
/// <param name="Message">The fault in Chinese; null when there is none.</param>
public readonly record struct StudentNumberReading(StudentNumber? Number, NumberFault? Fault, string? Message);

/// <summary>
/// A junior school roll number (初中学籍号): 14 digits without published meaning, so nothing is read from them.
/// </summary>
/// <remarks>Personal data, printed masked. <c>default</c> is no number.</remarks>
public readonly record struct JuniorRollNumber
{
    /// <summary>
    /// Shown beside a text that is not 14 digits: a warning, as other provinces print 11, 13 or 16, so the text itself
    /// is kept.
    /// </summary>
    public const string Warning = "初中学籍号一般为14位数字，请核对";

    private readonly string? digits;

    private JuniorRollNumber(string digits) => this.digits = digits;

    /// <summary>The 14 digits in full. Personal data: never in a log, a message or an address.</summary>
    public string Value => digits ?? "";

    /// <summary>The first four and the last two digits.</summary>
    public string Masked => NumberBody.Masked(Value, 4, 2);

    /// <summary>Reads 14 ASCII digits, with nothing around them.</summary>
    /// <returns>False for anything else, and null: see <see cref="Warning"/>.</returns>
    public static bool TryParse(string? text, out JuniorRollNumber number)
    {
        var isNumber = text is { Length: 14 } && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
        number = isNumber ? new(text!) : default;
        return isNumber;
    }

    /// <summary><see cref="Masked"/>: personal data must not reach logs.</summary>
    public override string ToString() => Masked;
}
