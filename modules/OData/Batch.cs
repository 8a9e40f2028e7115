using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>What a question of a batch is refused with before it is asked; null: nothing.</summary>
    internal static QueryException? RefusalOf(HttpContext http) => http.Items[typeof(QueryException)] as QueryException;

    /// <summary>When the batch that a question came in must be done.</summary>
    internal static CancellationToken EndOf(HttpContext http) =>
        http.Items[typeof(Course)] is Course course ? course.End : CancellationToken.None;

    /// <summary>How a batch goes.</summary>
    /// <param name="GoesOn">Whether it goes on after a failure.</param>
    /// <param name="End">When it must be done.</param>
    private sealed record Course(bool GoesOn, CancellationToken End)
    {
        /// <summary>Questions, and groups of them, that were asked: whether they were answered.</summary>
        internal Dictionary<string, bool> Done { get; } = [];

        internal bool IsStopped { get; private set; }

        internal void Note(BatchPart part, bool isDone)
        {
            if (part.Id is { } id)
                Done[id] = isDone;
            if (part.Group is { } group)
                Done[group] = isDone && Done.GetValueOrDefault(group, true);
            IsStopped |= !isDone && !GoesOn;
        }
    }

    /// <summary>
    /// The package's, question by question: one that cannot be read, or depends on one that failed, has a refusal of
    /// its own; after a failure it goes on if it is asked to (<c>Prefer: continue-on-error</c>).
    /// </summary>
    private sealed class Handler(Limits limits) : DefaultODataBatchHandler
    {
        public override async Task<IList<ODataBatchRequestItem>> ParseBatchRequestsAsync(HttpContext context)
        {
            var parts = await BatchPart.ReadAsync(context.Request, limits);
            var time = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            context.Response.RegisterForDispose(time);
            time.CancelAfter(TimeSpan.FromSeconds(limits.BatchSeconds));
            var course = new Course(GoesOn(context.Request), time.Token);
            List<ODataBatchRequestItem> questions = [];
            foreach (var part in parts)
            {
                var question = await ReadAsync(context, part);
                foreach (var one in ContextsOf(question))
                {
                    one.Items[typeof(BatchPart)] = part;
                    one.Items[typeof(Course)] = course;
                }

                questions.Add(question);
            }

            return questions.Count > 0 ? questions : await base.ParseBatchRequestsAsync(context);
        }

        public override async Task<IList<ODataBatchResponseItem>> ExecuteRequestMessagesAsync(
            IEnumerable<ODataBatchRequestItem> requests,
            RequestDelegate handler
        )
        {
            List<ODataBatchResponseItem> answers = [];
            foreach (var question in requests)
            {
                var contexts = ContextsOf(question);
                if (contexts is not [{ Items: var items }, ..])
                    continue; // a change set without changes
                var (part, course) = ((BatchPart)items[typeof(BatchPart)]!, (Course)items[typeof(Course)]!);
                if (course.IsStopped && part.Id is null)
                    break; // a message of parts ends there
                if (Refused(part, course) is { } refusal)
                    foreach (var one in contexts)
                        one.Items[typeof(QueryException)] = refusal;
                answers.Add(await question.SendRequestAsync(handler));
                var isDone = contexts.All(c => c.Response.StatusCode < StatusCodes.Status400BadRequest);
                if (part.IsHead && isDone)
                    foreach (var one in contexts)
                        one.Response.Body.SetLength(0);
                course.Note(part, isDone);
            }

            return answers;
        }

        /// <summary>The package names groups itself; the names that they came with are put in their place.</summary>
        public override async Task CreateResponseMessageAsync(
            IEnumerable<ODataBatchResponseItem> responses,
            HttpRequest request
        )
        {
            var answers = responses.ToList();
            var groups = answers
                .OfType<OperationResponseItem>()
                .Select(a => a.Context.Items[typeof(BatchPart)] as BatchPart)
                .Where(p => p?.Group is not null)
                .ToDictionary(p => p!.Id!, p => p!.Group!);
            if (groups.Count == 0)
            {
                await base.CreateResponseMessageAsync(answers, request);
                return;
            }

            var response = request.HttpContext.Response;
            var body = response.Body;
            using var written = new MemoryStream();
            response.Body = written;
            await base.CreateResponseMessageAsync(answers, request);
            response.Body = body;
            written.Position = 0;
            var whole = JsonNode.Parse(written)!;
            foreach (var answer in whole["responses"]!.AsArray())
                if (groups.TryGetValue((string)answer!["id"]!, out var group))
                    answer["atomicityGroup"] = group;
            await JsonSerializer.SerializeAsync(
                body,
                whole,
                JsonSerializerOptions.Web,
                request.HttpContext.RequestAborted
            );
        }

        private QueryException? Refused(BatchPart part, Course course) =>
            part.DependsOn.FirstOrDefault(d => !course.Done.ContainsKey(d)) is { } unknown
                ? QueryException.Invalid($"dependsOn 中的 {unknown} 不是前面的请求。")
            : part.DependsOn.FirstOrDefault(d => !course.Done[d]) is { } failed
                ? Dependent($"它所依赖的请求 {failed} 没有成功。")
            : course.IsStopped ? Dependent("前面的请求没有成功；要继续，请加 Prefer: continue-on-error。")
            : course.End.IsCancellationRequested
                ? QueryException.Limit($"$batch 超过 {limits.BatchSeconds} 秒，已停止。请分成几批。")
            : null;

        private static QueryException Dependent(string why) =>
            new(StatusCodes.Status424FailedDependency, "failed-dependency", why);

        /// <summary>A part, read by the package; one that it cannot read is a question that is refused.</summary>
        private async Task<ODataBatchRequestItem> ReadAsync(HttpContext context, BatchPart part)
        {
            try
            {
                return await ReadAsync(context, part.Body);
            }
            catch (Exception wrong)
                when (wrong
                        is ODataException
                            or FormatException
                            or InvalidOperationException
                            or JsonException
                            or QueryException
                )
            {
                var unread = await ReadAsync(context, BatchPart.Empty(context.Request, part.Id));
                foreach (var one in ContextsOf(unread))
                    one.Items[typeof(QueryException)] = BatchPart.Unreadable;
                return unread;
            }
        }

        private async Task<ODataBatchRequestItem> ReadAsync(HttpContext context, byte[] body)
        {
            context.Request.ClearRouteServices();
            context.Request.Body = new MemoryStream(body);
            context.Request.ContentLength = body.Length;
            return (await base.ParseBatchRequestsAsync(context)) is [var one] ? one : throw BatchPart.Unreadable;
        }

        private static bool GoesOn(HttpRequest request) =>
            request
                .Headers["Prefer"]
                .SelectMany(p => (p ?? "").Split(',', ';', StringSplitOptions.TrimEntries))
                .Select(p => p.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant())
                .Any(p =>
                    p
                        is "continue-on-error"
                            or "odata.continue-on-error"
                            or "continue-on-error=true"
                            or "odata.continue-on-error=true"
                );

        private static IReadOnlyList<HttpContext> ContextsOf(ODataBatchRequestItem item) =>
            item switch
            {
                OperationRequestItem one => [one.Context],
                ChangeSetRequestItem several => [.. several.Contexts],
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
