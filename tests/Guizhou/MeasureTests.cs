namespace EduAssist.Guizhou;

/// <summary>措施、条件、证据、学籍和依据；Situations20.csv 是另行整理的二十条。</summary>
public class MeasureTests
{
    private static readonly DateOnly June = new(2022, 6, 15);

    private static readonly IReadOnlyList<Situation<Child>> All =
        [.. ((GuideRules<Child>)new ReturnToSchool().RuleSets.Single()).Situations];

    private static readonly Dictionary<string, RollEffect> Rolls = new(StringComparer.Ordinal)
    {
        ["enrol in a compulsory school"] = RollEffect.Enrolled,
        ["roll in a compulsory school, matching grade"] = RollEffect.RollsForward,
        ["roll moves on normally"] = RollEffect.RollsForward,
        ["put on roll"] = RollEffect.OnRoll,
        ["suspension (休学) marked; back after recovery"] = RollEffect.SuspendedThenForward,
        ["roll in compulsory school"] = RollEffect.RollsForward,
        ["roll in the grade of age; transfer if studying at the place of work"] = RollEffect.RollsForward,
        ["delete or other leaving, after police decision"] = RollEffect.DeletedOrOtherLeaving,
        ["build roll"] = RollEffect.Enrolled,
        ["roll in primary/secondary system"] = RollEffect.RollsForward,
        ["delete or other leaving"] = RollEffect.DeletedOrOtherLeaving,
        ["register then suspend"] = RollEffect.RegisteredSuspended,
        ["register"] = RollEffect.Registered,
        ["transfer"] = RollEffect.Transferred,
        ["admission operation in system"] = RollEffect.Enrolled,
        ["other leaving, only after police check"] = RollEffect.OtherLeaving,
    };

    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, 20)];

    [Theory, MemberData(nameof(Numbers))]
    [Proves("gz20/1", "gz20/2", "gz20/3", "gz20/4", "gz20/5", "gz20/6", "gz20/7", "gz20/8", "gz20/9", "gz20/10",
        "gz20/11", "gz20/12", "gz20/13", "gz20/14", "gz20/15", "gz20/16", "gz20/17", "gz20/18", "gz20/19", "gz20/20")]
    public void The_twenty_rows_of_the_table_agree_with_the_catalogue(int number)
    {
        var row = Loaded.Table("Situations20.csv").Single(r => r["no"] == $"{number}");
        var situation = All[number - 1];
        Assert.Equal((number, $"gz20/{number}"), (situation.Number, situation.Provisions[0]));
        Assert.Equal(Rolls[row["roll_action"]!], situation.Effect.Roll(new Child()));
        var vocational = situation.Measures.Any(m => m.Id.StartsWith("vocational-school", StringComparison.Ordinal));
        var (possible, joint) = (row["vocational_school_possible"]!.StartsWith('Y'),
            row["vocational_school_possible"]!.StartsWith("joint plan", StringComparison.Ordinal));
        Assert.Equal((possible, joint), (vocational, situation.Measures.Any(m => m.Id == "joint-plan-at-home")));
        Assert.Equal(row["vocational_school_possible"]!.Contains("remote", StringComparison.Ordinal),
            situation.Measures.Any(m => m.Id == "remote-teaching"));
        if (possible)
            Assert.Contains(
                situation.Measures.Single(
                    m => m.Id.StartsWith("vocational-school", StringComparison.Ordinal)).Conditions,
                c => c.Fact == "guardianApplies");
        Assert.Equal(row["lead_or_measure"]!.Contains("term test", StringComparison.Ordinal),
            situation.Measures.Any(m => m.Evidence.Contains("学期末测试结果")));
    }

    [Theory]
    [InlineData(6, MainReason.WearyOfStudy, "2022-01-10")]
    [InlineData(7, MainReason.WearyOfStudy, "2020-06-15")]
    [InlineData(8, MainReason.WorkingAway, "2022-01-10")]
    [InlineData(9, MainReason.WorkingAway, "2020-06-15")]
    [Proves("gz20/6", "gz20/7", "gz20/8", "gz20/9")]
    public void Who_left_at_the_primary_stage_is_in_what_the_table_does_not_keep_for_juniors(
        int number, object reason, string outSince)
    {
        var juniorOnly = Loaded.Table("Situations20.csv").Single(r => r["no"] == $"{number}")["who"]!
            .Contains("junior only", StringComparison.Ordinal);
        Truth Fits(Stage left) => All[number - 1].Claim(new()
        {
            MainReason = (MainReason)reason,
            OutSince = DateOnly.ParseExact(outSince, "yyyy-MM-dd"),
            LeftAtStage = left,
            AsOf = June
        });
        Assert.Equal((Truth.True, (Truth)!juniorOnly), (Fits(Stage.Junior), Fits(Stage.Primary)));
    }

    /// <summary>
    /// Measures.csv, written from the guide's text: what is to be done, in its order, with its conditions, evidence,
    /// roll and basis.
    /// </summary>
    [Theory, MemberData(nameof(Numbers))]
    [Proves("gz20/1", "gz20/2", "gz20/3", "gz20/4", "gz20/5", "gz20/6", "gz20/7", "gz20/8", "gz20/9", "gz20/10",
        "gz20/11", "gz20/12", "gz20/13", "gz20/14", "gz20/15", "gz20/16", "gz20/17", "gz20/18", "gz20/19", "gz20/20")]
    public void Every_measure_is_the_one_of_the_table_in_its_place(int number)
    {
        var situation = All[number - 1];
        Assert.Equal(
            Loaded.Table("Measures.csv").Where(r => r["situation"] == $"{number}")
                .Select(r => string.Join('|', r.Cells.Select(c => c.Text))),
            situation.Measures.Select(
                (m, i) => string.Join('|', number, i + 1, m.Id, string.Join(' ', m.Conditions.Select(c => c.Fact)),
                    string.Join('；', m.Evidence),
                situation.Effect.Roll(new()), situation.Effect.RemovesFromList ? "是" : "否",
                    string.Join('；', situation.Basis))));
    }

    [Fact]
    public void The_table_has_all_twenty() =>
        Assert.Equal(Numbers.Select(n => $"{n.Data}"), Loaded.Table("Situations20.csv").Select(r => r["no"]));

    [Fact]
    public void Seven_situations_take_the_child_off_the_list() =>
        Assert.Equal([10, 15, 16, 17, 18, 19, 20], All.Where(s => s.Effect.RemovesFromList).Select(s => s.Number));

    [Fact]
    public void Each_measure_names_its_evidence_and_asks_for_facts_that_exist()
    {
        var schema = Loaded.Instance.Catalogue.Programme(SituationTests.Guide)!.Schema;
        var measures = All.SelectMany(s => s.Measures).ToList();
        Assert.All(All, s => Assert.NotEmpty(s.Measures));
        Assert.All(measures, m => Assert.NotEmpty(m.Evidence));
        Assert.All(measures.SelectMany(m => m.Conditions), c => Assert.NotEmpty(schema.TitleOf(c.Fact!)));
        Assert.Equal(measures.Count, measures.Select(m => m.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Each_situation_has_a_basis_and_a_place_in_the_precedence()
    {
        Assert.All(All, s => Assert.NotEmpty(s.Basis));
        Assert.Equal(Enumerable.Range(1, 20),
            ((GuideRules<Child>)new ReturnToSchool().RuleSets.Single()).Precedence.Order());
        Assert.Equal([2, 7, 9, 13, 14],
            All.Where(s => s.Basis.Any(b => b.Contains("国发〔2019〕4号", StringComparison.Ordinal))).Select(s => s.Number));
        Assert.Equal([1, 5, 6, 8, 9, 13, 14],
            All.Where(s => s.Basis.Any(b => b.Contains("建档立卡", StringComparison.Ordinal))).Select(s => s.Number));
        Assert.Equal([12, 16, 17, 18, 20],
            All.Where(s => s.Basis.Any(b => b.Contains("台账管理", StringComparison.Ordinal))).Select(s => s.Number));
    }

    [Theory]
    [InlineData(false, true, true, null,
        "willingOriginalSchool=Satisfied droppedOutAgain=Satisfied guardianApplies=Satisfied studentApplies=Unknown")]
    [InlineData(true, false, null, null,
        "willingOriginalSchool=Violated droppedOutAgain=Violated guardianApplies=Unknown studentApplies=Unknown")]
    [InlineData(true, true, null, true,
        "willingOriginalSchool=Violated droppedOutAgain=Satisfied guardianApplies=Unknown studentApplies=Satisfied")]
    [InlineData(null, null, false, null,
        "willingOriginalSchool=Unknown droppedOutAgain=Unknown guardianApplies=Violated studentApplies=Unknown")]
    [InlineData(false, null, false, false,
        "willingOriginalSchool=Satisfied droppedOutAgain=Unknown guardianApplies=Violated studentApplies=Violated")]
    [Proves("gz20/7")]
    public void A_condition_of_two_facts_has_the_state_of_each(
        bool? willing, bool? again, bool? guardian, bool? student, string conditions)
    {
        var child = new Child
        {
            MainReason = MainReason.WearyOfStudy,
            OutSince = June.AddYears(-2),
            LeftAtStage = Stage.Junior,
            AsOf = June,
            WillingOriginalSchool = Known(willing),
            DroppedOutAgain = Known(again),
            GuardianApplies = Known(guardian),
            StudentApplies = Known(student),
        };
        Assert.Equal(conditions, Conditions(child, "vocational-school-weary"));
    }

    [Theory]
    [InlineData("2006-06-15", true, true, true, "Satisfied Satisfied Satisfied", "sixteen today")]
    [InlineData("2006-06-16", true, true, true, "Violated Satisfied Satisfied", "sixteen tomorrow")]
    [InlineData("2006-06-14", true, true, true, "Satisfied Satisfied Satisfied", "sixteen since yesterday")]
    [InlineData("2006-06-15", false, true, true, "Satisfied Violated Satisfied", "no longer on the roll")]
    [InlineData("2006-06-15", true, true, false, "Satisfied Satisfied Violated", "the county refuses")]
    [InlineData("2006-06-15", null, true, null, "Satisfied Unknown Unknown", "not asked yet")]
    [Proves("gz20/9")]
    public void Remote_teaching_at_full_sixteen_on_a_compulsory_roll_with_approval(
        string birth, bool? onRoll, bool applies, bool? approves, string states, string sentence)
    {
        var child = new Child
        {
            MainReason = MainReason.WorkingAway,
            OutSince = June.AddYears(-2),
            LeftAtStage = Stage.Junior,
            AsOf = June,
            BirthDate = DateOnly.ParseExact(birth, "yyyy-MM-dd"),
            PersuasionExhausted = true,
            OnRoll = Known(onRoll),
            StudentApplies = applies,
            CountyApproves = Known(approves),
        };
        var conditions = Measures(child).Single(m => m.Id == "remote-teaching").Conditions
            .ToDictionary(c => c.Fact, c => c.State);
        Assert.Equal((sentence, states),
            (sentence, $"{conditions["birthDate"]} {conditions["onRoll"]} {conditions["countyApproves"]}"));
        Assert.Equal((Outcome.Satisfied, Outcome.Satisfied),
            (conditions["persuasionExhausted"], conditions["studentApplies"]));
    }

    [Theory]
    [InlineData(true, null, RollEffect.RollsForward)]
    [InlineData(false, false, RollEffect.RollsForward)]
    [InlineData(null, false, RollEffect.RollsForward)]
    [InlineData(true, false, RollEffect.Transferred)]
    [InlineData(true, true, RollEffect.RollsForward)]
    [InlineData(false, true, RollEffect.RollsForward)]
    [InlineData(null, null, RollEffect.RollsForward)]
    [Proves("gz20/9")]
    public void The_roll_is_transferred_where_the_child_is_placed_at_the_work_place(
        bool? workPlace, bool? householdPlace, RollEffect roll)
    {
        var child = new Child
        {
            MainReason = MainReason.WorkingAway,
            OutSince = June.AddYears(-2),
            LeftAtStage = Stage.Junior,
            AsOf = June,
            WillingWorkPlace = Known(workPlace),
            WillingHouseholdPlace = Known(householdPlace),
        };
        Assert.Equal(roll, SituationTests.Assess(child).Situations.Single().Roll);
    }

    [Theory]
    [InlineData(null, Outcome.Unknown)]
    [InlineData(true, Outcome.Satisfied)]
    [InlineData(false, Outcome.Violated)]
    [Proves("gz20/10", "gz20/20")]
    public void Nobody_is_taken_off_the_roll_before_the_register_office_or_the_police_have_decided(
        bool? decided, Outcome state)
    {
        var missing =
            new Child { MainReason = MainReason.Missing, PoliceConfirmsMissing = Known(decided), AsOf = June };
        Assert.Equal($"policeConfirmsMissing={state}", Conditions(missing, "other-leaving"));
        var disputed = decided is { } beyond
            ? new Child
            {
                MainReason = MainReason.RegisterAge,
                RegisterDecision = beyond ? RegisterDecision.BeyondCompulsoryAge : RegisterDecision.WithinCompulsoryAge,
                AsOf = June,
            }
            : new Child { MainReason = MainReason.RegisterAge, AsOf = June };
        Assert.Equal($"registerDecision={state}", Conditions(disputed, "delete-after-register-decision"));
    }

    private static string Conditions(Child child, string measure) =>
        string.Join(' ', Measures(child).Single(m => m.Id == measure).Conditions.Select(c => $"{c.Fact}={c.State}"));

    private static IReadOnlyList<MeasureFinding> Measures(Child child) =>
        SituationTests.Assess(child).Situations[0].Measures;

    private static Truth Known(bool? value) => value is { } known ? known : Truth.Needs(1);
}
