using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Liaoning;

/// <summary>
/// A table of cases beside the tests: a sentence, a criterion, the facts known, and what becomes of the criterion.
/// </summary>
internal sealed class Clauses(string programme, string file)
{
    internal TheoryData<string, string> Sentences =>
        [.. Loaded.Table(file).Select(r => (r["criterion"]!, r["sentence"]!))];

    internal void Holds(string criterion, string sentence)
    {
        var row = Loaded.Table(file).Single(r => r["criterion"] == criterion && r["sentence"] == sentence);
        Assert.Equal((sentence, row["outcome"]!.Trim()), (sentence, Outcome(row).Trim()));
    }

    /// <summary>Every criterion true, false and unknown, and not applicable where it concerns only some.</summary>
    internal void AreComplete(params string[] concerningSome)
    {
        var criteria = Loaded.Instance.Catalogue.Programme(programme)!.RuleSets[^1].Criteria.Select(c => c.Id).ToList();
        var seen = Loaded.Table(file).Select(r => $"{r["criterion"]} {Outcome(r).Split(':')[0]}").ToHashSet();
        var expected = criteria.SelectMany(c => (string[])[$"{c} satisfied", $"{c} violated", $"{c} unknown",
            .. concerningSome.Contains(c) ? [$"{c} not applicable"] : (string[])[]]);
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    private string Outcome(SpreadsheetRow row) =>
        Loaded.Outcome(Loaded.Assess(programme, row["facts"] ?? ""), row["criterion"]!);
}
