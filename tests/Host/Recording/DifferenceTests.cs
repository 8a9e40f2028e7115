namespace EduAssist.Host.Recording;

/// <summary>What is not the same is told: of which request, which line, and how it is approved.</summary>
public class DifferenceTests
{
    private const string Approved =
        "════ county GET /api/a\n── 200\n{\"name\":\"甲\",\"year\":2020}\n\n"
        + "════ school GET /api/b\n── 409\n\"不能送读\"\n\n";

    [Fact]
    public void The_same_is_no_difference() => Assert.Null(Difference.Of("a.txt", Approved, Approved));

    [Theory]
    [InlineData("不能送读", "不能送", "school GET /api/b", "7", "\"不能送读\"", "\"不能送\"")]
    [InlineData(",\"year\":2020", "", "county GET /api/a", "3", "\"year\":2020", "{\"name\":\"甲\"}")]
    [InlineData("409", "400", "school GET /api/b", "6", "── 409", "── 400")]
    [InlineData(
        "school GET /api/b",
        "teacher GET /api/b",
        "teacher GET /api/b",
        "5",
        "school GET",
        "1 new requests, 1 gone"
    )]
    [InlineData("\"不能送读\"\n\n", "", "school GET /api/b", "7", "不能送读", "approved")]
    public void The_first_line_that_differs_is_told(string was, string now, params string[] told)
    {
        var difference = Difference.Of("a.txt", Approved, Approved.Replace(was, now, StringComparison.Ordinal));
        Assert.All((string[])["a.txt", "EDUASSIST_APPROVE=1", .. told], t =>
            Assert.Contains(t, difference, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_route_that_nobody_asks_is_told()
    {
        const string Described = """
                "/api/a/{id}": {
                  "get": {
                  },
                  "post": {
                  }
                },
                "/api/b": {
                  "get": {
                  }
                }

            """;
        var missing = Coverage
            .Missing(
                new Dictionary<string, string>
                {
                    ["openapi"] = Described,
                    ["cases"] = "════ county GET /api/a/1?x=2\n── 200\n\n════ county GET /api/b/c\n── 200\n",
                }
            )
            .ToList();
        Assert.Contains("nobody asked POST /api/a/{id}", missing);
        Assert.Contains("nobody asked GET /api/b", missing);
        Assert.DoesNotContain("nobody asked GET /api/a/{id}", missing);
        Assert.Contains("nothing came to 409", missing);
    }

    [Fact]
    public void Nothing_of_one_line_is_lost_when_it_is_broken()
    {
        var rows = Enumerable.Repeat("""{"text":"a, [b] \"{c}\"","n":1.50}""", 20);
        var json = $$"""{"a":[{{string.Join(',', rows)}}],"b":"x"}""";
        var broken = Readable.Json(json);
        Assert.Contains('\n', broken);
        Assert.Equal(json, string.Concat(broken.Split('\n').Select(l => l.TrimStart(' '))));
    }

    [Fact]
    public void What_differs_between_two_runs_has_a_word_and_what_does_not_stays()
    {
        var words = new Placeholders(new(2020, 5, 9));
        words.Name(new("0171f65c-ed46-703d-8f5c-0d8d5f9f4564"), "‹Student 1›");
        const string Id = "0171f65c-ed46-703d-8f5c-0d8d5f9f4565";
        var text = $"{Id} 0171f65ced46703d8f5c0d8d5f9f4564 0171f65c-ed46-703d-8f5c-0d8d5f9f4566 {Id}";
        Assert.Equal("‹id 1› ‹Student 1› ‹id 2› ‹id 1›", words.Stable(text));
        Assert.Equal(
            "2020-05-09T‹time›+08:00 2020-05-09T‹time›+00:00 2020-05-06T09:00:00.000+08:00",
            words.Stable("2020-05-09T06:33:03.778+08:00 2020-05-08T22:33:03.778+00:00 2020-05-06T09:00:00.000+08:00")
        );
        Assert.Equal("2020-05-09 ‹time› 2020-05-06 09:00", words.Stable("2020-05-09 06:33 2020-05-06 09:00"));
        Assert.Equal(
            """{"password":"‹secret›","title":"demo-county"}""",
            words.Stable("""{"password":"aB3-xyz9","title":"demo-county"}""")
        );
    }
}
