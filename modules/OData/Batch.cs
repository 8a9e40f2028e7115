using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using EduAssist.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OData;
using Microsoft.AspNetCore.OData.Batch;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData;

namespace EduAssist.OData;

/// <summary>
/// Several questions in one request (<c>POST /odata/$batch</c>, JSON or multipart), read and written by the package:
/// grids of SAP's OpenUI5 and SAP CAP ask everything so. Each question is answered as if it had come alone, to the
/// reader of the whole; whatever would change something gets 405 within.
/// </summary>
internal sealed class Batch
{
    internal const string Path = "$batch";

    private const string Json = "application/json",
        Multipart = "multipart/mixed";

    private readonly ODataMiniBatchMiddleware batch,
        asJson;

    /// <param name="model">What there is.</param>
    /// <param name="limits">Of one request.</param>
    /// <param name="answer">Answers one question.</param>
    internal Batch(Model model, Limits limits, RequestDelegate answer)
    {
        var container = new ODataMiniMetadata
        {
            Model = model.Edm,
            Services = services =>
                services.AddScoped(_ => new ODataMessageReaderSettings { MessageQuotas = Bounded(new(), limits) }),
        };
        var handler = new Handler(limits);
        Bounded(handler.MessageQuotas, limits);
        batch = new(Route, handler, container, answer);
        asJson = new(Route, handler, container, async http =>
        {
            await answer(http);
            await QuoteAsync(http.Response);
        });
    }

    internal async Task AnswerAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            throw new QueryException(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "$batch 须用 POST。");
        }

        http.ODataFeature().RoutePrefix = ODataService.Prefix[1..];
        await (IsJson(http.Request) ? asJson : batch).Invoke(http);
    }

    private static string Route => $"{ODataService.Prefix[1..]}/{Path}";

    /// <summary>Whether the answers are wanted as JSON: as <c>Accept</c> says, or as the questions came.</summary>
    private static bool IsJson(HttpRequest request)
    {
        var wanted = request
            .GetTypedHeaders()
            .Accept.OrderByDescending(a => a.Quality ?? 1)
            .Select(a => a.MediaType.Value)
            .FirstOrDefault(a => a is Json or Multipart)
            ?? request.GetTypedHeaders().ContentType?.MediaType.Value;
        return string.Equals(wanted, Json, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// A body that is no JSON becomes one, as the standard says: a text its string, anything else base64url. The
    /// package puts it into the JSON as it is.
    /// </summary>
    private static async Task QuoteAsync(HttpResponse response)
    {
        if (
            response.Body is not { Length: > 0 } body
            || response.ContentType?.StartsWith(Json, StringComparison.OrdinalIgnoreCase) == true
        )
            return;
        body.Position = 0;
        var bytes = new byte[body.Length];
        await body.ReadExactlyAsync(bytes);
        body.SetLength(0);
        var isText = response.ContentType?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) == true;
        await JsonSerializer.SerializeAsync(
            body,
            isText ? Encoding.UTF8.GetString(bytes) : Base64Url.EncodeToString(bytes)
        );
    }

    private static ODataMessageQuotas Bounded(ODataMessageQuotas quotas, Limits limits)
    {
        quotas.MaxPartsPerBatch = limits.Batch;
        quotas.MaxOperationsPerChangeset = limits.Batch;
        quotas.MaxReceivedMessageSize = limits.BatchBytes;
        return quotas;
    }

    /// <summary>The package's, with refusals in Chinese.</summary>
    private sealed class Handler(Limits limits) : DefaultODataBatchHandler
    {
        /// <summary>
        /// What cannot be read is a fault of the request; what goes wrong in an answer is not, and passes. Ids can be
        /// written into the head of a part.
        /// </summary>
        public override async Task<IList<ODataBatchRequestItem>> ParseBatchRequestsAsync(HttpContext context)
        {
            IList<ODataBatchRequestItem> items;
            try
            {
                items = await base.ParseBatchRequestsAsync(context);
            }
            catch (Exception wrong)
                when (wrong
                        is ODataException
                            or FormatException
                            or InvalidOperationException
                            or JsonException
                            or NullReferenceException // of the package's reader: an atomicityGroup without headers
                )
            {
                throw QueryException.Invalid(
                    wrong.Message.Contains("parts", StringComparison.Ordinal)
                        ? $"$batch 最多 {limits.Batch} 个请求。"
                        : "$batch 无法理解：正文须为 JSON 或 multipart/mixed 的一批请求，地址都在本服务之内。"
                );
            }

            return items.SelectMany(ContextsOf).Any(c => UnsafeCharacters.AreIn(c.Request.GetODataContentId()))
                ? throw QueryException.Invalid("$batch 中请求的 id 有控制字符。")
                : items;
        }

        private static IEnumerable<HttpContext> ContextsOf(ODataBatchRequestItem item) =>
            item switch
            {
                OperationRequestItem one => [one.Context],
                ChangeSetRequestItem several => several.Contexts,
                _ => [],
            };

        /// <summary>What the addresses of questions are relative to: the service, and not its <c>$batch</c>.</summary>
        public override Uri GetBaseUri(HttpRequest request) => new(ODataService.RootOf(request.HttpContext));

        public override Task<bool> ValidateRequest(HttpRequest request) =>
            request.GetTypedHeaders().ContentType is { } type
            && (
                type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
                || (type.MediaType.Equals(Multipart, StringComparison.OrdinalIgnoreCase) && type.Boundary.Length > 0)
            )
                ? Task.FromResult(true)
                : throw new QueryException(
                    StatusCodes.Status415UnsupportedMediaType,
                    "unsupported-media-type",
                    "$batch 的 Content-Type 须为 application/json，或者带 boundary 的 multipart/mixed。"
                );
    }
}
