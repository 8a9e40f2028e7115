using static EduAssist.TrialClass.Remarks;

namespace EduAssist.TrialClass;

/// <summary>What one place of the kit says that a parent pays, in yuan.</summary>
/// <param name="Provision">Where.</param>
/// <param name="Package">自费物品.</param>
/// <param name="Deposit">公物押金.</param>
/// <param name="Living">A month's living costs, about; null: no figure.</param>
/// <param name="Items">What the package holds there.</param>
internal sealed record PrintedFees(string Provision, int Package, int Deposit, int? Living, string Items);

/// <summary>A line of the purchase list (购买物品清单).</summary>
/// <param name="Item">As printed.</param>
/// <param name="Yuan">Its price; null: none is printed.</param>
internal sealed record Purchase(string Item, int? Yuan);

/// <summary>各处印出的费用，和购买物品清单。</summary>
internal sealed record FeeSchedule(IReadOnlyList<PrintedFees> Places, IReadOnlyList<Purchase> List)
{
    private static readonly IReadOnlyList<string> PurchaseList = ["tc/prices"];

    /// <summary>
    /// A package or deposit that differs from the agreed one, or prices that do not come to it, is an error; what the
    /// kit leaves open is a note.
    /// </summary>
    internal IEnumerable<Remark> Check() =>
    [
        .. Places.Where(p => p.Package != Fees.Package)
            .Select(p => Error("package", $"自费物品印作 {p.Package} 元，应为 {Fees.Package} 元。", [p.Provision])),
        .. Places.Where(p => p.Deposit != Fees.Deposit)
            .Select(p => Error("deposit", $"公物押金印作 {p.Deposit} 元，应为 {Fees.Deposit} 元。", [p.Provision])),
        .. Places.GroupBy(p => p.Provision).Where(g => g.Count() > 1)
            .Select(g => Error("place-twice", $"{g.Key} 列了 {g.Count()} 次。", [g.Key])),
        .. List.GroupBy(p => p.Item).Where(g => g.Count() > 1)
            .Select(g => Error("item-twice", $"{g.Key}列了 {g.Count()} 次。", PurchaseList)),
        .. List.Where(p => p.Yuan < 0)
            .Select(p => Error("impossible-price", $"{p.Item}的价格 {p.Yuan} 元不可能。", PurchaseList)),
        .. Sum(),
        .. Places.GroupBy(p => p.Items).Skip(1).Any()
            ? [
                Note("package-items",
                    $"{Fees.Package} 元的内容印法不一："
                        + $"{string.Join("；", Places.GroupBy(p => p.Items).Select(g => $"{g.Key}（{g.Count()} 处）"))}。",
                    [.. Places.Select(p => p.Provision)])]
            : (Remark[])[],
        .. Places.Where(p => p.Living is not null)
            .Select(p => Note("living-costs", $"生活费约 {p.Living} 元只印在一处，其他各处没有数字。", [p.Provision])),
    ];

    /// <summary>Prices that are printed may not exceed the package, and where all are, must come to it.</summary>
    private IEnumerable<Remark> Sum()
    {
        var (sum, open) = (List.Sum(p => p.Yuan ?? 0), List.Count(p => p.Yuan is null));
        return sum > Fees.Package || (open == 0 && sum != Fees.Package)
            ? [Error("package-sum", $"清单各项相加为 {sum} 元，印出的合计为 {Fees.Package} 元。", PurchaseList)]
            : open > 0
                ? [Note("no-unit-price", $"清单 {List.Count} 项中 {open} 项没有印单价，合计 {Fees.Package} 元无从核对。", PurchaseList)]
            : [];
    }
}

/// <summary>费用：免学费；自费物品、押金和约略的生活费，照印。</summary>
internal sealed class Fees : IReferenceData
{
    /// <summary>家长协议一2, in yuan: the agreement that a parent signs.</summary>
    internal const int Package = 680, Deposit = 800;

    internal static readonly FeeSchedule Printed = new(
        Seed.Rows("fees.csv",
            row => new PrintedFees(row.Text("provision"), row.Number("package"), row.Number("deposit"),
                row.NumberOrNone("living"), row.Text("items"))),
        Seed.Rows("purchase-list.csv", row => new Purchase(row.Text("item"), row.NumberOrNone("yuan"))));

    public string Id => "trialclass.fees";

    public string Title => "试读班费用";

    public IEnumerable<Citation> Citations =>
        [new("reference-data", Id, Title, [.. Printed.Places.Select(p => p.Provision)], [])];

    public IReadOnlyList<Remark> Check(InterpretationProfile reading) => [.. Printed.Check()];
}
