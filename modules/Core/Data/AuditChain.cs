using System.Data.Common;
using System.Security.Cryptography;
using EduAssist.Kernel.Calendar;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Data;

/// <summary>The end of the audit's chain: kept elsewhere, it proves later that nothing before it is missing.</summary>
/// <param name="Sequence">Of the last sealed entry; 0: none is.</param>
/// <param name="Mac">Its seal.</param>
public sealed record ChainHead(long Sequence, byte[] Mac)
{
    /// <summary>The end of a chain that nothing was sealed in yet.</summary>
    internal static ChainHead Beginning { get; } = new(0, new byte[HMACSHA256.HashSizeInBytes]);

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

    internal bool Is(ChainHead other) =>
        Sequence == other.Sequence && CryptographicOperations.FixedTimeEquals(Mac, other.Mac);
}

/// <summary>The result of verifying the audit's chain.</summary>
/// <param name="Head">The end of the chain, as far as it holds.</param>
/// <param name="Unsealed">Entries that are not in it yet.</param>
/// <param name="Faults">What is wrong, in Chinese; none: it is whole.</param>
/// <param name="Notes">What is no fault and should be known, in Chinese.</param>
public sealed record ChainCheck(
    ChainHead Head,
    int Unsealed,
    IReadOnlyList<string> Faults,
    IReadOnlyList<string> Notes
);

/// <summary>
/// The chain of the audit: every entry is sealed with its number and the seal before it. Entries are written, each with
/// a mark of its own, in the transaction of the command that they tell of, and sealed soon after by one sealer, so that
/// commands do not wait for each other's seals.
/// </summary>
public static class AuditChain
{
    /// <summary>What is to be done about a fault, in Chinese.</summary>
    public const string Remedy =
        "怎么办：先停止服务，用 backup 留下现场，查明是谁绕过程序改了数据库；再用 restore 恢复出事以前的备份。"
        + "只是链尾文件不在或者落在另一台主机上恢复的数据库之后的，核对另存的链尾，再用 audit head --accept。";

    internal const string Unreadable = "审计的表里有读不出来的内容，或者表被删去、改过：有人绕过程序改了它。";

    private const int Most = 1000,
        MostNamed = 5;

