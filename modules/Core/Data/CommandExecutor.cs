using System.Data.Common;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Data;

/// <summary>
/// Runs commands one after the other: on SQLite behind a semaphore of the process and in an immediate transaction, on
/// PostgreSQL under an advisory lock of the database, so that a second host waits too. So what a guard has read is
/// still true when the command commits, and no race can get past a quota.
/// </summary>
public sealed class CommandExecutor : IDisposable
{
    private const string DemoAction = "demo/fill";

    private readonly PolicyContext policy;
    private readonly Database database;
    private readonly ServiceProvider services;
    private readonly ICommandRunner runner;
    private readonly ExclusiveGate gate;
    private DbConnection? held;

    /// <summary>Of an instance and its database.</summary>
    /// <param name="policy">What is loaded and how it is read.</param>
    /// <param name="database">Where it is stored.</param>
    public CommandExecutor(PolicyContext policy, Database database)
    {
        (this.policy, this.database) = (policy, database);
        services = new ServiceCollection().AddCommandRunner(policy, database).BuildServiceProvider();
        runner = services.GetRequiredService<ICommandRunner>();
        gate = services.GetRequiredService<ExclusiveGate>();
    }

    /// <summary>What is loaded and how it is read.</summary>
    public PolicyContext Policy => policy;

    /// <summary>Where it is stored.</summary>
    public Database Database => database;

    /// <summary>
    /// Runs a command: it is done and committed, or nothing has changed. The answer that was given to the same
    /// idempotency key is given again.
    /// </summary>
    /// <param name="request">Who asks.</param>
    /// <param name="work">What is to be done.</param>
    /// <param name="cancellation">Of the wait; a command that has begun is finished.</param>
    public Task<CommandResult> ExecuteAsync(
        CommandRequest request,
        Func<UnitOfWork, Task<CommandResult>> work,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(work);
        return runner.RunAsync(request, work, cancellation);
    }

    /// <summary>
    /// Prepares the database at the start: inserts and updates reference data, and fills a demo that is still empty.
    /// </summary>
    /// <param name="demo">Whether this is the demo.</param>
    /// <returns>
    /// When the demo was filled, and by which modules: null where an earlier version of the program has not noted
    /// them. Null: it is no demo.
    /// </returns>
    /// <exception cref="OperatorException">
    /// A demo on a database that holds anything else, or anything else on a demo's.
    /// </exception>
    public async Task<(DateOnly On, IReadOnlyList<string>? Modules)?> PrepareDatabaseAsync(bool demo = false)
    {
        held ??= database.OpenKeepAliveConnection();
        (DateOnly On, IReadOnlyList<string>? Modules)? filled;
        bool isUsed;
        await using (var db = database.Open())
        {
            filled = await db.Set<AuditEntry>().FirstOrDefaultAsync(a => a.Action == DemoAction) is { } fill
                ? (DateOnly.FromDateTime(fill.At.ToOffset(Today.Offset).DateTime), fill.Detail?.Split(", "))
                : null;
            isUsed = await IsUsedAsync(db);
        }

        if (demo && isUsed && filled is null)
            throw new OperatorException("拒绝在这个数据库上演示：其中有演示以外的数据。");
        if (!demo && filled is not null)
            throw new OperatorException("这是演示用的数据库，只能用 serve --demo 打开。");
        await NoteRestoreAsync();
        await SeedAsync();
        foreach (var startup in Startups)
            await startup.StartedAsync(this);
        if (!demo)
            return null;
        if (filled is not null)
            return filled;
        string[] modules = [.. database.Tables.Select(t => t.Module)];
        await ExecuteAsync(new(Actor.Program), async work =>
        {
            foreach (var startup in Startups)
                await startup.DemoAsync(work);
            work.Audit(DemoAction, null, "", string.Join(", ", modules));
            return CommandResult.Done();
        });
        return (policy.Today.Date, modules);
    }

    private IEnumerable<IDataStartup> Startups => database.Tables.SelectMany(t => t.Startups);

    private async Task SeedAsync()
    {
        foreach (var tables in database.Tables)
        {
            await ExecuteAsync(new(Actor.Program), async work =>
            {
                foreach (var startup in tables.Startups)
                    await startup.SeedAsync(work);
                CheckSeeds(tables.Module, work.Db);
                if (work.SeededRows > 0)
                    work.Audit($"{tables.Module}/seed", null, "", $"{work.SeededRows} rows");
                return work.SeededRows > 0
                    ? CommandResult.Done()
                    : CommandResult.Problem(ResultKind.Refused, "没有新的基础数据。");
            });
        }
    }

    /// <summary>
    /// A row without the mark of a seed would be put in again at every start, and is told from a user's by nothing.
    /// </summary>
    private static void CheckSeeds(string module, AppDbContext db)
    {
        var strange = db
            .ChangeTracker.Entries()
            .Where(e => e.State != EntityState.Unchanged && e.Entity is not ISeeded)
            .Select(e => e.Metadata.ClrType.Name)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        if (strange.Count > 0)
            throw new OperatorException(
                $"模块 {module} 的基础数据含有 {string.Join("、", strange)}，它们没有实现 ISeeded，不能作为基础数据："
                    + "请让这些表的类实现 ISeeded，并用 UnitOfWork.SeedAsync 写入。"
            );
    }

