using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using EduAssist.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EduAssist.Web.Identity;

/// <summary>
/// A name with a personal key in the place of a password (RFC 7617), because spreadsheets can do no better. A real
/// password is not taken here.
/// </summary>
internal sealed class KeySignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    CommandExecutor commands
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    internal const string Name = "Basic";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (
            !AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            || !string.Equals(header.Scheme, Name, StringComparison.OrdinalIgnoreCase)
            || header.Parameter is null
        )
            return AuthenticateResult.NoResult();
        var pair = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, pair, out var length))
            return AuthenticateResult.NoResult();
        var text = Encoding.UTF8.GetString(pair, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return
            colon > 0
            && await Accounts.ByKeyAsync(commands, text[..colon], text[(colon + 1)..], Scheme.Name) is { } principal
            ? AuthenticateResult.Success(new(principal, Scheme.Name))
            : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = 401;
        Response.Headers.WWWAuthenticate = "Basic realm=\"EduAssist\", charset=\"UTF-8\"";
        return Task.CompletedTask;
    }
}
