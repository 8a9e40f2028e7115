using static EduAssist.TrialClass.Remarks;

namespace EduAssist.TrialClass;

/// <summary>A major to try (体验专业).</summary>
/// <param name="Number">Its place in the catalogue, from 1.</param>
/// <param name="List">定向专业, 主表, or 附列 below the table.</param>
/// <param name="Name">As printed.</param>
/// <param name="Code">As printed, a text: <c>0515-4</c>. Null: none is printed.</param>
/// <param name="Careers">As printed; empty below the table.</param>
/// <param name="Years">Null: not printed.</param>
internal sealed record Major(int Number, string List, string Name, string? Code, string Careers, int? Years);

/// <summary>体验专业目录，照印。</summary>
internal sealed class Majors : IReferenceData
{
    private static readonly IReadOnlyList<string> Catalogue = ["tc/majors"];

    internal static readonly IReadOnlyList<Major> Printed = Seed.Rows("majors.csv", row =>
        new Major(row.Number("number"), row.Text("list"), row.Text("name"), row.TextOrNone("code"), row.Text("careers"),
            row.NumberOrNone("years")));

    public string Id => "trialclass.majors";

    public string Title => "体验专业目录";

    public IEnumerable<Citation> Citations => [new("reference-data", Id, Title, Catalogue, [])];

    public IReadOnlyList<Remark> Check(InterpretationProfile reading) => [.. Check(Printed)];

    /// <summary>
    /// A name twice, once with and once without its code, and codes of two catalogues are the document's own; anything
    /// else is an error.
    /// </summary>
    internal static IEnumerable<Remark> Check(IReadOnlyList<Major> majors) =>
    [
        .. majors.Where((m, i) => m.Number != i + 1).Take(1)
            .Select(m => Error("number", $"{m.Name}的序号 {m.Number} 不连续。", Catalogue)),
        .. majors.Where(m => m.Code is not null).GroupBy(m => m.Code).Where(g => g.Count() > 1)
            .Select(g => Error("code-twice", $"代码 {g.Key} 列了 {g.Count()} 次。", Catalogue)),
        .. majors.GroupBy(m => m.Name)
            .Where(g => g.Count(m => m.Code is not null) > 1 || g.Count(m => m.Code is null) > 1)
            .Select(g => Error("name-twice", $"{g.Key}列了 {g.Count()} 次。", Catalogue)),
        .. majors.Where(m => m.Code is not null && KindOf(m.Code) is null)
            .Select(m => Error("code-format", $"{m.Name}的代码 {m.Code} 不是六位数，也不是四位数加级别。", Catalogue)),
        .. majors.Where(m => m.Code is not null && m.Years != 3)
            .Select(m => Error("years", $"{m.Name}不是三年。", Catalogue)),
        .. majors.GroupBy(m => m.Name)
            .Where(g => g.Count(m => m.Code is not null) == 1 && g.Count(m => m.Code is null) == 1)
            .Select(g => Note("name-with-and-without-code", $"{g.Key}列了两次，一次有代码，一次没有。", Catalogue)),
        .. majors.GroupBy(m => KindOf(m.Code)).Where(g => g.Key is not null)
            .Select(g => Note("codes", $"{g.Count()} 个专业的代码是{g.Key}。", Catalogue)),
        .. majors.Count(m => m.Code is null) is > 0 and var open
            ? [Note("no-code", $"{open} 个专业没有印代码，也没有印岗位和学制。", Catalogue)]
            : (Remark[])[],
        Note("total", $"共 {majors.Count} 行，{majors.DistinctBy(m => m.Name).Count()} 个名称。", Catalogue),
    ];

    /// <summary>The catalogue whose codes look like that; null: of none.</summary>
    private static string? KindOf(string? code) => code switch
    {
        { Length: 6 } when code.All(char.IsAsciiDigit) => "六位数（中等职业学校目录的样式）",
        { Length: 6 } when code[4] == '-' && code.Remove(4, 1).All(char.IsAsciiDigit) => "四位数加级别（技工院校目录的样式）",
        _ => null,
    };
}
