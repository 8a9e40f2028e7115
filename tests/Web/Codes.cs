namespace EduAssist.Web;

/// <summary>Codes as a telephone makes them (RFC 6238).</summary>
internal static class Codes
{
    internal static string Of(string key, int later = 0)
    {
        List<byte> bytes = [];
        var (bits, value) = (0, 0);
        foreach (var c in key)
        {
            (bits, value) = (
                bits + 5,
                ((value << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal)) & 0xFFFF
            );
            if (bits >= 8)
                bytes.Add((byte)(value >> (bits -= 8)));
        }

        var step = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(
            step,
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + later
        );
        var hash = System.Security.Cryptography.CryptographicOperations.HmacData(
            System.Security.Cryptography.HashAlgorithmName.SHA1,
            bytes.ToArray(),
            step
        );
        var at = hash[^1] & 15;
        return (
            (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(at)) & 0x7FFFFFFF) % 1_000_000
        ).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
