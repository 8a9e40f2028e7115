using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Policy;

namespace EduAssist.Office.Cases;

/// <summary>Something wrong or strange in the form of a case.</summary>
/// <param name="Level">How much it weighs.</param>
/// <param name="Field">The name of the field; empty: the whole.</param>
/// <param name="Message">In Chinese, with the place.</param>
public sealed record CaseFinding(FormFindingLevel Level, string Field, string Message);

/// <summary>What every answer about a case says of it.</summary>
/// <param name="Id">Of the case.</param>
/// <param name="Workflow">The id of its workflow.</param>
/// <param name="State">The id of its state.</param>
/// <param name="StateTitle">In Chinese.</param>
/// <param name="Version">The ETag.</param>
/// <param name="Year">The plan's or school year.</param>
/// <param name="StudentId">Whom it is about; null: no student.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ChangedAt">When it last changed.</param>
/// <param name="FormFindings">What is wrong with its form.</param>
public record CaseSummary(
    [property: JsonPropertyOrder(-1)] Guid Id,
    [property: JsonPropertyOrder(-1)] string Workflow,
    [property: JsonPropertyOrder(-1)] string State,
    [property: JsonPropertyOrder(-1)] string StateTitle,
    [property: JsonPropertyOrder(-1)] long Version,
    [property: JsonPropertyOrder(-1)] int Year,
    [property: JsonPropertyOrder(-1)] Guid? StudentId,
    [property: JsonPropertyOrder(-1)] DateTimeOffset OpenedAt,
    [property: JsonPropertyOrder(-1)] DateTimeOffset ChangedAt,
    [property: JsonPropertyOrder(-1)] IReadOnlyList<CaseFinding> FormFindings
) : IContract<CaseSummary>
{
    static JsonTypeInfo<CaseSummary> IContract<CaseSummary>.Contract => CasesJson.Default.CaseSummary;

    /// <summary>Whether its form has something that hinders.</summary>
    internal bool HasFormErrors => FormFindings.Any(f => f.Level == FormFindingLevel.Error);
}

/// <summary>A case as an actor sees it.</summary>
public sealed record CaseView : CaseSummary, IContract<CaseView>
{
    /// <summary>A case as an actor sees it.</summary>
    public CaseView(CaseSummary summary)
        : base(summary) { }

    /// <summary>The module's own facts of it, by the names of its columns.</summary>
    public required OrderedDictionary<string, ColumnValue> Facts { get; init; }

    /// <summary>What was entered, with numbers of persons masked.</summary>
    public required FilledForm Form { get; init; }

    /// <summary>What can be done in its state, and why not.</summary>
    public required IReadOnlyList<StepView> Actions { get; init; }

    /// <summary>What was done, the first first.</summary>
    public required IReadOnlyList<HistoryEntry> History { get; init; }

    /// <summary>What is on file.</summary>
    public required IReadOnlyList<EvidenceView> Evidence { get; init; }

    /// <summary>The assessments that were kept.</summary>
    public required IReadOnlyList<AssessmentEntry> Assessments { get; init; }

    static JsonTypeInfo<CaseView> IContract<CaseView>.Contract => CasesJson.Default.CaseView;
}

/// <summary>A step that leads on from the state of a case.</summary>
/// <param name="Action">In kebab-case.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="To">The id of the state that it leads to.</param>
/// <param name="By">Who does it.</param>
/// <param name="Mine">Whether the actor is one of them, on the side of the case that does it.</param>
/// <param name="Fields">What is entered with it.</param>
/// <param name="Provisions">What it rests on.</param>
/// <param name="Possible">Whether nothing hinders.</param>
/// <param name="Findings">What hinders.</param>
/// <param name="Needs">The papers that it needs, and whether they are on file and confirmed.</param>
public sealed record StepView(
    string Action,
    string Title,
    string To,
    IReadOnlyList<Role> By,
    bool Mine,
    IReadOnlyList<StepField> Fields,
    IReadOnlyList<string> Provisions,
    bool Possible,
    IReadOnlyList<RuleViolation> Findings,
    IReadOnlyList<NeedFinding> Needs
)
{
    /// <summary>What should hold, does not, and hinders nothing; null: nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RuleViolation>? Warnings { get; init; }

    /// <summary>The day by which it is to be taken; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? DueOn { get; init; }

    internal static StepView Create(
        Transition step,
        bool isMine,
        IReadOnlyList<RuleViolation> hindrances,
        IReadOnlyList<NeedFinding> needs,
        IReadOnlyList<RuleViolation> warnings
    ) =>
        new(
            step.Action,
            step.Title,
            step.To.Id,
            step.By,
            isMine,
            [.. step.Fields.Select(f => new StepField(f.Name, f.Spoken, f.Kind, f.IsOptional))],
            step.Provisions,
            hindrances.Count == 0,
            hindrances,
            needs
        )
        {
            Warnings = warnings.Count == 0 ? null : warnings,
        };
}

/// <summary>What is entered with a step.</summary>
/// <param name="Name">As in JSON.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="Kind">What may stand there.</param>
/// <param name="Optional">Whether it may be blank.</param>
public sealed record StepField(string Name, string Title, FieldKind Kind, bool Optional);

