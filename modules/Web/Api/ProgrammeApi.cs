using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Platform;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Api;

/// <summary>Programmes: what they ask for, and what they decide.</summary>
internal sealed class ProgrammeApi : IEndpoints
{
    internal const string Ndjson = "application/x-ndjson";

    private const int LongestObject = 64 * 1024,
        FlushAfter = 64 * 1024;

    private static readonly JsonWriterOptions Chinese = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    internal sealed record ProgrammeView(
        string Id,
        string Title,
        ProgrammeKind Kind,
        IEnumerable<RuleSetView> RuleSets
    );

    internal sealed record RuleSetView(string Id, DateOnly From, DateOnly? Until, IEnumerable<CriterionView> Criteria);

    internal sealed record CriterionView(
        string Rule,
        string Message,
        IReadOnlyList<string> Provisions,
        IReadOnlyList<string> Interpretations
    );

    int IEndpoints.Order => 50;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/programmes").WithTags("项目");
        group
            .MapGet("", (Instance i) => TypedResults.Ok(i.Catalogue.Programmes.Select(View)))
            .WithSummary("已加载的项目及其条件");
        group
            .MapGet("/{id}/facts", (Instance i, string id) =>
                i.Catalogue.Programme(id) is { } programme
                    ? TypedResults.Text(
                        FactSchemaJson
                            .FromProgramme(programme)
                            .ToJsonString(new() { Encoder = Chinese.Encoder, WriteIndented = true }),
                        "application/schema+json"
                    )
                    : NoProgramme(id)
            )
            .Produces<object>(StatusCodes.Status200OK, "application/schema+json")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("项目所需的事实（JSON Schema）");
        group
            .MapPost("/{id}/assess", AssessAsync)
            .WithSummary("评估一个对象（JSON），或逐行评估（NDJSON）")
            .WithDescription(
                "application/json：一个 { \"asOf\", \"facts\" } 得一个结果；application/x-ndjson：每行一个，逐行返回，坏行返回含 error 的一行。省略或为 null 的事实是未知。不存储任何内容。"
            )
            .WithMetadata(new AssessBody())
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    /// <summary>Marks the endpoint whose body the description of the API explains.</summary>
    internal sealed class AssessBody;

    private static ProgrammeView View(IProgramme programme) =>
        new(
            programme.Id,
            programme.Title,
            programme.Kind,
            programme.RuleSets.Select(set => new RuleSetView(
                set.Id,
                set.From,
                set.Until,
                set.Criteria.Select(c => new CriterionView(c.Id, c.Message, c.Provisions, c.Interpretations))
            ))
        );

    private static IResult NoProgramme(string id) => Problems.NotFound($"没有加载项目 {id}。");

