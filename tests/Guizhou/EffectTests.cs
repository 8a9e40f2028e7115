using System.Globalization;
using System.Text.Json;

namespace EduAssist.Guizhou;

/// <summary>What takes a child off a roll or a list is allowed when it is proved: Effects.csv, a case a row.</summary>
public class EffectTests
{
    /// <summary>Measures with an effect of their own, as the table calls them.</summary>
    private static readonly Dictionary<string, string> Own = new(StringComparer.Ordinal)
    {
        ["2.vocational"] = "vocational-school-never-enrolled",
        ["7.vocational"] = "vocational-school-weary",
        ["9.household"] = "household-place-school",
        ["9.work-place"] = "work-place-school",
        ["9.vocational"] = "vocational-school-working",
        ["9.remote"] = "remote-teaching",
        ["13.evening"] = "evening-class",
        ["13.class"] = "class-in-school",
        ["13.vocational"] = "vocational-school-married",
        ["14.evening"] = "mother-evening-class",
        ["14.home"] = "joint-plan-at-home",
    };

    public static TheoryData<string> Cases => [.. Loaded.Table("Effects.csv").Select(r => r["name"]!)];

    [Theory, MemberData(nameof(Cases))]
    [Proves("gz20/1", "gz20/2", "gz20/4", "gz20/5", "gz20/7", "gz20/9", "gz20/10", "gz20/11", "gz20/12", "gz20/13",
        "gz20/14", "gz20/15", "gz20/16", "gz20/17", "gz20/18", "gz20/19", "gz20/20")]
    public void Nobody_disappears_on_a_claim(string name)
    {
        var row = Loaded.Table("Effects.csv").Single(r => r["name"] == name);
        var answer = Assess(row["facts"]!, row["asOf"]!);
        Assert.Equal(
            (row["verdict"], row["fits"] ?? "", row["possible"] ?? "", row["leading"] ?? "", row["removed"] ?? "",
                row["contradictions"] ?? ""),
            (answer.Verdict.ToString(), Numbers(answer.Situations.Select(s => s.Number)),
                Numbers(answer.PossibleSituations.Select(s => s.Number)),
                Numbers(answer.Situations.Where(s => s.Leading).Select(s => s.Number)),
                Numbers(answer.Situations.Where(s => s.RemovedFromList).Select(s => s.Number)),
                string.Join(' ', answer.Contradictions.Select(c => Contradiction(answer, row["facts"]!, c)))));
        var effects = Effects(answer);
        Assert.Equal(Written(JsonSerializer.Deserialize<Dictionary<string, string>>(row["effects"]!)!),
            Written(effects.ToDictionary(e => e.Key, e => e.Value.State.ToString())));
        var needs = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(row["needs"]!)!;
        foreach (var (key, effect) in effects)
            Assert.Equal((key, Written(needs.GetValueOrDefault(key, []))), (key, Written(Open(effect))));
    }

    [Fact]
    public void Every_effect_of_the_guide_is_in_the_table()
    {
        var rows = Loaded.Table("Effects.csv").Select(r => JsonSerializer
            .Deserialize<Dictionary<string, string>>(r["effects"]!)!).ToList();
        Assert.All(Enumerable.Range(1, 20).Select(n => $"{n}").Concat(Own.Keys),
            key => Assert.Contains(rows, r => r.ContainsKey(key)));
    }

    [Theory]
    [InlineData("gz-i18", true)]
    [InlineData(null, false)]
    [Proves("gz20/13")]
    public void Under_the_other_reading_of_gz_i18_a_plan_does_not_wait_for_a_failed_return(string? other, bool free)
    {
        var child = new Child
        {
            MainReason = MainReason.EarlyMarriage,
            Sex = ChildSex.Female,
            HasGivenBirth = false,
            BirthDate = new DateOnly(2009, 3, 1),
            AsOf = new(2023, 10, 16),
            ReturnImpossible = false,
            GuardianApplies = true,
        };
        var effects = Effects(SituationTests.Assess(child, other is null ? null : new(other)));
        Assert.Equal((EffectState.Refused, free ? EffectState.Awaiting : EffectState.Refused),
            (effects["13.evening"].State, effects["13.vocational"].State));
    }

    private static Dictionary<string, EffectFinding> Effects(Assessment answer)
    {
        var effects = answer.Situations.ToDictionary(s => $"{s.Number}", s => s.Effect, StringComparer.Ordinal);
        foreach (var measure in answer.Situations.SelectMany(s => s.Measures).Where(m => m.Effect is not null))
            effects.Add(Own.Single(o => o.Value == measure.Id).Key, measure.Effect!);
        return effects;
    }

    /// <summary>Needs that are not met; alternatives as one, <c>a|b=State</c>, a denied one with ¬.</summary>
    private static Dictionary<string, string> Open(EffectFinding effect) =>
        effect.Needs.GroupBy(n => n.Id).Where(g => g.All(n => n.State != NeedState.Satisfied))
            .ToDictionary(g => string.Join('|', g.Select(Name)), g => $"{g.Min(n => n.State)}");

    private static string Written(Dictionary<string, string> states) =>
        string.Join(' ', states.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"));

    private static string Name(NeedFinding need) =>
        (need.Title.StartsWith('不') ? "¬" : "") + (need.Fact ?? need.Id);

    private static string Contradiction(Assessment answer, string facts, ContradictionFinding found)
    {
        Assert.Contains(answer.Programme.Schema.TitleOf(found.Claim), found.Message, StringComparison.Ordinal);
        using var given = JsonDocument.Parse(facts);
        return $"{given.RootElement.GetProperty(found.Claim).GetString()}≠{string.Join(',', found.DeniedBy)}";
    }

    private static string Numbers(IEnumerable<int> numbers) => string.Join(' ', numbers.Order());

    private static Assessment Assess(string facts, string asOf)
    {
        var programme = Loaded.Instance.Catalogue.Programme(SituationTests.Guide)!;
        var row = Loaded.Instance.NewFacts(programme);
        var line = JsonSerializer.SerializeToUtf8Bytes(
            new { asOf, facts = JsonSerializer.Deserialize<JsonElement>(facts) });
        Assert.Null(Loaded.Instance.ReaderOf(programme)
            .ReadRequest(line, DateOnly.ParseExact(asOf, "yyyy-MM-dd", CultureInfo.InvariantCulture), row));
        return programme.Assess(row, InterpretationProfile.AsTaken)!;
    }
}
