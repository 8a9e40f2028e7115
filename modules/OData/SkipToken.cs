using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EduAssist.Data;

namespace EduAssist.OData;

/// <summary>
/// The place where a page ended, signed for the query that it belongs to: whoever changes either is refused.
/// </summary>
/// <param name="Last">The values that the last row was ordered by.</param>
/// <param name="Left">How many rows of <c>$top</c> are left; null: no end was asked for.</param>
/// <param name="Skip">Of rows that are computed, how many went before; null: not so.</param>
internal sealed record SkipToken(IReadOnlyList<object?> Last, long? Left, long? Skip = null)
{
    private const int SealBytes = 16;
    private const string Purpose = "odata/skiptoken";

    internal string Write(KeyRing keys, string query)
    {
        using var buffer = new MemoryStream();
        buffer.Write(new byte[SealBytes]);
        using (var json = new Utf8JsonWriter(buffer))
            JsonSerializer.Serialize(
                json,
                new Stored([.. Last.Select(v => v is Enum word ? word.ToString() : v)], Left, Skip)
            );
        var token = buffer.ToArray();
        Seal(keys, query, token.AsSpan(SealBytes)).CopyTo(token, 0);
        return Base64Url.EncodeToString(token);
    }

    /// <param name="keys">Of the instance.</param>
    /// <param name="query">That it belongs to.</param>
    /// <param name="text">As it came.</param>
    /// <param name="types">Of the values that rows are ordered by.</param>
    internal static SkipToken Read(KeyRing keys, string query, string text, IEnumerable<Type> types)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (
            Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done
            || length <= SealBytes
            || !CryptographicOperations.FixedTimeEquals(
                bytes.AsSpan(0, SealBytes),
                Seal(keys, query, bytes.AsSpan(SealBytes..length))
            )
        )
            throw QueryException.Invalid(
                "$skiptoken 不是本服务为这个查询给出的；请从第一页读起，并照原样使用 @odata.nextLink。"
            );
        var stored = JsonSerializer.Deserialize<Stored<JsonElement>>(bytes.AsSpan(SealBytes..length))!;
        return new([.. stored.Last.Zip(types, (v, type) => v.ValueKind == JsonValueKind.Null ? null
                    : Literals.Plain(type) is { IsEnum: true } words ? Enum.Parse(words, v.GetString()!)
                    : v.Deserialize(Literals.Plain(type)))], stored.Left, stored.Skip);
    }

    private static byte[] Seal(KeyRing keys, string query, ReadOnlySpan<byte> place) =>
        keys.BlindIndexOf($"{query}\n{Encoding.UTF8.GetString(place)}", Purpose)[..SealBytes];

    private sealed record Stored(object?[] Last, long? Left, long? Skip);

    private sealed record Stored<T>(T[] Last, long? Left, long? Skip);
}