    private static async Task<IResult> AssessAsync(Instance instance, string id, HttpContext http)
    {
        if (instance.Catalogue.Programme(id) is not { } programme)
            return NoProgramme(id);
        var type = http.Request.ContentType?.Split(';')[0].Trim();
        if (string.Equals(type, Ndjson, StringComparison.OrdinalIgnoreCase))
        {
            await new LineAssessment(instance, programme).RunAsync(http);
            return TypedResults.Empty;
        }

        return string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase)
            ? await AssessOneAsync(instance, programme, http)
            : TypedResults.Problem(
                $"内容类型须为 application/json 或 {Ndjson}。",
                statusCode: StatusCodes.Status415UnsupportedMediaType
            );
    }

    private static async Task<IResult> AssessOneAsync(Instance instance, IProgramme programme, HttpContext http)
    {
        var body = await ReadWholeAsync(http.Request.BodyReader, http.RequestAborted);
        if (body is null)
            return TypedResults.Problem(
                $"一个对象不能超过 {LongestObject / 1024} KB。",
                statusCode: StatusCodes.Status413PayloadTooLarge
            );
        var facts = instance.NewFacts(programme);
        if (instance.ReaderOf(programme).ReadRequest(body, instance.Today.Date, facts) is { } fault)
            return Problems.Invalid(fault.Fact.Length == 0 ? "body" : fault.Fact, fault.Message);
        if (programme.Assess(facts, instance.Reading) is not { } assessment)
        {
            return TypedResults.Problem(
                new ProblemDetails
                {
                    Type = "rule-set-not-in-force",
                    Title = "该日没有施行中的规则",
                    Status = StatusCodes.Status409Conflict,
                    Detail = $"{programme.Title}在 {facts.AsOf:yyyy-MM-dd} 没有施行中的规则集。",
                }
            );
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        AssessmentJson.Write(assessment, http.Response.BodyWriter);
        return TypedResults.Empty;
    }

    private static async Task<byte[]?> ReadWholeAsync(PipeReader reader, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var tooLong = read.Buffer.Length > LongestObject;
            var whole = read.IsCompleted && !tooLong ? read.Buffer.ToArray() : null;
            // the pipe must always be advanced: otherwise the connection's next request fails
            reader.AdvanceTo(whole is null && !tooLong ? read.Buffer.Start : read.Buffer.End, read.Buffer.End);
            if (read.IsCompleted || tooLong)
                return whole;
        }
    }

    /// <summary>One object a line in, one result a line out, in order; memory does not grow with the stream.</summary>
    private sealed class LineAssessment(Instance instance, IProgramme programme)
    {
        private readonly FactReader facts = instance.ReaderOf(programme);
        private readonly Facts row = instance.NewFacts(programme);
        private readonly DateOnly today = instance.Today.Date;
        private readonly byte[] copy = new byte[LongestObject];
        private long line;

        internal async Task RunAsync(HttpContext http)
        {
            http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            http.Response.ContentType = $"{Ndjson}; charset=utf-8";
            var (reader, writer) = (http.Request.BodyReader, http.Response.BodyWriter);
            var skipping = false; // whether the rest of a line that is too long is being skipped
            while (true)
            {
                var read = await reader.ReadAsync(http.RequestAborted);
                var buffer = read.Buffer;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    if (!skipping)
                        Line(buffer.Slice(0, end), writer);
                    skipping = false;
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                    if (writer.UnflushedBytes > FlushAfter)
                        await writer.FlushAsync(http.RequestAborted);
                }

                if (skipping || buffer.Length > LongestObject)
                {
                    if (!skipping)
                        Line(buffer, writer);
                    skipping = true;
                    buffer = buffer.Slice(buffer.End);
                }

                if (read.IsCompleted)
                {
                    if (!buffer.IsEmpty)
                        Line(buffer, writer);
                    reader.AdvanceTo(read.Buffer.End);
                    await writer.FlushAsync(http.RequestAborted);
                    return;
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
                await writer.FlushAsync(http.RequestAborted);
            }
        }

        private void Line(ReadOnlySequence<byte> text, PipeWriter output)
        {
            line++;
            if (text.Length > LongestObject)
            {
                WriteError(output, new("", $"一行不能超过 {LongestObject / 1024} KB。"));
                output.Write("\n"u8);
                return;
            }

            text.CopyTo(copy);
            var json = copy.AsSpan(0, (int)text.Length).Trim(" \t\r"u8);
            if (json.IsEmpty)
                return;
            if (Answer(json, out var assessment) is { } fault)
                WriteError(output, fault);
            else
                AssessmentJson.Write(assessment!, output);
            output.Write("\n"u8);
        }

        private FactFault? Answer(ReadOnlySpan<byte> json, out Assessment? assessment)
        {
            assessment = null;
            if (facts.ReadRequest(json, today, row) is { } fault)
                return fault;
            try
            {
                assessment = programme.Assess(row, instance.Reading);
                return assessment is null ? new("asOf", $"{row.AsOf:yyyy-MM-dd} 没有施行中的规则集。") : null;
            }
            catch (HolidaysNotPublishedException unpublished)
            {
                return new("asOf", unpublished.Message);
            }
        }

        private void WriteError(PipeWriter output, FactFault fault)
        {
            using var json = new Utf8JsonWriter((IBufferWriter<byte>)output, Chinese);
            json.WriteStartObject();
            json.WriteString("error", fault.Message);
            if (fault.Fact.Length > 0)
                json.WriteString("fact", fault.Fact);
            json.WriteNumber("line", line);
            json.WriteEndObject();
        }
    }
}
