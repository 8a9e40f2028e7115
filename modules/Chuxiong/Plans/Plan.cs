namespace EduAssist.Chuxiong;

/// <summary>A county's part of the plan (送读计划).</summary>
/// <param name="Division">Its code in the year of the plan.</param>
/// <param name="Name">As printed.</param>
/// <param name="Entrants">The cohort's roll at entry to grade 7 (本届学生初一入学时的学籍人数).</param>
/// <param name="Quota">How many students it may send.</param>
/// <param name="ShanghaiTask">
/// Students of registered poor households to be sent to Shanghai, a task of its own (cx-i11).
/// </param>
internal sealed record CountyQuota(DivisionCode Division, string Name, int Entrants, int Quota, int ShanghaiTask);

/// <summary>A vocational school's part of the plan (招生计划).</summary>
/// <param name="Division">Where it stands; the prefecture for its own two schools.</param>
/// <param name="Name">As annex 2 prints it.</param>
/// <param name="Alias">As the text prints it, where that differs.</param>
/// <param name="Places">How many students it may take.</param>
/// <param name="ShanghaiTask">Of its students; null where none is printed.</param>
internal sealed record SchoolPlaces(DivisionCode Division, string Name, string? Alias, int Places, int? ShanghaiTask);

/// <summary>The totals that annex 2 prints.</summary>
internal sealed record PrintedTotals(int Entrants, int Quota, int Places, int ShanghaiTask);

