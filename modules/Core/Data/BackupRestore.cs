using System.Data.Common;
using EduAssist.Kernel.Provisions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EduAssist.Data;

/// <summary>
/// A backup put back (恢复): all of it, or nothing has changed. The tables are made by the migrations that the backup
/// names, so that they are what they were on whichever database, and then filled; the next start upgrades them.
/// </summary>
public static class BackupRestore
{
    private static readonly Dictionary<Type, Func<SqliteDataReader, int, object>> Values = new()
    {
        [typeof(string)] = (row, i) => row.GetString(i),
        [typeof(byte[])] = (row, i) => row.GetFieldValue<byte[]>(i),
        [typeof(Guid)] = (row, i) => row.GetGuid(i),
        [typeof(int)] = (row, i) => row.GetInt32(i),
        [typeof(long)] = (row, i) => row.GetInt64(i),
        [typeof(bool)] = (row, i) => row.GetBoolean(i),
        [typeof(double)] = (row, i) => row.GetDouble(i),
        [typeof(decimal)] = (row, i) => row.GetDecimal(i),
        [typeof(DateOnly)] = (row, i) => row.GetFieldValue<DateOnly>(i),
        [typeof(DateTime)] = (row, i) => DateTime.SpecifyKind(row.GetDateTime(i), DateTimeKind.Utc),
    };

