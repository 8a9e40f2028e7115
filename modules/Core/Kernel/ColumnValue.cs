using System.Text.Json;
using System.Text.Json.Serialization;

namespace EduAssist.Kernel;

/// <summary>
/// A value of a column that a module shows of its own: a text, a whole number, yes or no, or nothing. A generated
/// serializer knows no <c>object</c>; it knows these.
/// </summary>
[JsonConverter(typeof(Converter))]
public readonly record struct ColumnValue
{
    /// <summary>Also days (<c>yyyy-MM-dd</c>), instants by the clock of Shanghai, closed lists by name, ids.</summary>
    public string? Text { get; private init; }

    /// <summary>A whole number.</summary>
    public long? Number { get; private init; }

    /// <summary>Yes or no.</summary>
    public bool? YesNo { get; private init; }

    /// <summary>Whether there is nothing.</summary>
    public bool IsBlank => (Text, Number, YesNo) is (null, null, null);

    /// <summary>What stands in a column.</summary>
    public static ColumnValue From(object? value) =>
        value switch
        {
            null => default,
            string text => new() { Text = text },
            DateTimeOffset instant => new() { Text = ContractInstant.Text(instant) },
            DateOnly day => new() { Text = day.ToString("yyyy-MM-dd") },
            bool yes => new() { YesNo = yes },
            int number => new() { Number = number },
            long number => new() { Number = number },
            _ => new() { Text = value.ToString() },
        };

    /// <summary>Whether a value that came as JSON says the same.</summary>
    internal bool Says(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.String => json.ValueEquals(Text),
            JsonValueKind.True or JsonValueKind.False => YesNo == json.GetBoolean(),
            JsonValueKind.Number => json.TryGetDecimal(out var number) && Number == number,
            _ => false,
        };

    internal void WriteTo(Utf8JsonWriter writer)
    {
        if (Text is not null)
            writer.WriteStringValue(Text);
        else if (Number is { } number)
            writer.WriteNumberValue(number);
        else if (YesNo is { } yes)
            writer.WriteBooleanValue(yes);
        else
            writer.WriteNullValue();
    }

    /// <inheritdoc/>
    public override string ToString() => Text ?? $"{Number}{YesNo}";

    internal sealed class Converter : JsonConverter<ColumnValue>
    {
        public override ColumnValue Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("What modules show of their own is only written.");

        public override void Write(Utf8JsonWriter writer, ColumnValue value, JsonSerializerOptions options) =>
            value.WriteTo(writer);
    }
}
