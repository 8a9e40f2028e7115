using System.Diagnostics;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel.Policy;
using EduAssist.Platform;

namespace EduAssist.Bench;

/// <summary>A roster from file to results, as <c>assess</c> does it.</summary>
/// <param name="Rows">How many.</param>
/// <param name="PerSecond">Rows a second.</param>
/// <param name="Megabytes">The most that the process held at any moment, and what it held before.</param>
internal sealed record RosterRun(int Rows, double PerSecond, (double Before, double Peak) Megabytes)
{
    internal static RosterRun Create(Instance instance, IProgramme programme, int rows)
    {
        var file = Path.GetTempFileName();
        try
        {
            Write(file, programme, rows);
            using var process = Process.GetCurrentProcess();
            var before = process.PeakWorkingSet64;
            var clock = Stopwatch.StartNew();
            var assessed = Assess(instance, programme, file);
            var seconds = clock.Elapsed.TotalSeconds;
            process.Refresh();
            return assessed == rows
                ? new(rows, rows / seconds, (before / 1e6, process.PeakWorkingSet64 / 1e6))
                : throw new InvalidOperationException($"{assessed} of {rows} rows were assessed.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static int Assess(Instance instance, IProgramme programme, string file)
    {
        var assessment = new RosterAssessment(instance, programme, instance.Today.Date);
        using var roster = SpreadsheetReader.Open(file, SpreadsheetFormat.Csv);
        using var results = SpreadsheetWriter.Create(
            Stream.Null,
            SpreadsheetFormat.Csv,
            [.. roster.Headers, .. assessment.Columns]
        );
        var assessed = 0;
        foreach (var row in assessment.Assess(roster))
        {
            results.Write([
                .. row.Row.Cells.Select(c => c.Text),
                .. assessment.Results(row.Assessment ?? throw new InvalidOperationException(row.Fault)),
            ]);
            assessed++;
        }

        return assessed;
    }

    /// <summary>Line by line, so that the roster is never in memory before it is read.</summary>
    private static void Write(string file, IProgramme programme, int rows)
    {
        using var text = new StreamWriter(file);
        text.WriteLine(string.Join(',', programme.Schema.Fields.Select(f => f.Title).Prepend("姓名")));
        foreach (var s in Student.Some(rows))
        {
            text.WriteLine(
                string.Join(
                    ',',
                    [
                        "学生",
                        $"{s.Grade}",
                        s.SchoolDivision,
                        .. (
                            (bool?[])
                                [
                                    s.StrugglesDespiteHelp,
                                    s.RepeatedDropout,
                                    s.LongTermDropout,
                                    s.PersuadedBack,
                                    s.WillingToLearnSkills,
                                    s.StudentConsents,
                                    s.GuardianConsents,
                                    s.HasVocationalRoll,
                                    s.HasOpenApplication,
                                ]
                        ).Select(YesNo),
                    ]
                )
            );
        }
    }

    private static string YesNo(bool? value) =>
        value switch
        {
            true => "是",
            false => "否",
            null => "",
        };
}
