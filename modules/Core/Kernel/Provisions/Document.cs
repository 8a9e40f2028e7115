using System.ComponentModel.DataAnnotations;

namespace EduAssist.Kernel.Provisions;

/// <summary>
/// A policy document 政策文件, article by article. Its provisions say in our own words what the articles require; the
/// article number lets a reader find the text.
/// </summary>
/// <param name="Id">Short, stable, lower case: <c>cx2020</c>. Provision ids begin with it.</param>
/// <param name="Title">As printed, in Chinese.</param>
/// <param name="EffectiveFrom">The first day on which it is in force.</param>
public sealed record Document(string Id, string Title, DateOnly EffectiveFrom)
{
    /// <summary>The last day on which it is in force; null: still.</summary>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>文号, as printed; null when the document bears none.</summary>
    public string? Number { get; init; }

    /// <summary>
    /// Why <see cref="EffectiveFrom"/> is what it is, where the document does not print it. In Chinese.
    /// </summary>
    public string? DateNote { get; init; }

    /// <summary>A draft for comment binds nobody; everything that rests on it says so.</summary>
    public ProvisionStatus Status { get; init; } = ProvisionStatus.InForce;

    /// <summary>Every article that a reader would look for, in the order of the document.</summary>
    public required IReadOnlyList<Provision> Provisions { get; init; }

    /// <summary>Where the document contradicts itself or misprints: shown, never corrected in silence.</summary>
    public IReadOnlyList<Anomaly> Anomalies { get; init; } = [];

    /// <summary>Whether the document binds on a day.</summary>
    public bool IsInForce(DateOnly on) => on >= EffectiveFrom && !(on > EffectiveUntil);
}

/// <summary>One numbered duty, right, limit or deadline of a document (条款).</summary>
/// <param name="Id">
/// <c>document/article</c>: <c>cx2020/4.2.2</c>. The same text in rules, answers, tests and READMEs, so that one search
/// finds all.
/// </param>
/// <param name="Article">As printed: 四（二）2.</param>
/// <param name="Kinds">What it becomes in the program.</param>
/// <param name="Gist">One Chinese sentence in our own words.</param>
public sealed record Provision(string Id, string Article, ProvisionKinds Kinds, string Gist)
{
    /// <summary>Its first day in force, where that is not its document's.</summary>
    public DateOnly? EffectiveFrom { get; init; }

    /// <summary>Its last day in force, where that is not its document's.</summary>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>
    /// What is still to be built before the program carries it out, in Chinese; null when nothing is. A provision that
    /// something cites and that still awaits is cited in part.
    /// </summary>
    public string? Awaits { get; init; }

    /// <summary>A principle that no program can check.</summary>
    public bool IsNarrative => Kinds == ProvisionKinds.Narrative;
}

/// <summary>What a provision becomes in the program; it may become several things.</summary>
[Flags]
public enum ProvisionKinds
{
    /// <summary>原则: a principle that no program can check.</summary>
    [Display(Name = "原则")] Narrative = 0,

    /// <summary>规则: true, false or unknown of a subject.</summary>
    [Display(Name = "规则")] Rule = 1,

    /// <summary>时段: days in which something is allowed.</summary>
    [Display(Name = "时段")] Window = 2,

    /// <summary>职责: something that somebody owes, by a date where one is printed.</summary>
    [Display(Name = "职责")] Duty = 4,

    /// <summary>计划数: a number that may not be exceeded.</summary>
    [Display(Name = "计划数")] Quota = 8,

    /// <summary>指标: a computed ratio, with a target where one is printed.</summary>
    [Display(Name = "指标")] Indicator = 16,

    /// <summary>表单: a form or a list with a printed layout.</summary>
    [Display(Name = "表单")] Form = 32,

    /// <summary>措施: what is to be done for a case.</summary>
    [Display(Name = "措施")] Measure = 64,

    /// <summary>效果: what a decision does to records, rolls, money.</summary>
    [Display(Name = "效果")] Effect = 128,

    /// <summary>记录: something that the system must be able to hold and list.</summary>
    [Display(Name = "记录")] Record = 256,

    /// <summary>下限: a number that is to be reached at least.</summary>
    [Display(Name = "下限")] Floor = 512,
}

/// <summary>Whether a text binds.</summary>
public enum ProvisionStatus
{
    /// <summary>施行.</summary>
    [Display(Name = "施行")] InForce,

    /// <summary>征求意见稿: published for comment.</summary>
    [Display(Name = "征求意见稿")] Draft,
}

/// <summary>A place where a document contradicts itself, or prints what cannot be meant (文本出入).</summary>
/// <param name="Id">Stable: <c>cx2020-a1</c>.</param>
/// <param name="Provisions">Where.</param>
/// <param name="Text">What is printed there, and what the program does with it. In Chinese.</param>
public sealed record Anomaly(string Id, IReadOnlyList<string> Provisions, string Text);
