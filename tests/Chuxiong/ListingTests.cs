using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Listings;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>列表与指标：在两种数据库上都成为一条查询，与逐名数出来的一致，只数读者看得到的。</summary>
public class ListingTests
{
    private static readonly DateOnly Autumn = new(2020, 12, 1);

    [Fact]
    public void Every_listing_is_there_with_Chinese_titles_and_its_links_lead_somewhere()
    {
        Assert.Equal(
            [
                "ChuxiongAllotments", "ChuxiongApplications", "ChuxiongClasses", "ChuxiongExits", "ChuxiongFulfilment",
                "ChuxiongQuotas", "ChuxiongRetention", "ChuxiongShanghaiSchools",
            ],
            Loaded.Module.Listings.Select(l => l.Set));
        Assert.All(Loaded.Module.Listings.SelectMany(l => l.Columns),
            c => Assert.Contains(c.Title, t => t is >= '\u4e00' and <= '\u9fff'));
        Assert.All(Loaded.Module.Listings, l => Assert.NotEmpty(l.Key));
        Assert.All(Loaded.Module.Listings.SelectMany(l => l.Links.Select(link => (From: l, Link: link))), x =>
        {
            var target = Loaded.Instance.Catalogue.Listings.Single(l => l.Set == x.Link.Target);
            Assert.Contains(x.From.Columns, c => c.Name == x.Link.Column);
            Assert.Contains(target.Columns, c => c.Name == x.Link.TargetColumn);
        });
    }

    [Theory, EveryDatabase]
    [Proves("cx2020/4.2.2b", "cx2020/4.2.4", "cx2020/4.2.5", "cx2020/5.1", "cx2020/6.1", "cx2020/6.2", "cx2020/6.3",
        "cx2020/A2")]
    public async Task The_demo_s_figures_are_those_counted_student_by_student(DatabaseKind kind)
    {
        using var stored = new Stored(kind, Autumn, null, new ChuxiongModule());
        await stored.Commands.PrepareDatabaseAsync(demo: true);
        await using var db = stored.Read();
        var source = new ListingSource(db, stored.Instance);
        foreach (var listing in Loaded.Module.Listings)
            Assert.NotEmpty(await ((IQueryable<object>)listing.Rows(source))
                .ToListAsync(TestContext.Current.CancellationToken));

        var states = await db.Set<Case>().Where(c => c.Workflow == "chuxiong.application").Select(c => c.State)
            .Distinct().ToListAsync(TestContext.Current.CancellationToken);
        Assert.Empty(new ApplicationWorkflow().States.Select(s => s.Id).Except(states));
        var rows = await db.Set<ApplicationRow>().Include(r => r.Case)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Contains(rows, r => r.IsUnprovedBeforeConfirmation);
        Assert.Contains(rows, r => r is { ShanghaiSchool: not null, UsesPlan: false });

        var figures = (await new AssessedIndicators().ComputeAsync(source, 2020)).ToLookup(f => f.Indicator.Id);
        foreach (var plan in await db.Set<SchoolPlan>().Include(p => p.School).Where(p => p.Year == 2020)
            .ToListAsync(TestContext.Current.CancellationToken))
        {
            var confirmed =
                rows.Where(r => r.VocationalSchoolId == plan.SchoolId && r.ConfirmedOn is not null).ToList();
            var unproved = rows.Where(r => r.VocationalSchoolId == plan.SchoolId && r.IsUnprovedBeforeConfirmation);
            var counted = confirmed.Concat(unproved)
                .Select(r => new ConfirmedStudent(r.RegisteredOn is not null, r.Exit));
            var rate = Retention.RateOf(counted,
                new(new(2020, 6, 12), plan.RegistrationCompleteOn), plan.RegistrationCompleteOn is not null);
            Assert.Equal((plan.School.Name, rate),
                (plan.School.Name, figures["chuxiong.retention"].Single(f => f.Subject == $"{plan.SchoolId}").Ratio));
            Assert.Equal(plan.Enrolled,
                rows.Count(r => r.VocationalSchoolId == plan.SchoolId
                    && r is { EnrolledOn: not null, UsesPlan: not false }));
            foreach (var county in confirmed.GroupBy(r => r.County).Where(_ => Quotas.IsPrefectureRun(plan.School)))
                Assert.Equal(Retention.CreditOf(county.Count(), rate, InterpretationProfile.AsTaken),
                    figures["chuxiong.county-credit"].Single(f => f.Subject == $"{plan.SchoolId}/{county.Key}").Ratio);
        }

        Assert.Contains(figures["chuxiong.retention"], f => f.Ratio.Provisional);
        Assert.Contains(figures["chuxiong.retention"], f => f.Ratio is { Provisional: false, Denominator: > 0 });
        foreach (var plan in await db.Set<CountyPlan>().Where(p => p.Year == 2020)
            .ToListAsync(TestContext.Current.CancellationToken))
        {
            var sent = rows.Where(r => r.County == plan.Division && r.SentOn is not null).ToList();
            Assert.Equal((plan.Name, plan.Sent), (plan.Name, sent.Count(r => r.UsesPlan is not false)));
            Assert.Equal(new Ratio(sent.Count(r => r.ConfirmedOn is not null), sent.Count),
                figures["chuxiong.confirmed-of-sent"].Single(f => f.Subject == plan.Division).Ratio);
        }

        // whoever left without a confirmed proof counts as lost (附件6)
        Assert.Equal(
            rows.Count(r => r is { ExitReason: not null, ProofConfirmedOn: null, ConfirmedOn: not null }
                || r.IsUnprovedBeforeConfirmation),
            figures["chuxiong.exits-lost"].Sum(f => f.Ratio.Numerator));
        Assert.Equal(
            rows.Where(r => r.EnrolledOn is not null).GroupBy(r => (r.VocationalSchoolId, r.VocationalClass))
                .Select(g => g.Count()).Order(),
            (await new ClassListing().Query(source).ToListAsync(TestContext.Current.CancellationToken))
                .Select(c => c.Students).Order());
        Assert.All(await new ClassListing().Query(source).ToListAsync(TestContext.Current.CancellationToken),
            c => Assert.Equal((new DateOnly(2020, 5, 6), new DateOnly(2020, 5, 14), true),
                (c.FormedOn, c.TeachingFrom, c.HeadTeacher is not null)));
    }

