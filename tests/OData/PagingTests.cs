using System.Net;
using EduAssist.OData.Oracle;
using EduAssist.OData.Toy;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.OData;

/// <summary>A server of three thousand things for all tests of a class that only ask.</summary>
public abstract class Thousands(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly IReadOnlyList<Maker> Makers = RandomRows.Makers(new(9), 12);

    internal DatabaseKind Kind => kind;

    public Served Served { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (kind.IsAvailable())
            Served = await Served.Start(kind, [.. Makers, .. RandomRows.Things(new(10), Makers, 3_000)]);
    }

    public ValueTask DisposeAsync() => Served is null ? default : Served.DisposeAsync();
}

public sealed class ThousandsOnSqlite() : Thousands(DatabaseKind.Sqlite);

public sealed class ThousandsOnPostgreSql() : Thousands(DatabaseKind.PostgreSql);

/// <summary>A walk from page to page meets every row once, whatever the order and while rows are added.</summary>
public abstract class PagingTests(Thousands asked)
{
    [Fact]
    public async Task A_row_that_is_added_meanwhile_moves_no_other()
    {
        var (makers, things) = Rows(8, 3_000);
        foreach (var order in new[] { "Nick desc,Score", "Name,Fee desc", "Second,At desc" })
        {
            await using var served = await Served.Start(asked.Kind, [.. makers, .. things]);
            var dice = new Random(9);
            List<string> met = [];
            await foreach (
                var page in served.Pages($"ToyThings?$select=Id&$orderby={Uri.EscapeDataString(order)}", 211)
            )
            {
                met.AddRange(page);
                await served.Fill([.. Enumerable.Range(0, 20).Select(n => RandomRows.Thing(dice, makers, n))]);
            }

            Assert.Equal(met.Count, met.Distinct().Count());
            Assert.Empty(things.Select(t => t.Id.ToString()).Except(met));
        }
    }

    [Theory]
    [InlineData("$top=2500", 2500)]
    [InlineData("$top=1000", 1000)]
    [InlineData("$top=999", 999)]
    [InlineData("$top=0", 0)]
    [InlineData("$skip=1500", 1500)]
    [InlineData("$skip=1500&$top=1200", 1200)]
    [InlineData("$skip=2990&$top=1200", 10)]
    [InlineData("$filter=Grade le 9&$orderby=Grade desc", 3000)]
    public async Task The_end_that_is_asked_for_is_kept_from_page_to_page(string options, int rows)
    {
        var met = await asked.Served.Everything($"ToyThings?$select=Id&{options}", 700);
        Assert.Equal((rows, rows), (met.Count, met.Distinct().Count()));
    }

    [Theory]
    [InlineData("odata.maxpagesize=50", 50)]
    [InlineData("maxpagesize=50", 50)]
    [InlineData("respond-async,odata.maxpagesize=\"50\"", 50)]
    [InlineData("odata.maxpagesize=1000", 1000)]
    [InlineData("odata.maxpagesize=100000", 1000)]
    [InlineData("odata.maxpagesize=0", 1000)]
    [InlineData("odata.maxpagesize=-1", 1000)]
    [InlineData("odata.maxpagesize=all", 1000)]
    [InlineData("", 1000)]
    public async Task Paging_cannot_be_switched_off(string prefer, int rows)
    {
        var page = await asked.Served.Json("ToyThings?$top=100000", prefer.Length > 0 ? [("Prefer", prefer)] : []);
        Assert.Equal(rows, page["value"]!.AsArray().Count);
        Assert.NotNull(page["@odata.nextLink"]);
    }

    [Fact]
    public async Task A_token_that_was_tampered_with_or_belongs_elsewhere_is_refused()
    {
        var next = (string)
            (
                await asked.Served.Json(
                    "ToyThings?$orderby=Nick&$filter=Grade gt 0&$select=Id",
                    ("Prefer", "maxpagesize=10")
                )
            )["@odata.nextLink"]!;
        var token = next[(next.IndexOf("$skiptoken=", StringComparison.Ordinal) + "$skiptoken=".Length)..];
        Assert.Equal(HttpStatusCode.OK, (await asked.Served.Client.GetAsync(new Uri(next))).StatusCode);
        string[] hostile =
        [
            next[..^1] + (next[^1] == 'A' ? 'B' : 'A'),
            next + "AAAA",
            next.Replace(token, "", StringComparison.Ordinal),
            next.Replace(token, "bnVsbA", StringComparison.Ordinal),
            next.Replace(token, token[..30], StringComparison.Ordinal),
            next.Replace("Nick", "Name", StringComparison.Ordinal),
            next.Replace("Grade%20gt%200", "Grade%20gt%201", StringComparison.Ordinal),
            next.Replace("ToyThings", "ToyMakers", StringComparison.Ordinal),
            $"{next}&$skiptoken={token}",
        ];
        foreach (var url in hostile)
            Assert.Equal(
                (HttpStatusCode.BadRequest, url),
                ((await asked.Served.Client.GetAsync(new Uri(url))).StatusCode, url)
            );
    }

