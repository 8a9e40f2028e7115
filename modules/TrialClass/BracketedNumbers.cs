using System.Globalization;
using static EduAssist.TrialClass.Remarks;

namespace EduAssist.TrialClass;

/// <summary>A number that the scheme prints in brackets.</summary>
/// <param name="Provision">Where.</param>
/// <param name="Measure">What is counted, in Chinese.</param>
/// <param name="Printed">As printed: [30%].</param>
/// <param name="Value">The number; null: left open.</param>
internal sealed record BracketedNumber(string Provision, string Measure, string Printed, int? Value);

/// <summary>定向培养方案印在方括号内的数字：政策数据。</summary>
internal sealed class BracketedNumbers : IReferenceData
{
    internal static readonly IReadOnlyList<BracketedNumber> Printed = Seed.Rows("directed-training.csv", row =>
        new BracketedNumber(
            row.Text("provision"), row.Text("measure"), row.Text("printed"), row.NumberOrNone("value")));

    private static readonly Dictionary<string, int> Values = Printed.Where(n => n.Value is not null).ToDictionary(
        n => n.Provision, n => n.Value!.Value, StringComparer.Ordinal);

    /// <summary>法务、应急、消防每学期实践课时占比。</summary>
    private static readonly IReadOnlyList<string> Shares = ["dt/2.1a", "dt/2.1b", "dt/2.1c"];

    public string Id => "trialclass.bracketed-numbers";

    public string Title => "定向培养方案方括号中的数字";

    public IEnumerable<Citation> Citations =>
        [new("reference-data", Id, Title, [.. Printed.Select(n => n.Provision)], [])];

    public IReadOnlyList<Remark> Check(InterpretationProfile reading) => [.. Check(Printed)];

    /// <summary>The number of a provision.</summary>
    /// <exception cref="KeyNotFoundException">It has none, or leaves it open.</exception>
    internal static int ForProvision(string provision) => Values[provision];

    /// <summary>
    /// The shares of practice rise from law over emergency to fire: <see cref="DirectedTraining"/> relies on it.
    /// </summary>
    internal static IEnumerable<Remark> Check(IReadOnlyList<BracketedNumber> numbers) =>
    [
        .. numbers.GroupBy(n => n.Provision).Where(g => g.Count() > 1)
            .Select(g => Error("number-twice", $"{g.Key} 列了 {g.Count()} 次。", [g.Key])),
        .. numbers.Where(n => ValueOf(n.Printed) != n.Value)
            .Select(n => Error("number-not-as-printed", $"{n.Measure}印作{n.Printed}，数据为 {n.Value}。", [n.Provision])),
        .. Shares.Zip(Shares.Skip(1)).SelectMany(pair => numbers.Where(n => n.Provision == pair.First)
            .SelectMany(lower => numbers.Where(higher => higher.Provision == pair.Second && higher.Value < lower.Value)
                .Select(higher => Error(
                    "practice-shares-fall", $"{higher.Measure}{higher.Printed}低于{lower.Measure}{lower.Printed}。",
                    [lower.Provision, higher.Provision])))),
        .. numbers.Where(n => n.Value is null)
            .Select(n => Note("number-open", $"{n.Measure}印作{n.Printed}，没有数字：只计算，不判断是否达标。", [n.Provision])),
        .. numbers.Where(n => n.Value is not null)
            .Select(n => Note("number-in-brackets", $"{n.Measure}{n.Printed}印在方括号内，作政策数据。", [n.Provision])),
    ];

    private static int? ValueOf(string printed) =>
        int.TryParse(printed.AsSpan().Trim("[]%"), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : null;
}
