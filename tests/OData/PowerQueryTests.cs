using System.Net;
using System.Xml.Linq;

namespace EduAssist.OData;

/// <summary>A server of small pages before Power Query.</summary>
public abstract class SmallPages(DatabaseKind kind) : IAsyncLifetime
{
    public Served Served { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (kind.IsAvailable())
            Served = await Served.Start(kind, [.. AskedOnly.Makers, .. AskedOnly.Things], new() { Page = 50 });
    }

    public ValueTask DisposeAsync() => Served is null ? default : Served.DisposeAsync();
}

public sealed class SmallPagesOnSqlite() : SmallPages(DatabaseKind.Sqlite);

public sealed class SmallPagesOnPostgreSql() : SmallPages(DatabaseKind.PostgreSql);

/// <summary>
/// What Power Query (Excel, Power BI; <c>OData.Feed</c>, implementation 2.0) sends, one after the other, when an
/// analyst enters the service root, signs in, picks a table, filters it, chooses columns and loads it. The headers are
/// those that somebody's server logged (github.com/NLstn/go-odata, issue 874: user agent, versions, <c>Accept</c>;
/// nothing is preferred); that the description is wanted as <c>application/xml</c> and nothing else, its own refusal
/// says (github.com/flat3/lodata, issue 441). How a filter and chosen columns are written is as Microsoft's query
/// diagnostics show it (learn.microsoft.com/power-query, "Visualizing and interpreting query diagnostics"), what else
/// is folded as its TripPin tutorial, part 10, tells (<c>$top=0</c> for the columns, <c>$top=1000</c> for a preview,
/// <c>/$count</c>), and that it begins anonymously and heeds the challenge, as in "Authentication with a data source".
/// No capture of our own: Power Query runs on Windows only.
/// </summary>
public abstract class PowerQueryTests(SmallPages pages)
{
    private const string Folded = "$filter=Grade%20gt%203%20and%20Boards%20eq%20true&$select=Id%2CName%2CGrade%2CFee";

    private static readonly (string, string)[] Always =
    [
        ("User-Agent", "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)"),
        ("MaxDataServiceVersion", "3.0"),
        ("OData-MaxVersion", "4.0"),
        ("Accept-Encoding", "gzip, deflate"),
    ];

    /// <summary>As long as it does not know which version the service speaks.</summary>
    private static readonly (string, string)[] AtFirst =
    [
        .. Always,
        (
            "Accept",
            "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7"
        ),
    ];

    private static readonly (string, string)[] Later =
    [
        .. Always,
        ("Accept", "application/json;odata.metadata=minimal"),
    ];