    [Theory, EveryDatabase]
    [Proves("cx2020/6.1")]
    public async Task A_reader_counts_what_lies_in_sight_and_a_rate_only_of_a_school_in_sight(DatabaseKind kind)
    {
        using var stored = new Stored(kind, Autumn, null, new ChuxiongModule());
        await stored.Commands.PrepareDatabaseAsync(demo: true);
        var (prefecture, county) = (await Of(stored, 532300), await Of(stored, 532322));
        Assert.Equal(12, prefecture.Count(f => f.Indicator == Retention.Rate));
        Assert.Equal(["双柏县职中"], county.Where(f => f.Indicator == Retention.Rate).Select(f => f.Title));
        Assert.Equal(prefecture.Single(f => f.Indicator == Retention.Rate && f.Title == "双柏县职中").Ratio,
            county.Single(f => f.Indicator == Retention.Rate).Ratio);
        Assert.Equal(["双柏县"], county.Where(f => f.Indicator == AssessedIndicators.CountyPlanUse).Select(f => f.Title));
        Assert.DoesNotContain(county, f => f.Indicator == Retention.Credit);   // the prefecture counts it (六)

        await using var own = stored.Commands.Database.Read(AccessScope.ForDivision(DivisionCode.Of(532322)));
        var seen = await new ApplicationListing().Query(new(own, stored.Instance))
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Contains(seen, a => a.County == "532322");
        Assert.All(seen, a => Assert.True(a.County == "532322" || a.VocationalSchool == "双柏县职中"));
        Assert.All(seen, a => Assert.NotNull(a.StudentName));
    }

    private static async Task<IReadOnlyList<Figure>> Of(Stored stored, int division)
    {
        await using var db = stored.Commands.Database.Read(AccessScope.ForDivision(DivisionCode.Of(division)));
        return await new AssessedIndicators().ComputeAsync(new(db, stored.Instance), 2020);
    }
}
