using System.Net;
using EduAssist.Documents.Spreadsheets;
using EduAssist.OData.Oracle;
using EduAssist.OData.Toy;
using EduAssist.Office.Cases;
using EduAssist.Office.Listings;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace EduAssist.OData;

/// <summary>
/// Rows outside of a reader's access scope do not exist: whatever is asked, the answer is the one that somebody who
/// sees everything gets where only the rows are there that the reader may see.
/// </summary>
public class LeakTests
{
    private static readonly int Size = Nightly.Is ? 1_000 : 50;

    /// <summary>Everything, a prefecture, a county, a school, a class, two places, four, and nowhere.</summary>
    private static readonly IReadOnlyList<IReadOnlyList<string>> Readers =
    [
        [""],
        ["5323"],
        ["532301"],
        ["532301/00000000000000000000000000000001"],
        ["532301/00000000000000000000000000000001/0000000000000000000000000000000a"],
        ["532301/00000000000000000000000000000002", "532302"],
        ["5325", "532301001", "532302/00000000000000000000000000000003", "532301/00000000000000000000000000000001"],
        [],
    ];

    [Theory, EveryDatabase]
    public async Task The_answer_is_that_of_LINQ_over_the_rows_that_are_seen(DatabaseKind kind)
    {
        var (served, makers, things) = await Toys(kind);
        await using var running = served;
        List<string> wrong = [];
        foreach (var scopes in Readers)
        {
            await using var reader = await served.As(scopes);
            var (seenMakers, seenThings) = (Seen(makers, scopes), Seen(things, scopes));
            foreach (
                var (query, n) in new Queries(seenThings, seenMakers)
                    .Any.Sample(Size, new Rnd(Nightly.Seed), 50)
                    .Select((q, n) => (q, n))
            )
            {
                if (await reader.Fault(query, size: n % 3 == 0 ? 7 : 1000, batched: n % 4 == 0) is { } fault)
                    wrong.Add($"[{string.Join(' ', scopes)}] {query.Path}\n   {fault}");
                if (n % 5 == 0 && await Listed(reader, query) is { } list)
                    wrong.Add($"[{string.Join(' ', scopes)}] {query.Path}\n   {list}");
            }
        }

        Assert.True(
            wrong.Count == 0,
            $"EDUASSIST_SEED={Nightly.Seed}: {wrong.Count}\n{string.Join('\n', wrong.Take(40))}"
        );
    }

    [Theory, EveryDatabase]
    public async Task What_is_not_seen_has_no_address(DatabaseKind kind)
    {
        var (served, makers, things) = await Toys(kind);
        await using var running = served;
        foreach (var scopes in Readers)
        {
            await using var reader = await served.As(scopes);
            foreach (var thing in things.Take(60))
            {
                var maker = makers.FirstOrDefault(m => m.Id == thing.MakerId && IsSeen(m, scopes));
                var (seen, to) = (IsSeen(thing, scopes), $"ToyThings({thing.Id})");
                Assert.Equal(
                    (to, seen ? HttpStatusCode.OK : HttpStatusCode.NotFound),
                    (to, (await reader.Get(to)).StatusCode)
                );
                Assert.Equal(
                    (to, seen ? HttpStatusCode.OK : HttpStatusCode.NotFound),
                    (to, (await reader.Get($"{to}/Grade/$value")).StatusCode)
                );
                Assert.Equal(
                    (
                        to,
                        !seen ? HttpStatusCode.NotFound
                        : maker is null ? HttpStatusCode.NoContent
                        : HttpStatusCode.OK
                    ),
                    (to, (await reader.Get($"{to}/Maker")).StatusCode)
                );
            }

            foreach (var maker in makers)
            {
                using var made = await reader.Get($"ToyMakers({maker.Id})/Things/$count");
                Assert.Equal(
                    IsSeen(maker, scopes) ? $"{Seen(things, scopes).Count(t => t.MakerId == maker.Id)}" : "404",
                    made.IsSuccessStatusCode ? await made.Content.ReadAsStringAsync() : $"{(int)made.StatusCode}"
                );
            }
        }
    }

