using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using Spectre.Console;

namespace EduAssist.Host.Commands;

/// <summary><c>assess</c>: a verdict for every row of a roster.</summary>
internal sealed class AssessCommand : Command
{
    private const string Unfinished = ".part";

    public AssessCommand(Startup startup)
        : base(
            "assess",
            "逐行评估名册（CSV、XLSX、NDJSON），加上 结论 缺少事实 不满足 条款 说明 五列。例：assess national.vocational-completion roster.csv -o verdicts.csv"
        )
    {
        var programme = new Argument<string>("programme")
        {
            Description = "项目标识，如 national.vocational-completion",
        };
        var file = new Argument<FileInfo>("FILE") { Description = "名册；列名为事实的名称或中文标题" };
        var output = new Option<FileInfo?>("--output", "-o")
        {
            Description = "结果文件，格式按扩展名；省略则写到标准输出（CSV、NDJSON）",
        };
        var asOf = new Option<string?>("--as-of") { Description = "评估基准日 yyyy-MM-dd；省略为今天" };
        var keep = new Option<string[]>("--keep")
        {
            Description = "原样保留的其他列",
            AllowMultipleArgumentsPerToken = true,
        };
        foreach (var argument in (Argument[])[programme, file])
            Add(argument);
        foreach (var option in (Option[])[output, asOf, keep])
            Add(option);
        SetAction(parsed =>
        {
            var instance = startup.Compose();
            var id = parsed.GetRequiredValue(programme);
            var chosen = instance.Catalogue.Programme(id)
                ?? throw new OperatorException(
                    $"没有加载项目 {id}；已加载：{string.Join("、", instance.Catalogue.Programmes.Select(p => p.Id))}。"
                );
            var day =
                parsed.GetValue(asOf) is not { } text ? instance.Today.Date
                : DateOnly.TryParseExact(
                    text,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var given
                )
                    ? given
                : throw new OperatorException($"--as-of 须为 yyyy-MM-dd 形式的日期，不能是“{text}”。");
            if (!chosen.RuleSets.Any(s => s.IsInForce(day)))
                throw new OperatorException($"{chosen.Title}在 {day:yyyy-MM-dd} 没有施行中的规则集。");
            return Run(
                new(instance, chosen, day, parsed.GetValue(keep) ?? []),
                parsed.GetRequiredValue(file),
                parsed.GetValue(output)
            );
        });
    }

    private static int Run(RosterAssessment assessment, FileInfo file, FileInfo? target)
    {
        if (target is not null && string.Equals(target.FullName, file.FullName, StringComparison.OrdinalIgnoreCase))
            throw new OperatorException("结果文件不能就是名册文件：坏行不写入结果，会从名册中丢失。");
        using var roster = SpreadsheetReader.Open(file.FullName);
        if (target is null && roster.Format == SpreadsheetFormat.Xlsx)
            throw new OperatorException("XLSX 结果须用 -o 指定文件。");
        var format = target is null ? roster.Format : SpreadsheetFormats.FromFileName(target.Name);
        if (roster.Headers.Count == 0 && format != SpreadsheetFormat.Ndjson)
            throw new OperatorException("NDJSON 名册各行的列可以不同，结果也须写成 NDJSON。");
        var rows = assessment.Assess(roster);
        var absent = roster.Headers.Count == 0 ? [] : assessment.FactsWithout(roster.Headers).ToList();
        if (absent.Count > 0)
            Console.Error.WriteLine($"名册没有这些列，按未知处理：{string.Join("、", absent)}");

        var counts = new Dictionary<Verdict, int>();
        var bad = 0;
        var clock = Stopwatch.StartNew();
        using (
            var stream = target is null
                ? Console.OpenStandardOutput()
                : ConsoleOutput.Create(target.FullName + Unfinished, ownersAlone: true)
        )
        using (var results = new ResultWriter(stream, format, roster.Headers, assessment.Columns))
        {
            WithProgress(rows, row =>
            {
                if (row.Assessment is { } made)
                {
                    results.Write(row.Row, assessment.Results(made));
                    counts[made.Verdict] = counts.GetValueOrDefault(made.Verdict) + 1;
                }
                else
                {
                    bad++;
                    var sheet = row.Row.Sheet is { } name ? $"工作表「{name}」" : "";
                    Console.Error.WriteLine($"{sheet}第 {row.Row.Number} 行：{row.Fault}");
                }
            });
        }

        if (target is not null)
            // renamed when it is complete: the file is whole or not there, and the roster that is being read is never
            // overwritten
            File.Move(target.FullName + Unfinished, target.FullName, overwrite: true);
        if (roster.UnreadSheets.Count > 0)
            Console.Error.WriteLine($"列名不同或隐藏的工作表没有读：{string.Join("、", roster.UnreadSheets)}");
        var total = counts.Values.Sum() + bad;
        Console.Error.WriteLine(
            $"共 {total} 行，{clock.Elapsed.TotalSeconds:0.0} 秒，每秒 {total / clock.Elapsed.TotalSeconds:0} 行："
                + string.Join(
                    "，",
                    counts
                        .OrderBy(c => c.Key)
                        .Select(c => $"{RosterAssessment.Title(c.Key)} {c.Value}")
                        .Append($"坏行 {bad}")
                )
        );
        return bad == 0 && roster.UnreadSheets.Count == 0 ? 0 : 3;
    }

    /// <summary>On a terminal, shows how far it has come.</summary>
    private static void WithProgress(IEnumerable<AssessedRow> rows, Action<AssessedRow> write)
    {
        if (Console.IsErrorRedirected)
        {
            foreach (var row in rows)
                write(row);
            return;
        }

        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        console
            .Status()
            .Start("评估中…", status =>
            {
                var done = 0;
                foreach (var row in rows)
                {
                    write(row);
                    if (++done % 1000 == 0)
                        status.Status($"评估中… 已 {done} 行");
                }
            });
    }

    /// <summary>The roster's own columns, then the results; results that it had before are replaced.</summary>
    private sealed class ResultWriter : IDisposable
    {
        private readonly SpreadsheetWriter writer;
        private readonly List<int> kept;
        private readonly IReadOnlyList<string> added;
        private readonly bool positional;

        internal ResultWriter(
            Stream stream,
            SpreadsheetFormat format,
            IReadOnlyList<string> headers,
            IReadOnlyList<string> added
        )
        {
            (this.added, positional) = (added, headers.Count > 0);
            kept =
            [
                .. Enumerable.Range(0, headers.Count).Where(i => !RosterAssessment.ResultColumns.Contains(headers[i])),
            ];
            writer = SpreadsheetWriter.Create(stream, format, [.. kept.Select(i => headers[i]), .. added]);
        }

        internal void Write(SpreadsheetRow row, string[] results)
        {
            if (positional)
                writer.Write([.. kept.Select(i => row.Cells[i].Text), .. results]);
            else
            {
                writer.WriteCells([
                    .. row.Cells.Where(c => !RosterAssessment.ResultColumns.Contains(c.Name)),
                    .. added.Zip(results, (name, text) => new SpreadsheetCell(name, text, SpreadsheetCellKind.Text)),
                ]);
            }
        }

        public void Dispose() => writer.Dispose();
    }
}
