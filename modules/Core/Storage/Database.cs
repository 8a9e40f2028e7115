using System.Security.Cryptography;
using EduAssist.Core.Policy;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace EduAssist.Core.Storage;

/// <summary>Which database it is.</summary>
public enum DatabaseKind
{
    /// <summary>One file beside the program.</summary>
    Sqlite,

    /// <summary>A server.</summary>
    PostgreSql,
}

/// <summary>Where an instance stores: which database, what is in it, and the keys of its encrypted columns.</summary>
public sealed class Database
{
    private readonly DbContextOptions options;
    private readonly string connection, folder;
    private readonly byte[]? masterKey;

    /// <summary>A database, not touched yet: <see cref="Upgrade"/> comes first.</summary>
    /// <param name="connection">A path is a file of SQLite; a text with <c>Host=</c> is a connection string of PostgreSQL.</param>
    /// <param name="folder">Where backups and, unless it is given, the master key lie.</param>
    /// <param name="masterKey">32 bytes in Base64, by which the keys in the database are encrypted; null: of the file <c>master.key</c>, which the first start makes.</param>
    /// <param name="modules">Those that are loaded.</param>
    /// <exception cref="StartupException">The connection or the key cannot be read.</exception>
    public Database(string connection, string folder, string? masterKey, IReadOnlyList<LoadedModule> modules)
    {
        ArgumentNullException.ThrowIfNull(connection);
        this.folder = folder;
        this.masterKey = masterKey is null ? null : KeyOf(masterKey, "配置项 MasterKey");
        Entities = [("core", new CoreTables()), .. modules.SelectMany(m => m.Contributions.OfType<IEntities>().Select(e => (m.Module.Id, e)))];
        Kind = connection.Contains("Host=", StringComparison.OrdinalIgnoreCase) ? DatabaseKind.PostgreSql : DatabaseKind.Sqlite;
        try
        {
            this.connection = Kind == DatabaseKind.Sqlite
                ? new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(connection), ForeignKeys = true }.ToString()
                : new NpgsqlConnectionStringBuilder(connection) { ApplicationName = "EduAssist" }.ToString();
        }
        catch (Exception malformed) when (malformed is ArgumentException or KeyNotFoundException)
        {
            throw new StartupException($"配置项 Database 无法读取：{malformed.Message.ReplaceLineEndings(" ")}");
        }

        options = Use(new()).Options;
    }

    /// <summary>Which it is.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>The file of SQLite; null of PostgreSQL.</summary>
    public string? File => Kind == DatabaseKind.Sqlite ? new SqliteConnectionStringBuilder(connection).DataSource : null;

    /// <summary>Encrypts columns and makes blind indexes.</summary>
    public KeyRing Keys { get; } = new();

    /// <summary>What is stored, by the module's id; Core's own first.</summary>
    internal IReadOnlyList<(string Module, IEntities Entities)> Entities { get; }

    /// <summary>For acts.</summary>
    internal Db Open() => new(options, this);

    /// <summary>For one reader.</summary>
    /// <param name="sight">What they may see.</param>
    public ReadDb Read(Sight sight) => new(options, this, sight);

    /// <summary>Creates what is not there, upgrades what is older, and reads the keys.</summary>
    /// <param name="now">Of the start.</param>
    /// <param name="tell">Takes a line for the operator: what was backed up, what was upgraded.</param>
    /// <exception cref="StartupException">The database is newer than the program, cannot be reached, or belongs to another master key.</exception>
    public void Upgrade(DateTimeOffset now, Action<string> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
        try
        {
            if (File is { } file) Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            Migrate(now, tell);
            using var db = Open();
            Keys.Load(db, Master, now);
        }
        catch (Exception unreachable) when (unreachable is NpgsqlException { SqlState: null } or NpgsqlException { IsTransient: true } or PostgresException { SqlState: "28P01" or "28000" or "3D000" or "42501" } or SqliteException { SqliteErrorCode: 14 or 26 or 8 })
        {
            throw new StartupException($"数据库无法使用：{unreachable.Message.ReplaceLineEndings(" ")}");
        }
    }

    private void Migrate(DateTimeOffset now, Action<string> tell)
    {
        List<(string Module, List<string> Pending, bool IsNew)> steps = [];
        foreach (var (module, entities) in Entities)
        {
            using var schema = SchemaOf(module, entities);
            var applied = schema.Database.GetAppliedMigrations().ToList();
            var known = schema.Database.GetMigrations().ToList();
            if (applied.Except(known).FirstOrDefault() is { } newer)
                throw new StartupException($"数据库比程序新：模块 {module} 的 {newer} 是更新的程序留下的。请使用更新的程序，或者恢复旧的备份。");
            steps.Add((module, [.. known.Except(applied)], applied.Count == 0));
        }

        if (steps.TrueForAll(s => s.Pending.Count == 0)) return;
        if (steps.Exists(s => !s.IsNew))
        {
            var backup = Path.Combine(folder, "backups", $"before-upgrade-{now:yyyyMMdd-HHmmss}.backup");
            Directory.CreateDirectory(Path.GetDirectoryName(backup)!);
            Backup.Write(this, backup);
            tell($"升级前已备份到 {backup}");
        }

        foreach (var ((module, entities), (_, pending, _)) in Entities.Zip(steps).Where(s => s.Second.Pending.Count > 0))
        {
            using var schema = SchemaOf(module, entities);
            schema.Database.Migrate();
            tell($"数据库结构：{module} {string.Join("、", pending)}");
        }
    }

    /// <summary>The migrations of one module. The only context that has them: <see cref="Db"/> has none.</summary>
    internal Schema SchemaOf(string module, IEntities entities) => new(Use(new(), entities.GetType().Assembly, $"{module}_migrations").Options);

    /// <summary>A connection of the driver's own, open.</summary>
    internal System.Data.Common.DbConnection Connect()
    {
        System.Data.Common.DbConnection opened = Kind == DatabaseKind.Sqlite ? new SqliteConnection(connection) : new NpgsqlConnection(connection);
        opened.Open();
        return opened;
    }

    private DbContextOptionsBuilder Use(DbContextOptionsBuilder builder, System.Reflection.Assembly? migrations = null, string? history = null)
    {
        builder.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning, CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));
        return Kind == DatabaseKind.Sqlite
            ? builder.UseSqlite(connection, o => o.MigrationsAssembly(migrations?.FullName).MigrationsHistoryTable(history ?? "none"))
            : builder.UseNpgsql(connection, o => o.MigrationsAssembly(migrations?.FullName).MigrationsHistoryTable(history ?? "none"));
    }

    /// <summary>The key that was given, or that of the file; a ring that exists already never gets a new one.</summary>
    private byte[] Master(bool exists)
    {
        if (masterKey is not null) return masterKey;
        var file = Path.Combine(folder, "master.key");
        if (System.IO.File.Exists(file)) return KeyOf(System.IO.File.ReadAllText(file).Trim(), file);
        if (exists) throw new StartupException($"没有主密钥：数据库里的密钥须用主密钥解开，而 {file} 不在，也没有配置 MasterKey。");
        Directory.CreateDirectory(folder);
        var key = RandomNumberGenerator.GetBytes(KeyRing.KeyBytes);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new StreamWriter(file, create);
        stream.WriteLine(Convert.ToBase64String(key));
        return key;
    }

    private static byte[] KeyOf(string text, string where)
    {
        var key = new byte[KeyRing.KeyBytes];
        return Convert.TryFromBase64String(text, key, out var written) && written == key.Length ? key : throw new StartupException($"{where} 须为 32 字节的 Base64。");
    }
}