    /// <summary>
    /// A listing that passes the filter by, in its rows, in what is expanded, and in conditions on what it leads to.
    /// </summary>
    [Theory]
    [InlineData("ToyThings?", "ToyHoles?")]
    [InlineData("Things/any(", "Holes/any(")]
    [InlineData("Things/all(", "Holes/all(")]
    [InlineData("Things/$count", "Holes/$count")]
    public async Task Planted_a_hole_is_seen(string right, string wrong)
    {
        var (served, makers, things) = await Toys(DatabaseKind.Sqlite);
        await using var running = served;
        served.Stored.Instance.Catalogue.Listings.OfType<HoleListing>().Single().IsOpen = true;
        IReadOnlyList<string> scopes = ["532301", "5325"];
        await using var reader = await served.As(scopes);
        var queries = new Queries(Seen(things, scopes), Seen(makers, scopes))
            .Any.Sample(3_000, new Rnd(Nightly.Seed), 50)
            .Where(q => q.Path.Contains(right, StringComparison.Ordinal))
            .Take(60)
            .ToList();
        var seen = 0;
        foreach (var query in queries)
        {
            Assert.Null(await reader.Fault(query));
            if (
                await reader.Fault(query, path => path.Replace(right, wrong, StringComparison.Ordinal)) is { } fault
                && !fault.StartsWith('4')
                && !fault.StartsWith('5')
            )
                seen++;
        }

        Assert.InRange(seen, 1, queries.Count);
    }

    /// <summary>
    /// The same of what is really there, whose rows are bound to each other in every way: first everybody asks, then
    /// what they do not see is taken away and somebody asks who sees everything.
    /// </summary>
    [Theory, EveryDatabase]
    public async Task The_answer_is_that_of_a_database_with_nothing_but_what_is_seen(DatabaseKind kind)
    {
        var dice = new Random((int)Nightly.Seed);
        await using var served = new Served(await Served.Empty(kind));
        await served.Stored.Commands.PrepareDatabaseAsync(demo: true);
        await served.InitializeAsync();
        var listings = await Stored(served);
        var rows = new Dictionary<string, IReadOnlyList<System.Text.Json.Nodes.JsonObject>>();
        foreach (var listing in listings)
            rows[listing.Set] = await served.Rows($"{listing.Set}?$top=500");
        var numbers = await Numbers(served);
        var questions = new RandomQuestions(listings, rows, dice);

        List<(
            IReadOnlyList<string> Scopes,
            List<(IListing Listing, string Path, int Size, string Seen, string All)> Asked
        )> readers = [];
        foreach (var scopes in await Narrowing(served, dice))
        {
            await using var reader = await served.As(scopes);
            List<(IListing, string, int, string, string)> asked = [];
            foreach (var listing in Enumerable.Range(0, Size).Select(n => listings[n % listings.Count]))
            {
                var (path, size) = (questions.Of(listing), dice.Next(20, 200));
                await ForgetExports(served);
                asked.Add((listing, path, size, await reader.Whole(path, size), await served.Whole(path, size)));
            }

            readers.Add((scopes, asked));
        }

        List<string> wrong = [];
        foreach (var (scopes, asked) in readers)
        {
            Pruning.Prune(served.Stored.Commands.Database, new(scopes, scopes));
            foreach (
                var (listing, path, size, seen, _) in asked.OrderBy(a =>
                    a.Path.Contains("$format", StringComparison.Ordinal)
                )
            ) // an export leaves a line in the audit
            {
                if (listing.Set == "AuditEntries")
                    Pruning.Prune(served.Stored.Commands.Database, new(scopes, scopes));
                await ForgetExports(served);
                var alone = await served.Whole(path, size);
                if (alone != seen)
                    wrong.Add(
                        $"[{string.Join(' ', scopes)}] {path}\n   sees {Short(seen, alone)}\n   there is {Short(alone, seen)}"
                    );
                if (numbers.FirstOrDefault(n => seen.Contains(n, StringComparison.Ordinal)) is { } number)
                    wrong.Add($"{path}\n   {number}");
            }
        }

        Assert.True(
            wrong.Count == 0,
            $"EDUASSIST_SEED={Nightly.Seed}: {wrong.Count}\n{string.Join('\n', wrong.Take(20))}"
        );
        var all = readers.SelectMany(r => r.Asked).ToList();
        Assert.InRange(
            all.Count(a => a.Seen.StartsWith("200", StringComparison.Ordinal)),
            all.Count * 6 / 10,
            all.Count
        );

        // planted: a server that forgets the filter would be found, by the questions to every set whose rows belong
        // somewhere
        var unseen = listings
            .Where(l => l.Set is not ("Divisions" or "ChuxiongShanghaiSchools") && rows[l.Set].Count > 0)
            .Select(l => l.Set)
            .Except(all.Where(a => a.Seen != a.All).Select(a => a.Listing.Set));
        Assert.Empty(unseen);
    }

