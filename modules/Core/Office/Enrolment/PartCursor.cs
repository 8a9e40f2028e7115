using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace EduAssist.Office.Enrolment;

/// <summary>
/// Where a part of a listing ended: what its last row was ordered by when it was read. An answer moves that row, or an
/// undo takes it away, before the next part is asked for; looked up by then, it would pass over what lies between, or
/// begin anew.
/// </summary>
/// <typeparam name="TKey">Of what rows of one rank are ordered by.</typeparam>
/// <param name="Rank">The lower ones come first.</param>
/// <param name="Key">Within the rank.</param>
/// <param name="Id">Of the row, within the key.</param>
public readonly record struct PartCursor<TKey>(int Rank, TKey Key, Guid Id) : IParsable<PartCursor<TKey>>
    where TKey : IParsable<TKey>
{
    private const char Between = '\n';

    /// <summary>As one word that needs no escapes in an address.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{Rank}{Between}{Key:O}{Between}{Id:n}")
            )
        );

    /// <inheritdoc/>
    public static PartCursor<TKey> Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var cursor) ? cursor : throw new FormatException();

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PartCursor<TKey> result)
    {
        result = default;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(s?.Length ?? 0)];
        if (
            Base64Url.DecodeFromChars(s, bytes, out _, out var length) != OperationStatus.Done
            || Encoding.UTF8.GetString(bytes, 0, length).Split(Between) is not [var rank, var text, var last]
            || text.Any(char.IsControl)
            || !int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !TKey.TryParse(text, CultureInfo.InvariantCulture, out var key)
            || !Guid.TryParseExact(last, "n", out var id)
        )
            return false;
        result = new(first, key, id);
        return true;
    }
}
