using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Data;

/// <summary>
/// Gives the entries of the release 0.1 their marks, once: when the database is upgraded, and only if the chain that
/// they stand in is whole. What had not been sealed then is taken as it stands. Afterwards the end of the chain has
/// another form, which nobody can put back without the key; so an entry without a mark is never given one again.
/// </summary>
internal static class AuditUpgrade
{
    internal const string Migration = "20261130_2_AuditMacs";
    private const int Most = 1000;

    /// <summary>Does it, where it is due.</summary>
    /// <param name="database">Whose tables are there, and whose keys are read.</param>
    /// <param name="isMigrated">Whether this start has upgraded tables that were there before.</param>
    /// <param name="tell">Takes a line for the operator.</param>
    internal static async Task RunAsync(Database database, bool isMigrated, Action<string> tell)
    {
        var (keys, file) = (database.Keys, database.HeadFile);
        if (file?.Exists == true)
            return; // it was done before, and whatever stands in the database now is held against the file
        await using var db = database.Open();
        var (last, end) = (await AuditChain.LastAsync(db), await AuditChain.EndAsync(db));
        if (IsFormer(keys, last, end) || (isMigrated && end is null && last.Sequence == 0))
            try
            {
                await MarkAsync(database, tell);
            }
            catch (Exception unreadable) when (AuditChain.IsUnreadable(unreadable))
            {
                tell($"审计没有升级：{AuditChain.Unreadable}{AuditChain.Remedy}");
            }
        else if (file is not null && await IsUntouchedAsync(db, keys, last, end))
            file.Write(ChainHead.Beginning);
    }

    private static bool IsFormer(KeyRing keys, ChainHead last, AuditHead? end) =>
        end is not null && CryptographicOperations.FixedTimeEquals(end.Mac, AuditMac.OfFormerHead(keys, last));

    /// <summary>A database that no command has been done in has nothing that could have been taken from it.</summary>
    private static async Task<bool> IsUntouchedAsync(AppDbContext db, KeyRing keys, ChainHead last, AuditHead? end) =>
        last.Sequence == 0
        && end is not null
        && CryptographicOperations.FixedTimeEquals(end.Mac, AuditMac.OfHead(keys, last))
        && !await db.Set<AuditEntry>().AnyAsync()
        && !await AuditTraces.AreInAsync(db);

    private static async Task MarkAsync(Database database, Action<string> tell)
    {
        var keys = database.Keys;
        await using var db = database.Open();
        await using var transaction = await ExclusiveTransaction.BeginAsync(db, database);
        var (last, end) = (await AuditChain.LastAsync(db), await AuditChain.EndAsync(db));
        if (end is not null && !IsFormer(keys, last, end))
            return; // another host was first
        var walk = new AuditChain.ChainWalk(keys, ChainHead.Beginning, marked: false);
        await foreach (var (seal, entry) in AuditChain.RowsAsync(db, 0))
            walk.Next(seal, entry);
        if (walk.Faults() is [var fault, ..])
        {
            tell($"审计没有升级：它的链在升级前就不完整（{fault}），见 audit verify。{AuditChain.Remedy}");
            return;
        }

        var after = Guid.Empty;
        for (
            List<AuditEntry> some;
            (
                some = await db.Set<AuditEntry>().Where(e => e.Id > after).OrderBy(e => e.Id).Take(Most).ToListAsync()
            ).Count > 0;

        )
        {
            foreach (var entry in some)
                entry.Mac = AuditMac.OfEntry(keys, entry);
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
            after = some[^1].Id;
        }

        if (end is not null)
            await db.Set<AuditHead>().ExecuteDeleteAsync();
        db.Add(AuditHead.Create(keys, last));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        database.HeadFile?.Write(last);
    }
}
