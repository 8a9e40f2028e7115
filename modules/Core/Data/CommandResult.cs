using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using EduAssist.Kernel;
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

/// <summary>Why something is refused, or might be; in the shape of an assessment's findings.</summary>
/// <param name="Rule">Stable, in kebab-case: <c>sending-window-open</c>.</param>
/// <param name="Message">The requirement, in Chinese.</param>
/// <param name="Provisions">What it rests on.</param>
public sealed record RuleViolation(
    [property: JsonPropertyOrder(0)] string Rule,
    [property: JsonPropertyOrder(3)] string Message,
    [property: JsonPropertyOrder(2)] IReadOnlyList<string> Provisions
)
{
    /// <summary>Violated, or Unknown where facts are missing.</summary>
    [JsonPropertyOrder(1)]
    public Outcome Outcome { get; init; } = Outcome.Violated;

    /// <summary>The first day on which it will be possible; null: not known, or never.</summary>
    [JsonPropertyOrder(4)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? PossibleOn { get; init; }

    /// <summary>The field that it is about; null: none.</summary>
    [JsonPropertyOrder(5)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }
}

/// <summary>Why nothing was done.</summary>
/// <param name="Detail">What, in Chinese.</param>
public sealed record Refusal(string Detail) : IContract<Refusal>
{
    /// <summary>Of a refusal by rules: which; null: it was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RuleViolation>? Findings { get; init; }

    /// <summary>Of wrong input: the messages by the field, the whole by the empty name; null: it was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderedDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    static JsonTypeInfo<Refusal> IContract<Refusal>.Contract => DataJson.Default.Refusal;
}

/// <summary>The answer of an act that has nothing to tell.</summary>
public sealed record NothingToTell : IContract<NothingToTell>
{
    static JsonTypeInfo<NothingToTell> IContract<NothingToTell>.Contract => DataJson.Default.NothingToTell;
}

/// <summary>
/// What a command came to, with the answer. Only <see cref="ResultKind.Done"/> and <see cref="ResultKind.Created"/>
/// change anything.
/// </summary>
public sealed record CommandResult
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly object? answer;
    private readonly Action<Utf8JsonWriter> write;

    private CommandResult(ResultKind kind, object? answer, Action<Utf8JsonWriter> write) =>
        (Kind, this.answer, this.write) = (kind, answer, write);

    /// <summary>What it came to.</summary>
    public ResultKind Kind { get; }

    /// <summary>The version of what was changed, for the ETag; null: it has none.</summary>
    public long? Version { get; init; }

    /// <summary>The id of what was changed or made.</summary>
    public Guid? Id { get; init; }

    /// <summary>Whether it is to be kept.</summary>
    public bool IsDone => Kind is ResultKind.Done or ResultKind.Created;

    /// <summary>Why nothing was done; null: it was done.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>The answer as text: what is kept beside an idempotency key.</summary>
    public string Text
    {
        get
        {
            using var text = new MemoryStream();
            using (var writer = new Utf8JsonWriter(text, Compact))
                WriteTo(writer);
            return Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
        }
    }

    /// <summary>Done, with nothing to tell.</summary>
    public static CommandResult Done(long? version = null, Guid? id = null) => Done(new NothingToTell(), version, id);

    /// <summary>Done.</summary>
    public static CommandResult Done<T>(T answer, long? version = null, Guid? id = null)
        where T : IContract<T> => With(ResultKind.Done, answer) with { Version = version, Id = id };

    /// <summary>Done: something new is there.</summary>
    public static CommandResult Created<T>(T answer, Guid id, long? version = null)
        where T : IContract<T> => With(ResultKind.Created, answer) with { Version = version, Id = id };

    /// <summary>Refused.</summary>
    /// <param name="detail">What, in Chinese.</param>
    /// <param name="findings">Why.</param>
    public static CommandResult Refused(string detail, params IReadOnlyList<RuleViolation> findings) =>
        Because(ResultKind.Refused, new(detail) { Findings = findings });

    /// <summary>What was entered is wrong.</summary>
    /// <param name="errors">By the field; the whole has the empty name.</param>
    public static CommandResult Invalid(params IReadOnlyList<(string Field, string Message)> errors) =>
        Because(
            ResultKind.Invalid,
            new(string.Join("；", errors.Take(5).Select(e => e.Message.TrimEnd('。'))) + "。")
            {
                Errors = new(
                    errors
                        .GroupBy(e => e.Field, e => e.Message)
                        .Select(g => KeyValuePair.Create<string, IReadOnlyList<string>>(g.Key, [.. g]))
                ),
            }
        );

    /// <summary>What was entered is wrong, and the answer tells more of it than a message for each field.</summary>
    /// <param name="detail">What, in Chinese.</param>
    /// <param name="answer">With the same detail.</param>
    public static CommandResult Invalid<T>(string detail, T answer)
        where T : IContract<T> => With(ResultKind.Invalid, answer) with { Refusal = new(detail) };

    /// <summary>It is not there.</summary>
    public static CommandResult NotFound(string what) => Problem(ResultKind.NotFound, what);

    /// <summary>Without an answer of its own.</summary>
    public static CommandResult Problem(ResultKind kind, string detail) => Because(kind, new(detail));

    /// <summary>What was answered before, given again as the text that it was.</summary>
    internal static CommandResult Again(ResultKind kind, string text)
    {
        var again = new CommandResult(kind, null, Write);
        return again.IsDone
            ? again
            : again with
            {
                Refusal = JsonSerializer.Deserialize(text, DataJson.Default.Refusal),
            };

        void Write(Utf8JsonWriter writer)
        {
            using var document = JsonDocument.Parse(text);
            document.WriteTo(writer);
        }
    }

    /// <summary>A text as it stands in <see cref="Text"/>: rare characters are escaped there.</summary>
    internal static string Written(string text) => JsonEncodedText.Encode(text, Compact.Encoder).Value;

    /// <summary>The answer; of one that is given again, what its text says.</summary>
    /// <returns>Null: the act came to something else.</returns>
    public T? Answer<T>()
        where T : class, IContract<T> =>
        answer is T given ? given
        : answer is null && IsDone ? JsonSerializer.Deserialize(Text, T.Contract)
        : null;

    /// <summary>Writes the answer as the public contract has it.</summary>
    public void WriteTo(Utf8JsonWriter writer) => write(writer);

    private static CommandResult Because(ResultKind kind, Refusal refusal) =>
        With(kind, refusal) with
        {
            Refusal = refusal,
        };

    private static CommandResult With<T>(ResultKind kind, T answer)
        where T : IContract<T> => new(kind, answer, writer => JsonSerializer.Serialize(writer, answer, T.Contract));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(ContractInstant)]
)]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(NothingToTell))]
internal sealed partial class DataJson : JsonSerializerContext;
