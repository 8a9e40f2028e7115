using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Platform;
using Xunit;

namespace EduAssist.Conformance;

/// <summary>A module as an instance loads it, and tables of cases as an instance reads them.</summary>
/// <typeparam name="TModule">The module.</typeparam>
public static class Loaded<TModule>
    where TModule : PolicyModule, new()
{
    /// <summary>An instance of the national baseline and the module.</summary>
    public static Instance Instance { get; } =
        Instance.Compose(Baseline.With(new TModule()), _ => null, new HolidayFolder("").Table(), TimeProvider.System);

    /// <summary>The module.</summary>
    public static LoadedModule Module => Instance.Catalogue.Modules.Single(m => m.Module is TModule);

    /// <summary>The rows of a table beside the tests.</summary>
    public static IReadOnlyList<SpreadsheetRow> Table(string file)
    {
        using var roster = SpreadsheetReader.Open(Path.Combine(AppContext.BaseDirectory, file));
        return [.. roster.Rows];
    }

    /// <summary>Assesses a row whose columns are facts by name; other columns say what is expected.</summary>
    public static Assessment Assess(string programme, SpreadsheetRow row, DateOnly asOf, InterpretationProfile reading)
    {
        var found = Instance.Catalogue.Programme(programme)!;
        var facts = Instance.NewFacts(found);
        facts.AsOf = asOf;
        foreach (var cell in row.Cells)
        {
            if (found.Schema.ColumnOf(cell.Name) is >= 0 and var column)
                Assert.Null(Instance.ReaderOf(found).ReadCell(column, cell.Text, facts));
        }

        return found.Assess(facts, reading)!;
    }

    /// <summary>The facts that could still change the verdict.</summary>
    public static string Missing(Assessment assessment) =>
        string.Join(' ', assessment.Programme.Schema.Names(assessment.Missing));

    /// <summary>The rules that are not met.</summary>
    public static string Violated(Assessment assessment) =>
        string.Join(' ', assessment.Findings.Where(f => f.Outcome == Outcome.Violated).Select(f => f.Rule.Id));

    /// <summary>The numbers of the situations that fit, the leading one first.</summary>
    public static string Fitting(Assessment assessment) =>
        string.Join(' ', assessment.Situations.Select(s => s.Number));

    /// <summary>The numbers of those that may still fit.</summary>
    public static string Possible(Assessment assessment) =>
        string.Join(' ', assessment.PossibleSituations.Select(s => s.Number));
}