    /// <summary>An export leaves a line at the places of whoever exports: a question after it would see more.</summary>
    private static async Task ForgetExports(Served served)
    {
        await using var db = served.Stored.Commands.Database.OpenUnfiltered();
        await db.Set<AuditEntry>().Where(a => a.Action == "odata/export").ExecuteDeleteAsync();
    }

    /// <summary>
    /// No question has a personal number for its answer, by whichever column it goes and from wherever.
    /// </summary>
    [Fact]
    public async Task No_column_with_personal_numbers_answers_a_question()
    {
        await using var served = await Served.Start(DatabaseKind.Sqlite);
        var listings = served.Stored.Instance.Catalogue.Listings;
        var columns = listings
            .SelectMany(l => l.Columns.Where(c => c.IsPersonal).Select(c => (Listing: l, c.Name)))
            .ToList();
        Assert.Superset(
            new HashSet<string> { "Students", "Guardians", "Rolls", "ChuxiongApplications" },
            columns.Select(c => c.Listing.Set).ToHashSet()
        );
        foreach (var (listing, name) in columns)
        {
            List<string> asked =
            [
                $"$filter={name} eq '1'",
                $"$filter={name} ne null",
                $"$filter={name} gt '1'",
                $"$filter=contains({name},'1')",
                $"$filter={name} in ('1')",
                $"$filter=length({name}) eq 18",
                $"$orderby={name}",
                $"$orderby=concat({name},'x')",
                $"$apply=groupby(({name}))",
                $"$apply=filter({name} eq '1')/aggregate($count as N)",
                $"$apply=aggregate({name} with max as M)",
                $"$apply=aggregate({name} with countdistinct as M)",
                $"$filter={name} eq '1'&$format=csv",
            ];
            foreach (var query in asked)
                Assert.Equal((query, (400, "personal-data")), (query, await served.Refusal($"{listing.Set}?{query}")));
            foreach (
                var (from, link) in listings.SelectMany(l =>
                    l.Links.Where(k => k.Target == listing.Set).Select(k => (l, k))
                )
            )
            {
                var condition = link.IsMany ? $"{link.Name}/any(x:x/{name} eq '1')" : $"{link.Name}/{name} eq '1'";
                Assert.Equal(
                    (condition, (400, "personal-data")),
                    (condition, await served.Refusal($"{from.Set}?$filter={condition}"))
                );
                if (!link.IsMany)
                    Assert.Equal(
                        (link.Name, (400, "personal-data")),
                        (link.Name, await served.Refusal($"{from.Set}?$orderby={link.Name}/{name}"))
                    );
            }
        }
    }

    private static async Task<(Served Served, IReadOnlyList<Maker> Makers, IReadOnlyList<Thing> Things)> Toys(
        DatabaseKind kind
    )
    {
        var dice = new Random((int)Nightly.Seed);
        var makers = RandomRows.Makers(dice, 24);
        var things = RandomRows.Things(dice, makers, 300);
        return (await Served.Start(kind, [.. makers, .. things]), makers, things);
    }

    private static bool IsSeen(IScoped row, IReadOnlyList<string> scopes) =>
        scopes.Any(s => row.Scope.StartsWith(s, StringComparison.Ordinal));

    private static IReadOnlyList<T> Seen<T>(IReadOnlyList<T> rows, IReadOnlyList<string> scopes)
        where T : IScoped => [.. rows.Where(r => IsSeen(r, scopes))];

