using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Office;
using EduAssist.Platform;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace EduAssist.Conformance;

/// <summary>
/// An instance with a database of its own, empty but for the reference data; the database is gone afterwards.
/// </summary>
public sealed class Stored : IDisposable
{
    private static readonly ConcurrentDictionary<
        (DatabaseKind, DateOnly, MethodInfo),
        Lazy<Task<(Stored Made, SemaphoreSlim Gate)>>
    > Firsts = new();

    private readonly OwnDatabases databases;
    private readonly FixedDay? clock;

    /// <summary>A new one.</summary>
    /// <param name="kind">
    /// PostgreSQL is that of <see cref="PostgreSqlServer"/>; a test that wants it <see cref="RequiresAttribute"/>.
    /// </param>
    /// <param name="today">A fixed day, at eight in the morning; null: the clock.</param>
    /// <param name="setting">The configuration.</param>
    /// <param name="modules">Loaded beside the national baseline.</param>
    public Stored(
        DatabaseKind kind,
        DateOnly? today = null,
        Func<string, string?>? setting = null,
        params IReadOnlyList<PolicyModule> modules
    )
    {
        databases = new(kind);
        clock = today is { } day ? new() { Day = day } : null;
        Instance = Instance.Compose(
            Baseline.With(modules),
            setting ?? (_ => null),
            new HolidayFolder(Folder).Table(),
            clock ?? TimeProvider.System
        );
        Connection = Another();
        Commands = Open();
    }

    /// <summary>One of an instance that a test has composed.</summary>
    /// <param name="kind">Of the database.</param>
    /// <param name="instance">What is loaded.</param>
    public Stored(DatabaseKind kind, Instance instance)
    {
        databases = new(kind);
        Instance = instance;
        Connection = Another();
        Commands = Open();
    }

    /// <summary>A copy of another, which is at rest.</summary>
    private Stored(
        DatabaseKind kind,
        Stored other,
        DateOnly today,
        Func<string, string?>? setting,
        IReadOnlyList<PolicyModule> modules
    )
    {
        databases = new(kind);
        clock = new() { Day = today };
        Instance = Instance.Compose(
            Baseline.With(modules),
            setting ?? (_ => null),
            new HolidayFolder(Folder).Table(),
            clock
        );
        Connection = databases.Next(other.databases, other.Connection);
        Commands = Open(other.Commands.Database);
    }

    /// <summary>One that begins where another stands: what many tests begin with is made once.</summary>
    /// <param name="kind">Of both.</param>
    /// <param name="today">A fixed day.</param>
    /// <param name="furnish">What the first one is filled with, where nothing is configured.</param>
    /// <param name="setting">The configuration of the copy; null: none.</param>
    /// <param name="modules">Loaded beside the national baseline.</param>
    public static async Task<Stored> Like(
        DatabaseKind kind,
        DateOnly today,
        Func<Stored, Task> furnish,
        Func<string, string?>? setting = null,
        params IReadOnlyList<PolicyModule> modules
    )
    {
        ArgumentNullException.ThrowIfNull(furnish);
        var first = await Firsts
            .GetOrAdd((kind, today, furnish.Method), _ => new(async () =>
                {
                    var made = new Stored(kind, today, null, modules);
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => made.databases.Dispose();
                    await furnish(made);
                    made.Commands.Dispose();
                    SqliteConnection.ClearAllPools();
                    NpgsqlConnection.ClearAllPools();
                    return (made, new SemaphoreSlim(1));
                }))
            .Value;
        await first.Gate.WaitAsync(); // PostgreSQL copies for one at a time
        try
        {
            return new(kind, first.Made, today, setting, modules);
        }
        finally
        {
            first.Gate.Release();
        }
    }

    /// <summary>What is loaded.</summary>
    public Instance Instance { get; }

    /// <summary>What changes it.</summary>
    public CommandExecutor Commands { get; private set; }

    /// <summary>Of the database.</summary>
    public string Connection { get; }

    /// <summary>Where backups and the master key are.</summary>
    public string Folder => databases.Folder;

    /// <summary>
    /// The connection of another database of the same kind, which is not there yet; it is gone with this one.
    /// </summary>
    public string Another() => databases.Next();

    /// <summary>Another day: the next one of a story that goes on for months.</summary>
    public void Turn(DateOnly day) =>
        (clock ?? throw new InvalidOperationException("The clock is the system's.")).Day = day;

    /// <summary>Everything that there is.</summary>
    public ScopedReadDbContext Read() => Commands.Database.Read(AccessScope.Everything);

    /// <summary>The database past the program.</summary>
    public DbConnection Past() => databases.Open(Connection);

    /// <summary>Another database of this one's past the program, by its connection.</summary>
    public DbConnection Past(string connection) => databases.Open(connection);

    /// <summary>Runs a command that must be done.</summary>
    public async Task<CommandResult> Do(Func<UnitOfWork, Task<CommandResult>> work, string? key = null)
    {
        var result = await Commands.ExecuteAsync(new(Actor.Local, key), work);
        Assert.True(result.IsDone, result.Text);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Commands.Dispose();
        databases.Dispose();
    }

    private CommandExecutor Open(Database? twin = null)
    {
        var database = new Database(Connection, Folder, null, Instance.Tables) { ModelTemplate = twin };
        database.Upgrade(Instance.Today.Now, _ => { });
        var commands = new CommandExecutor(Instance, database);
        if (twin is null)
            commands.PrepareDatabaseAsync().GetAwaiter().GetResult();
        else
            Instance
                .Tables.SelectMany(t => t.Startups)
                .OfType<ListingStartup>()
                .Single()
                .StartedAsync(commands)
                .GetAwaiter()
                .GetResult();
        return commands;
    }

    private sealed class FixedDay : TimeProvider
    {
        internal DateOnly Day { get; set; }

        public override DateTimeOffset GetUtcNow() => new(Day, new(8, 0), Today.Offset);
    }
}

/// <summary>A test that runs on every database; on PostgreSQL it is skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryDatabaseAttribute : Xunit.v3.DataAttribute
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        Xunit.Sdk.DisposalTracker disposalTracker
    ) =>
        new([
            .. Enum.GetValues<DatabaseKind>()
                .Select(kind => new TheoryDataRow<DatabaseKind>(kind) { Skip = kind.Skipped() }),
        ]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
