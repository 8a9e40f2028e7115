using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Data;
using EduAssist.Kernel;

namespace EduAssist.Office.Changes;

/// <summary>An import, or a merge, that was done.</summary>
/// <param name="Id">Of it.</param>
/// <param name="Kind">Which of both.</param>
/// <param name="Form">Of an import: the id of the list's form; null: it is none.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="FileName">What the file was called; null: it is not known.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="New">Rows of the list that were not on record.</param>
/// <param name="Changed">Rows that differed.</param>
/// <param name="Unchanged">Rows that were on record just so.</param>
/// <param name="Gone">What was on record and not in the list.</param>
/// <param name="State">What became of it.</param>
/// <param name="UndoneAt">When it was taken back; null: it was not.</param>
/// <param name="UndoneBy">Who took it back; null: nobody.</param>
/// <param name="CanUndo">Whether whoever asks may try to take it back.</param>
/// <param name="Version">The ETag.</param>
public sealed record ChangeSetView(
    Guid Id,
    ChangeSetKind Kind,
    string? Form,
    string Title,
    string? FileName,
    DateTimeOffset At,
    string Actor,
    int New,
    int Changed,
    int Unchanged,
    int Gone,
    ChangeSetState State,
    DateTimeOffset? UndoneAt,
    string? UndoneBy,
    bool CanUndo,
    long Version
) : IContract<ChangeSetView>
{
    static JsonTypeInfo<ChangeSetView> IContract<ChangeSetView>.Contract => ChangesJson.Default.ChangeSetView;
}

/// <summary>What taking something back does, or would do.</summary>
/// <param name="Id">Of the import or the merge.</param>
/// <param name="Undone">Whether it was done.</param>
/// <param name="Removed">Entries that go, since they were new.</param>
/// <param name="Restored">Entries that become what they were.</param>
/// <param name="Kept">New classes that stay, since others are in them by now.</param>
/// <param name="Hindered">How many entries something stands in the way of.</param>
/// <param name="Obstacles">The first of what stands in the way.</param>
public sealed record UndoOutcome(
    Guid Id,
    bool Undone,
    int Removed,
    int Restored,
    int Kept,
    int Hindered,
    IReadOnlyList<UndoObstacleView> Obstacles
) : IContract<UndoOutcome>
{
    static JsonTypeInfo<UndoOutcome> IContract<UndoOutcome>.Contract => ChangesJson.Default.UndoOutcome;
}

/// <summary>What stands in the way.</summary>
/// <param name="Thing">What: 学籍.</param>
/// <param name="Who">Whose; null: nobody's.</param>
/// <param name="Message">Why, and what can be done, in Chinese.</param>
public sealed record UndoObstacleView(string Thing, string? Who, string Message);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(ContractInstant)]
)]
[JsonSerializable(typeof(ChangeSetView))]
[JsonSerializable(typeof(UndoOutcome))]
internal sealed partial class ChangesJson : JsonSerializerContext;
