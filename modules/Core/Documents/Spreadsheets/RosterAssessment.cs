using System.Globalization;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>What a roster's row came to: an assessment, or why there is none.</summary>
/// <param name="Row">The row as read.</param>
/// <param name="Assessment">Null for a bad row.</param>
/// <param name="Fault">What is wrong with a bad row, in Chinese, without its number.</param>
public readonly record struct AssessedRow(SpreadsheetRow Row, Assessment? Assessment, string? Fault);

/// <summary>Assesses a roster row by row under one programme, and says it in columns.</summary>
public sealed class RosterAssessment
{
    /// <summary>
    /// The columns that are added. The first four are the words of the API, so that a script may compare them; the last
    /// one says the same in Chinese. In a roster that already has them they are replaced: a roster is filled in and
    /// assessed again.
    /// </summary>
    public static IReadOnlyList<string> ResultColumns { get; } = ["结论", "缺少事实", "不满足", "条款", "情形", "说明"];

    private const string Situations = "情形"; // only a guide has them

    /// <summary>Columns that a roster of students has beside the facts: they pass through untouched.</summary>
    private static readonly HashSet<string> Personal =
    [
        "序号",
        "姓名",
        "学生姓名",
        "性别",
        "民族",
        "出生日期",
        "身份证号",
        "身份证号码",
        "学籍号",
        "初中学籍号",
        "全国学籍号",
        "学号",
        "联系电话",
        "家庭住址",
        "县市",
        "所属县市",
        "乡镇",
        "学校",
        "校名",
        "学校名称",
        "初中学校名",
        "原初中学校",
        "班级",
        "班级名",
        "所在班级",
        "班主任姓名",
        "法定监护人姓名",
        "与学生的关系",
        "备注",
    ];

    private readonly PolicyContext policy;
    private readonly IProgramme programme;
    private readonly FactReader reader;
    private readonly Facts facts;
    private readonly HashSet<string> kept;
    private readonly IReadOnlyList<string> asked;
    private readonly Dictionary<string, string> articles;
    private readonly Dictionary<string, int> titles; // normalised as headers are

    /// <summary>An assessment of rosters.</summary>
    /// <param name="policy">What is loaded and how it is read.</param>
    /// <param name="programme">The programme.</param>
    /// <param name="asOf">The day as of which, for rows that do not say.</param>
    /// <param name="kept">Further columns that pass through.</param>
    public RosterAssessment(PolicyContext policy, IProgramme programme, DateOnly asOf, params IEnumerable<string> kept)
    {
        (this.policy, this.programme, AsOf) = (policy, programme, asOf);
        Columns = [.. ResultColumns.Where(c => c != Situations || programme.Kind == ProgrammeKind.Guide)];
        asked = [.. kept.Select(SpreadsheetHeader.Normal)];
        this.kept = [.. Personal, .. ResultColumns, .. asked];
        reader = policy.ReaderOf(programme);
        facts = policy.NewFacts(programme);
        titles = programme
            .Schema.Fields.Select((f, i) => (f.Title, i))
            .ToDictionary(f => SpreadsheetHeader.Normal(f.Title), f => f.i);
        articles = policy.Provisions.ToDictionary(p => p.Id, p => p.Article, StringComparer.Ordinal);
    }

    /// <summary>The day as of which, for rows that do not say.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The columns of this programme's <see cref="Results"/>.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The Chinese titles of the facts that a roster has no column for: unknown in every row.</summary>
    public IEnumerable<string> FactsWithout(IReadOnlyList<string> headers) =>
        programme.Schema.Fields.Where((_, column) => !headers.Any(h => FactOf(h) == column)).Select(f => f.Title);

