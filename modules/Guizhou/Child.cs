using System.ComponentModel.DataAnnotations;

namespace EduAssist.Guizhou;

/// <summary>What is known of a child of school age who is not in school, or is listed so (失学辍学儿童少年).</summary>
internal sealed class Child(Facts facts)
{
    internal Child() : this(Facts.None) { }

    /// <summary>The day as of which ages and times out of school are counted.</summary>
    internal DateOnly AsOf { get; init; } = facts.AsOf;

    public Fact<DateOnly> BirthDate { get; init; } = facts.PastDate("出生日期");
    public Truth EverEnrolled { get; init; } = facts.YesNo("曾经入学");
    public Truth OnRoll { get; init; } = facts.YesNo("有义务教育学籍");
    public Fact<MainReason> MainReason { get; init; } = facts.OneOf<MainReason>("在案主要原因");
    public Fact<DateOnly> OutSince { get; init; } = facts.PastDate("离校日期");
    public Fact<Stage> LeftAtStage { get; init; } = facts.OneOf<Stage>("离校时学段");
    public Truth Healthy { get; init; } = facts.YesNo("身体健康");
    public Truth SevereDisability { get; init; } = facts.YesNo("重度残疾且需专人护理");
    public Fact<CommitteeAssessment> CommitteeAssessment { get; init; } = facts.OneOf<CommitteeAssessment>("专家委员会评估结论");
    public Truth SeriousIllness { get; init; } = facts.YesNo("患重大疾病、有严重心理问题或因其他特殊原因暂不能上学");
    public Truth WillingOriginalSchool { get; init; } = facts.YesNo("愿意回原学校");
    public Truth WillingHouseholdPlace { get; init; } = facts.YesNo("愿意回户籍地就读");
    public Truth WillingWorkPlace { get; init; } = facts.YesNo("愿意在务工地就读");
    public Truth DroppedOutAgain { get; init; } = facts.YesNo("复学后再次辍学");
    public Truth GuardianApplies { get; init; } = facts.YesNo("监护人已申请");
    public Truth StudentApplies { get; init; } = facts.YesNo("本人已申请");
    public Truth CountyApproves { get; init; } = facts.YesNo("县级教育行政部门审核同意");
    public Truth RegisterAgeDisputed { get; init; } = facts.YesNo("反映实际年龄与户口不符");
    public Fact<RegisterDecision> RegisterDecision { get; init; } = facts.OneOf<RegisterDecision>("户口登记机关结论");
    public Truth InTrainingInstitution { get; init; } = facts.YesNo("在培训机构全日制培训");
    public Truth InReligiousPlace { get; init; } = facts.YesNo("进入宗教活动场所");
    public Truth MarriedEarly { get; init; } = facts.YesNo("早婚");
    public Truth HasGivenBirth { get; init; } = facts.YesNo("已生育");
    public Fact<ChildSex> Sex { get; init; } = facts.OneOf<ChildSex>("性别");
    public Truth Graduated { get; init; } = facts.YesNo("已毕业");
    public Truth AttendsWithoutRoll { get; init; } = facts.YesNo("实际在读而无学籍");
    public Truth EntryDelayed { get; init; } = facts.YesNo("延缓入学");
    public Truth Relocated { get; init; } = facts.YesNo("易地扶贫搬迁中脱节");
    public Truth InPrimaryJuniorGap { get; init; } = facts.YesNo("小升初脱节");
    public Truth MigrantChild { get; init; } = facts.YesNo("随迁子女");
    public Truth StudiesAtReceivingPlace { get; init; } = facts.YesNo("需在流入地就读");
    public Truth MissingPerson { get; init; } = facts.YesNo("失踪失联");
    public Truth PoliceConfirmsMissing { get; init; } = facts.YesNo("公安部门确认无法查找");
    public Truth ListedAsDropout { get; init; } = facts.YesNo("被列为辍学");
    public Truth PersuasionHard { get; init; } = facts.YesNo("劝返难度大");
    public Truth PersuasionExhausted { get; init; } = facts.YesNo("经大量劝返仍不愿在学校就读");
    public Truth CompulsorySchoolUnrealistic { get; init; } = facts.YesNo("在义务教育学校就读不现实");
    public Truth ReturnImpossible { get; init; } = facts.YesNo("确实无法劝返回校");
    public Truth Placed { get; init; } = facts.YesNo("接收学校已安排就读");
    public Truth IllnessProved { get; init; } = facts.YesNo("病情证明已核实");
    public Truth IdentityPapersCompleted { get; init; } = facts.YesNo("身份资料已完善");
    public Truth GraduationVerified { get; init; } = facts.YesNo("毕业已经毕业学校核实");
    public Truth DelayProved { get; init; } = facts.YesNo("延缓入学已经证明");
    public Truth AttendanceVerified { get; init; } = facts.YesNo("实际在读已经核实");
    public Truth TransferCompleted { get; init; } = facts.YesNo("转学手续已办结");
    public Truth AdmissionCompleted { get; init; } = facts.YesNo("招生入学已办结");
}

/// <summary>The main reason on record (主要原因).</summary>
internal enum MainReason
{
    [Display(Name = "残疾")]
    Disability,

    [Display(Name = "疾病")]
    Illness,

    [Display(Name = "厌学")]
    WearyOfStudy,

    [Display(Name = "外出务工")]
    WorkingAway,

    [Display(Name = "户口登记年龄")]
    RegisterAge,

    [Display(Name = "培训机构替代")]
    TrainingInstitution,

    [Display(Name = "入寺入教")]
    Religious,

    [Display(Name = "早婚")]
    EarlyMarriage,

    [Display(Name = "超龄或已毕业")]
    OverAge,

    [Display(Name = "延缓入学")]
    DelayedEntry,

    [Display(Name = "就读无学籍")]
    NoRoll,

    [Display(Name = "易地搬迁")]
    Relocation,

    [Display(Name = "小升初")]
    PrimaryToJunior,

    [Display(Name = "失踪失联")]
    Missing,

    [Display(Name = "其他")]
    Other,
}

/// <summary>What the county's expert committee on special education found (县级残疾人教育专家委员会).</summary>
internal enum CommitteeAssessment
{
    [Display(Name = "可以在校就读")]
    CanAttend,

    [Display(Name = "不能到校就读")]
    CannotAttend,
}

/// <summary>What the register office decided on a disputed age.</summary>
internal enum RegisterDecision
{
    [Display(Name = "已不属义务教育年龄")]
    BeyondCompulsoryAge,

    [Display(Name = "仍属义务教育年龄")]
    WithinCompulsoryAge,
}

/// <summary>
/// As on the roll; not known is a fact that nobody gave, so that <see cref="EduAssist.Kernel.Registry.Sex"/> has two
/// members too many.
/// </summary>
internal enum ChildSex
{
    [Display(Name = "男")]
    Male,

    [Display(Name = "女")]
    Female,
}
