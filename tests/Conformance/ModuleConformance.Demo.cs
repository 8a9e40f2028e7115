using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Enrolment;
using EduAssist.Office.ListImports;
using EduAssist.Platform;
using Xunit;

namespace EduAssist.Conformance;

/// <content>The demo, and the lists that go out of it and come back.</content>
public abstract partial class ModuleConformance<TModule>
{
    /// <summary>Early, in the middle and late in the last published year.</summary>
    private static IReadOnlyList<DateOnly> DemoDays =>
        Instance.Calendar.Years.Max() is var year ? [new(year, 2, 10), new(year, 6, 15), new(year, 11, 30)] : [];

    /// <summary>Whatever the day is, the demo can be filled: none of its steps is refused.</summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public async Task The_demo_is_filled_on_three_days()
    {
        _ = Module;
        List<string> refused = [];
        foreach (var day in DemoDays)
        {
            try
            {
                (await DemoOf(day)).Dispose();
            }
            catch (OperatorException e)
            {
                refused.Add(e.Message);
            }
        }

        Approved.Nothing(refused);
    }

    /// <summary>
    /// Late in the year, when lists are filled: one that went out, came in and goes out again says nothing new. Every
    /// row is unchanged, but for those that the first time had an error, too: what the record itself still lacks.
    /// </summary>
    [Fact(SkipExceptions = [typeof(DoesNotStartException)])]
    public async Task A_list_that_goes_out_comes_back_unchanged()
    {
        using var demo = await DemoOf(DemoDays[^1]);
        List<string> problems = [];
        foreach (var intake in Own.Length == 0 ? CoreListImports.All : Module.ListImports)
        {
            List<(int Rows, int Unchanged, string? Problem)> came = [];
            foreach (var filter in Filters(intake))
                came.Add(await Returned(demo, intake, filter));
            problems.AddRange(came.Select(c => c.Problem).OfType<string>());
            if (came.Sum(c => c.Rows) > 0 && came.TrueForAll(c => c.Problem is null && c.Unchanged == 0))
                problems.Add(
                    $"{intake.Form.Id} takes none of the {came.Sum(c => c.Rows)} rows that it gave out for unchanged: know a row again by what identifies it, and take in what you give out."
                );
        }

        Approved.Nothing(problems);
    }

    /// <summary>The demo of a day. What ends it early is told in one line.</summary>
    private static async Task<Stored> DemoOf(DateOnly day)
    {
        var stored = new Stored(DatabaseKind.Sqlite, day, null, Own);
        try
        {
            await stored.Commands.PrepareDatabaseAsync(demo: true);
            return stored;
        }
        catch (Exception e)
        {
            stored.Dispose();
            var why = e.GetBaseException().Message.ReplaceLineEndings(" ").Trim();
            throw new OperatorException(
                $"The demo of {typeof(TModule).Name} on {day:yyyy-MM-dd} is refused: {why} Take only steps that the workflow allows on that day."
            );
        }
    }

    /// <summary>Whatever the head of a list says of it: a list of each school, of each year.</summary>
    private static IEnumerable<FormValues> Filters(IListImport intake) =>
        intake.Form.Fields.FirstOrDefault(f =>
            f.Choices.Count > 0 && intake.Filters.Any(filter => filter.Name == f.Name)
        )
            is { } head
            ? head.Choices.Select(c => new FormValues { [head.Name] = c.Name })
            : [FormValues.None];

    private static async Task<(int Rows, int Unchanged, string? Problem)> Returned(
        Stored demo,
        IListImport intake,
        FormValues filter
    )
    {
        var of =
            $"{intake.Form.Id} {string.Join(' ', intake.Filters.Select(f => filter[f.Name]).OfType<string>())}".TrimEnd();
        if (await Out() is not { } given)
            return (
                0,
                0,
                $"{of} cannot be taken out by somebody who may do anything: let By name who may, and for personal columns somebody who sees them in full."
            );
        if (given.Rows(intake.Form.List!.Name).Count == 0)
            return default;
        var first = await In(given, ImportMode.ValidRows);
        var again = await In((await Out())!, ImportMode.Preview);
        var (rows, unchanged) = (again.Rows, again.Unchanged);
        var isSame = again is { New: 0, Changed: 0 } && again.Errors <= first.Errors;
        return (
            rows,
            unchanged,
            isSame
                ? null
                : $"{of} goes out with {rows} rows and comes back with {unchanged} unchanged, {again.New} new, "
                    + $"{again.Changed} changed, {again.Errors} errors{First(again)}: "
                    + "know a row again by what identifies it, and take in what you give out."
        );

        Task<FormValues?> Out() => intake.ExportAsync(demo.Commands, Actor.Local, filter);

        async Task<ImportOutcome> In(FormValues list, ImportMode mode)
        {
            using var file = new MemoryStream();
            FormList.Write(intake.Form, list, file, SpreadsheetFormat.Xlsx);
            file.Position = 0;
            var read = FormList.Read(
                intake.Form,
                file,
                SpreadsheetFormat.Xlsx,
                new(demo.Instance.Divisions, demo.Instance.Today.Date)
            );
            var result = await intake.ImportAsync(demo.Commands, new(Actor.Local), read, mode);
            return result.Answer<ImportOutcome>() ?? throw new InvalidOperationException(result.Text);
        }
    }

    private static string First(ImportOutcome told) => told.Findings.Count > 0 ? $" ({told.Findings[0].Text})" : "";
}
