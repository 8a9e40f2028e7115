using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using EduAssist.Kernel.Policy;

namespace EduAssist.Data;

/// <summary>What a command came to.</summary>
public enum ResultKind
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>Done: something new is there.</summary>
    Created,

    /// <summary>A rule, a window, a quota or the state of the case does not allow it.</summary>
    Refused,

    /// <summary>What was entered is wrong.</summary>
    Invalid,

    /// <summary>What it is about is not there, or not for this actor.</summary>
    NotFound,

    /// <summary>The actor's roles do not allow it.</summary>
    Forbidden,

    /// <summary>Somebody changed it meanwhile.</summary>
    Stale,

    /// <summary>The request does not say which version it has seen.</summary>
    VersionMissing,

    /// <summary>The idempotency key stands for another request.</summary>
    KeyReused,
}

/// <summary>Why something is refused, or might be.</summary>
/// <param name="Rule">Stable, in kebab-case: <c>sending-window-open</c>.</param>
/// <param name="Message">The requirement, in Chinese.</param>
/// <param name="Provisions">What it rests on.</param>
public sealed record RuleViolation(string Rule, string Message, IReadOnlyList<string> Provisions)
{
    /// <summary>Violated, or Unknown with what is missing.</summary>
    public Outcome Outcome { get; init; } = Outcome.Violated;

    /// <summary>The names of the facts that are missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The first day on which it will be possible; null: not known, or never.</summary>
    public DateOnly? PossibleOn { get; init; }

    /// <summary>The field that it is about; null: none.</summary>
    public string? Field { get; init; }

    /// <summary>In the shape of an assessment's findings.</summary>
    public JsonObject Json()
    {
        JsonObject json = new()
        {
            ["rule"] = Rule,
            ["outcome"] = Outcome.ToString(),
            ["provisions"] = new JsonArray([.. Provisions.Select(p => JsonValue.Create(p))]),
            ["message"] = Message,
        };
        if (Missing.Count > 0)
            json["missing"] = new JsonArray([.. Missing.Select(m => JsonValue.Create(m))]);
        if (PossibleOn is { } day)
            json["possibleOn"] = $"{day:yyyy-MM-dd}";
        if (Field is not null)
            json["field"] = Field;
        return json;
    }
}

/// <summary>
/// What a command came to, with the answer. Only <see cref="ResultKind.Done"/> and <see cref="ResultKind.Created"/>
/// change anything.
/// </summary>
/// <param name="Kind">What it came to.</param>
/// <param name="Body">
/// The answer; of a refusal <c>detail</c> and <c>findings</c>, of wrong input <c>detail</c> and <c>errors</c>.
/// </param>
public sealed record CommandResult(ResultKind Kind, JsonObject Body)
{
    private static readonly JsonSerializerOptions Chinese = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>The version of what was changed, for the ETag; null: it has none.</summary>
    public long? Version { get; init; }

    /// <summary>The id of what was changed or made.</summary>
    public Guid? Id { get; init; }

    /// <summary>Whether it is to be kept.</summary>
    public bool IsDone => Kind is ResultKind.Done or ResultKind.Created;

    /// <summary>Done.</summary>
    public static CommandResult Done(JsonObject body, long? version = null, Guid? id = null) =>
        new(ResultKind.Done, body) { Version = version, Id = id };

    /// <summary>Done: something new is there.</summary>
    public static CommandResult Created(JsonObject body, Guid id, long? version = null) =>
        new(ResultKind.Created, body) { Version = version, Id = id };

    /// <summary>Refused.</summary>
    /// <param name="detail">What, in Chinese.</param>
    /// <param name="findings">Why.</param>
    public static CommandResult Refused(string detail, params IReadOnlyList<RuleViolation> findings) =>
        new(
            ResultKind.Refused,
            new() { ["detail"] = detail, ["findings"] = new JsonArray([.. findings.Select(f => f.Json())]) }
        );

    /// <summary>What was entered is wrong.</summary>
    /// <param name="errors">By the field; the whole has the empty name.</param>
    public static CommandResult Invalid(params IReadOnlyList<(string Field, string Message)> errors) =>
        new(
            ResultKind.Invalid,
            new()
            {
                ["detail"] = string.Join("；", errors.Take(5).Select(e => e.Message.TrimEnd('。'))) + "。",
                ["errors"] = new JsonObject(
                    errors
                        .GroupBy(e => e.Field)
                        .Select(g =>
                            KeyValuePair.Create(
                                g.Key,
                                (JsonNode?)new JsonArray([.. g.Select(e => JsonValue.Create(e.Message))])
                            )
                        )
                ),
            }
        );

    /// <summary>It is not there.</summary>
    public static CommandResult NotFound(string what) => new(ResultKind.NotFound, new() { ["detail"] = what });

    /// <summary>Without an answer of its own.</summary>
    public static CommandResult Problem(ResultKind kind, string detail) => new(kind, new() { ["detail"] = detail });

    /// <summary>The answer as text.</summary>
    public string Text => Body.ToJsonString(Chinese);
}
