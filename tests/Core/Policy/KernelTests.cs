using System.Buffers;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json.Nodes;
using Autofac;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;
using EduAssist.Platform;

namespace EduAssist.Core.Policy;

/// <summary>
/// The words of the kernel on a small module: readings, versions, dates counted, guides, what the catalogue refuses.
/// </summary>
public class KernelTests
{
    private static readonly DateOnly Day = new(2024, 5, 6);

    [Theory]
    [InlineData(null, false)]
    [InlineData("true", true)]
    [InlineData("False", false)]
    public void A_switch_takes_the_other_reading(string? value, bool other) =>
        Assert.Equal(other,
            InterpretationProfile.From([new("s-i1", ["s1/1"], "这样", "那样", "因为") { Switch = "Small:Other" }],
                key => key == "Small:Other" ? value : null).TakesOther("s-i1"));

    [Fact]
    public void A_switch_is_true_or_false_and_nothing_else() =>
        Assert.Contains("Small:Other",
            Assert.Throws<OperatorException>(() => InterpretationProfile.From(
                [new("s-i1", [], "", "", "") { Switch = "Small:Other" }], _ => "yes")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_rule_set_of_the_day_answers_and_names_its_reading()
    {
        Assert.Null(Ask(new(2019, 12, 31), ("first", 1)));
        Assert.Equal("s1@1", Ask(new(2020, 12, 31), ("first", 1))!.RuleSet);
        Assert.Equal("s1@2", Ask(new(2021, 1, 1), ("first", 1))!.RuleSet);
        var other = Ask(Day, new InterpretationProfile("s-i1"), ("first", 0), ("second", 1))!;
        Assert.Equal(("s1@2+s-i1", Verdict.Eligible), (other.RuleSet, other.Verdict));
        Assert.Equal(["s-i1"], other.OtherReadings);
        Assert.Equal(Verdict.Ineligible, Ask(Day, ("first", 0), ("second", 1))!.Verdict);
    }

    [Fact]
    public void Where_dates_are_counted_the_calendar_s_version_is_stated_on_every_row()
    {
        var programme = Composed().Catalogue.Programme("small.deadline")!;
        var facts = Composed().NewFacts(programme);
        for (var row = 0; row < 3; row++)
        {
            facts.Clear();
            facts.AsOf = Day;
            facts.Set(0, new DateOnly(2024, 4, 30).DayNumber);
            var answer = programme.Assess(facts, InterpretationProfile.AsTaken)!;
            Assert.Equal((Verdict.Eligible, Composed().Calendar.Version), (answer.Verdict, answer.CalendarVersion));
            Assert.Equal(Composed().Calendar.Version, (string)Json(answer)["calendar"]!);
        }

        Assert.Null(Ask(Day, ("first", 1))!.CalendarVersion);
    }

    [Fact]
    public void A_fact_that_several_rules_ask_for_is_tried_with_each_of_its_values()
    {
        var both = Ask("small.turning", Day, ("first", 0), ("second", 0))!;
        Assert.Equal((Verdict.Ineligible, 0UL), (both.Verdict, both.Missing));
        Assert.Equal([Outcome.Unknown, Outcome.Unknown], both.Findings.Select(f => f.Outcome));
        var one = Ask("small.turning", Day, ("first", 0), ("second", 1))!;
        Assert.Equal((Verdict.Undetermined, "turn"),
            (one.Verdict, string.Join(' ', one.Programme.Schema.Names(one.Missing))));
    }

    [Theory]
    [InlineData("2024-05-06", "2024-05-06", true)]
    [InlineData("2024-05-06", "2024-05-07", false)]
    [InlineData("2024-05-08", "2024-05-07", true)]
    public void A_birth_does_not_come_after_the_day_of_the_assessment(string asOf, string born, bool possible)
    {
        var programme = Composed().Catalogue.Programme("small.kinds")!;
        var facts = Composed().NewFacts(programme);
        foreach (var json in (string[])[$$$"""{"asOf":"{{{asOf}}}","facts":{"born":"{{{born}}}"}}""",
            $$$"""{ "facts": { "born": "{{{born}}}" }, "asOf": "{{{asOf}}}" }"""])
            Assert.Equal(possible ? null : "born",
                Composed().ReaderOf(programme).ReadRequest(Encoding.UTF8.GetBytes(json), Day, facts)?.Fact);
    }

    /// <summary>Two situations with a main reason each, and a remainder.</summary>
    [Theory]
    [InlineData("first=1 second=1 reason=0", "Covered", "1 2", "")]
    [InlineData("first=1 second=1 reason=1", "Covered", "2 1", "")]
    [InlineData("first=1 second=1", "Covered", "2 1", "")] // no main reason: the precedence
    [InlineData("first=1", "Covered", "1", "2")] // that one fits does not settle the other
    [InlineData("first=0", "Undetermined", "", "2")]
    [InlineData("", "Undetermined", "", "1 2")]
    [InlineData("first=0 second=0", "NotCovered", "", "")]
    public void A_guide_finds_situations_and_the_leading_one(
        string given, string verdict, string situations, string possible)
    {
        var answer = Ask("small.guide", Day,
            [
                .. given.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(f => (
                    f.Split('=')[0], long.Parse(f.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture))),
            ])!;
        Assert.Equal((verdict, situations, possible),
            (answer.Verdict.ToString(), string.Join(' ', answer.Situations.Select(s => s.Number)),
                string.Join(' ', answer.PossibleSituations.Select(s => s.Number))));
        Assert.Equal(answer.Situations.Count > 0 ? 1 : 0, answer.Situations.Count(s => s.Leading));
        Assert.Equal(
            verdict switch
            {
                "Covered" => Outcome.NotApplicable,
                "NotCovered" => Outcome.Violated,
                _ => Outcome.Unknown,
            },
            answer[2].Outcome);
        var json = Json(answer);
        Assert.Equal(answer.Situations.Count, json["situations"]!.AsArray().Count);
        Assert.Equal(possible.Length > 0, json.ContainsKey("possibleSituations"));
    }

    [Fact]
    public void Measures_name_their_conditions_and_the_state_of_each()
    {
        var measures = Ask("small.guide", Day, ("first", 1))!.Situations.Single().Measures;
        Assert.Equal(["back", "elsewhere"], measures.Select(m => m.Id));
        Assert.Equal(("second", Outcome.Unknown),
            (measures[1].Conditions.Single().Fact, measures[1].Conditions.Single().State));
        Assert.Equal(["申请"], measures[1].Evidence);
    }

    [Theory]
    [InlineData("first=1", "Awaiting placed=Unknown|named=Unknown|missing=Unknown", false, "")]
    [InlineData("first=1 turn=1", "Awaiting placed=Satisfied|named=Unknown|missing=Unknown", false, "")]
    [InlineData("first=1 turn=0", "Awaiting placed=Missing|named=Unknown|missing=Unknown", false, "")]
    [InlineData("first=1 turn=1 second=1", "Awaiting placed=Satisfied|named=Satisfied|missing=Violated|where=Missing",
        false, "")]
    [InlineData("first=1 turn=1 second=0", "Allowed placed=Satisfied|named=Violated|missing=Satisfied", true, "")]
    [InlineData("first=1 turn=1 second=0 reason=0",
        "Allowed placed=Satisfied|named=Violated|missing=Satisfied", true, "reason≠second")]
    public void An_effect_is_allowed_when_every_need_is_met_and_removes_nobody_before(
        string given, string effect, bool removed, string contradictions)
    {
        var answer = Ask("small.guide", Day,
            [
                .. given.Split(' ').Select(f => (
                    f.Split('=')[0], long.Parse(f.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture))),
            ])!;
        var one = answer.Situations.Single(s => s.Number == 1);
        Assert.Equal((effect, removed, RollEffect.RollsForward),
            ($"{one.Effect.State} {string.Join('|', one.Effect.Needs.Select(n => $"{n.Title}={n.State}"))}",
                one.RemovedFromList, one.Roll));
        Assert.Equal(contradictions,
            string.Join(' ', answer.Contradictions.Select(c => $"{c.Claim}≠{string.Join(',', c.DeniedBy)}")));
        var json = Json(answer)["situations"]!.AsArray().Single(s => (int)s!["number"]! == 1)!;
        Assert.Equal((removed, one.Effect.State.ToString()),
            ((bool)json["removedFromList"]!, (string)json["effect"]!["state"]!));
        Assert.All(one.Effect.Needs.Zip(json["effect"]!["needs"]!.AsArray()),
            n => Assert.Equal((n.First.Id, n.First.By, n.First.Fact),
                ((string)n.Second!["id"]!, (string)n.Second["by"]!, (string?)n.Second["fact"])));
    }

    [Theory]
    [InlineData("first=1 second=1", "Awaiting second=Satisfied|paper=Missing")]
    [InlineData("first=1 second=0", "Refused second=Violated|paper=Missing")]
    public void A_measure_s_own_effect_needs_its_conditions_too(string given, string effect)
    {
        var answer = Ask("small.guide", Day,
            [
                .. given.Split(' ').Select(f => (
                    f.Split('=')[0], long.Parse(f.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture))),
            ])!;
        var measures = answer.Situations.Single(s => s.Number == 1).Measures;
        Assert.Null(measures[0].Effect);
        var own = measures[1].Effect!;
        Assert.Equal(effect, $"{own.State} {string.Join('|', own.Needs.Select(n => $"{n.Id}={n.State}"))}");
        Assert.Equal((RollEffect.Transferred, "s1/1"), (own.Roll, own.Provisions[0]));
    }

    [Fact]
    public void The_facts_as_JSON_Schema_say_type_limits_and_title()
    {
        var schema = FactSchemaJson.FromProgramme(Composed().Catalogue.Programme("small.kinds")!)["properties"]!
            .AsObject();
        Assert.Equal(["yes", "count", "day", "stage", "home", "born"], schema.Select(p => p.Key));
        Assert.Equal("""{"title":"数目","type":["integer","null"],"minimum":1,"maximum":12}""",
            schema["count"]!.ToJsonString(new()
            { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal(["Primary", "Junior"],
            schema["stage"]!["oneOf"]!.AsArray().Select(c => (string?)c!["const"]).OfType<string>());
        Assert.Matches((string)schema["home"]!["pattern"]!, "532301");
        Assert.DoesNotMatch((string)schema["home"]!["pattern"]!, "532300");
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "a rule cites what does not exist", "s1/9" },
        { "a rule cites nothing", "没有引用任何条款" },
        { "two provisions with one id", "s1/1 重复" },
        { "a provision of another document", "不以文件标识" },
        { "a provision without a gist", "缺少条号或要点" },
        { "a provision that ends before it begins", "早晚颠倒" },
        { "a programme of another module", "不以模块标识" },
        { "a fact without a title", "缺少中文标题" },
        { "two facts with one title", "事实标题 第二项 重复" },
        { "rule sets that overlap", "时间重叠" },
        { "a rule set of an unknown document", "没有加载" },
        { "a rule set before its document", "超出了文件的施行期" },
        { "another reading without a switch", "没有开关" },
        { "a switch of another module", "不以模块名" },
        { "an interpretation of nothing that exists", "释义 s-i1 引用了不存在的条款" },
        { "two criteria with one id", "的条件 one 重复" },
        { "too many facts", "上限" },
        { "a window that ends before it begins", "颠倒" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_planted_fault_stops_the_start_with_a_line_that_names_it(string fault, string line)
    {
        Assert.Contains(line, Assert.Throws<OperatorException>(() => Compose(new SmallModule(fault))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_modules_with_one_id_stop_the_start() =>
        Assert.Contains("模块标识 small 重复",
            Assert.Throws<OperatorException>(() => Instance.Compose(
                [new SmallModule(null), new SmallModule(null)], _ => null, new HolidayFolder("").Table(),
                TimeProvider.System)).Message,
            StringComparison.Ordinal);

    private static readonly Lazy<Instance> Small = new(() => Compose(new SmallModule(null)));

    private static Instance Composed() => Small.Value;

    private static Instance Compose(PolicyModule module) =>
        Instance.Compose([module], _ => null, new HolidayFolder("").Table(), TimeProvider.System);

    private static Assessment? Ask(DateOnly on, params (string Name, long Value)[] given) =>
        Ask("small.question", on, InterpretationProfile.AsTaken, given);

    private static Assessment? Ask(
        DateOnly on, InterpretationProfile reading, params (string Name, long Value)[] given) =>
        Ask("small.question", on, reading, given);

    private static Assessment? Ask(string programme, DateOnly on, params (string Name, long Value)[] given) =>
        Ask(programme, on, InterpretationProfile.AsTaken, given);

    private static Assessment? Ask(
        string id, DateOnly on, InterpretationProfile reading, (string Name, long Value)[] given)
    {
        var programme = Composed().Catalogue.Programme(id)!;
        var facts = Composed().NewFacts(programme);
        facts.AsOf = on;
        foreach (var (name, value) in given) facts.Set(programme.Schema.ColumnOf(name), value);
        return programme.Assess(facts, reading);
    }

    private static JsonObject Json(Assessment assessment)
    {
        var output = new ArrayBufferWriter<byte>();
        AssessmentJson.Write(assessment, output);
        return JsonNode.Parse(Encoding.UTF8.GetString(output.WrittenSpan))!.AsObject();
    }

    private enum MainReason
    {
        [Display(Name = "其一")] One,
        [Display(Name = "其二")] Two,
    }

    private sealed class Subject(Facts facts, string firstTitle = "第一项")
    {
        public Truth First { get; } = facts.YesNo(firstTitle);
        public Truth Second { get; } = facts.YesNo("第二项");
        public Truth Turn { get; } = facts.YesNo("情形");
        public Fact<MainReason> Reason { get; } = facts.OneOf<MainReason>("主要原因");
    }

    private sealed class Kinds(Facts facts)
    {
        public Truth Yes { get; } = facts.YesNo("是否");
        public Fact<int> Count { get; } = facts.Number("数目", 1, 12);
        public Fact<DateOnly> Day { get; } = facts.Date("日期");
        public Fact<Stage> Stage { get; } = facts.OneOf<Stage>("学段");
        public Fact<DivisionCode> Home { get; } = facts.Division("所在地");
        public Fact<DateOnly> Born { get; } = facts.PastDate("出生日期");
    }

    private sealed class Deadline(Facts facts)
    {
        private readonly Facts facts = facts;

        public Fact<DateOnly> Received { get; } = facts.Date("收到之日");

        /// <summary>The calendar is asked for only when a claim counts.</summary>
        internal Truth InTime => Received.Is(day => facts.AsOf <= facts.Calendar.Add(day, 5).Due);
    }

    private sealed class Many
    {
        internal Many(Facts facts)
        {
            for (var i = 0; i <= Truth.MostFacts; i++) facts.YesNo($"第{i}项", $"Fact{i}");
        }
    }

    private sealed class Question<T>(string id, Func<Facts, T> read, params IReadOnlyList<Rules<T>> rules)
        : Programme<T>(
        id, "一个问题", rules[0] is GuideRules<T> ? ProgrammeKind.Guide : ProgrammeKind.Eligibility, read, rules);

    private sealed class Years(bool reversed) : ITimeline
    {
        public IEnumerable<Window> Windows(int year, WorkCalendar calendar, InterpretationProfile reading) =>
            [new("w", "时段", new(year, 4, reversed ? 9 : 1), new(year, 4, 5), ["s1/1"])];

        public IEnumerable<Duty> Duties(int year, WorkCalendar calendar, InterpretationProfile reading) => [];
    }

    /// <summary>A sound module, or one with a fault.</summary>
    private sealed class SmallModule(string? fault) : PolicyModule, IDocuments
    {
        private static readonly DateOnly From = new(2020, 1, 1);

        public override string Id => "small";

        public override string Title => "小模块";

        public IReadOnlyList<Document> Documents =>
        [
            new("s1", "文件", From)
            {
                Provisions =
                [
                    new(fault == "a provision of another document" ? "s2/1" : "s1/1", "一", ProvisionKinds.Rule,
                        fault == "a provision without a gist" ? " " : "一条规则。")
                        { EffectiveUntil = fault == "a provision that ends before it begins" ? new(2019, 1, 1) : null },
                    .. fault == "two provisions with one id" ? [new("s1/1", "二", ProvisionKinds.Rule, "又一条。")]
                        : (Provision[])[],
                ],
            },
        ];

        public IReadOnlyList<Interpretation> Interpretations =>
        [
            new("s-i1", [fault == "an interpretation of nothing that exists" ? "s1/7" : "s1/1"], "这样", "那样", "因为")
            {
                Switch = fault switch
                {
                    "another reading without a switch" => null,
                    "a switch of another module" => "Other:Switch",
                    _ => "Small:Other",
                },
            },
        ];

        protected override void Load(ContainerBuilder builder)
        {
            builder.RegisterInstance(this).As<IContribution>().ExternallyOwned();
            builder.Register<IContribution>(_ => Main());
            builder.RegisterInstance(new Years(reversed: fault == "a window that ends before it begins"))
                .As<IContribution>();
            builder.RegisterInstance(new Question<Subject>("small.turning", f => new(f), Set("s1", 1, From, null,
                new("first", ["s1/1"], s => s.First, "须如此") { When = s => s.Turn },
                new("second", ["s1/1"], s => s.Second, "须如此") { When = s => !s.Turn }))).As<IContribution>();
            builder.RegisterInstance(new Question<Deadline>("small.deadline", f => new(f),
                new RuleSet<Deadline>("s1", 1, From, [new("in-time", ["s1/1"], d => d.InTime, "须按时")])))
                .As<IContribution>();
            builder.RegisterInstance(new Question<Kinds>("small.kinds", f => new(f),
                new RuleSet<Kinds>("s1", 1, From, [new("yes", ["s1/1"], k => k.Yes, "须如此")]))).As<IContribution>();
            builder.RegisterInstance(new Question<Subject>("small.guide", f => new(f), Guide())).As<IContribution>();
            if (fault == "too many facts")
                builder.Register<IContribution>(_ => new Question<Many>("small.many", f => new(f),
                    new RuleSet<Many>("s1", 1, From, [new("one", ["s1/1"], _ => true, "须如此")])));
        }

        private Question<Subject> Main()
        {
            string[] provisions = fault switch
            {
                "a rule cites what does not exist" => ["s1/9"],
                "a rule cites nothing" => [],
                _ => ["s1/1"],
            };
            Criterion<Subject> one = new("one", provisions, s => s.First, "须如此")
            { AlternativeReading = new("s-i1", s => s.First | s.Second) };
            return new(fault == "a programme of another module" ? "large.question" : "small.question",
                f => new(f,
                    fault switch { "a fact without a title" => "", "two facts with one title" => "第二项", _ => "第一项" }),
                Set(fault == "a rule set of an unknown document" ? "s9" : "s1", 1,
                    fault == "a rule set before its document" ? new(2019, 1, 1) : From,
                    fault == "rule sets that overlap" ? new(2021, 1, 1) : new(2020, 12, 31), one),
                Set("s1", 2, new(2021, 1, 1), null, fault == "two criteria with one id" ? [one, one] : [one]));
        }

        private static RuleSet<Subject> Set(
            string document, int version, DateOnly from, DateOnly? until,
            params IReadOnlyList<Criterion<Subject>> criteria) => new(document, version, from, criteria, until);

        private static GuideRules<Subject> Guide() => new("s1", 1, From,
        [
            new(1, "one", ["s1/1"], s => s.First, "其一")
            {
                IsMainReason = s => s.Reason == MainReason.One,
                Measures =
                [
                    new("back", "回校"),
                    new("elsewhere", "另行安排")
                    {
                        Conditions = [new("second", s => s.Second)], Evidence = ["申请"],
                        Effect = new(RollEffect.Transferred, Need<Subject>.Paper("paper", "协议", "学校")),
                    },
                ],
                Effect = new(RollEffect.RollsForward,
                    new("turn", s => s.Turn) { Title = "placed", By = "学校", IsDone = true },
                    new("second", s => s.Second) { Id = "either", Title = "named" },
                    new("second", s => !s.Second) { Id = "either", Title = "missing" },
                    Need<Subject>.Paper("where", "where", "县级") with { When = s => s.Second.IsTrue })
                    { RemovesFromList = true },
                Contradictions = [new("reason", ["second"], s => s.Reason == MainReason.One & !s.Second)],
            },
            new(2, "two", ["s1/1"], s => s.Second, "其二")
                { IsMainReason = s => s.Reason == MainReason.Two, Measures = [], Effect = new(RollEffect.Enrolled) },
        ], precedence: [2, 1], remainder: [new("none", ["s1/1"], _ => false, "由县级决定")]);
    }
}