    private async Task<bool> IsUsedAsync(AppDbContext db)
    {
        foreach (var startup in Startups)
            if (await startup.IsUsedAsync(db))
                return true;
        return false;
    }

    /// <summary>Runs a query on the unfiltered database, as a command would see it, and saves nothing.</summary>
    public async Task<T> QueryAsync<T>(Actor actor, Func<UnitOfWork, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var db = database.Open();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await work(new(policy, database, db, actor));
    }

    /// <summary>
    /// Writes a line of the audit for something that changes no row: a sign-in, a refusal, a look at personal data.
    /// </summary>
    public Task AppendAuditAsync(
        Actor actor,
        string action,
        Guid? subject = null,
        string scope = "",
        string? detail = null
    ) => ExecuteAsync(new(actor), work =>
        {
            work.Audit(action, subject, scope, detail);
            return Task.FromResult(CommandResult.Done());
        });

    /// <summary>
    /// Seals the entries of the audit that were written since the last time (<see cref="AuditChain"/>), unless the
    /// chain does not end as it was left. Writes nothing to the database where there is none.
    /// </summary>
    /// <returns>
    /// The end of the chain, where something was sealed; null: nothing was. Why nothing more is sealed, or which
    /// entries are not, in Chinese; none: all is well.
    /// </returns>
    public async Task<(ChainHead? Head, IReadOnlyList<string> Faults)> SealAsync(
        CancellationToken cancellation = default
    )
    {
        (ChainHead? Head, IReadOnlyList<string> Faults) result;
        try
        {
            result = await TrySealAsync(cancellation);
        }
        catch (Exception unreadable) when (AuditChain.IsUnreadable(unreadable))
        {
            result = (null, [AuditChain.Unreadable]);
        }

        CoreMetrics.AuditFaults.Record(result.Faults.Count);
        return result;
    }

    private async Task<(ChainHead? Head, IReadOnlyList<string> Faults)> TrySealAsync(CancellationToken cancellation)
    {
        bool isBehind;
        await using (var look = database.Open())
            isBehind = await AuditChain.IsBehindAsync(look);
        var file = database.HeadFile;
        var outside = file?.Read(); // before the database is read: it may lag behind the chain, and never leads it
        (ChainHead? Head, IReadOnlyList<string> Faults) result;
        ChainHead? end;
        if (isBehind)
        {
            // read again inside: another host on this machine may have written it while this one waited
            result = await RunExclusiveAsync(db => AuditChain.SealAsync(db, database.Keys, file?.Read()), cancellation);
            end = result.Head;
        }
        else
        {
            await using var db = database.Open();
            await using var moment = await database.BeginSnapshotAsync(db);
            var (last, faults) = await AuditChain.CheckEndAsync(db, database.Keys, outside);
            result = (null, faults);
            end = faults.Count == 0 && outside?.Head is { } known && !known.Is(last) ? last : null;
        }

        if (end is not null)
            file?.Write(end);
        return result;
    }

    /// <summary>
    /// Takes the chain as it is in the database for the one that the file in the data folder keeps from now on: on
    /// another machine, after a restore elsewhere. It must be whole, and that it was done is noted in it.
    /// </summary>
    /// <returns>The end of the chain, or what is wrong with it, and then nothing was done.</returns>
    public async Task<ChainCheck> AcceptHeadAsync(Actor by)
    {
        var check = await AuditChain.VerifyAsync(database, looksOutside: false);
        if (check.Faults.Count > 0 || database.HeadFile is not { } file)
            return check;
        var before = file.Exists ? file.Read().Head?.ToString() ?? "unreadable" : "none";
        await AppendAuditAsync(by, "audit/head-accept", detail: $"file was {before}");
        file.Write(check.Head);
        return (await SealAsync()).Head is { } head ? check with { Head = head, Unsealed = 0 } : check;
    }

    /// <summary>Notes that the database was restored since the last start: what was newer is gone with that.</summary>
    private async Task NoteRestoreAsync()
    {
        if (database.HeadFile is not { } file || file.Read() is not { Head: { } head, Before: { } before })
            return;
        await AppendAuditAsync(
            Actor.Program,
            "audit/restored",
            detail: $"{head.Sequence} entries restored; file was {before}"
        );
        file.Write(head);
    }

    /// <summary>
    /// Runs maintenance work between two commands, in a transaction of its own and without a line in the audit:
    /// sealing, rotating keys.
    /// </summary>
    internal Task<T> RunExclusiveAsync<T>(Func<AppDbContext, Task<T>> work, CancellationToken cancellation = default) =>
        gate.EnterAsync(
            async () =>
            {
                await using var db = database.Open();
                await using var transaction = await ExclusiveTransaction.BeginAsync(db, database);
                var made = await work(db);
                await transaction.CommitAsync(CancellationToken.None);
                return made;
            },
            patience: null,
            cancellation
        );

    /// <inheritdoc/>
    public void Dispose()
    {
        services.Dispose();
        held?.Dispose();
    }
}
