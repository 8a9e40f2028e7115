namespace EduAssist.TrialClass;

/// <summary>三十二处前后不一致，都列给举办者看。</summary>
public class ContradictionsTests
{
    private static IReadOnlyList<Anomaly> All => [.. Loaded.Module.Documents.SelectMany(d => d.Anomalies)];

    [Fact]
    public void All_thirty_two_are_listed_once()
    {
        Assert.Equal(32, All.Count);
        Assert.Equal(Enumerable.Range(1, 32).Select(n => $"tc-a{n}").Order(StringComparer.Ordinal),
            All.Select(a => a.Id).Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// Row by row of the table of contradictions that was made from the kit (C01 to C32): where both sides are printed,
    /// and the words of each.
    /// </summary>
    [Theory]
    [InlineData("tc-a1", "tc/letter-parent tc/letter-student tc/guardian/1.2 tc/school/1.2", "家长协议为半封闭", "学校间协议为全封闭")]
    [InlineData("tc-a2", "tc/letter-student tc/guardian/1.3 tc/school/1.3", "学校间协议为 2 个", "家长协议为 2 至 4 个")]
    [InlineData("tc-a3", "tc/guardian/1.2 tc/school/1.2 tc/prices tc/flow/4", "只列床上、洗漱用品", "还列住宿和保险")]
    [InlineData("tc-a4", "tc/guardian/2.4 tc/school/2.4 tc/prices tc/flow/4", "由职业学校购买", "家长自费")]
    [InlineData("tc-a5", "tc/guardian/1.2 tc/school/1.2 tc/flow/4", "学费全免", "仍要付 680 元")]
    [InlineData("tc-a6", "tc/letter-parent tc/partners tc/guardian/5.5", "一家集团立项", "两所职业学校")]
    [InlineData("tc-a7", "tc/letter-parent tc/guardian/5.5 tc/school/5", "家长协议", "学校间协议")]
    [InlineData("tc-a8", "tc/letter-parent tc/guardian/5.5 tc/school/5", "不带省名", "学校间协议带省名")]
    [InlineData("tc-a9", "tc/partners", "有限公司", "中心")]
    [InlineData("tc-a10", "tc/partners tc/guardian/5.5 tc/school/5", "四所职业学校", "昆明的两所")]
    [InlineData("tc-a11", "tc/letter-school tc/guardian/5.2 tc/school/1.3", "1 个月", "原则上一个月")]
    [InlineData("tc-a12", "tc/guardian/5.2 tc/guardian/5.5 tc/school/4", "由职业学校送回", "由家长接回")]
    [InlineData("tc-a13", "tc/guardian/4 tc/school/4", "照字面可读成家长", "由职业学校承担")]
    [InlineData("tc-a14", "tc/letter-school tc/letter-parent", "在读而成绩或品行欠佳", "第二、七、九、十三条")]
    [InlineData("tc-a15", "tc/letter-school tc/guardian/1.3 tc/school/1.3 tc/timetable", "进度与初中一致", "只有语文四节、数学四节、英语二节")]
    [InlineData("tc-a16", "tc/guardian/1.3 tc/school/1.3 tc/timetable", "室外训练课四节", "两份协议都没有列出")]
    [InlineData("tc-a17", "tc/timetable", "100 分钟", "105 分钟")]
    [InlineData("tc-a18", "tc/timetable", "14:00 至 14:20", "没有晚餐")]
    [InlineData("tc-a19", "tc/timetable", "6:30 至 7:50", "没有早餐")]
    [InlineData("tc-a20", "tc/cover tc/letter-school tc/guardian/5.5", "国务院的方案", "贵州省的通知")]
    [InlineData("tc-a21", "tc/cover tc/school/5", "贵州省的文件", "云南昆明")]
    [InlineData("tc-a22", "tc/letter-school tc/letter-parent", "国发〔2019〕4号", "三种样子")]
    [InlineData("tc-a23", "tc/cover tc/guardian/5.5", "完整标题", "缺后半")]
    [InlineData("tc-a24", "tc/letter-school", "通知第 5 条", "缺一日期")]
    [InlineData("tc-a25", "tc/letter-school", "以户籍地为主", "由学籍地先行劝返")]
    [InlineData("tc-a26", "tc/letter-school", "缺课三天", "没有天数")]
    [InlineData("tc-a27", "tc/letter-school", "五个工作日", "第一时间")]
    [InlineData("tc-a28", "tc/partners tc/majors", "二十多个", "共 33 行，护理重复，实为 32 个名称")]
    [InlineData("tc-a29", "tc/guardian/5.6 tc/school/5", "学校间协议一式四份", "家长协议一式两份")]
    [InlineData("tc-a30", "tc/letter-school tc/letter-parent", "带贬义的称呼", "任何字段都不以")]
    [InlineData("tc-a31", "dt/1 dt/2.1a dt/2.1b dt/2.1c dt/2.2a dt/2.2b dt/2.2c dt/2.3a dt/2.3b", "印在方括号内", "[X]%")]
    [InlineData("tc-a32", "tc/letter-school", "不再列为辍学", "回到某种就读形式")]
    public void Each_says_both_sides_at_the_places_that_print_them(
        string anomaly, string places, string one, string other)
    {
        var told = All.Single(a => a.Id == anomaly);
        Assert.Empty(places.Split(' ').Except(told.Provisions));
        Assert.Contains(one, told.Text, StringComparison.Ordinal);
        Assert.Contains(other, told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_contradiction_is_compared() => Assert.Equal(
        All.Select(a => a.Id).Order(StringComparer.Ordinal),
        typeof(ContradictionsTests).GetMethod(nameof(Each_says_both_sides_at_the_places_that_print_them))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>()
            .Select(row => (string)row.Data[0]!).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_stands_at_provisions_of_the_document_that_lists_it()
    {
        Assert.All(Loaded.Module.Documents,
            d => Assert.All(d.Anomalies,
                a => Assert.All(a.Provisions, p => Assert.StartsWith(d.Id + "/", p, StringComparison.Ordinal))));
        Assert.All(All, a => Assert.NotEmpty(a.Provisions));
        Assert.All(All, a => Assert.EndsWith("。", a.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_rule_on_letters_between_places_is_within_the_province_and_says_that_it_was_mended() =>
        Assert.All(["更正", "省内", "跨省"],
            word => Assert.Contains(word, All.Single(a => a.Id == "tc-a21").Text, StringComparison.Ordinal));

    [Theory]
    [InlineData("tc-a1", "tc-i2")]
    [InlineData("tc-a2", "tc-i1")]
    [InlineData("tc-a11", "tc-i3")]
    [InlineData("tc-a13", "tc-i4")]
    public void Where_a_reading_is_taken_it_is_named(string anomaly, string interpretation)
    {
        Assert.Contains(interpretation, All.Single(a => a.Id == anomaly).Text, StringComparison.Ordinal);
        Assert.Contains(Loaded.Module.Interpretations, i => i.Id == interpretation);
    }

    [Fact]
    public void The_module_belongs_to_no_region() => Assert.Null(Loaded.Module.Module.Jurisdiction);

    [Fact]
    public void No_reference_data_has_an_error() =>
        Assert.All(Loaded.Module.ReferenceData,
            d => Assert.DoesNotContain(d.Check(InterpretationProfile.AsTaken), r => r.Level == RemarkLevel.Error));
}
