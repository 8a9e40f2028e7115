using System.Globalization;
using System.Text;
using System.Text.Json;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EduAssist.Web.Http;

/// <summary>A route that carries out a command: once for an idempotency key, on the version that was seen.</summary>
internal sealed record CommandRoute;

/// <summary>A parameter that a route reads from its address by itself.</summary>
/// <param name="Name">In the address.</param>
/// <param name="Meaning">In Chinese.</param>
/// <param name="IsRequired">Whether it must be given.</param>
internal sealed record QueryParameter(string Name, string Meaning, bool IsRequired);

/// <summary>What a body holds: the fields of a form.</summary>
/// <param name="Fields">Of the form.</param>
internal sealed record FormBody(IReadOnlyList<FormField> Fields);

/// <summary>
/// What a command came to as HTTP: its answer as JSON, or problem details. Pages answer by <c>FormPost</c>.
/// </summary>
internal static class ContractAnswer
{
    private static readonly JsonWriterOptions Indented = new() { Encoder = ApiJson.Indented.Encoder, Indented = true };

    /// <summary>The ETag of a version.</summary>
    internal static string Tag(long version) => $"\"{version}\"";

    /// <summary>
    /// The version that an ETag tells, compared as text (RFC 9110, 8.8.3): <c>009</c> was never given out, and stands
    /// for no version that there is; null: no ETag of ours.
    /// </summary>
    internal static long? VersionOf(ReadOnlySpan<char> tag) =>
        !long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? null
        : tag.SequenceEqual(version.ToString(CultureInfo.InvariantCulture)) ? version
        : -1;

    internal static IResult From(HttpContext http, CommandResult result)
    {
        if (result.Version is { } version)
            http.Response.Headers.ETag = Tag(version);
        switch (result.Kind)
        {
            case ResultKind.Created:
                http.Response.Headers.Location =
                    http.Request.Method == HttpMethods.Post
                    && http.Request.Path.Value is { } path
                    && !path.EndsWith("/evidence", StringComparison.Ordinal)
                    && !path.EndsWith("/assessments", StringComparison.Ordinal)
                    && !path.EndsWith("/schools", StringComparison.Ordinal)
                    && !path.EndsWith("/groups", StringComparison.Ordinal)
                        ? $"{path}/{result.Id}"
                        : default;
                return Written(result.WriteTo, StatusCodes.Status201Created);
            case ResultKind.Done:
                return Written(result.WriteTo);
            default:
                return Problems.From(result);
        }
    }

    internal static IResult Json<T>(T answer)
        where T : IContract<T> => Written(writer => JsonSerializer.Serialize(writer, answer, T.Contract));

    internal static IResult Json<T>(IReadOnlyList<T> answers)
        where T : IContract<T> =>
        Written(writer =>
        {
            writer.WriteStartArray();
            foreach (var answer in answers)
                JsonSerializer.Serialize(writer, answer, T.Contract);
            writer.WriteEndArray();
        });

    /// <summary>What an act of this route answers, and how it may be refused.</summary>
    internal static RouteHandlerBuilder Answers<T>(
        this RouteHandlerBuilder route,
        int status = StatusCodes.Status200OK
    ) =>
        route
            .WithMetadata(new CommandRoute())
            .Produces<T>(status)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);

    /// <summary>A parameter that this route reads from its address.</summary>
    internal static RouteHandlerBuilder Asks(
        this RouteHandlerBuilder route,
        string name,
        string meaning,
        bool required = false
    ) => route.WithMetadata(new QueryParameter(name, meaning, required));

    /// <summary>What is entered with this route: the fields of a form.</summary>
    internal static RouteHandlerBuilder TakesForm(this RouteHandlerBuilder route, IReadOnlyList<FormField> fields) =>
        route.Takes<FilledForm>().WithMetadata(new FormBody(fields));

    /// <summary>What is sent to this route.</summary>
    internal static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>("application/json");

    private static IResult Written(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Indented))
            write(writer);
        return TypedResults.Text(
            Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length)),
            "application/json",
            Encoding.UTF8,
            status
        );
    }
}
