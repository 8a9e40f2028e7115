using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace EduAssist.Kernel.Registry;

/// <summary>What identifies a person (身份证件类型), in the order of the national roll form.</summary>
public enum IdDocumentKind
{
    /// <summary>居民身份证: its number is a <see cref="ResidentId"/>.</summary>
    [Display(Name = "居民身份证")] ResidentId,

    /// <summary>港澳台居民居住证: its number is a <see cref="ResidentId"/>, too.</summary>
    [Display(Name = "港澳台居民居住证")] ResidencePermit,

    /// <summary>外国人永久居留身份证 (GA 2102): 18 characters that begin with 9; before 2023 three letters, 12 digits.</summary>
    [Display(Name = "外国人永久居留身份证")] PermanentResidence,

    /// <summary>港澳居民来往内地通行证, and what residents of Hong Kong and Macao have there.</summary>
    [Display(Name = "港澳居民证件")] HongKongMacao,

    /// <summary>台湾居民来往大陆通行证.</summary>
    [Display(Name = "台湾居民来往大陆通行证")] Taiwan,

    /// <summary>护照.</summary>
    [Display(Name = "护照")] Passport,

    /// <summary>其他.</summary>
    [Display(Name = "其他")] Other,
}

/// <summary>The number of a document as read: <paramref name="Id"/>, <paramref name="Number"/> or a message.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">A resident ID; null: none.</param>
/// <param name="Number">The number of another document, in its normal form; null: none.</param>
/// <param name="Warning">In Chinese, beside what was read; null: none.</param>
/// <param name="Message">Why it is refused, in Chinese, without the number; null: it is not.</param>
internal readonly record struct IdDocumentReading(
    IdDocumentKind Kind, ResidentId? Id, string? Number, string? Warning, string? Message);

/// <summary>Reads the numbers of documents that identify a person.</summary>
internal static partial class IdDocument
{
    /// <summary>Reads a number as somebody typed it.</summary>
    /// <param name="kind">As it is said; null: nothing is said, so the number tells.</param>
    /// <param name="text">The number.</param>
    /// <param name="divisions">As for a <see cref="ResidentId"/>.</param>
    /// <param name="today">A birth date after this day is refused.</param>
    public static IdDocumentReading Read(IdDocumentKind? kind, string? text, Divisions divisions, DateOnly today)
    {
        if (kind is null or IdDocumentKind.PermanentResidence
            && ResidentId.Clean(text) is ['9', ..] and { Length: NumberBody.Length } number)
            return NumberBody.FaultOf(number, true, null, today) is null
                ? new(IdDocumentKind.PermanentResidence, null, number,
                    kind is null ? "按外国人永久居留身份证登记（9开头的18位号码），请核对证件类型" : null, null)
                : new(IdDocumentKind.PermanentResidence, null, null, null,
                    "9开头的18位号码是外国人永久居留身份证，但其中的出生日期或校验位不符，请核对");
        if (kind is null or IdDocumentKind.ResidentId or IdDocumentKind.ResidencePermit)
        {
            var read = ResidentId.Read(ResidentId.Clean(text), divisions, today);
            return new(kind ?? IdDocumentKind.ResidentId, read.Id, null, null, read.Message);
        }

        var other = NumberBody.Cleaned(text ?? "");
        return Printed().IsMatch(other)
            ? new(kind.Value, null, other, null, null)
            : new(kind.Value, null, null, null, "证件号应为4至30位字母和数字");
    }

    [GeneratedRegex(@"^[A-Z0-9()]{4,30}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Printed();
}
