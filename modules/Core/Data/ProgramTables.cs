using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EduAssist.Data;

/// <summary>
/// The tables of ours in a database, whatever else lies there and whichever modules are loaded: each module has a table
/// of its migrations, and every table of the module begins with its id.
/// </summary>
internal static class ProgramTables
{
    internal const string History = "_migrations";

    /// <summary>Every table of ours, histories too.</summary>
    internal static IReadOnlyList<string> List(DbConnection connection)
    {
        var all = connection.Texts(
            connection is NpgsqlConnection
                ? "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
                : "SELECT name FROM sqlite_master WHERE type = 'table'"
        );
        var modules = all.Where(t => t.EndsWith(History, StringComparison.Ordinal))
            .Select(t => t[..^(History.Length - 1)])
            .ToList();
        return
        [
            .. all.Where(t => modules.Exists(m => t.StartsWith(m, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The migrations that were applied, by module, in their order.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Migrations(DbConnection connection) =>
        List(connection)
            .Where(t => t.EndsWith(History, StringComparison.Ordinal))
            .ToDictionary(
                t => t[..^History.Length],
                t => connection.Texts($"SELECT \"MigrationId\" FROM {Quoted(t)} ORDER BY \"MigrationId\"")
            );

    internal static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>
    /// Opens a file of SQLite without connection pooling: a pooled connection would keep the file open, and it could
    /// not be moved.
    /// </summary>
    internal static SqliteConnection OpenFile(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    internal static DbCommand Command(this DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    internal static void Execute(this DbConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        command.ExecuteNonQuery();
    }

    internal static IReadOnlyList<string> Texts(this DbConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        using var rows = command.ExecuteReader();
        List<string> texts = [];
        while (rows.Read())
            texts.Add(rows.GetString(0));
        return texts;
    }

    internal static long Number(this DbConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        return Convert.ToInt64(command.ExecuteScalar());
    }
}
