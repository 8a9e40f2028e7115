using System.Collections.Frozen;
using System.Globalization;
using CsvHelper;

namespace EduAssist.Kernel.Registry;

/// <summary>
/// The register of administrative divisions: those of today, and the codes of the past with what became of them (GB/T
/// 2260 with its vintages). Never changes once read; safe for any number of threads.
/// </summary>
/// <remarks>
/// A code that the register does not know has no successor, is its own <see cref="Current"/>, and lies where its digits
/// say. Guardians bear codes of the eighties: the history has those in force at the end of a year from 1984 on.
/// </remarks>
public sealed class Divisions
{
    /// <summary>
    /// The first two digits of GB/T 2260, and 83: residence permits (居住证) of residents of Taiwan, as 81 and 82 of Hong
    /// Kong and Macao.
    /// </summary>
    private static readonly FrozenSet<long> Provinces = new long[]
    {
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
        50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
    }.ToFrozenSet();

    /// <summary>
    /// The third and fourth digits of a county-level city that stood under the province itself (省直辖): 219001.
    /// </summary>
    private const int DirectlyUnderProvince = 90;

    /// <summary>
    /// The municipalities (直辖市), whose districts and counties all stand right beneath them: 110101, of which 110100 is
    /// no division.
    /// </summary>
    private static readonly FrozenSet<long> Municipalities = new long[] { 11, 12, 31, 50 }.ToFrozenSet();

    /// <summary>
    /// The cities of prefecture level that have no counties (不设区的地级市): 东莞, 中山, 儋州, 嘉峪关. Their townships stand right
    /// beneath them, and their bureaus are prefecture and county at once.
    /// </summary>
    private static readonly FrozenSet<long> WithoutCounties =
        new long[] { 441_900, 442_000, 460_400, 620_200 }.ToFrozenSet();

    private readonly FrozenDictionary<DivisionCode, Division> byCode;
    private readonly ILookup<DivisionCode?, Division> today;
    private readonly ILookup<DivisionCode, Division> byPlace;

    private Divisions(IReadOnlyList<Division> all)
    {
        byCode = all.ToFrozenDictionary(d => d.Code);
        today = all.Where(d => d.Successor is null).OrderBy(d => d.Code.Path, StringComparer.Ordinal)
            .ToLookup(d => d.Parent);
        byPlace = all.ToLookup(d => Current(d.Code));
        All = all;
    }

    /// <summary>Every division of the register, those of today first.</summary>
    public IReadOnlyList<Division> All { get; }