    /// <summary>
    /// Seals what is not sealed yet, in the order of the entries' ids, where the end of the chain is as it was left.
    /// What the program has not written is not sealed.
    /// </summary>
    /// <param name="db">In a transaction beside which nobody writes.</param>
    /// <param name="keys">Of the database.</param>
    /// <param name="outside">The end of the chain that is kept outside of it; null: none is.</param>
    /// <returns>
    /// The end of the chain, where something was sealed; why nothing more is sealed, or which entries are not.
    /// </returns>
    internal static async Task<(ChainHead? Head, IReadOnlyList<string> Faults)> SealAsync(
        AppDbContext db,
        KeyRing keys,
        OutsideHead? outside
    )
    {
        var (last, faults) = await CheckEndAsync(db, keys, outside);
        if (faults.Count > 0)
            return (null, faults);
        var (head, after) = (last, Guid.Empty);
        Strangers strangers = new();
        for (
            List<AuditEntry> open;
            (
                open = await Open(db)
                    .Where(e => e.Id > after)
                    .OrderBy(e => e.Id)
                    .Take(Most)
                    .AsNoTracking()
                    .ToListAsync()
            ).Count > 0;

        )
        {
            var before = head.Sequence;
            foreach (var entry in open.Where(e => strangers.Admits(keys, e)))
            {
                head = new(head.Sequence + 1, AuditMac.OfSeal(keys, head, entry));
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
            CoreMetrics.Sealed.Add(head.Sequence - before);
            after = open[^1].Id;
        }

        if (head != last)
        {
            var stored = await db.Set<AuditHead>().SingleAsync(h => h.Id == AuditHead.Only);
            (stored.Sequence, stored.Mac) = (head.Sequence, AuditMac.OfHead(keys, head));
            await db.SaveChangesAsync();
        }

        return (head == last ? null : head, strangers.Faults("尚未封存的记录"));
    }

    /// <summary>
    /// Looks whether the chain ends as the program left it: the row with its end and the last seal belong together, the
    /// end that is kept outside lies on the chain, and from there on every seal follows the one before.
    /// </summary>
    /// <returns>The last seal, and what is wrong.</returns>
    internal static async Task<(ChainHead Last, IReadOnlyList<string> Faults)> CheckEndAsync(
        AppDbContext db,
        KeyRing keys,
        OutsideHead? outside
    )
    {
        var last = await LastAsync(db);
        if (await EndFaultAsync(db, keys, last) is { } fault)
            return (last, [fault]);
        if (outside is null)
            return (last, []);
        if (outside.Head is not { } known)
            return (last, [outside.Fault!]);
        if (known.Sequence > last.Sequence)
            return (last, [Leads(known, last)]);
        var there =
            known.Sequence == 0 ? ChainHead.Beginning
            : await db.Set<AuditSeal>().AsNoTracking().SingleOrDefaultAsync(s => s.Sequence == known.Sequence) is { } at
                ? new(at.Sequence, at.Mac)
            : last;
        if (!there.Is(known))
            return (last, [Differs(known)]);
        var walk = new ChainWalk(keys, known);
        await foreach (var (seal, entry) in RowsAsync(db, known.Sequence))
            walk.Next(seal, entry);
        return (last, walk.Faults());
    }

    /// <summary>Whether there is anything to seal.</summary>
    internal static Task<bool> IsBehindAsync(AppDbContext db) => Open(db).AnyAsync();

    /// <summary>Follows the chain from its beginning and tells everything that is wrong.</summary>
    /// <param name="database">Whose audit.</param>
    /// <param name="known">An end of the chain that was kept elsewhere; null: none.</param>
    /// <param name="looksOutside">Whether the chain is held against the end in the file beside the database.</param>
    public static async Task<ChainCheck> VerifyAsync(
        Database database,
        ChainHead? known = null,
        bool looksOutside = true
    )
    {
        ArgumentNullException.ThrowIfNull(database);
        try
        {
            return await FollowAsync(database, known, looksOutside);
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return new(ChainHead.Beginning, 0, [Unreadable], []);
        }
    }

    /// <summary>
    /// Whether the tables of the audit hold what the program never writes there, or are gone: SQLite takes any text for
    /// an id or an instant.
    /// </summary>
    internal static bool IsUnreadable(Exception fault) =>
        !DatabaseOutageException.IsCauseOf(fault)
        && (fault is DbUpdateException ? fault.InnerException : fault)
            is FormatException
                or InvalidCastException
                or OverflowException
                or DbException;

    private static async Task<ChainCheck> FollowAsync(Database database, ChainHead? known, bool looksOutside)
    {
        // before the snapshot: what is sealed meanwhile would be further in the file than in the chain
        var outside = looksOutside ? database.HeadFile?.Read() : null;
        await using var db = database.Open();
        // entries and seals are read as of one moment: what is sealed meanwhile would look like a tail that somebody
        // added
        await using var moment = await database.BeginSnapshotAsync(db);
        var keys = database.Keys;
        var walk = new ChainWalk(keys, ChainHead.Beginning);
        List<(ChainHead Head, string Lost, string Other)> ends = [];
        if (known is not null)
            ends.Add((known, "给出的链尾", $"第 {known.Sequence} 条与给出的链尾不符。"));
        if (outside?.Head is { } kept)
            ends.Add((kept, "链尾文件", Differs(kept)));
        List<string> more = [];
        await foreach (var (seal, entry) in RowsAsync(db, 0))
        {
            walk.Next(seal, entry);
            more.AddRange(
                ends.Where(e => e.Head.Sequence == seal.Sequence && !e.Head.Is(walk.Head)).Select(e => e.Other)
            );
        }

        var head = walk.Head;
        List<string> faults = [.. walk.Faults(), .. more];
        faults.AddRange(
            ends.Where(e => e.Head.Sequence > head.Sequence)
                .Select(e => $"{e.Lost}是第 {e.Head.Sequence} 条，现在只到第 {head.Sequence} 条：末尾被截去。")
        );
        if (await EndFaultAsync(db, keys, head) is { } end)
            faults.Add(end);
        var (unsealed, strangers) = (0, new Strangers());
        await foreach (var entry in Open(db).OrderBy(e => e.Id).AsNoTracking().AsAsyncEnumerable())
        {
            unsealed++;
            strangers.Admits(keys, entry);
        }

        faults.AddRange(strangers.Faults("尚未封存的记录"));
        if (head.Sequence == 0 && unsealed == 0 && await AuditTraces.AreInAsync(db))
            faults.Add("审计里一条记录也没有，而数据库里有办理留下的数据：审计被清空。");
        // an end that somebody kept elsewhere proves as much as the file
        var isProved = known is { Sequence: > 0 } && outside?.Head is null;
        if (outside?.Fault is { } missing && !isProved)
            faults.Add($"{missing}末尾有没有被截去，无从证明。");
        return new(head, unsealed, faults, outside?.Fault is { } told && isProved ? [told] : []);
    }

    /// <summary>Every seal after a number, with its entry.</summary>
    internal static async IAsyncEnumerable<(AuditSeal Seal, AuditEntry? Entry)> RowsAsync(AppDbContext db, long after)
    {
        var rows =
            from s in db.Set<AuditSeal>()
            where s.Sequence > after
            join e in db.Set<AuditEntry>() on s.EntryId equals e.Id into entries
            from e in entries.DefaultIfEmpty()
            orderby s.Sequence
            select new { s, e };
        await foreach (var row in rows.AsNoTracking().AsAsyncEnumerable())
            yield return (row.s, row.e);
    }

    internal static async Task<ChainHead> LastAsync(AppDbContext db) =>
        await db.Set<AuditSeal>()
            .OrderByDescending(s => s.Sequence)
            .Select(s => new ChainHead(s.Sequence, s.Mac))
            .FirstOrDefaultAsync()
        ?? ChainHead.Beginning;

    internal static Task<AuditHead?> EndAsync(AppDbContext db) =>
        db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(h => h.Id == AuditHead.Only);

    /// <summary>What is wrong with the row that holds the end of the chain; null: nothing.</summary>
    private static async Task<string?> EndFaultAsync(AppDbContext db, KeyRing keys, ChainHead last) =>
        await EndAsync(db) switch
        {
            null => $"链尾记录不在了，现在到第 {last.Sequence} 条：审计被清空、截去或者换过。",
            var end when end.Sequence != last.Sequence =>
                $"链尾记录是第 {end.Sequence} 条，现在到第 {last.Sequence} 条：末尾被截去或者添加。",
            var end when CryptographicOperations.FixedTimeEquals(end.Mac, AuditMac.OfHead(keys, last)) => null,
            var end when CryptographicOperations.FixedTimeEquals(end.Mac, AuditMac.OfFormerHead(keys, last)) =>
                "审计还是旧版本留下的样子，没有升级：升级时它的链就不完整，或者后来被换成了旧的。",
            _ => "链尾记录被改动。",
        };

    private static IQueryable<AuditEntry> Open(AppDbContext db) =>
        db.Set<AuditEntry>().Where(e => !db.Set<AuditSeal>().Any(s => s.EntryId == e.Id));

    private static string Leads(ChainHead known, ChainHead last) =>
        $"链尾文件是第 {known.Sequence} 条，现在只到第 {last.Sequence} 条：末尾被截去。";

    private static string Differs(ChainHead known) => $"第 {known.Sequence} 条与链尾文件不符：审计被换成了另一条链。";

    /// <summary>An entry as a fault names it.</summary>
    private static string Named(AuditEntry entry) =>
        $"{entry.At.ToOffset(Today.Offset):yyyy-MM-dd HH:mm:ss} {entry.Action}";

    /// <summary>Entries that the program has not written as they are: counted, and the first ones named.</summary>
    private sealed class Strangers
    {
        private readonly List<string> named = [];
        private int count;

        /// <summary>Whether the program has written it as it is.</summary>
        internal bool Admits(KeyRing keys, AuditEntry entry, string where = "")
        {
            if (AuditMac.IsRight(keys, entry))
                return true;
            count++;
            if (named.Count < MostNamed)
                named.Add(where + Named(entry));
            return false;
        }

        internal IReadOnlyList<string> Faults(string which) =>
            count == 0
                ? []
                :
                [
                    $"{which}中有 {count} 条没有程序的印记，或者写后被改动（{string.Join("；", named)}"
                        + $"{(count > named.Count ? "；……" : "")}）：不是本程序写成这样的。",
                ];
    }

    /// <summary>Follows seals one by one.</summary>
    /// <param name="keys">Of the database.</param>
    /// <param name="from">What the first one follows.</param>
    /// <param name="marked">Whether entries have marks: those of the release 0.1 had none.</param>
    internal sealed class ChainWalk(KeyRing keys, ChainHead from, bool marked = true)
    {
        private readonly List<string> faults = [];
        private readonly Strangers strangers = new();

        internal ChainHead Head { get; private set; } = from;

        internal void Next(AuditSeal seal, AuditEntry? entry)
        {
            if (seal.Sequence != Head.Sequence + 1)
                faults.Add($"第 {Head.Sequence + 1} 至 {seal.Sequence - 1} 条不在了。");
            if (entry is null)
                faults.Add($"第 {seal.Sequence} 条的内容不在了。");
            else
            {
                var right = AuditMac.OfSeal(keys, Head with { Sequence = seal.Sequence - 1 }, entry);
                if (!CryptographicOperations.FixedTimeEquals(seal.Mac, right))
                    faults.Add($"第 {seal.Sequence} 条（{Named(entry)}）被改动，或者不在原来的位置。");
                if (marked)
                    strangers.Admits(keys, entry, $"第 {seal.Sequence} 条 ");
            }

            Head = new(seal.Sequence, seal.Mac);
        }

        internal IReadOnlyList<string> Faults() => [.. faults, .. strangers.Faults("已封存的记录")];
    }
}
