using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Data;

/// <summary>The end of the audit's chain: kept elsewhere, it proves later that nothing before it is missing.</summary>
/// <param name="Sequence">Of the last sealed entry; 0: none is.</param>
/// <param name="Mac">Its seal.</param>
public sealed record ChainHead(long Sequence, byte[] Mac)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Sequence}:{Convert.ToHexStringLower(Mac)}";

    /// <summary>Reads what <see cref="ToString"/> writes; null for any other text.</summary>
    public static ChainHead? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
            text.Split(':') is [var number, { Length: 64 } mac]
            && mac.All(char.IsAsciiHexDigit)
            && long.TryParse(
                number,
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out var sequence
            )
            ? new(sequence, Convert.FromHexString(mac))
            : null;
    }
}

/// <summary>The result of verifying the audit's chain.</summary>
/// <param name="Head">The end of the chain, as far as it holds.</param>
/// <param name="Unsealed">Entries that are not in it yet.</param>
/// <param name="Faults">What is wrong, in Chinese; none: it is whole.</param>
public sealed record ChainCheck(ChainHead Head, int Unsealed, IReadOnlyList<string> Faults);

/// <summary>
/// The chain of the audit: every entry is sealed with its number and the seal before it. Entries are written in the
/// transaction of the command that they tell of, and sealed soon after by one sealer, so that commands do not wait for
/// each other's seals.
/// </summary>
public static class AuditChain
{
    private const int Most = 1000;
    private static readonly ChainHead Beginning = new(0, new byte[HMACSHA256.HashSizeInBytes]);

    /// <summary>Seals what is not sealed yet, in the order of the entries' ids.</summary>
    /// <returns>The end of the chain.</returns>
    internal static async Task<ChainHead> SealAsync(AppDbContext db, KeyRing keys)
    {
        var head = await LastAsync(db);
        for (
            List<AuditEntry> open;
            (open = await Open(db).OrderBy(e => e.Id).Take(Most).AsNoTracking().ToListAsync()).Count > 0;

        )
        {
            foreach (var entry in open)
            {
                head = new(head.Sequence + 1, ComputeMac(keys, head, entry));
                db.Add(
                    new AuditSeal
                    {
                        Sequence = head.Sequence,
                        EntryId = entry.Id,
                        Mac = head.Mac,
                    }
                );
            }

            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
            CoreMetrics.Sealed.Add(open.Count);
        }

        if (await db.Set<AuditHead>().SingleOrDefaultAsync() is { } stored)
            (stored.Sequence, stored.Mac) = (head.Sequence, End(keys, head));
        else
            db.Add(
                new AuditHead
                {
                    Id = AuditHead.Only,
                    Sequence = head.Sequence,
                    Mac = End(keys, head),
                }
            );
        await db.SaveChangesAsync();
        return head;
    }

    /// <summary>Whether there is anything to seal.</summary>
    internal static Task<bool> IsBehindAsync(AppDbContext db) => Open(db).AnyAsync();

    /// <summary>Follows the chain from its beginning and tells everything that is wrong.</summary>
    /// <param name="database">Whose audit.</param>
    /// <param name="known">An end of the chain that was kept elsewhere; null: none.</param>
    public static async Task<ChainCheck> VerifyAsync(Database database, ChainHead? known = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var db = database.Open();
        // entries and seals are read as of one moment: what is sealed meanwhile would look like a tail that somebody
        // added
        await using var moment = await database.BeginSnapshotAsync(db);
        List<string> faults = [];
        var head = Beginning;
        var met = known is null or { Sequence: 0 };
        await foreach (var (seal, entry) in ChainAsync(db))
        {
            if (seal.Sequence != head.Sequence + 1)
                faults.Add($"第 {head.Sequence + 1} 至 {seal.Sequence - 1} 条不在了。");
            if (entry is null)
                faults.Add($"第 {seal.Sequence} 条的内容不在了。");
            else if (
                !CryptographicOperations.FixedTimeEquals(
                    seal.Mac,
                    ComputeMac(database.Keys, head with { Sequence = seal.Sequence - 1 }, entry)
                )
            )
                faults.Add(
                    $"第 {seal.Sequence} 条（{entry.At:yyyy-MM-dd HH:mm:ss} {entry.Action}）被改动，或者不在原来的位置。"
                );
            head = new(seal.Sequence, seal.Mac);
            if (known?.Sequence != head.Sequence)
                continue;
            met = true;
            if (!CryptographicOperations.FixedTimeEquals(known.Mac, head.Mac))
                faults.Add($"第 {head.Sequence} 条与给出的链尾不符。");
        }

        if (!met)
            faults.Add($"给出的链尾是第 {known!.Sequence} 条，现在只到第 {head.Sequence} 条：末尾被截去。");
        var end = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync();
        if (head.Sequence > 0 || end is not null)
        {
            if (end is null || end.Sequence != head.Sequence)
                faults.Add($"链尾记录是第 {end?.Sequence ?? 0} 条，现在到第 {head.Sequence} 条：末尾被截去或者添加。");
            else if (!CryptographicOperations.FixedTimeEquals(end.Mac, End(database.Keys, head)))
                faults.Add("链尾记录被改动。");
        }

        return new(head, await Open(db).CountAsync(), faults);
    }

    private static async IAsyncEnumerable<(AuditSeal Seal, AuditEntry? Entry)> ChainAsync(AppDbContext db)
    {
        var rows =
            from s in db.Set<AuditSeal>()
            join e in db.Set<AuditEntry>() on s.EntryId equals e.Id into entries
            from e in entries.DefaultIfEmpty()
            orderby s.Sequence
            select new { s, e };
        await foreach (var row in rows.AsNoTracking().AsAsyncEnumerable())
            yield return (row.s, row.e);
    }

    private static IQueryable<AuditEntry> Open(AppDbContext db) =>
        db.Set<AuditEntry>().Where(e => !db.Set<AuditSeal>().Any(s => s.EntryId == e.Id));

    private static async Task<ChainHead> LastAsync(AppDbContext db) =>
        await db.Set<AuditSeal>().AsNoTracking().OrderByDescending(s => s.Sequence).FirstOrDefaultAsync() is { } last
            ? new(last.Sequence, last.Mac)
            : Beginning;

    private static byte[] ComputeMac(KeyRing keys, ChainHead before, AuditEntry entry)
    {
        using var all = new MemoryStream();
        using var writer = new BinaryWriter(all, Encoding.UTF8);
        writer.Write(before.Mac);
        writer.Write(before.Sequence + 1);
        writer.Write(entry.Id.ToByteArray());
        writer.Write(entry.At.ToUnixTimeMilliseconds());
        foreach (
            var text in (string?[])[entry.Actor, entry.Action, entry.Subject?.ToString("n"), entry.Scope, entry.Detail]
        ) // each with its length, so that characters moved from one field to the next change the seal
        {
            writer.Write(text is not null);
            writer.Write(text ?? "");
        }

        return keys.Seal(all.ToArray());
    }

    private static byte[] End(KeyRing keys, ChainHead head)
    {
        Span<byte> all = stackalloc byte[4 + sizeof(long) + HMACSHA256.HashSizeInBytes];
        "head"u8.CopyTo(all);
        BinaryPrimitives.WriteInt64BigEndian(all[4..], head.Sequence);
        head.Mac.CopyTo(all[12..]);
        return keys.Seal(all);
    }
}
