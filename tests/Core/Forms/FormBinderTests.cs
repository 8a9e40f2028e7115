using EduAssist.Documents.Forms;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Registry;

namespace EduAssist.Core.Forms;

/// <summary>Every kind of field, right, wrong and blank.</summary>
public class FormBinderTests
{
    private static readonly EveryKindForm Form = new();

    private static IReadOnlyList<string> Texts(FormValues values) =>
    [
        .. Form.Check(values, EveryKindForm.Context)
            .Select(f => $"{(f.Level == FormFindingLevel.Warning ? "? " : "")}{f.Text}"),
    ];

    public static TheoryData<string, string?, string?> Fields => new()
    {
        { "text", "阿依·古丽", null },
        { "text", "𠮷䶮", null },
        { "text", "  文字  ", null },
        { "text", null, "「文字」：未填写" },
        { "text", "　", "「文字」：未填写" },
        { "text", "一二三四五六", "「文字」：超过 5 字" },
        { "text", "一\u0000二", "「文字」：含有不能打印的字符" },
        { "text", "一\n二", "「文字」：含有不能打印的字符" },
        { "text", "一\u202E二", "「文字」：含有不能打印的字符" },
        { "longText", "一\r\n二", null },
        { "longText", "一\u2066二", "「长文」：含有不能打印的字符" },
        { "longText", "", "「长文」：未填写" },
        { "longText", "一二三四五六七八九十一", "「长文」：超过 10 字" },
        { "number", "1", null },
        { "number", "６０", null },
        { "number", "0", "「数」：应为 1 至 60 的整数" },
        { "number", "61", "「数」：应为 1 至 60 的整数" },
        { "number", "5.5", "「数」：应为 1 至 60 的整数" },
        { "number", "五", "「数」：应为 1 至 60 的整数" },
        { "number", null, "「数」：未填写" },
        { "date", "2020年5月6日", null },
        { "date", "2020/5/6", null },
        { "date", "2020-02-30", "「日期」：应为存在的日期，如 2020-05-06" },
        { "date", "1899-12-31", "「日期」：应为存在的日期，如 2020-05-06" },
        { "date", null, "「日期」：未填写" },
        { "residentId", "53230120110305997x", null },
        { "residentId", "532301 20110305 997X", null },
        { "residentId", "532301201103059977", "「身份证号码」：公民身份号码校验位不符，请核对是否录错" },
        { "residentId", "52242220101120996", "「身份证号码」：公民身份号码应为18位：前17位为数字，末位为数字或大写字母X" },
        { "residentId", "532331070618998", "「身份证号码」：15位旧号码不再使用，应填写18位公民身份号码" },
        { "residentId", "532301201302299976", "「身份证号码」：公民身份号码第7至14位不是存在的日期" },
        { "residentId", "532399201103059975", "「身份证号码」：公民身份号码前6位不是曾经使用过的行政区划代码" },
        { "residentId", "532301203303059973", "「身份证号码」：公民身份号码中的出生日期晚于今天" },
        { "residentId", "532301193803059973", "? 「身份证号码」：年龄不在5至17周岁之间，请核对" },
        { "residentId", "532331201006189981", "? 「性别」：与身份证号码不一致" },
        { "residentId", null, "「身份证号码」：未填写" },
        { "phone", "+86 139-0000-0001", null },
        { "phone", "无（随祖父母居住）", null },
        { "phone", "无", "「联系电话」：没有电话的，“无”之后应注明原因" },
        { "phone", "0878-3120000", "? 「联系电话」：登记的是固定电话，原则上应填写11位手机号码" },
        { "phone", "1390000000", "「联系电话」：联系电话应为11位手机号码，或带区号的固定电话" },
        { "phone", null, "「联系电话」：未填写" },
        { "phone", "/", "「联系电话」：未填写" },
        { "number", "无", "「数」：未填写" },
        { "date", "——", "「日期」：未填写" },
        { "residentId", "暂无", "「身份证号码」：未填写" },
        { "studentNumber", " n/a ", "「全国学籍号」：未填写" },
        { "rollNumber", "没有", "「学籍号」：未填写" },
        { "division", "/", "「区划」：未填写" },
        { "text", "无", null },
        { "text", "/", null },
        { "rollNumber", "５３２３０１２０１７０００１", null },
        { "rollNumber", "5323012017000", "「学籍号」：应为 14 位数字，现为 13 位" },
        { "rollNumber", "532301201700012", "「学籍号」：应为 14 位数字，现为 15 位" },
        { "rollNumber", "G3230120170001", "「学籍号」：应为 14 位数字，不含其他字符" },
        { "rollNumber", null, "「学籍号」：未填写" },
        { "division", "532331", null },
        { "division", "5323", "「区划」：应为 6 位行政区划代码，乡镇为 9 位" },
        { "division", "532399", "「区划」：不是曾经使用过的行政区划代码" },
        { "division", null, "「区划」：未填写" },
        { "colour", "绿", null },
        { "colour", "红、绿", "「颜色」：应为其中一项：红、绿" },
        { "colour", null, "「颜色」：未选择" },
        { "sex", "M", "「性别」：应为其中一项：男、女" },
        { "sex", null, "「性别」：未选择" },
        { "signed", null, null },
        { "signed", "否", null },
        { "signed", "也许", "「签字」：应为是或否" },
        { "fingerprint", "也许", "「手印」：应为是或否" },
        { "seal", "也许", "「盖章」：应为是或否" },
        { "handedOver", null, null },
        { "handedOver", "√", null },
        { "handedOver", "也许", "「已移交」：应为是或否" },
    };

