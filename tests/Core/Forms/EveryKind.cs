using System.ComponentModel.DataAnnotations;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Registry;
using EduAssist.Platform;

namespace EduAssist.Core.Forms;

internal enum Colour
{
    [Display(Name = "红")] Red,
    [Display(Name = "绿")] Green,
}

internal sealed class EveryKindRow(FormBinder form)
{
    public string? Item { get; } = form.Text("物品/名称", 10);
    public Fact<int> Count { get; } = form.Number("物品/数量", 1, 9);
}

/// <summary>A paper with every kind of field.</summary>
internal sealed class EveryKind(FormBinder form)
{
    public string? Text { get; } = form.Text("文字", 5);
    public string? LongText { get; } = form.LongText("长文", 10);
    public Fact<int> Number { get; } = form.Number("数", 1, 60);
    public Fact<DateOnly> Date { get; } = form.Date("日期");
    public Fact<ResidentId> ResidentId { get; } = form.ResidentId("身份证号码");
    public Fact<Phone> Phone { get; } = form.Phone("联系电话");
    public Fact<JuniorRollNumber> RollNumber { get; } = form.JuniorRollNumber("学籍号");
    public Fact<StudentNumber> StudentNumber { get; } = form.StudentNumber("全国学籍号");
    public Fact<DivisionCode> Division { get; } = form.Division("区划");
    public Fact<Colour> Colour { get; } = form.OneOf<Colour>("颜色", ChoicePrint.Boxes);
    public Fact<Sex> Sex { get; } = form.Sex("性别");
    public Truth Signed { get; } = form.Signature("签字");
    public Truth Fingerprint { get; } = form.Fingerprint("手印");
    public Truth Seal { get; } = form.Seal("盖章");
    public Truth HandedOver { get; } = form.Confirmation("已移交");
    public IReadOnlyList<EveryKindRow> Items { get; } = form.Rows(
        "清单", row => new EveryKindRow(row), least: 0, most: 3);
}

internal sealed class EveryKindForm() : Form<EveryKind>("test.every-kind", "各种栏目", ["t1/1"], form => new(form))
{
    public override IReadOnlyList<FormRule<EveryKind>> Rules { get; } =
        [
            new("sex-fits-id", nameof(EveryKind.Sex), ["t1/2"],
                k => k.Sex.With(k.ResidentId, (sex, id) => sex == id.Sex),
                "与身份证号码不一致") { Level = FormFindingLevel.Warning },
        ];

    public override FormLayout Layout { get; } = new(
        new FormSection("甲",
            [new("文字", 6, "{text}"), new("数", 6, "{number}")],
            [new("日期", 6, "{date}"), new("区划", 6, "{division}")],
            [new("身份证号码", 12, "{residentId}")],
            [new("联系电话", 6, "{phone}"), new("学籍号", 6, "{rollNumber}")],
            [new("全国学籍号", 12, "{studentNumber}")],
            [new("颜色", 6, "{colour}"), new("性别", 6, "{sex}")],
            [new("签字", 12, "{signed}{fingerprint}\n\t{seal}{handedOver}") { LabelSpan = 0 }]),
        new FormSection("长文", "写：{longText}。", lines: 3),
        new FormSection("清单", "{items}"))
    { Notes = ["第一条。"] };

    internal static FormContext Context { get; } = new(
        Instance.Compose(Baseline.With(), _ => null, new HolidayFolder("").Table(), TimeProvider.System).Divisions,
        new(2026, 5, 6));

    /// <summary>A sheet with nothing wrong.</summary>
    internal static FormValues Right()
    {
        var values = new FormValues();
        (string, string)[] texts =
        [
            ("text", "文字"), ("longText", "第一行\n第二行"), ("number", "5"), ("date", "2020-05-06"),
            ("residentId", "53230120110305997X"), ("phone", "13900000001"), ("rollNumber", "53230120170001"),
            ("studentNumber", "G53230120110305997X"),
            ("division", "532301"), ("colour", "红"), ("sex", "男"), ("signed", "true"), ("fingerprint", "true"),
            ("seal", "true"), ("handedOver", "true"),
        ];
        foreach (var (name, text) in texts) values[name] = text;
        return values;
    }
}
