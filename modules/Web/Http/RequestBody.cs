using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EduAssist.Web.Http;

/// <summary>Bodies of requests.</summary>
internal static class RequestBody
{
    /// <summary>
    /// The body; null if it is larger than allowed, which is said by its length or found while reading.
    /// </summary>
    internal static async Task<MemoryStream?> WholeAsync(HttpContext http, int most)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null; // the limit is checked below
        if (http.Request.ContentLength > most)
            return null;
        var body = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0; )
        {
            if (body.Length + count > most)
            {
                await body.DisposeAsync();
                return null;
            }

            body.Write(buffer, 0, count);
        }

        body.Position = 0;
        return body;
    }
}
