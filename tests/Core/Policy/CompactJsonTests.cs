using System.Buffers;
using System.ComponentModel.DataAnnotations;
using System.Text;
using EduAssist.Core.Tests.Registry;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;

namespace EduAssist.Core.Tests.Policy;

/// <summary>
/// Compact lines are read by a shorter way than other JSON, and answers are written from parts made beforehand: neither
/// may show.
/// </summary>
public class CompactJsonTests
{
    private const string Whole = """{"asOf":"2024-02-29","facts":{"count":12,"division":"532301","yes":true,"no":false,"day":"2009-08-31","colour":"Blue"}}""";

    private static readonly DateOnly Today = new(2026, 3, 16);
    private static readonly Toy Programme = new();
    private static readonly FactReader Reader = new(Programme.Schema, Tables.Register);

    [Theory]
    [InlineData(Whole)]
    [InlineData("""{"facts":{"yes":true}}""")]
    [InlineData("""{"facts":{}}""")]
    [InlineData("""{"asOf":null,"facts":{"yes":null}}""")]
    [InlineData("""{"facts":{"colour":"Blue","count":1}}""")]
    [InlineData("""{"facts":{"count":1},"asOf":"2024-03-01"}""")]
    [InlineData("""{"facts":{"division":532301001}}""")]
    [InlineData("""{"facts":{"count":1,}}""")]
    [InlineData("""{"facts":{"count":1,"colour":"Red",}}""")]
    [InlineData("""{"facts":{"count":1,"count":2}}""")]
    [InlineData("""{"facts":{"count":01}}""")]
    [InlineData("""{"facts":{"count":-1}}""")]
    [InlineData("""{"facts":{"count":1e1}}""")]
    [InlineData("""{"facts":{"count":1.0}}""")]
    [InlineData("""{"facts":{"count":12345678901}}""")]
    [InlineData("""{"facts":{"count":99}}""")]
    [InlineData("""{"facts":{"division":"999999"}}""")]
    [InlineData("""{"facts":{"division":"0532301"}}""")]
    [InlineData("""{"facts":{"day":"2023-02-29"}}""")]
    [InlineData("""{"facts":{"day":"0000-01-01"}}""")]
    [InlineData("""{"facts":{"day":"1899-12-31"}}""")]
    [InlineData("""{"facts":{"colour":"blue"}}""")]
    [InlineData("""{"facts":{"colour":"Bl\u0075e"}}""")]
    [InlineData("""{"facts":{"yes":"true"}}""")]
    [InlineData("""{"facts":{"yes":true}""")]
    [InlineData("""{"facts":{"yes":true}}}""")]
    [InlineData("""{"facts":{"yes":true}} x""")]
    public void A_compact_line_and_the_same_line_after_a_blank_are_read_alike(string line) =>
        Assert.Equal(Read(" " + line), Read(line));

    [Fact]
    public void A_compact_line_is_read_whole() =>
        Assert.Equal("2024-02-29 Count=12 Division=532301 Yes=true No=false Day=2009-08-31 Colour=Blue", Read(Whole));

    [Fact]
    public void A_line_with_a_few_bytes_changed_at_random_is_read_as_after_a_blank()
    {
        var random = new Random(1);
        var (sound, faulty) = (0, 0);
        for (var n = 0; n < 20_000; n++)
        {
            var line = new StringBuilder(Whole);
            for (var change = random.Next(2); change >= 0; change--)
            {
                var (at, length) = (random.Next(line.Length), random.Next(1, 4));
                if (random.Next(3) == 0) line.Remove(at, Math.Min(length, line.Length - at));
                else if (random.Next(2) == 0) line[at] = "{}[]\",:\\0129-+.eE trufalsn"[random.Next(26)];
                else line.Insert(random.Next(line.Length), line.ToString(at, Math.Min(length, line.Length - at)));
            }

            var read = Read(line.ToString());
            Assert.Equal(Read($" {line}"), read);
            if (read.StartsWith("fault", StringComparison.Ordinal)) faulty++;
            else sound++;
        }

        Assert.True(sound > 100 && faulty > 100, $"{sound} sound, {faulty} faulty: the changes prove little.");
    }

    [Fact]
    public void An_answer_names_for_every_outcome_what_belongs_to_it()
    {
        var output = new ArrayBufferWriter<byte>();
        AssessmentJson.Write(
            Programme.Assess(new ToySubject { Yes = false, Count = 3 }, Today, InterpretationProfile.AsTaken)!, output);
        Assert.Equal(
            """{"programme":"toy.question","asOf":"2026-03-16","ruleSet":"toy@1","verdict":"Ineligible","findings":["""
            + """{"rule":"unknown","outcome":"Unknown","provisions":["toy/1"],"message":"甲","missing":["division","day"]},"""
            + """{"rule":"violated","outcome":"Violated","provisions":["toy/1","toy/2"],"message":"乙“”"},"""
            + """{"rule":"satisfied","outcome":"Satisfied","provisions":["toy/2"],"message":"丙"},"""
            + """{"rule":"not-concerned","outcome":"NotApplicable","provisions":["toy/2"],"message":"丁"}]"""
            + ""","missing":[],"interpretations":[],"otherReadings":[],"situations":[],"measures":[]}""",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static string Read(string line)
    {
        var facts = new Facts(Programme.Schema, Today, new WorkCalendar(new HolidayTable()));
        if (Reader.ReadRequest(Encoding.UTF8.GetBytes(line), Today, facts) is { } fault)
            return $"fault {fault.Fact}: {(fault.Fact.Length > 0 ? fault.Message : "malformed")}";
        var subject = facts.Read(f => new ToySubject(f));
        return $"{facts.AsOf:yyyy-MM-dd} Count={Text(subject.Count)} Division={Text(subject.Division)} "
            + $"Yes={subject.Yes} No={subject.No} "
            + $"Day={Text(subject.Day)} Colour={Text(subject.Colour)}";
    }

    private static string Text<T>(Fact<T> fact)
        where T : struct
    {
        var text = "unknown";
        fact.Is(value =>
        {
            text = value is DateOnly day ? $"{day:yyyy-MM-dd}" : $"{value}";
            return true;
        });
        return text;
    }

    private enum Colour
    {
        [Display(Name = "红")] Red,
        [Display(Name = "蓝")] Blue,
    }

    private sealed class ToySubject(Facts facts)
    {
        internal ToySubject() : this(Facts.None) { }

        public Fact<int> Count { get; init; } = facts.Number("数", 1, 20);
        public Fact<DivisionCode> Division { get; init; } = facts.Division("区划");
        public Truth Yes { get; init; } = facts.YesNo("是");
        public Truth No { get; init; } = facts.YesNo("否");
        public Fact<DateOnly> Day { get; init; } = facts.Date("日");
        public Fact<Colour> Colour { get; init; } = facts.OneOf<Colour>("色");
    }

    private sealed class Toy() : Programme<ToySubject>(
        "toy.question", "玩具", ProgrammeKind.Eligibility, facts => new(facts),
        new RuleSet<ToySubject>("toy", 1, new(2020, 1, 1),
    [
        new("unknown", ["toy/1"], s => s.Division.Is(_ => true) & s.Day.Is(_ => true), "甲"),
        new("violated", ["toy/1", "toy/2"], s => s.Yes, "乙“”"),
        new("satisfied", ["toy/2"], s => s.Count == 3, "丙"),
        new("not-concerned", ["toy/2"], s => s.No, "丁") { When = s => s.Count == 4 },
    ]));
}
