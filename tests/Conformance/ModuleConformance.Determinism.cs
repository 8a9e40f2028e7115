using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace EduAssist.Conformance;

/// <content>The same question has the same answer.</content>
public abstract partial class ModuleConformance<TModule>
{
    private const int Asked = 500;

    /// <summary>Twice what the slowest module takes on a slow machine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Where another process is to write its answers: the test, run by <see cref="Answers"/>'s other half.
    /// </summary>
    private const string AnswersFile = "EDUASSIST_TEST_ANSWERS";

    /// <summary>
    /// Rules, windows, duties and guards are asked twice, the second time in the reverse order, and by another process,
    /// whose hash codes of texts are others. Guards are asked of every case of the demo.
    /// </summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public async Task The_same_question_has_the_same_answer()
    {
        using var demo = Module.Workflows.Count > 0 ? await DemoOf(DemoDays[1]) : null;
        var first = await Answers(demo, reverse: false);
        Assert.NotEmpty(first);
        if (Environment.GetEnvironmentVariable(AnswersFile) is { } file)
        {
            await File.WriteAllLinesAsync(file, first.Order(StringComparer.Ordinal));
            return;
        }

        var second = await Answers(demo, reverse: true);
        Approved.Nothing([.. Differing(first, second, "asked again in another order")]);
        Approved.Nothing([
            .. Differing(
                first,
                await ByAnotherProcess(),
                "asked by another process, whose hash codes of texts are others"
            ),
        ]);
    }

    private static IEnumerable<string> Differing(
        IReadOnlyList<string> first,
        IReadOnlyList<string> second,
        string how
    ) =>
        Surplus(first, second)
            .Concat(Surplus(second, first))
            .Select(line => line[..line.IndexOf('\t', StringComparison.Ordinal)])
            .Distinct()
            .Select(what =>
                $"{what} answers otherwise when {how}: a rule asks nothing but its subject — no Random, no hash code, no state of its own."
            );

    private static IEnumerable<string> Surplus(IReadOnlyList<string> of, IReadOnlyList<string> over)
    {
        var counts = over.CountBy(line => line, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return of.CountBy(line => line, StringComparer.Ordinal)
            .Where(line => line.Value > counts.GetValueOrDefault(line.Key))
            .Select(line => line.Key);
    }

    /// <summary>Every answer as a line: what was asked, a tab, question and answer.</summary>
    private async Task<IReadOnlyList<string>> Answers(Stored? demo, bool reverse)
    {
        List<string> lines = [];
        foreach (var sample in Samples().ToList())
        {
            var cases = Enumerable
                .Range(0, Asked)
                .Select(i => sample.Draw(sample.Rough, unknown: i % 4 * 0.1))
                .ToList();
            if (reverse)
                cases.Reverse();
            foreach (var values in cases)
            {
                var assessment = sample.Assess(values);
                lines.AddRange(
                    assessment.Findings.Select(f =>
                        $"criterion {sample.Programme.Id}/{f.Rule.Id}\t{string.Join(',', values)} {f.Outcome} {f.Missing:x}"
                    )
                );
                lines.Add(
                    $"programme {sample.Programme.Id}\t{string.Join(',', values)} {assessment.Verdict} {assessment.Missing:x}"
                );
            }
        }

        foreach (var year in reverse ? Instance.Calendar.Years.Reverse() : Instance.Calendar.Years)
        {
            lines.AddRange(
                Module
                    .Windows(year, Instance.Calendar, Instance.Reading)
                    .Select(w => $"window {w.Id}\t{year} {w.First} {w.Last} {string.Join(',', w.Closed)}")
            );
            lines.AddRange(
                Instance.CalendarOf(Module, year).Duties.Select(d => $"duty {d.Duty.Id}\t{year} {d.Period} {d.Due}")
            );
        }

        if (demo is not null)
            lines.AddRange(await Guards(demo, reverse));
        return lines;
    }

    /// <summary>
    /// What every case of the demo may do, and why not. Cases are told apart by what was entered: ids differ from demo
    /// to demo.
    /// </summary>
    private static async Task<IReadOnlyList<string>> Guards(Stored stored, bool reverse)
    {
        List<string> lines = [];
        foreach (var workflow in Module.Workflows)
        {
            await using var db = stored.Read();
            var ids = await db.Set<Case>()
                .Where(c => c.Workflow == workflow.Id)
                .OrderBy(c => c.Id)
                .Select(c => c.Id)
                .ToListAsync();
            if (reverse)
                ids.Reverse();
            foreach (var id in ids)
            {
                var view = await stored.Commands.QueryAsync(Actor.Local, work => workflow.ViewAsync(work, id));
                lines.AddRange(
                    view!.Actions.Select(action =>
                        $"a guard of {workflow.Id}/{action.Action}\t{FormJson.Text(workflow.Form, view.Form.Values)} {JsonSerializer.Serialize(action)}"
                    )
                );
            }
        }

        return lines;
    }

    /// <summary>The test that is running, run once more by a process of its own.</summary>
    private static async Task<IReadOnlyList<string>> ByAnotherProcess()
    {
        var test = TestContext.Current.TestMethod!;
        var file = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = new(
                "dotnet",
                [
                    Assembly.GetEntryAssembly()!.Location,
                    "-method",
                    $"{test.TestClass.TestClassName}.{test.MethodName}",
                    "-noLogo",
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment[AnswersFile] = file;
            var said = await EndOf(start, Longest);
            var lines = await File.ReadAllLinesAsync(file);
            Assert.True(lines.Length > 0, $"The other process wrote no answers.\n{said}");
            return lines;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// What a process says until it ends; one that does not end in time is ended, and fails the test.
    /// </summary>
    internal static async Task<string> EndOf(ProcessStartInfo start, TimeSpan longest)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var over = new CancellationTokenSource(longest);
        var isOver = false;
        try
        {
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            isOver = true;
            process.Kill(entireProcessTree: true);
        }

        var said = $"{await output}\n{await errors}";
        Assert.False(
            isOver,
            $"The other process did not end within {longest}, and was ended: look for what it waits for.\n{said}"
        );
        return said;
    }
}
