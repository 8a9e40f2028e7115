namespace EduAssist.National;

/// <summary>
/// What the central documents measure: each indicator, and below it how it is counted. 不少于一半 and 一半以上 take the half in,
/// 超过一半 does not.
/// </summary>
internal sealed class Indicators : IFunctions
{
    /// <summary>实践性教学: as a rule 一半以上 of all hours.</summary>
    internal static Indicator PracticeShare { get; } = new(
        "national.practice-share", "实践性教学课时占总课时比例", ["sc2019-4/targets"])
    {
        Target = 0.5m,
        TargetYear = 2022,
        Interpretations = ["nat-i1", "nat-i2"],
    };

    internal static Ratio PracticeShareOf(long practiceHours, long allHours) => new(practiceHours, allHours);

    /// <summary>顶岗实习: 一般 six months.</summary>
    internal static Indicator PostInternship { get; } = new(
        "national.post-internship", "顶岗实习平均时间", ["sc2019-4/targets"])
    {
        Target = 6,
        TargetYear = 2022,
        Unit = "个月/生",
        Interpretations = ["nat-i2", "nat-i3"],
    };

    internal static Ratio PostInternshipOf(long months, long students) => new(months, students);

    /// <summary>双师型教师: 超过一半 of the teachers of vocational courses.</summary>
    internal static Indicator DualQualifiedTeachers { get; } = new(
        "national.dual-qualified-teachers", "“双师型”教师占专业课教师比例", ["sc2019-4/targets"])
    {
        Target = 0.5m,
        Comparison = Comparison.MoreThan,
        TargetYear = 2022,
    };

    internal static Ratio DualQualifiedTeachersOf(long dualQualified, long vocationalCourseTeachers) =>
        new(dualQualified, vocationalCourseTeachers);

    /// <summary>生均财政拨款: 达到 12 000 yuan a student of higher vocational education.</summary>
    internal static Indicator HigherVocationalFunding { get; } = new(
        "national.higher-vocational-funding", "高等职业教育生均财政拨款", ["sc2019-4/16"])
    {
        Target = 12_000,
        Unit = "元/生",
    };

    /// <param name="fen">Money is counted in fen; the ratio is in yuan.</param>
    /// <param name="students">Of the region's higher vocational schools.</param>
    internal static Ratio HigherVocationalFundingOf(long fen, long students) => new(fen, checked(100 * students));

    /// <summary>劳动教育: 不少于一半 of the integrated practice course.</summary>
    internal static Indicator LabourEducation { get; } = new(
        "national.labour-education", "劳动教育占综合实践活动课程课时比例", ["cc2019/7"])
    {
        Target = 0.5m,
    };

    internal static Ratio LabourEducationOf(long labourHours, long integratedPracticeHours) =>
        new(labourHours, integratedPracticeHours);

    /// <summary>就学: of the registered poor, those in school among those who are due to be.</summary>
    internal static Indicator RegisteredPoorInSchool { get; } = new(
        "national.registered-poor-in-school", "建档立卡学生就学比例", ["moe2019-4/5.3"])
    {
        Interpretations = ["nat-i4"],
    };

    internal static Ratio RegisteredPoorInSchoolOf(long inSchool, long dueInSchool) => new(inSchool, dueInSchool);

    /// <summary>资助: those aided among those in school.</summary>
    internal static Indicator RegisteredPoorAided { get; } = new(
        "national.registered-poor-aided", "建档立卡学生受助比例", ["moe2019-4/5.3"])
    {
        Interpretations = ["nat-i4"],
    };

    internal static Ratio RegisteredPoorAidedOf(long aided, long inSchool) => new(aided, inSchool);

    /// <summary>就业: those employed among those graduated.</summary>
    internal static Indicator RegisteredPoorEmployed { get; } = new(
        "national.registered-poor-employed", "建档立卡毕业生就业比例", ["moe2019-4/5.3"])
    {
        Interpretations = ["nat-i4"],
    };

    internal static Ratio RegisteredPoorEmployedOf(long employed, long graduates) => new(employed, graduates);

    internal static IReadOnlyList<Indicator> All { get; } =
    [
        PracticeShare, PostInternship, DualQualifiedTeachers, HigherVocationalFunding, LabourEducation,
        RegisteredPoorInSchool, RegisteredPoorAided, RegisteredPoorEmployed,
    ];

    /// <inheritdoc/>
    public IEnumerable<Citation> Citations => All.Select(i => i.Citation);
}
