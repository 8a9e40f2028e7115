using System.Globalization;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Enrolment;

/// <summary>
/// One pupil of a list, under the headings of the national system: person, guardians and roll in one row, as it exports
/// them.
/// </summary>
internal sealed class ListedPupil
{
    /// <summary>By <see cref="IdDocumentKind"/>; the other names are those of JY/T 1001 (SFZJLX) and GA 2102.</summary>
    private static readonly IReadOnlyList<FormChoice> Documents =
    [
        new("居民身份证", "1", "身份证", "户口簿", "B"),
        new("港澳台居民居住证", "居住证"),
        new("外国人永久居留身份证", "境外永久居住证", "9", "外国人永久居留证", "永久居留身份证"),
        new(
            "港澳居民证件",
            "香港特区护照/身份证明",
            "6",
            "澳门特区护照/身份证明",
            "7",
            "港澳居民来往内地通行证",
            "回乡证"
        ),
        new("台湾居民来往大陆通行证", "8", "台胞证"),
        new("护照", "A"),
        new("其他", "Z", "无"),
    ];

    /// <summary>By <see cref="EduAssist.Office.Registry.Kinship"/>; the other names are those of GB/T 4761.</summary>
    private static readonly IReadOnlyList<FormChoice> Kinships =
    [
        new("父亲", "父", "爸爸", "父子", "父女", "继父或养父", "51"),
        new("母亲", "母", "妈妈", "母子", "母女", "继母或养母", "52"),
        new(
            "祖父母或外祖父母",
            "祖父",
            "祖母",
            "外祖父",
            "外祖母",
            "爷爷",
            "奶奶",
            "外公",
            "外婆",
            "61",
            "62",
            "63",
            "64"
        ),
        new(
            "其他",
            "兄",
            "兄长",
            "姐",
            "姐姐",
            "弟",
            "妹妹",
            "伯父",
            "伯母",
            "叔父",
            "婶母",
            "舅父",
            "舅母",
            "姨夫",
            "姨母",
            "姑父",
            "姑母",
            "其他亲属",
            "非亲属",
            "97",
            "99"
        ),
    ];

    /// <summary>
    /// By <see cref="RollState"/>; the other names are those of JY/T 1001. 退学 and 开除 are no standing of a pupil in
    /// compulsory education.
    /// </summary>
    private static readonly IReadOnlyList<FormChoice> States =
    [
        new("在籍", "在读", "复学", "01", "05"),
        new("休学", "02"),
        new("转出", "转学（转出）", "转学(转出)", "10"),
        new("毕业", "07"),
        new("结业", "肄业", "08", "09"),
        new("死亡", "11"),
        new("其他离校", "流失", "下落不明", "其他", "06", "15", "99"),
        "注销",
    ];

    internal static readonly IReadOnlyList<FormRule<ListedPupil>> Rules =
    [
        new(
            "sex-fits-id",
            nameof(Sex),
            [],
            p => p.Sex.With(p.ResidentId, (sex, id) => sex == id.Sex),
            "与身份证件号第17位不一致，请核对"
        )
        {
            Level = FormFindingLevel.Warning,
        },
        new(
            "birth-fits-id",
            nameof(BirthDate),
            [],
            p => p.BirthDate.With(p.ResidentId, (birth, id) => birth == id.BirthDate),
            "与身份证件号中的出生日期不一致，请核对"
        )
        {
            Level = FormFindingLevel.Warning,
        },
        new(
            "first-guardian-named",
            nameof(Guardian1Name),
            [],
            p => p.Guardian1Name is not null || (p.Guardian1Kinship is null && !p.Guardian1Phone.IsKnown),
            "填了关系或电话的，应填写监护人姓名"
        ),
        new(
            "second-guardian-named",
            nameof(Guardian2Name),
            [],
            p => p.Guardian2Name is not null || (p.Guardian2Kinship is null && !p.Guardian2Phone.IsKnown),
            "填了关系或电话的，应填写监护人姓名"
        ),
        new(
            "entered-in-month",
            nameof(Entered),
            [],
            p => p.Entered is null || p.EnteredIn is not null,
            "应为年月，如 201709"
        ),
    ];

    private static readonly string[] Months =
    [
        "yyyyMM",
        "yyyy-M",
        "yyyy/M",
        "yyyy.M",
        "yyyy年M月",
        "yyyy-M-d",
        "yyyy/M/d",
        "yyyyMMdd",
    ];

