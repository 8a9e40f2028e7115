using System.Collections.Frozen;

namespace EduAssist.Kernel.Registry;

/// <summary>
/// The identification code of a school or institution (学校（机构）标识码): 2 digits category, 2 province, 6 serial; no check
/// digit. Issued by the Ministry of Education since 2011; a school of another category gets another code, and none is
/// used again.
/// </summary>
/// <remarks>
/// Not every school has one: technician colleges (技师学院) stand under another ministry, teaching points may share that of
/// their central school.
/// </remarks>
public readonly record struct SchoolCode
{
    private const string Corps = "66";

    private readonly string? digits;

    private SchoolCode(string digits) => this.digits = digits;

    /// <summary>The 10 digits; empty for <c>default</c>.</summary>
    public string Value => digits ?? "";

    /// <summary>
    /// The first two digits: <c>21</c> primary school, <c>31</c> junior high school, <c>36</c> secondary vocational
    /// school.
    /// </summary>
    public string Category => digits?[..2] ?? "";

    /// <summary>
    /// The province, as the third and fourth digits tell; <c>default</c> for 66 (新疆生产建设兵团), which is no division.
    /// </summary>
    public DivisionCode Province =>
        digits is not null && digits[2..4] != Corps && DivisionCode.TryParse(digits[2..4] + "0000", out var code)
            ? code : default;

    /// <summary>Reads 10 ASCII digits of a category of the table and a province from 11 to 65, or 66.</summary>
    /// <returns>The code, or a Chinese message saying why not.</returns>
    public static SchoolCodeReading Read(string? text, SchoolCategories categories)
    {
        if (text is not { Length: 10 } || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return new(null, "学校（机构）标识码应为10位数字");
        if (categories.Name(text[..2]) is null)
            return new(null, "学校（机构）标识码前2位不是已知的办学类别");
        var code = new SchoolCode(text);
        return text[2..4] == Corps || (Divisions.IsProvince(code.Province) && code.Province.Value < 710_000)
            ? new(code, null)
            : new(null, "学校（机构）标识码第3、4位不是省级区划代码");
    }

    /// <summary>The 10 digits.</summary>
    public override string ToString() => Value;
}

/// <summary>A school code as read: <paramref name="Code"/>, or why not.</summary>
/// <param name="Code">The code; null when refused.</param>
/// <param name="Message">Why it is refused, in Chinese; null when it is not.</param>
public readonly record struct SchoolCodeReading(SchoolCode? Code, string? Message);

/// <summary>The categories of schools (办学类别) that a <see cref="SchoolCode"/> begins with.</summary>
public sealed class SchoolCategories
{
    private static readonly Lazy<SchoolCategories> shipped = new(() =>
    {
        using var table = Seed.Text(typeof(SchoolCategories).Assembly, "school-categories.csv");
        return Read(table);
    });

    private readonly FrozenDictionary<string, string> names;

    private SchoolCategories(FrozenDictionary<string, string> names) => this.names = names;

    /// <summary>The table that comes with the program.</summary>
    internal static SchoolCategories Shipped => shipped.Value;

    /// <summary>The two-digit codes.</summary>
    public IReadOnlyCollection<string> Codes => names.Keys;

    /// <summary>The Chinese name of a category; null for a code that is not in the table.</summary>
    public string? Name(string code) => names.GetValueOrDefault(code);

    /// <summary>Reads the table (<c>seeds/Core/school-categories.csv</c>): UTF-8 text, columns code and name.</summary>
    /// <exception cref="InvalidDataException">A code that is not two digits, or stands there twice.</exception>
    public static SchoolCategories Read(TextReader table)
    {
        var read = new Dictionary<string, string>();
        foreach (var row in ReferenceTable.Rows(table))
            if (row.GetString("code") is not [>= '0' and <= '9', >= '0' and <= '9'] code
                || !read.TryAdd(code, row.GetString("name")))
                throw ReferenceTable.Unreadable(row, "code");
        return new(read.ToFrozenDictionary());
    }
}
