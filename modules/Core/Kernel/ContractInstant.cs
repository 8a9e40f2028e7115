using System.Text.Json;
using System.Text.Json.Serialization;
using EduAssist.Kernel.Calendar;

namespace EduAssist.Kernel;

/// <summary>
/// Instants as the public contract has them: by the clock of Shanghai, to the millisecond, with offset.
/// </summary>
internal sealed class ContractInstant : JsonConverter<DateTimeOffset>
{
    internal static string Text(DateTimeOffset instant) =>
        instant.ToOffset(Today.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz");

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Text(value));
}
