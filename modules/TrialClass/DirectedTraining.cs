using System.ComponentModel.DataAnnotations;

namespace EduAssist.TrialClass;

/// <summary>The majors of the scheme (定向培养专业).</summary>
internal enum DirectedMajor
{
    /// <summary>法务.</summary>
    [Display(Name = "法务")] Law,

    /// <summary>应急.</summary>
    [Display(Name = "应急")] Emergency,

    /// <summary>消防.</summary>
    [Display(Name = "消防")] Fire,
}

/// <summary>What is known of one major's plan in one term and school year (一个专业的培养安排).</summary>
internal sealed class TrainingPlan(Facts facts)
{
    internal const int LongestTerm = 1200, ShortestTerm = 20;

    internal TrainingPlan() : this(Facts.None) { }

    public Fact<DirectedMajor> Major { get; init; } = facts.OneOf<DirectedMajor>("专业");
    public Fact<int> TermHours { get; init; } = facts.Number("本学期总课时", ShortestTerm, LongestTerm);
    public Fact<int> PracticeHours { get; init; } = facts.Number("本学期实践教学课时", 0, LongestTerm);
    public Fact<int> InternshipMonthsThisYear { get; init; } = facts.Number("本学年实习满月数", 0, 12);
    public Fact<int> InternshipMonthsInAll { get; init; } = facts.Number("累计实习满月数", 0, 36);
    public Fact<int> CareerPlanningHours { get; init; } = facts.Number("本学期职业规划课时", 0, 200);
    public Fact<int> EmploymentGuidanceHours { get; init; } = facts.Number("本学年就业指导课时", 0, 400);
}

/// <summary>定向培养方案二（一）至（三）：一个专业的安排是否达到方案的数字。The numbers are policy data (<see cref="BracketedNumbers"/>).</summary>
internal sealed class DirectedTraining() : Programme<TrainingPlan>(
    "trialclass.directed-training", "特色专业定向培养安排", ProgrammeKind.Compliance, facts => new(facts),
    new RuleSet<TrainingPlan>("dt", 1, Provisions.InForce,
    [
        new("practice-share", ["dt/2.1a", "dt/2.1b", "dt/2.1c"], PracticeShare,
            $"实践课时在总课时之内，占比法务不少于 {Law}%，应急不少于 {Emergency}%，消防不少于 {Fire}%"),
        new("internship", ["dt/2.2a", "dt/2.2b", "dt/2.2c"], Internship,
            $"实习：法务每学年不少于 {LawMonths} 个月，应急累计不少于 {EmergencyMonths} 个月，消防累计不少于 {FireMonths} 个月"),
        new("career-planning", ["dt/2.3a"], p => p.CareerPlanningHours.Is(h => h >= Planning),
            $"职业规划课每学期不少于 {Planning} 课时"),
        new("employment-guidance", ["dt/2.3b"], p => p.EmploymentGuidanceHours.Is(h => h >= Guidance),
            $"就业指导课每学年不少于 {Guidance} 课时"),
    ]))
{
    private static readonly int Law = BracketedNumbers.ForProvision("dt/2.1a"),
        Emergency = BracketedNumbers.ForProvision("dt/2.1b"), Fire = BracketedNumbers.ForProvision("dt/2.1c");
    private static readonly int LawMonths = BracketedNumbers.ForProvision("dt/2.2a"),
        EmergencyMonths = BracketedNumbers.ForProvision("dt/2.2b"),
        FireMonths = BracketedNumbers.ForProvision("dt/2.2c");
    private static readonly int Planning = BracketedNumbers.ForProvision("dt/2.3a"),
        Guidance = BracketedNumbers.ForProvision("dt/2.3b");

    /// <summary>
    /// 二（一）: exact, on the counts themselves. Practice is part of the hours of the term. Enough for fire is enough for
    /// each, and what is too little for law is for none: that settles it also where the major is not known. The order
    /// of the three is kept by <see cref="BracketedNumbers.Check(InterpretationProfile)"/>.
    /// </summary>
    private static Truth PracticeShare(TrainingPlan p) => WithinTerm(p)
        & AtLeast(Law, p) & (p.Major
            == DirectedMajor.Law | (AtLeast(Emergency, p) & (p.Major == DirectedMajor.Emergency | AtLeast(Fire, p))));

    private static Truth WithinTerm(TrainingPlan p) =>
        p.PracticeHours.With(p.TermHours, (practice, all) => practice <= all)
        | p.PracticeHours.Is(practice => practice <= TrainingPlan.ShortestTerm)
        | p.TermHours.Is(all => all == TrainingPlan.LongestTerm);

    /// <summary>Too little for the shortest term, or enough for the longest, needs no term.</summary>
    private static Truth AtLeast(int percent, TrainingPlan p) =>
        (p.PracticeHours.With(p.TermHours, (practice, all) => 100 * practice >= percent * all)
            | p.PracticeHours.Is(practice => 100 * practice >= percent * TrainingPlan.LongestTerm))
        & p.PracticeHours.Is(practice => 100 * practice >= percent * TrainingPlan.ShortestTerm);

    /// <summary>二（二）: law in each school year, the others in all; enough of everything is enough for each.</summary>
    private static Truth Internship(TrainingPlan p)
    {
        var law = p.InternshipMonthsThisYear.Is(months => months >= LawMonths);
        var emergency = p.InternshipMonthsInAll.Is(months => months >= EmergencyMonths);
        var fire = p.InternshipMonthsInAll.Is(months => months >= FireMonths);
        return p.Major == DirectedMajor.Law & law | p.Major == DirectedMajor.Emergency & emergency | p.Major
            == DirectedMajor.Fire & fire
            | (law.IsTrue && emergency.IsTrue && fire.IsTrue);
    }
}
