using EduAssist.Documents.Forms;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Enrolment;

/// <summary>One school of a list, under the headings of the national system.</summary>
internal sealed class ListedSchool(FormBinder form)
{
    /// <summary>By <see cref="SchoolKind"/>; the other names are those of JY/T 1001.</summary>
    private static readonly IReadOnlyList<FormChoice> Kinds =
    [
        new("小学", "小学教学点", "附设小学班", "完全小学"),
        new("初级中学", "初中", "职业初中", "附设普通初中班"),
        "九年一贯制学校",
        new("完全中学", "十二年一贯制学校"),
        new("高级中学", "普通高中"),
        new(
            "职业学校",
            "中等职业学校",
            "中等技术学校",
            "职业高中学校",
            "技工学校",
            "成人中等专业学校",
            "调整后中等职业学校"
        ),
    ];

    private readonly Fact<int> kind = form.OneOf("办学类型", Kinds, name: nameof(Kind));

    public string? Code { get; } = form.Text("学校标识码", 20, optional: true, number: true);
    public string? Name { get; } = form.PlaceName("学校名称");
    public string? Alias { get; } = form.PlaceName("学校别名", optional: true);
    public Fact<DivisionCode> Division { get; } = form.Division("主管部门行政区划代码");

    public SchoolKind Kind => (SchoolKind)kind.Value;

    internal static FormChoice Printed(SchoolKind kind) => Kinds[(int)kind];
}

/// <summary>A list of schools.</summary>
internal sealed class SchoolList(FormBinder form)
{
    public IReadOnlyList<ListedSchool> Schools { get; } =
        form.Rows("学校名单", row => new ListedSchool(row), lacking: true, serial: "序号");
}

/// <summary>学校名单.</summary>
internal sealed class SchoolListForm() : Form<SchoolList>("registry.schools", "学校名单", [], form => new(form))
{
    public override FormLayout Layout { get; } =
        new()
        {
            Notes =
            [
                "学校标识码为 10 位数字，没有的留空。",
                "县属学校填写县级行政区划代码，州、市直属学校填写州、市的代码。",
            ],
        };
}
