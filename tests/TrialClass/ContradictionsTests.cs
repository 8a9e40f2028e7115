namespace EduAssist.TrialClass;

/// <summary>三十二处前后不一致，都列给举办者看。</summary>
public class ContradictionsTests
{
    private static IReadOnlyList<Anomaly> All => [.. Loaded.Module.Documents.SelectMany(d => d.Anomalies)];

    [Fact]
    public void All_thirty_two_are_listed_once_with_what_the_program_does() => Assert.Equal(
        Enumerable.Range(1, 32).Select(n => $"tc-a{n}").Order(StringComparer.Ordinal),
        All.Select(a => a.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_stands_at_provisions_of_the_document_that_lists_it()
    {
        Assert.All(Loaded.Module.Documents, d => Assert.All(d.Anomalies, a => Assert.All(a.Provisions, p => Assert.StartsWith(d.Id + "/", p, StringComparison.Ordinal))));
        Assert.All(All, a => Assert.NotEmpty(a.Provisions));
        Assert.All(All, a => Assert.EndsWith("。", a.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_rule_on_letters_between_places_is_within_the_province_and_says_that_it_was_mended() =>
        Assert.All(["更正", "省内", "跨省"], word => Assert.Contains(word, All.Single(a => a.Id == "tc-a21").Text, StringComparison.Ordinal));

    [Theory]
    [InlineData("tc-a1", "tc-i2")]
    [InlineData("tc-a2", "tc-i1")]
    [InlineData("tc-a11", "tc-i3")]
    [InlineData("tc-a13", "tc-i4")]
    public void Where_a_reading_is_taken_it_is_named(string anomaly, string interpretation)
    {
        Assert.Contains(interpretation, All.Single(a => a.Id == anomaly).Text, StringComparison.Ordinal);
        Assert.Contains(Loaded.Module.Interpretations, i => i.Id == interpretation);
    }

    [Fact]
    public void The_module_belongs_to_no_region() => Assert.Null(Loaded.Module.Module.Jurisdiction);

    [Fact]
    public void No_reference_data_has_an_error() =>
        Assert.All(Loaded.Module.ReferenceData, d => Assert.DoesNotContain(d.Check(Reading.AsTaken), r => r.Level == RemarkLevel.Error));
}
