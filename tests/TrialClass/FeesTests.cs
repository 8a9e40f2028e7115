namespace EduAssist.TrialClass;

/// <summary>费用：七处印法、物品清单，和它们的核对。</summary>
public class FeesTests
{
    private static FeeSchedule Printed => Fees.Printed;

    [Fact]
    [Proves(
        "tc/letter-school", "tc/letter-parent", "tc/letter-student", "tc/guardian/1.2", "tc/school/1.2", "tc/prices",
        "tc/flow/4")]
    public void Seven_places_print_680_and_800_and_one_the_living_costs()
    {
        Assert.Equal(
            [
                "tc/letter-school", "tc/letter-parent", "tc/letter-student", "tc/guardian/1.2", "tc/school/1.2",
                "tc/prices", "tc/flow/4",
            ],
            Printed.Places.Select(p => p.Provision));
        Assert.All(Printed.Places, p => Assert.Equal((680, 800), (p.Package, p.Deposit)));
        Assert.Equal(800, Printed.Places.Single(p => p.Living is not null).Living);
    }

    [Fact]
    [Proves("tc/prices")]
    public void Six_items_without_a_price_and_what_the_kit_prints_oddly_are_notes_and_no_error()
    {
        var remarks = Printed.Check().ToList();
        Assert.Equal(6, Printed.List.Count);
        Assert.Equal(["living-costs", "no-unit-price", "package-items"], Loaded.Ids(remarks, RemarkLevel.Note));
        Assert.Empty(Loaded.Ids(remarks, RemarkLevel.Error));
    }

    [Theory]
    [InlineData("all items priced, to 680", "")]
    [InlineData("all items priced, to 679", "package-sum")]
    [InlineData("all items priced, to 681", "package-sum")]
    [InlineData("one item alone above 680", "package-sum")]
    [InlineData("one item alone at 680", "")]
    [InlineData("a negative price", "impossible-price")]
    [InlineData("an item twice", "item-twice")]
    [InlineData("a place prints another package", "package")]
    [InlineData("a place prints another deposit", "deposit")]
    [InlineData("a place twice", "place-twice")]
    [Proves("tc/prices", "tc/guardian/1.2")]
    public void A_planted_fault_is_an_error(string fault, string expected) =>
        Assert.Equal(expected, string.Join(' ', Loaded.Ids(Altered(fault).Check(), RemarkLevel.Error)));

    private static FeeSchedule Altered(string fault) => fault switch
    {
        "all items priced, to 680" => Priced(180),
        "all items priced, to 679" => Priced(179),
        "all items priced, to 681" => Priced(181),
        "one item alone above 680" => Item(p => p with { Yuan = 681 }),
        "one item alone at 680" => Item(p => p with { Yuan = 680 }),
        "a negative price" => Item(p => p with { Yuan = -1 }),
        "an item twice" => Printed with { List = [.. Printed.List, Printed.List[0]] },
        "a place prints another package" =>
            Printed with { Places = [Printed.Places[0] with { Package = 860 }, .. Printed.Places.Skip(1)] },
        "a place prints another deposit" =>
            Printed with { Places = [Printed.Places[0] with { Deposit = 500 }, .. Printed.Places.Skip(1)] },
        "a place twice" => Printed with { Places = [.. Printed.Places, Printed.Places[0]] },
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static FeeSchedule Priced(int first) =>
        Printed with { List = [.. Printed.List.Select((p, i) => p with { Yuan = i == 0 ? first : 100 })] };

    private static FeeSchedule Item(Func<Purchase, Purchase> alter) =>
        Printed with { List = [alter(Printed.List[0]), .. Printed.List.Skip(1)] };
}
