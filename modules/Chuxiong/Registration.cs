namespace EduAssist.Chuxiong;

/// <summary>What is known when a vocational school asks for a secondary vocational roll (注册中职学籍).</summary>
internal sealed class Registrant(Facts facts)
{
    internal Registrant() : this(Facts.None) { }

    public Fact<DateOnly> RegistrationDate { get; init; } = facts.Date("注册日期");
    public Truth Graduated { get; init; } = facts.YesNo("初中已毕业");
}

/// <summary>五（三）：毕业之后、秋季学期之内。</summary>
internal sealed class Registration() : Programme<Registrant>(
    "chuxiong.vocational-registration", "职教班学生注册中职学籍", ProgrammeKind.Registration, facts => new(facts),
    new RuleSet<Registrant>("cx2020", 1, Provisions.InForce,
    [
        new("graduated", ["cx2020/5.3d"], r => r.Graduated, "须已初中毕业"),
        new("autumn-term", ["cx2020/5.3d"], r => r.RegistrationDate.Is(d => SchoolYear.TermOf(d) == Term.Autumn),
            "须在秋季学期注册（9 月 1 日至次年 1 月 31 日）") { Interpretations = ["cx-i12"] },
    ]));
