namespace EduAssist.Chuxiong;

/// <summary>初中的审核意见，写在申请表上。</summary>
internal sealed class Review(FormBinder form)
{
    internal static readonly IReadOnlyList<FormRule<Review>> Rules =
        [new("opinion-sealed", nameof(Seal), ["cx2020/A3"], r => r.Seal, "审核意见须加盖学校公章")];

    public Truth Seal { get; } = form.Seal("学校盖章");
    public Fact<DateOnly> Date { get; } = form.Date("审核日期");
}

/// <summary>送读时移交的材料；送往上海的，还要写明接收学校。</summary>
internal sealed class Handover(FormBinder form)
{
    internal static readonly IReadOnlyList<FormRule<Handover>> Rules =
    [
        new("photocopy", nameof(Photocopy), ["cx2020/A3"], h => h.Photocopy, "送读时须把申请表复印件交给职业学校"),
    ];

    public Truth Photocopy { get; } = form.Confirmation("申请表复印件已移交");

    /// <summary>One of the year's list; blank: the student stays in the prefecture.</summary>
    public string? ShanghaiSchool { get; } = form.Text("东西协作送往上海的接收学校", 40, optional: true);
}

/// <summary>报到入学：编班、开课、配班主任，有了日期就记下。</summary>
internal sealed class Arrival(FormBinder form)
{
    public string? ClassName { get; } = form.Text("职教班所在班级", 20);
    public string? StudentNumber { get; } = form.RollNumber("学号", 20, personal: false);
    public string? HeadTeacher { get; } = form.Text("班主任", 40, optional: true);
    public Fact<DateOnly> TeachingFrom { get; } = form.Date("开课日期", optional: true);
}

/// <summary>五（四）：初中毕业。</summary>
internal sealed class Graduation(FormBinder form)
{
    public string? Certificate { get; } = form.Text("义务教育证书编号", 40);
    public Fact<DateOnly> Date { get; } = form.Date("发证日期");
    public string? SkillCertificate { get; } = form.Text("职业学校所发技能等级证书编号", 40, optional: true);
}

/// <summary>五（三）：注册中职学籍。</summary>
internal sealed class RollEntry(FormBinder form)
{
    public Fact<DateOnly> Date { get; } = form.Date("注册日期");

    /// <summary>Blank: the vocational school of the class itself.</summary>
    public string? School { get; } = form.Text("注册学校", 40, optional: true);

    public string? Number { get; } = form.RollNumber("中职学号", optional: true, personal: false);
}

/// <summary>离班。</summary>
internal sealed class Leaving(FormBinder form)
{
    public Fact<DateOnly> Date { get; } = form.Date("离班日期");
    public string? Reason { get; } = form.LongText("原因", 200);
}

/// <summary>到其他高中阶段学校。</summary>
internal sealed class Departure(FormBinder form)
{
    public Fact<DateOnly> Date { get; } = form.Date("离班日期");
    public string? Reason { get; } = form.LongText("原因", 200);

    /// <summary>A school of the register, by its name or code.</summary>
    public string? School { get; } = form.Text("所到学校（系统内的名称或标识码）", 40, optional: true);

    /// <summary>One that the register does not have.</summary>
    public string? Elsewhere { get; } = form.Text("所到学校（不在系统内）", 40, optional: true);
}
