using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Office.Cases;

namespace EduAssist.Core.Policy;

/// <summary>逐级审核: who reviews a case of a place, one after the other, until everybody has.</summary>
public class ReviewChainTests
{
    private static readonly CaseState Draft = new("Draft", "草稿"), Approved = new("Approved", "已审核");

    [Theory]
    [InlineData("530381/0197c1a0c0de7abc8def0123456789ab", "County Prefecture Province")]
    [InlineData("5303/0197c1a0c0de7abc8def0123456789ab", "Prefecture Province")]   // 州市直属学校
    [InlineData("53/0197c1a0c0de7abc8def0123456789ab", "Province")]   // 省直属学校
    [InlineData("429004/0197c1a0c0de7abc8def0123456789ab", "County Province")]   // 仙桃，省直管
    [InlineData("469005/0197c1a0c0de7abc8def0123456789ab", "County Province")]   // 文昌，省直管
    [InlineData("659011/0197c1a0c0de7abc8def0123456789ab", "County Province")]   // 新星，兵团
    [InlineData("110108/0197c1a0c0de7abc8def0123456789ab", "County Province")]   // 北京海淀
    [InlineData("500153/0197c1a0c0de7abc8def0123456789ab", "County Province")]   // 重庆荣昌
    [InlineData("4419/0197c1a0c0de7abc8def0123456789ab", "Prefecture Province")]   // 东莞：一个局，审核一次
    [InlineData("4604/0197c1a0c0de7abc8def0123456789ab", "Prefecture Province")]   // 儋州
    [InlineData("532301102/0197c1a0c0de7abc8def0123456789ab", "County Prefecture Province")]
    public void Levels_that_a_place_does_not_have_are_passed_over(string place, string reviewers) =>
        Assert.Equal(reviewers.Split(' '), Reviewers(place, Role.County, Role.Prefecture, Role.Province));

    /// <summary>Where no higher level reviews, a bureau that is two levels at once is the lower one.</summary>
    [Theory]
    [InlineData("4419", "County")]
    [InlineData("429004", "County")]
    [InlineData("5303", "")]   // the prefecture's own case has no county: it is approved at once
    public void A_chain_of_one_level_is_that_level_s(string place, string reviewers) =>
        Assert.Equal(reviewers, string.Join(' ', Reviewers(place, Role.County)));

    [Fact]
    public void A_chain_without_a_level_would_approve_everything_and_is_none() =>
        Assert.Contains("至少须有一级",
            Assert.Throws<ArgumentException>(() => new ReviewChain<Review>(Draft, Approved, r => r, [])).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("opener", false)]
    [InlineData("reviewer", false)]
    [InlineData("somebody", true)]
    [InlineData(null, true)]   // the program
    public void Nobody_reviews_what_they_have_opened_or_reviewed(string? asker, bool may)
    {
        var chain = new ReviewChain<Review>(
            Draft, Approved, r => r, [new ReviewLevel(Role.County, new("At", "待审核"), "t1/1")]);
        var review = new Review(
            "530381", asker, ["reviewer"], null, new(new HolidayTable()), new(2026, 3, 2), "opener");
        Assert.All(chain.Transitions, t => Assert.Equal(may, t.Guards.All(g => g.Claim(review).IsTrue)));
    }

    private static IEnumerable<string> Reviewers(string place, params IReadOnlyList<Role> roles)
    {
        var review = new Review(place, "somebody", [], null, new(new HolidayTable()), new(2026, 3, 2));
        var chain = new ReviewChain<Review>(
            Draft, Approved, r => r, [.. roles.Select(r => new ReviewLevel(r, new($"At{r}", r.Title), "t1/1"))]);
        Assert.Equal([.. roles.Select(r => $"At{r}"), "Approved"], chain.Begin.States.Select(s => s.Id));
        for (var state = chain.Begin.Of(review); state != Approved;)
        {
            var step = Assert.Single(chain.Transitions, t => t.From.Contains(state) && t.To == Approved);
            Assert.Equal(Draft, Assert.Single(chain.Transitions, t => t.From.Contains(state) && t != step).To);
            yield return Assert.Single(step.By).Name;
            state = step.Onward!.Of(review);
        }
    }
}
