namespace EduAssist.National;

public class NationalModuleTests
{
    private static readonly Catalogue Catalogue = Catalogue.Compose([new NationalModule()], Ask.Calendar);
    private static readonly LoadedModule National = Catalogue.Module("national")!;

    [Theory]
    [InlineData("moe2019-4", "教职成厅〔2019〕4号", "2019-10-16", "moe2019-4/1 moe2019-4/2 moe2019-4/3 "
        + "moe2019-4/4.1 moe2019-4/4.2 moe2019-4/4.3 moe2019-4/4.4 moe2019-4/4.5 moe2019-4/4.6 moe2019-4/4.7 "
        + "moe2019-4/4.8 "
        + "moe2019-4/5.1 moe2019-4/5.2 moe2019-4/5.3 moe2019-4/5.4")]
    [InlineData("sc2019-4", "国发〔2019〕4号", "2019-01-24", "sc2019-4/general sc2019-4/targets "
        + "sc2019-4/1 sc2019-4/2 sc2019-4/3 sc2019-4/4 sc2019-4/5 sc2019-4/6 sc2019-4/7 sc2019-4/8 sc2019-4/9 "
        + "sc2019-4/10 "
        + "sc2019-4/11 sc2019-4/12 sc2019-4/13 sc2019-4/14 sc2019-4/15 sc2019-4/16 sc2019-4/17 sc2019-4/18 sc2019-4/19 "
        + "sc2019-4/20")]
    [InlineData("cc2019", null, "2019-06-23", "cc2019/1 cc2019/2 cc2019/3 cc2019/4 cc2019/5 cc2019/6 cc2019/7 cc2019/8 "
        + "cc2019/9 cc2019/10 cc2019/11 cc2019/12 cc2019/13 "
        + "cc2019/14 cc2019/15 cc2019/16 cc2019/17 cc2019/18 cc2019/19 cc2019/20 cc2019/21 cc2019/22 cc2019/23 "
        + "cc2019/24 cc2019/25 cc2019/26")]
    public void A_document_lists_every_article_in_its_order(string id, string? number, string issued, string provisions)
    {
        var document = National.Documents.Single(d => d.Id == id);
        Assert.Equal((number, issued), (document.Number, document.EffectiveFrom.ToString("yyyy-MM-dd", null)));
        Assert.Equal(provisions.Split(' '), document.Provisions.Select(p => p.Id));
    }

    [Fact]
    public void Every_provision_that_asks_for_something_is_carried_out_or_says_what_it_awaits()
    {
        var asking = Catalogue.Provisions.Where(r => !r.Provision.IsNarrative).ToList();
        Assert.Equal(19, asking.Count);
        Assert.All(asking,
            r => Assert.True(r.CarriedOutBy.Count > 0 || r.Provision.Awaits is not null, r.Provision.Id));
        Assert.All(asking, r => Assert.True(Carries(r, ProvisionKinds.Rule, "criterion"), r.Provision.Id));
        Assert.All(asking, r => Assert.True(Carries(r, ProvisionKinds.Duty, "duty"), r.Provision.Id));
        Assert.All(asking, r => Assert.True(Carries(r, ProvisionKinds.Indicator, "indicator"), r.Provision.Id));

        static bool Carries(ProvisionCoverage row, ProvisionKinds kind, string by) =>
            row.Provision.Kinds.HasFlag(kind) == row.CarriedOutBy.Any(c => c.Kind == by);
    }

    [Fact]
    public void Records_measures_and_forms_await_their_storage_and_dropout_control_the_regions() =>
        Assert.All(National.Documents.SelectMany(d => d.Provisions), p => Assert.Equal(
            (p.Id,
                (p.Kinds & (ProvisionKinds.Record | ProvisionKinds.Measure | ProvisionKinds.Form))
                    != ProvisionKinds.Narrative
                    || p.Id == "cc2019/17"),
            (p.Id, p.Awaits is not null)));

    [Fact]
    public void Every_interpretation_is_rested_on_and_touches_what_it_interprets() =>
        Assert.All(National.Interpretations, i =>
        {
            var resting = Catalogue.Citations.Where(c => c.Interpretations.Contains(i.Id)).ToList();
            Assert.NotEmpty(resting);
            Assert.All(resting, c => Assert.Contains(c.Provisions, i.Provisions.Contains));
            Assert.All(i.Provisions, p => Assert.Contains(resting, c => c.Provisions.Contains(p)));
        });

    [Fact]
    public void Gists_are_one_sentence() =>
        Assert.All(National.Documents.SelectMany(d => d.Provisions),
            p => Assert.Equal((p.Id, p.Gist.Length - 1), (p.Id, p.Gist.IndexOf('。'))));
}
