using System.Text.Json;
using EduAssist.Kernel.Policy;

namespace EduAssist.Documents.Forms;

/// <summary>What a field (栏目) takes. The kind checks the format.</summary>
public enum FieldKind
{
    /// <summary>文字 of one line.</summary>
    Text,

    /// <summary>多行文字.</summary>
    LongText,

    /// <summary>整数 within its limits.</summary>
    Number,

    /// <summary>日期, <c>yyyy-MM-dd</c>; also as people write it, 2020年5月6日.</summary>
    Date,

    /// <summary>身份证号码: 18 characters of GB 11643, of a pupil.</summary>
    ResidentId,

    /// <summary>联系电话: a mobile, with a warning a fixed line; or 无 with the reason.</summary>
    Phone,

    /// <summary>初中学籍号: 14 digits.</summary>
    JuniorRollNumber,

    /// <summary>全国学籍号: 19 characters.</summary>
    StudentNumber,

    /// <summary>行政区划代码: 6 digits, of a township 9.</summary>
    Division,

    /// <summary>单选: one of a closed list.</summary>
    Choice,

    /// <summary>签字: whether it was signed.</summary>
    Signature,

    /// <summary>手印: whether a fingerprint stands beside the signature.</summary>
    Fingerprint,

    /// <summary>盖章: whether the seal is set.</summary>
    Seal,

    /// <summary>确认: whether something was done, was handed over, is there.</summary>
    Confirmation,

    /// <summary>若干行: a table inside of the form, or the whole of a list.</summary>
    Rows,
}

/// <summary>How a choice is printed.</summary>
public enum ChoicePrint
{
    /// <summary>Only what was chosen, as if written by hand.</summary>
    Written,

    /// <summary>Every word; √ stands on the one that was chosen.</summary>
    Words,

    /// <summary>Every word with a □ after it.</summary>
    Boxes,
}

/// <summary>One possible value of a <see cref="FieldKind.Choice"/>.</summary>
/// <param name="Name">As printed, and as in JSON.</param>
/// <param name="Aliases">Other names of the same, accepted too.</param>
public sealed record FormChoice(string Name, params IReadOnlyList<string> Aliases)
{
    /// <summary>A choice without other names.</summary>
    public static implicit operator FormChoice(string name) => new(name);

    internal bool Is(ReadOnlySpan<char> text)
    {
        if (text.SequenceEqual(Name))
            return true;
        foreach (var alias in Aliases)
            if (text.SequenceEqual(alias))
                return true;
        return false;
    }
}

/// <summary>One field of a form (栏目): declared once by the subject's property; everything else follows.</summary>
/// <param name="Name">The property in camelCase: a member in JSON.</param>
/// <param name="Title">
/// In Chinese, unique beside its neighbours: <c>班主任联系电话</c>. Of a column under a common heading: <c>原初中学校/校名</c>.
/// </param>
/// <param name="Kind">What it takes.</param>
public sealed record FormField(string Name, string Title, FieldKind Kind)
{
    /// <summary>Whether it may stay blank.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The smallest number; of rows, the fewest.</summary>
    public int Least { get; init; }

    /// <summary>The longest text in UTF-16 code units; the largest number; the most rows.</summary>
    public int Most { get; init; }

    /// <summary>Whether no two rows may have it in common.</summary>
    public bool IsUnique { get; init; }

    /// <summary>Whether it is a number of a person: masked where it is only shown.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>
    /// Of a <see cref="FieldKind.Text"/>: whether it is a number that nothing is computed with, such as a code.
    /// </summary>
    public bool IsTextNumber { get; init; }

    /// <summary>Of a <see cref="FieldKind.Choice"/>, else empty.</summary>
    public IReadOnlyList<FormChoice> Choices { get; init; } = [];

    /// <summary>Of a <see cref="FieldKind.Choice"/>.</summary>
    public ChoicePrint Print { get; init; }

    /// <summary>Of <see cref="FieldKind.Rows"/>: the columns.</summary>
    public IReadOnlyList<FormField> Columns { get; init; } = [];

    /// <summary>Of <see cref="FieldKind.Rows"/>: the rules across the columns of a row.</summary>
    public IReadOnlyList<Criterion> Rules { get; init; } = [];

    /// <summary>
    /// Of <see cref="FieldKind.Rows"/>: whether a sheet may leave out the columns that may stay blank.
    /// </summary>
    public bool MayLackColumns { get; init; }

    /// <summary>
    /// Of <see cref="FieldKind.Rows"/>: the heading of the column that counts the rows (序号); null: none.
    /// </summary>
    public string? Serial { get; init; }

    /// <summary>The heading above a column and its neighbours; null: none.</summary>
    public string? Group => Title.IndexOf('/', StringComparison.Ordinal) is > 0 and var at ? Title[..at] : null;

    /// <summary>The heading of the column itself.</summary>
    public string Label => Title[(Title.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The title as messages say it: <c>原初中学校校名</c>.</summary>
    public string Spoken => Title.Replace("/", "", StringComparison.Ordinal);

    /// <summary>Of <see cref="FieldKind.Rows"/>: the column that says whose row it is; null: none does.</summary>
    internal FormField? NameColumn =>
        Columns.FirstOrDefault(c => c.Kind == FieldKind.Text && c.Label.EndsWith("姓名", StringComparison.Ordinal))
        ?? Columns.FirstOrDefault(c => c.Kind == FieldKind.Text && c.Label.EndsWith("名称", StringComparison.Ordinal))
        ?? Columns.FirstOrDefault(c => c is { Kind: FieldKind.Text, IsTextNumber: false });

    /// <summary>How many boxes for characters the paper prints; 0: none.</summary>
    public int Boxes =>
        Kind switch
        {
            FieldKind.Phone => 11,
            FieldKind.JuniorRollNumber => 14,
            FieldKind.ResidentId => 18,
            _ => 0,
        };

    /// <summary>Whether it is a number of somebody or something: every digit counts, and nothing is computed.</summary>
    internal bool IsNumberAsText =>
        Kind
            is FieldKind.ResidentId
                or FieldKind.StudentNumber
                or FieldKind.JuniorRollNumber
                or FieldKind.Phone
                or FieldKind.Division
        || IsTextNumber;

    /// <summary>Whether 无 or / can mean nothing but a blank.</summary>
    internal bool IsNumberOrDay => IsNumberAsText || Kind is FieldKind.Number or FieldKind.Date;

    /// <summary>
    /// Whether a cell that a spreadsheet formats as a day may stand here: in a date, and in the month of a text
    /// (入学年月). A class that is a day was 7-1 before the spreadsheet took it for the first of July.
    /// </summary>
    internal bool MayBeDay => Kind == FieldKind.Date || Days.Any(d => Label.EndsWith(d, StringComparison.Ordinal));

    private static readonly string[] Days = ["年月", "日期", "时间", "年份"];

    /// <summary>How wide a column is, in digits; a Chinese character takes two.</summary>
    internal int Width =>
        Math.Max(
            Label.Length * 2 + 2,
            Kind switch
            {
                FieldKind.ResidentId or FieldKind.StudentNumber => 22,
                FieldKind.JuniorRollNumber => 18,
                FieldKind.Phone => 15,
                FieldKind.Number => 8,
                FieldKind.Date => 12,
                FieldKind.Choice => Choices.Max(c => c.Name.Length) * 2 + 2,
                _ => Math.Clamp(Most / 2, 10, 24),
            }
        );

    internal static string Camel(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);
}
