using System.Net;
using System.Xml.Linq;

namespace EduAssist.OData;

/// <summary>Headers, formats, context and annotations, as the standard says.</summary>
public abstract class ProtocolTests(AskedOnly asked)
{
    [Theory]
    [InlineData("ToyMakers", null, "application/json;odata.metadata=minimal;charset=utf-8")]
    [InlineData("ToyMakers", "*/*", "application/json;odata.metadata=minimal;charset=utf-8")]
    [InlineData(
        "ToyMakers",
        "application/json;odata.metadata=none",
        "application/json;odata.metadata=none;charset=utf-8"
    )]
    [InlineData("ToyMakers", "application/json;metadata=full", "application/json;odata.metadata=full;charset=utf-8")]
    [InlineData(
        "ToyMakers",
        "application/json;IEEE754Compatible=true",
        "application/json;odata.metadata=minimal;IEEE754Compatible=true;charset=utf-8"
    )]
    [InlineData(
        "ToyMakers",
        "image/png,application/json;q=0.5",
        "application/json;odata.metadata=minimal;charset=utf-8"
    )]
    [InlineData("ToyMakers?$format=json", "application/xml", "application/json;odata.metadata=minimal;charset=utf-8")]
    [InlineData(
        "ToyMakers?$format=application/json;odata.metadata=none",
        null,
        "application/json;odata.metadata=none;charset=utf-8"
    )]
    [InlineData(
        "ToyMakers",
        "application/json;odata.streaming=true",
        "application/json;odata.metadata=minimal;odata.streaming=true;charset=utf-8"
    )]
    [InlineData("ToyMakers", "text/csv", "text/csv;charset=utf-8")]
    [InlineData("$metadata", null, "application/xml;charset=utf-8")]
    [InlineData("$metadata", "application/json", "application/json;charset=utf-8")]
    [InlineData("$metadata?$format=json", null, "application/json;charset=utf-8")]
    [InlineData("$metadata", "application/xml", "application/xml;charset=utf-8")]
    [InlineData("ToyMakers/$count", "application/json", "text/plain;charset=utf-8")]
    public async Task The_format_is_negotiated(string path, string? accept, string type)
    {
        using var answer = await asked.Served.Get(
            Oracle.Asking.Escaped(path),
            accept is null ? [] : [("Accept", accept)]
        );
        Assert.Equal(
            (HttpStatusCode.OK, type, "4.0"),
            (
                answer.StatusCode,
                answer.Content.Headers.GetValues("Content-Type").Single().Replace("; ", ";", StringComparison.Ordinal),
                answer.Headers.GetValues("OData-Version").Single()
            )
        );
    }

    [Theory]
    [InlineData("ToyMakers", "image/png", 406)]
    [InlineData("ToyMakers", "application/json;odata.metadata=some", 406)]
    [InlineData("ToyMakers?$format=atom", "*/*", 406)]
    [InlineData("$metadata?$format=csv", "*/*", 406)]
    [InlineData("ToyMakers", "application/json", 200)]
    public async Task What_there_is_not_is_not_acceptable(string path, string accept, int status) =>
        Assert.Equal(status, (await asked.Served.Refusal(path, ("Accept", accept))).Status);

