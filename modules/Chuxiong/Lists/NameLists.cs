using System.ComponentModel.DataAnnotations;

namespace EduAssist.Chuxiong;

/// <summary>附件4：名单中的一名学生。</summary>
internal sealed class ListedStudent(FormBinder form)
{
    internal static readonly IReadOnlyList<FormRule<ListedStudent>> Rules =
    [
        new("sex-fits-id", nameof(Sex), ["cx2020/A4"], s => s.Sex.With(s.ResidentId, (sex, id) => sex == id.Sex),
            "与身份证号码第17位不一致，请核对") { Level = FormFindingLevel.Warning },
    ];

    public string? Name { get; } = form.PersonName("学生姓名");
    public Fact<Sex> Sex { get; } = form.Sex("性别");
    public Fact<ResidentId> ResidentId { get; } = form.ResidentId("身份证号码", unique: true);
    public Fact<int> County { get; } = form.OneOf("所属县市", PrintedCounties.All);
    public string? SchoolName { get; } = form.Text("原初中学校/校名");
    public string? SchoolClass { get; } = form.Text("原初中学校/所在班级", 20);
    public Fact<JuniorRollNumber> RollNumber { get; } = form.JuniorRollNumber("原初中学校/学籍号");
    public string? ClassName { get; } = form.Text("义务教育职教班/所在班级", 20);
    public string? StudentNumber { get; } = form.RollNumber("义务教育职教班/学号", 20, personal: false);

    /// <summary>附件4说明1：按所属县市、原初中学校、所在班级归并；同一组的先后照旧。</summary>
    internal static IEnumerable<ListedStudent> InOrder(IReadOnlyList<ListedStudent> students)
    {
        var (schools, classes) = (Ranks(students.Select(s => s.SchoolName)),
            Ranks(students.Select(s => s.SchoolClass)));
        return students.OrderBy(s => Enumerable.Range(0, PrintedCounties.All.Count)
            .FirstOrDefault(i => (s.County == i).IsTrue, -1))
            .ThenBy(s => schools[s.SchoolName ?? ""]).ThenBy(s => classes[s.SchoolClass ?? ""]);
    }

    private static Dictionary<string, int> Ranks(IEnumerable<string?> names) =>
        names.Select(n => n ?? "").Distinct().Select((n, i) => (n, i)).ToDictionary(x => x.n, x => x.i);
}

/// <summary>附件4：一份在读学生名单。</summary>
internal sealed class AttendanceList(FormBinder form)
{
    public Fact<int> School { get; } = form.OneOf("学校（职业学校）", PrintedSchools.All);
    public IReadOnlyList<ListedStudent> Students { get; } = form.Rows(
        "学生名单", row => new ListedStudent(row), ListedStudent.Rules, serial: "序号");
}

/// <summary>附件4：在读学生名单。</summary>
internal sealed class AttendanceListForm() : Form<AttendanceList>(
    "chuxiong.attendance-list", "楚雄州义务教育职教班在读学生名单", ["cx2020/A4", "cx2020/4.2.4"], form => new(form))
{
    public override IReadOnlyList<string> Interpretations => ["cx-i15"];

    public override IReadOnlyList<FormRule<AttendanceList>> Rules { get; } =
    [
        new("sorted", nameof(AttendanceList.Students), ["cx2020/A4"],
            l => l.Students.All(s => s.County.IsKnown) ? ListedStudent.InOrder(l.Students).SequenceEqual(l.Students)
                : default(Truth),
            "应按附件2的县市顺序，再按原初中学校和所在班级归并，请核对")
        {
            Level = FormFindingLevel.Warning,
        },
    ];

    public override FormLayout Layout { get; } = new()
    {
        Head = "学校（职业学校）：{school}",
        NotesTitle = "填报说明",
        Notes =
        [
            $"学生先按“所属县市”排列，顺序为{string.Join("、", PrintedCounties.All.Select(c => c.Name))}；同一县市的按“原初中学校”归在一起，"
                + "同一初中的再按“所在班级”归在一起。",
            "稳定期结束后，由职业学校清点确认在读学生时填报，用 WPS 电子表格填写。",
        ],
    };
}

/// <summary>流失学生有无有效证明.</summary>
internal enum Proof
{
    [Display(Name = "有")] Valid,
    [Display(Name = "无")] None,
}

/// <summary>附件6：名单中的一名学生。</summary>
internal sealed class RegisteredStudent(FormBinder form)
{
    internal static readonly IReadOnlyList<FormRule<RegisteredStudent>> Rules =
    [
        .. ListedStudent.Rules.Select(r => new FormRule<RegisteredStudent>(
            r.Id, nameof(ListedStudent.Sex), ["cx2020/A6"], s => r.Claim(s.Student), r.Message) { Level = r.Level }),
        new("loss-says-proof", nameof(Proof), ["cx2020/A6", "cx2020/6.2"], s => s.LossReason is null || s.Proof.IsKnown,
            "注明流失原因的，应写明有无有效证明"),
        new("proof-says-loss", nameof(LossReason), ["cx2020/A6"], s => s.LossReason is not null || !s.Proof.IsKnown,
            "写明有无有效证明的，应注明流失原因"),
    ];

    internal ListedStudent Student { get; } = new(form);

    public string? LossReason { get; } = form.Text("流失/原因", 60, optional: true);
    public Fact<Proof> Proof { get; } = form.OneOf<Proof>("流失/有无有效证明", optional: true);
}

/// <summary>附件6：一份注册中职学籍学生名单。</summary>
internal sealed class RegisteredList(FormBinder form)
{
    public Fact<int> School { get; } = form.OneOf("学校（职业学校）", PrintedSchools.All);
    public IReadOnlyList<RegisteredStudent> Students { get; } = form.Rows(
        "学生名单", row => new RegisteredStudent(row), RegisteredStudent.Rules, serial: "序号");
}

/// <summary>附件6：注册中职学籍学生名单。</summary>
internal sealed class RegisteredListForm() : Form<RegisteredList>(
    "chuxiong.registered-list", "楚雄州义务教育职教班注册中职学籍学生名单", ["cx2020/A6"], form => new(form))
{
    public override IReadOnlyList<string> Interpretations => ["cx-i15"];

    public override FormLayout Layout { get; } = new()
    {
        Head = "学校（职业学校）：{school}",
        NotesTitle = "填报说明",
        Notes =
        [
            "本表与已上报的《楚雄州义务教育职教班在读学生名单》（附件4）是同一张名单，学生不增不减，只在“流失”栏写明流失原因和有无有效证明。",
            "“有效证明”是学生回原初中或者到其他高中阶段学校就读后，由该校出具的书面证明。",
            "每年秋季学期学生注册中职学籍之后上报。",
        ],
    };
}
