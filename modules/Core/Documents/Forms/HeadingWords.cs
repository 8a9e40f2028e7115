namespace EduAssist.Documents.Forms;

/// <summary>
/// Other words for the headings of lists, as schools and other systems write them. A word is taken only where no other
/// column of the list bears it.
/// </summary>
internal static class HeadingWords
{
    /// <summary>The heading first, then what else it is called, in the form in which headings are compared.</summary>
    private static readonly string[][] Groups =
    [
        ["姓名", "学生姓名", "名字", "学生名字"],
        ["学生姓名", "姓名", "名字"],
        ["性别", "学生性别"],
        ["出生日期", "出生年月日", "出生年月", "生日", "出生时间"],
        ["民族", "族别"],
        ["身份证件类型", "证件类型", "身份证件类别"],
        ["身份证件号", "身份证件号码", "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "身份证"],
        ["身份证号码", "身份证号", "身份证件号", "身份证件号码", "公民身份号码", "公民身份证号码", "身份证"],
        ["全国学籍号", "国网学籍号", "全国学籍号码", "全国统一学籍号"],
        ["学籍辅号", "学籍副号", "学籍辅助号"],
        ["学校标识码", "学校代码", "学校(机构)标识码", "机构标识码"],
        ["学校名称", "学校", "校名", "就读学校", "所在学校"],
        ["年级", "所在年级", "就读年级"],
        ["班级", "所在班级", "班级名称", "行政班", "就读班级", "班别"],
        ["入学年月", "入学日期", "入学时间"],
        ["学生状态", "学籍状态", "就读状态", "学生当前状态"],
        ["联系电话", "电话", "手机", "手机号", "手机号码", "学生电话", "联系方式", "电话号码"],
        ["现住址", "家庭住址", "家庭地址", "住址", "现居住地址", "居住地址", "家庭详细地址"],
        ["监护人1姓名", "监护人姓名", "家长姓名", "法定监护人姓名", "监护人", "家长", "第一监护人姓名"],
        ["监护人1关系", "与学生关系", "与学生的关系", "监护人关系", "家长关系", "关系"],
        ["监护人1联系电话", "监护人电话", "监护人联系电话", "家长电话", "家长联系电话", "家长手机"],
        ["监护人2姓名", "第二监护人姓名"],
        ["监护人2联系电话", "第二监护人电话", "第二监护人联系电话"],
        ["学校别名", "曾用名", "学校简称", "简称"],
        ["办学类型", "学校类型", "学校办学类型"],
        ["主管部门行政区划代码", "行政区划代码", "区划代码"],
        ["所属县市", "县市", "县(市)", "所属县"],
    ];

    private static readonly Dictionary<string, string[]> Words = Groups.ToDictionary(g => g[0], g => g[1..]);

    /// <summary>What else a column is called.</summary>
    /// <param name="heading">As the list prints it.</param>
    public static IReadOnlyList<string> For(string heading) => Words.GetValueOrDefault(heading, []);
}