    internal ListedPupil(FormBinder form)
    {
        Name = form.PersonName("姓名", 50, name: nameof(Name));
        Sex = form.Sex("性别", name: nameof(Sex));
        BirthDate = form.Date("出生日期", optional: true, name: nameof(BirthDate));
        Ethnicity = form.EthnicGroup("民族", optional: true, name: nameof(Ethnicity));
        var kind = Chosen<IdDocumentKind>(form.OneOf("身份证件类型", Documents, optional: true, name: "IdType"));
        var document = form.IdDocument("身份证件号", kind, name: nameof(ResidentId));
        ResidentId = document?.Id is { } id ? id : default(Fact<ResidentId>);
        Document = document is { Number: { } other } read ? (read.Kind, other) : null;
        NationalNumber = form.StudentNumber("全国学籍号", unique: true, optional: true, name: nameof(NationalNumber));
        RollNumber = form.RollNumber("学籍辅号", 30, optional: true, name: nameof(RollNumber));
        SchoolCode = form.Text("学校标识码", 20, optional: true, number: true, name: nameof(SchoolCode)) is { } code
            ? NumberBody.Cleaned(code)
            : null;
        SchoolName = form.PlaceName("学校名称", optional: true, name: nameof(SchoolName));
        Grade = form.Text("年级", 20, name: nameof(Grade));
        ClassName = form.PlaceName("班级", 30, optional: true, name: nameof(ClassName));
        Entered = form.Text("入学年月", 10, optional: true, name: nameof(Entered));
        State = Chosen<RollState>(form.OneOf("学生状态", States, optional: true, name: nameof(State)));
        Phone = form.Phone("联系电话", optional: true, name: nameof(Phone));
        Address = form.Text("现住址", 200, optional: true, name: nameof(Address));
        Guardian1Name = form.PersonName("监护人1姓名", 50, optional: true, name: nameof(Guardian1Name));
        Guardian1Kinship = Chosen<Kinship>(
            form.OneOf("监护人1关系", Kinships, optional: true, name: nameof(Guardian1Kinship))
        );
        Guardian1Phone = form.Phone("监护人1联系电话", optional: true, name: nameof(Guardian1Phone));
        Guardian2Name = form.PersonName("监护人2姓名", 50, optional: true, name: nameof(Guardian2Name));
        Guardian2Kinship = Chosen<Kinship>(
            form.OneOf("监护人2关系", Kinships, optional: true, name: nameof(Guardian2Kinship))
        );
        Guardian2Phone = form.Phone("监护人2联系电话", optional: true, name: nameof(Guardian2Phone));
    }

    public string? Name { get; }
    public Fact<Sex> Sex { get; }
    public Fact<DateOnly> BirthDate { get; }
    public string? Ethnicity { get; }
    public Fact<ResidentId> ResidentId { get; }

    /// <summary>Another document than those that bear a resident ID; null: none.</summary>
    public (IdDocumentKind Kind, string Number)? Document { get; }
    public Fact<StudentNumber> NationalNumber { get; }
    public string? RollNumber { get; }
    public string? SchoolCode { get; }
    public string? SchoolName { get; }
    public string? Grade { get; }
    public string? ClassName { get; }
    public string? Entered { get; }
    public RollState? State { get; }
    public Fact<Phone> Phone { get; }
    public string? Address { get; }
    public string? Guardian1Name { get; }
    public Kinship? Guardian1Kinship { get; }
    public Fact<Phone> Guardian1Phone { get; }
    public string? Guardian2Name { get; }
    public Kinship? Guardian2Kinship { get; }
    public Fact<Phone> Guardian2Phone { get; }

    /// <summary>The first day of <see cref="Entered"/>.</summary>
    internal DateOnly? EnteredIn =>
        DateOnly.TryParseExact(Entered, Months, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1990 and <= 2100
            ? new(day.Year, day.Month, 1)
            : null;

    internal static string Printed(Kinship kinship) => Kinships[(int)kinship].Name;

    internal static string Printed(IdDocumentKind kind) => Documents[(int)kind].Name;

    internal static string Printed(RollState state) => States[(int)state].Name;

    /// <summary>The state that a word means; null: none.</summary>
    internal static RollState? StateOf(string word)
    {
        for (var i = 0; i < States.Count; i++)
            if (States[i].Is(word) || ((RollState)i).ToString() == word)
                return (RollState)i;
        return null;
    }

    private static T? Chosen<T>(Fact<int> index)
        where T : struct, Enum => index.IsKnown ? (T)(object)index.Value : null;
}

/// <summary>A list of pupils.</summary>
internal sealed class PupilList(FormBinder form)
{
    /// <summary>Of every row that names none: code or name.</summary>
    public string? School { get; } = form.PlaceName("学校", optional: true);

    /// <summary>From which day on the list holds; null: from today.</summary>
    public Fact<DateOnly> From { get; } = form.Date("生效日期", optional: true);

    public IReadOnlyList<ListedPupil> Pupils { get; } =
        form.Rows("学生名单", row => new ListedPupil(row), ListedPupil.Rules, lacking: true, serial: "序号");
}

/// <summary>学生名单.</summary>
internal sealed class PupilListForm() : Form<PupilList>("registry.students", "学生名单", [], form => new(form))
{
    public override FormLayout Layout { get; } =
        new()
        {
            Head = "学校：{school}　生效日期：{from}",
            Notes = ["每名学生一行；全国学籍号、身份证件号、学籍辅号至少填写一项。", "空白的格不改变已登记的内容。"],
        };
}
