using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Kernel;

namespace EduAssist.Documents.Forms;

/// <summary>
/// What was entered into a form: in JSON a member for every field, null for a blank, an array for rows.
/// </summary>
/// <param name="Fields">Of the form, in their order.</param>
/// <param name="Values">What was entered.</param>
[JsonConverter(typeof(Converter))]
public sealed record FilledForm(IReadOnlyList<FormField> Fields, FormValues Values) : IContract<FilledForm>
{
    static JsonTypeInfo<FilledForm> IContract<FilledForm>.Contract => DocumentsJson.Default.FilledForm;

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<FormField> fields, FormValues values)
    {
        writer.WriteStartObject();
        foreach (var field in fields)
        {
            writer.WritePropertyName(field.Name);
            if (field.Kind != FieldKind.Rows)
            {
                writer.WriteStringValue(values[field.Name]);
                continue;
            }

            writer.WriteStartArray();
            foreach (var row in values.Rows(field.Name))
                Write(writer, field.Columns, row);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    internal sealed class Converter : JsonConverter<FilledForm>
    {
        public override FilledForm Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Forms are read by FormJson, which knows their fields.");

        public override void Write(Utf8JsonWriter writer, FilledForm value, JsonSerializerOptions options) =>
            FilledForm.Write(writer, value.Fields, value.Values);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FilledForm))]
internal sealed partial class DocumentsJson : JsonSerializerContext;
