using System.Globalization;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Liaoning;

/// <summary>
/// The module as an instance loads it, and facts as a line: <c>role=School meetings=1</c>; what is not named is
/// unknown.
/// </summary>
internal static class Loaded
{
    internal static Instance Instance => Loaded<LiaoningModule>.Instance;

    internal static LoadedModule Module => Loaded<LiaoningModule>.Module;

    /// <summary>The rows of a table beside the tests.</summary>
    internal static IReadOnlyList<SpreadsheetRow> Table(string file) => Loaded<LiaoningModule>.Table(file);

    internal static Assessment Assess(string programme, string facts, InterpretationProfile? reading = null)
    {
        var found = Instance.Catalogue.Programme(programme)!;
        var row = Instance.NewFacts(found);
        row.AsOf = new(2024, 3, 1);
        foreach (var fact in facts.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (fact[..fact.IndexOf('=', StringComparison.Ordinal)],
                fact[(fact.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            Assert.InRange(found.Schema.ColumnOf(name), 0, Truth.MostFacts);
            Assert.Null(Instance.ReaderOf(found).ReadCell(found.Schema.ColumnOf(name), value, row));
        }

        return found.Assess(row, reading ?? InterpretationProfile.AsTaken)!;
    }

    /// <summary>satisfied, violated, not applicable, or unknown with the facts that would settle it.</summary>
    internal static string Outcome(Assessment assessment, string criterion)
    {
        var finding = assessment.Findings.Single(f => f.Rule.Id == criterion);
        return finding.Outcome switch
        {
            Kernel.Policy.Outcome.Satisfied => "satisfied",
            Kernel.Policy.Outcome.Violated => "violated",
            Kernel.Policy.Outcome.NotApplicable => "not applicable",
            Kernel.Policy.Outcome.Unknown => $"unknown: {Names(assessment, finding.Missing)}",
        };
    }

    internal static string Missing(Assessment assessment) => Loaded<LiaoningModule>.Missing(assessment);

    internal static string Violated(Assessment assessment) => Loaded<LiaoningModule>.Violated(assessment);

    /// <summary>A line of facts with some of them said otherwise; <c>name=</c> takes one out.</summary>
    internal static string But(string facts, string otherwise)
    {
        var named = facts.Split(' ').ToDictionary(f => f[..f.IndexOf('=', StringComparison.Ordinal)]);
        foreach (var fact in otherwise.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            named[fact[..fact.IndexOf('=', StringComparison.Ordinal)]] = fact;
        return string.Join(' ', named.Values.Where(f => !f.EndsWith('=')));
    }

    internal static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Names(Assessment assessment, ulong facts) =>
        string.Join(' ', assessment.Programme.Schema.Names(facts));
}
