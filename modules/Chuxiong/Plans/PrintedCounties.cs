namespace EduAssist.Chuxiong;

/// <summary>The ten counties in the order of annex 2, which the lists are sorted by.</summary>
internal static class PrintedCounties
{
    /// <summary>禄丰县 became a city in 2021: both names are taken.</summary>
    internal static readonly IReadOnlyList<FormChoice> All =
        [.. Plan2020.Printed.Counties.Select(c => c.Name == "禄丰县" ? new FormChoice(c.Name, "禄丰市") : new(c.Name))];

    internal static IEnumerable<string> Names => All.SelectMany(c => c.Aliases.Prepend(c.Name));
}