    /// <summary>Restores a backup.</summary>
    /// <param name="database">Not in use.</param>
    /// <param name="file">The backup; verified before anything is touched.</param>
    /// <param name="replace">Whether what the database holds may be replaced; a backup of it is made first.</param>
    /// <param name="now">Of the restoring.</param>
    /// <param name="tell">Takes a line for the operator.</param>
    /// <exception cref="OperatorException">
    /// The file is no backup, damaged, newer than the program or of another master key; the database is in use, or
    /// holds data and may not be replaced: one line in Chinese.
    /// </exception>
    public static BackupHead Restore(
        Database database,
        string file,
        bool replace,
        DateTimeOffset now,
        Action<string> tell
    )
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(tell);
        file = Path.GetFullPath(file);
        CheckVersion(database, BackupFile.Verify(file, database.BackupKey));
        Directory.CreateDirectory(database.Folder);
        using var place = new WorkFolder(database.Folder);
        var head = BackupFile.Read(file, place["data.db"], database.BackupKey);
        IReadOnlyList<(int Id, byte[] Wrapped)> keys;
        using (var data = ProgramTables.OpenFile(place["data.db"], SqliteOpenMode.ReadOnly))
            keys = database.CheckMaster(data);
        try
        {
            if (database.File is { } target)
                Into(target, database, head, place, replace, now, tell);
            else
                Into(database, head, place, replace, now, tell);
            if (database.KeepsHeadOutside && keys.Count > 0)
                KeepHead(database.HeadFileOf(database.MarksOf(keys)), place["data.db"], head, now, tell);
            return head;
        }
        catch (Exception refused) when (database.Unusable(refused) is { } told)
        {
            throw new OperatorException(told);
        }
    }

    private static void CheckVersion(Database database, BackupHead head)
    {
        foreach (var (module, applied) in head.Migrations)
        {
            if (database.Tables.All(t => t.Module != module))
                throw new OperatorException(
                    $"备份里有模块 {module} 的数据，而它没有加载；请先把它加进配置项 Modules。没有恢复任何数据。"
                );
            if (applied.Except(database.MigrationsOf(module)).FirstOrDefault() is { } newer)
                throw new OperatorException(
                    $"备份比程序新：模块 {module} 的 {newer} 是更新的程序（{head.Program}）留下的。请使用更新的程序。没有恢复任何数据。"
                );
        }
    }

    /// <summary>
    /// The end of the audit's chain beside the database becomes that of the backup. What it was is kept beside it,
    /// told, and noted in the audit by the next start.
    /// </summary>
    private static void KeepHead(
        AuditHeadFile audit,
        string data,
        BackupHead head,
        DateTimeOffset now,
        Action<string> tell
    )
    {
        var before = audit.Exists ? (audit.Read().Head?.ToString() ?? "unreadable") : "none";
        if (audit.Exists)
        {
            var aside = $"{audit.Path}.before-restore-{now:yyyyMMdd-HHmmss}";
            File.Move(audit.Path, aside, overwrite: true);
            tell($"恢复前的审计链尾 {before} 已移到 {aside}");
        }

        // a backup from before entries had marks gets its file when the next start upgrades it
        if (!head.Migrations.Values.Any(applied => applied.Contains(AuditUpgrade.Migration)))
            return;
        using var copy = ProgramTables.OpenFile(data, SqliteOpenMode.ReadOnly);
        using var command = copy.Command("SELECT \"Sequence\", \"Mac\" FROM core_audit_seal ORDER BY 1 DESC LIMIT 1");
        using var last = (SqliteDataReader)command.ExecuteReader();
        audit.Write(last.Read() ? new(last.GetInt64(0), last.GetFieldValue<byte[]>(1)) : ChainHead.Beginning, before);
    }

    private static void MayReplace(
        Database database,
        DbConnection there,
        bool replace,
        DateTimeOffset now,
        Action<string> tell
    )
    {
        if (ProgramTables.List(there).Count == 0)
            return;
        if (!replace)
            throw new OperatorException(
                "数据库里已有数据，没有恢复。确要用备份取代它，请加 --replace；取代之前会先备份现有数据。"
            );
        tell($"恢复前已把现有数据备份到 {database.BackUp("before-restore", now)}");
    }

    /// <summary>
    /// SQLite: a new file is made beside the old one and copied over it in one transaction. SQLite refuses that while
    /// another process has the old file open.
    /// </summary>
    private static void Into(
        string target,
        Database database,
        BackupHead head,
        WorkFolder place,
        bool replace,
        DateTimeOffset now,
        Action<string> tell
    )
    {
        if (File.Exists(target))
        {
            using var there = ProgramTables.OpenFile(target, SqliteOpenMode.ReadWrite);
            Alone(there);
            MayReplace(database, there, replace, now, tell);
        }

        var fresh = database.Elsewhere(place["fresh.db"]);
        foreach (var tables in fresh.Tables.Where(t => head.Migrations.ContainsKey(t.Module)))
        {
            using var schema = fresh.SchemaOf(tables);
            schema.GetService<IMigrator>().Migrate(head.Migrations[tables.Module][^1]);
        }

        using var made = ProgramTables.OpenFile(place["fresh.db"], SqliteOpenMode.ReadWrite);
        made.Execute("PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = OFF");
        made.Execute($"ATTACH '{place["data.db"].Replace("'", "''", StringComparison.Ordinal)}' AS data");
        using (var all = made.BeginTransaction())
        {
            foreach (var table in Filled(made, head))
            {
                var columns = string.Join(
                    ", ",
                    made.Texts($"SELECT name FROM pragma_table_info('{table}')").Select(ProgramTables.Quoted)
                );
                made.Execute(
                    $"INSERT INTO main.{ProgramTables.Quoted(table)} ({columns}) SELECT {columns} FROM data.{ProgramTables.Quoted(table)}"
                );
            }

            all.Commit();
        }

        made.Execute("DETACH data");
        if (made.Texts("SELECT \"table\" FROM pragma_foreign_key_check") is [var broken, ..])
            throw Contradicts(broken);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        OwnerOnlyFiles.EnsureOwnerOnly(target);
        using var old = ProgramTables.OpenFile(target, SqliteOpenMode.ReadWriteCreate);
        Alone(old);
        made.BackupDatabase(old);
    }

    /// <summary>
    /// Fails while another connection has the file open: only a single connection can switch the write-ahead log off.
    /// </summary>
    internal static void Alone(SqliteConnection there)
    {
        try
        {
            using var command = there.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = DELETE";
            command.CommandTimeout = 1;
            command.ExecuteNonQuery();
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            throw InUse();
        }
    }

    /// <summary>
    /// The same for PostgreSQL. A server process ends a moment after its client, so the answer is waited for a second,
    /// as SQLite does.
    /// </summary>
    internal static void Alone(NpgsqlConnection there)
    {
        const string Others =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            + $"AND application_name = '{Database.ApplicationName}' AND pid <> pg_backend_pid()";
        for (var tenths = 0; there.Number(Others) > 0; tenths++)
        {
            if (tenths == 10)
                throw InUse();
            there.Execute("SELECT pg_sleep(0.1), pg_stat_clear_snapshot()");
        }
    }

    /// <summary>
    /// PostgreSQL: rows are inserted, and tables dropped and created, in one transaction; DDL is transactional there.
    /// </summary>
    private static void Into(
        Database database,
        BackupHead head,
        WorkFolder place,
        bool replace,
        DateTimeOffset now,
        Action<string> tell
    )
    {
        using (var schema = database.SchemaOf(database.Tables[0]))
        {
            var creator = schema.GetService<IRelationalDatabaseCreator>();
            if (!creator.Exists())
                creator.Create();
        }

        using var to = (NpgsqlConnection)database.Connect();
        Alone(to);
        MayReplace(database, to, replace, now, tell);
        using var all = to.BeginTransaction();
        foreach (var table in ProgramTables.List(to))
            to.Execute($"DROP TABLE {ProgramTables.Quoted(table)} CASCADE");
        foreach (var tables in database.Tables.Where(t => head.Migrations.ContainsKey(t.Module)))
        {
            using var schema = database.SchemaOf(tables);
            Migrate(schema, to, head.Migrations[tables.Module]);
        }

        const string ForeignKeys =
            "FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conrelid::regclass::text = ANY(string_to_array('{0}', ' '))";
        var own = string.Format(ForeignKeys, string.Join(' ', ProgramTables.List(to)));
        var add = to.Texts(
            $"SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) {own}"
        );
        foreach (
            var drop in to.Texts(
                $"SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) {own}"
            )
        )
            to.Execute(drop);
        using (var data = ProgramTables.OpenFile(place["data.db"], SqliteOpenMode.ReadOnly))
        {
            foreach (var table in Filled(to, head))
                Fill(data, to, table);
        }

        try
        {
            foreach (var constraint in add)
                to.Execute(constraint);
        }
        catch (PostgresException broken) when (broken.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw Contradicts(broken.TableName);
        }

        all.Commit();
    }

    /// <summary>
    /// Applies migrations as EF's migrator does. EF's own first queries the history table, and where that is missing
    /// the error aborts the transaction that we are in.
    /// </summary>
    private static void Migrate(Schema schema, NpgsqlConnection to, IEnumerable<string> ids)
    {
        var (known, history) = (schema.GetService<IMigrationsAssembly>(), schema.GetService<IHistoryRepository>());
        to.Execute(history.GetCreateScript());
        foreach (var id in ids)
        {
            var migration = known.CreateMigration(known.Migrations[id], schema.Database.ProviderName!);
            foreach (var command in schema.GetService<IMigrationsSqlGenerator>().Generate(migration.UpOperations))
                to.Execute(command.CommandText);
            to.Execute(history.GetInsertScript(new(id, ProductInfo.GetVersion())));
        }
    }

    /// <summary>Every table but the histories, which the migrations have written.</summary>
    private static IEnumerable<string> Filled(DbConnection to, BackupHead head)
    {
        var tables = ProgramTables
            .List(to)
            .Where(t => !t.EndsWith(ProgramTables.History, StringComparison.Ordinal))
            .ToList();
        return
            head
                .Rows.Keys.Where(t => !t.EndsWith(ProgramTables.History, StringComparison.Ordinal))
                .Except(tables)
                .FirstOrDefault()
                is { } unknown
            ? throw Contradicts(unknown)
            : tables;
    }

    private static void Fill(SqliteConnection data, NpgsqlConnection to, string table)
    {
        List<(string Name, string Type, Func<SqliteDataReader, int, object> Read)> columns = [];
        using (var shape = to.Command($"SELECT * FROM {ProgramTables.Quoted(table)} LIMIT 0"))
        using (var row = shape.ExecuteReader())
        {
            for (var i = 0; i < row.FieldCount; i++)
                columns.Add(
                    (ProgramTables.Quoted(row.GetName(i)), row.GetDataTypeName(i), Values[row.GetFieldType(i)])
                );
        }

        var names = string.Join(", ", columns.Select(c => c.Name));
        using var select = data.Command($"SELECT {names} FROM {ProgramTables.Quoted(table)}");
        using var rows = (SqliteDataReader)select.ExecuteReader();
        using var copy = to.BeginBinaryImport(
            $"COPY {ProgramTables.Quoted(table)} ({names}) FROM STDIN (FORMAT BINARY)"
        );
        while (rows.Read())
        {
            copy.StartRow();
            for (var i = 0; i < columns.Count; i++)
            {
                if (rows.IsDBNull(i))
                    copy.WriteNull();
                else
                    copy.Write(columns[i].Read(rows, i), columns[i].Type);
            }
        }

        copy.Complete();
    }

    private static OperatorException Contradicts(string? table) =>
        new($"备份的内容前后矛盾（{table}）。没有恢复任何数据。");

    private static OperatorException InUse() => new("数据库正在使用，没有改动；请先停止服务。");
}