/// <summary>附件2：一年的送读招生计划。</summary>
internal sealed record Plan(
    int Year, IReadOnlyList<CountyQuota> Counties, IReadOnlyList<SchoolPlaces> Schools, PrintedTotals Printed)
{
    private static readonly IReadOnlyList<string> Quotas = ["cx2020/4.1.1", "cx2020/A2"], Annex = ["cx2020/A2"];

    /// <summary>四（一）1：初一入学学籍人数的三成，按 cx-i5 取整。</summary>
    internal static int Limit(int entrants, InterpretationProfile reading) =>
        reading.TakesOther("cx-i5") ? entrants * 3 / 10 : (entrants * 3 + 5) / 10;

    /// <summary>
    /// What is noteworthy or wrong. A sum of quotas that differs from the printed total because each county was rounded
    /// by itself, and a quota less than one student above thirty per cent, are the document's own: notes. Anything else
    /// is an error.
    /// </summary>
    internal IEnumerable<Remark> Check(InterpretationProfile reading) =>
    [
        .. Counties.GroupBy(c => c.Division).Where(g => g.Count() > 1)
            .Select(g => Error("county-twice", $"{g.First().Name}列了 {g.Count()} 次。", Annex)),
        .. Schools.GroupBy(s => s.Name).Where(g => g.Count() > 1)
            .Select(g => Error("school-twice", $"{g.Key}列了 {g.Count()} 次。", Annex)),
        .. Counties.Where(c => c.Quota < 0 || c.Entrants <= 0 || c.ShanghaiTask < 0)
            .Select(c => Error("impossible-number", $"{c.Name}的人数、计划数或任务数不可能。", Annex)),
        .. Schools.Where(s => s.Places < 0 || s.ShanghaiTask < 0)
            .Select(s => Error("impossible-number", $"{s.Name}的计划数或任务数不可能。", Annex)),
        .. Counties.Where(c => 10 * c.Quota > 3 * c.Entrants).Select(c => AboveThirtyPercent(c, reading)),
        .. Sum("entrants-total", "初一入学学籍人数", Counties.Sum(c => c.Entrants), Printed.Entrants),
        .. Sum("quota-total", "县市送读计划数", Counties.Sum(c => c.Quota), Printed.Quota,
            Counties.Sum(c => Limit(c.Entrants, InterpretationProfile.AsTaken)),
            Limit(Counties.Sum(c => c.Entrants), InterpretationProfile.AsTaken)),
        .. Sum("places-total", "学校招生计划数", Schools.Sum(s => s.Places), Printed.Places),
        .. ShanghaiTotal(),
        .. Places(),
        .. reading.TakesOther("cx-i11") ? TasksWithinPlan() : [],
    ];

    private static Remark AboveThirtyPercent(CountyQuota county, InterpretationProfile reading)
    {
        var share = $"{county.Name}计划数 {county.Quota}，三成为 {county.Entrants * 0.3m:0.0}";
        return 10 * county.Quota - 3 * county.Entrants >= 10
            || county.Quota > Limit(county.Entrants, InterpretationProfile.AsTaken)
            ? Error("quota-above-limit", $"{share}：超过三成。", Quotas)
            : Note("quota-above-by-fraction", county.Quota > Limit(county.Entrants, reading)
                ? $"{share}：只舍不入的读法下多 {county.Quota - Limit(county.Entrants, reading)} 人。"
                : $"{share}：四舍五入，多出不足一人。", Quotas);
    }

    /// <param name="id">Of the remark.</param>
    /// <param name="what">What is added up.</param>
    /// <param name="sum">Of the lines.</param>
    /// <param name="printed">The total as printed.</param>
    /// <param name="rounded">What the lines add up to when each is rounded; null: no line is rounded.</param>
    /// <param name="roundedTotal">What the total is when it alone is rounded.</param>
    private static IEnumerable<Remark> Sum(
        string id, string what, int sum, int printed, int? rounded = null, int? roundedTotal = null) =>
        sum == printed ? []
        : (sum, printed) == (rounded, roundedTotal) ? [Note(id, $"{what}相加为 {sum}，印出的合计为 {printed}：逐项取整所致。", Annex)]
        : [Error(id, $"{what}相加为 {sum}，印出的合计为 {printed}。", Annex)];

    /// <summary>cx-i11, the other reading: the task is part of the plan, which must then have room for it.</summary>
    private IEnumerable<Remark> TasksWithinPlan() =>
    [
        .. Counties.Select(c => (c.Name, Plan: c.Quota, Task: c.ShanghaiTask))
            .Concat(Schools.Select(s => (s.Name, Plan: s.Places, Task: s.ShanghaiTask ?? 0))).Where(x => x.Task > 0)
            .Select(x =>
            x.Task > x.Plan ? Error("task-above-plan", $"{x.Name}的东西协作任务 {x.Task} 多于计划数 {x.Plan}。", Annex)
            : Note("task-within-plan", $"{x.Name}计划数 {x.Plan} 中含东西协作任务 {x.Task}，其余 {x.Plan - x.Task}。", Annex)),
    ];

    private IEnumerable<Remark> ShanghaiTotal()
    {
        var (counties, schools) = (Counties.Sum(c => c.ShanghaiTask), Schools.Sum(s => s.ShanghaiTask ?? 0));
        return counties + schools == Printed.ShanghaiTask
            ? [
                Note("shanghai-total", $"东西协作任务合计 {Printed.ShanghaiTask} 印在学校一栏，是县市 {counties} 与学校 {schools} 之和。",
                    Annex)]
            : [Error("shanghai-total", $"东西协作任务：县市 {counties}、学校 {schools}，印出的合计为 {Printed.ShanghaiTask}。", Annex)];
    }

    private IEnumerable<Remark> Places()
    {
        var (places, quota) = (Schools.Sum(s => s.Places), Counties.Sum(c => c.Quota));
        return places > quota ? [Note("places-above-quota", $"学校招生计划合计 {places}，多于县市送读计划合计 {quota}。", Annex)]
            : places < quota ? [Error("places-below-quota", $"学校招生计划合计 {places}，少于县市送读计划合计 {quota}。", Annex)]
            : [];
    }

    private static Remark Note(string id, string text, IReadOnlyList<string> provisions) =>
        new(RemarkLevel.Note, id, text, provisions);

    private static Remark Error(string id, string text, IReadOnlyList<string> provisions) =>
        new(RemarkLevel.Error, id, text, provisions);
}

/// <summary>附件2：2020 年的计划，数字照印。</summary>
internal sealed class Plan2020 : IReferenceData
{
    internal static readonly Plan Printed = new(
        2020,
        Seed.Rows("plan-2020-counties.csv",
            row => new CountyQuota(row.Division("division"), row.Text("name"), row.Number("entrants"),
                row.Number("quota"), row.Number("shanghaiTask"))),
        Seed.Rows("plan-2020-schools.csv",
            row => new SchoolPlaces(row.Division("division"), row.Text("name"), row.TextOrNone("alias"),
                row.Number("places"), row.NumberOrNone("shanghaiTask"))),
        Seed.Rows("plan-2020-totals.csv",
            row => new PrintedTotals(row.Number("entrants"), row.Number("quota"), row.Number("places"),
                row.Number("shanghaiTask"))).Single());

    public string Id => "chuxiong.plan-2020";

    public string Title => "2020 年义务教育职教班送读招生计划";

    public IEnumerable<Citation> Citations =>
    [
        new("reference-data", Id, Title, ["cx2020/2", "cx2020/4.1.1", "cx2020/4.1.2", "cx2020/A2"],
            ["cx-i5", "cx-i11"]),
    ];

    public IReadOnlyList<Remark> Check(InterpretationProfile reading) => [.. Printed.Check(reading)];
}
