using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Web.Http;

/// <summary>
/// Answers are compressed, by Brotli or gzip, as far as the length of what is compressed tells nobody of what is in it:
/// not those that another site made a browser ask for with its cookies (BREACH, CVE-2013-3587).
/// </summary>
/// <remarks>Why that is enough: decision 43.</remarks>
internal static class Compression
{
    private const string Site = "Sec-Fetch-Site";

    private static readonly IReadOnlyList<string> OwnRequests = ["same-origin", "none"];

    internal static IServiceCollection AddCompression(this IServiceCollection services) =>
        services
            .AddResponseCompression(compression =>
            {
                compression.EnableForHttps = true;
                compression.MimeTypes =
                [
                    .. ResponseCompressionDefaults.MimeTypes,
                    "application/problem+json",
                    "text/calendar",
                    "text/csv",
                ];
            })
            .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal)
            .Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);

    internal static void UseCompression(this WebApplication app) =>
        app.UseWhen(http => MayCompress(http.Request), asked => asked.UseResponseCompression());

    /// <summary>
    /// Whether no other site can have made the request for somebody: it carries no cookie, or the browser says that it
    /// is one of our own pages, or the person, who asks. An old browser that does not say is answered uncompressed.
    /// </summary>
    private static bool MayCompress(HttpRequest request) =>
        !request.Headers.ContainsKey("Cookie") || OwnRequests.Contains(request.Headers[Site].ToString());
}
