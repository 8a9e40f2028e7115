namespace EduAssist.Chuxiong;

/// <summary>附件5：班级设立的一行。</summary>
internal sealed class PlannedClass(FormBinder form)
{
    public string? Name { get; } = form.Text("班级名称", 20);
    public Fact<int> Size { get; } = form.Number("班额", 1, 100);
    public string? HeadTeacher { get; } = form.PersonName("班主任姓名");
    public Fact<Phone> Phone { get; } = form.Phone("联系电话");
}

/// <summary>附件5：课程方案的一行，左为义教课程，右为职教课程；两边长短不一，一边可以空着。</summary>
internal sealed class PlannedCourses(FormBinder form)
{
    internal static readonly IReadOnlyList<FormRule<PlannedCourses>> Rules =
    [
        new("compulsory-hours", nameof(CompulsoryHours), ["cx2020/A5"],
            c => c.Compulsory is null || c.CompulsoryHours.IsKnown, "有课程名称的，应填周课时"),
        new("compulsory-name", nameof(Compulsory), ["cx2020/A5"],
            c => c.Compulsory is not null || !c.CompulsoryHours.IsKnown, "有周课时的，应填课程名称"),
        new("vocational-hours", nameof(VocationalHours), ["cx2020/A5"],
            c => c.Vocational is null || c.VocationalHours.IsKnown, "有课程名称的，应填周课时"),
        new("vocational-name", nameof(Vocational), ["cx2020/A5"],
            c => c.Vocational is not null || !c.VocationalHours.IsKnown, "有周课时的，应填课程名称"),
    ];

    public string? Compulsory { get; } = form.Text("义教课程/课程名称", 30, optional: true);
    public Fact<int> CompulsoryHours { get; } = form.Number("义教课程/周课时", 1, 60, optional: true);
    public string? Vocational { get; } = form.Text("职教课程/课程名称", 30, optional: true);
    public Fact<int> VocationalHours { get; } = form.Number("职教课程/周课时", 1, 60, optional: true);
}

/// <summary>附件5：一份教学方案。</summary>
internal sealed class TeachingPlan(FormBinder form)
{
    public Fact<int> School { get; } = form.OneOf("职业学校", PrintedSchools.All);
    public string? Management { get; } = form.LongText("管理模式");
    public string? Goals { get; } = form.LongText("教学目标");
    public IReadOnlyList<PlannedClass> Classes { get; } = form.Rows("班级设立", row => new PlannedClass(row), most: 100);
    public IReadOnlyList<PlannedCourses> Courses { get; } = form.Rows(
        "课程方案", row => new PlannedCourses(row), PlannedCourses.Rules, most: 100);
    public string? Retention { get; } = form.LongText("巩固措施");
    public string? Assessment { get; } = form.LongText("教学考核");
}

/// <summary>附件5：教学方案。</summary>
internal sealed class TeachingPlanForm() : Form<TeachingPlan>(
    "chuxiong.teaching-plan", "义务教育职教班教学方案", ["cx2020/A5", "cx2020/5.2"], form => new(form))
{
    public override IReadOnlyList<FormRule<TeachingPlan>> Rules { get; } =
    [
        new("compulsory-courses", nameof(TeachingPlan.Courses), ["cx2020/A5", "cx2020/5.2"],
            p => p.Courses.Count == 0 || p.Courses.Any(c => c.Compulsory is not null), "未列义教课程：学生未完成的义务教育课程须开齐开足"),
        new("vocational-courses", nameof(TeachingPlan.Courses), ["cx2020/A5", "cx2020/5.2"],
            p => p.Courses.Count == 0 || p.Courses.Any(c => c.Vocational is not null), "未列职教课程：须开设部分职业技能课程"),
    ];

    public override FormLayout Layout { get; } = new(
        new("管理模式", "{management}", lines: 4),
        new("教学目标", "{goals}", lines: 4),
        new("班级设立", "{classes}"),
        new("课程方案", "{courses}"),
        new("巩固措施", "{retention}", lines: 4),
        new("教学考核", "{assessment}", lines: 4))
    {
        Heading = "{school}义务教育职教班教学方案",
        Notes =
        [
            "“管理模式”可写：按全日制在校生管理，纳入学校的管理体制；分管领导、管理团队、优秀教师担任班主任；按学生兴趣爱好和报读专业统一编班，班主任负责日常管理。",
            "“教学目标”可写：因材施教、精准保障，做到“两个确保”——未完成的义务教育课程开齐开足，确保学生完成义务教育学业；职业技能课程有针对性、有趣味、实用，确保学生掌握一定的生存发展技能。",
            "“课程方案”先调研学生还有哪些义务教育课程没有完成、学到哪里，再定课程、任课教师、进度和课时；职业技能课程和课时按学生的兴趣爱好和报读专业确定。",
            "“巩固措施”可写：学校在领导、制度、机制、责任、考核各方面怎样做，使巩固率达到95%以上。",
            "“教学考核”围绕“三个确保”：义务教育学业合格，学到一定的职业技能，巩固率达到95%以上。",
            "每年4月底前上报。",
        ],
    };
}
