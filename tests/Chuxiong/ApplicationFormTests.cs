namespace EduAssist.Chuxiong;

/// <summary>附件3：报名申请表。</summary>
public class ApplicationFormTests
{
    private const string Id = "chuxiong.application";

    private static FormValues Right() => Filled.Values(
        ("schoolName", "楚雄市甲中学"), ("className", "九（3）班"), ("headTeacher", "阿依·古丽"), ("headTeacherPhone", "13900000001"),
        ("studentName", "𠮷䶮"), ("sex", "男"), ("studentPhone", "13900000002"),
        ("homeCounty", "楚雄市"), ("homeTownship", "甲镇"), ("homeVillage", "乙村"), ("homeHamlet", "三组"),
        ("rollNumber", "53230120170001"), ("residentId", "53230120110305997X"),
        ("guardianName", "李甲"), ("relation", "父子"), ("guardianPhone", "13900000003"),
        ("studentSigned", "true"), ("studentFingerprint", "true"), ("guardianSigned", "true"),
        ("guardianFingerprint", "true"), ("school", "楚雄机电学校"));

    [Fact]
    [Proves("cx2020/A3")]
    public void Every_group_and_label_of_the_annex_is_printed_in_its_order()
    {
        string[] labels =
        [
            "楚雄州义务教育职教班报名申请表", "所在学校", "初中学校名", "班级名", "班主任姓名", "联系电话", "申请人信息", "学生姓名", "性别", "联系电话", "家庭住址", "县（市）",
            "乡（镇）", "村（居）委会", "村（街）",
            "初中学籍号", "身份证号码", "法定监护人姓名", "与学生的关系", "父子", "父女", "母子", "母女", "其他", "联系电话", "申请人签字", "学生本人签字（手印）",
            "法定监护人签字（手印）",
            "申请事由", "我（我孩子）因学习困难，难以跟上学习进度，", "（可不填），自愿申请就读义务教育职教班。", "报名就读学校和专业", "报名就读：",
            "楚雄技师学院□", "楚雄机电学校□", "楚雄市职中□", "双柏县职中□", "牟定县职中□", "南华县职中□", "姚安县职中□", "大姚县职中□", "永仁县职中□", "元谋县职中□",
            "武定县职中□", "禄丰县职中□",
            "的义务教育职教班（选择一所职业学校在后面的“□”内打“√”），就读", "专业为", "（可不填）。", "初中学校审核意见", "同意□", "不同意□", "学校盖章", "年", "月", "日",
            "填表说明：",
        ];
        var (docx, errors) = Filled.Docx(Id, FormValues.None);
        Assert.Empty(errors);
        foreach (var paper in new[]
            { docx, Filled.Html(Id, FormValues.None).Replace("&quot;", "\"", StringComparison.Ordinal) })
        {
            var at = 0;
            foreach (var label in labels)
            {
                var found = paper.IndexOf(label, at, StringComparison.Ordinal);
                Assert.True(found >= 0, $"{label} is missing after {at}");
                at = found + label.Length;
            }
        }
    }

    [Fact]
    [Proves("cx2020/A3")]
    public void Boxes_are_11_for_a_phone_14_for_the_roll_number_and_18_for_the_id()
    {
        Assert.Equal((11, 14, 18), (Boxes("studentPhone"), Boxes("rollNumber"), Boxes("residentId")));
        Assert.Equal((3 * 11) + 14 + 18, Filled.Html(Id, FormValues.None).Split("<i>").Length - 1);
        static int Boxes(string field) => Filled.Form(Id).Fields.Single(f => f.Name == field).Boxes;
    }

