using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace EduAssist.Kernel.Registry;

/// <summary>The levels of administrative divisions, the highest first.</summary>
public enum DivisionLevel
{
    /// <summary>省级: province, autonomous region, municipality, special administrative region.</summary>
    [Display(Name = "省级")] Province,

    /// <summary>地级: prefecture-level city, autonomous prefecture, league.</summary>
    [Display(Name = "地级")] Prefecture,

    /// <summary>县级: county, district, county-level city, autonomous county, special district.</summary>
    [Display(Name = "县级")] County,

    /// <summary>乡级: subdistrict, town, township, ethnic township.</summary>
    [Display(Name = "乡级")] Township,
}

/// <summary>
/// The code of an administrative division (行政区划代码): 6 digits of GB/T 2260, or the 9 digits of a township (GB/T 10114).
/// This is arithmetic on digits alone: whether the code was ever given to a place is for <see cref="Divisions"/> to
/// say.
/// </summary>
/// <remarks><c>default</c> is no code: it lies within nothing, and nothing lies within it.</remarks>
public readonly record struct DivisionCode
{
    private const long Hainan = 46;

    private DivisionCode(long value) => Value = value;

    /// <summary>The digits as a number: 6 or 9 of them.</summary>
    public long Value { get; }

    /// <summary>
    /// The level that the digits tell: <c>530000</c>, <c>532300</c>, <c>532301</c>, <c>532301001</c>.
    /// </summary>
    public DivisionLevel Level =>
        Value > 999_999 ? DivisionLevel.Township :
        Value % 100 != 0 ? DivisionLevel.County :
        Value % 10_000 != 0 ? DivisionLevel.Prefecture : DivisionLevel.Province;

    /// <summary>
    /// The code one level up; null for a province. A township of a city without counties (441900003) stands right under
    /// the city.
    /// </summary>
    public DivisionCode? Parent => Level switch
    {
        DivisionLevel.Township => County,
        DivisionLevel.County => new(Value / 100 * 100),
        DivisionLevel.Prefecture => Province,
        DivisionLevel.Province => null,
    };

    /// <summary>The first six digits: a township's county, and every other code itself.</summary>
    public DivisionCode County => Value > 999_999 ? new(Value / 1000) : this;

    /// <summary>The province: the first two digits and <c>0000</c>.</summary>
    public DivisionCode Province => new(County.Value / 10_000 * 10_000);

    /// <summary>
    /// The code without the zeros of the levels beneath: <c>53</c>, <c>5323</c>, <c>532301</c>, <c>532301001</c>.
    /// Compared ordinally, a division and all beneath it are exactly the range from <see cref="Path"/> up to
    /// <see cref="PathEnd"/>: an index on it answers a subtree. Empty for <c>default</c>.
    /// </summary>
    public string Path => Value == 0 ? "" : (Level switch
    {
        DivisionLevel.Province => Value / 10_000,
        DivisionLevel.Prefecture => Value / 100,
        _ => Value,
    }).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The exclusive upper end of the subtree's range on <see cref="Path"/>: its last character raised by one (<c>:</c>
    /// after <c>9</c>). Empty for <c>default</c>.
    /// </summary>
    public string PathEnd => Path is [.. var head, var last] ? head + (char)(last + 1) : "";

    /// <summary>Whether this code is the ancestor or begins with its digits.</summary>
    /// <remarks>
    /// Digits only. A code that a reform moved into another prefecture (522422, now 520521 in 520500) needs the
    /// register: <see cref="Divisions.IsWithin"/>.
    /// </remarks>
    public bool IsWithin(DivisionCode ancestor) =>
        ancestor != default && ancestor == (ancestor.Level switch
        {
            DivisionLevel.Township => this,
            DivisionLevel.County => County,
            DivisionLevel.Prefecture => new(County.Value / 100 * 100),
            DivisionLevel.Province => Province,
        });

    /// <summary>Reads 6 or 9 ASCII digits, with nothing around them.</summary>
    /// <returns>
    /// False for null, another length, other characters, a county without a prefecture (530001; those of Hainan had
    /// none from 1988 to 2002, and many resident IDs begin with 460003), a township without number (532301000).
    /// </returns>
    public static bool TryParse(string? text, out DivisionCode code) => TryParse(text.AsSpan(), out code);

    /// <inheritdoc cref="TryParse(string?, out DivisionCode)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out DivisionCode code)
    {
        code = default;
        return text.Length is 6 or 9
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && TryFrom(value, out code);
    }

    /// <summary>Takes a stored <see cref="Value"/>.</summary>
    /// <returns>False where <see cref="TryParse(string?, out DivisionCode)"/> would refuse the digits.</returns>
    public static bool TryFrom(long value, out DivisionCode code)
    {
        var county = value > 999_999 ? value / 1000 : value;
        var isTownship = value > 999_999;
        var isCode = county is >= 110_000 and <= 999_999
            && (county / 100 % 100 != 0 || (county % 100 == 0 ? !isTownship : county / 10_000 == Hainan))
            && !(isTownship && value % 1000 == 0);
        code = isCode ? new(value) : default;
        return isCode;
    }

    /// <summary>A value that was a code when it was stored: not looked at again.</summary>
    internal static DivisionCode Stored(long value) => new(value);

    /// <summary>A code that is known to be one: a constant of a module, a stored <see cref="Value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="TryFrom"/> would refuse it.</exception>
    public static DivisionCode Of(long value) =>
        TryFrom(value, out var code) ? code : throw new ArgumentOutOfRangeException(nameof(value), value, null);

    /// <summary>The 6 or 9 digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
