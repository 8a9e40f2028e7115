using System.Globalization;

namespace EduAssist.Liaoning;

/// <summary>One figure that the document leaves open and the instance has to have.</summary>
/// <param name="Key">What it is.</param>
/// <param name="Value">The figure.</param>
/// <param name="Provision">What leaves it open.</param>
/// <param name="Note">Why it is this, in Chinese.</param>
internal sealed record PolicyDatum(string Key, string Value, string Provision, string Note);

/// <summary>意见没有印出、由我们定下的数据（政策数据）：施行日期、第13条的周期、第8条的公示清单。</summary>
internal sealed class PolicyData : IReferenceData
{
    private static readonly IReadOnlyList<PolicyDatum> All =
        Seed.Rows("policy.csv",
            row => new PolicyDatum(row.Text("key"), row.Text("value"), row.Text("provision"), row.Text("note")));

    /// <summary>ln-i4：施行日期。</summary>
    internal static DateOnly EffectiveFrom { get; } = DateOnly.ParseExact(
        ForKey("effective-from").Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>8b：招生信息公示须有的各项。</summary>
    internal static IReadOnlyList<string> Disclosure { get; } = Seed.Rows("disclosure.csv", row => row.Text("title"));

    /// <inheritdoc/>
    public string Id => "liaoning.policy-data";

    /// <inheritdoc/>
    public string Title => "辽宁省意见未印出的日期、周期和清单";

    /// <inheritdoc/>
    public IEnumerable<Citation> Citations =>
        [new("reference-data", Id, Title, ["ln/8b", "ln/9a", "ln/13"], ["ln-i4"])];

    internal static PolicyDatum ForKey(string key) => All.Single(d => d.Key == key);

    /// <summary>第13条：“定期”的周期。</summary>
    internal static Recurrence Every(string key) => ForKey(key).Value switch
    {
        "HalfMonth" => Recurrence.EveryHalfMonth,
        "Month" => Recurrence.EveryMonth,
        "Term" => Recurrence.EveryTerm,
        "SchoolYear" => Recurrence.EverySchoolYear,
        var other => throw new InvalidOperationException(
            $"policy.csv 的 {key} 须为 HalfMonth、Month、Term 或 SchoolYear，不能是 {other}。"),
    };

    /// <inheritdoc/>
    public IReadOnlyList<Remark> Check(InterpretationProfile reading) =>
    [
        .. All.Select(d => new Remark(RemarkLevel.Note, d.Key, $"{d.Note}（{d.Value}）。", [d.Provision])),
        new(RemarkLevel.Note, "disclosure", $"意见只要求详实、准确、及时；公示清单由我们列出：{string.Join('、', Disclosure)}。", ["ln/8b"]),
    ];
}
