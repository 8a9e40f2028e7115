namespace EduAssist.TrialClass;

/// <summary>
/// The module as an instance loads it, and questions as lines of a table: <c>stage=Junior grade=8</c>; what is not
/// named is unknown.
/// </summary>
internal static class Loaded
{
    internal static Instance Instance => Loaded<TrialClassModule>.Instance;

    internal static LoadedModule Module => Loaded<TrialClassModule>.Module;

    internal static Assessment? Assess(string programme, string given, string asOf = "2024-09-01")
    {
        var found = Instance.Catalogue.Programme(programme)!;
        var facts = Instance.NewFacts(found);
        facts.AsOf = Day(asOf);
        foreach (var fact in given.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (fact[..fact.IndexOf('=', StringComparison.Ordinal)],
                fact[(fact.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            Assert.Null(Instance.ReaderOf(found).ReadCell(found.Schema.ColumnOf(name), value, facts));
        }

        return found.Assess(facts, InterpretationProfile.AsTaken);
    }

    /// <summary>Satisfied, Violated, NotApplicable, or Unknown with the facts that would settle it.</summary>
    internal static string Criterion(string programme, string criterion, string given)
    {
        var finding = Assess(programme, given)!.Findings.Single(f => f.Rule.Id == criterion);
        return Said(programme, $"{finding.Outcome}", finding.Missing);
    }

    /// <summary>The verdict, with the facts that could still change it.</summary>
    internal static string Verdict(string programme, string given)
    {
        var answer = Assess(programme, given)!;
        return Said(programme, $"{answer.Verdict}", answer.Missing);
    }

    internal static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    internal static IEnumerable<string> Ids(IEnumerable<Remark> remarks, RemarkLevel level) =>
        remarks.Where(r => r.Level == level).Select(r => r.Id).Distinct().Order(StringComparer.Ordinal);

    private static string Said(string programme, string what, ulong missing) =>
        missing == 0 ? what
            : $"{what}: {string.Join(' ', Instance.Catalogue.Programme(programme)!.Schema.Names(missing))}";
}
