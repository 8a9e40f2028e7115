using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Data;

/// <summary>
/// A row of any table as the values of its properties, in the model's order: read, compared and written without a word
/// of what the table is.
/// </summary>
internal static class RowImage
{
    private const char Between = '\u001f';
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly MethodInfo KeysOf = typeof(RowImage).GetMethod(
        nameof(KeysOfAsync),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    private static readonly MethodInfo ReadsOf = typeof(RowImage).GetMethod(
        nameof(ReadOfAsync),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    /// <summary>The values of rows.</summary>
    internal static IReadOnlyCollection<object?[]> OfAll(IEntityType entity, IReadOnlyCollection<object> rows)
    {
        var getters = entity.GetProperties().Select(p => p.GetGetter()).ToArray();
        return new Images(rows, getters);
    }

    /// <summary>What a row is found by, as one text.</summary>
    internal static string KeyOf(IEntityType entity, object?[] image) =>
        KeyText(entity.FindPrimaryKey()!.Properties.Select(p => image[p.GetIndex()]));

    /// <summary>The values of a key as one text.</summary>
    internal static string KeyText(IEnumerable<object?> values) =>
        string.Join(Between, values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));

    /// <summary>The values of a key from its text.</summary>
    internal static object?[] KeyFrom(IEntityType entity, string key) =>
        [.. entity.FindPrimaryKey()!.Properties.Zip(key.Split(Between), (p, text) => Parsed(text, p.ClrType))];

    /// <summary>Rows by their keys; those that are not there are left out.</summary>
    internal static async Task<Dictionary<string, object?[]>> ReadAsync(
        AppDbContext db,
        IEntityType entity,
        IEnumerable<string> keys
    )
    {
        Dictionary<string, object?[]> found = new(StringComparer.Ordinal);
        foreach (var some in keys.Distinct(StringComparer.Ordinal).Chunk(ChangeJournal.AtOnce))
        {
            var where = Among(entity, [.. some.Select(k => KeyFrom(entity, k))]);
            foreach (var image in await ReadAsync(db, entity, where))
                found[KeyOf(entity, image)] = image;
        }

        return found;
    }

    /// <summary>Rows that a condition holds for.</summary>
    internal static async Task<IReadOnlyCollection<object?[]>> ReadAsync(
        AppDbContext db,
        IEntityType entity,
        LambdaExpression where
    ) => OfAll(entity, await (Task<List<object>>)ReadsOf.MakeGenericMethod(entity.ClrType).Invoke(null, [db, where])!);

    /// <summary>The keys of rows, and one column of each, without the rows.</summary>
    internal static Task<List<(object?[] Key, object? Value)>> KeysAsync(
        AppDbContext db,
        IEntityType entity,
        IProperty column,
        LambdaExpression where
    ) =>
        (Task<List<(object?[], object?)>>)
            KeysOf.MakeGenericMethod(entity.ClrType).Invoke(null, [db, entity, column, where])!;

    /// <summary>The rows of which a column has one of these values.</summary>
    internal static LambdaExpression Having(IEntityType entity, IProperty column, IReadOnlyCollection<object?> values)
    {
        var row = Expression.Parameter(entity.ClrType, "row");
        var list = Array.CreateInstance(column.ClrType, values.Count);
        var at = 0;
        foreach (var value in values)
            list.SetValue(value, at++);
        return Expression.Lambda(
            Expression.Call(
                typeof(Enumerable),
                nameof(Enumerable.Contains),
                [column.ClrType],
                Expression.Field(Expression.Constant(Asked.For(list)), "Values"),
                Expression.Property(row, column.PropertyInfo!)
            ),
            row
        );
    }

    /// <summary>
    /// The row as JSON, for as long as it may be brought back. Instants are milliseconds, as both databases keep them.
    /// </summary>
    /// <param name="entity">Of the row.</param>
    /// <param name="image">Its values.</param>
    /// <param name="columns">Those that are written; null: all.</param>
    internal static byte[] Write(IEntityType entity, object?[] image, IEnumerable<IProperty>? columns = null)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Plain))
        {
            json.WriteStartObject();
            foreach (var property in columns ?? entity.GetProperties())
            {
                json.WritePropertyName(property.Name);
                Write(json, image[property.GetIndex()]);
            }

            json.WriteEndObject();
        }

        return text.ToArray();
    }

    /// <summary>The values of a row that was written: a column that was not there then keeps what it has.</summary>
    /// <param name="entity">Of the row.</param>
    /// <param name="json">What was written.</param>
    /// <param name="kept">What it has; null: there is no row.</param>
    internal static object?[] Read(IEntityType entity, string json, object?[]? kept = null)
    {
        using var document = JsonDocument.Parse(json);
        IReadOnlyList<IProperty> columns = [.. entity.GetProperties()];
        var image = new object?[columns.Count];
        foreach (var property in columns)
            image[property.GetIndex()] =
                document.RootElement.TryGetProperty(property.Name, out var value) ? Value(value, property.ClrType)
                : kept is not null ? kept[property.GetIndex()]
                : property.GetDefaultValue() ?? property.Sentinel;
        return image;
    }

    /// <summary>
    /// A keyed hash of a row, by which it is known again without a copy of it. The counter of its versions is no part:
    /// it goes on for ever.
    /// </summary>
    internal static byte[] Digest(KeyRing keys, IEntityType entity, object?[] image, IEnumerable<IProperty> columns) =>
        keys.BlindIndexOf(Encoding.UTF8.GetString(Write(entity, image, columns)), "ChangeRow.After");

    /// <summary>What a digest is made of.</summary>
    internal static IEnumerable<IProperty> Compared(IEntityType entity) =>
        entity.GetProperties().Where(p => !p.IsConcurrencyToken);

    /// <summary>Whether two images say the same.</summary>
    internal static bool AreSame(IEntityType entity, object?[] one, object?[] other) =>
        Write(entity, one).AsSpan().SequenceEqual(Write(entity, other));

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool yes:
                json.WriteBooleanValue(yes);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case DateTimeOffset instant:
                json.WriteNumberValue(instant.ToUnixTimeMilliseconds());
                break;
            case decimal number: // 1.0 and 1.00 are one number, and one of the databases forgets how it was written
                json.WriteStringValue((number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                json.WriteStringValue(number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("O", CultureInfo.InvariantCulture));
                break;
            case Guid or Enum:
                json.WriteStringValue($"{value}");
                break;
            default:
                throw new InvalidOperationException($"A column of {value.GetType().Name} has no image.");
        }
    }

    private static object? Value(JsonElement json, Type type) =>
        json.ValueKind == JsonValueKind.Null ? null
        : (Nullable.GetUnderlyingType(type) ?? type) is var bare && bare == typeof(byte[]) ? json.GetBytesFromBase64()
        : bare == typeof(bool) ? json.GetBoolean()
        : bare == typeof(DateTimeOffset) ? DateTimeOffset.FromUnixTimeMilliseconds(json.GetInt64())
        : Parsed(json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText(), bare);

    private static object Parsed(string text, Type type) =>
        type == typeof(string) ? text
        : type == typeof(Guid) ? Guid.Parse(text)
        : type.IsEnum ? Enum.Parse(type, text)
        : type == typeof(DateOnly) ? DateOnly.Parse(text, CultureInfo.InvariantCulture)
        : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);

    /// <summary>The rows of some keys: of one column as a list, of several as one condition or the other.</summary>
    private static LambdaExpression Among(IEntityType entity, IReadOnlyList<object?[]> keys)
    {
        var columns = entity.FindPrimaryKey()!.Properties;
        if (columns is [var column])
            return Having(entity, column, [.. keys.Select(k => k[0])]);
        var row = Expression.Parameter(entity.ClrType, "row");
        return Expression.Lambda(
            keys.Select(key =>
                    columns
                        .Select(
                            (c, i) =>
                                (Expression)
                                    Expression.Equal(
                                        Expression.Property(row, c.PropertyInfo!),
                                        Expression.Constant(key[i], c.ClrType)
                                    )
                        )
                        .Aggregate(Expression.AndAlso)
                )
                .Aggregate(Expression.OrElse),
            row
        );
    }

    private static async Task<List<(object?[], object?)>> KeysOfAsync<T>(
        AppDbContext db,
        IEntityType entity,
        IProperty column,
        Expression<Func<T, bool>> where
    )
        where T : class
    {
        var row = Expression.Parameter(typeof(T), "row");
        var values = Expression.Lambda<Func<T, object?[]>>(
            Expression.NewArrayInit(
                typeof(object),
                entity
                    .FindPrimaryKey()!
                    .Properties.Append(column)
                    .Select(p => Expression.Convert(Expression.Property(row, p.PropertyInfo!), typeof(object)))
            ),
            row
        );
        return
        [
            .. (await db.Set<T>().AsNoTracking().Where(where).Select(values).ToListAsync()).Select(v =>
                (v[..^1], v[^1])
            ),
        ];
    }

    private static async Task<List<object>> ReadOfAsync<T>(AppDbContext db, Expression<Func<T, bool>> where)
        where T : class => [.. await db.Set<T>().AsNoTracking().IgnoreAutoIncludes().Where(where).ToListAsync()];

    /// <summary>A list of values as a field, of which EF makes a parameter.</summary>
    private sealed class Asked
    {
        internal static object For(Array values) =>
            Activator.CreateInstance(typeof(Of<>).MakeGenericType(values.GetType().GetElementType()!), values)!;

        internal sealed class Of<TValue>(TValue[] values)
        {
            internal readonly TValue[] Values = values;
        }
    }

    /// <summary>Made one by one as they are read: a list of a county is not held twice.</summary>
    private sealed class Images(IReadOnlyCollection<object> rows, IReadOnlyList<IClrPropertyGetter> getters)
        : IReadOnlyCollection<object?[]>
    {
        public int Count => rows.Count;

        public IEnumerator<object?[]> GetEnumerator()
        {
            foreach (var row in rows)
                yield return [.. getters.Select(g => g.GetClrValue(row))];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