    [Fact]
    public void A_filled_one_is_valid_and_keeps_rare_characters_in_every_format()
    {
        Assert.Empty(Filled.Check(Id, Right()));
        var (docx, errors) = Filled.Docx(Id, Right());
        Assert.Empty(errors);
        foreach (var paper in new[] { docx, Filled.Html(Id, Right()), Right()["studentName"] + "阿依·古丽" })
        {
            Assert.Contains("𠮷䶮", paper, StringComparison.Ordinal);
            Assert.Contains("阿依·古丽", paper, StringComparison.Ordinal);
        }

        Assert.Contains("楚雄机电学校☑", docx, StringComparison.Ordinal);
        Assert.Contains("父子√", docx, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string?, string> Faults => new()
    {
        { "未签字", "studentSigned", null, "「学生本人签字」：学生本人未签字，申请书无效" },
        { "学生未按手印", "studentFingerprint", "false", "「学生本人手印」：学生本人未按手印，申请书无效" },
        { "监护人未签字", "guardianSigned", null, "「法定监护人签字」：法定监护人未签字，申请书无效" },
        { "监护人未按手印", "guardianFingerprint", null, "「法定监护人手印」：法定监护人未按手印，申请书无效" },
        { "学籍号十三位", "rollNumber", "5323012017000", "「初中学籍号」：应为 14 位数字，现为 13 位" },
        { "身份证号十七位", "residentId", "5323012011030599X", "「身份证号码」：公民身份号码应为18位：前17位为数字，末位为数字或大写字母X" },
        { "没有选学校", "school", null, "「报名就读学校」：未选择" },
        { "选了两所", "school", "楚雄市职中、双柏县职中",
            "「报名就读学校」：应为其中一项：楚雄技师学院、楚雄机电学校、楚雄市职中、双柏县职中、牟定县职中、南华县职中、姚安县职中、大姚县职中、永仁县职中、元谋县职中、武定县职中、禄丰县职中" },
        { "性别与身份证不符", "sex", "女", "? 「性别」：与身份证号码第17位不一致，请核对|? 「与学生的关系」：与学生的性别不一致，请核对" },
        { "关系与性别不符", "relation", "母女", "? 「与学生的关系」：与学生的性别不一致，请核对" },
        { "关系为其他", "relation", "其他", "" },
        { "固定电话", "guardianPhone", "0878-3120000", "? 「法定监护人联系电话」：登记的是固定电话，原则上应填写11位手机号码" },
        { "没有电话，有原因", "guardianPhone", "无（随祖父母居住）", "" },
        { "没有电话，没有原因", "guardianPhone", "无", "「法定监护人联系电话」：没有电话的，“无”之后应注明原因" },
        { "校名没有县市", "schoolName", "甲中学", "? 「初中学校名」：应写县市名加学校名，请核对" },
        { "学校的全名", "school", "楚雄机械电子职业技术学校", "" },
        { "只有意见，没有章和日期", "opinion", "同意", "「学校盖章」：审核意见须加盖学校公章|「审核日期」：审核意见须写明日期" },
        { "只有章", "schoolSeal", "true", "「初中学校审核意见」：审核意见须写明同意或者不同意|「审核日期」：审核意见须写明日期" },
        { "专业不填", "major", null, "" },
    };

    [Theory, MemberData(nameof(Faults))]
    [Proves("cx2020/A3", "cx2020/4.1.3")]
    public void One_fault_is_one_finding(string what, string field, string? text, string expected)
    {
        Assert.NotEmpty(what);
        var values = Right();
        values[field] = text;
        Assert.Equal(expected, string.Join('|', Filled.Check(Id, values)));
    }

    [Fact]
    public void A_missing_signature_cites_the_annex_and_the_article()
    {
        var values = Right();
        values["guardianSigned"] = null;
        Assert.Equal(["cx2020/A3", "cx2020/4.1.3"], Filled.Form(Id).Check(values, Filled.Context).Single().Provisions);
    }

    [Fact]
    [Proves("cx2020/A3")]
    public void Twelve_schools_as_printed() =>
        Assert.Equal(12, Filled.Form(Id).Fields.Single(f => f.Name == "school").Choices.Count);
}
