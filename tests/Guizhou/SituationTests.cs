using System.Globalization;

namespace EduAssist.Guizhou;

/// <summary>指南二十条：SituationCases.csv，每种情形至少四行（符合、仅差一点、未知、与别的情形并存），每行一句话。</summary>
public class SituationTests
{
    internal const string Guide = "guizhou.return-to-school";

    private static readonly DateOnly June = new(2022, 6, 15);

    public static TheoryData<string> Sentences => [.. Loaded.Table("SituationCases.csv").Select(r => r["sentence"]!)];

    [Theory, MemberData(nameof(Sentences))]
    [Proves("gz20/1", "gz20/2", "gz20/3", "gz20/4", "gz20/5", "gz20/6", "gz20/7", "gz20/8", "gz20/9", "gz20/10",
        "gz20/11", "gz20/12", "gz20/13", "gz20/14", "gz20/15", "gz20/16", "gz20/17", "gz20/18", "gz20/19", "gz20/20")]
    public void As_the_guide_says(string sentence)
    {
        var row = Loaded.Table("SituationCases.csv").Single(r => r["sentence"] == sentence);
        var answer = Loaded.Assess(Guide, row,
            DateOnly.ParseExact(row["asOf"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            InterpretationProfile.AsTaken);
        Assert.Equal((row["verdict"], row["fits"] ?? "", row["possible"] ?? ""),
            (answer.Verdict.ToString(), Loaded.Fitting(answer), Loaded.Possible(answer)));
        Assert.Equal(answer.Verdict == Verdict.Covered ? 1 : 0, answer.Situations.Count(s => s.Leading));
    }

    [Fact]
    public void The_table_has_each_situation_fitting_just_not_unknown_and_beside_another()
    {
        var rows = Loaded.Table("SituationCases.csv");
        Assert.All(Enumerable.Range(1, 20), n =>
        {
            var own = rows.Where(r => r["situation"] == $"{n}").ToLookup(r => r["kind"]);
            Assert.Contains(own["符合"], r => r["fits"] == $"{n}");
            Assert.All(own["仅差一点"].Append(own["仅差一点"].First()),
                r => Assert.DoesNotContain($"{n}", (r["fits"] ?? "").Split(' ')));
            Assert.All(own["未知"].Append(own["未知"].First()), r => Assert.Contains($"{n}", r["possible"]!.Split(' ')));
            Assert.All(own["并存"].Append(own["并存"].First()), r => Assert.Contains($"{n}", r["fits"]!.Split(' ')));
            Assert.All(own["并存"], r => Assert.Contains(' ', r["fits"]!));
        });
    }

    [Theory]
    [InlineData("Disability", "Undetermined", "", "1 2 3 4 15")]
    [InlineData("Illness", "Covered", "5", "1 2 15")]
    [InlineData("WearyOfStudy", "Undetermined", "", "1 2 6 7 15")]
    [InlineData("WorkingAway", "Undetermined", "", "1 2 8 9 15")]
    [InlineData("RegisterAge", "Covered", "10", "1 2 15")]
    [InlineData("TrainingInstitution", "Undetermined", "", "1 2 11 15")]
    [InlineData("Religious", "Undetermined", "", "1 2 12 15")]
    [InlineData("EarlyMarriage", "Undetermined", "", "1 2 13 14 15")]
    [InlineData("OverAge", "Undetermined", "", "1 2 15")]
    [InlineData("DelayedEntry", "Covered", "16", "1 2 15")]
    [InlineData("NoRoll", "Covered", "17", "1 2 15")]
    [InlineData("Relocation", "Covered", "18", "1 2 15")]
    [InlineData("PrimaryToJunior", "Covered", "19", "1 2 15")]
    [InlineData("Missing", "Covered", "20", "1 2 15")]
    [InlineData("Other", "Undetermined", "", "1 2 15")]
    public void A_main_reason_and_nothing_else(string reason, string verdict, string fits, string possible)
    {
        var answer = Assess(new Child { MainReason = Enum.Parse<MainReason>(reason), AsOf = June });
        Assert.Equal((verdict, fits, possible),
            (answer.Verdict.ToString(), Loaded.Fitting(answer), Loaded.Possible(answer)));
    }

    [Fact]
    public void Nothing_known_at_all_leaves_all_twenty_possible_and_names_the_facts_that_would_settle_each()
    {
        var programme = Loaded.Instance.Catalogue.Programme(Guide)!;
        var facts = Loaded.Instance.NewFacts(programme);
        facts.AsOf = June;
        var answer = programme.Assess(facts, InterpretationProfile.AsTaken)!;
        Assert.Equal((Verdict.Undetermined, 0), (answer.Verdict, answer.Situations.Count));
        Assert.Equal(Enumerable.Range(1, 20), answer.PossibleSituations.Select(s => s.Number));
        Assert.Equal(["birthDate", "everEnrolled", "healthy"], answer.PossibleSituations[0].Missing);
        Assert.Equal(["severeDisability", "committeeAssessment"], answer.PossibleSituations[3].Missing);
        Assert.Equal(["mainReason", "outSince", "leftAtStage"], answer.PossibleSituations[6].Missing);
        Assert.Equal(["birthDate", "graduated", "listedAsDropout"],
            answer.PossibleSituations[14].Missing);
    }

    [Theory]
    [InlineData("2021-06-14", "7", "7", "a year and a day")]
    [InlineData("2021-06-15", "6", "7", "exactly a year, to the same day")]
    [InlineData("2021-06-16", "6", "6", "a day short of a year")]
    [InlineData("2022-06-15", "6", "6", "since today")]
    public void One_year_to_the_day_in_both_readings_of_gz_i1(
        string outSince, string asTaken, string otherwise, string sentence)
    {
        var weary = new Child
        {
            MainReason = MainReason.WearyOfStudy,
            OutSince = Day(outSince),
            LeftAtStage = Stage.Junior,
            AsOf = June,
        };
        var working = new Child
        {
            MainReason = MainReason.WorkingAway,
            OutSince = Day(outSince),
            LeftAtStage = Stage.Junior,
            AsOf = June,
        };
        Assert.Equal((sentence, asTaken, otherwise),
            (sentence, Loaded.Fitting(Assess(weary)), Loaded.Fitting(Assess(weary, new("gz-i1")))));
        string Two(string six) => six == "6" ? "8" : "9";
        Assert.Equal((sentence, Two(asTaken), Two(otherwise)),
            (sentence, Loaded.Fitting(Assess(working)), Loaded.Fitting(Assess(working, new("gz-i1")))));
    }

    [Theory]
    [InlineData("2020-02-29", "2021-02-28", "6")]
    [InlineData("2020-02-29", "2021-03-01", "7")]
    [InlineData("2023-02-28", "2024-02-28", "6")]
    [InlineData("2023-02-28", "2024-02-29", "7")]
    public void A_year_from_or_into_a_leap_year(string outSince, string asOf, string fits) =>
        Assert.Equal(fits,
            Loaded.Fitting(Assess(new Child
            {
                MainReason = MainReason.WearyOfStudy,
                OutSince = Day(outSince),
                LeftAtStage = Stage.Junior,
                AsOf = Day(asOf),
            })));

    [Theory]
    [InlineData("2015-08-31", "2022-06-15", "1", "six on 31 August")]
    [InlineData("2015-09-01", "2022-06-15", "", "six on 1 September")]
    [InlineData("2009-09-01", "2022-06-15", "1", "still eleven on 31 August")]
    [InlineData("2009-08-31", "2022-06-15", "2", "twelve on 31 August")]
    [InlineData("2005-09-01", "2022-06-15", "2", "still fifteen on 31 August")]
    [InlineData("2005-08-31", "2022-06-15", "", "sixteen on 31 August")]
    [InlineData("2016-08-31", "2022-08-31", "", "on 31 August the school year is still the old one")]
    [InlineData("2016-08-31", "2022-09-01", "1", "on 1 September the new one")]
    [InlineData("2016-02-29", "2022-09-01", "1", "born on 29 February")]
    public void The_stage_of_age_is_that_of_31_August(string birth, string asOf, string fits, string sentence)
    {
        var child = new Child
        {
            EverEnrolled = false,
            Healthy = true,
            BirthDate = Day(birth),
            MainReason = MainReason.Other,
            ListedAsDropout = false,
            HasGivenBirth = false,
            AsOf = Day(asOf),
        };
        Assert.Equal((sentence, fits), (sentence, Loaded.Fitting(Assess(child))));
    }

    [Theory]
    [InlineData("2005-06-15", "2022-06-14", "", "15",
        "a day short of 17; the school year of 15 ended in August 2020 or 2021")]
    [InlineData("2005-06-15", "2022-06-15", "15", "15", "17 today")]
    [InlineData("2006-09-01", "2022-08-31", "", "", "15 on 1 September 2021: the last day of that school year")]
    [InlineData("2006-09-01", "2022-09-01", "", "15", "the day after it")]
    [InlineData("2006-08-31", "2021-09-01", "", "15", "15 on the last day of a school year: beyond on the next")]
    [InlineData("2008-02-29", "2025-02-28", "", "15", "born on 29 February, 17 on 1 March")]
    [InlineData("2008-02-29", "2025-03-01", "15", "15", "17 on 1 March")]
    public void Beyond_compulsory_age_in_both_readings_of_gz_i2(
        string birth, string asOf, string asTaken, string otherwise, string sentence)
    {
        var child = new Child
        {
            BirthDate = Day(birth),
            EverEnrolled = true,
            MainReason = MainReason.Other,
            ListedAsDropout = true,
            HasGivenBirth = false,
            AsOf = Day(asOf),
        };
        var (taken, other) = (Assess(child), Assess(child, new("gz-i2")));
        Assert.Equal((sentence, asTaken, otherwise), (sentence, Loaded.Fitting(taken), Loaded.Fitting(other)));
        Assert.Equal(("gz20@2", "gz20@2+gz-i2"), (taken.RuleSet, other.RuleSet));
        if (otherwise == "15")
            Assert.Equal(Outcome.Satisfied,
                other.Situations[0].Measures[1].Conditions.Single(c => c.Fact == "birthDate").State);
    }

    [Theory]
    [InlineData("2007-09-01", "2", "2", "fourteen on 31 August")]
    [InlineData("2007-08-31", "2", "", "fifteen on 31 August: the school year of 15 is over")]
    [Proves("gz20/2")]
    public void A_never_enrolled_child_is_of_age_until_beyond_it_in_both_readings_of_gz_i2(
        string birth, string asTaken, string otherwise, string sentence)
    {
        var child = new Child
        {
            BirthDate = Day(birth),
            EverEnrolled = false,
            Healthy = true,
            MainReason = MainReason.Other,
            ListedAsDropout = false,
            HasGivenBirth = false,
            AsOf = new(2023, 6, 1),
        };
        Assert.Equal((sentence, asTaken, otherwise),
            (sentence, Loaded.Fitting(Assess(child)), Loaded.Fitting(Assess(child, new("gz-i2")))));
    }

    [Theory]
    [InlineData("2006-09-01", "2022-08-31", true, true, "15 in that school year, which ends today")]
    [InlineData("2006-09-01", "2022-09-01", true, false, "beyond it in the other reading only")]
    [InlineData("2005-09-01", "2022-09-01", false, false, "17 today")]
    [Proves("gz20/15")]
    public void Over_age_is_denied_by_the_birth_date_in_the_reading_taken(
        string birth, string asOf, bool asTaken, bool otherwise, string sentence)
    {
        var child = new Child
        {
            BirthDate = Day(birth),
            Graduated = false,
            MainReason = MainReason.OverAge,
            AsOf = Day(asOf),
        };
        Assert.Equal((sentence, asTaken, otherwise),
            (sentence, Assess(child).Contradictions.Any(c => c.Claim == "mainReason"),
                Assess(child, new("gz-i2")).Contradictions.Any(c => c.Claim == "mainReason")));
    }

    [Theory]
    [InlineData(null, null, true, "nobody disputes it")]
    [InlineData(true, null, false, "the register office has still to say")]
    [InlineData(true, nameof(RegisterDecision.BeyondCompulsoryAge), false, "the register office says beyond")]
    [InlineData(true, nameof(RegisterDecision.WithinCompulsoryAge), true, "the register office says within")]
    [InlineData(false, nameof(RegisterDecision.BeyondCompulsoryAge), false, "its word counts, disputed or not")]
    [Proves("gz20/15")]
    public void Over_age_is_not_denied_while_the_age_is_disputed(
        bool? disputed, string? decision, bool denied, string sentence)
    {
        var child = new Child
        {
            BirthDate = Day("2008-09-01"),
            Graduated = false,
            MainReason = MainReason.OverAge,
            RegisterAgeDisputed = disputed is { } said ? said : default(Truth),
            RegisterDecision = decision is null ? default(Fact<RegisterDecision>)
                : Enum.Parse<RegisterDecision>(decision),
            AsOf = Day("2022-09-01"),
        };
        Assert.Equal((sentence, denied),
            (sentence, Assess(child).Contradictions.Any(c => c.Claim == "mainReason")));
    }

    [Theory]
    [InlineData(null, null, Outcome.Satisfied)]   // nobody disputes it
    [InlineData(true, null, Outcome.Unknown)]
    [InlineData(true, nameof(RegisterDecision.BeyondCompulsoryAge), Outcome.Satisfied)]
    [InlineData(true, nameof(RegisterDecision.WithinCompulsoryAge), Outcome.Violated)]
    [InlineData(false, nameof(RegisterDecision.WithinCompulsoryAge), Outcome.Violated)]
    [Proves("gz20/15")]
    public void While_the_age_is_disputed_the_birth_date_shows_nothing(bool? disputed, string? decision, Outcome shown)
    {
        var child = new Child
        {
            BirthDate = new DateOnly(2005, 1, 1),
            ListedAsDropout = true,
            RegisterAgeDisputed = disputed is { } known ? known : default(Truth),
            AsOf = new(2023, 10, 16),
        };
        if (decision is not null)
            child = new()
            {
                BirthDate = child.BirthDate,
                ListedAsDropout = true,
                RegisterAgeDisputed = child.RegisterAgeDisputed,
                AsOf = child.AsOf,
                RegisterDecision = Enum.Parse<RegisterDecision>(decision),
            };
        foreach (var reading in (InterpretationProfile?[])[null, new("gz-i2")])
            Assert.Equal(shown, Assess(child, reading).Situations.Single(s => s.Number == 15).Measures[1].Conditions
                .Single(c => c.Fact == "birthDate").State);
    }

    [Theory]
    [InlineData("小学阶段厌学离校两年，指南没有情形", "no-situation long-dropout-within-guide", "gz2021/2.6c")]
    [InlineData("八岁从未入学而身体不好，指南没有情形", "no-situation never-enrolled-within-guide", "gz2021/2.6c")]
    [InlineData("不能到校但不是重度残疾，指南没有情形", "no-situation disability-within-guide", "gz2017/2.4d")]
    [InlineData("十二岁但曾经入学", "no-situation", "gz2021/2.6c")]
    [Proves("gz2021/2.6c", "gz2017/2.4d", "gz2017/2.14")]
    public void Where_no_situation_fits_the_answer_says_why_and_asks_the_county(
        string sentence, string violated, string provision)
    {
        var answer = Loaded.Assess(Guide, Loaded.Table("SituationCases.csv").Single(r => r["sentence"] == sentence),
            June, InterpretationProfile.AsTaken);
        var findings =
            answer.Findings.Where(f => f.Rule is not Situation<Child> && f.Outcome == Outcome.Violated).ToList();
        Assert.Equal((Verdict.NotCovered, violated),
            (answer.Verdict, string.Join(' ', findings.Select(f => f.Rule.Id))));
        Assert.Contains(findings, f => f.Rule.Provisions.Contains(provision));
        Assert.All(findings, f => Assert.Contains("gz-i4", f.Rule.Interpretations));
    }

    [Theory]
    [InlineData("2015-09-01", Outcome.Satisfied, "six only on 1 September")]
    [InlineData("2015-08-31", Outcome.Violated, "six on 31 August")]
    [InlineData("2005-09-01", Outcome.Violated, "still fifteen on 31 August")]
    [InlineData("2005-08-31", Outcome.Satisfied, "sixteen on 31 August")]
    [Proves("gz20/1", "gz20/2")]
    public void Poor_health_is_the_reason_only_where_the_child_is_of_age(string birth, Outcome outcome, string sentence)
    {
        var child = new Child
        {
            EverEnrolled = false,
            Healthy = false,
            BirthDate = Day(birth),
            MainReason = MainReason.Other,
            ListedAsDropout = false,
            HasGivenBirth = false,
            AsOf = June,
        };
        var answer = Assess(child);
        var said = answer.Findings.Single(f => f.Rule.Id == "never-enrolled-within-guide");
        Assert.Equal((sentence, Verdict.NotCovered, outcome), (sentence, answer.Verdict, said.Outcome));
    }

    [Fact]
    public void A_birth_and_a_leaving_may_not_come_after_the_day_of_the_assessment() =>
        Assert.Equal(["birthDate", "outSince"],
            Loaded.Instance.Catalogue.Programme(Guide)!.Schema.Fields.Where(f => f.IsPast).Select(f => f.Name));

    [Fact]
    public void Facts_are_those_of_the_public_contract_in_their_order() => Assert.Equal(
        (
            "birthDate everEnrolled onRoll mainReason outSince leftAtStage healthy severeDisability "
                + "committeeAssessment seriousIllness willingOriginalSchool willingHouseholdPlace willingWorkPlace "
        + "droppedOutAgain guardianApplies studentApplies countyApproves registerAgeDisputed registerDecision "
        + "inTrainingInstitution inReligiousPlace marriedEarly hasGivenBirth sex graduated "
        + "attendsWithoutRoll entryDelayed relocated inPrimaryJuniorGap migrantChild studiesAtReceivingPlace "
        + "missingPerson policeConfirmsMissing listedAsDropout persuasionHard persuasionExhausted "
        + "compulsorySchoolUnrealistic returnImpossible placed illnessProved identityPapersCompleted "
        + "graduationVerified delayProved attendanceVerified transferCompleted admissionCompleted").Split(' '),
        Loaded.Instance.Catalogue.Programme(Guide)!.Schema.Fields.Select(f => f.Name));

    [Theory]
    [InlineData("2019-01-23", false)]
    [InlineData("2019-01-24", true)]
    [InlineData("2026-11-22", true)]
    public void The_guide_is_in_force_from_the_date_of_its_basis_on(string day, bool inForce) =>
        Assert.Equal(inForce,
            new ReturnToSchool()
                .Assess(new Child { AsOf = Day(day) }, Day(day), InterpretationProfile.AsTaken) is not null);

    internal static Assessment Assess(Child child, InterpretationProfile? reading = null) =>
        new ReturnToSchool().Assess(child, child.AsOf, reading ?? InterpretationProfile.AsTaken)!;

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
