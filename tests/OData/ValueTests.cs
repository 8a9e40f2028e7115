using EduAssist.OData.Oracle;
using EduAssist.OData.Toy;

namespace EduAssist.OData;

/// <summary>Values that are written in more than one way, or are finer or larger than what is stored.</summary>
public abstract class ValueTests(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly DateTimeOffset Midnight = new(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));

    private Served served = null!;

    public async ValueTask InitializeAsync()
    {
        if (kind.IsAvailable())
            served = await Served.Start(
                kind,
                [
                    Thing("day", Midnight, Colour.Red, 4_000_000_000),
                    Thing("day in London", Midnight.AddHours(8), Colour.Amber, 3),
                    Thing("later", Midnight.AddMilliseconds(5), Colour.Green, -4_000_000_000),
                ]
            );
    }

    public async ValueTask DisposeAsync()
    {
        if (served is not null)
            await served.DisposeAsync();
    }

    [Theory]
    [InlineData("Colour", "'red'", "'AMBER'")]
    [InlineData("Second", "'red'", "'Black'")]
    [InlineData("At", "2019-12-31T16:00:00Z", "2020-01-01T00:00:00.005+08:00")]
    [InlineData("At", "2019-12-31T16:00:00.0004Z", "2020-01-01T00:00:00Z")]
    [InlineData("Born", "2020-01-01T00:00:00Z", "2020-01-02T00:00:00+08:00")]
    [InlineData("Born", "2019-12-31T16:00:00Z", "'2020-01-03'")]
    [InlineData("Left", "2020-01-01T00:00:00Z", "2020-01-03")]
    public async Task A_list_is_each_of_its_values(string column, string one, string other)
    {
        var each = await Names($"{column} eq {one} or {column} eq {other}");
        Assert.NotEmpty(each);
        Assert.Equal(each, await Names($"{column} in ({one},{other})"));
        Assert.Equal(each, await Names($"{column} in ({other},{one})"));
        Assert.Equal(
            await Names($"not ({column} eq {one} or {column} eq {other})"),
            await Names($"not ({column} in ({one},{other}))")
        );
    }

    [Theory]
    [InlineData("At eq 2020-01-01")]
    [InlineData("At in (2020-01-01)")]
    [InlineData("At in (2019-12-31T16:00:00Z,2020-01-01)")]
    [InlineData("Born eq 2020-01-01T10:00:00Z")]
    [InlineData("Born in (2020-01-01,2020-01-01T10:00:00Z)")]
    public async Task A_day_is_no_instant(string condition) =>
        Assert.Equal((400, "invalid-query"), await served.Refusal($"ToyThings?$filter={condition}"));

    [Theory]
    [InlineData("At gt 2020-01-01T00:00:00.0044+08:00", "later", "day in London")]
    [InlineData("At ge 2020-01-01T00:00:00.0051+08:00", "day in London")]
    [InlineData("At gt 2020-01-01T00:00:00.0051+08:00", "day in London")]
    [InlineData("At le 2020-01-01T00:00:00.0051+08:00", "day", "later")]
    [InlineData("At lt 2020-01-01T00:00:00.0051+08:00", "day", "later")]
    [InlineData("At lt 2020-01-01T00:00:00.0050001+08:00", "day", "later")]
    [InlineData("2020-01-01T00:00:00.0051+08:00 le At", "day in London")]
    [InlineData("2020-01-01T00:00:00.0051+08:00 gt At", "day", "later")]
    [InlineData("At eq 2020-01-01T00:00:00.0051+08:00")]
    [InlineData("At ne 2020-01-01T00:00:00.0051+08:00", "day", "day in London", "later")]
    [InlineData("At gt '2020-01-01T00:00:00.004+08:00'", "later", "day in London")]
    public async Task A_finer_instant_lies_between(string condition, params string[] names) =>
        Assert.Equal(names.Order(StringComparer.Ordinal), await Names(condition));

    [Theory]
    [InlineData("Born ge '2020-01-02'", "day in London", "later")]
    [InlineData("'2020-01-02' gt Born", "day")]
    [InlineData("Serial eq '3'", "day in London")]
    [InlineData("Fee eq '1.5'", "day", "day in London", "later")]
    public async Task A_text_in_quotes_is_the_value_that_it_is_compared_with(string condition, params string[] names) =>
        Assert.Equal(names, await Names(condition));

    [Theory]
    [InlineData("Serial mul Serial")]
    [InlineData("Serial mul 4000000000 mul 4000000000 div 4000000000 div 4000000000")]
    [InlineData("Serial mul 2000000000 add Serial mul 2000000000")]
    [InlineData("0 sub Serial mul 2000000000 sub Serial mul 2000000000")]
    public async Task A_number_beyond_64_bits_is_refused(string number)
    {
        Assert.Equal((400, "invalid-query"), await served.Refusal($"ToyThings?$compute={number} as P&$select=P"));
        Assert.Equal((400, "invalid-query"), await served.Refusal($"ToyThings?$filter={number} ne 1"));
    }

    [Fact]
    public async Task A_number_within_64_bits_is_right()
    {
        var rows = await served.Rows(
            Asking.Escaped(
                "ToyThings?$compute=Serial mul 2000000000 as P,Grade mul 2000000000 mul 2 as G&$orderby=Name"
            )
        );
        Assert.Equal(
            [8_000_000_000_000_000_000, 6_000_000_000, -8_000_000_000_000_000_000],
            rows.Select(r => (long)r["P"]!)
        );
        Assert.All(rows, r => Assert.Equal(36_000_000_000, (long)r["G"]!));
    }

    private async Task<IEnumerable<string>> Names(string condition) =>
        (await served.Rows(Asking.Escaped($"ToyThings?$filter={condition}&$orderby=Name&$select=Name"))).Select(r =>
            (string)r["Name"]!
        );

    private static Thing Thing(string name, DateTimeOffset at, Colour colour, long serial) =>
        new()
        {
            Id = Guid.NewGuid(),
            Name = name,
            At = at,
            Born = new(
                2020,
                1,
                name == "day" ? 1
                    : name == "later" ? 3
                    : 2
            ),
            Left = name == "day" ? null : new(2020, 1, 1),
            Colour = colour,
            Second = name == "day" ? Colour.Black : null,
            Serial = serial,
            Grade = 9,
            Fee = 1.5m,
        };
}

public sealed class ValueTestsOnSqlite() : ValueTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class ValueTestsOnPostgreSql() : ValueTests(DatabaseKind.PostgreSql);
