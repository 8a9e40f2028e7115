using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Chuxiong;

/// <summary>三、招生对象：EligibilityCases.csv，每行一句话。</summary>
public class EligibilityTests
{
    private const string Programme = "chuxiong.vocational-class";
    private static readonly DateOnly May = new(2020, 5, 8);

    public static TheoryData<string> Sentences => [.. Loaded.Table("EligibilityCases.csv").Select(r => r["sentence"]!)];

    [Theory, MemberData(nameof(Sentences))]
    [Proves("cx2020/3", "cx2020/3.1", "cx2020/3.2", "cx2020/3.3", "cx2020/4.1.3", "cx2020/5.3d", "cx2020/A3")]
    public void As_the_document_says(string sentence)
    {
        var row = Case(sentence);
        var answer = Loaded.Assess(Programme, row, May, InterpretationProfile.AsTaken);
        Assert.Equal((row["verdict"], row["missing"] ?? "", row["violated"] ?? ""),
            (answer.Verdict.ToString(), Loaded.Missing(answer), Loaded.Violated(answer)));
        Assert.Equal("cx2020@1", answer.RuleSet);
        Assert.Equal(["cx-i1", "cx-i7"], answer.Interpretations);
    }

    [Theory, MemberData(nameof(Sentences))]
    [Proves("cx2020/3.1", "cx2020/3.2")]
    public void Under_the_other_reading_of_cx_i7(string sentence)
    {
        var row = Case(sentence);
        var answer = Loaded.Assess(Programme, row, May, new("cx-i7"));
        Assert.Equal((row["verdictOther"], row["missingOther"] ?? ""),
            (answer.Verdict.ToString(), Loaded.Missing(answer)));
        Assert.Equal("cx2020@1+cx-i7", answer.RuleSet);
        Assert.Equal(["cx-i7"], answer.OtherReadings);
    }

    [Fact]
    public void The_table_has_each_criterion_true_false_and_unknown_and_both_readings_apart()
    {
        var rows = Loaded.Table("EligibilityCases.csv");
        var answers = rows.Select(r => Loaded.Assess(Programme, r, May, InterpretationProfile.AsTaken)).ToList();
        Assert.All(Enumerable.Range(0, answers[0].Count), i =>
            Assert.Equal([Outcome.Satisfied, Outcome.Violated, Outcome.Unknown],
                answers.Select(a => a[i].Outcome).Distinct().Order()));
        Assert.Contains(rows, r => r["verdict"] != r["verdictOther"]);
    }

    [Theory]
    [InlineData("2019-12-31", false)]
    [InlineData("2020-01-01", true)]
    [InlineData("2026-11-22", true)]
    [Proves("cx2020/8.2")]
    public void The_rules_are_in_force_from_2020_on(string day, bool inForce)
    {
        var programme = Loaded.Instance.Catalogue.Programme(Programme)!;
        var facts = Loaded.Instance.NewFacts(programme);
        facts.AsOf = DateOnly.ParseExact(day, "yyyy-MM-dd");
        Assert.Equal(inForce, programme.Assess(facts, InterpretationProfile.AsTaken) is not null);
    }

    [Fact]
    public void A_subject_made_in_code_is_assessed_like_a_row()
    {
        var answer = new Eligibility().Assess(
            new Applicant { Grade = 9, StrugglesDespiteHelp = true, RepeatedDropout = true }, May,
            InterpretationProfile.AsTaken)!;
        Assert.Equal("schoolDivision studentConsents guardianConsents hasVocationalRoll hasOpenApplication",
            Loaded.Missing(answer));
    }

    private static SpreadsheetRow Case(string sentence) =>
        Loaded.Table("EligibilityCases.csv").Single(r => r["sentence"] == sentence);
}
