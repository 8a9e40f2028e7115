using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EduAssist.Data;

/// <summary>A transaction beside which no other command runs, of this host or of another one.</summary>
internal static class ExclusiveTransaction
{
    private const long OneAtATime = 0x45_64_75_41_73_73_69_73; // the name of our lock: EduAssis

    /// <summary>
    /// Begins it: immediate on SQLite, under a lock of the database on PostgreSQL, so that a second host waits too.
    /// </summary>
    internal static async Task<IDbContextTransaction> BeginAsync(AppDbContext db, Database database)
    {
        var transaction = await db.Database.BeginTransactionAsync();
        if (database.Kind == DatabaseKind.PostgreSql)
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({OneAtATime})");
        await database.Keys.RefreshAsync(db);
        return transaction;
    }
}

/// <summary>Lets through one after the other, in this process: waiting here costs no connection.</summary>
internal sealed class ExclusiveGate : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Waits until nobody else is inside, and keeps everybody else out meanwhile.</summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="patience">Of the wait; null: as long as it takes.</param>
    /// <param name="cancellation">Of the wait.</param>
    /// <exception cref="DatabaseOutageException">It took longer.</exception>
    internal async Task<T> EnterAsync<T>(Func<Task<T>> work, TimeSpan? patience, CancellationToken cancellation)
    {
        if (!await gate.WaitAsync(patience ?? Timeout.InfiniteTimeSpan, cancellation))
            throw new DatabaseOutageException($"排在前面的办理 {patience!.Value.TotalSeconds:0} 秒还没有办完。");
        try
        {
            return await work();
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
