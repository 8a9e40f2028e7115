namespace EduAssist.Chuxiong;

/// <summary>四（二）5：学校申明秋季中职学籍注册已经完成。</summary>
internal sealed class CompletionPaper(FormBinder form)
{
    public Fact<int> School { get; } = form.OneOf("职业学校", PrintedSchools.All);
    public Fact<int> Year { get; } = form.Number("年度", 2020, 2099);
    public Fact<DateOnly> Date { get; } = form.Date("完成日期");
}

/// <summary>四（二）5：注册完成申明。</summary>
internal sealed class CompletionForm()
    : Form<CompletionPaper>("chuxiong.registration-completion", "秋季中职学籍注册完成申明", ["cx2020/4.2.5"], form => new(form))
{
    public override IReadOnlyList<string> Interpretations => ["cx-i4"];

    public override FormLayout Layout { get; } = new(new FormSection("申明",
        [[new("职业学校", 6, "{school}"), new("年度", 3, "{year}"), new("完成日期", 3, "{date}") { LabelSpan = 1 }]]))
    {
        Notes = ["本校当年的巩固期到完成之日为止，巩固率从此不再是暂计。"],
    };
}
