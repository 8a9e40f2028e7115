using System.Xml.Linq;

namespace EduAssist.OData;

/// <summary>
/// What Power Query (Excel, Power BI) sends, one after the other, when an analyst enters the service root, picks a table, filters it, chooses columns and loads it: its
/// headers, its way of writing conditions, its walk along the next links.
/// </summary>
public class PowerQueryTests(AskedOnly asked) : IClassFixture<AskedOnly>
{
    private static readonly (string, string)[] Headers =
    [
        ("User-Agent", "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)"), ("OData-MaxVersion", "4.0"), ("OData-Version", "4.0"), ("MaxDataServiceVersion", "3.0"),
        ("Accept", "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7"), ("Accept-Encoding", "gzip, deflate"), ("Prefer", "odata.maxpagesize=50"),
    ];

    [Fact]
    public async Task The_analyst_enters_the_root_and_works()
    {
        var served = asked.Served;
        var service = await served.Json("", Headers);
        Assert.Contains("ToyThings", service["value"]!.AsArray().Select(s => (string)s!["url"]!));

        using var described = await served.Get("$metadata", [.. Headers[..4], ("Accept", "application/xml")]);
        var metadata = XDocument.Parse(await described.Content.ReadAsStringAsync());
        Assert.Contains(metadata.Descendants().Where(e => e.Name.LocalName == "EntitySet").Select(e => (string)e.Attribute("Name")!), n => n == "ToyThings");
        Assert.Equal($"{served.Root}$metadata", (string)service["@odata.context"]!);

        var preview = await served.Json("ToyThings?$top=1000", Headers);
        Assert.Equal(50, preview["value"]!.AsArray().Count);

        using var count = await served.Get("ToyThings/$count?$filter=Grade%20gt%203%20and%20Boards%20eq%20true", [.. Headers[..4], ("Accept", "text/plain")]);
        var expected = AskedOnly.Things.Where(t => t.Grade > 3 && t.Boards).OrderBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Id).Select(t => t.Name).ToList();
        Assert.Equal($"{expected.Count}", await count.Content.ReadAsStringAsync());

        List<string> loaded = [];
        var next = new Uri(served.Root, "ToyThings?$filter=Grade%20gt%203%20and%20Boards%20eq%20true&$orderby=Name&$select=Id%2CName%2CGrade%2CFee&$top=4096");
        for (var page = 0; next is not null; page++)
        {
            Assert.InRange(page, 0, 10);
            var rows = await served.Json(next.PathAndQuery["/odata/".Length..], Headers);
            loaded.AddRange(rows["value"]!.AsArray().Select(r => (string)r!["Name"]!));
            next = (string?)rows["@odata.nextLink"] is { } link ? new(link) : null;
            if (next is not null) Assert.Contains("$skiptoken=", next.OriginalString, StringComparison.Ordinal);
        }

        Assert.Equal(expected, loaded);
    }

    [Theory]
    [InlineData("ToyThings?$filter=Nick%20eq%20null&$select=Name", 200)]
    [InlineData("ToyThings?$filter=not%20(Name%20eq%20null)&$orderby=Grade%20desc%2CName&$select=Name%2CGrade&$top=10&$skip=5", 200)]
    [InlineData("ToyThings?$filter=startswith(Name%2C%27%E5%BC%A0%27)&$count=true", 200)]
    [InlineData("ToyThings?$filter=Born%20ge%202020-01-01%20and%20Born%20lt%202020-02-01&$top=0&$count=true", 200)]
    [InlineData("ToyThings?$filter=At%20ge%202020-01-01T00%3A00%3A00Z", 200)]
    [InlineData("ToyThings?$filter=year(Born)%20eq%202020", 200)]
    [InlineData("ToyThings?$expand=Maker&$select=Name%2CMaker&$top=5", 200)]
    [InlineData("ToyThings?$apply=groupby((Grade)%2Caggregate(Fee%20with%20sum%20as%20Sum))", 200)]
    [InlineData("ToyThings?$filter=Colour%20eq%20EduAssist.OData.Colour%27Red%27", 200)]
    public async Task What_it_folds_into_the_address_is_answered(string path, int status)
    {
        using var answer = await asked.Served.Get(path, Headers);
        Assert.Equal(status, (int)answer.StatusCode);
    }
}
