using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EduAssist.OData;

/// <summary>What an answer is written as.</summary>
internal enum Kind
{
    Json,
    Xml,
    Csv,
    Xlsx,
}

/// <summary>How much an answer says about itself.</summary>
internal enum MetadataLevel
{
    Minimal,
    None,
    Full,
}

/// <summary>
/// The form of an answer, as <c>$format</c>, <c>Accept</c>, <c>OData-MaxVersion</c> and <c>Prefer</c> ask for it.
/// </summary>
internal sealed record Format(Kind Kind, MetadataLevel Level, bool NumbersAsText, bool Is401)
{
    /// <summary>
    /// Whether the client asked for the order in which an answer can be read as it comes. It is always that; told
    /// unasked, SAP CAP takes every answer for a stream of bytes.
    /// </summary>
    private bool Streams { get; init; }

    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    internal string ContentType =>
        Kind switch
        {
            Kind.Xml => "application/xml;charset=utf-8",
            Kind.Csv => "text/csv;charset=utf-8",
            Kind.Xlsx => Xlsx,
            _ =>
                $"application/json;{Prefix}metadata={Level.ToString().ToLowerInvariant()}{(Streams ? $";{Prefix}streaming=true" : "")}{(NumbersAsText ? ";IEEE754Compatible=true" : "")};charset=utf-8",
        };

    internal string Version => Is401 ? "4.01" : "4.0";

    /// <summary>Of what an answer says about itself: 4.01 leaves it out.</summary>
    internal string Prefix => Is401 ? "" : "odata.";

    /// <summary>Negotiates.</summary>
    /// <param name="http">The request.</param>
    /// <param name="options">Its options; <c>$format</c> goes before <c>Accept</c>.</param>
    /// <param name="offered">Of the resource, the first one unless another is asked for.</param>
    internal static Format Negotiate(HttpRequest http, Options options, params ReadOnlySpan<Kind> offered)
    {
        var is401 = Version401(http);
        if (options[Options.Format] is { } format)
            return Named(format, is401, offered) ?? throw Unacceptable($"$format={format}", offered);
        if (http.Headers.Accept.Count == 0)
            return new(offered[0], MetadataLevel.Minimal, false, is401);
        if (!MediaTypeHeaderValue.TryParseList(http.Headers.Accept, out var ranges))
            throw QueryException.Invalid("Accept 无法理解。");
        foreach (var range in ranges.Where(r => r.Quality is not 0).OrderByDescending(r => r.Quality ?? 1))
        {
            if (range.MatchesAllTypes || range.MediaType.Value is "application/*")
                return new(offered[0], MetadataLevel.Minimal, false, is401);
            if (Media(range, is401, offered) is { } found)
                return found;
        }

        throw Unacceptable($"Accept: {http.Headers.Accept}", offered);
    }

    /// <summary>Of an answer that is no JSON.</summary>
    internal static string VersionOf(HttpRequest http) => Version401(http) ? "4.01" : "4.0";

    /// <summary>The size of a page that <c>Prefer</c> asks for; null: none that makes sense.</summary>
    internal static int? PageSize(HttpRequest http)
    {
        foreach (
            var part in http.Headers["Prefer"]
                .SelectMany(p => (p ?? "").Split(',', ';', StringSplitOptions.TrimEntries))
        )
        {
            if (
                part.Split('=', StringSplitOptions.TrimEntries) is [var name, var text]
                && name.ToLowerInvariant() is "odata.maxpagesize" or "maxpagesize"
                && int.TryParse(
                    part.Split('=')[1].Trim().Trim('"'),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var size
                )
                && size > 0
            )
                return size;
        }

        return null;
    }

    private static bool Version401(HttpRequest http)
    {
        var most = http.Headers["OData-MaxVersion"].ToString();
        if (most.Length == 0)
            return false;
        return
            decimal.TryParse(most, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var version)
            && version >= 4
            ? version >= 4.01m
            : throw QueryException.Invalid("本服务的 OData 版本为 4.0 和 4.01。");
    }

    private static Format? Named(string text, bool is401, ReadOnlySpan<Kind> offered) =>
        text switch
        {
            "json" => Offered(Kind.Json, offered, is401),
            "xml" => Offered(Kind.Xml, offered, is401),
            "csv" => Offered(Kind.Csv, offered, is401),
            "xlsx" => Offered(Kind.Xlsx, offered, is401),
            _ => MediaTypeHeaderValue.TryParse(text, out var media) ? Media(media, is401, offered) : null,
        };

    private static Format? Offered(Kind kind, ReadOnlySpan<Kind> offered, bool is401) =>
        offered.Contains(kind) ? new(kind, MetadataLevel.Minimal, false, is401) : null;

    private static Format? Media(MediaTypeHeaderValue media, bool is401, ReadOnlySpan<Kind> offered)
    {
        Kind? kind = media.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/json" => Kind.Json,
            "application/xml" => Kind.Xml,
            "text/csv" => Kind.Csv,
            Xlsx => Kind.Xlsx,
            _ => null,
        };
        if (kind is not { } asked || !offered.Contains(asked))
            return null;
        string? Parameter(string name) =>
            media
                .Parameters.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?.Value.Value?.ToLowerInvariant();
        MetadataLevel? level = (Parameter("odata.metadata") ?? Parameter("metadata")) switch
        {
            null or "minimal" => MetadataLevel.Minimal,
            "none" => MetadataLevel.None,
            "full" => MetadataLevel.Full,
            _ => null,
        };
        return level is { } told
            ? new(asked, told, Parameter("IEEE754Compatible") == "true", is401)
            {
                Streams = (Parameter("odata.streaming") ?? Parameter("streaming")) == "true",
            }
            : null;
    }

    private static QueryException Unacceptable(string asked, ReadOnlySpan<Kind> offered) =>
        new(
            StatusCodes.Status406NotAcceptable,
            "not-acceptable",
            $"{(asked.Length > 200 ? asked[..200] : asked)} 不可用；可用：{string.Join("、", offered.ToArray().Select(k => k.ToString().ToLowerInvariant()))}。"
        );
}
