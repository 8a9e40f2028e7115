using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EduAssist.Chuxiong;
using EduAssist.Host;
using EduAssist.OData.Oracle;
using FsCheck;
using FsCheck.Fluent;

namespace EduAssist.OData;

/// <summary>Whatever is typed into a URL: never 500, never long, never much memory.</summary>
public class FuzzTests(AskedOnSqlite one, AskedOnPostgreSql other)
    : IClassFixture<AskedOnSqlite>,
        IClassFixture<AskedOnPostgreSql>
{
    private const int MostMegabytes = 512;
    private static readonly int Size = Nightly.Is ? 10_000 : 1_000;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    private static readonly string[] Paths =
    [
        "ToyThings",
        "ToyMakers",
        "Students",
        "Divisions",
        "Provisions",
        "Windows",
        "Cases",
        "ToyThings/$count",
        "ToyThings(00000000-0000-0000-0000-000000000000)",
        "Divisions('532301')",
        "Divisions('532301')/Children",
        "Windows(Module='a',Year=1,Id='b')",
        "$metadata",
        "",
        "ToyThings('x')",
        "ToyThings(1)/Maker/Things",
        "ToyThings/Maker",
        "Nothing",
        "$batch",
        "ToyThings/$ref",
        "$entity",
        "$all",
        "$crossjoin(ToyThings,ToyMakers)",
        "ToyThings/EduAssist.OData.Thing",
        "ToyThings/$filter(Grade eq 1)",
        "Divisions('%2F')",
        "Divisions('''')/Name/$value",
        "..",
        "%00",
    ];

    private static readonly string[] Options =
    [
        "$filter",
        "$orderby",
        "$select",
        "$expand",
        "$apply",
        "$top",
        "$skip",
        "$count",
        "$format",
        "$skiptoken",
        "$search",
        "$compute",
        "filter",
        "orderby",
        "@p",
        "$levels",
        "x",
        "",
        "$",
        "$filter$filter",
    ];

    private static readonly string[] Words =
    [
        "Name",
        "Grade",
        "Score",
        "Nick",
        "Fee",
        "Weight",
        "Agrees",
        "Born",
        "At",
        "Colour",
        "Second",
        "Id",
        "MakerId",
        "Secret",
        "Maker",
        "Things",
        "Maker/Name",
        "Things/any(t:t/Grade gt 1)",
        "Things/all(t:t/Maker/Rank eq 1)",
        "Things/$count",
        "$it",
        "$it/Name",
        "@p",
        "null",
        "true",
        "false",
        "1",
        "-1",
        "0",
        "1.5",
        "1e308",
        "NaN",
        "INF",
        "9223372036854775807",
        "99999999999999999999999999",
        "79228162514264337593543950335",
        "'x'",
        "''",
        "'",
        "\"",
        "'张'",
        "'\\'",
        "2020-01-01",
        "2020-02-30",
        "0001-01-01",
        "9999-12-31",
        "2020-01-01T00:00:00Z",
        "10:00:00",
        "duration'P1D'",
        "00000000-0000-0000-0000-000000000000",
        "EduAssist.OData.Colour'Red'",
        "EduAssist.OData.Colour'9'",
        "Edm.String",
        "geography'POINT(1 1)'",
        "binary'AA=='",
        " eq ",
        " ne ",
        " gt ",
        " lt ",
        " le ",
        " ge ",
        " and ",
        " or ",
        " not ",
        " in ",
        " has ",
        " add ",
        " sub ",
        " mul ",
        " div ",
        " divby ",
        " mod ",
        " desc",
        " asc",
        "(",
        ")",
        ",",
        ";",
        "/",
        ":",
        "*",
        "$",
        "=",
        "-",
        "[",
        "]",
        "{",
        "}",
        "(1,2)",
        "('a','b')",
        "()",
        "contains(",
        "startswith(",
        "endswith(",
        "length(",
        "indexof(",
        "substring(",
        "tolower(",
        "trim(",
        "concat(",
        "year(",
        "hour(",
        "date(",
        "time(",
        "now()",
        "round(",
        "floor(",
        "cast(",
        "isof(",
        "maxdatetime()",
        "matchesPattern(",
        "any(",
        "all(",
        "groupby((",
        "aggregate(",
        "filter(",
        "$count as N",
        " with sum as S",
        " with max as M",
        " with countdistinct as C",
        " with average as A",
        "concat(aggregate($count as N))",
        "topcount(1,Grade)",
        "compute(1 as x)",
        "expand(Maker)",
        "identity",
        "csv",
        "xlsx",
        "json",
        "application/json;odata.metadata=full",
        "\0",
        "\uFFFD",
        "\u202E",
        "𠮷",
    ];

    [Theory, EveryDatabase]
    public async Task Words_thrown_together(DatabaseKind kind) =>
        await Throw(
            Asked(kind),
            Process.GetCurrentProcess,
            (
                from path in Gen.Elements(Paths)
                from options in (
                    from name in Gen.Frequency((9, Gen.Elements(Options[..10])), (1, Gen.Elements(Options)))
                    from words in Gen.Elements(Words).ListOf()
                    select $"{name}={Uri.EscapeDataString(string.Concat(words.Take(12)))}"
                ).ListOf()
                select $"{path}?{string.Join('&', options.Take(3))}"
            ).Sample(Size, new Rnd(Nightly.Seed), 30)
        );

    [Theory, EveryDatabase]
    public async Task Queries_with_a_letter_or_a_piece_changed(DatabaseKind kind) =>
        await Throw(
            Asked(kind),
            Process.GetCurrentProcess,
            (
                from query in new Queries(AskedOnly.Things, AskedOnly.Makers).Any
                from changes in (
                    from how in Gen.Choose(0, 4)
                    from at in Gen.Choose(0, 10_000)
                    from length in Gen.Choose(1, 12)
                    from word in Gen.Elements(Words)
                    select (how, at, length, word)
                ).ListOf(3)
                from count in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Choose(2, 3)))
                select Asking.Escaped(
                    changes.Take(count).Aggregate(query.Path, (path, c) => Changed(path, c.how, c.at, c.length, c.word))
                )
            ).Sample(Size, new Rnd(Nightly.Seed), 30)
        );

    /// <summary>
    /// The host as a process of its own, on its demo: as many questions of the grammar as changed ones, and what it
    /// held at most.
    /// </summary>
    [Fact]
    public async Task The_host_stays_small()
    {
        using var place = new Workplace();
        await using var host = await HostProcess.Serve(place, ["--demo", "--today", "2021-05-13"]);
        using (var made = await host.Client.PostAsJsonAsync("/api/auth/keys", new { title = "fuzz", days = 1 }))
            host.Client.DefaultRequestHeaders.Authorization = new(
                "Basic",
                Convert.ToBase64String(
                    Encoding.UTF8.GetBytes(
                        $"everybody:{(string)(await made.Content.ReadFromJsonAsync<JsonNode>())!["key"]!}"
                    )
                )
            ); // a token would end before the night does
        var root = new Uri(host.Client.BaseAddress!, "/odata/");
        using var stored = new Stored(DatabaseKind.Sqlite, new(2021, 5, 13), null, new ChuxiongModule());
        var listings = stored.Instance.Catalogue.Listings;
        Dictionary<string, IReadOnlyList<JsonObject>> rows = [];
        foreach (var listing in listings)
            rows[listing.Set] =
            [
                .. (await host.Client.GetFromJsonAsync<JsonObject>(new Uri(root, $"{listing.Set}?$top=500")))!["value"]!
                    .AsArray()
                    .Select(r => r!.AsObject()),
            ];
        var dice = new Random((int)Nightly.Seed);
        var questions = new RandomQuestions(listings, rows, dice);
        Func<Process> server = () => Process.GetProcessById(host.Id);
        var queries = Enumerable.Range(0, Size).Select(n => questions.Of(listings[n % listings.Count])).ToList();
        var changed = queries.Select(query =>
            Enumerable
                .Range(0, dice.Next(1, 4))
                .Aggregate(query, (path, _) =>
                    Changed(path, dice.Next(5), dice.Next(10_000), dice.Next(1, 13), Words[dice.Next(Words.Length)])
                )
        );
        var bad =
            await Bad(root, host.Client, server, queries.Select(Asking.Escaped))
            + await Bad(root, host.Client, server, changed.Select(Asking.Escaped));
        TestContext.Current.SendDiagnosticMessage(
            $"{2 * Size} addresses, EDUASSIST_SEED={Nightly.Seed}: at most {host.Peak() >> 20} MB"
        );
        Assert.InRange(host.Peak() >> 20, 1, MostMegabytes);
        Assert.True(bad.Length == 0, bad);
    }

    private static string Changed(string path, int kind, int at, int length, string word)
    {
        var from = path.IndexOf('?', StringComparison.Ordinal) + 1;
        var start = from + (at % Math.Max(1, path.Length - from));
        var end = Math.Min(path.Length, start + length);
        return kind switch
        {
            0 => path[..start] + path[end..],
            1 => path[..start] + word + path[start..],
            2 => path[..start] + word + path[end..],
            3 => path[..start] + path[start..end] + path[start..],
            _ => path[..start] + (char)(32 + (at % 95)) + path[Math.Min(path.Length, start + 1)..],
        };
    }

    private Served Asked(DatabaseKind kind) => (kind == DatabaseKind.Sqlite ? (AskedOnly)one : other).Served;

    private static async Task Throw(Served served, Func<Process> server, IEnumerable<string> urls)
    {
        var bad = await Bad(served.Root, served.Client, server, urls);
        Assert.True(bad.Length == 0, bad);
    }

    /// <summary>What is wrong with the answers; empty: nothing.</summary>
    private static async Task<string> Bad(Uri root, HttpClient client, Func<Process> server, IEnumerable<string> urls)
    {
        List<string> bad = [];
        Dictionary<int, int> answers = [];
        var longest = TimeSpan.Zero;
        var refused = "";
        foreach (var url in urls)
        {
            var clock = Stopwatch.GetTimestamp();
            using var answer = await Send(root, client, url);
            var took = Stopwatch.GetElapsedTime(clock);
            var status = answer is null ? 0 : (int)answer.StatusCode;
            answers[status] = answers.GetValueOrDefault(status) + 1;
            if (status == 400)
                refused = $"{url}\n   {await answer!.Content.ReadAsStringAsync()}";
            if (status is 401 or 500 or 0)
                bad.Add($"{status} {url}\n   {(answer is null ? "" : await answer.Content.ReadAsStringAsync())}");
            if (took > Most)
                took = await Again(root, client, server, url); // once may be the machine's
            if (took > Most)
                bad.Add($"{took.TotalSeconds:0.0} s {url}");
            if (took > longest)
                longest = took;
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{string.Join(", ", answers.OrderBy(a => a.Key))}; the longest {longest.TotalMilliseconds:0} ms"
        );
        Assert.True(
            answers.Count >= 3 && answers.ContainsKey(200),
            $"too much alike: {string.Join(", ", answers)}\n{refused}"
        );
        return bad.Count == 0 ? "" : $"EDUASSIST_SEED={Nightly.Seed}: {bad.Count}\n{string.Join('\n', bad.Take(20))}\n";
    }

    /// <summary>
    /// How long it takes, or how long the server's process works meanwhile, where that is less: on a busy machine it
    /// waits for the others.
    /// </summary>
    private static async Task<TimeSpan> Again(Uri root, HttpClient client, Func<Process> server, string url)
    {
        var (clock, worked) = (Stopwatch.GetTimestamp(), Worked());
        using var answer = await Send(root, client, url);
        var (took, work) = (Stopwatch.GetElapsedTime(clock), Worked() - worked);
        return took < work ? took : work;

        TimeSpan Worked()
        {
            using var process = server();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>As it stands: <see cref="Uri"/> would tidy it.</summary>
    private static async Task<HttpResponseMessage?> Send(Uri root, HttpClient client, string url)
    {
        var target = new StringBuilder(root.OriginalString);
        foreach (var c in url)
            target.Append(
                c is > ' ' and < '\u007F' and not ('"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}')
                    ? c.ToString()
                    : Uri.EscapeDataString(char.IsSurrogate(c) ? "?" : c.ToString())
            );
        return target.Length > 7_000
            ? new(System.Net.HttpStatusCode.RequestUriTooLong)
            : await client.GetAsync(
                new Uri(
                    target.ToString(),
                    new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
                ),
                HttpCompletionOption.ResponseContentRead
            );
    }
}
