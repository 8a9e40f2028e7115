namespace EduAssist.Guizhou;

/// <summary>The guide and an independent re-implementation agree, unknowns included.</summary>
public class NaiveTests
{
    private const int Cases = 200_000, Seed = 20;

    private static readonly DateOnly[] Days =
        [new(2022, 6, 15), new(2022, 8, 31), new(2022, 9, 1), new(2024, 2, 29), new(2023, 2, 28), new(2023, 3, 1)];

    private static readonly IProgramme Guide = Loaded.Instance.Catalogue.Programme("guizhou.return-to-school")!;

    [Fact]
    public void Two_hundred_thousand_random_cases_come_to_the_same()
    {
        var random = new Random(Seed);
        var verdicts = new Dictionary<string, int>();
        var fitting = new int[21];
        var leading = new int[21];
        for (var n = 0; n < Cases; n++)
        {
            var values = Draw(random, out var day);
            var answer = Assess(values, day);
            var naive = Naive(values, day).Decide();
            var (ours, numbers, leader) = Said(answer);
            Assert.True(naive == ours, $"{Known(values)} as of {day:yyyy-MM-dd}: {naive}; {ours}");
            verdicts[naive.Verdict] = verdicts.GetValueOrDefault(naive.Verdict) + 1;
            foreach (var number in numbers) fitting[number]++;
            leading[leader ?? 0]++;
        }

        Assert.All(Enum.GetNames<Verdict>().Where(v => v is "Covered" or "NotCovered" or "Undetermined"),
            v => Assert.True(verdicts[v] > 5_000, $"{v}: {verdicts[v]}"));
        Assert.All(Enumerable.Range(1, 20),
            n => Assert.True(fitting[n] > 500 && leading[n] > 50, $"{n}: {fitting[n]}, {leading[n]}"));
    }

    public static TheoryData<string> Faults =>
    [
        "a day later", "a boy may be a mother", "exactly sixteen is beyond", "reason forgotten", "list forgotten",
        "healthy unless known", "a claim is a proof", "a paper is there", "a roll does not matter",
    ];

    [Theory, MemberData(nameof(Faults))]
    public void A_planted_difference_is_found(string fault)
    {
        var random = new Random(Seed);
        var found = 0;
        for (var n = 0; n < Cases / 10; n++)
        {
            var values = Draw(random, out var day);
            var naive = Naive(values, day);
            switch (fault)
            {
                case "a day later": naive.Today = day.AddDays(1); break;
                case "a boy may be a mother" when naive.Sex == "Male": naive.Sex = "Female"; break;
                case "exactly sixteen is beyond" when naive.Birth == day.AddYears(-16):
                    naive.Birth = day.AddYears(-17);
                    break;
                case "reason forgotten": naive.Reason = null; break;
                case "list forgotten": naive.Listed = true; break;
                case "healthy unless known": naive.Healthy ??= true; break;
                case "a claim is a proof":
                    naive.Told = fact => fact == "placed" || Naive(values, day).Told(fact) == true;
                    break;
                case "a paper is there": naive.Decision ??= "BeyondCompulsoryAge"; break;
                case "a roll does not matter": naive.OnRoll = null; break;
            }

            if (naive.Decide() != Said(Assess(values, day)).Answer) found++;
        }

        Assert.True(found > 0);
    }

    private static (
        (string Verdict, string Fits, string Possible, int? Leading, string Effects) Answer,
        IReadOnlyList<int> Numbers, int? Leader) Said(Assessment answer)
    {
        List<int> numbers = [.. answer.Situations.Select(s => s.Number).Order()];
        var leader = answer.Situations.SingleOrDefault(s => s.Leading)?.Number;
        return ((answer.Verdict.ToString(), string.Join(' ', numbers), Loaded.Possible(answer), leader,
            string.Join(' ', answer.Situations.OrderBy(s => s.Number).SelectMany(Effects))), numbers, leader);
    }

    private static IEnumerable<string> Effects(SituationFinding situation) =>
        situation.Measures.Select(m => m.Effect).Prepend(situation.Effect).OfType<EffectFinding>().Select(e =>
            $"{situation.Number}{"AWR"[(int)e.State]}");

