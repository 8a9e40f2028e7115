namespace EduAssist.Conformance;

/// <summary>The table of the cheapest lies: what is missing in it, and what stands there of nothing.</summary>
public class CheapestLiesTests
{
    private const string Head = "<!-- lies -->\n| 指标 | 假话 | 凭什么 |\n| --- | --- | --- |\n",
        End = "<!-- /lies -->\n";

    [Theory]
    [InlineData("| `m.rate` | 少报 | 对照名单 |\n", "")]
    [InlineData("", "m.rate has no row")]
    [InlineData("| `m.rate` | 少报 |  |\n", "m.rate: the row does not say both")]
    [InlineData("| `m.rate` |  | 对照名单 |\n", "m.rate: the row does not say both")]
    [InlineData("| `m.rate` | 少报 | 对照名单 |\n| `m.gone` | 少报 | 对照名单 |\n", "m.gone has a row")]
    [InlineData("| `m.other` | 像 `m.rate` | 对照名单 |\n", "m.rate has no row")]
    public void Every_figure_has_its_row_and_every_row_its_figure(string rows, string problem)
    {
        var problems = CheapestLies.Problems(Head + rows + End + "| `m.rate` | 表外 | 不算 |\n", ["m.rate"]).ToList();
        if (problem.Length == 0)
            Assert.Empty(problems);
        else
            Assert.Contains(problems, p => p.StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_readme_without_the_table_has_every_problem() =>
        Assert.Single(CheapestLies.Problems("# 模块\n", ["m.rate"]));
}