    [Theory]
    [InlineData("4.0", 200, "4.0")]
    [InlineData("4.01", 200, "4.01")]
    [InlineData("5.0", 200, "4.01")]
    [InlineData("3.0", 400, "4.0")]
    [InlineData("x", 400, "4.0")]
    public async Task The_version_is_negotiated(string most, int status, string version)
    {
        using var answer = await asked.Served.Get("ToyMakers?$top=1", ("OData-MaxVersion", most));
        Assert.Equal((status, version), ((int)answer.StatusCode, answer.Headers.GetValues("OData-Version").Single()));
        if (version == "4.01")
            Assert.StartsWith("{\"@context\":", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ToyMakers", "ToyMakers")]
    [InlineData("ToyMakers?$select=Name,City", "ToyMakers(Name,City)")]
    [InlineData("ToyMakers?$expand=Things", "ToyMakers(Things())")]
    [InlineData("ToyThings?$select=Name&$expand=Maker($select=City)", "ToyThings(Name,Maker(City))")]
    [InlineData(
        "ToyThings?$apply=groupby((Grade,Maker/City),aggregate($count as N))",
        "ToyThings(Grade,Maker(City),N)"
    )]
    public async Task The_context_describes_what_is_shown(string path, string context) =>
        Assert.Equal(
            $"{asked.Served.Root}$metadata#{context}",
            (string)(await asked.Served.Json(Oracle.Asking.Escaped(path)))["@odata.context"]!
        );

    [Theory]
    [InlineData("$apply=groupby((Name,Name))", "$apply=groupby((Name))")]
    [InlineData("$apply=groupby((Name,name))", "$apply=groupby((Name))")]
    [InlineData("$apply=groupby((Maker/Name,Maker/Name))", "$apply=groupby((Maker/Name))")]
    [InlineData(
        "$apply=groupby((Grade),aggregate($count as N))/groupby((N,N))",
        "$apply=groupby((Grade),aggregate($count as N))/groupby((N))"
    )]
    [InlineData(
        "$apply=groupby((Grade,Colour,Grade),aggregate(Fee with sum as S))",
        "$apply=groupby((Grade,Colour),aggregate(Fee with sum as S))"
    )]
    [InlineData("$select=Name,Name", "$select=Name")]
    [InlineData("$select=Name,*,Name", "$select=*")]
    [InlineData("$orderby=Name,Name", "$orderby=Name")]
    [InlineData("$expand=Maker,Maker", "$expand=Maker")]
    [InlineData("$expand=Maker($select=Name),Maker($select=Name,City)", "$expand=Maker($select=Name,City)")]
    public async Task What_is_named_twice_is_shown_once(string twice, string once) =>
        Assert.Equal(
            (await asked.Served.Json(Oracle.Asking.Escaped($"ToyThings?{once}"))).ToJsonString(),
            (await asked.Served.Json(Oracle.Asking.Escaped($"ToyThings?{twice}"))).ToJsonString()
        );

    [Fact]
    public async Task One_row_its_columns_and_what_is_linked_with_it_have_addresses()
    {
        var thing = AskedOnly.Things.First(t => t.MakerId is not null && t.Nick is null);
        var maker = AskedOnly.Makers.Single(m => m.Id == thing.MakerId);
        var one = await asked.Served.Json($"ToyThings({thing.Id})");
        Assert.Equal(
            ($"{asked.Served.Root}$metadata#ToyThings/$entity", thing.Name),
            ((string)one["@odata.context"]!, (string)one["Name"]!)
        );
        var name = await asked.Served.Json($"ToyThings({thing.Id})/Name");
        Assert.Equal(
            ($"{asked.Served.Root}$metadata#ToyThings({thing.Id})/Name", thing.Name),
            ((string)name["@odata.context"]!, (string)name["value"]!)
        );
        Assert.Equal(
            thing.Name,
            await asked.Served.Client.GetStringAsync(new Uri(asked.Served.Root, $"ToyThings({thing.Id})/Name/$value"))
        );
        Assert.Equal(HttpStatusCode.NoContent, (await asked.Served.Get($"ToyThings({thing.Id})/Nick")).StatusCode);
        Assert.Equal(maker.Name, (string)(await asked.Served.Json($"ToyThings({thing.Id})/Maker"))["Name"]!);
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await asked.Served.Get($"ToyThings({AskedOnly.Things.First(t => t.MakerId is null).Id})/Maker")).StatusCode
        );
        var things = AskedOnly.Things.Where(t => t.MakerId == maker.Id).ToList();
        Assert.Equal(
            $"{things.Count}",
            await asked.Served.Client.GetStringAsync(new Uri(asked.Served.Root, $"ToyMakers({maker.Id})/Things/$count"))
        );
        Assert.Equal(
            things.Count(t => t.Grade > 4),
            (await asked.Served.Rows($"ToyMakers({maker.Id})/Things?$filter=Grade gt 4")).Count
        );
    }