    /// <summary>The rows of a roster, assessed as they are read.</summary>
    /// <exception cref="SpreadsheetException">
    /// At once: a column is neither a fact nor one that passes through, a fact has two columns, or none has one.
    /// </exception>
    public IEnumerable<AssessedRow> Assess(Spreadsheet roster)
    {
        var strange = roster.Headers.Where(h => FactOf(h) < 0 && !kept.Contains(h)).ToList();
        if (strange.Count > 0)
            throw new SpreadsheetException(
                SpreadsheetFault.UnknownColumn,
                $"不认识的列：{string.Join("、", strange.Select(h => $"「{h}」"))}，不是“{programme.Title}”的事实。若要原样保留，请加 --keep {string.Join(' ', strange)}。"
            );
        if (roster.Headers.Count > 0 && asked.FirstOrDefault(k => !roster.Headers.Contains(k)) is { } absent)
            throw new SpreadsheetException(SpreadsheetFault.UnknownColumn, $"--keep 指明的列「{absent}」不在名册中。");
        var columns = roster.Headers.Select(FactOf).ToList();
        if (columns.Where(c => c >= 0).GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new SpreadsheetException(
                SpreadsheetFault.HeaderTwice,
                $"「{programme.Schema.Fields[twice.Key].Title}」有两列：{string.Join("、", roster.Headers.Where(h => FactOf(h) == twice.Key))}。"
            );
        if (columns.Count > 0 && columns.All(c => c < 0))
            throw new SpreadsheetException(
                SpreadsheetFault.NoHeader,
                $"没有一列是“{programme.Title}”的事实；至少要有其中一列：{string.Join("、", programme.Schema.Fields.Select(f => f.Title))}。"
            );
        return roster.Rows.Select(row => row.Fault is null ? Assess(row, columns) : new(row, null, row.Fault));
    }

    /// <summary>The cells of <see cref="Columns"/> for an assessment.</summary>
    public string[] Results(Assessment assessment) =>
        [
            assessment.Verdict.ToString(),
            string.Join(';', [.. programme.Schema.Names(assessment.Missing), .. NoticeOf(assessment.MissingNotice)]),
            string.Join(';', assessment.Findings.Where(f => f.Outcome == Outcome.Violated).Select(f => f.Rule.Id)),
            string.Join(';', Deciding(assessment).SelectMany(f => f.Rule.Provisions).Distinct()),
            .. programme.Kind == ProgrammeKind.Guide
                ? [string.Join(';', assessment.Situations.Select(s => s.Number))]
                : (string[])[],
            InChinese(assessment),
        ];

    /// <summary>A verdict in Chinese.</summary>
    public static string Title(Verdict verdict) => Words.For(verdict);

    /// <summary>The findings that the verdict rests on.</summary>
    private static IEnumerable<Finding> Deciding(Assessment assessment) =>
        assessment.Verdict switch
        {
            Verdict.Ineligible or Verdict.NotCovered => assessment.Findings.Where(f => f.Outcome == Outcome.Violated),
            Verdict.Undetermined => assessment.Findings.Where(f => f.Outcome == Outcome.Unknown),
            _ => assessment.Findings.Where(f => f.Outcome == Outcome.Satisfied),
        };

    private string InChinese(Assessment assessment) =>
        assessment.Verdict switch
        {
            Verdict.Eligible => Title(Verdict.Eligible),
            Verdict.Ineligible =>
                $"{Title(Verdict.Ineligible)}：{string.Join("；", Deciding(assessment).Select(f => $"{f.Rule.Message}（{string.Join("、", f.Rule.Provisions.Select(p => articles[p]))}）"))}",
            Verdict.Covered => string.Join(
                "；",
                assessment.Situations.Select(s => $"情形{s.Number} {s.Title}{(s.Leading ? "" : "（兼）")}")
            ),
            Verdict.NotCovered =>
                $"{Title(Verdict.NotCovered)}：{string.Join("；", assessment.Findings.Where(f => f.Outcome == Outcome.Violated && f.Rule.SituationNumber is null).Select(f => f.Rule.Message))}",
            _ =>
                $"{Title(Verdict.Undetermined)}{(assessment.PossibleSituations.Count == 0 ? "" : $"（可能是情形{string.Join("、", assessment.PossibleSituations.Select(s => s.Number))}）")}，尚缺："
                    + string.Join(
                        "、",
                        programme
                            .Schema.Fields.Where((_, i) => (assessment.Missing >> i & 1) != 0)
                            .Select(f => f.Title)
                            .Concat(NoticeOf(assessment.NoticeTitle))
                    ),
        };

    private static IEnumerable<string> NoticeOf(string? notice) => notice is null ? [] : [notice];

    private int FactOf(string header) =>
        programme.Schema.ColumnOf(header) is >= 0 and var column
            ? column
            : titles.GetValueOrDefault(SpreadsheetHeader.Normal(header), -1);

    private AssessedRow Assess(SpreadsheetRow row, List<int> columns)
    {
        facts.Clear();
        facts.AsOf = AsOf;
        if (row.AsOf is { } text)
        {
            if (
                !DateOnly.TryParseExact(
                    text,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var day
                )
            )
                return new(row, null, "「asOf」须为 yyyy-MM-dd 形式的日期。");
            facts.AsOf = day;
        }

        for (var i = 0; i < row.Cells.Count; i++)
        {
            if (Give(i < columns.Count ? columns[i] : NamedColumn(row.Cells[i].Name), row.Cells[i]) is { } fault)
                return new(row, null, fault);
        }

        if (reader.Impossible(facts) is { } impossible)
            return new(row, null, impossible.Message);
        try
        {
            return programme.Assess(facts, policy.Reading) is { } assessment
                ? new(row, assessment, null)
                : new(row, null, $"{facts.AsOf:yyyy-MM-dd} 没有施行中的规则。");
        }
        catch (HolidaysNotPublishedException unpublished)
        {
            return new(row, null, unpublished.Message);
        }
    }

    private string? Give(int column, SpreadsheetCell cell) =>
        column switch
        {
            -1 => null,
            -2 => $"不认识的事实「{cell.Name}」。",
            _ when facts.IsGiven(column) => $"「{programme.Schema.Fields[column].Title}」给出了两次。",
            _ => reader.ReadCell(column, cell.Text, facts),
        };

    /// <summary>The column of an NDJSON property; -1 passes through, -2 is unknown.</summary>
    private int NamedColumn(string name) =>
        FactOf(name) is >= 0 and var column ? column
        : kept.Contains(name) ? -1
        : -2;
}
