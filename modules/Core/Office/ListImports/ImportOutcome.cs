using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;

namespace EduAssist.Office.ListImports;

/// <summary>What a list means for what is on record, and whether it was stored.</summary>
/// <param name="Form">The id of the list's form.</param>
/// <param name="Mode">What was asked for.</param>
/// <param name="Stored">Whether anything was changed.</param>
/// <param name="Rows">How many rows were read.</param>
/// <param name="ValidRows">How many of them have no error.</param>
/// <param name="Errors">How many there are.</param>
/// <param name="Warnings">How many there are.</param>
/// <param name="New">Rows that are not on record.</param>
/// <param name="Changed">Rows that differ from what is on record.</param>
/// <param name="Unchanged">Rows that are on record just so.</param>
/// <param name="Gone">What is on record and not in the list.</param>
/// <param name="Changes">The first rows that change anything.</param>
/// <param name="NotInList">The first of what is on record and not in the list.</param>
/// <param name="Findings">The first errors and warnings.</param>
/// <param name="Makes">The first classes and the like that would be made, since none is called so.</param>
/// <param name="Detail">Why nothing was stored, in Chinese; left out where it was, or was only looked at.</param>
public sealed record ImportOutcome(
    string Form,
    ImportMode Mode,
    bool Stored,
    int Rows,
    int ValidRows,
    int Errors,
    int Warnings,
    int New,
    int Changed,
    int Unchanged,
    int Gone,
    IReadOnlyList<ChangedRow> Changes,
    IReadOnlyList<MissingEntry> NotInList,
    IReadOnlyList<FindingView> Findings,
    IReadOnlyList<NewPlace> Makes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null
) : IContract<ImportOutcome>
{
    /// <summary>All of the findings, where the outcome was just made; it is stored and sent without them.</summary>
    [JsonIgnore]
    public IReadOnlyList<FindingView> AllFindings
    {
        get => field ?? Findings;
        init;
    }

    static JsonTypeInfo<ImportOutcome> IContract<ImportOutcome>.Contract => ListImportsJson.Default.ImportOutcome;
}

/// <summary>A row that changes what is on record.</summary>
/// <param name="Row">As the editor of the list counts it.</param>
/// <param name="Change">What it means.</param>
/// <param name="Fields">The names of the fields that differ.</param>
/// <param name="Values">What stands in them, and what would.</param>
/// <param name="Sheet">The sheet of the workbook; left out where it goes without saying.</param>
public sealed record ChangedRow(
    int Row,
    ImportChange Change,
    IReadOnlyList<string> Fields,
    IReadOnlyList<FieldChange> Values,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sheet = null
);

/// <summary>A field that a list changes.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Was">What is on record, as it is printed; numbers of persons masked. Null: nothing.</param>
/// <param name="Now">What the list says.</param>
public sealed record FieldChange(string Field, string? Was, string? Now);

/// <summary>A class, or whatever else a list names that is not there yet.</summary>
/// <param name="Title">As people call it, in Chinese.</param>
/// <param name="Rows">How many rows name it.</param>
public sealed record NewPlace(string Title, int Rows);

/// <summary>Something that is on record and not in a list.</summary>
/// <param name="Id">Of it.</param>
/// <param name="Text">In Chinese, without numbers of persons.</param>
public sealed record MissingEntry(Guid Id, string Text);

/// <summary>What the columns of another system are, under a name.</summary>
/// <param name="Name">Of the mapping.</param>
/// <param name="Form">The id of the list's form.</param>
/// <param name="Headings">Our field for each heading; null: it is passed over.</param>
/// <param name="IgnoresOthers">Whether headings that are not named are passed over.</param>
/// <param name="ChangedAt">When it was saved.</param>
/// <param name="ChangedBy">Who saved it.</param>
public sealed record MappingView(
    string Name,
    string Form,
    OrderedDictionary<string, string?> Headings,
    bool IgnoresOthers,
    DateTimeOffset ChangedAt,
    string ChangedBy
) : IContract<MappingView>
{
    static JsonTypeInfo<MappingView> IContract<MappingView>.Contract => ListImportsJson.Default.MappingView;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(ContractInstant)]
)]
[JsonSerializable(typeof(ImportOutcome))]
[JsonSerializable(typeof(MappingView))]
internal sealed partial class ListImportsJson : JsonSerializerContext;
