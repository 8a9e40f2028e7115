using Microsoft.AspNetCore.Http;

namespace EduAssist.Web.Http;

/// <summary>What browsers are told of every answer. A page that needs more says so itself.</summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    private const string Policy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = Policy;
            if (headers.CacheControl.Count == 0 && http.User.Identity?.IsAuthenticated == true)
                headers.CacheControl = "no-store"; // no answer stays in the cache of a shared machine
            return Task.CompletedTask;
        });
        return next(http);
    }
}
