namespace EduAssist.Chuxiong;

/// <summary>附件5：教学方案。</summary>
public class TeachingPlanFormTests
{
    private const string Id = "chuxiong.teaching-plan";

    private static FormValues Course(string? compulsory, string? hours, string? vocational, string? vocationalHours) =>
        Filled.Values(("compulsory", compulsory), ("compulsoryHours", hours), ("vocational", vocational),
            ("vocationalHours", vocationalHours));

    private static FormValues Plan(params IReadOnlyList<FormValues> courses) => Filled.Values(
        ("school", "楚雄市职中"), ("management", "按全日制管理。\n每班有班主任。"), ("goals", "两个确保"), ("retention", "家访"),
        ("assessment", "三个确保"))
        .With("classes",
            [Filled.Values(("name", "职教1班"), ("size", "40"), ("headTeacher", "阿依·古丽"), ("phone", "13900000001"))])
        .With("courses", courses);

    [Fact]
    [Proves("cx2020/A5")]
    public void Every_label_of_the_annex_is_printed_in_its_order()
    {
        var (docx, errors) = Filled.Docx(Id, FormValues.None);
        Assert.Empty(errors);
        foreach (var paper in new[] { docx, Filled.Html(Id, FormValues.None)[600..] })
        {
            var at = 0;
            foreach (var label in (string[])[
                "义务教育职教班教学方案", "管理模式", "教学目标", "班级设立", "班级名称", "班额", "班主任姓名", "联系电话", "课程方案", "义教课程", "职教课程", "课程名称",
                "周课时", "课程名称", "周课时", "巩固措施", "教学考核", "填表说明：", "4月底前"])
            {
                var found = paper.IndexOf(label, at, StringComparison.Ordinal);
                Assert.True(found >= 0, $"{label} is missing after {at}");
                at = found + label.Length;
            }
        }
    }

    [Fact]
    [Proves("cx2020/A5", "cx2020/5.2")]
    public void Neither_side_of_the_courses_may_be_empty()
    {
        Assert.Empty(Filled.Check(Id, Plan(Course("语文", "5", "汽修", "8"), Course("数学", "5", null, null))));
        Assert.Equal(["「课程方案」：未列职教课程：须开设部分职业技能课程"], Filled.Check(Id, Plan(Course("语文", "5", null, null))));
        Assert.Equal(["「课程方案」：未列义教课程：学生未完成的义务教育课程须开齐开足"], Filled.Check(Id, Plan(Course(null, null, "汽修", "8"))));
        Assert.Equal(["「课程方案」：至少要有 1 行"], Filled.Check(Id, Plan()));
    }

    [Fact]
    [Proves("cx2020/A5")]
    public void A_course_has_its_hours_and_hours_their_course() => Assert.Equal(
        ["课程方案第 1 行「义教课程周课时」：有课程名称的，应填周课时", "课程方案第 2 行「职教课程课程名称」：有周课时的，应填课程名称"],
        Filled.Check(Id, Plan(Course("语文", null, "汽修", "8"), Course("数学", "5", null, "2"))));

    [Fact]
    public void The_title_names_the_school()
    {
        var (docx, errors) = Filled.Docx(Id, Plan(Course("语文", "5", "𠮷䶮", "8")));
        Assert.Empty(errors);
        Assert.StartsWith("楚雄市职中义务教育职教班教学方案", docx, StringComparison.Ordinal);
        Assert.Contains("𠮷䶮", docx, StringComparison.Ordinal);
        Assert.StartsWith("×××（职业学校）义务教育职教班教学方案", Filled.Docx(Id, FormValues.None).Text, StringComparison.Ordinal);
    }
}