    /// <summary>
    /// Reads both tables (<c>seeds/Core/divisions.csv</c>, <c>divisions-history.csv</c>): UTF-8 text, one header line.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// A code or period that cannot be read, a code twice, a level that is not the code's, a parent or a final
    /// successor that is not there, successors in a circle.
    /// </exception>
    public static Divisions Read(TextReader current, TextReader history)
    {
        List<Division> all =
            [.. ReferenceTable.Rows(current).Select(OfToday), .. ReferenceTable.Rows(history).Select(OfThePast)];
        if (all.GroupBy(d => d.Code).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidDataException($"Division {twice.Key} stands in the tables twice.");

        var register = new Divisions(all);
        foreach (var division in all)
        {
            if (division.Parent is { } parent && register.Find(parent) is null)
                throw new InvalidDataException($"Division {division.Code}: its parent {parent} is in no table.");
            if (register.Standing(register.Current(division.Code)) != DivisionStanding.Current)
                throw new InvalidDataException(
                    $"Division {division.Code}: its successors do not lead to a division of today.");
        }
        return register;
    }

    /// <summary>The division of today or of the past with this code; null when the register has none.</summary>
    public Division? Find(DivisionCode code) => byCode.GetValueOrDefault(code);

    /// <summary>The divisions of today right beneath this code, in the order of their codes.</summary>
    public IReadOnlyList<Division> Children(DivisionCode code) => [.. today[code]];

    /// <summary>
    /// Whatever stands today at the place of this code, and stood there before: 520521 has 522422, too. None for a code
    /// that the register does not know.
    /// </summary>
    public IEnumerable<Division> AtPlaceOf(DivisionCode code) => byPlace[Current(code)];

    /// <summary>The code that took the place of a historic one, one step on; null for any other.</summary>
    public DivisionCode? Successor(DivisionCode code) => Find(code)?.Successor;

    /// <summary>
    /// Where the place of this code stands today: 522422 → 520521, 532331 → 532302. Any code that is not historic is
    /// its own.
    /// </summary>
    public DivisionCode Current(DivisionCode code)
    {
        for (var steps = byCode.Count; steps > 0 && Successor(code) is { } next; steps--)
            code = next;
        return code;
    }

    /// <summary>
    /// Whether the place of this code lies today within what the ancestor is today: 522422 within 520500, and within
    /// 522400, too. Kaiyang's old code 522522 lies within Guiyang, and no longer within Anshun, whose digits it bears.
    /// A township of a historic county lies where that county's successor lies.
    /// </summary>
    public bool IsWithin(DivisionCode code, DivisionCode ancestor) =>
        code == ancestor || Current(Successor(code.County) is null ? code : code.County).IsWithin(Current(ancestor));

    /// <summary>What the register can say of this code.</summary>
    public DivisionStanding Standing(DivisionCode code) => Find(code) switch
    {
        { Successor: null } => DivisionStanding.Current,
        not null => DivisionStanding.Historic,
        null when !IsProvince(code.Province) => DivisionStanding.NeverExisted,
        null => IsCovered(code) ? DivisionStanding.NeverExisted : DivisionStanding.OutsideCoverage,
    };

    /// <summary>
    /// Whether the county of this code is one that the register neither has nor rules out: it is accepted, and that is
    /// said. What stands beneath a known county is not asked for.
    /// </summary>
    public bool IsMissing(DivisionCode code) =>
        code.County.Level == DivisionLevel.County && Standing(code.County) == DivisionStanding.OutsideCoverage;

    /// <summary>Whether this is a province of GB/T 2260, or 830000.</summary>
    internal static bool IsProvince(DivisionCode code) =>
        code.Level == DivisionLevel.Province && Provinces.Contains(code.Value / 10_000);

    /// <summary>Whether this is a city of prefecture level that has no counties: 441900.</summary>
    internal static bool HasNoCounties(DivisionCode code) => WithoutCounties.Contains(code.Value);

    /// <summary>
    /// Whether these are the digits between a province and the counties right beneath it (469000 of 469005, 110100 of
    /// 110101), which are no division.
    /// </summary>
    internal static bool IsDirectlyUnderProvince(DivisionCode code) =>
        code.Level == DivisionLevel.Prefecture
        && (code.Value / 100 % 100 == DirectlyUnderProvince || Municipalities.Contains(code.Value / 10_000));

    /// <summary>
    /// Whether the tables would have this code if it had ever been given. They have the townships of today's counties
    /// only.
    /// </summary>
    private bool IsCovered(DivisionCode code)
    {
        if (code.Level == DivisionLevel.Township
            && Standing(code.County) is DivisionStanding.Historic or DivisionStanding.NeverExisted)
            return Standing(code.County) == DivisionStanding.NeverExisted;
        for (var ancestor = code.Parent; ancestor is { } here; ancestor = here.Parent)
            if (Find(here)?.CoveredTo >= code.Level)
                return true;
        return false;
    }

    private static Division OfToday(CsvReader row)
    {
        var code = Code(row, "code");
        if (LevelOf(row, "level") != code.Level)
            throw ReferenceTable.Unreadable(row, "level");
        return new(code, row.GetString("name"), code.Level, OptionalCode(row, "parent"), row.GetString("kind"),
            Period(row, "from")?.First, null, null, LevelOf(row, "covered_to"), row.GetString("civil_affairs_code"));
    }

    private static Division OfThePast(CsvReader row)
    {
        var code = Code(row, "code");
        var parent = code.Parent is { } above && !IsDirectlyUnderProvince(above) ? above : code.Province;
        return new(code, row.GetString("name"), code.Level, parent, "",
            Period(row, "from")?.First, Period(row, "until")?.Next, Code(row, "successor"), null, "");
    }

    /// <summary>A year, or a year and month: its first day and the first day after it.</summary>
    private static (DateOnly First, DateOnly Next)? Period(CsvReader row, string column) => row.GetString(column) switch
    {
        "" => null,
        [_, _, _, _] text when Day(text + "-01-01") is { } first => (first, first.AddYears(1)),
        var text when Day(text + "-01") is { } first => (first, first.AddMonths(1)),
        _ => throw ReferenceTable.Unreadable(row, column),
    };

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : null;

    private static DivisionLevel? LevelOf(CsvReader row, string column) => row.GetString(column) switch
    {
        "" => null,
        "province" => DivisionLevel.Province,
        "prefecture" => DivisionLevel.Prefecture,
        "county" => DivisionLevel.County,
        "township" => DivisionLevel.Township,
        _ => throw ReferenceTable.Unreadable(row, column),
    };

    private static DivisionCode? OptionalCode(CsvReader row, string column) =>
        row.GetString(column) is "" ? null : Code(row, column);

    private static DivisionCode Code(CsvReader row, string column) =>
        DivisionCode.TryParse(row.GetString(column), out var code) ? code
            : throw ReferenceTable.Unreadable(row, column);
}