    [Fact]
    public async Task The_analyst_enters_the_root_and_works()
    {
        var served = pages.Served;
        using (var nobody = new HttpClient())
        using (var challenged = await Ask(nobody, served.Root, AtFirst))
            Assert.Equal(
                (HttpStatusCode.Unauthorized, "Basic"),
                (challenged.StatusCode, challenged.Headers.WwwAuthenticate.Single().Scheme)
            );

        // Basic, with a key in the place of the password
        using var entered = await Ask(served.Client, served.Root, AtFirst);
        Assert.Equal(
            (HttpStatusCode.OK, "4.0", "application/json"),
            (
                entered.StatusCode,
                entered.Headers.GetValues("OData-Version").Single(),
                entered.Content.Headers.ContentType!.MediaType
            )
        );
        var service = await served.Json("", AtFirst);
        Assert.Contains("ToyThings", service["value"]!.AsArray().Select(s => (string)s!["url"]!));
        Assert.Equal($"{served.Root}$metadata", (string)service["@odata.context"]!);

        using var described = await Ask(
            served.Client,
            new Uri(served.Root, "$metadata"),
            [.. Always, ("Accept", "application/xml")]
        );
        Assert.Equal(
            ("application/xml", "4.0"),
            (described.Content.Headers.ContentType!.MediaType, described.Headers.GetValues("OData-Version").Single())
        );
        Assert.Contains(
            "ToyThings",
            XDocument
                .Parse(await described.Content.ReadAsStringAsync())
                .Descendants()
                .Where(e => e.Name.LocalName == "EntitySet")
                .Select(e => (string)e.Attribute("Name")!)
        );

        Assert.Empty((await served.Json("ToyThings?$top=0", Later))["value"]!.AsArray());
        Assert.Equal(50, (await served.Json("ToyThings?$top=1000", Later))["value"]!.AsArray().Count);

        var expected = AskedOnly.Things.Where(t => t.Grade > 3 && t.Boards).ToList();
        using var count = await served.Get("ToyThings/$count?$filter=Grade%20gt%203%20and%20Boards%20eq%20true", Later);
        Assert.Equal($"{expected.Count}", await count.Content.ReadAsStringAsync());

        Assert.InRange(expected.Count, 51, 1_000); // more than a page
        Assert.Equal(expected.OrderBy(t => t.Id).Select(t => t.Name), await Load($"ToyThings?{Folded}"));
        Assert.Equal(
            expected.OrderBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Id).Select(t => t.Name),
            await Load($"ToyThings?{Folded}&$orderby=Name")
        );
        Assert.Equal(
            expected.OrderBy(t => t.Id).Skip(5).Take(52).Select(t => t.Name),
            await Load($"ToyThings?{Folded}&$skip=5&$top=52")
        );
    }

    [Theory]
    [InlineData("ToyThings?$filter=Nick%20eq%20null&$select=Name")]
    [InlineData(
        "ToyThings?$filter=not%20(Name%20eq%20null)&$orderby=Grade%20desc%2CName&$select=Name%2CGrade&$top=10&$skip=5"
    )]
    [InlineData("ToyThings?$filter=startswith(Name%2C%27%E5%BC%A0%27)&$count=true")]
    [InlineData("ToyThings?$filter=contains(Name%2C'a')%20and%20endswith(Name%2C'b')")]
    [InlineData("ToyThings?$filter=tolower(Name)%20eq%20'a'%20or%20length(Name)%20gt%202")]
    [InlineData("ToyThings?$filter=Born%20ge%202020-01-01%20and%20Born%20lt%202020-02-01&$top=0&$count=true")]
    [InlineData("ToyThings?$filter=At%20ge%202020-01-01T00%3A00%3A00Z")]
    [InlineData("ToyThings?$filter=year(Born)%20eq%202020")]
    [InlineData("ToyThings?$filter=Fee%20gt%201.5%20and%20Weight%20lt%201e3")]
    [InlineData("ToyThings?$expand=Maker&$select=Name%2CMaker&$top=5")]
    [InlineData("ToyThings?$expand=Maker($select=Name)&$select=Name&$top=5")]
    [InlineData("ToyMakers?$expand=Things($select=Name%2CGrade)&$top=3")]
    [InlineData("ToyThings?$apply=groupby((Grade)%2Caggregate(Fee%20with%20sum%20as%20Sum))")]
    [InlineData("ToyThings?$apply=filter(Grade%20gt%203)/groupby((Grade%2CColour))")]
    [InlineData("ToyThings?$filter=Colour%20eq%20EduAssist.OData.Colour%27Red%27")]
    public async Task What_it_folds_into_the_address_is_answered(string path)
    {
        using var answer = await pages.Served.Get(path, Later);
        Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
    }

    /// <summary>Page by page, along the links as they are given.</summary>
    private async Task<List<string>> Load(string query)
    {
        List<string> loaded = [];
        var met = 0;
        for (var next = new Uri(pages.Served.Root, query); next is not null; met++)
        {
            using var answer = await Ask(pages.Served.Client, next, Later);
            var page = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            loaded.AddRange(page["value"]!.AsArray().Select(r => (string)r!["Name"]!));
            next = (string?)page["@odata.nextLink"] is { } link ? new(link) : null;
            if (next is not null)
                Assert.Contains("$skiptoken=", next.OriginalString, StringComparison.Ordinal);
        }

        Assert.InRange(met, 2, 10);
        return loaded;
    }

    private static async Task<HttpResponseMessage> Ask(
        HttpClient client,
        Uri url,
        IEnumerable<(string Name, string Value)> headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }
}

public sealed class PowerQueryTestsOnSqlite(SmallPagesOnSqlite pages)
    : PowerQueryTests(pages),
        IClassFixture<SmallPagesOnSqlite>;

[Requires(ExternalProgram.PostgreSql)]
public sealed class PowerQueryTestsOnPostgreSql(SmallPagesOnPostgreSql pages)
    : PowerQueryTests(pages),
        IClassFixture<SmallPagesOnPostgreSql>;
