namespace EduAssist.ToyRegion;

/// <summary>第二条至第四条：谁可以得到帮扶。</summary>
internal sealed class Help() : Programme<Pupil>(
    "toyregion.help", "走读帮扶资格", ProgrammeKind.Eligibility, facts => new(facts),
    new RuleSet<Pupil>("toy2024", 1, Provisions.InForce,
    [
        new("compulsory-stage", ["toy2024/2"], p => p.Stage.Is(s => s is Stage.Primary or Stage.Junior), "须为小学生或初中生"),
        new("local", ["toy2024/2"], p => p.Home.Is(d => d.IsWithin(Region)), "须为本地户籍"),
        new("far-from-school", ["toy2024/3"], p => p.Kilometres.Is(km => km >= 5), "走读的，学校离家须在五公里以外")
        {
            When = p => !p.Boards,
            AlternativeReading = new("toy-i1", p => p.Kilometres.Is(km => km > 5)),
        },
        new("in-time", ["toy2024/4"], p => p.NotifiedOn.Is(day => p.Calendar.Add(day, 10).Due >= p.AppliesOn),
            "须在收到通知后十个工作日内申请"),
    ]))
{
    /// <summary>The toy has no code of its own: it borrows one.</summary>
    private static readonly DivisionCode Region = DivisionCode.Of(520000);
}
