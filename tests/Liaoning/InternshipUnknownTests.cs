namespace EduAssist.Liaoning;

/// <summary>
/// Kind, days and consent decide together: every partly known case of them against all of its completions, in both
/// readings. What is known is taken from inside of the days that are tried, so that there is always an earlier and a
/// later one.
/// </summary>
public class InternshipUnknownTests
{
    private const string Programme = "liaoning.internship";
    private const string Others =
        "liabilityInsurance=1 insurancePaidByStudent=0 companyDishonest=0 throughAgent=0 highRiskPost=0 "
            + "entertainmentVenue=0 feesCharged=0 depositTaken=0 papersHeld=0 suretyDemanded=0 isPaid=0 "
            + "usedAsCheapLabour=0";

    private static readonly string[] Facts =
        ["kind", "birthDate", "startDate", "endDate", "organisedBySchool", "threePartyAgreement", "guardianConsents"];

    private static readonly string[][] Tried =
    [
        ["GettingToKnow", "FollowingPost", "Post"],
        ["1950-01-01", "2005-01-01", "2006-07-01", "2008-02-29", "2009-08-01", "2011-02-01", "2100-01-01"],
        [
            "1900-01-01", "2022-06-01", "2023-06-01", "2024-02-28", "2024-08-01", "2025-06-01", "2026-02-28",
            "2027-06-01", "2028-06-01", "2199-12-31",
        ],
        [
            "1900-01-01", "2022-06-01", "2023-06-01", "2024-02-28", "2024-08-01", "2025-06-01", "2026-02-28",
            "2027-06-01", "2028-06-01", "2199-12-31",
        ],
        ["0", "1"],
        ["0", "1"],
        ["0", "1"],
    ];

    /// <summary>How many cases there are from one value of a fact to the next.</summary>
    private static readonly int[] Steps =
        [.. Facts.Select((_, i) => Tried.Take(i).Aggregate(1, (product, values) => product * values.Length))];

    [Theory]
    [InlineData("")]
    [InlineData("ln-i6")]
    [Proves("ln/11a", "ln/11b", "ln/11d", "ln/11e")]
    public void Verdict_and_missing_facts_equal_those_over_all_completions(string other)
    {
        var reading = new InterpretationProfile(other.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var eligible =
            Every([[]], 0, _ => true).Select(chosen => Assess(chosen, reading).Verdict == Verdict.Eligible).ToArray();
        Assert.Equal([false, true], eligible.Distinct().Order());
        var partly = Every([[]], 0, i => i is 0 or > 3, withUnknown: true).ToList();
        Assert.True(partly.Count > 10_000);
        Assert.Empty(partly.Where(known => Said(Assess(known, reading))
            != OverAll(known, eligible)).Select(Line).Take(5));
    }

    private static string Said(Assessment answer) => $"{answer.Verdict} {Loaded.Missing(answer)}";

    private static string OverAll(int?[] known, bool[] eligible)
    {
        List<int> cases = [0];
        for (var i = 0; i < known.Length; i++)
        {
            var values = known[i] is { } one ? [one] : Enumerable.Range(0, Tried[i].Length).ToArray();
            cases = [.. cases.SelectMany(c => values.Select(v => c + v * Steps[i]))];
        }

        var missing = Facts.Where((_, i) => known[i] is null
            && cases.Any(c => eligible[c] != eligible[c - c / Steps[i] % Tried[i].Length * Steps[i]]));
        return cases.Select(c => eligible[c]).Distinct().ToList() is [var settled]
            ? $"{(settled ? Verdict.Eligible : Verdict.Ineligible)} "
            : $"{Verdict.Undetermined} {string.Join(' ', missing)}";
    }

    /// <summary>
    /// All choices, the first fact's value changing fastest; of days the first and the last only where
    /// <paramref name="ends"/> says so.
    /// </summary>
    private static List<int?[]> Every(List<int?[]> begun, int fact, Func<int, bool> ends, bool withUnknown = false)
    {
        if (fact == Facts.Length) return begun;
        var all = Enumerable.Range(0, Tried[fact].Length)
            .Where(v => ends(fact) || (v > 0 && v < Tried[fact].Length - 1)).Select(v => (int?)v);
        var values = withUnknown ? all.Prepend(null).ToList() : all.ToList();
        return Every([.. values.SelectMany(v => begun.Select(b => (int?[])[.. b, v]))], fact + 1, ends, withUnknown);
    }

    private static Assessment Assess(int?[] chosen, InterpretationProfile reading) =>
        Loaded.Assess(Programme, $"{Others} {Line(chosen)}", reading);

    private static string Line(int?[] chosen) => string.Join(
        ' ', chosen.Select((v, i) => v is { } value ? $"{Facts[i]}={Tried[i][value]}" : "").Where(f => f.Length > 0));
}
