using EduAssist.Office.Cases;

namespace EduAssist.Chuxiong;

/// <summary>
/// What the office knows of an application, beside the paper: by it guards, lists and indicators ask.
/// </summary>
internal sealed class ApplicationRow : CaseRow
{
    /// <summary>
    /// As the register wrote it when the form was entered: the receiving school sees the case, and not the student's
    /// own record.
    /// </summary>
    public string? StudentName { get; init; }

    /// <summary>原初中。</summary>
    public Guid JuniorSchoolId { get; init; }

    public School JuniorSchool { get; init; } = null!;

    /// <summary>As <see cref="StudentName"/>.</summary>
    public string? JuniorSchoolName { get; init; }

    /// <summary>初中班级。</summary>
    public string? JuniorClass { get; init; }

    /// <summary>占用哪个县市的计划：附件2当年的代码。</summary>
    public required string County { get; init; }

    /// <summary>报名就读的学校；未填为空。</summary>
    public Guid? VocationalSchoolId { get; set; }

    public School? VocationalSchool { get; init; }

    /// <summary>As <see cref="StudentName"/>.</summary>
    public string? VocationalSchoolName { get; set; }

    public string? Major { get; set; }

    /// <summary>The student as long as the application is open: two of one student cannot be there.</summary>
    public Guid? OpenStudentId { get; set; }

    /// <summary>Of the latest assessment since the form was entered; null: none.</summary>
    public Verdict? Verdict { get; set; }

    public DateOnly? SentOn { get; set; }

    /// <summary>附件2：东西协作送往上海的，上海的接收学校；不去上海为空。</summary>
    public string? ShanghaiSchool { get; set; }

    /// <summary>
    /// Which task was counted when it was sent there, so that a correction gives back just that; null: not sent to
    /// Shanghai.
    /// </summary>
    public TaskOwner? ShanghaiTaskOf { get; set; }

    /// <summary>
    /// Whether it took a place of the plan when it was sent (cx-i11), so that a correction gives back just that.
    /// </summary>
    public bool? UsesPlan { get; set; }

    public DateOnly? EnrolledOn { get; set; }

    /// <summary>四（二）2：开课日期；未报为空。</summary>
    public DateOnly? TeachingFrom { get; set; }
    public string? VocationalClass { get; set; }
    public string? VocationalNumber { get; set; }
    public string? HeadTeacher { get; set; }
    public DateOnly? ListedOn { get; set; }
    public DateOnly? ConfirmedOn { get; set; }

    /// <summary>巩固期的第一天，确认时按工作历记下（cx-i9）。</summary>
    public DateOnly? ConsolidationFrom { get; set; }
    public DateOnly? GraduatedOn { get; set; }
    public string? Certificate { get; set; }

    /// <summary>五（四）：职业学校发的技能等级证书；没有为空。</summary>
    public string? SkillCertificate { get; set; }
    public DateOnly? RegisteredOn { get; set; }
    public string? RegisteredAt { get; set; }
    public ExitReason? ExitReason { get; set; }
    public DateOnly? ExitOn { get; set; }
    public string? ExitNote { get; set; }

    /// <summary>离班后所到的学校，书面证明由它出具；空为没有写明，或者流失。它是申报，不是证明。</summary>
    public string? ProofIssuer { get; set; }

    /// <summary>Of that school, where it is in the system; empty: it is not.</summary>
    public string ProofIssuerScope { get; set; } = "";

    /// <summary>六（二）：书面证明由接收学校（cx-i19）确认之日；空为没有证明，只是申报。</summary>
    public DateOnly? ProofConfirmedOn { get; set; }

    /// <summary>
    /// The day on which the student came to where the application is now; an exit cannot be earlier. Null: not sent.
    /// </summary>
    internal DateOnly? ThereSince => GraduatedOn ?? ConfirmedOn ?? ListedOn ?? EnrolledOn ?? SentOn;

    /// <summary>cx-i20：县市确认之前申报了去向，还没有证明：人在考核人数之内，按流失计。</summary>
    internal bool IsUnprovedBeforeConfirmation => this is
    {
        EnrolledOn: not null, ConfirmedOn: null, ProofConfirmedOn: null,
        ExitReason: not (null or Chuxiong.ExitReason.Lost),
    };

    internal Exit? Exit =>
        ExitReason is { } reason && ExitOn is { } day ? new(reason, day, ProofConfirmedOn is not null) : null;
}

/// <summary>What the guards of an application ask for.</summary>
internal sealed record ApplicationFacts(ApplicationRow Row, Application Form, DateOnly Today)
{
    public required Window Publicity { get; init; }
    public required Window Sending { get; init; }
    public required Window Confirmation { get; init; }

    /// <summary>县市当年的计划；没有下达为空。</summary>
    public CountyPlan? CountyPlan { get; init; }

    public Allotment? Allotment { get; init; }
    public bool CountyHasAllotted { get; init; }
    public SchoolPlan? SchoolPlan { get; init; }

    /// <summary>八（一）：生源县市的实施方案已审核通过。</summary>
    public bool CountyMaySend { get; init; }

    /// <summary>八（一）：州属学校的实施方案已审核通过。</summary>
    public bool SchoolMayEnrol { get; init; }

    /// <summary>五（二）：教学方案已备案。</summary>
    public bool TeachingPlanFiled { get; init; }

    /// <summary>附件2：东西协作送往上海的接收学校，当年由州公布。</summary>
    public IReadOnlyList<string> ShanghaiSchools { get; init; } = [];

    /// <summary>附件2：学籍库登记的建档立卡户。</summary>
    public bool IsOfPoorHousehold { get; init; }

    /// <summary>The papers on file, where a list asks for them; else they are loaded with the step.</summary>
    public IReadOnlyCollection<CasePaper> Papers { get; init; } = [];

    /// <summary>三：评估符合，依据的是哪一款。</summary>
    public EligibilityGround Ground { get; init; }

    public bool HasVocationalRoll { get; init; }
    public bool HasOtherOpenApplication { get; init; }

    /// <summary>四（二）2：本年送读期内已送读过一次。</summary>
    public bool SentBeforeThisYear { get; init; }

    /// <summary>在填报时的初中仍有在籍的学籍。</summary>
    public bool IsOnRoll { get; init; }

    public int Grade { get; init; }

    internal bool GoesToPrefectureSchool => Row.VocationalSchool is { } school && Quotas.IsPrefectureRun(school);

    /// <summary>报名可以从宣传期第一天到送读期最后一天。</summary>
    internal bool MayApply => Today >= Publicity.First && Today <= Sending.Last;

    /// <summary>附件4从确认期第一天起清点上报；逾期仍可补报。</summary>
    internal bool ConfirmationHasBegun => Today >= Confirmation.First;
}
