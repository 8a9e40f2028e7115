using EduAssist.OData.Oracle;
using FsCheck;
using FsCheck.Fluent;

namespace EduAssist.OData;

/// <summary>Random queries over random rows answer as LINQ does in memory, on either database.</summary>
public class OracleTests
{
    private static readonly int Size = Nightly.Is ? 10_000 : 1_000;

    [Theory, EveryDatabase]
    public async Task Every_answer_is_that_of_LINQ_in_memory(DatabaseKind kind)
    {
        var (served, queries) = await Start(kind, Size);
        await using var running = served;
        Assert.Equal(Size, queries.Count);
        List<string> wrong = [];
        foreach (var query in queries)
            if (await served.Fault(query) is { } fault)
                wrong.Add($"{query.Path}\n   {fault}");
        Assert.True(
            wrong.Count == 0,
            $"EDUASSIST_SEED={Nightly.Seed}: {wrong.Count} of {Size}\n{string.Join('\n', wrong.Take(40))}"
        );
    }

    /// <summary>As a binder would that takes one operator for another: the oracle sees it, whichever it is.</summary>
    [Fact]
    public async Task A_planted_fault_in_any_operator_is_seen()
    {
        (string Right, string Wrong)[] faults =
        [
            (" eq ", " ne "),
            (" ne ", " eq "),
            (" gt ", " ge "),
            (" ge ", " gt "),
            (" lt ", " le "),
            (" le ", " lt "),
            (" and ", " or "),
            (" or ", " and "),
            ("not (", "("),
            (" has ", " ne "),
            (" in (", " in (null,"),
            (" add ", " sub "),
            (" sub ", " add "),
            (" mul ", " add "),
            (" div ", " mul "),
            (" mod ", " div "),
            ("-(", "("),
            ("eq null", "ne null"),
            ("eq true", "eq false"),
            ("contains(", "startswith("),
            ("startswith(", "contains("),
            ("endswith(", "contains("),
            ("length(", "-1 add length("),
            ("indexof(", "1 add indexof("),
            ("tolower(", "trim("),
            ("toupper(", "trim("),
            ("trim(", "toupper("),
            ("substring(", "concat('',"),
            ("concat(", "concat('x',"),
            ("year(", "month("),
            ("month(", "day("),
            ("day(", "month("),
            ("hour(", "minute("),
            ("minute(Until", "hour(Until"),
            ("second(", "minute("),
            ("date(", "date(now() and "),
            ("round(", "floor("),
            ("floor(", "ceiling("),
            ("ceiling(", "floor("),
            ("any(", "all("),
            ("all(", "any("),
            ("/$count gt", "/$count lt"),
            (" desc", ""),
            ("$top=", "$top=1"),
            ("$skip=", "$skip=1"),
            ("$filter=", "$select="),
            ("$orderby=", "$orderby=Id,"),
            ("$expand=Maker(", "$expand=Maker($filter=Rank gt 1;"),
            ("with sum", "with max"),
            ("with average", "with sum"),
            ("with min", "with max"),
            ("with max", "with min"),
            ("with countdistinct", "with max"),
            ("/filter(N ge", "/filter(N lt"),
            ("$compute=N mul 2", "$compute=N mul 3"),
            ("$compute=N sub 3", "$compute=3 sub N"),
            ("$search=\"", "$search=NOT \""),
            ("&$filter=N", "&$filter=not (N"),
            ("&$filter=C ", "&$filter=N "),
            ("$orderby=C", "$orderby=N"),
            ("$select=", "$select=Nothing,"),
            ("Maker/Name", "Name"),
            ("Maker/Rank", "Grade"),
            ("(Colour eq", "(Second eq"),
            ("At eq", "Until eq"),
        ];
        var (served, queries) = await Start(DatabaseKind.Sqlite, 6_000);
        await using var running = served;
        List<string> unseen = [];
        foreach (var (right, wrong) in faults)
        {
            var seen = false;
            foreach (var query in queries.Where(q => q.Path.Contains(right, StringComparison.Ordinal)).Take(60))
                if (
                    seen =
                        await served.Fault(query, path => path.Replace(right, wrong, StringComparison.Ordinal))
                            is not null
                )
                    break;
            if (!seen)
                unseen.Add($"{right} → {wrong}");
        }

        Assert.True(unseen.Count == 0, string.Join('\n', unseen));
    }

    private static async Task<(Served Served, IReadOnlyList<RandomQuery> Queries)> Start(DatabaseKind kind, int size)
    {
        var dice = new Random((int)Nightly.Seed);
        var makers = RandomRows.Makers(dice, 12);
        var things = RandomRows.Things(dice, makers, 200);
        return (
            await Served.Start(kind, [.. makers, .. things]),
            [.. new Queries(things, makers).Any.Sample(size, new Rnd(Nightly.Seed), 50)]
        );
    }
}
