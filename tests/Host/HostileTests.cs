using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EduAssist.Host;

/// <summary>
/// The real server under bodies, workbooks and forms that were changed at random: no fault of the server, none that
/// takes long, little memory, and nobody's name or number in what refuses. By night (<c>EDUASSIST_NIGHTLY=1</c>) ten
/// times as many, with another seed.
/// </summary>
public partial class HostileTests
{
    private const int MostMegabytes = 512;
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly bool Nightly = Environment.GetEnvironmentVariable("EDUASSIST_NIGHTLY") == "1";
    private static readonly int Times = Nightly ? 10 : 1,
        Bodies = 1_000 * Times,
        Workbooks = 100 * Times,
        Forms = 100 * Times;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    /// <summary>Ends what the tests have signed in with, or asks for the slow hash.</summary>
    private static readonly string[] Spared =
    [
        "/api/auth/sign-out-everywhere",
        "/api/auth/two-factor",
        "/api/auth/two-factor/enable",
        "/api/auth/two-factor/disable",
    ];

    private static readonly string[] Pieces =
    [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "null",
        "true",
        "-1",
        "9",
        "1e999",
        "99999999999999999999",
        "\"\\ud800\"",
        "\\",
        "\u0000",
        "facts",
        "\"2020-05-08\"",
        "\"2020-02-30\"",
        "是",
        "\ufeff",
        "\n",
        "=cmd|' /C calc'!A0",
        "<script>",
        "'; DROP TABLE core_case; --",
        "{{7*7}}",
        "../../etc/passwd",
        "𠮷",
        "\u202e",
        "%00",
    ];