    [Theory, MemberData(nameof(Fields))]
    public void A_field_is_right_or_says_what_is_wrong(string field, string? text, string? finding)
    {
        var values = EveryKindForm.Right();
        values[field] = text;
        Assert.Equal(finding is null ? [] : [finding], Texts(values));
    }

    [Fact]
    public void Half_a_character_is_none()   // a table of cases cannot carry it
    {
        var values = EveryKindForm.Right();
        values["text"] = "一\ud842";
        Assert.Equal(["「文字」：含有不能打印的字符"], Texts(values));
    }

    [Fact]
    public void Every_kind_is_asked() =>
        Assert.Empty(Enum.GetValues<FieldKind>().Except(Form.Fields.Select(f => f.Kind)));

    [Fact]
    public void Without_a_signature_it_is_unsigned_not_unknown()
    {
        var values = EveryKindForm.Right();
        values["signed"] = null;
        Assert.True(Form.Read(values, EveryKindForm.Context).Subject.Signed.IsFalse);
    }

    [Fact]
    public void A_finding_names_its_provision_the_rule_s_or_else_the_form_s()
    {
        var values = EveryKindForm.Right();
        (values["text"], values["sex"]) = (null, "女");
        Assert.Equal([("", "t1/1"), ("sex-fits-id", "t1/2")],
            Form.Check(values, EveryKindForm.Context).Select(f => (f.Rule ?? "", f.Provisions.Single())));
    }

    [Theory]
    [InlineData("无")]
    [InlineData("/")]
    [InlineData("／")]
    [InlineData("—")]
    [InlineData("－－")]
    [InlineData("-")]
    [InlineData("暂无")]
    [InlineData("没有")]
    [InlineData("N/A")]
    [InlineData(" 无　")]
    public void Nothing_written_out_is_a_blank_where_a_number_or_a_day_is_asked_for(string nothing)
    {
        FormValues row = new(), next = new();
        foreach (var field in new[] { "number", "date", "id", "phone", "code", "student", "roll" })
            (row[field], next[field]) = (nothing, nothing);
        var rows = new FormValues().With("rows", [row, next]);
        var (read, findings) = new NumbersForm().Read(rows, EveryKindForm.Context);
        Assert.Empty(findings); // not even that two rows have one number
        Assert.All(read.Rows, r =>
        {
            Assert.False(r.Number.IsKnown || r.Date.IsKnown || r.Id.IsKnown || r.Phone.IsKnown || r.Student.IsKnown);
            Assert.Equal((null, null), (r.Code, r.Roll));
        });
    }

    [Theory]
    [InlineData("一")] // a number, although it looks like a stroke
    [InlineData("无1")]
    [InlineData("1/2")]
    public void What_only_begins_so_is_no_blank(string text)
    {
        var row = new FormValues { ["code"] = text };
        var read = new NumbersForm().Read(new FormValues().With("rows", [row]), EveryKindForm.Context).Subject;
        Assert.Equal(text, read.Rows.Single().Code);
    }

    private sealed class NumbersRow(FormBinder form)
    {
        public Fact<int> Number { get; } = form.Number("数", 1, 60, optional: true);
        public Fact<DateOnly> Date { get; } = form.Date("日期", optional: true);
        public Fact<ResidentId> Id { get; } = form.ResidentId("身份证号码", unique: true, optional: true);
        public Fact<Phone> Phone { get; } = form.Phone("联系电话", optional: true);
        public string? Code { get; } = form.Text("标识码", optional: true, number: true);
        public Fact<StudentNumber> Student { get; } = form.StudentNumber("全国学籍号", unique: true, optional: true);
        public string? Roll { get; } = form.Text("学籍辅号", optional: true, personal: true);
    }

    private sealed class NumbersList(FormBinder form)
    {
        public IReadOnlyList<NumbersRow> Rows { get; } = form.Rows("名单", row => new NumbersRow(row));
    }

    private sealed class NumbersForm() : Form<NumbersList>("test.numbers", "号码", ["t1/1"], form => new(form))
    {
        public override FormLayout Layout { get; } = new();
    }

    [Fact]
    public void Rows_say_table_and_row()
    {
        var values = EveryKindForm.Right();
        FormValues row = new(), bad = new(), blank = new();
        (row["item"], row["count"], bad["item"], bad["count"]) = ("尺", "2", "笔", "10");
        Assert.Empty(Texts(values.With("items", [row])));
        Assert.Equal(["清单第 2 行「物品数量」：应为 1 至 9 的整数", "清单第 3 行「物品名称」：未填写", "清单第 3 行「物品数量」：未填写"],
            Texts(values.With("items", [row, bad, blank])));
        Assert.Equal(["「清单」：有 4 行，最多 3 行"], Texts(values.With("items", [row, row, row, row])));
    }
}
