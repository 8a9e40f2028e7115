namespace EduAssist.Chuxiong;

/// <summary>What is known of a student who applies (申请学生), in the order of 三.</summary>
internal sealed class Applicant(Facts facts)
{
    internal Applicant() : this(Facts.None) { }

    public Fact<int> Grade { get; init; } = facts.Grade("年级");
    public Fact<DivisionCode> SchoolDivision { get; init; } = facts.Division("就读学校所在地");
    public Truth StrugglesDespiteHelp { get; init; } = facts.YesNo("经帮扶仍难以跟上学习进度");
    public Truth RepeatedDropout { get; init; } = facts.YesNo("反复辍学");
    public Truth LongTermDropout { get; init; } = facts.YesNo("长期辍学");
    public Truth PersuadedBack { get; init; } = facts.YesNo("辍学或失学后经劝返");
    public Truth WillingToLearnSkills { get; init; } = facts.YesNo("愿意学习职业技能");
    public Truth StudentConsents { get; init; } = facts.YesNo("学生本人同意");
    public Truth GuardianConsents { get; init; } = facts.YesNo("法定监护人同意");
    public Truth HasVocationalRoll { get; init; } = facts.YesNo("已有中职学籍");
    public Truth HasOpenApplication { get; init; } = facts.YesNo("另有在办的报名申请");
}
