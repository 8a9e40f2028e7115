using CsvHelper;
using EduAssist.Kernel.Registry;

namespace EduAssist.Core.Tests.Registry;

/// <summary>The reference data as shipped, and the tables of cases beside the tests.</summary>
internal static class Tables
{
    /// <summary>The day on which every verdict of the tables of cases holds.</summary>
    public static readonly DateOnly Today = new(2026, 11, 22);

    public static readonly Divisions Register = ReadDivisions(Seed("divisions.csv"), Seed("divisions-history.csv"));

    public static readonly SchoolCategories Categories = SchoolCategories.Read(
        new StringReader(Seed("school-categories.csv")));

    public static string Seed(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "seeds", "Core", name));

    public static Divisions ReadDivisions(string current, string history) =>
        Divisions.Read(new StringReader(current), new StringReader(history));

    /// <summary>Every row of a table of cases, as columns by name.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> CasesOf(string name)
    {
        using var csv = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "Registry", name));
        List<IReadOnlyDictionary<string, string>> rows = [];
        while (csv.Read())
            rows.Add(csv.Headers.ToDictionary(h => h, h => csv.GetString(h)));
        return rows;
    }

    public static DivisionCode Code(string text) =>
        DivisionCode.TryParse(text, out var code) ? code : throw new ArgumentException(text, nameof(text));

    public static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
