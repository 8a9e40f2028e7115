
namespace EduAssist.Kernel.Registry;

/// <summary>
/// A resident identity number (公民身份号码) of GB 11643: 18 characters, check character right.
/// Also the residence permits of residents of Hong Kong, Macao and Taiwan, which follow the same form.
/// </summary>
/// <remarks>
/// Personal data: whatever prints it prints <see cref="Masked"/>; the number itself is asked for by name,
/// <see cref="Value"/>. <c>default</c> is no number.
/// </remarks>
public readonly record struct ResidentId
{
    /// <summary>
    /// The ages, in full years, at which a pupil is nothing to wonder at: our own bounds, no provision's.
    /// </summary>
    public const int YoungestPupil = 5, OldestPupil = 17;

    private readonly string? digits;

    private ResidentId(string digits) => this.digits = digits;

    /// <summary>The 18 characters in full. Personal data: never in a log, a message or an address.</summary>
    public string Value => digits ?? "";

    /// <summary>The first four and the last two characters: <c>5323************7X</c>.</summary>
    public string Masked => NumberBody.Masked(Value, 4, 2);

    /// <summary>Where the person was first registered, by the codes of that day: often a historic one.</summary>
    public DivisionCode Division => digits is null ? default : NumberBody.DivisionOf(digits);

    /// <summary>The birth date in the number; <c>default</c> for <c>default</c>.</summary>
    public DateOnly BirthDate => digits is null ? default : NumberBody.BirthDateOf(digits).GetValueOrDefault();

    /// <summary>The sex that the 17th digit tells: odd is male.</summary>
    public Sex Sex => digits is null ? Sex.Unknown : (digits[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    /// <summary>Reads a number strictly as it stands: nothing is cleaned.</summary>
    /// <param name="text">What was typed or imported.</param>
    /// <param name="divisions">
    /// Asked whether the division ever existed; a code outside of its coverage is accepted.
    /// </param>
    /// <param name="today">A birth date after this day is refused.</param>
    /// <returns>The number, or the first fault with a Chinese message that does not repeat the number.</returns>
    public static ResidentIdReading Read(string? text, Divisions divisions, DateOnly today) =>
        NumberBody.FaultOf(text, true, divisions, today) is { } fault
            ? new(null, fault, Message(fault, text))
            : new(new ResidentId(text!), null, null);

    /// <summary>
    /// Takes a number that was read before, from storage: form, date and check character are asked again; register and
    /// day are not.
    /// </summary>
    /// <returns>False for anything else, and null.</returns>
    public static bool TryParse(string? text, out ResidentId id)
    {
        var isNumber = NumberBody.FaultOf(text, true, null, null) is null;
        id = isNumber ? new(text!) : default;
        return isNumber;
    }

    /// <summary>
    /// What people type, brought to the printed form: full-width characters, blanks and hyphens, small x, the letter O
    /// for zero. Keep the raw text beside it; what remains wrong is for <see cref="Read"/> to say.
    /// </summary>
    public static string Clean(string? text) => NumberBody.Cleaned(text ?? "").Replace('O', '0');

    /// <summary>What is strange about the number of a pupil: each a reason to look again, none to refuse.</summary>
    /// <param name="divisions">When the code was in force.</param>
    /// <param name="today">The day on which the age counts.</param>
    /// <param name="recorded">The sex on record; only male and female are compared.</param>
    public IReadOnlyList<IdSuspicion> Suspicions(Divisions divisions, DateOnly today, Sex recorded = Sex.Unknown)
    {
        var (birth, division) = (BirthDate, divisions.Find(Division));
        List<IdSuspicion> found = [];
        if (birth < division?.From)
            found.Add(IdSuspicion.CodeYoungerThanBirth);
        if (birth >= division?.Until)
            found.Add(IdSuspicion.CodeRetiredBeforeBirth);
        if (divisions.IsMissing(Division))
            found.Add(IdSuspicion.CodeOutsideRegister);
        if (Age.FullYears(birth, today) is < YoungestPupil or > OldestPupil)
            found.Add(IdSuspicion.NotOfSchoolAge);
        if (recorded is Sex.Male or Sex.Female && recorded != Sex)
            found.Add(IdSuspicion.SexDiffers);
        if (Value.EndsWith("000", StringComparison.Ordinal))
            found.Add(IdSuspicion.DigitsLost);
        return found;
    }

    /// <summary><see cref="Masked"/>: personal data must not reach logs.</summary>
    public override string ToString() => Masked;

    private static string Message(NumberFault fault, string? text) => fault switch
    {
        NumberFault.Form when string.IsNullOrWhiteSpace(text) => "未填写公民身份号码",
        NumberFault.Form when text.Length == 15 => "15位旧号码不再使用，应填写18位公民身份号码",
        NumberFault.Form => "公民身份号码应为18位：前17位为数字，末位为数字或大写字母X",
        NumberFault.Date => "公民身份号码第7至14位不是存在的日期",
        NumberFault.Future => "公民身份号码中的出生日期晚于今天",
        NumberFault.Check => "公民身份号码校验位不符，请核对是否录错",
        NumberFault.Division => "公民身份号码前6位不是曾经使用过的行政区划代码",
    };
}

/// <summary>A resident ID as read: <paramref name="Id"/>, or a fault and its message.</summary>
/// <param name="Id">The number; null when refused.</param>
/// <param name="Fault">Why it is refused; null when it is not.</param>
/// <param name="Message">The fault in Chinese, for the person who typed it; null when there is none.</param>
public readonly record struct ResidentIdReading(ResidentId? Id, NumberFault? Fault, string? Message);

/// <summary>What is strange about a valid resident ID.</summary>
public enum IdSuspicion
{
    /// <summary>
    /// The division code came into force after the birth: registered late, or the number was changed.
    /// </summary>
    CodeYoungerThanBirth,

    /// <summary>The division code was no longer in force at the birth.</summary>
    CodeRetiredBeforeBirth,

    /// <summary>The register has no such code: it is younger than the register, or mistyped.</summary>
    CodeOutsideRegister,

    /// <summary>Younger than 5 or older than 17 full years.</summary>
    NotOfSchoolAge,

    /// <summary>The 17th digit tells another sex than the record.</summary>
    SexDiffers,

    /// <summary>
    /// It ends in 000: a spreadsheet keeps 15 digits of a number, and of eleven such one has the right check character.
    /// </summary>
    DigitsLost,
}

/// <summary>The Chinese words for <see cref="IdSuspicion"/>.</summary>
public static class IdSuspicionText
{
    /// <summary>What a clerk reads beside the number.</summary>
    public static string Message(this IdSuspicion suspicion) => suspicion switch
    {
        IdSuspicion.CodeYoungerThanBirth => "区划代码启用晚于出生日期，请核对是否迟登记或改号",
        IdSuspicion.CodeRetiredBeforeBirth => "出生时该区划代码已停用，请核对",
        IdSuspicion.CodeOutsideRegister => "区划表中没有前6位的区划代码，请核对",
        IdSuspicion.NotOfSchoolAge => "年龄不在5至17周岁之间，请核对",
        IdSuspicion.SexDiffers => "登记性别与公民身份号码第17位不一致，请核对",
        IdSuspicion.DigitsLost => "末三位是000，可能在电子表格中丢失了位数，请对照户口簿核对",
    };
}
