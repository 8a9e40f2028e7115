namespace EduAssist.Chuxiong;

/// <summary>Which of the two kinds of students of 三 an applicant is.</summary>
internal enum EligibilityGround
{
    /// <summary>Of neither for certain.</summary>
    Unknown,

    /// <summary>三（一）.</summary>
    HelpedInVain,

    /// <summary>三（二）.</summary>
    PersuadedBack,

    /// <summary>Of both.</summary>
    Both,
}

/// <summary>三、招生对象：（一）与（二）择一，（三）对两类学生都要求。</summary>
internal sealed class Eligibility() : Programme<Applicant>(
    "chuxiong.vocational-class", "义务教育职教班报名资格", ProgrammeKind.Eligibility, facts => new(facts),
    new RuleSet<Applicant>("cx2020", 1, Provisions.InForce,
    [
        new("grade-nine", ["cx2020/3"], a => a.Grade == 9, "须为初中三年级学生"),
        new("school-in-prefecture", ["cx2020/3"], a => a.SchoolDivision.Is(d => d.IsWithin(Prefecture)), "须为本州初级中学的学生"),
        new("study-difficulty", ["cx2020/3.1", "cx2020/3.2"], a => HelpedInVain(a) | PersuadedBack(a),
            "须经帮扶仍跟不上且反复或长期辍学，或经劝返愿学职业技能")
        {
            Interpretations = ["cx-i1"],
            AlternativeReading = new("cx-i7",
                a => a.StrugglesDespiteHelp & (a.RepeatedDropout | a.LongTermDropout | PersuadedBack(a))),
        },
        new("consent", ["cx2020/3.3", "cx2020/4.1.3"], a => a.StudentConsents & a.GuardianConsents, "须学生本人和法定监护人都同意"),
        new("no-vocational-roll", ["cx2020/5.3d"], a => !a.HasVocationalRoll, "不得已有中职学籍"),
        new("one-application", ["cx2020/A3"], a => !a.HasOpenApplication, "同时只能有一份报名申请"),
    ]))
{
    private static readonly DivisionCode Prefecture = DivisionCode.Of(532300);

    internal static EligibilityGround GroundOf(Applicant a) => (HelpedInVain(a).IsTrue, PersuadedBack(a).IsTrue) switch
    {
        (true, true) => EligibilityGround.Both,
        (true, _) => EligibilityGround.HelpedInVain,
        (_, true) => EligibilityGround.PersuadedBack,
        _ => EligibilityGround.Unknown,
    };

    /// <summary>三（一）</summary>
    private static Truth HelpedInVain(Applicant a) => a.StrugglesDespiteHelp & (a.RepeatedDropout | a.LongTermDropout);

    /// <summary>三（二）</summary>
    private static Truth PersuadedBack(Applicant a) => a.PersuadedBack & a.WillingToLearnSkills;
}
