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

    private readonly ODataMiniBatchMiddleware batch;
    private readonly Limits limits;

    /// <param name="model">What there is.</param>
    /// <param name="limits">Of one request.</param>
    /// <param name="answer">Answers one question.</param>
    internal Batch(Model model, Limits limits, RequestDelegate answer)
    {
        this.limits = limits;
        var container = new ODataMiniMetadata
        {
            Model = model.Edm,
            Services = services =>
                services.AddScoped(_ => new ODataMessageReaderSettings { MessageQuotas = Quotas(new()) }),
        };
        var handler = new Handler { PrefixName = null };
        Quotas(handler.MessageQuotas);
        batch = new($"{ODataService.Prefix[1..]}/{Path}", handler, container, answer);
    }

    internal async Task AnswerAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            throw new QueryException(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", "$batch 须用 POST。");
        }

        http.ODataFeature().RoutePrefix = ODataService.Prefix[1..];
        try
        {
            await batch.Invoke(http);
        }
        catch (Exception wrong)
            when (wrong
                    is ODataException
                        or FormatException
                        or InvalidOperationException
                        or System.Text.Json.JsonException
                && !http.Response.HasStarted
            )
        {
            throw QueryException.Invalid(
                wrong.Message.Contains("parts", StringComparison.Ordinal)
                    ? $"$batch 最多 {limits.Batch} 个请求。"
                    : "$batch 无法理解：正文须为 JSON 或 multipart/mixed 的一批请求，地址都在本服务之内。"
            );
        }
    }

    private ODataMessageQuotas Quotas(ODataMessageQuotas quotas)
    {
        quotas.MaxPartsPerBatch = limits.Batch;
        quotas.MaxOperationsPerChangeset = limits.Batch;
        quotas.MaxReceivedMessageSize = limits.BatchBytes;
        return quotas;
    }

    /// <summary>The package's, with refusals in Chinese.</summary>
    private sealed class Handler : DefaultODataBatchHandler
    {
        public override Task<bool> ValidateRequest(HttpRequest request) =>
            request.GetTypedHeaders().ContentType is { } type
            && (
                type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || (
                    type.MediaType.Equals("multipart/mixed", StringComparison.OrdinalIgnoreCase)
                    && type.Boundary.Length > 0
                )
            )
                ? Task.FromResult(true)
                : throw new QueryException(
                    StatusCodes.Status415UnsupportedMediaType,
                    "unsupported-media-type",
                    "$batch 的 Content-Type 须为 application/json，或者带 boundary 的 multipart/mixed。"
                );
    }
}