/// <summary>An act on a case, as its history tells it.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Action">What was done.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="From">The state before; empty when it was opened.</param>
/// <param name="To">The state after.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why; left out where none was asked for.</param>
/// <param name="Undoes">Of a correction: the act that it undoes.</param>
public sealed record HistoryEntry(
    long Sequence,
    string Action,
    string Title,
    string From,
    string To,
    DateTimeOffset At,
    string Actor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Undoes = null
);

/// <summary>A paper on file.</summary>
/// <param name="Id">Of the paper.</param>
/// <param name="Kind">The id of its kind.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Date">The day it bears.</param>
/// <param name="ContentType">Of the file.</param>
/// <param name="Size">In bytes.</param>
/// <param name="At">When it was filed.</param>
/// <param name="Actor">Who filed it.</param>
/// <param name="State">What the body says that was asked; null: nobody is asked about papers of this kind.</param>
/// <param name="AskedOf">The body that was asked, in Chinese; null: none was.</param>
/// <param name="ConfirmedBy">Who has confirmed it; null: nobody.</param>
/// <param name="ConfirmedAt">When; null: not.</param>
/// <param name="Reason">Why it was rejected; null: it was not.</param>
/// <param name="Mine">Whether the actor speaks for the body that is asked now.</param>
public sealed record EvidenceView(
    Guid Id,
    string Kind,
    string Issuer,
    DateOnly Date,
    string ContentType,
    long Size,
    DateTimeOffset At,
    string Actor,
    ConfirmationState? State,
    string? AskedOf,
    string? ConfirmedBy,
    DateTimeOffset? ConfirmedAt,
    string? Reason,
    bool Mine
);

/// <summary>A paper whose confirmation was decided just now.</summary>
/// <param name="Id">Of the paper.</param>
/// <param name="State">What was decided; asked: it was rejected, and the next body is asked.</param>
/// <param name="AskedOf">The body that decided, or is asked next, in Chinese.</param>
public sealed record DecidedEvidence(Guid Id, ConfirmationState State, string AskedOf) : IContract<DecidedEvidence>
{
    static JsonTypeInfo<DecidedEvidence> IContract<DecidedEvidence>.Contract => CasesJson.Default.DecidedEvidence;
}

/// <summary>A paper that was filed just now.</summary>
/// <param name="Id">Of the paper.</param>
/// <param name="Kind">The id of its kind.</param>
/// <param name="Title">Of the kind, in Chinese.</param>
/// <param name="Version">Of the case.</param>
public sealed record FiledEvidence(Guid Id, string Kind, string Title, long Version) : IContract<FiledEvidence>
{
    static JsonTypeInfo<FiledEvidence> IContract<FiledEvidence>.Contract => CasesJson.Default.FiledEvidence;
}

/// <summary>An assessment that was kept for a case.</summary>
/// <param name="Id">Of the assessment.</param>
/// <param name="Programme">The id of the programme.</param>
/// <param name="RuleSet">The rules and how they were read.</param>
/// <param name="AsOf">The day as of which it was made.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="At">When it was made.</param>
public sealed record AssessmentEntry(
    Guid Id,
    string Programme,
    string RuleSet,
    DateOnly AsOf,
    Verdict Verdict,
    DateTimeOffset At
);

/// <summary>An assessment that is kept for good, whole.</summary>
/// <param name="Id">Of the assessment.</param>
/// <param name="CaseId">The case that it was made for; null: none.</param>
/// <param name="Actor">Who asked.</param>
/// <param name="At">When.</param>
/// <param name="CalendarVersion">The version of the calendar; null: no working days were counted.</param>
/// <param name="Result">As it was given and is stored.</param>
public sealed record AssessmentView(
    Guid Id,
    Guid? CaseId,
    string Actor,
    DateTimeOffset At,
    string? CalendarVersion,
    JsonElement Result
) : IContract<AssessmentView>
{
    static JsonTypeInfo<AssessmentView> IContract<AssessmentView>.Contract => CasesJson.Default.AssessmentView;
}

/// <summary>An assessment made again from its facts.</summary>
/// <param name="Id">Of the assessment.</param>
/// <param name="Same">Whether the result is the same.</param>
/// <param name="Then">The result that is stored.</param>
public sealed record ReplayView(Guid Id, bool Same, JsonElement Then) : IContract<ReplayView>
{
    /// <summary>The result of now; left out where it could not be made again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Now { get; init; }

    /// <summary>Why there is no result of now, in Chinese.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Why { get; init; }

    static JsonTypeInfo<ReplayView> IContract<ReplayView>.Contract => CasesJson.Default.ReplayView;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(ContractInstant)]
)]
[JsonSerializable(typeof(CaseView))]
[JsonSerializable(typeof(FiledEvidence))]
[JsonSerializable(typeof(DecidedEvidence))]
[JsonSerializable(typeof(AssessmentView))]
[JsonSerializable(typeof(ReplayView))]
internal sealed partial class CasesJson : JsonSerializerContext;
