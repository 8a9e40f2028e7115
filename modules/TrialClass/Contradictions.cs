namespace EduAssist.TrialClass;

/// <summary>
/// 材料前后不一致之处，供举办者和家长知悉。Those that concern other documents bound into the same file stand at the provision of the kit
/// that relies on them: the modules of those documents may not be loaded.
/// </summary>
internal static class Contradictions
{
    private static readonly IReadOnlyList<(string Document, Anomaly Anomaly)> All = Seed.Rows(
        "contradictions.csv", row => (
        row.Text("document"),
        new Anomaly(row.Text("id"), row.Text("provisions").Split(' '),
            $"{row.Text("topic")}：{row.Text("printed")}{row.Text("treatment")}")));

    internal static IReadOnlyList<Anomaly> In(string document) =>
        [.. All.Where(a => a.Document == document).Select(a => a.Anomaly)];
}
