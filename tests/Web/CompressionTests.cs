using System.IO.Compression;
using System.Text.RegularExpressions;
using EduAssist.Kernel.Access;

namespace EduAssist.Web;

/// <summary>
/// What is sent is small, and its length tells another site nothing: what that site lets a browser ask for, with the
/// cookies of whoever uses it, is not compressed (BREACH).
/// </summary>
public sealed class CompressionTests : IAsyncLifetime
{
    private readonly Served served = new();

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Theory]
    [InlineData("a program", null, null, "br, gzip", "br")]
    [InlineData("a program that knows only gzip", null, null, "gzip", "gzip")]
    [InlineData("a program that knows neither", null, null, null, "")]
    [InlineData("one of our pages", "x=1", "same-origin", "br, gzip", "br")]
    [InlineData("an address that was typed", "x=1", "none", "br, gzip", "br")]
    [InlineData("a page of another site", "x=1", "cross-site", "br, gzip", "")]
    [InlineData("a page of a neighbour", "x=1", "same-site", "br, gzip", "")]
    [InlineData("a browser that does not say", "x=1", null, "br, gzip", "")]
    public async Task Only_what_no_other_site_asked_for_is_compressed(
        string who,
        string? cookie,
        string? site,
        string? accepted,
        string encoding
    )
    {
        TestContext.Current.TestOutputHelper!.WriteLine(who);
        foreach (var path in (string[])["/", "/lists/Students?q=阿", "/api/modules", "/no-such-page"])
        {
            using var client = served.Another(await served.SignedIn("county", new Grant(Role.Administrator, "")));
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            foreach (
                var (name, value) in new[]
                {
                    ("Cookie", cookie),
                    ("Sec-Fetch-Site", site),
                    ("Accept-Encoding", accepted),
                }
            )
                if (value is not null)
                    request.Headers.TryAddWithoutValidation(name, value);
            request.Headers.Accept.ParseAdd("text/html, */*");
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(encoding, string.Join(",", answer.Content.Headers.ContentEncoding));
        }
    }

    /// <summary>What a page is to a phone: 50 kbit/s, and 800 ms for each turn.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/lists/Students")]
    [InlineData("/assets/site.css")]
    public async Task A_page_is_a_third_of_its_length(string path)
    {
        using var client = served.Another(await served.SignedIn("county", new Grant(Role.Administrator, "")));
        var whole = await client.GetByteArrayAsync(path, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var sent = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine($"{path}: {whole.Length} {sent.Length}");
        Assert.True(sent.Length * 3 < whole.Length, $"{sent.Length} of {whole.Length}");
        await using var read = new BrotliStream(new MemoryStream(sent), CompressionMode.Decompress);
        using var text = new MemoryStream();
        await read.CopyToAsync(text, TestContext.Current.CancellationToken);
        Assert.Equal(whole.Length, text.Length);
    }

    /// <summary>
    /// The one secret of our pages is another text each time it is sent: lengths cannot be held against it.
    /// </summary>
    [Fact]
    public async Task The_token_of_a_form_is_never_sent_twice()
    {
        using var client = served.Another(await served.SignedIn("county", new Grant(Role.Administrator, "")));
        HashSet<string> seen = [];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account");
        using var first = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var cookie = string.Join("; ", first.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        for (var n = 0; n < 5; n++)
        {
            using var again = new HttpRequestMessage(HttpMethod.Get, "/account");
            again.Headers.Add("Cookie", cookie);
            using var answer = await client.SendAsync(again, TestContext.Current.CancellationToken);
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var tokens = Regex
                .Matches(page, "name=\"_form\" value=\"([^\"]+)\"")
                .Select(m => m.Groups[1].Value)
                .Distinct()
                .ToList();
            Assert.NotEmpty(tokens);
            Assert.All(tokens, token => Assert.True(seen.Add(token), "the same token again"));
        }
    }
}