    [Fact]
    public async Task Nothing_that_comes_in_breaks_the_server()
    {
        using var place = new Workplace();
        var seed = Nightly ? Random.Shared.Next() : 20200506;
        var random = new Random(seed);
        var people = new People();
        await using var host = await HostProcess.Serve(place, ["--demo", "--today", "2020-05-06"]);
        await people.Read(place["eduassist-demo.db"]);
        var seen = new Seen($"seed {seed}", people);
        using var browser = await SignedIn(host); // before so many sign-ins that no more are let in
        await Json(host, random, seen, people);
        await Sheets(host, random, seen);
        await Pages(browser, random, seen);
        var megabytes = host.Peak() >> 20;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{seen.Count} requests, seed {seed}: slowest {seen.Slowest.TotalMilliseconds:0} ms, peak {megabytes} MB, {string.Join(' ', seen.Statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"))}"
        );
        Assert.True(megabytes <= MostMegabytes, $"{megabytes} MB");
        Assert.Equal(Bodies + Workbooks + Forms, seen.Count);
        Assert.True(seen.Statuses[HttpStatusCode.OK] > seen.Count / 100); // not so wild that nothing gets through
        Assert.True(seen.Statuses[HttpStatusCode.BadRequest] > seen.Count / 10);
    }

    /// <summary>
    /// Small on the way in, enormous within; made to be believed; entities that multiply; another type than it says.
    /// </summary>
    [Fact]
    public async Task Bombs_are_refused_and_cost_nothing()
    {
        using var place = new Workplace();
        await using var host = await HostProcess.Serve(place);
        var (zeros, cells) = (
            new byte[300 << 20],
            Sheet(row => $"<row r=\"{row}\"><c t=\"inlineStr\"><is><t>姓名{row}</t></is></c></row>", 900_000)
        );
        var entities = Encoding.UTF8.GetBytes(
            """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c t="inlineStr"><is><t>&c;&d;</t></is></c></row></sheetData></worksheet>"""
        );
        var book = await host.Client.GetByteArrayAsync(
            "/api/forms/registry.students/blank?format=xlsx",
            TestContext.Current.CancellationToken
        );
        foreach (
            var (what, body, type, statuses) in (List<(string, byte[], string, int[])>)
                [
                    ("zeros", With(book, "xl/worksheets/sheet1.xml", zeros), Xlsx, [413]),
                    ("zeros beside", With(book, "xl/media/image1.png", zeros), Xlsx, [413]),
                    ("very many rows", With(book, "xl/worksheets/sheet1.xml", cells), Xlsx, [400, 413]),
                    ("entities", With(book, "xl/worksheets/sheet1.xml", entities), Xlsx, [400]),
                    ("entities in the workbook", With(book, "xl/workbook.xml", entities), Xlsx, [400]),
                    ("a document", "%PDF-1.7"u8.ToArray(), Xlsx, [400]),
                    ("a workbook as CSV: read as what it is, and empty", book, "text/csv", [200, 400]),
                    ("too large", new byte[(32 << 20) + 1], Xlsx, [413]),
                    ("a list in JSON", book, "application/json", [400, 415]),
                ]
        )
        {
            foreach (var door in (string[])["validate", "import?preview=true"])
            {
                using var content = Asking.Body(body, type);
                using var answer = await host.Client.PostAsync(
                    $"/api/forms/registry.students/{door}",
                    content,
                    TestContext.Current.CancellationToken
                );
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.True(
                    statuses.Contains((int)answer.StatusCode),
                    $"{what} {door}: {(int)answer.StatusCode} {text}"
                );
                Assert.DoesNotContain("root:", text, StringComparison.Ordinal);
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"peak {host.Peak() >> 20} MB");
        Assert.True(host.Peak() >> 20 <= MostMegabytes, $"{host.Peak() >> 20} MB");
    }

    private static byte[] Sheet(Func<int, string> row, int rows)
    {
        var text = new StringBuilder(
            "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
        );
        for (var i = 1; i <= rows; i++)
            text.Append(row(i));
        return Encoding.UTF8.GetBytes(text.Append("</sheetData></worksheet>").ToString());
    }

    /// <summary>A workbook with another part.</summary>
    private static byte[] With(byte[] book, string part, byte[] content)
    {
        using var changed = new MemoryStream();
        changed.Write(book);
        using (var zip = new ZipArchive(changed, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(part)?.Delete();
            using var into = zip.CreateEntry(part).Open();
            into.Write(content);
        }

        return changed.ToArray();
    }

    private static async Task Json(HostProcess host, Random random, Seen seen, People people)
    {
        var routes = (await host.Client.Json("/openapi/v1.json"))["paths"]!
            .AsObject()
            .SelectMany(p =>
                p.Value!.AsObject()
                    .Where(o => o.Key is "post" or "put")
                    .Select(o => (Method: new HttpMethod(o.Key.ToUpperInvariant()), Path: p.Key))
            )
            .Where(r =>
                !Spared.Contains(r.Path)
                && !r.Path.EndsWith("/evidence", StringComparison.Ordinal)
                && !r.Path.EndsWith("/import", StringComparison.Ordinal)
            )
            .ToArray();
        Assert.True(routes.Length > 30);
        var one = (await host.Client.Json("/odata/ChuxiongApplications?$filter=State eq 'SchoolApproved'&$top=1"))[
            "value"
        ]![0]!;
        (string Part, string Body)[] bodies =
        [
            (
                "/assess",
                """{"asOf":"2020-05-08","facts":{"grade":9,"schoolDivision":"532301","studentConsents":true,"guardianConsents":null,"hasVocationalRoll":false}}"""
            ),
            ("/promotion", """{"schoolYear":2020,"preview":true}"""),
            ("/mappings/", """{"headings":{"姓名":"name","别的":null},"ignoresOthers":true}"""),
            ("/api/users", """{"user":"somebody","roles":[{"role":"County","place":"532301"}]}"""),
            ("/api/auth/keys", """{"title":"Excel","onlyReads":true,"days":30}"""),
            ("/schools", """{"code":"3153000002","name":"鹿城西中学","kind":"初级中学","division":"532301"}"""),
            ("/api/auth", """{"user":"nobody","password":"wrong","newPassword":"x","refreshToken":"x"}"""),
            ("implementation-plans", """{"body":"楚雄市","year":2020,"summary":"送读安排。"}"""),
            ("/erase", """{"reason":"本人申请"}"""),
            ("/{id}/", """{"reason":"更正","seal":true,"date":"2020-05-06","photocopy":true}"""),
            (
                "",
                $$"""{"schoolName":"鹿城镇中学","className":"九（1）班","studentName":"{{people.Name}}","sex":"男","studentPhone":"{{people.Phone}}","residentId":"{{people.Id}}","guardianName":"{{people.Guardian}}","relation":"其他","studentSigned":true,"school":"楚雄技师学院","major":"汽车运用与维修"}"""
            ),
        ];
        for (var i = 0; i < Bodies; i++)
        {
            var (method, path) = routes[random.Next(routes.Length)];
            var given = bodies.First(b => path.Contains(b.Part, StringComparison.Ordinal)).Body;
            var body =
                random.Next(2) == 0
                    ? Mutated(Encoding.UTF8.GetBytes(given), random)
                    : Encoding.UTF8.GetBytes(Reformed(JsonNode.Parse(given)!.AsObject(), random));
            path = path.Replace(
                "{id}",
                path.StartsWith("/api/programmes", StringComparison.Ordinal) ? "chuxiong.vocational-class"
                    : path.StartsWith("/api/forms", StringComparison.Ordinal) ? "chuxiong.application"
                    : random.Next(3) == 0 ? $"{Guid.NewGuid()}"
                    : $"{one["Id"]}",
                StringComparison.Ordinal
            );
            path = Parameter().Replace(path, "nobody");
            var version = $"\"{(random.Next(4) == 0 ? 1 : one["Version"])}\"";
            await seen.Send(
                host.Client,
                () =>
                    new HttpRequestMessage(method, path)
                    {
                        Content = Asking.Body(body, "application/json"),
                        Headers = { IfMatch = { new(version) } },
                    },
                $"{method} {path} {Convert.ToBase64String(body)}"
            );
        }
    }

    private static async Task Sheets(HostProcess host, Random random, Seen seen)
    {
        List<(string Form, byte[] Book)> books = [];
        foreach (var form in (string[])["registry.students", "registry.schools", "chuxiong.attendance-list"])
        {
            using var answer = await host.Client.GetAsync($"/api/forms/{form}/blank?format=xlsx");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            books.Add((form, await answer.Content.ReadAsByteArrayAsync()));
        }

        for (var i = 0; i < Workbooks; i++)
        {
            var (form, book) = books[random.Next(books.Count)];
            var body = random.Next(3) == 0 ? Mutated(book, random) : Rezipped(book, random);
            var door = random.Next(2) == 0 ? "validate" : "import?preview=true";
            await seen.Send(
                host.Client,
                () => new(HttpMethod.Post, $"/api/forms/{form}/{door}") { Content = Asking.Body(body, Xlsx) },
                $"{form} {i}"
            );
        }
    }

    /// <summary>As a browser: a page is opened, its form is filled in with anything, and posted.</summary>
    private static async Task Pages(HttpClient browser, Random random, Seen seen)
    {
        var one = JsonNode.Parse(await browser.GetStringAsync("/odata/ChuxiongApplications?$top=1&$format=json"))![
            "value"
        ]![0]!; // of their own school
        string[] pages =
        [
            "/students",
            "/cases/chuxiong/applications/new",
            $"/cases/chuxiong/applications/{one["Id"]}",
            "/imports/registry.students",
            "/programmes/chuxiong.vocational-class",
        ];
        List<(string Action, List<string> Fields, string Guard)> forms = [];
        foreach (var page in pages)
        {
            var html = await browser.GetStringAsync(page);
            foreach (Match form in PostedForm().Matches(html))
            {
                var action = WebUtility.HtmlDecode(Action().Match(form.Value).Groups["action"].Value);
                forms.Add(
                    (
                        action.Length > 0 ? action : page,
                        [
                            .. FieldName()
                                .Matches(form.Value)
                                .Select(f => WebUtility.HtmlDecode(f.Groups["name"].Value))
                                .Distinct(),
                        ],
                        Guard().Match(form.Value).Groups["value"].Value
                    )
                );
            }
        }

        Assert.True(forms.Count >= 4, $"{forms.Count} forms");
        forms.Add(("/sign-in", ["user", "password", "code", "newPassword", "returnUrl"], ""));
        for (var i = 0; i < Forms; i++)
        {
            var (action, fields, guard) = forms[random.Next(forms.Count)];
            var values = fields
                .Where(f => f != "_form" && random.Next(5) > 0)
                .Select(f =>
                    KeyValuePair.Create(
                        random.Next(20) == 0 ? f + Pieces[random.Next(Pieces.Length)] : f,
                        Value(random)
                    )
                )
                .ToList();
            if (random.Next(10) > 0)
                values.Add(new("_form", guard));
            var (parts, file) = (random.Next(3) == 0, random.Next());
            await seen.Send(
                browser,
                () =>
                    new(HttpMethod.Post, action)
                    {
                        Content = parts ? Multipart(values, new(file)) : new FormUrlEncodedContent(values),
                    },
                $"{action} {string.Join('&', values)}"
            );
        }
    }

    private static async Task<HttpClient> SignedIn(HostProcess host)
    {
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = host.Client.BaseAddress,
            DefaultRequestHeaders = { Accept = { new("text/html") } },
        };
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var signedIn = await browser.PostAsync(
            "/sign-in",
            new FormUrlEncodedContent([new("user", "school"), new("password", "demo-school")])
        );
        Assert.Equal((HttpStatusCode.Redirect, "/"), (signedIn.StatusCode, signedIn.Headers.Location?.OriginalString));
        return browser;
    }

    private static MultipartFormDataContent Multipart(List<KeyValuePair<string, string>> values, Random random)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in values)
        {
            if (name == "_form" || random.Next(4) > 0)
                content.Add(
                    new StringContent(value),
                    $"\"{string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '[' or ']'))}\""
                );
            else
                content.Add(
                    Asking.Body(Mutated(Encoding.UTF8.GetBytes("%PDF-1.7 " + value), random), "application/pdf"),
                    "file",
                    "x.pdf"
                );
        }

        return content;
    }

