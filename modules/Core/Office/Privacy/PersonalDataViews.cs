using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Data.Privacy;
using EduAssist.Kernel;

namespace EduAssist.Office.Privacy;

/// <summary>The numbers of one student and their guardians in full.</summary>
/// <param name="Id">Of the student.</param>
/// <param name="ResidentId">公民身份号码; null: none.</param>
/// <param name="DocumentNumber">Of another document; null: none.</param>
/// <param name="NationalNumber">全国学籍号; null: none.</param>
/// <param name="Phone">Null: none.</param>
/// <param name="Address">Null: not known.</param>
/// <param name="Rolls">The numbers of the rolls that the actor may see.</param>
/// <param name="Guardians">The phones of the guardians.</param>
public sealed record RevealedNumbers(
    Guid Id,
    string? ResidentId,
    string? DocumentNumber,
    string? NationalNumber,
    string? Phone,
    string? Address,
    IReadOnlyList<RevealedRoll> Rolls,
    IReadOnlyList<RevealedGuardian> Guardians
) : IContract<RevealedNumbers>
{
    static JsonTypeInfo<RevealedNumbers> IContract<RevealedNumbers>.Contract => PrivacyJson.Default.RevealedNumbers;
}

/// <summary>A roll's number in full.</summary>
/// <param name="Id">Of the roll.</param>
/// <param name="Number">Null: none.</param>
public sealed record RevealedRoll(Guid Id, string? Number);

/// <summary>A guardian's phone in full.</summary>
/// <param name="Id">Of the guardian.</param>
/// <param name="Phone">Null: none.</param>
public sealed record RevealedGuardian(Guid Id, string? Phone);

/// <summary>A student whose personal data were erased.</summary>
/// <param name="Id">Of the student.</param>
public sealed record ErasedStudent(Guid Id) : IContract<ErasedStudent>
{
    static JsonTypeInfo<ErasedStudent> IContract<ErasedStudent>.Contract => PrivacyJson.Default.ErasedStudent;
}

/// <summary>Everything that is kept on a student (个人信息保护法 第四十五条).</summary>
/// <param name="Id">Of the student.</param>
/// <param name="At">When it was handed over.</param>
/// <param name="Purposes">Why each column is kept, and for how long.</param>
/// <param name="Data">The rows by their table, the values by their column.</param>
/// <param name="Audit">What was done to them.</param>
public sealed record PersonalDataExport(
    Guid Id,
    DateTimeOffset At,
    IReadOnlyList<ColumnPurpose> Purposes,
    OrderedDictionary<string, IReadOnlyList<OrderedDictionary<string, KeptValue>>> Data,
    IReadOnlyList<AuditLine> Audit
) : IContract<PersonalDataExport>
{
    static JsonTypeInfo<PersonalDataExport> IContract<PersonalDataExport>.Contract =>
        PrivacyJson.Default.PersonalDataExport;
}

/// <summary>Why a column is kept.</summary>
/// <param name="Column">With its table: <c>core_student.Name</c>.</param>
/// <param name="Kind">What kind of personal data it is.</param>
/// <param name="Purpose">In Chinese.</param>
/// <param name="Years">For how long.</param>
public sealed record ColumnPurpose(string Column, PersonalKind Kind, string Purpose, int Years);

/// <summary>A line of the audit.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done.</param>
public sealed record AuditLine(DateTimeOffset At, string Actor, string Action);

/// <summary>
/// What is kept in a column: a value, a form as it is stored, or a file, of which length and SHA-256 are told.
/// </summary>
[JsonConverter(typeof(Converter))]
public readonly record struct KeptValue
{
    private readonly ColumnValue value;
    private readonly string? form;
    private readonly byte[]? file;

    private KeptValue(ColumnValue value, string? form, byte[]? file) =>
        (this.value, this.form, this.file) = (value, form, file);

    /// <summary>Of a column.</summary>
    /// <param name="value">What stands there.</param>
    /// <param name="isForm">Whether it is JSON.</param>
    internal static KeptValue From(object? value, bool isForm) =>
        value switch
        {
            byte[] bytes => new(default, null, bytes),
            string text when isForm => new(default, text, null),
            _ => new(ColumnValue.From(value), null, null),
        };

    private void WriteTo(Utf8JsonWriter writer)
    {
        if (file is not null)
        {
            writer.WriteStartObject();
            writer.WriteNumber("bytes", file.Length);
            writer.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(file)));
            writer.WriteEndObject();
        }
        else if (form is not null)
        {
            using var stored = JsonDocument.Parse(form);
            stored.WriteTo(writer);
        }
        else
            value.WriteTo(writer);
    }

    internal sealed class Converter : JsonConverter<KeptValue>
    {
        public override KeptValue Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Personal data are handed over, and not read back.");

        public override void Write(Utf8JsonWriter writer, KeptValue value, JsonSerializerOptions options) =>
            value.WriteTo(writer);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(ContractInstant)]
)]
[JsonSerializable(typeof(RevealedNumbers))]
[JsonSerializable(typeof(ErasedStudent))]
[JsonSerializable(typeof(PersonalDataExport))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
