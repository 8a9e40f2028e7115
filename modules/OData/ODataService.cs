using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Office.Listings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.OData.Batch;

namespace EduAssist.OData;

/// <summary>Answers requests under <c>/odata</c>.</summary>
internal sealed class ODataService
{
    internal const string Prefix = "/odata";
    private const int Kept = 200; // parsed queries, at most

    private readonly CommandExecutor commands;
    private readonly Limits limits;
    private readonly Func<HttpContext, Actor> who;
    private readonly Func<IListing, Column, string, string?> meaning;
    private readonly Model model;
    private readonly Metadata metadata;
    private readonly Batch batch;

    // the pages of one query differ in the skip token only, and a report asks the same every morning
    private readonly ConcurrentDictionary<string, Asked> parsed = [];

    internal ODataService(
        CommandExecutor commands,
        IReadOnlyList<IListing> listings,
        Limits limits,
        Func<HttpContext, Actor> who,
        Func<IListing, Column, string, string?> meaning
    )
    {
        (this.commands, this.limits, this.who, this.meaning) = (commands, limits, who, meaning);
        model = new(listings);
        metadata = new(model);
        batch = new(model, limits, AnswerAsync);
    }

    internal async Task AnswerAsync(HttpContext http)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, Batch.EndOf(http));
        time.CancelAfter(TimeSpan.FromSeconds(limits.Seconds));
        try
        {
            if (Batch.RefusalOf(http) is { } refused)
                throw refused;
            await AnswerAsync(http, time.Token);
        }
        catch (QueryException refusal)
        {
            await Errors.WriteAsync(http, refusal);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
        }
        catch (OverflowException) when (!http.Response.HasStarted)
        {
            await Errors.WriteAsync(http, TooLarge);
        }
        catch (InvalidOperationException untranslated)
            when (!http.Response.HasStarted
                && !DatabaseOutageException.IsCauseOf(untranslated)
                && untranslated.Source?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) == true
            )
        {
            await Errors.WriteAsync(http, QueryException.NotImplemented("这样的组合"));
        }
        catch (Exception failed) when (!http.Response.HasStarted && ScopedReadDbContext.FaultOf(failed) is { } fault)
        {
            await Errors.WriteAsync(
                http,
                fault == ReadFault.TimeOver
                    ? QueryException.Limit(
                        Batch.EndOf(http).IsCancellationRequested
                            ? $"$batch 超过 {limits.BatchSeconds} 秒，已停止。请分成几批。"
                            : $"查询超过 {limits.Seconds} 秒，已停止。请缩小范围。"
                    )
                    : TooLarge
            );
        }
    }

    private static QueryException TooLarge => QueryException.Invalid("查询中的数超出了范围，无法计算。");

    private async Task AnswerAsync(HttpContext http, CancellationToken over)
    {
        var path = PathOf(http);
        if (path is Batch.Path)
        {
            await batch.AnswerAsync(http);
            return;
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            throw new QueryException(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "这里只能读取。");
        }

        var options = new Options(path, http.Request.QueryString.Value);
        if (path.Length == 0)
            await ServiceDocumentAsync(http, options);
        else if (path is "$metadata")
            await DescribeAsync(http, options);
        else
            await ReadAsync(http, path, options, over);
    }

    /// <summary>
    /// The path as it was sent. The framework's is decoded, and in it a slash within a key (<c>%2F</c>) looks like one
    /// between segments.
    /// </summary>
    private static string PathOf(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.Length == 0) // a question of a batch
            target = (http.Request.PathBase + http.Request.Path).ToUriComponent();
        var end = target.IndexOf('?', StringComparison.Ordinal);
        var path = end < 0 ? target : target[..end];
        var at = path.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? throw QueryException.Missing($"没有 {http.Request.Path}。")
            : UnsafeCharacters.AreIn(Uri.UnescapeDataString(path)) ? throw QueryException.Invalid("地址中有控制字符。")
            : path[(at + Prefix.Length)..].TrimStart('/');
    }

    internal static string RootOf(HttpContext http) =>
        $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{Prefix}/";

    private async Task ReadAsync(HttpContext http, string path, Options options, CancellationToken over)
    {
        var asked = Parsed(path, options);
        await using var db = commands.Database.Read(who(http).AccessScope);
        db.EndWith(over);
        var reader = new Reader(model, new(db, commands.Policy), commands.Database.Keys, limits, over);
        var target = await reader.FollowAsync(asked.Path);
        if (target.IsCount)
            await CountAsync(http, reader, target, asked, options);
        else if (target.Property is not null)
            await PropertyAsync(http, reader, target, options);
        else if (target.IsOne)
            await OneAsync(http, reader, target, asked, options);
        else
            await ManyAsync(http, reader, target, asked, options, path);
    }

    private Asked Parsed(string path, Options options)
    {
        if (parsed.TryGetValue(options.Fingerprint, out var known))
            return known;
        if (parsed.Count >= Kept)
            parsed.Clear();
        return parsed[options.Fingerprint] = Asked.Parse(model, path, options, limits, new(model));
    }

    private async Task ManyAsync(
        HttpContext http,
        Reader reader,
        Target target,
        Asked asked,
        Options options,
        string path
    )
    {
        options.Allow(
            Options.Filter,
            Options.OrderBy,
            Options.Select,
            Options.Expand,
            Options.Top,
            Options.Skip,
            Options.Count,
            Options.Apply,
            Options.Compute,
            Options.Search,
            Options.SkipToken
        );
        var format = Format.Negotiate(http.Request, options, Kind.Json, Kind.Csv, Kind.Xlsx);
        var question = Question.Create(target, asked, options);
        if (format.Kind is not Kind.Json)
        {
            if (http.Request.GetODataBatchId() is not null) // its answers are held in memory
                throw QueryException.NotImplemented("$batch 中的 CSV 和 XLSX");
            await new Export(commands, model, limits, who(http), meaning).WriteAsync(http, question, format);
            return;
        }

        var preferred = Format.PageSize(http.Request);
        var page = await reader.ReadAsync(question, Math.Min(preferred ?? limits.Page, limits.Page));
        if (preferred is { } size)
            http.Response.Headers["Preference-Applied"] = $"{format.Prefix}maxpagesize={Math.Min(size, limits.Page)}";
        Begin(http, format);
        var next = page.Next is { } token
            ? $"{RootOf(http)}{path}?{options.With(token.Write(commands.Database.Keys, question.Fingerprint))}"
            : null;
        using var answer = new Answer(http.Response.BodyWriter, format, RootOf(http));
        answer.Begin($"{target.Set.Name}{page.Shape?.Context ?? ComputedContext(page)}");
        answer.Write(page, next);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static async Task OneAsync(HttpContext http, Reader reader, Target target, Asked asked, Options options)
    {
        options.Allow(Options.Select, Options.Expand, Options.Compute);
        var format = Format.Negotiate(http.Request, options, Kind.Json);
        var page = await reader.ReadAsync(Question.Create(target, asked, options), 1);
        if (Row(http, page, target) is not { } row)
            return;
        var written = new ArrayBufferWriter<byte>();
        using var answer = new Answer(written, format, RootOf(http));
        answer.Begin($"{target.Set.Name}{page.Shape!.Context}/$entity");
        answer.Write(page, row);
        await SendAsync(http, format, written.WrittenMemory);
    }

    private static async Task PropertyAsync(HttpContext http, Reader reader, Target target, Options options)
    {
        options.Allow();
        var page = await reader.ReadAsync(new(target.Set) { Within = target.Within }, 1);
        if (Row(http, page, target) is not { } row)
            return;
        var field = page.Fields.Single(f => f.Column!.Name == target.Property);
        if (row[field.Index] is not { } value)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (target.IsValue)
        {
            http.Response.ContentType = "text/plain;charset=utf-8";
            http.Response.Headers["OData-Version"] = Format.VersionOf(http.Request);
            await http.Response.WriteAsync(Export.Plain(field, value), http.RequestAborted);
            return;
        }

        var format = Format.Negotiate(http.Request, options, Kind.Json);
        var written = new ArrayBufferWriter<byte>();
        using var answer = new Answer(written, format, RootOf(http));
        answer.Begin($"{OData.Answer.Address(target.Set, page.Shape!, row)}/{target.Property}");
        answer.Write(field.Column!, value);
        await SendAsync(http, format, written.WrittenMemory);
    }

    private static async Task CountAsync(HttpContext http, Reader reader, Target target, Asked asked, Options options)
    {
        options.Allow(Options.Filter, Options.Search);
        var number = await reader.CountAsync(Question.Create(target, asked, options));
        http.Response.ContentType = "text/plain;charset=utf-8";
        http.Response.Headers["OData-Version"] = Format.VersionOf(http.Request);
        await http.Response.WriteAsync($"{number}", http.RequestAborted);
    }

    /// <summary>The row that was found; null where none is, and the answer says so.</summary>
    private static object?[]? Row(HttpContext http, Page page, Target target)
    {
        if (page.Rows is [var row, ..])
            return row;
        if (target.IsKeyed)
            throw QueryException.Missing($"{target.Set.Name} 里没有这一行。");
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    /// <summary>
    /// Sends a response that fits into memory, or 304 if the client has the same already (<c>If-None-Match</c>).
    /// </summary>
    private static async Task SendAsync(HttpContext http, Format format, ReadOnlyMemory<byte> body)
    {
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(body.Span))[..24]}\"";
        http.Response.Headers.ETag = tag;
        if (
            http
                .Request.Headers.IfNoneMatch.SelectMany(t => (t ?? "").Split(',', StringSplitOptions.TrimEntries))
                .Any(t => t == tag || t == "*")
        )
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        Begin(http, format);
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    private async Task ServiceDocumentAsync(HttpContext http, Options options)
    {
        options.Allow();
        var format = Format.Negotiate(http.Request, options, Kind.Json);
        Begin(http, format);
        await http.Response.BodyWriter.WriteAsync(metadata.ServiceDocument(format, RootOf(http)), http.RequestAborted);
    }

    private async Task DescribeAsync(HttpContext http, Options options)
    {
        options.Allow();
        var format = Format.Negotiate(http.Request, options, Kind.Xml, Kind.Json);
        http.Response.ContentType = format.Kind == Kind.Xml ? format.ContentType : "application/json;charset=utf-8";
        http.Response.Headers["OData-Version"] = format.Version;
        await http.Response.BodyWriter.WriteAsync(
            format.Kind == Kind.Xml ? metadata.Xml : metadata.Json,
            http.RequestAborted
        );
    }

    private static void Begin(HttpContext http, Format format)
    {
        http.Response.ContentType = format.ContentType;
        http.Response.Headers["OData-Version"] = format.Version;
    }

    private static string ComputedContext(Page page) =>
        $"({string.Join(',', page.Fields.Select(f => Nested(f.Name.Value)))})";

    private static string Nested(string path) =>
        path.Split('/', 2) is [var first, var rest] ? $"{first}({Nested(rest)})" : path;
}
