using System.Diagnostics;
using System.Text;
using EduAssist.OData.Oracle;
using FsCheck;
using FsCheck.Fluent;

namespace EduAssist.OData;

/// <summary>Whatever is typed into a URL: never 500, never long, never much memory.</summary>
public class FuzzTests(AskedOnly asked) : IClassFixture<AskedOnly>
{
    private const int MostMegabytes = 1024;   // of the server, its client and every other test of this process together; the server alone is promised 512
    private static readonly int Size = Nightly.Is ? 10_000 : 1_500;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    private static readonly string[] Paths =
    [
        "ToyThings", "ToyMakers", "Students", "Divisions", "Provisions", "Windows", "Cases", "ToyThings/$count", "ToyThings(00000000-0000-0000-0000-000000000000)", "Divisions('532301')", "Divisions('532301')/Children", "Windows(Module='a',Year=1,Id='b')",
        "$metadata", "", "ToyThings('x')", "ToyThings(1)/Maker/Things", "ToyThings/Maker", "Nothing", "$batch", "ToyThings/$ref", "$entity", "$all", "$crossjoin(ToyThings,ToyMakers)", "ToyThings/EduAssist.OData.Thing", "ToyThings/$filter(Grade eq 1)", "Divisions('%2F')", "Divisions('''')/Name/$value", "..", "%00",
    ];

    private static readonly string[] Options =
    [
        "$filter", "$orderby", "$select", "$expand", "$apply", "$top", "$skip", "$count", "$format", "$skiptoken", "$search", "$compute", "filter", "orderby", "@p", "$levels", "x", "", "$", "$filter$filter",
    ];

    private static readonly string[] Words =
    [
        "Name", "Grade", "Score", "Nick", "Fee", "Weight", "Agrees", "Born", "At", "Colour", "Second", "Id", "MakerId", "Secret", "Maker", "Things", "Maker/Name", "Things/any(t:t/Grade gt 1)", "Things/all(t:t/Maker/Rank eq 1)", "Things/$count", "$it", "$it/Name", "@p", "null", "true", "false", "1", "-1", "0", "1.5", "1e308", "NaN", "INF",
        "9223372036854775807", "99999999999999999999999999", "79228162514264337593543950335", "'x'", "''", "'", "\"", "'张'", "'\\'", "2020-01-01", "2020-02-30", "0001-01-01", "9999-12-31", "2020-01-01T00:00:00Z", "10:00:00", "duration'P1D'", "00000000-0000-0000-0000-000000000000", "EduAssist.OData.Colour'Red'", "EduAssist.OData.Colour'9'", "Edm.String", "geography'POINT(1 1)'", "binary'AA=='",
        " eq ", " ne ", " gt ", " lt ", " le ", " ge ", " and ", " or ", " not ", " in ", " has ", " add ", " sub ", " mul ", " div ", " divby ", " mod ", " desc", " asc", "(", ")", ",", ";", "/", ":", "*", "$", "=", "-", "[", "]", "{", "}", "(1,2)", "('a','b')", "()", "contains(", "startswith(", "endswith(", "length(", "indexof(", "substring(", "tolower(", "trim(", "concat(", "year(", "hour(", "date(", "time(", "now()", "round(", "floor(",
        "cast(", "isof(", "maxdatetime()", "matchesPattern(", "any(", "all(", "groupby((", "aggregate(", "filter(", "$count as N", " with sum as S", " with max as M", " with countdistinct as C", " with average as A", "concat(aggregate($count as N))", "topcount(1,Grade)", "compute(1 as x)", "expand(Maker)", "identity", "csv", "xlsx", "json", "application/json;odata.metadata=full", "\0", "\uFFFD", "\u202E", "𠮷",
    ];

    [Fact]
    public async Task Words_thrown_together() => await Throw(
        from path in Gen.Elements(Paths)
        from options in (from name in Gen.Frequency((9, Gen.Elements(Options[..10])), (1, Gen.Elements(Options))) from words in Gen.Elements(Words).ListOf() select $"{name}={Uri.EscapeDataString(string.Concat(words.Take(12)))}").ListOf()
        select $"{path}?{string.Join('&', options.Take(3))}");

    [Fact]
    public async Task Queries_with_a_letter_or_a_piece_changed() => await Throw(
        from query in new Queries(AskedOnly.Things, AskedOnly.Makers).Any
        from changes in (from kind in Gen.Choose(0, 4) from at in Gen.Choose(0, 10_000) from length in Gen.Choose(1, 12) from word in Gen.Elements(Words) select (kind, at, length, word)).NonEmptyListOf()
        select Asking.Escaped(changes.Take(3).Aggregate(query.Path, (path, c) => Changed(path, c.kind, c.at, c.length, c.word))));

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

    private async Task Throw(Gen<string> urls)
    {
        List<string> bad = [];
        Dictionary<int, int> answers = [];
        foreach (var url in urls.Sample(Size, new Rnd(Nightly.Seed), 30))
        {
            var clock = Stopwatch.GetTimestamp();
            using var answer = await Send(url);
            var took = Stopwatch.GetElapsedTime(clock);
            var status = answer is null ? 0 : (int)answer.StatusCode;
            answers[status] = answers.GetValueOrDefault(status) + 1;
            if (status is 500 or 0) bad.Add($"{status} {url}\n   {(answer is null ? "" : await answer.Content.ReadAsStringAsync())}");
            if (took > Most && await Again(url) > Most) bad.Add($"{took.TotalSeconds:0.0} s {url}");   // once may be the machine's
        }

        Assert.True(bad.Count == 0, $"EDUASSIST_SEED={Nightly.Seed}: {bad.Count}\n{string.Join('\n', bad.Take(20))}");
        Assert.True(answers.Count >= 3 && answers.ContainsKey(200) && answers.ContainsKey(400), $"too much alike: {string.Join(", ", answers)}");
        using var process = Process.GetCurrentProcess();
        Assert.InRange(process.WorkingSet64 >> 20, 1, MostMegabytes);
    }

    private async Task<TimeSpan> Again(string url)
    {
        var clock = Stopwatch.GetTimestamp();
        using var answer = await Send(url);
        return Stopwatch.GetElapsedTime(clock);
    }

    /// <summary>As it stands: <see cref="Uri"/> would tidy it.</summary>
    private async Task<HttpResponseMessage?> Send(string url)
    {
        var target = new StringBuilder(asked.Served.Root.OriginalString);
        foreach (var c in url) target.Append(c is > ' ' and < '\u007F' and not ('"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}') ? c.ToString() : Uri.EscapeDataString(char.IsSurrogate(c) ? "?" : c.ToString()));
        return target.Length > 7_000 ? new(System.Net.HttpStatusCode.RequestUriTooLong)
            : await asked.Served.Client.GetAsync(new Uri(target.ToString(), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), HttpCompletionOption.ResponseContentRead);
    }
}
