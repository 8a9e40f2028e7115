using EduAssist.Kernel.Access;
using EduAssist.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Web.Http;

/// <summary>The <see cref="Actor"/> and the <see cref="Instance"/> of a request.</summary>
public static class RequestContext
{
    /// <summary>
    /// Whoever sent the request: their roles, where they hold, and what they may see, as of now. Every route takes it
    /// from here.
    /// </summary>
    /// <exception cref="InvalidOperationException">The route lets anybody in, and so may not ask.</exception>
    public static Actor Actor(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Features.Get<Actor>()
            ?? throw new InvalidOperationException($"{http.Request.Path}: nobody has signed in.");
    }

    /// <summary>
    /// The network address that a request comes from: of the connection, or what the proxy before the server says.
    /// </summary>
    internal static string? Address(this HttpContext http) =>
        http.Connection.RemoteIpAddress is { } from ? $"{(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from)}" : null;

    /// <summary>The instance that the server serves.</summary>
    internal static Instance Instance(this HttpContext http) => http.RequestServices.GetRequiredService<Instance>();

    /// <summary>Whether it may change something.</summary>
    internal static bool IsUnsafe(this HttpRequest request) =>
        !HttpMethods.IsGet(request.Method)
        && !HttpMethods.IsHead(request.Method)
        && !HttpMethods.IsOptions(request.Method);
}
