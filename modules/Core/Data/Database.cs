using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace EduAssist.Data;

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
    internal const string ApplicationName = "EduAssist";

    /// <summary>Seconds that a file locked by another process is waited for; a thread waits with it.</summary>
    private const int LockPatience = 10;

    private readonly DbContextOptions options;
    private readonly string connection;
    private readonly byte[]? masterKey;
    private bool isBackingUp;

    /// <summary>A database, not touched yet: <see cref="Upgrade"/> comes first.</summary>
    /// <param name="connection">
    /// A path is a file of SQLite; a text with <c>Host=</c> is a connection string of PostgreSQL.
    /// </param>
    /// <param name="folder">Where backups and, unless it is given, the master key lie.</param>
    /// <param name="masterKey">
    /// 32 bytes in Base64, by which the keys in the database are encrypted; null: of the file <c>master.key</c>, which
    /// the first start makes.
    /// </param>
    /// <param name="tables">What is stored: Core's own first, then those of the loaded modules.</param>
    /// <exception cref="OperatorException">The connection or the key cannot be read.</exception>
    public Database(string connection, string folder, string? masterKey, IReadOnlyList<ModuleTables> tables)
        : this(connection, folder, masterKey is null ? null : KeyOf(masterKey, "配置项 MasterKey"), tables) { }

    private Database(
        string connection,
        string folder,
        byte[]? masterKey,
        IReadOnlyList<ModuleTables> tables,
        bool pooling = true
    )
    {
        ArgumentNullException.ThrowIfNull(connection);
        (Folder, this.masterKey, Tables) = (folder, masterKey, tables);
        Kind = connection.Contains("Host=", StringComparison.OrdinalIgnoreCase)
            ? DatabaseKind.PostgreSql
            : DatabaseKind.Sqlite;
        try
        {
            this.connection =
                Kind == DatabaseKind.Sqlite
                    ? new SqliteConnectionStringBuilder
                    {
                        DataSource = Path.GetFullPath(connection),
                        ForeignKeys = true,
                        Pooling = pooling,
                        DefaultTimeout = LockPatience,
                    }.ToString()
                    : ServerString(connection);
        }
        catch (Exception malformed) when (malformed is ArgumentException or KeyNotFoundException)
        {
            throw new OperatorException(
                "配置项 Database 无法读取：须为 SQLite 的文件名，或者 PostgreSQL 的连接串"
                    + "（Host=…;Database=…;Username=…;Password=…），请核对每一项的名称和值。",
                malformed
            );
        }

        options = Use(new()).Options;
    }

    /// <summary>Which it is.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>The file of SQLite; null of PostgreSQL.</summary>
    public string? File =>
        Kind == DatabaseKind.Sqlite ? new SqliteConnectionStringBuilder(connection).DataSource : null;

    /// <summary>Where backups and the master key lie.</summary>
    public string Folder { get; }

    /// <summary>
    /// Whether the end of the audit's chain is kept in the data folder, too. Not of a demo, whose key everybody knows
    /// and whose database is deleted to begin anew.
    /// </summary>
    public bool KeepsHeadOutside { get; init; } = true;

    /// <summary>The end of the audit's chain in the data folder; null: none is kept.</summary>
    internal AuditHeadFile? HeadFile => KeepsHeadOutside ? HeadFileOf(Keys) : null;

    /// <summary>The same file, by the keys of a backup that is to become this database.</summary>
    internal AuditHeadFile HeadFileOf(KeyRing keys)
    {
        var name = File is { } file
            ? Path.GetFileNameWithoutExtension(file)
            : new NpgsqlConnectionStringBuilder(connection).Database ?? "";
        return new(
            Path.GetFullPath(
                Path.Combine(Folder, $"audit-{string.Join('_', name.Split(Path.GetInvalidFileNameChars()))}.head")
            ),
            keys
        );
    }

    /// <summary>What backups are marked with: made from the master key alone, which every restore needs.</summary>
    internal byte[] BackupKey() => BackupKey(exists: true);

    /// <param name="exists">Whether the database has keys; without any, its master key may still be made.</param>
    internal byte[] BackupKey(bool exists) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Master(exists), KeyRing.KeyBytes, info: "backup"u8.ToArray());

    private volatile bool isUpgraded;

    /// <summary>Encrypts columns and makes blind indexes.</summary>
    public KeyRing Keys { get; } = new();

    /// <summary>What is stored, by the module's id; Core's own first.</summary>
    internal IReadOnlyList<ModuleTables> Tables { get; }

    /// <summary>
    /// Another database with the same modules and keys, whose EF model and compiled queries this one uses; null: it has
    /// its own.
    /// </summary>
    internal Database? ModelTemplate { get; init; }

    /// <summary>A context for a command: unfiltered, tracking changes.</summary>
    /// <exception cref="DatabaseOutageException">The file was taken away while the program ran.</exception>
    internal AppDbContext Open()
    {
        DemandFile();
        return new(options, this);
    }

    /// <summary>
    /// SQLite goes on writing to a file that was deleted, and makes an empty one for the next connection: what was
    /// acknowledged then would be lost.
    /// </summary>
    private void DemandFile()
    {
        if (isUpgraded && File is { } file && !System.IO.File.Exists(file))
            throw new DatabaseOutageException(
                $"数据库文件 {file} 不在了；请停止服务，把它放回原处，或者用 restore 恢复最近的备份。"
            );
    }

    /// <summary>
    /// A context for tables that no reader sees: users, keys. What a reader asks for is never read through it.
    /// </summary>
    public AppDbContext OpenUnfiltered()
    {
        var db = Open();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>
    /// Begins a snapshot: until it is disposed of, <paramref name="db"/> reads the database as of one moment, and
    /// writers do not wait for it.
    /// </summary>
    internal async Task<IAsyncDisposable> BeginSnapshotAsync(AppDbContext db)
    {
        if (Kind == DatabaseKind.PostgreSql)
            return await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await db.Database.OpenConnectionAsync();
        // an immediate transaction would take the write lock
        var moment = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        await db.Database.UseTransactionAsync(moment);
        return moment;
    }

    /// <summary>A context for one reader, filtered by what they may see.</summary>
    /// <param name="access">What they may see.</param>
    /// <exception cref="DatabaseOutageException">The file was taken away while the program ran.</exception>
    public ScopedReadDbContext Read(AccessScope access)
    {
        DemandFile();
        return new(options, this, access);
    }

    /// <summary>Asks the database for something: throws where it cannot be reached.</summary>
    public async Task PingAsync(CancellationToken cancellation)
    {
        await using var db = Open();
        await db.Set<AuditHead>().AnyAsync(cancellation);
    }

    /// <summary>Creates what is not there, upgrades what is older, and reads the keys.</summary>
    /// <param name="now">Of the start.</param>
    /// <param name="tell">Takes a line for the operator: what was backed up, what was upgraded.</param>
    /// <exception cref="OperatorException">
    /// A table leaves open who sees it, or whom it concerns; the database is newer than the program, cannot be reached,
    /// or belongs to another master key.
    /// </exception>
    public void Upgrade(DateTimeOffset now, Action<string> tell)
    {
        ArgumentNullException.ThrowIfNull(tell);
        using (var declared = Open())
            // building the model checks the tables: a faulty one is refused before the database is touched
            _ = declared.Model;
        try
        {
            if (File is { } file)
            {
                if (Directory.Exists(file))
                    throw new OperatorException(
                        $"数据库无法使用：{file} 是文件夹；请移开它，或者用配置项 Database 指明一个文件。"
                    );
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                OwnerOnlyFiles.EnsureOwnerOnly(file);
                using var opened = Connect();
                opened.Execute("PRAGMA journal_mode = WAL"); // kept in the file
            }

            // a copy of a template has its tables already
            var isMigrated = ModelTemplate is null && Migrate(now, tell);
            Keys.Load(Open, Master, now);
            AuditUpgrade.RunAsync(this, isMigrated, tell).GetAwaiter().GetResult();
            isUpgraded = true;
        }
        catch (Exception refused) when (Unusable(refused) is { } told)
        {
            throw new OperatorException(told);
        }
    }

    /// <summary>
    /// Switches the JIT compiler of PostgreSQL off, unless the operator has given options: queries here are short, and
    /// compiling one takes longer than running it. A server that has frozen is waited for by each attempt to reach it,
    /// and by two to cancel a command: with ten seconds each, the answer is there within a minute.
    /// </summary>
    private static string ServerString(string connection)
    {
        var server = new NpgsqlConnectionStringBuilder(connection) { ApplicationName = ApplicationName };
        server.Options ??= "-c jit=off";
        if (!new DbConnectionStringBuilder { ConnectionString = connection }.ContainsKey("Timeout"))
            server.Timeout = 10;
        return server.ToString();
    }

    /// <summary>
    /// What to tell the operator about a database that cannot be reached, opened, read or written; null: the exception
    /// has another cause.
    /// </summary>
    internal string? Unusable(Exception refused)
    {
        const string Rights = "运行程序的用户须能读写它和它所在的文件夹";
        var why = refused switch
        {
            SqliteException broken => broken.SqliteErrorCode switch
            {
                SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT =>
                    "文件已损坏，或者不是数据库；请停止服务，把它移到别处，再用 restore 恢复最近的备份",
                SQLitePCL.raw.SQLITE_CANTOPEN => $"打不开；{Rights}",
                SQLitePCL.raw.SQLITE_READONLY => $"只能读；{Rights}",
                SQLitePCL.raw.SQLITE_FULL => "磁盘已满；请腾出空间再试",
                SQLitePCL.raw.SQLITE_IOERR => "磁盘读写出错；请检查磁盘",
                _ => null,
            },
            PostgresException { SqlState: "28P01" or "28000" } => "服务器不接受用户名或密码；请检查配置项 Database",
            PostgresException { SqlState: "3D000" } => "服务器上没有这个数据库；请先建立它，或者检查配置项 Database",
            PostgresException { SqlState: "42501" } => "用户的权限不够；数据库须归它所有",
            PostgresException { IsTransient: true } busy => $"服务器暂时不能用（{busy.SqlState}）；请过一会儿再试",
            NpgsqlException { SqlState: null } or NpgsqlException { IsTransient: true } =>
                "连不上服务器；请检查它是否在运行，以及配置项 Database 的主机和端口",
            _ => null,
        };
        return why is null ? null : $"数据库无法使用：{Place} {why}。";
    }

    /// <summary>The file, or the name on its server; no password is in it.</summary>
    private string Place =>
        File
        ?? (
            new NpgsqlConnectionStringBuilder(connection) is var server
                ? $"{server.Host}:{server.Port}/{server.Database}"
                : ""
        );

    /// <returns>Whether the audit was there already, and was upgraded.</returns>
    private bool Migrate(DateTimeOffset now, Action<string> tell)
    {
        List<(string Module, List<string> Pending, bool IsNew)> steps = [];
        foreach (var tables in Tables)
        {
            var module = tables.Module;
            using var schema = SchemaOf(tables);
            var applied = schema.Database.GetAppliedMigrations().ToList();
            var known = schema.Database.GetMigrations().ToList();
            if (applied.Except(known).FirstOrDefault() is { } newer)
                throw new OperatorException(
                    $"数据库比程序新：模块 {module} 的 {newer} 是更新的程序留下的。请使用更新的程序，或者恢复旧的备份。"
                );
            steps.Add((module, [.. known.Except(applied)], applied.Count == 0));
        }

        if (steps.TrueForAll(s => s.Pending.Count == 0))
            return false;
        if (steps.Exists(s => !s.IsNew))
            tell($"升级前已备份到 {BackUp("before-upgrade", now)}");

        if (Kind == DatabaseKind.Sqlite)
            ForgetKilledUpgrade();
        foreach (var (tables, (_, pending, _)) in Tables.Zip(steps).Where(s => s.Second.Pending.Count > 0))
        {
            using var schema = SchemaOf(tables);
            schema.Database.Migrate();
            tell($"数据库结构：{tables.Module} {string.Join("、", pending)}");
        }

        return steps.Exists(s => !s.IsNew && s.Pending.Contains(AuditUpgrade.Migration));
    }

    /// <summary>A backup in the folder of backups, one at a time.</summary>
    /// <param name="occasion">The first part of its name.</param>
    /// <param name="now">The second part.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="OperatorException">
    /// It cannot be written, or one is being written: one line in Chinese.
    /// </exception>
    public string BackUp(string occasion, DateTimeOffset now)
    {
        if (Interlocked.Exchange(ref isBackingUp, true))
            throw new OperatorException("正在备份，请等它办完，再看备份列表。");
        try
        {
            var backups = Directory.CreateDirectory(BackupFolder).FullName;
            var names = Enumerable
                .Range(1, int.MaxValue)
                .Select(n =>
                    Path.Combine(backups, $"{occasion}-{now:yyyyMMdd-HHmmss}{(n == 1 ? "" : $"-{n}")}.backup")
                );
            var file = names.First(name => !Path.Exists(name));
            Backup.Write(this, file, now);
            return file;
        }
        finally
        {
            Volatile.Write(ref isBackingUp, false);
        }
    }

    /// <summary>What lies in the folder of backups, the newest first.</summary>
    public IReadOnlyList<FileInfo> Backups() =>
        Directory.Exists(BackupFolder)
            ? [.. new DirectoryInfo(BackupFolder).GetFiles("*.backup").OrderByDescending(f => f.LastWriteTimeUtc)]
            : [];

    private string BackupFolder => Path.GetFullPath(Path.Combine(Folder, "backups"));

    /// <summary>Every migration that the program knows of a module.</summary>
    internal IEnumerable<string> MigrationsOf(string module)
    {
        using var schema = SchemaOf(Tables.First(t => t.Module == module));
        return schema.Database.GetMigrations().ToList();
    }

    /// <summary>
    /// The same modules and keys with another file of SQLite, in which a restore builds what then replaces the old one.
    /// </summary>
    internal Database Elsewhere(string file) => new(file, Folder, masterKey, Tables, pooling: false);

    /// <summary>
    /// Describes where a database was looked for and not found. Commands that must not create one ask before they open
    /// it.
    /// </summary>
    /// <returns>Null: there is one with our tables. Otherwise where it was looked for, in Chinese.</returns>
    public string? DescribeMissing()
    {
        try
        {
            if (File is { } file && !System.IO.File.Exists(file))
                return Directory.Exists(file) ? $"{file} 是文件夹" : $"{file} 不存在";
            using var schema = SchemaOf(Tables[0]);
            return schema.Database.GetAppliedMigrations().Any() ? null : $"{Place} 里没有本程序的数据";
        }
        catch (Exception refused) when (Unusable(refused) is { } told)
        {
            throw new OperatorException(told);
        }
    }

    /// <summary>
    /// Makes sure that no database was lost: an empty one beside the master key or the audit's end of another would
    /// look as if nothing had ever been done here.
    /// </summary>
    /// <param name="isNew">
    /// Whether the operator wants to begin anew: what was kept of the former audit is put aside.
    /// </param>
    /// <param name="now">Of the start.</param>
    /// <exception cref="OperatorException">One was lost, or there is one and a new one is wanted.</exception>
    public void CheckNotLost(bool isNew, DateTimeOffset now)
    {
        if (DescribeMissing() is not { } absence)
        {
            if (isNew)
                throw new OperatorException($"数据库 {Place} 已经有了：去掉 --new-database 再启动。");
            return;
        }

        var (head, key) = (HeadFileOf(Keys).Path, Path.GetFullPath(Path.Combine(Folder, "master.key")));
        if (isNew && System.IO.File.Exists(head))
            System.IO.File.Move(head, $"{head}.before-new-{now:yyyyMMdd-HHmmss}");
        var left = isNew ? [] : ((string[])[key, head]).Where(System.IO.File.Exists).ToList();
        if (left.Count > 0)
            throw new OperatorException(
                $"没有数据库：{absence}；而 {string.Join(" 和 ", left)} 还在，这里曾有数据库。请把它放回原处，"
                    + "或者用 restore 恢复最近的备份；数据在别处的，用配置项 Database 指明；"
                    + "确实要建立空的，加上 --new-database 再来一次。"
            );
    }

    /// <summary>Makes sure that nobody else uses it.</summary>
    /// <exception cref="OperatorException">Somebody does, or it cannot be reached.</exception>
    internal void CheckAlone()
    {
        try
        {
            if (File is { } file)
            {
                using var there = ProgramTables.OpenFile(file, SqliteOpenMode.ReadWrite);
                BackupRestore.Alone(there);
            }
            else
            {
                using var there = (NpgsqlConnection)Connect();
                BackupRestore.Alone(there);
            }
        }
        catch (Exception refused) when (Unusable(refused) is { } told)
        {
            throw new OperatorException(told);
        }
    }

    /// <summary>Makes sure that the master key opens the keys in a copy of a database.</summary>
    /// <exception cref="OperatorException">It does not, or there is none.</exception>
    /// <returns>The keys.</returns>
    internal IReadOnlyList<(int Id, byte[] Wrapped)> CheckMaster(SqliteConnection data)
    {
        using var command = data.Command("SELECT \"Id\", \"Wrapped\" FROM core_encryption_key");
        using var rows = (SqliteDataReader)command.ExecuteReader();
        List<(int Id, byte[] Wrapped)> keys = [];
        while (rows.Read())
            keys.Add((rows.GetInt32(0), rows.GetFieldValue<byte[]>(1)));
        if (keys.Count == 0)
            return keys;
        using var ring = new AesGcm(Master(exists: true), KeyRing.TagBytes);
        foreach (var (id, wrapped) in keys)
            KeyRing.Unwrap(ring, id, wrapped);
        return keys;
    }

    /// <summary>The marks of the audit in a copy of a database.</summary>
    internal KeyRing MarksOf(IReadOnlyList<(int Id, byte[] Wrapped)> keys) =>
        KeyRing.OfMarks(Master(exists: true), keys);

    /// <summary>
    /// EF takes a lock, a row of a table, while it migrates a file of SQLite. The row of a start that was killed stays,
    /// and the next start would wait for it for ever.
    /// </summary>
    private void ForgetKilledUpgrade()
    {
        using var opened = Connect();
        opened.Execute("DROP TABLE IF EXISTS \"__EFMigrationsLock\"");
    }

    /// <summary>
    /// The context that runs the migrations of one module, with a history table of its own. <see cref="AppDbContext"/>
    /// has no migrations.
    /// </summary>
    internal Schema SchemaOf(ModuleTables tables) =>
        new(Use(new(), tables.Migrations, $"{tables.Module}_migrations").Options);

    /// <summary>A connection of the driver's own, open.</summary>
    internal DbConnection Connect()
    {
        DbConnection opened =
            Kind == DatabaseKind.Sqlite ? new SqliteConnection(connection) : new NpgsqlConnection(connection);
        opened.Open();
        if (opened is SqliteConnection)
            opened.Execute(DurableConnections.Setting);
        return opened;
    }

    /// <summary>
    /// A connection that stays open while the server runs. By it a restore sees that the database is in use, and
    /// refuses.
    /// </summary>
    internal DbConnection OpenKeepAliveConnection()
    {
        var held = Connect();
        // SQLite takes its shared lock with the first query, not when the file is opened
        held.Number("SELECT count(*) FROM core_encryption_key");
        return held;
    }

    private DbContextOptionsBuilder Use(
        DbContextOptionsBuilder builder,
        System.Reflection.Assembly? migrations = null,
        string? history = null
    )
    {
        RowValues.AddTo(builder);
        builder.AddInterceptors(new AppDbContext.MissedChanges());
        builder.ConfigureWarnings(w =>
            w.Ignore(
                RelationalEventId.PendingModelChangesWarning,
                CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning
            )
        );
        return Kind == DatabaseKind.Sqlite
            ? builder
                .AddInterceptors(new DurableConnections())
                .UseSqlite(connection, o =>
                    o.MigrationsAssembly(migrations?.FullName).MigrationsHistoryTable(history ?? "none")
                )
            : builder.UseNpgsql(connection, o =>
                o.MigrationsAssembly(migrations?.FullName).MigrationsHistoryTable(history ?? "none")
            );
    }

    /// <summary>
    /// The configured master key, or that of the file, which is made only for a new database: a new key could not open
    /// an existing ring.
    /// </summary>
    private byte[] Master(bool exists)
    {
        if (masterKey is not null)
            return masterKey;
        var file = Path.Combine(Folder, "master.key");
        if (System.IO.File.Exists(file))
            return KeyOf(System.IO.File.ReadAllText(file).Trim(), file);
        if (exists)
            throw new OperatorException(
                $"没有主密钥：数据库里的密钥须用主密钥解开，而 {file} 不在，也没有配置 MasterKey。"
            );
        Directory.CreateDirectory(Folder);
        var key = RandomNumberGenerator.GetBytes(KeyRing.KeyBytes);
        using var stream = new StreamWriter(OwnerOnlyFiles.Create(file));
        stream.WriteLine(Convert.ToBase64String(key));
        return key;
    }

    internal static byte[] KeyOf(string text, string where)
    {
        var key = new byte[KeyRing.KeyBytes];
        return Convert.TryFromBase64String(text, key, out var written) && written == key.Length
            ? key
            : throw new OperatorException($"{where} 须为 32 字节的 Base64。");
    }
}

/// <summary>
/// Makes every commit wait until it is on the disk (<c>synchronous = FULL</c>), so that an answer that was given
/// survives a power failure. SQLite forgets this setting with the connection; that of the write-ahead log is stored in
/// the file.
/// </summary>
internal sealed class DurableConnections : DbConnectionInterceptor
{
    internal const string Setting = "PRAGMA synchronous = FULL";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        connection.Execute(Setting);

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = connection.Command(Setting);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
