using System.Globalization;

namespace EduAssist.Architecture;

/// <summary>
/// Counts that may only fall. What is still there is approved, a file for each ratchet: the sum, then a line for every
/// place. More than approved is a fault, and so is less, until the list is lowered:
/// <c>EDUASSIST_APPROVE=1 dotnet test tests/Architecture</c> writes it anew unless the sum has risen. Who has a reason
/// for a greater sum writes it into the first line by hand, for everybody to see.
/// </summary>
internal sealed record Ratchet(string Name)
{
    private const string Sum = "sum";
    private const string Approving = "EDUASSIST_APPROVE=1 dotnet test tests/Architecture";

    private string File => Path.Combine(Product.Root, "tests", "Architecture", "Approved", $"{Name}.txt");

    /// <summary>Fails unless the counts are those approved.</summary>
    internal void Holds(IReadOnlyDictionary<string, int> counts)
    {
        var approved = System.IO.File.Exists(File) ? Read(System.IO.File.ReadAllText(File)) : [];
        var isApproving = Environment.GetEnvironmentVariable("EDUASSIST_APPROVE") == "1";
        if (isApproving && (approved.Count == 0 || counts.Values.Sum() <= approved.GetValueOrDefault(Sum)))
            System.IO.File.WriteAllText(File, Written(counts));
        else
            Assert.Empty(Faults(approved, counts));
    }

    /// <summary>Where the counts are not those approved.</summary>
    internal static IEnumerable<string> Faults(
        IReadOnlyDictionary<string, int> approved,
        IReadOnlyDictionary<string, int> counts
    ) =>
        from place in approved.Keys.Union([.. counts.Keys, Sum]).Order(StringComparer.Ordinal)
        let allowed = approved.GetValueOrDefault(place)
        let now = place == Sum ? counts.Values.Sum() : counts.GetValueOrDefault(place)
        where now != allowed
        select now > allowed
            ? $"{place}: {now}, {allowed} are approved"
            : $"{place}: only {now} of {allowed} approved are left: {Approving} lowers the list";

    internal static string Written(IReadOnlyDictionary<string, int> counts) =>
        string.Concat(
            counts
                .OrderBy(c => c.Key, StringComparer.Ordinal)
                .Prepend(new(Sum, counts.Values.Sum()))
                .Select(c => $"{c.Value} {c.Key}\n")
        );

    internal static Dictionary<string, int> Read(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .ToDictionary(l => l[1], l => int.Parse(l[0], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