    [Fact]
    public async Task Keys_of_several_columns_and_of_texts_with_quotes_find_their_rows()
    {
        var window = (await asked.Served.Rows("Windows?$top=1&$filter=Year eq 2020"))[0];
        Assert.Equal(
            (string)window["Title"]!,
            (string)
                (await asked.Served.Json($"Windows(Module='{window["Module"]}',Year=2020,Id='{window["Id"]}')"))[
                    "Title"
                ]!
        );
        var provision = (await asked.Served.Rows("Provisions?$top=1"))[0];
        Assert.Equal(
            (string)provision["Gist"]!,
            (string)
                (await asked.Served.Json($"Provisions('{Uri.EscapeDataString((string)provision["Id"]!)}')"))["Gist"]!
        );
        Assert.Equal(404, (await asked.Served.Refusal($"Provisions('{Uri.EscapeDataString("it''s/not")}')")).Status);
    }

    [Fact]
    public async Task Full_metadata_says_type_and_address_and_none_says_nothing()
    {
        var full = (await asked.Served.Json("ToyMakers?$top=1", ("Accept", "application/json;odata.metadata=full")))[
            "value"
        ]![0]!;
        Assert.Equal(
            ("#EduAssist.OData.Maker", $"ToyMakers({full["Id"]})", "#Guid", $"ToyMakers({full["Id"]})/Things"),
            (
                (string)full["@odata.type"]!,
                (string)full["@odata.id"]!,
                (string)full["Id@odata.type"]!,
                (string)full["Things@odata.navigationLink"]!
            )
        );
        Assert.Equal((string)full["Name"]!, (string)(await asked.Served.Json((string)full["@odata.id"]!))["Name"]!);
        var none = await asked.Served.Json(
            "ToyMakers?$top=1&$count=true",
            ("Accept", "application/json;odata.metadata=none")
        );
        Assert.Equal(["@odata.count", "value"], none.Select(m => m.Key));
    }

    [Fact]
    public async Task Great_numbers_are_texts_where_that_is_asked_for()
    {
        var row = (
            await asked.Served.Json(
                "ToyThings?$top=1&$select=Serial,Fee,Grade",
                ("Accept", "application/json;IEEE754Compatible=true")
            )
        )["value"]![0]!;
        Assert.Equal(
            "\"\"1",
            $"{row["Serial"]!.ToJsonString()[0]}{row["Fee"]!.ToJsonString()[0]}{(row["Grade"]!.GetValueKind() == System.Text.Json.JsonValueKind.Number ? 1 : 0)}"
        );
    }

    [Fact]
    public async Task A_row_that_the_client_has_is_not_sent_again()
    {
        var id = AskedOnly.Things[0].Id;
        using var first = await asked.Served.Get($"ToyThings({id})");
        var tag = first.Headers.ETag!.ToString();
        using var again = await asked.Served.Get($"ToyThings({id})", ("If-None-Match", tag));
        using var other = await asked.Served.Get($"ToyThings({id})?$select=Name", ("If-None-Match", tag));
        Assert.Equal(
            (HttpStatusCode.NotModified, 0, HttpStatusCode.OK),
            (again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length, other.StatusCode)
        );
    }

    [Theory]
    [InlineData("ToyThings?filter=Grade eq 3&top=1000")]
    [InlineData("ToyThings?$FILTER=Grade EQ 3")]
    [InlineData("ToyThings?$filter=grade eq 3 AND CONTAINS(Name,'') OR NOT (1 EQ 1)")]
    [InlineData("ToyThings?$filter=Grade eq @g&@g=3")]
    [InlineData("ToyThings?$apply=filter(Grade eq 3)")]
    [InlineData("ToyThings?$filter=Grade in (3)&$format=json")]
    public async Task The_same_is_asked_in_many_ways(string path) =>
        Assert.Equal(
            AskedOnly.Things.Count(t => t.Grade == 3),
            (await asked.Served.Rows(Oracle.Asking.Escaped(path))).Count
        );

