using System.Net;

namespace EduAssist.Web;

/// <summary>What every answer says to a browser, whatever it is.</summary>
public class SecurityHeadersMiddlewareTests(Server server) : IClassFixture<Server>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/api/modules")]
    [InlineData("/api/nothing")]
    [InlineData("/api/forms/chuxiong.application/blank?format=html")]
    public async Task Every_answer_bears_them(string path)
    {
        using var answer = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);
        string Of(string header) => string.Join(' ', answer.Headers.GetValues(header));
        Assert.Equal(
            ("nosniff", "DENY", "same-origin"),
            (Of("X-Content-Type-Options"), Of("X-Frame-Options"), Of("Referrer-Policy"))
        );
        Assert.Contains("frame-ancestors 'none'", Of("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Of("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_where_nothing_large_is_awaited()
    {
        using var content = new StringContent(
            $"{{\"user\":\"{new string('x', 2 << 20)}\"}}",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var answer = await server.Client.PostAsync(
            "/api/auth/token",
            content,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }
}
