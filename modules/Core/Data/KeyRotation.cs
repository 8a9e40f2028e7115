using System.Data.Common;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace EduAssist.Data;

/// <summary>
/// Changes the key that encrypts columns (密钥轮换), while servers run: a new one is added to the ring, every command from
/// then on encrypts with it, and older values are encrypted anew, a few rows between two commands at a time. Old keys
/// stay in the ring, since readers meet old values meanwhile.
/// </summary>
public static class KeyRotation
{
    private const int RowsAtOnce = 100;

    /// <summary>
    /// Rotates the key of the columns; begun again after it was broken off, it makes one more key and loses nothing.
    /// </summary>
    /// <param name="commands">Of the database.</param>
    /// <param name="by">Who wants it.</param>
    /// <returns>The number of the new key, and how many rows were encrypted anew.</returns>
    public static async Task<(int Key, int Rows)> RotateAsync(CommandExecutor commands, Actor by)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var key = 0;
        await commands.ExecuteAsync(new(by), work =>
        {
            var next = commands.Database.Keys.Next(work.Now);
            key = next.Id;
            work.Db.Add(next);
            work.Audit("keys/rotate", null, "", $"key {key}");
            return Task.FromResult(CommandResult.Done());
        });
        IReadOnlyList<Table> tables;
        await using (var db = commands.Database.Open())
            tables = [.. TablesOf(db)];
        var rows = 0;
        foreach (var table in tables)
        {
            object[] last = [];
            do
            {
                List<object[]> ids = await commands.RunExclusiveAsync(db =>
                    AgainAsync(db, commands.Database.Keys, table, last)
                );
                rows += ids.Count;
                last = ids is [.., var end] ? end : [];
            } while (last.Length > 0);
        }

        await commands.AppendAuditAsync(by, "keys/rotated", detail: $"key {key}, {rows} rows");
        return (key, rows);
    }

    /// <summary>
    /// Wraps the ring with another master key. No server may run meanwhile: with the old master key it could not open
    /// the next key of the ring.
    /// </summary>
    /// <param name="policy">Of the instance whose database it is.</param>
    /// <param name="database">Not in use.</param>
    /// <param name="master">32 bytes in Base64.</param>
    /// <param name="where">Where that was read, for what is told.</param>
    /// <param name="by">Who wants it.</param>
    /// <exception cref="OperatorException">
    /// It is no key, or the database is in use or belongs to another key: one line in Chinese.
    /// </exception>
    public static async Task RotateMasterAsync(
        PolicyContext policy,
        Database database,
        string master,
        string where,
        Actor by
    )
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(master);
        var key = Database.KeyOf(master.Trim(), where);
        database.CheckAlone();
        database.Upgrade(policy.Today.Now, _ => { });
        using var commands = new CommandExecutor(policy, database);
        await commands.ExecuteAsync(new(by), work =>
        {
            database.Keys.Rewrap(work.Db, key, work.Now);
            work.Audit("keys/rotate-master", null, "");
            return Task.FromResult(CommandResult.Done());
        });
    }

    /// <summary>
    /// Rows of one table that another key has encrypted, after a row: by the ring's latest key from now on.
    /// </summary>
    private static async Task<List<object[]>> AgainAsync(AppDbContext db, KeyRing keys, Table table, object[] last)
    {
        var ids = await ReadAsync(db, table.Others(last.Length > 0), [keys.Header, .. last]);
        foreach (var id in ids)
        {
            var values = (await ReadAsync(db, table.One, id)).Single();
            await ExecuteAsync(
                db,
                table.Set,
                [
                    .. values.Zip(table.Purposes, (value, purpose) =>
                        value is byte[] cipher ? keys.Encrypt(keys.Decrypt(cipher, purpose), purpose) : value
                    ),
                    .. id,
                ]
            );
        }

        return ids;
    }

    private static IEnumerable<Table> TablesOf(AppDbContext db)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        foreach (var entity in db.Model.GetEntityTypes())
        {
            List<IProperty> encrypted = [.. entity.GetProperties().Where(p => AppDbContext.PurposeOf(p) is not null)];
            if (encrypted.Count > 0)
                yield return new(
                    sql.DelimitIdentifier(entity.GetTableName()!),
                    [.. entity.FindPrimaryKey()!.Properties.Select(Name)],
                    [.. encrypted.Select(Name)],
                    [.. encrypted.Select(p => AppDbContext.PurposeOf(p)!)]
                );
        }

        string Name(IProperty property) => sql.DelimitIdentifier(property.GetColumnName());
    }

    private static async Task<List<object[]>> ReadAsync(AppDbContext db, string sql, IReadOnlyList<object> values)
    {
        await using var command = Command(db, sql, values);
        await using var rows = await command.ExecuteReaderAsync();
        List<object[]> read = [];
        while (await rows.ReadAsync())
        {
            var row = new object[rows.FieldCount];
            rows.GetValues(row);
            read.Add(row);
        }

        return read;
    }

    private static async Task ExecuteAsync(AppDbContext db, string sql, IReadOnlyList<object> values)
    {
        await using var command = Command(db, sql, values);
        await command.ExecuteNonQueryAsync();
    }

    private static DbCommand Command(AppDbContext db, string sql, IReadOnlyList<object> values)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        (command.Transaction, command.CommandText) = (db.Database.CurrentTransaction!.GetDbTransaction(), sql);
        for (var i = 0; i < values.Count; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{i}", values[i]);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>A table with encrypted columns.</summary>
    private sealed record Table(
        string Name,
        IReadOnlyList<string> Key,
        IReadOnlyList<string> Columns,
        IReadOnlyList<string> Purposes
    )
    {
        private string Keys => string.Join(", ", Key);

        internal string One => $"SELECT {string.Join(", ", Columns)} FROM {Name} WHERE {Is(0)}";

        internal string Set =>
            $"UPDATE {Name} SET {string.Join(", ", Columns.Select((c, i) => $"{c} = @p{i}"))} WHERE {Is(Columns.Count)}";

        internal string Others(bool after) =>
            $"SELECT {Keys} FROM {Name} WHERE ({string.Join(" OR ", Columns.Select(c => $"substr({c}, 1, {KeyRing.HeaderBytes}) <> @p0"))}){(after ? $" AND ({Keys}) > ({string.Join(", ", Key.Select((_, i) => $"@p{i + 1}"))})" : "")} ORDER BY {Keys} LIMIT {RowsAtOnce}";

        private string Is(int first) => string.Join(" AND ", Key.Select((k, i) => $"{k} = @p{first + i}"));
    }
}
