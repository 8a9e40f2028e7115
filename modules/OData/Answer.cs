using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EduAssist.Kernel.Calendar;
using EduAssist.Office.Listings;
using Microsoft.OData.Edm;

namespace EduAssist.OData;

/// <summary>Writes rows as the JSON of OData, straight into the answer.</summary>
/// <param name="output">Of the answer.</param>
/// <param name="format">As negotiated.</param>
/// <param name="root">The service root, with a slash behind.</param>
internal sealed class Answer(IBufferWriter<byte> output, Format format, string root) : IDisposable
{
    /// <summary>Escapes what JSON must escape, and no more: the answers are no part of a page.</summary>
    internal static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private readonly Utf8JsonWriter json = new(output, new() { Encoder = Encoder, SkipValidation = true });

    /// <summary>How much is written and not yet on its way.</summary>
    internal long Pending => json.BytesPending;

    /// <summary>Begins: where the answer is described.</summary>
    internal void Begin(string context)
    {
        json.WriteStartObject();
        if (format.Level != MetadataLevel.None)
            json.WriteString($"@{format.Prefix}context", $"{root}$metadata#{context}");
    }

    /// <summary>Rows of a set, or computed ones.</summary>
    internal void Write(Page page, string? next)
    {
        if (page.Count is { } count)
            json.WriteNumber($"@{format.Prefix}count", count);
        json.WriteStartArray("value"u8);
        foreach (var row in page.Rows)
            Object(page, row);
        json.WriteEndArray();
        if (next is not null)
            json.WriteString($"@{format.Prefix}nextLink", next);
        End();
    }

    /// <summary>One row.</summary>
    internal void Write(Page page, object?[] row)
    {
        Fields(page, row);
        End();
    }

    /// <summary>One value.</summary>
    internal void Write(Column column, object? value)
    {
        json.WritePropertyName("value"u8);
        Value(column, value);
        End();
    }

    public void Dispose() => json.Dispose();

    /// <summary>
    /// A text as it is shown. Numbers of persons are masked here, for every reader: this is the one place where
    /// listings become JSON.
    /// </summary>
    internal static string Shown(Column? column, string text) =>
        column is { IsPersonal: true } ? column.Masked(text) : text;

    /// <summary>The address of a row.</summary>
    internal static string Address(Set set, Shape shape, object?[] row) =>
        $"{set.Name}({string.Join(',', set.Listing.Key.Select((k, i) => (set.Listing.Key.Count > 1 ? $"{k.Name}=" : "") + Uri.EscapeDataString(Literal(row[shape.KeyIndexes[i]]))))})";

    private static string Literal(object? key) =>
        key switch
        {
            string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
            Enum word => $"'{word}'",
            DateOnly day => $"{day:yyyy-MM-dd}",
            _ => $"{key}",
        };

    private void End()
    {
        json.WriteEndObject();
        json.Flush();
    }

    private void Object(Page page, object?[] row)
    {
        json.WriteStartObject();
        Fields(page, row);
        json.WriteEndObject();
    }

    private void Fields(Page page, object?[] row)
    {
        if (page.Shape is not { } shape)
        {
            if (format.Level != MetadataLevel.None)
                json.WriteNull($"@{format.Prefix}id"); // what is computed has no address
            Computed(page.Fields, row, 0, 0, page.Fields.Count);
            return;
        }

        if (format.Level == MetadataLevel.Full)
            Described(shape, row);
        else if (format.Level == MetadataLevel.Minimal && !shape.ShowsKey)
            json.WriteString($"@{format.Prefix}id", Address(shape.Set, shape, row));
        foreach (var field in page.Fields)
        {
            if (format.Level == MetadataLevel.Full)
                Typed(field);
            json.WritePropertyName(field.Name);
            Value(field.Column, row[field.Index]);
        }

        foreach (var (link, index) in shape.Counted)
            json.WriteNumber($"{link}@{format.Prefix}count", (long)row[index]!);
        foreach (var expansion in shape.Expansions)
            Linked(expansion, row[expansion.Index] as Page);
    }

    private void Linked(Expansion expansion, Page? behind)
    {
        if (behind?.Count is { } count && expansion.Link.IsMany)
            json.WriteNumber($"{expansion.Link.Name}@{format.Prefix}count", count);
        json.WritePropertyName(expansion.Link.Name);
        if (expansion.Link.IsMany)
        {
            json.WriteStartArray();
            foreach (var row in behind?.Rows ?? [])
                Object(behind!, row);
            json.WriteEndArray();
        }
        else if (behind?.Rows is [var one, ..])
            Object(behind, one);
        else
            json.WriteNullValue();
    }

    /// <summary>Computed columns, those of one path together.</summary>
    private void Computed(IReadOnlyList<Field> fields, object?[] row, int depth, int from, int to)
    {
        for (var i = from; i < to; )
        {
            var parts = fields[i].Name.Value.Split('/');
            var end = i + 1;
            if (parts.Length == depth + 1)
            {
                json.WritePropertyName(parts[depth]);
                Value(fields[i].Column, row[fields[i].Index]);
            }
            else
            {
                for (
                    ;
                    end < to
                        && fields[end].Name.Value.Split('/') is var other
                        && other.Length > depth + 1
                        && other[depth] == parts[depth];

                )
                    end++;
                json.WriteStartObject(parts[depth]);
                Computed(fields, row, depth + 1, i, end);
                json.WriteEndObject();
            }

            i = end;
        }
    }

    private void Described(Shape shape, object?[] row)
    {
        var address = Address(shape.Set, shape, row);
        json.WriteString($"@{format.Prefix}type", $"#{shape.Set.Type.FullName()}");
        json.WriteString($"@{format.Prefix}id", address);
        foreach (var (name, _) in shape.Set.Links)
            json.WriteString($"{name}@{format.Prefix}navigationLink", $"{address}/{name}");
    }

    private void Typed(Field field)
    {
        var type = Literals.Plain(field.Type);
        var name =
            type == typeof(Guid) ? "Guid"
            : type == typeof(DateOnly) ? "Date"
            : type == typeof(DateTimeOffset) ? "DateTimeOffset"
            : type == typeof(decimal) ? "Decimal"
            : type == typeof(long) ? "Int64"
            : type == typeof(int) ? "Int32"
            : type.IsEnum ? Model.NameOf(type)
            : null;
        if (name is not null)
            json.WriteString($"{field.Name}@{format.Prefix}type", $"#{name}");
    }

    private void Value(Column? column, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(Shown(column, text));
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number when format.NumbersAsText:
                json.WriteStringValue($"{number}");
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case decimal number when format.NumbersAsText:
                json.WriteStringValue($"{number}");
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteStringValue(
                    double.IsNaN(number) ? "NaN"
                    : number > 0 ? "INF"
                    : "-INF"
                );
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            case DateOnly day:
                Span<char> written = stackalloc char[10];
                day.TryFormat(written, out _, "O");
                json.WriteStringValue(written);
                break;
            case DateTimeOffset instant:
                json.WriteStringValue(instant.ToOffset(Today.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz"));
                break;
            default:
                json.WriteStringValue(value.ToString()!.Replace(", ", ",", StringComparison.Ordinal));
                break;
        }
    }
}
