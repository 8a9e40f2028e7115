using EduAssist.Office.Listings;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>四（一）、四（二）、六：从台账算出的指标。</summary>
internal sealed class AssessedIndicators : IIndicators
{
    internal static readonly Indicator
        CountyPlanUse = new("chuxiong.county-plan-use", "县市送读计划完成率", ["cx2020/4.1.1", "cx2020/A2"])
        { Interpretations = ["cx-i5"] },
        SchoolPlanUse = new("chuxiong.school-plan-use", "学校招生计划完成率", ["cx2020/4.1.2", "cx2020/A2"]),
        ShanghaiTask = new("chuxiong.shanghai-task", "东西协作任务完成率", ["cx2020/A2"]) { Interpretations = ["cx-i11"] },
        ClaimedRetention = new("chuxiong.retention-claimed", "巩固率（按学校申报的去向，未经证明）",
            ["cx2020/6.1", "cx2020/6.2"])
        { Interpretations = ["cx-i13", "cx-i19"] },
        ConfirmedOfSent = new("chuxiong.confirmed-of-sent", "确认人数占送读人数的比例", ["cx2020/4.2.4"]),
        Returned = OfExits("returned", "回原初中的比例"),
        Elsewhere = OfExits("elsewhere", "到其他高中阶段学校的比例"),
        Lost = OfExits("lost", "流失的比例");

    public IReadOnlyList<Indicator> Indicators { get; } =
    [
        Retention.Rate, Retention.Credit, ClaimedRetention, CountyPlanUse, SchoolPlanUse, ShanghaiTask, ConfirmedOfSent,
        Returned, Elsewhere, Lost,
    ];

    // Rate and Credit are cited by Retention
    public IEnumerable<Citation> Citations => Indicators.Skip(2).Select(i => i.Citation);

    public async Task<IReadOnlyList<Figure>> ComputeAsync(ListingSource source, int year)
    {
        var db = source.Db;
        var retention = await RetentionListing.Lines(source).Where(r => r.Year == year).OrderBy(r => r.School)
            .ToListAsync(source.Cancellation);
        var counties = await FulfilmentListing.Lines(source).Where(f => f.Year == year).OrderBy(f => f.Division)
            .ToListAsync(source.Cancellation);
        var schools = await db.Set<SchoolPlan>().Include(p => p.School).Where(p => p.Year == year)
            .OrderBy(p => p.School.Name).ToListAsync(source.Cancellation);
        // 没有证明的都算流失（附件6）
        var exits = (
            await db.Set<ApplicationRow>()
                .Where(a => a.Case.Year == year && a.ExitReason != null && (a.ConfirmedOn != null
                    || (a.EnrolledOn != null && a.ExitReason != ExitReason.Lost && a.ProofConfirmedOn == null)))
                .GroupBy(a => new
                {
                    a.VocationalSchoolId,
                    ExitReason = a.ProofConfirmedOn == null ? ExitReason.Lost : a.ExitReason,
                })
            .Select(g => new { g.Key.VocationalSchoolId, g.Key.ExitReason, Count = g.Count() })
            .ToListAsync(source.Cancellation)).ToDictionary(
                x => (x.VocationalSchoolId, x.ExitReason), x => x.Count);
        return
        [
            .. retention.Select(r => new Figure(Retention.Rate, $"{r.SchoolId}", r.School, RateOf(r))),
            .. await CreditsAsync(source, year, retention, schools),
            .. retention.Select(r => new Figure(ClaimedRetention, $"{r.SchoolId}", r.School,
                new(r.Retained, r.Confirmed - r.Claimed, r.IsProvisional))),
            .. counties.Select(f => new Figure(CountyPlanUse, f.Division, f.County, new(f.Used, f.Quota))),
            .. schools.Select(
                p => new Figure(SchoolPlanUse, $"{p.SchoolId}", p.School.Name, new(p.Enrolled, p.Places))),
            .. counties.Where(f => f.ShanghaiTask > 0)
                .Select(f => new Figure(ShanghaiTask, f.Division, f.County, new(f.SentToShanghai, f.ShanghaiTask))),
            .. schools.Where(p => p.ShanghaiTask > 0).Select(
                p => new Figure(ShanghaiTask, $"{p.SchoolId}", p.School.Name, new(p.SentToShanghai, p.ShanghaiTask))),
            .. counties.Select(f => new Figure(ConfirmedOfSent, f.Division, f.County, new(f.Confirmed, f.Sent))),
            .. Exits(Returned, ExitReason.ReturnedToOriginalSchool),
            .. Exits(Elsewhere, ExitReason.InOtherSeniorSecondary),
            .. Exits(Lost, ExitReason.Lost),
        ];

        IEnumerable<Figure> Exits(Indicator indicator, ExitReason reason) =>
            retention.Select(r => new Figure(indicator, $"{r.SchoolId}", r.School,
                new(exits.GetValueOrDefault((r.SchoolId, reason)), r.Confirmed + r.Unproved,
                    r.IsProvisional)));
    }

    private static Ratio RateOf(RetentionLine line) => new(line.Retained, line.Counted, line.IsProvisional);

    /// <summary>六：州属学校里各县市的学生，计入生源县市的完成数。</summary>
    private static async Task<IEnumerable<Figure>> CreditsAsync(
        ListingSource source, int year, IReadOnlyList<RetentionLine> retention, IReadOnlyList<SchoolPlan> schools)
    {
        var own = schools.Where(p => Quotas.IsPrefectureRun(p.School)).Select(p => (Guid?)p.SchoolId).ToList();
        var names = (await source.Db.Set<CountyPlan>().Where(p => p.Year == year).ToListAsync(source.Cancellation))
            .ToDictionary(p => p.Division, p => p.Name);
        var confirmed = await source.Db.Set<ApplicationRow>()
            .Where(a => a.Case.Year == year && a.ConfirmedOn != null && own.Contains(a.VocationalSchoolId))
            .GroupBy(a => new { a.VocationalSchoolId, a.County })
            .Select(g => new { g.Key.VocationalSchoolId, g.Key.County, Count = g.Count() }).OrderBy(x => x.County)
            .ToListAsync(source.Cancellation);
        return confirmed.Join(retention, c => c.VocationalSchoolId, r => r.SchoolId, (c, school) =>
            new Figure(Retention.Credit, $"{school.SchoolId}/{c.County}",
                $"{names.GetValueOrDefault(c.County, c.County)}（{school.School}）",
                Retention.CreditOf(c.Count, RateOf(school), source.Policy.Reading)));
    }

    private static Indicator OfExits(string id, string title) =>
        new($"chuxiong.exits-{id}", title, ["cx2020/6.1", "cx2020/6.2", "cx2020/A6"]) { Interpretations = ["cx-i20"] };
}
