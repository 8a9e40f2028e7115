namespace EduAssist.OData;

/// <summary>What is not answered, and how that is said: with the error of OData, never with 500.</summary>
public abstract class RefusalTests(AskedOnly asked)
{
    private const string Key = "00000000-0000-0000-0000-000000000000";

    [Theory]
    [InlineData("Nothing", 404, "not-found")]
    [InlineData("ToyThings(1)", 400, "invalid-query")]
    [InlineData($"ToyThings({Key})", 404, "not-found")]
    [InlineData($"ToyThings({Key})/Maker", 404, "not-found")]
    [InlineData($"ToyThings({Key})/Name", 404, "not-found")]
    [InlineData($"ToyThings({Key})/Nothing", 404, "not-found")]
    [InlineData("ToyThings?$filter=Nothing eq 1", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Name eq", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Name", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Name eq 1", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Colour eq 'Blue'", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Colour in ('Blue')", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Boards gt false", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Grade eq @g", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Grade eq 1&$filter=Grade eq 2", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Grade eq 1&filter=Grade eq 2", 400, "invalid-query")]
    [InlineData("ToyThings?$top=-1", 400, "invalid-query")]
    [InlineData("ToyThings?$top=x", 400, "invalid-query")]
    [InlineData("ToyThings?$top=99999999999", 400, "invalid-query")]
    [InlineData("ToyThings?$skip=-1", 400, "invalid-query")]
    [InlineData("ToyThings?$count=yes", 400, "invalid-query")]
    [InlineData("ToyThings?$nothing=1", 400, "invalid-query")]
    [InlineData("ToyThings?nothing=1", 400, "invalid-query")]
    [InlineData("ToyThings?$select=Nothing", 400, "invalid-query")]
    [InlineData("ToyThings?$expand=Nothing", 400, "invalid-query")]
    [InlineData("ToyThings?$orderby=Nothing", 400, "invalid-query")]
    [InlineData("ToyThings?$skiptoken=x", 400, "invalid-query")]
    [InlineData($"ToyThings({Key})?$filter=Grade eq 1", 400, "invalid-query")]
    [InlineData("ToyThings/$count?$top=1", 400, "invalid-query")]
    [InlineData("?$filter=1 eq 1", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=aggregate(Name with sum as S)", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=aggregate(Boards with max as S)", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=groupby((Nothing))", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=groupby((Grade),aggregate($count as Grade))", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=aggregate($count as N,Fee with sum as N)", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=groupby((Maker/Name),aggregate($count as Maker))", 400, "invalid-query")]
    [InlineData("ToyThings?$expand=Maker,maker", 400, "invalid-query")]
    [InlineData("ToyMakers?$expand=Things($expand=Maker,maker)", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Grade eq NaN", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Weight ne -NaN", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Score gt @n&@n=NaN", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Weight div NaN eq 1", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Weight in (NaN,1)", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=NaN eq NaN", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=filter(Grade eq NaN)/aggregate($count as N)", 400, "invalid-query")]
    [InlineData("ToyMakers?$expand=Things($filter=Weight eq NaN)", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Fee lt INF", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Name eq '\u202E'", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=Name eq '\u0001'", 400, "invalid-query")]
    [InlineData("Divisions('\u2066')", 400, "invalid-query")]
    [InlineData("ToyMakers?$search=x", 501, "not-implemented")]
    [InlineData("ToyThings?$search=", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=", 400, "invalid-query")]
    [InlineData("ToyThings?$filter=%20", 400, "invalid-query")]
    [InlineData("ToyThings?$orderby=", 400, "invalid-query")]
    [InlineData("ToyThings?$select=", 400, "invalid-query")]
    [InlineData("ToyThings?$expand", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=", 400, "invalid-query")]
    [InlineData("ToyThings?$compute=", 400, "invalid-query")]
    [InlineData("ToyMakers?$expand=Things/$count($top=2)", 400, "invalid-query")]
    [InlineData("ToyMakers?$expand=Things/$count($skip=2)", 400, "invalid-query")]
    [InlineData("ToyMakers?$expand=Things/$count($orderby=Name)", 400, "invalid-query")]
    [InlineData("ToyMakers?$filter=Things/$count($filter=Grade gt (1);$top=2) gt 1", 400, "invalid-query")]
    [InlineData("ToyMakers?$expand=Things/$count($count=true)", 400, "invalid-query")]
    [InlineData("ToyMakers?$expand=Things/$count($select=Name)", 400, "invalid-query")]
    [InlineData("ToyMakers?$expand=Things/$count($compute=Grade add 1 as G)", 400, "invalid-query")]
    [InlineData("ToyThings?$search=x AND", 400, "invalid-query")]
    [InlineData("ToyThings?$compute=Grade add 1", 400, "invalid-query")]
    [InlineData("ToyThings?$compute=Grade add 1 as Grade", 400, "invalid-query")]
    [InlineData("ToyThings?$compute=Grade add 1 as A,Grade as A", 400, "invalid-query")]
    [InlineData("ToyThings?$compute=Nothing as A", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=aggregate($count as N)&$filter=M eq 1", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=aggregate($count as N)&$filter=Grade eq 1", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=aggregate($count as N)&$select=M", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=aggregate($count as N)&$search=x", 501, "not-implemented")]
    [InlineData("ToyThings?$filter=Born ge 2005-05-01T10:00:00Z", 400, "invalid-query")]
    [InlineData("ToyThings?$deltatoken=x", 501, "not-implemented")]
    [InlineData("ToyThings?$filter=matchesPattern(Name,'a')", 501, "not-implemented")]
    [InlineData("ToyThings?$filter=fractionalseconds(At) eq 0.5", 501, "not-implemented")]
    [InlineData("ToyThings?$filter=time(At) eq 10:00:00", 501, "not-implemented")]
    [InlineData("ToyThings?$filter=cast(Name,Edm.Int32) eq 1", 501, "not-implemented")]
    [InlineData("ToyThings?$filter=Weight mod 2 eq 1", 501, "not-implemented")]
    [InlineData("ToyThings?$filter=substring(Name,Grade) eq 'x'", 501, "not-implemented")]
    [InlineData("ToyThings?$apply=topcount(2,Grade)", 501, "not-implemented")]
    [InlineData("ToyThings?$apply=groupby((Grade))&$expand=Maker", 501, "not-implemented")]
    [InlineData("ToyThings/$ref", 501, "not-implemented")]
    [InlineData("ToyMakers?$expand=Things($levels=2)", 501, "not-implemented")]
    [InlineData("ToyMakers?$expand=Things/$ref", 501, "not-implemented")]
    [InlineData("ToyMakers?$expand=Things($filter=Name ne $it/Name)", 501, "not-implemented")]
    [InlineData("ToyMakers?$expand=Things($filter=MakerId eq $it/Id)", 501, "not-implemented")]
    [InlineData("ToyMakers?$expand=Things($orderby=$it/City)", 501, "not-implemented")]
    [InlineData("ToyThings?$compute=Grade as Maker", 400, "invalid-query")]
    [InlineData("ToyThings?$compute=Name as @odata.id", 400, "invalid-query")]
    [InlineData("ToyThings?$apply=aggregate($count as @odata.id)", 400, "invalid-query")]
    [InlineData("ToyMakers?$expand=Things/$count&$format=csv", 501, "not-implemented")]
    [InlineData("ToyMakers?$filter=Things/$count($search=x) gt 0", 501, "not-implemented")]
    [InlineData("$batch", 405, "method-not-allowed")]
    [InlineData("Programmes?$filter=Assessments/any()", 501, "not-implemented")]
    [InlineData("Assessments?$filter=Asked/Title eq 'x'", 501, "not-implemented")]
    public async Task What_cannot_be_answered_says_so(string path, int status, string code) =>
        Assert.Equal((status, code), await asked.Served.Refusal(path));

    [Theory]
    [InlineData("ToyThings?$filter=Secret eq '1'")]
    [InlineData("ToyThings?$filter=Secret eq null")]
    [InlineData("ToyThings?$filter=Secret gt '1'")]
    [InlineData("ToyThings?$filter=Secret in ('1')")]
    [InlineData("ToyThings?$filter=contains(Secret,'1')")]
    [InlineData("ToyThings?$filter=length(Secret) eq 18")]
    [InlineData("ToyThings?$orderby=Secret")]
    [InlineData("ToyThings?$orderby=length(Secret)")]
    [InlineData("ToyThings?$apply=groupby((Secret))")]
    [InlineData("ToyThings?$apply=filter(Secret eq '1')/aggregate($count as N)")]
    [InlineData("ToyThings?$apply=aggregate(Secret with max as M)")]
    [InlineData("ToyThings?$apply=aggregate(Secret with countdistinct as M)")]
    [InlineData("ToyMakers?$filter=Things/any(t:t/Secret eq '1')")]
    [InlineData("ToyMakers?$expand=Things($filter=Secret eq '1')")]
    [InlineData("ToyMakers?$expand=Things($orderby=Secret)")]
    [InlineData("ToyThings/$count?$filter=Secret eq '1'")]
    [InlineData("ToyThings?$format=csv&$filter=Secret eq '1'")]
    [InlineData("ToyThings?$compute=Secret as P")]
    [InlineData("ToyThings?$compute=concat(Secret,'x') as P&$select=P")]
    [InlineData("ToyThings?$compute=length(Secret) as P&$filter=P eq 18&$select=Id")]
    [InlineData("ToyThings?$apply=compute(Secret as P)/groupby((P))")]
    [InlineData("ToyThings?$apply=compute(Secret as P)")]
    [InlineData("ToyMakers?$expand=Things($compute=Secret as X;$select=X)")]
    [InlineData("ToyMakers?$expand=Things/$count($filter=Secret eq '1')")]
    [InlineData("ToyMakers?$filter=Things/$count($filter=Secret eq '1') gt 0")]
    [InlineData("ToyThings?$filter=Name eq @s&@s=Secret")]
    [InlineData("ToyThings?$filter=cast(Secret,Edm.String) eq '1'")]
    [InlineData("Students?$orderby=ResidentId")]
    [InlineData("Rolls?$filter=Number eq '1'")]
    public async Task What_is_personal_answers_no_question(string path) =>
        Assert.Equal((400, "personal-data"), await asked.Served.Refusal(path));

    [Theory]
    [InlineData("ToyThings?$select=Secret&$filter=Name ne null")]
    [InlineData("ToyMakers?$expand=Things($select=Secret)")]
    [InlineData("ToyThings?$format=csv&$select=Secret")]
    public async Task What_is_personal_is_shown_masked(string path)
    {
        using var answer = await asked.Served.Get(Oracle.Asking.Escaped(path));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("5323************3X", text, StringComparison.Ordinal);
        Assert.DoesNotContain("53230119990101123X", text, StringComparison.Ordinal);
    }

    /// <summary>What was asked before is not parsed again: it must be the same to the letter.</summary>
    [Fact]
    public async Task What_only_looks_like_a_query_before_is_no_query()
    {
        Assert.Empty(await asked.Served.Rows("ToyThings?$filter=Name eq 'x%26$orderby=y'"));
        Assert.Equal((400, "invalid-query"), await asked.Served.Refusal("ToyThings?$filter=Name eq 'x&$orderby=y'"));
    }

    [Fact]
    public async Task Its_value_alone_is_masked_too()
    {
        var id = AskedOnly.Things.First(t => t.Secret is not null).Id;
        foreach (var path in new[] { $"ToyThings({id})/Secret", $"ToyThings({id})/Secret/$value", $"ToyThings({id})" })
            Assert.Contains(
                "5323************3X",
                await asked.Served.Client.GetStringAsync(new Uri(asked.Served.Root, path)),
                StringComparison.Ordinal
            );
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Nothing_is_written(string method)
    {
        using var answer = await asked.Served.Client.SendAsync(
            new(new(method), new Uri(asked.Served.Root, "ToyThings"))
        );
        Assert.Equal((405, "GET, HEAD"), ((int)answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow)));
    }

    public static TheoryData<Limits, string> Beyond =>
        new()
        {
            {
                new() { Nodes = 20 },
                $"ToyThings?$filter={string.Join(" or ", Enumerable.Range(0, 20).Select(n => $"Grade eq {n}"))}"
            },
            {
                new() { List = 3 },
                "ToyThings?$filter=Grade in (1,2,3,4)"
            },
            {
                new() { Orders = 2 },
                "ToyThings?$orderby=Grade,Name,Nick"
            },
            {
                new() { Columns = 2 },
                "ToyThings?$apply=groupby((Grade,Nick),aggregate($count as N))"
            },
            {
                new() { ExpandedRows = 20 },
                "ToyMakers?$expand=Things"
            },
            {
                new() { ExpandedRows = 20 },
                "ToyMakers?$expand=Things($top=5)"
            },
        };

    [Theory, MemberData(nameof(Beyond))]
    public async Task A_limit_is_told(Limits limits, string path)
    {
        await using var served = await Served.Start(asked.Kind, [.. AskedOnly.Makers, .. AskedOnly.Things], limits);
        Assert.Equal((400, "limit-exceeded"), await served.Refusal(path));
        Assert.Equal(200, (await asked.Served.Refusal(path)).Status);
    }

    [Theory]
    [InlineData("ToyMakers?$expand=Things($expand=Maker($expand=Things($expand=Maker)))", "invalid-query")]
    [InlineData(
        "ToyThings?$filter=((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1 eq 1",
        "limit-exceeded"
    )]
    public async Task Depth_has_an_end(string path, string code) =>
        Assert.Equal((400, code), await asked.Served.Refusal(path));

    [Fact]
    public async Task A_query_without_end_is_ended()
    {
        await using var served = await Served.Start(
            asked.Kind,
            [
                .. Oracle.RandomRows.Makers(new(3), 300),
                .. Oracle.RandomRows.Things(new(4), Oracle.RandomRows.Makers(new(3), 300), 20_000),
            ],
            new() { Seconds = 1 }
        );
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(
            (400, "limit-exceeded"),
            await served.Refusal(
                "ToyMakers?$filter=Things/any(a:a/Maker/Things/any(b:b/Maker/Things/any(c:c/Maker/Things/any(d:concat(d/Name,a/Name) eq 'nobody'))))&$top=1"
            )
        );
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
        Assert.Equal(200, (await served.Refusal("ToyMakers?$top=1")).Status);
    }

    [Fact]
    public async Task Numbers_that_leave_their_range_are_told()
    {
        await using var served = await Served.Start(asked.Kind, [.. AskedOnly.Makers, .. AskedOnly.Things]);
        Assert.NotEqual(
            500,
            (
                await served.Refusal("ToyThings?$filter=Serial mul 9223372036854775807 mul 9223372036854775807 gt 0")
            ).Status
        );
        Assert.NotEqual(
            500,
            (await served.Refusal("ToyThings?$filter=Fee mul 79228162514264337593543950335 gt 0")).Status
        );
        Assert.Equal(200, (await served.Refusal("ToyThings?$filter=Grade div 0 eq 1 or Grade mod Score eq 1")).Status);
    }
}

public sealed class RefusalTestsOnSqlite(AskedOnSqlite asked) : RefusalTests(asked), IClassFixture<AskedOnSqlite>;

[Requires(ExternalProgram.PostgreSql)]
public sealed class RefusalTestsOnPostgreSql(AskedOnPostgreSql asked)
    : RefusalTests(asked),
        IClassFixture<AskedOnPostgreSql>;
