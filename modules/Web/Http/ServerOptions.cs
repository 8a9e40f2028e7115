using System.Net;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Demo;

namespace EduAssist.Web.Http;

/// <summary>Who may reach the server, and how.</summary>
public sealed record ServerOptions
{
    private const int ShortestToken = 16;

    /// <summary>This machine alone.</summary>
    public static ServerOptions Default { get; } = new();

    /// <summary>The names under which the server is asked for, beside those of this machine.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Whether something in front of the server ends HTTPS and passes on who asked.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>The addresses of what stands in front; none: this machine.</summary>
    public IReadOnlyList<IPAddress> Proxies { get; init; } = [];

    /// <summary>A file with certificate and key (PFX); null: none, and no HTTPS.</summary>
    public string? Certificate { get; init; }

    /// <summary>Of <see cref="Certificate"/>.</summary>
    public string? CertificatePassword { get; init; }

    /// <summary>Whether administrators without two-factor may do nothing but set it up.</summary>
    public bool AdministratorsNeedTwoFactor { get; init; }

    /// <summary>Sign-ins from one address in a minute; what is beyond waits.</summary>
    public int SignInsPerMinute { get; init; } = 30;

    /// <summary>By which <c>/metrics</c> is read; null: by nobody.</summary>
    public string? MetricsToken { get; init; }

    /// <summary>Where metrics and traces are sent (OTLP over HTTP); null: nowhere.</summary>
    public Uri? Collector { get; init; }

    /// <summary>
    /// The users of the demo, whom its page to sign in names with their passwords; none: it is no demo.
    /// </summary>
    public IReadOnlyList<DemoUser> Demo { get; init; } = [];

    /// <summary>Reads the configuration.</summary>
    /// <param name="setting">The configured value of a key, null when it is not set.</param>
    /// <exception cref="OperatorException">A value cannot be read.</exception>
    public static ServerOptions From(Func<string, string?> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return new()
        {
            Hosts = List("Access:Hosts"),
            BehindProxy = YesNo("Access:BehindProxy"),
            Proxies =
            [
                .. List("Access:Proxies")
                    .Select(p =>
                        IPAddress.TryParse(p, out var ip)
                            ? ip
                            : throw new OperatorException($"配置项 Access:Proxies：“{p}”不是 IP 地址。")
                    ),
            ],
            Certificate = setting("Access:Certificate"),
            CertificatePassword = setting("Access:CertificatePassword"),
            AdministratorsNeedTwoFactor = YesNo("Access:AdministratorsNeedTwoFactor"),
            MetricsToken =
                setting("Metrics:Token") is not { } token ? null
                : token.Length >= ShortestToken ? token
                : throw new OperatorException($"配置项 Metrics:Token 须至少 {ShortestToken} 个字符。"),
            Collector =
                setting("Telemetry:Collector") is not { } address ? null
                : Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
                : throw new OperatorException($"配置项 Telemetry:Collector：“{address}”不是 http(s) 地址。"),
        };

        string[] List(string key) =>
            setting(key)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        bool YesNo(string key) =>
            setting(key) is { } text
            && (
                bool.TryParse(text, out var value)
                    ? value
                    : throw new OperatorException($"配置项 {key} 须为 true 或 false。")
            );
    }
}