    /// <summary>
    /// Half of the dates are at a limit or a day beside it; some cases know almost nothing, some almost everything, and
    /// true is rarer than false.
    /// </summary>
    private static long?[] Draw(Random random, out DateOnly day)
    {
        var on = day = Days[random.Next(Days.Length)];
        var (unknown, yes) = (random.Next(4) switch { 0 => 0.02, 1 => 0.1, 2 => 0.4, _ => 0.9 },
            random.Next(3) switch { 0 => 0.02, 1 => 0.1, _ => 0.5 });
        return [.. Guide.Schema.Fields.Select(f => random.NextDouble() < unknown ? (long?)null : f.Kind switch
        {
            FactKind.YesNo => random.NextDouble() < yes ? 1 : 0,
            FactKind.OneOf => random.Next(f.Choices.Count),
            _ => (f.Name == "birthDate" ? Birth(random, on)
                : on.AddYears(-1).AddDays(random.Next(2) == 0 ? random.Next(-2, 3) : random.Next(-900, 366))).DayNumber,
        })];
    }

    private static DateOnly Birth(Random random, DateOnly on) => random.Next(3) switch
    {
        0 => new DateOnly(on.Month >= 9 ? on.Year : on.Year - 1, 8, 31).AddYears(-random.Next(5, 18))
            .AddDays(random.Next(-1, 3)),
        1 => on.AddYears(-random.Next(15, 19)).AddDays(random.Next(-2, 3)),
        _ => on.AddDays(-random.Next(3 * 365, 20 * 365)),
    };

    private static Assessment Assess(long?[] values, DateOnly day)
    {
        var facts = Loaded.Instance.NewFacts(Guide);
        facts.AsOf = day;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value) facts.Set(i, value);
        }

        return Guide.Assess(facts, InterpretationProfile.AsTaken)!;
    }

    private static Naive Naive(long?[] values, DateOnly day)
    {
        long? Of(string fact) => values[Guide.Schema.ColumnOf(fact)];
        bool? YesNo(string fact) => Of(fact) is { } value ? value != 0 : null;
        DateOnly? Date(string fact) => Of(fact) is { } value ? DateOnly.FromDayNumber((int)value) : null;
        string? Name(string fact) =>
            Of(fact) is { } value ? Guide.Schema.Fields[Guide.Schema.ColumnOf(fact)].Choices[(int)value].Name : null;
        return new()
        {
            Today = day,
            Birth = Date("birthDate"),
            Out = Date("outSince"),
            Reason = Name("mainReason"),
            Left = Name("leftAtStage"),
            Committee = Name("committeeAssessment"),
            Sex = Name("sex"),
            Enrolled = YesNo("everEnrolled"),
            Healthy = YesNo("healthy"),
            Severe = YesNo("severeDisability"),
            Ill = YesNo("seriousIllness"),
            Disputed = YesNo("registerAgeDisputed"),
            Training = YesNo("inTrainingInstitution"),
            Religious = YesNo("inReligiousPlace"),
            Married = YesNo("marriedEarly"),
            Birthed = YesNo("hasGivenBirth"),
            Graduated = YesNo("graduated"),
            NoRoll = YesNo("attendsWithoutRoll"),
            Delayed = YesNo("entryDelayed"),
            Relocated = YesNo("relocated"),
            Gap = YesNo("inPrimaryJuniorGap"),
            Gone = YesNo("missingPerson"),
            Listed = YesNo("listedAsDropout"),
            OnRoll = YesNo("onRoll"),
            Decision = Name("registerDecision"),
            Told = YesNo,
        };
    }

    private static string Known(long?[] values) =>
        string.Join(", ", Guide.Schema.Fields.Select((f, i) => (f, Value: values[i])).Where(x => x.Value is not null)
        .Select(x => $"{x.f.Name}={Written(x.f, x.Value!.Value)}"));

    private static string Written(FactField field, long value) => field.Kind switch
    {
        FactKind.Date => $"{DateOnly.FromDayNumber((int)value):yyyy-MM-dd}",
        FactKind.OneOf => field.Choices[(int)value].Name,
        _ => $"{value}",
    };
}