    private static string Value(Random random) =>
        random.Next(6) switch
        {
            0 => "",
            1 => Pieces[random.Next(Pieces.Length)],
            2 => "2020-05-06",
            3 => new string((char)random.Next(32, 0x9fff), random.Next(1, 3_000)),
            4 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(32, 0x9fff))),
            _ => $"{random.Next()}",
        };

    /// <summary>
    /// The parts of a workbook with text changed within, zipped again: it is read much deeper than one whose zip is
    /// broken.
    /// </summary>
    private static byte[] Rezipped(byte[] book, Random random)
    {
        using var changed = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(book)))
        using (var to = new ZipArchive(changed, ZipArchiveMode.Create))
        {
            var victim = random.Next(from.Entries.Count);
            for (var i = 0; i < from.Entries.Count; i++)
            {
                using var part = new MemoryStream();
                using (var open = from.Entries[i].Open())
                    open.CopyTo(part);
                using var into = to.CreateEntry(from.Entries[i].FullName).Open();
                into.Write(
                    i == victim || from.Entries[i].FullName.Contains("sheet1", StringComparison.Ordinal)
                        ? Mutated(part.ToArray(), random)
                        : part.ToArray()
                );
            }
        }

        return changed.ToArray();
    }

    /// <summary>Still JSON: members left out, added, or with another value, which gets past the parser.</summary>
    private static string Reformed(JsonObject body, Random random)
    {
        foreach (var (name, _) in body.ToList())
        {
            if (random.Next(5) > 0)
                continue;
            body.Remove(name);
            if (random.Next(2) == 0)
                body[random.Next(6) == 0 ? name + "s" : name] = Anything(random, 0);
        }

        return body.ToJsonString();
    }

    private static JsonNode? Anything(Random random, int depth) =>
        random.Next(depth > 3 ? 8 : 10) switch
        {
            0 => null,
            1 => random.Next(2) == 0,
            2 => random.Next(-5, 3000),
            3 => random.NextDouble() * 1e300,
            4 => "",
            5 => "2020-02-30",
            6 => new string((char)random.Next(32, 0xd7ff), random.Next(1, 5_000)),
            7 => Pieces[random.Next(Pieces.Length)],
            8 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Anything(random, depth + 1))]),
            _ => new JsonObject([
                .. Enumerable
                    .Range(0, random.Next(4))
                    .Select(n => KeyValuePair.Create($"m{n}", Anything(random, depth + 1))),
            ]),
        };

    private static byte[] Mutated(byte[] whole, Random random)
    {
        List<byte> body = [.. whole];
        for (var n = random.Next(1, 5); n > 0 && body.Count > 0; n--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(6))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body.RemoveRange(at, Math.Min(random.Next(1, 20), body.Count - at));
                    break;
                case 2:
                    body.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 3:
                    body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 60), body.Count - at)));
                    break;
                case 4:
                    body[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    body.Insert(at, (byte)" 0\t"[random.Next(3)]);
                    break;
            }
        }

        return [.. body];
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("<form[^>]*method=\"post\".*?</form>", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PostedForm();

    [GeneratedRegex("^<form[^>]*action=\"(?<action>[^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Action();

    [GeneratedRegex("name=\"(?<name>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FieldName();

    [GeneratedRegex("name=\"_form\"[^>]*value=\"(?<value>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Guard();

    /// <summary>What came of all of it.</summary>
    private sealed class Seen(string seed, People people)
    {
        internal int Count { get; private set; }

        internal TimeSpan Slowest { get; private set; }

        internal Dictionary<HttpStatusCode, int> Statuses { get; } = [];

        /// <summary>What takes long is asked again: on a busy machine anything may once.</summary>
        internal async Task Send(HttpClient client, Func<HttpRequestMessage> request, string what)
        {
            var (took, answer) = await Ask(client, request());
            for (var again = 0; took > Most && again < 2; again++)
            {
                answer.Dispose();
                (took, answer) = await Ask(client, request());
            }

            using var last = answer;
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode}, {seed}: {what}\n{text}");
            Assert.True(took <= Most, $"{took.TotalMilliseconds:0} ms, {seed}: {what}");
            if (
                (int)answer.StatusCode >= 400
                && answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            )
                Assert.True(
                    people.FoundIn(text) is [],
                    $"{string.Join(' ', people.FoundIn(text))}, {seed}: {what}\n{text}"
                );
            Statuses[answer.StatusCode] = Statuses.GetValueOrDefault(answer.StatusCode) + 1;
            if (took > Slowest)
                Slowest = took;
            Count++;
        }

        private static async Task<(TimeSpan Took, HttpResponseMessage Answer)> Ask(
            HttpClient client,
            HttpRequestMessage request
        )
        {
            using var asked = request;
            var began = Stopwatch.GetTimestamp();
            var answer = await client.SendAsync(asked);
            await answer.Content.LoadIntoBufferAsync();
            return (Stopwatch.GetElapsedTime(began), answer);
        }
    }
}