    [Fact]
    public async Task Groups_are_paged_too()
    {
        var met = await asked.Served.Everything(
            "ToyThings?$apply=groupby((Id),aggregate($count as N))&$orderby=N desc",
            400
        );
        Assert.Equal((3_000, 3_000), (met.Count, met.Distinct().Count()));
    }

    internal static (IReadOnlyList<Maker> Makers, IReadOnlyList<Thing> Things) Rows(int seed, int count)
    {
        var dice = new Random(seed);
        var makers = RandomRows.Makers(dice, 12);
        return (makers, RandomRows.Things(dice, makers, count));
    }
}

public sealed class PagingTestsOnSqlite(ThousandsOnSqlite asked) : PagingTests(asked), IClassFixture<ThousandsOnSqlite>;

[Requires(ExternalProgram.PostgreSql)]
public sealed class PagingTestsOnPostgreSql(ThousandsOnPostgreSql asked)
    : PagingTests(asked),
        IClassFixture<ThousandsOnPostgreSql>;

/// <summary>A walk from page to page is the same on both databases.</summary>
public class SameOrderTests
{
    private static readonly int Size = Nightly.Is ? 100_000 : 5_000;

    private static readonly string[] Orders =
    [
        "",
        "Name",
        "Name desc",
        "Nick",
        "Nick desc",
        "Score desc,Nick",
        "Score,Nick desc,Grade",
        "Fee,Name desc",
        "Grant desc,Fee",
        "Weight,Height desc",
        "Boards desc,Agrees",
        "Agrees desc,Boards",
        "Born desc,Left",
        "Left desc,Born",
        "At,Until desc",
        "Until,At",
        "Colour,Second",
        "Second desc,Colour desc",
        "Serial desc",
        "MakerId,Id desc",
        "MakerId desc",
        "Maker/City,Name",
        "Maker/City desc,Grade desc",
        "year(Born) desc,length(Nick),Score",
        "Grade,Name",
    ];

    [Fact, Requires(ExternalProgram.PostgreSql)]
    public async Task Every_row_is_met_once_in_the_same_order_on_both_databases()
    {
        var (makers, things) = PagingTests.Rows(7, Size);
        await using var sqlite = await Served.Start(DatabaseKind.Sqlite, [.. makers, .. things]);
        await using var postgres = await Served.Start(DatabaseKind.PostgreSql, [.. makers, .. things]);
        foreach (var order in Orders)
        {
            var query = $"ToyThings?$select=Id&{(order.Length > 0 ? $"$orderby={Uri.EscapeDataString(order)}" : "")}";
            var (one, other) = (await sqlite.Everything(query, 997), await postgres.Everything(query, 997));
            Assert.True(
                one.Count == Size && one.Distinct().Count() == Size,
                $"{order}: {one.Count} rows, {one.Distinct().Count()} of them once"
            );
            Assert.True(
                one.SequenceEqual(other),
                $"{order}: another order on PostgreSQL, {one.Zip(other).TakeWhile(p => p.First == p.Second).Count()} rows alike, of {other.Count}"
            );
        }
    }

    /// <summary>What a walk would do that went by numbers of rows: the test of rows that are added sees it.</summary>
    [Fact]
    public async Task Planted_a_walk_by_skip_meets_rows_twice_while_rows_are_added()
    {
        var (makers, things) = PagingTests.Rows(8, 2_000);
        await using var served = await Served.Start(DatabaseKind.Sqlite, [.. makers, .. things]);
        var dice = new Random(9);
        List<string> met = [];
        for (var skip = 0; met.Count == skip && skip < 3_000; skip += 200)
        {
            met.AddRange(
                (await served.Rows($"ToyThings?$select=Id&$orderby=Name&$top=200&$skip={skip}")).Select(r =>
                    (string)r["Id"]!
                )
            );
            await served.Fill([.. Enumerable.Range(0, 20).Select(n => RandomRows.Thing(dice, makers, n))]);
        }

        Assert.NotEqual(met.Count, met.Distinct().Count());
    }
}
