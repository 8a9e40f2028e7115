using System.Data;
using EduAssist.Kernel.Provisions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EduAssist.Data;

/// <summary>
/// Backups (备份) of a database in use: what was committed when it began, whole, in one file of one format for both
/// databases, so that a backup of either is restored to either. The master key is not in it, and marks it: nobody
/// without that key can alter one, or make one up.
/// </summary>
/// <remarks>See <see cref="BackupFile"/> for the form, <see cref="BackupRestore"/> for the way back.</remarks>
public static class Backup
{
    /// <summary>Writes one.</summary>
    /// <param name="database">In use or not, and of any age: what is in it is copied as it is.</param>
    /// <param name="file">Must not be there; it is there when the backup is whole.</param>
    /// <param name="now">Of the backup.</param>
    /// <exception cref="OperatorException">
    /// There is no database, or it belongs to another master key; the file is there already or cannot be written: one
    /// line in Chinese.
    /// </exception>
    public static BackupHead Write(Database database, string file, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(file);
        file = Path.GetFullPath(file);
        if (Path.Exists(file))
            throw IsThere(file);
        if (database.File is { } stored && !File.Exists(stored))
            throw new OperatorException($"没有可备份的数据库：{stored} 不存在。");
        if (!Directory.Exists(Path.GetDirectoryName(file)))
            throw new OperatorException($"不能写 {file}：没有这个文件夹。");
        using var place = new WorkFolder(Path.GetDirectoryName(file)!);
        try
        {
            Copy(database, place["data.db"]);
            var head = BackupHead.Create(place["data.db"], database.Kind, now);
            if (head.Migrations.Count == 0)
                throw new OperatorException("没有可备份的数据库：其中没有本程序的数据。");
            bool hasKeys;
            using (var copy = ProgramTables.OpenFile(place["data.db"], SqliteOpenMode.ReadOnly))
                hasKeys = database.CheckMaster(copy).Count > 0;
            BackupFile.Write(place["whole"], head, place["data.db"], database.BackupKey(hasKeys));
            File.Move(place["whole"], file, overwrite: false);
            return head;
        }
        catch (IOException) when (Path.Exists(file)) // somebody else has made it meanwhile
        {
            throw IsThere(file);
        }
        catch (Exception refused) when (database.Unusable(refused) is { } told)
        {
            throw new OperatorException(told);
        }
    }

    private static OperatorException IsThere(string file) =>
        new($"{file} 已经存在；备份不覆盖任何文件，请换一个文件名。");

    private static void Copy(Database database, string data)
    {
        using var from = database.Connect();
        if (from is NpgsqlConnection server)
        {
            Copy(server, data);
            return;
        }

        using var command = ((SqliteConnection)from).CreateCommand();
        command.CommandText = "VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", data);
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// One snapshot of the server, as rows: the tables have no types, so that nothing is converted on the way.
    /// </summary>
    private static void Copy(NpgsqlConnection from, string data)
    {
        using var to = ProgramTables.OpenFile(data, SqliteOpenMode.ReadWriteCreate);
        using var snapshot = from.BeginTransaction(IsolationLevel.RepeatableRead);
        using var all = to.BeginTransaction();
        foreach (var table in ProgramTables.List(from))
            Copy(from, to, table);
        all.Commit();
    }

    private static void Copy(NpgsqlConnection from, SqliteConnection to, string table)
    {
        using var select = from.Command($"SELECT * FROM {ProgramTables.Quoted(table)}");
        using var rows = select.ExecuteReader();
        var columns = Enumerable.Range(0, rows.FieldCount).Select(i => ProgramTables.Quoted(rows.GetName(i))).ToList();
        to.Execute($"CREATE TABLE {ProgramTables.Quoted(table)} ({string.Join(", ", columns)})");
        using var insert = to.CreateCommand();
        var values = columns.Select((_, i) => insert.Parameters.Add(new SqliteParameter($"${i}", null))).ToList();
        insert.CommandText =
            $"INSERT INTO {ProgramTables.Quoted(table)} "
            + $"VALUES ({string.Join(", ", values.Select(v => v.ParameterName))})";
        while (rows.Read())
        {
            for (var i = 0; i < values.Count; i++)
                values[i].Value = rows.GetValue(i);
            insert.ExecuteNonQuery();
        }
    }
}

/// <summary>
/// A folder of its own for what is not whole yet; nobody else may look into it, and it is gone afterwards.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly string path;

    /// <param name="parent">Where the result will be.</param>
    /// <exception cref="OperatorException">Nothing can be written there.</exception>
    internal WorkFolder(string parent)
    {
        path = Path.Combine(parent, $".eduassist-{Guid.NewGuid():n}.part");
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(
                    path,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"不能写 {parent}：磁盘已满，或者运行程序的用户没有写它的权限。", refused);
        }
    }

    internal string this[string file] => Path.Combine(path, file);

    public void Dispose() => Directory.Delete(path, recursive: true);
}
