using System.Net;

namespace EduAssist.Web;

/// <summary>
/// Addresses of pages that somebody typed, cut off or made up: a page that says so, never everything as if it had been
/// found, never a program's answer.
/// </summary>
public sealed class PageAddressTests(PageAddressTests.Site site) : IClassFixture<PageAddressTests.Site>
{
    public static TheoryData<string> Wrong =>
        [
            "/unlisted?after=x",
            "/unlisted?school=x",
            "/takeovers?after=x",
            "/classes?after=x",
            "/doubles?after=x",
            $"/lists/Students?q={new string('王', 101)}",
            $"/lists/Students?f.Ethnicity={new string('王', 101)}",
            $"/lists/Students?after={new string('a', 101)}",
            $"/students?q={new string('王', 101)}",
            $"/provisions?q={new string('王', 101)}",
        ];

    [Theory, MemberData(nameof(Wrong))]
    public async Task Is_told_on_a_page(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/html");
        using var answer = await site.Served.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "text/html"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType)
        );
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(
            address.EndsWith("=x", StringComparison.Ordinal) ? "地址有误" : "查找的文字太长",
            WebUtility.HtmlDecode(page),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task As_long_as_a_text_may_be_it_is_looked_for()
    {
        using var answer = await site.Served.Client.GetAsync(
            $"/lists/Students?q={new string('王', 100)}",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public sealed class Site : IAsyncLifetime
    {
        internal Served Served { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Served.Stored.Commands.PrepareDatabaseAsync();
            await Served.InitializeAsync();
        }

        public ValueTask DisposeAsync() => Served.DisposeAsync();
    }
}