    [Fact]
    public async Task Every_set_is_in_the_service_document_and_answers()
    {
        var sets = (await asked.Served.Json(""))["value"]!
            .AsArray()
            .Select(s => ((string)s!["url"]!, (string)s["title"]!))
            .ToList();
        string[] expected =
        [
            "Divisions",
            "Schools",
            "Students",
            "Guardians",
            "Rolls",
            "Provisions",
            "Interpretations",
            "Programmes",
            "Windows",
            "Duties",
            "Assessments",
            "AuditEntries",
            "Cases",
            "CaseEvents",
        ];
        Assert.Empty(expected.Except(sets.Select(s => s.Item1)));
        foreach (var (set, title) in sets)
        {
            Assert.Matches("[\u4e00-\u9fff]", title);
            Assert.NotNull((await asked.Served.Json($"{set}?$top=2&$count=true"))["@odata.count"]);
        }
    }

    [Fact]
    public async Task Every_column_and_every_word_has_a_Chinese_title_and_may_only_be_read()
    {
        var metadata = XDocument.Parse(
            await asked.Served.Client.GetStringAsync(new Uri(asked.Served.Root, "$metadata"))
        );
        XNamespace edm = "http://docs.oasis-open.org/odata/ns/edm";
        var properties = metadata.Descendants(edm + "Property").ToList();
        Assert.NotEmpty(properties);
        foreach (
            var described in properties
                .Concat(metadata.Descendants(edm + "Member"))
                .Concat(metadata.Descendants(edm + "EntitySet"))
        )
            Assert.Matches(
                "[\u4e00-\u9fff]",
                (string)
                    described
                        .Elements(edm + "Annotation")
                        .Single(a => (string)a.Attribute("Term")! == "Core.Description")
                        .Attribute("String")!
            );
        foreach (var property in properties)
            Assert.Contains(property.Descendants(edm + "EnumMember"), m =>
                m.Value == "Org.OData.Core.V1.Permission/Read"
            );
    }

    [Fact]
    public async Task Expanded_rows_obey_their_own_options()
    {
        foreach (
            var maker in await asked.Served.Rows(
                Oracle.Asking.Escaped(
                    "ToyMakers?$expand=Things($filter=Grade gt 3;$orderby=Fee desc,Id;$select=Fee,Grade;$skip=1;$top=2;$count=true;$expand=Maker($select=Name))"
                )
            )
        )
        {
            var all = AskedOnly
                .Things.Where(t => t.MakerId == Guid.Parse((string)maker["Id"]!) && t.Grade > 3)
                .OrderByDescending(t => t.Fee)
                .ThenBy(t => t.Id)
                .ToList();
            Assert.Equal(all.Count, (int)maker["Things@odata.count"]!);
            Assert.Equal(
                all.Skip(1).Take(2).Select(t => (t.Fee, t.Grade)),
                maker["Things"]!.AsArray().Select(t => ((decimal)t!["Fee"]!, (int)t["Grade"]!))
            );
            Assert.All(maker["Things"]!.AsArray(), t =>
                Assert.Equal((string)maker["Name"]!, (string)t!["Maker"]!["Name"]!)
            );
        }
    }
}

public sealed class ProtocolTestsOnSqlite(AskedOnSqlite asked) : ProtocolTests(asked), IClassFixture<AskedOnSqlite>;

[Requires(ExternalProgram.PostgreSql)]
public sealed class ProtocolTestsOnPostgreSql(AskedOnPostgreSql asked)
    : ProtocolTests(asked),
        IClassFixture<AskedOnPostgreSql>;
