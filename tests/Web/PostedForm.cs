using System.Text.RegularExpressions;

namespace EduAssist.Web;

/// <summary>Forms as a browser posts them.</summary>
internal static class PostedForm
{
    /// <summary>A page's form, with what the page gave with it, by a client that keeps no cookies.</summary>
    internal static async Task<HttpResponseMessage> PostForm(
        this HttpClient client,
        string path,
        params (string Name, string Value)[] fields
    )
    {
        var now = TestContext.Current.CancellationToken;
        using var page = await client.GetAsync("/account", now);
        var token = Regex.Match(await page.Content.ReadAsStringAsync(now), "name=\"_form\" value=\"([^\"]+)\"");
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([
                new("_form", token.Groups[1].Value),
                .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)),
            ]),
        };
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        return await client.SendAsync(request, now);
    }
}
