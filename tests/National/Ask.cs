using System.Globalization;

namespace EduAssist.National;

/// <summary>
/// Puts a programme's question as a line of a table: <c>companyYears=3 freshGraduate=no</c>; what is not named is
/// unknown.
/// </summary>
internal static class Ask
{
    internal static WorkCalendar Calendar { get; } = new(
        HolidayTable.Read(Path.Combine(AppContext.BaseDirectory, "seeds", "Core")));

    /// <summary>satisfied, violated, not applicable, or unknown with the facts that would settle it.</summary>
    internal static string Criterion(
        IProgramme programme, string criterion, string facts, string asOf = "2024-09-01",
        InterpretationProfile? reading = null)
    {
        var finding = Assess(programme, facts, asOf, reading)!.Findings.Single(f => f.Rule.Id == criterion);
        return finding.Outcome switch
        {
            Outcome.Satisfied => "satisfied",
            Outcome.Violated => "violated",
            Outcome.NotApplicable => "not applicable",
            Outcome.Unknown => Unknown(programme, finding.Missing),
        };
    }

    /// <summary>yes, no, or unknown with the facts that could still change it; none: no rule set is in force.</summary>
    internal static string Verdict(
        IProgramme programme, string facts, string asOf = "2024-09-01", InterpretationProfile? reading = null) =>
        Assess(programme, facts, asOf, reading) switch
        {
            null => "none",
            { Verdict: Kernel.Policy.Verdict.Eligible } => "yes",
            { Verdict: Kernel.Policy.Verdict.Ineligible } => "no",
            var undetermined => Unknown(programme, undetermined.Missing),
        };

    internal static Assessment? Assess(
        IProgramme programme, string facts, string asOf, InterpretationProfile? reading = null)
    {
        var row = new Facts(programme.Schema, DateOnly.ParseExact(asOf, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Calendar);
        foreach (var fact in facts.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (fact[..fact.IndexOf('=')], fact[(fact.IndexOf('=') + 1)..]);
            Assert.InRange(programme.Schema.ColumnOf(name), 0, Truth.MostFacts);
            row.Set(programme.Schema.ColumnOf(name),
                value switch { "yes" => 1, "no" => 0, _ => long.Parse(value, CultureInfo.InvariantCulture) });
        }

        return programme.Assess(row, reading ?? InterpretationProfile.AsTaken);
    }

    private static string Unknown(IProgramme programme, ulong missing) =>
        $"unknown: {string.Join(' ', programme.Schema.Names(missing))}";
}
