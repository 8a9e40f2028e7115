using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EduAssist.Data;

/// <summary>What the audit marks, each kind under a key of its own. The names are part of the keys.</summary>
internal enum AuditMark
{
    /// <summary>A seal of the chain.</summary>
    Seal,

    /// <summary>An entry, when it is written.</summary>
    Entry,

    /// <summary>The row with the end of the chain.</summary>
    Head,

    /// <summary>The file with the end of the chain.</summary>
    File,
}

/// <summary>The marks (HMAC-SHA256) of the audit.</summary>
internal static class AuditMac
{
    /// <summary>Of an entry: every column is in it.</summary>
    internal static byte[] OfEntry(KeyRing keys, AuditEntry entry) =>
        keys.Mark(AuditMark.Entry, Bytes(entry).ToArray());

    /// <summary>Whether the program has written an entry, and nobody has altered it since.</summary>
    internal static bool IsRight(KeyRing keys, AuditEntry entry) =>
        entry.Mac is { } mac && CryptographicOperations.FixedTimeEquals(mac, OfEntry(keys, entry));

    /// <summary>Of a seal: the seal before, the number and the whole entry.</summary>
    internal static byte[] OfSeal(KeyRing keys, ChainHead before, AuditEntry entry)
    {
        using var all = new MemoryStream();
        all.Write(before.Mac);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, before.Sequence + 1);
        all.Write(number);
        Bytes(entry).WriteTo(all);
        return keys.Mark(AuditMark.Seal, all.ToArray());
    }

    /// <summary>Of the row with the end of the chain.</summary>
    internal static byte[] OfHead(KeyRing keys, ChainHead end) => keys.Mark(AuditMark.Head, Bytes(end));

    /// <summary>
    /// Of that row as the release 0.1 wrote it, when entries had no marks yet: under the seals' key. A database that
    /// has it was not upgraded yet.
    /// </summary>
    internal static byte[] OfFormerHead(KeyRing keys, ChainHead end) =>
        keys.Mark(AuditMark.Seal, [.. "head"u8, .. Bytes(end)]);

    private static byte[] Bytes(ChainHead end)
    {
        var all = new byte[sizeof(long) + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(all, end.Sequence);
        end.Mac.CopyTo(all, sizeof(long));
        return all;
    }

    /// <summary>
    /// Each text with its length, so that characters moved from one column to the next change the mark. Role and
    /// address stand behind only where there are any: seals of the release 0.1, which knew neither, stay right.
    /// </summary>
    private static MemoryStream Bytes(AuditEntry entry)
    {
        var all = new MemoryStream();
        using var writer = new BinaryWriter(all, Encoding.UTF8, leaveOpen: true);
        writer.Write(entry.Id.ToByteArray());
        writer.Write(entry.At.ToUnixTimeMilliseconds());
        List<string?> texts = [entry.Actor, entry.Action, entry.Subject?.ToString("n"), entry.Scope, entry.Detail];
        if (entry.Role is not null || entry.Address is not null)
            texts.AddRange([entry.Role, entry.Address]);
        foreach (var text in texts)
        {
            writer.Write(text is not null);
            writer.Write(text ?? "");
        }

        return all;
    }
}
