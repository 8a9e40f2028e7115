using EduAssist.Core.Rosters;

namespace EduAssist.Guizhou;

/// <summary>The module as an instance loads it, and tables of cases as an instance reads them.</summary>
internal static class Loaded
{
    internal static Instance Instance { get; } = Instance.Compose([new GuizhouModule()], _ => null, new NoticeFolder("").Table(), TimeProvider.System);

    internal static LoadedModule Module => Instance.Catalogue.Module("guizhou")!;

    /// <summary>The rows of a table beside the tests.</summary>
    internal static IReadOnlyList<RosterRow> Table(string file)
    {
        using var roster = RosterReader.Open(Path.Combine(AppContext.BaseDirectory, file));
        return [.. roster.Rows];
    }

    /// <summary>Assesses a row whose columns are facts by name; other columns say what is expected.</summary>
    internal static Assessment Assess(string programme, RosterRow row, DateOnly asOf, Reading reading)
    {
        var found = Instance.Catalogue.Programme(programme)!;
        var facts = Instance.NewFacts(found);
        facts.AsOf = asOf;
        foreach (var cell in row.Cells)
        {
            if (found.Schema.ColumnOf(cell.Name) is >= 0 and var column) Assert.Null(Instance.ReaderOf(found).ReadCell(column, cell.Text, facts));
        }

        return found.Assess(facts, reading)!;
    }

    /// <summary>The numbers of the situations that fit, the leading one first.</summary>
    internal static string Fitting(Assessment assessment) => string.Join(' ', assessment.Situations.Select(s => s.Number));

    /// <summary>The numbers of those that may still fit.</summary>
    internal static string Possible(Assessment assessment) => string.Join(' ', assessment.PossibleSituations.Select(s => s.Number));

    internal static string Missing(Assessment assessment) => string.Join(' ', assessment.Programme.Schema.Names(assessment.Missing));

    internal static string Violated(Assessment assessment) => string.Join(' ', assessment.Findings.Where(f => f.Outcome == Outcome.Violated).Select(f => f.Rule.Id));
}