    /// <summary>The same rows as a list for a spreadsheet.</summary>
    private static async Task<string?> Listed(Served reader, RandomQuery query)
    {
        if (query.Path.Contains("$expand", StringComparison.Ordinal))
            return null;
        foreach (var format in new[] { SpreadsheetFormat.Csv, SpreadsheetFormat.Xlsx })
        {
            using var list = SpreadsheetReader.Open(
                new MemoryStream(
                    await reader.Client.GetByteArrayAsync(
                        new Uri(
                            reader.Root,
                            Asking.Escaped($"{query.Path}&$format={format.ToString().ToLowerInvariant()}")
                        )
                    )
                ),
                format
            );
            var (id, listed) = (list.Headers.ToList().IndexOf("标识"), list.Rows.ToList());
            // a line of nothing but blanks is none
            var expected = query.Rows.Where(r => r.Values.Any(v => v is not (null or ""))).ToList();
            if (
                id < 0
                    ? listed.Count > query.Rows.Count || listed.Count < expected.Count
                    : !listed.Select(r => r.Cells[id].Text).SequenceEqual(query.Rows.Select(r => r["Id"]?.ToString()))
            )
                return $"{format}: {listed.Count} rows, not {query.Rows.Count}";
        }

        return null;
    }

    private static async Task<IReadOnlyList<IListing>> Stored(Served served)
    {
        await using var db = served.Stored.Read();
        return
        [
            .. served.Stored.Instance.Catalogue.Listings.Where(l =>
                !l.Set.StartsWith("Toy", StringComparison.Ordinal)
                && l.Rows(new(db, served.Stored.Instance)).Provider is IAsyncQueryProvider
            ),
        ];
    }

    /// <summary>Every ID, roll number and phone that is stored.</summary>
    private static async Task<List<string>> Numbers(Served served)
    {
        await using var db = served.Stored.Read();
        var students = await db.Set<Student>().ToListAsync();
        var guardians = await db.Set<Guardian>().ToListAsync();
        var rolls = await db.Set<Roll>().ToListAsync();
        List<string> numbers =
        [
            .. students
                .SelectMany(s => new[] { s.ResidentId, s.NationalNumber, s.Phone })
                .Concat(guardians.Select(g => g.Phone))
                .Concat(rolls.Select(r => r.Number))
                .OfType<string>()
                .Where(n => n.Length >= 8)
                .Distinct(),
        ];
        Assert.NotEmpty(numbers);
        return numbers;
    }

    /// <summary>
    /// Readers each of whom sees less than the one before: the prefecture, a county with a school of another, the
    /// county, a school in it, a class of that, nowhere.
    /// </summary>
    private static async Task<IReadOnlyList<IReadOnlyList<string>>> Narrowing(Served served, Random dice)
    {
        await using var db = served.Stored.Read();
        var cases = await db.Set<Case>()
            .Where(c => c.StudentId != null)
            .Select(c => new { c.Scope, c.Counterpart })
            .Distinct()
            .ToListAsync();
        var places = cases
            .SelectMany(c => new[] { SchoolOf(c.Scope), c.Counterpart })
            .Where(s => s.Contains('/', StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var classes = cases
            .Select(c => c.Scope)
            .Where(s => s != SchoolOf(s))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var group = classes[dice.Next(classes.Count)];
        var school = SchoolOf(group);
        var county = school.Split('/')[0];
        var others = places.Where(p => !p.StartsWith(county, StringComparison.Ordinal)).ToList();
        return
        [
            ["5323"],
            [county, others[dice.Next(others.Count)]],
            [county],
            [school],
            [group],
            [],
        ];
    }

    /// <summary>A scope without its third step.</summary>
    private static string SchoolOf(string scope) => string.Join('/', scope.Split('/').Take(2));

    /// <summary>Where two answers part.</summary>
    private static string Short(string one, string other)
    {
        var at = Math.Max(0, one.Zip(other).TakeWhile(p => p.First == p.Second).Count() - 60);
        return one[at..Math.Min(one.Length, at + 300)];
    }
}
