using EduAssist.Data;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Security;

/// <summary>
/// Whoever writes to the database past the program leaves a trace that cannot be mended without the master key.
/// </summary>
public class AuditChainTests
{
    private const string
        Exchanged = "two seals change their entries",
        Alter = """
            UPDATE core_audit_entry SET "Actor" = 'nobody'
            WHERE "Id" = (SELECT "EntryId" FROM core_audit_seal WHERE "Sequence" = 3)
            """,
        Remove = """DELETE FROM core_audit_entry WHERE "Id" = (SELECT "EntryId" FROM core_audit_seal WHERE "Sequence" = 3)""",
        RemoveSeal = """DELETE FROM core_audit_seal WHERE "Sequence" = 3""",
        Cut = """
            DELETE FROM core_audit_entry WHERE "Id" IN (SELECT "EntryId" FROM core_audit_seal WHERE "Sequence" > 4);
            DELETE FROM core_audit_seal WHERE "Sequence" > 4
            """;

    public static IEnumerable<TheoryDataRow<DatabaseKind, string, string>> Tampered =>
    [
        .. from kind in Enum.GetValues<DatabaseKind>()
        from fault in (List<(string Sql, string Told)>)[(Alter, "第 3 条（"), (Remove, "第 3 条的内容不在了。"),
            ($"{Remove}; {RemoveSeal}", "第 3 至 3 条不在了。"), (Exchanged, "第 2 条（"), (Cut, "末尾被截去")]
        select new TheoryDataRow<DatabaseKind, string, string>(kind, fault.Sql, fault.Told) { Skip = kind.Skipped() },
    ];

    [Theory, EveryDatabase]
    public async Task What_was_noted_is_sealed_in_order_without_gaps_and_whole(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        Assert.Equal(0, (await Head(stored))!.Sequence);
        var head = await Fill(stored);
        await stored.Commands.AppendAuditAsync(Actor.Local, "not-sealed-yet");
        var check = await AuditChain.VerifyAsync(stored.Commands.Database, head);
        Assert.Equal((head.ToString(), 1, 0), (check.Head.ToString(), check.Unsealed, check.Faults.Count));
        Assert.Equal(
            head.Sequence + 1,
            (await stored.Commands.SealAsync(TestContext.Current.CancellationToken)).Head!.Sequence);
        Assert.Null((await stored.Commands.SealAsync(TestContext.Current.CancellationToken)).Head);
        Assert.Empty((await AuditChain.VerifyAsync(stored.Commands.Database, head)).Faults);
    }

    [Theory, EveryDatabase]
    public async Task What_is_sealed_during_a_look_is_no_fault(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await Fill(stored);
        using var enough = new CancellationTokenSource();
        var sealing = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested) await Fill(stored);
            },
            TestContext.Current.CancellationToken);
        List<string> faults = [];
        for (var seen = 0L; seen < 300 && !sealing.IsCompleted;)
        {
            var check = await AuditChain.VerifyAsync(stored.Commands.Database);
            faults.AddRange(check.Faults);
            seen = check.Head.Sequence;
        }

        await enough.CancelAsync();
        await sealing;
        Assert.Empty(faults);
    }

    [Theory, MemberData(nameof(Tampered))]
    public async Task Tampering_is_found(DatabaseKind kind, string sql, string told)
    {
        using var stored = new Stored(kind);
        await Fill(stored);
        await using (var db = stored.Commands.Database.Open())
        {
            if (sql == Exchanged) await Exchange(db);
            else await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
        }

        Assert.Contains((await AuditChain.VerifyAsync(stored.Commands.Database)).Faults,
            f => f.Contains(told, StringComparison.Ordinal));
    }

    /// <summary>
    /// The end of the chain that the database holds is put back with the tail that it belonged to: the file in the data
    /// folder tells. Where that was put back, too, only an end that was kept elsewhere does.
    /// </summary>
    [Theory, EveryDatabase]
    public async Task A_tail_that_is_cut_with_its_end_is_found_by_an_end_that_was_kept_elsewhere(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var earlier = await Fill(stored);
        byte[] mac;
        var outside = stored.Commands.Database.HeadFile!.Path;
        var file = await File.ReadAllTextAsync(outside, TestContext.Current.CancellationToken);
        await using (var db = stored.Commands.Database.Open()) mac =
            (await db.Set<AuditHead>().SingleAsync(TestContext.Current.CancellationToken)).Mac;
        await stored.Commands.AppendAuditAsync(Actor.Local, "theft");
        var kept = (await stored.Commands.SealAsync(TestContext.Current.CancellationToken)).Head!;
        await using (var db = stored.Commands.Database.Open())
        {
            await db.Set<AuditSeal>().Where(s => s.Sequence > earlier.Sequence)
                .ExecuteDeleteAsync(TestContext.Current.CancellationToken);
            await db.Set<AuditEntry>().Where(e => e.Action == "theft")
                .ExecuteDeleteAsync(TestContext.Current.CancellationToken);
            await db.Set<AuditHead>().ExecuteUpdateAsync(
                set => set.SetProperty(h => h.Sequence, earlier.Sequence).SetProperty(h => h.Mac, mac),
                TestContext.Current.CancellationToken);
        }

        Assert.Contains("末尾被截去", Assert.Single((await AuditChain.VerifyAsync(stored.Commands.Database)).Faults),
            StringComparison.Ordinal);
        await File.WriteAllTextAsync(outside, file, TestContext.Current.CancellationToken);
        Assert.Empty((await AuditChain.VerifyAsync(stored.Commands.Database)).Faults);
        Assert.Contains("末尾被截去", Assert.Single((await AuditChain.VerifyAsync(stored.Commands.Database, kept)).Faults),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("7:00")]
    [InlineData("x:0000000000000000000000000000000000000000000000000000000000000000")]
    public void Anything_else_is_no_end_of_a_chain(string text) => Assert.Null(ChainHead.Read(text));

    private static async Task Exchange(AppDbContext db)
    {
        var seals = await db.Set<AuditSeal>().Where(s => s.Sequence == 2 || s.Sequence == 3).OrderBy(s => s.Sequence)
            .AsNoTracking().ToListAsync();
        await db.Set<AuditSeal>().Where(s => s.Sequence == 2 || s.Sequence == 3).ExecuteDeleteAsync();
        db.AddRange(new AuditSeal { Sequence = 2, EntryId = seals[1].EntryId, Mac = seals[0].Mac },
            new AuditSeal { Sequence = 3, EntryId = seals[0].EntryId, Mac = seals[1].Mac });
        await db.SaveChangesAsync();
    }

    private static async Task<AuditHead?> Head(Stored stored)
    {
        await using var db = stored.Commands.Database.Open();
        return await db.Set<AuditHead>().SingleOrDefaultAsync();
    }

    /// <summary>Six entries and those of the start, sealed.</summary>
    private static async Task<ChainHead> Fill(Stored stored)
    {
        for (var i = 1; i <= 6; i++) await stored.Commands.AppendAuditAsync(Actor.Local, $"test/{i}", detail: $"{i}");
        return (await stored.Commands.SealAsync()).Head!;
    }
}
