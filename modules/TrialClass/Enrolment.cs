using System.ComponentModel.DataAnnotations;

namespace EduAssist.TrialClass;

/// <summary>Where a student stands (学段).</summary>
internal enum StudentStage
{
    /// <summary>Grades 1 to 6.</summary>
    [Display(Name = "小学")] Primary,

    /// <summary>Grades 7 to 9.</summary>
    [Display(Name = "初中")] Junior,

    /// <summary>Junior high school is over.</summary>
    [Display(Name = "初中以后")] AfterJunior,
}

/// <summary>What is known of a student who applies for the trial class (报名学生).</summary>
internal sealed class Applicant(Facts facts)
{
    internal Applicant() : this(Facts.None) { }

    public Fact<StudentStage> Stage { get; init; } = facts.OneOf<StudentStage>("学段");
    public Fact<int> Grade { get; init; } = facts.Grade("年级");
    public Truth UnderSchoolAgreement { get; init; } = facts.YesNo("凭学校间协议报名");
    public Truth StudentConsents { get; init; } = facts.YesNo("学生本人自愿");
    public Truth GuardianSigned { get; init; } = facts.YesNo("家长已签家长协议");
    public Fact<int> MajorsChosen { get; init; } = facts.Number("选定的体验专业数", 0, 32);
    public Truth InOtherTrial { get; init; } = facts.YesNo("正在参加另一期试读");
}

/// <summary>商榷函三、家长协议一至三和五、学校间协议一和三：谁可以报名。</summary>
internal sealed class Enrolment() : Programme<Applicant>(
    "trialclass.enrolment", "中职衔接体验（试读）班报名资格", ProgrammeKind.Eligibility, facts => new(facts),
    new RuleSet<Applicant>("tc", 2, Provisions.InForce,
    [
        new("junior-high", ["tc/letter-school"], a => a.Stage == StudentStage.Junior, "须为在读初中学生"),
        new("junior-high-grade", ["tc/letter-parent"], a => a.Grade.Is(g => Grade.StageOf(g) == Stage.Junior),
            "须在七至九年级，哪个年级都可以") { Interpretations = ["tc-i7"] },
        new("student-consents", ["tc/guardian/5.2", "tc/school/3"], a => a.StudentConsents, "须学生本人自愿"),
        new("guardian-signed", ["tc/guardian/5.5"], a => a.GuardianSigned, "须家长签署家长协议"),
        new("number-of-majors", ["tc/letter-student", "tc/guardian/1.3", "tc/school/1.3"], NumberOfMajors,
            "凭学校间协议的须选 2 个专业，只凭家长协议的须选 2 至 4 个") { Interpretations = ["tc-i1"] },
        new("one-trial", ["tc/guardian/5.5"], a => !a.InOtherTrial, "不得正在参加另一期试读") { Interpretations = ["tc-i8"] },
    ]))
{
    /// <summary>Two will do under either agreement, so that they do not ask for it.</summary>
    private static Truth NumberOfMajors(Applicant a) =>
        a.MajorsChosen == 2 | (!a.UnderSchoolAgreement & a.MajorsChosen.Is(n => n is >= 2 and <= 4));
}
