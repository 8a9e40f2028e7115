using EduAssist.Kernel.Registry;

namespace EduAssist.Office.Demo;

/// <summary>
/// An ethnic group (民族) with surnames that are frequent in it, the most frequent first; which share it has where is
/// data: <c>seeds/Core/ethnic-groups.csv</c>.
/// </summary>
internal sealed record EthnicGroup(string Name, string Surnames)
{
    internal const string Han = "汉族";

    private static readonly Dictionary<string, EthnicGroup> Groups = Seed.Rows("surnames.csv", row => new EthnicGroup(
            row.Text("group"),
            row.Text("surnames")
        ))
        .ToDictionary(g => g.Name);

    private static readonly IReadOnlyList<Share> Shares = Seed.Rows("ethnic-groups.csv", row => new Share(
        row.Division("province"),
        Groups[row.Text("group")],
        row.Number("permille")
    ));

    private static readonly Dictionary<DivisionCode, IReadOnlyList<Share>> ByProvince = Shares
        .GroupBy(s => s.Province)
        .ToDictionary(g => g.Key, IReadOnlyList<Share> (g) => [.. g]);

    internal bool IsHan => Name == Han;

    /// <summary>
    /// The group of one more inhabitant. Provinces of which the table says nothing are peopled as its first one is.
    /// </summary>
    internal static EthnicGroup Draw(DivisionCode county, Dice dice) =>
        dice.Weighted(ByProvince.GetValueOrDefault(county.Province, ByProvince[Shares[0].Province]), s =>
            s.PerMille
        ).Group;

    private readonly record struct Share(DivisionCode Province, EthnicGroup Group, int PerMille);
}
