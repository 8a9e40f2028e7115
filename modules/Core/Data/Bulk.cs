using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace EduAssist.Data;

/// <summary>
/// Writes thousands of rows of one entity in the command's transaction, past the change tracker, which at that size
/// costs more than the database. Columns, names and converters (encryption among them) are the model's. Queries of the
/// same command see the rows afterwards.
/// </summary>
internal static class Bulk
{
    /// <summary>
    /// Statements in one batch: over a network a round trip costs more than a statement. SQLite has no round trips and
    /// sends one at a time.
    /// </summary>
    private const int AtOnce = 100;

    /// <summary>Adds rows.</summary>
    internal static async Task InsertAllAsync<T>(this AppDbContext db, IReadOnlyList<T> rows)
        where T : class
    {
        if (rows.Count == 0)
            return;
        var entity = db.Model.FindEntityType(typeof(T))!;
        await InsertAllAsync(db, entity, RowImage.OfAll(entity, rows));
        if (db.Journal is { } journal)
            foreach (var some in rows.Chunk(ChangeJournal.AtOnce))
                await journal.RecordAsync(entity, [.. RowImage.OfAll(entity, some).Select(r => ((object?[]?)null, r))]);
    }

    /// <summary>Sets every column of rows that are there.</summary>
    internal static async Task UpdateAllAsync<T>(this AppDbContext db, IReadOnlyList<T> rows)
        where T : class
    {
        if (rows.Count == 0)
            return;
        var entity = db.Model.FindEntityType(typeof(T))!;
        IReadOnlyList<IProperty> columns = [.. entity.GetProperties()];
        if (db.Journal is not { } journal)
        {
            await UpdateAllAsync(db, entity, columns, RowImage.OfAll(entity, rows));
            return;
        }

        foreach (var some in rows.Chunk(ChangeJournal.AtOnce))
        {
            IReadOnlyList<object?[]> after = [.. RowImage.OfAll(entity, some)];
            var before = await RowImage.ReadAsync(db, entity, after.Select(r => RowImage.KeyOf(entity, r)));
            await UpdateAllAsync(db, entity, columns, after);
            await journal.RecordAsync(
                entity,
                [.. after.Select(r => (before.GetValueOrDefault(RowImage.KeyOf(entity, r)), (object?[]?)r))]
            );
        }
    }

    /// <summary>Adds rows of any entity, told by the values of its properties in the model's order.</summary>
    internal static Task InsertAllAsync(AppDbContext db, IEntityType entity, IReadOnlyCollection<object?[]> rows)
    {
        IReadOnlyList<IProperty> columns = [.. entity.GetProperties()];
        return WriteAsync(db, rows, columns, (sql, parameters) =>
            $"INSERT INTO {sql.DelimitIdentifier(entity.GetTableName()!)} ({string.Join(", ", columns.Select(c => sql.DelimitIdentifier(c.GetColumnName())))}) VALUES ({string.Join(", ", parameters)})"
        );
    }

    /// <summary>Sets columns of rows of any entity that are there.</summary>
    /// <param name="db">The database.</param>
    /// <param name="entity">Of the rows.</param>
    /// <param name="columns">What the values are, the key among them.</param>
    /// <param name="rows">The values.</param>
    internal static Task UpdateAllAsync(
        AppDbContext db,
        IEntityType entity,
        IReadOnlyList<IProperty> columns,
        IReadOnlyCollection<object?[]> rows
    ) => WriteAsync(db, rows, columns, (sql, parameters) =>
        {
            var set = columns
                .Zip(parameters, (c, p) =>
                    (IsKey: c.IsPrimaryKey(), Text: $"{sql.DelimitIdentifier(c.GetColumnName())} = {p}")
                )
                .ToLookup(c => c.IsKey, c => c.Text);
            return $"UPDATE {sql.DelimitIdentifier(entity.GetTableName()!)} SET {string.Join(", ", set[false])} WHERE {string.Join(" AND ", set[true])}";
        });

    /// <summary>Removes rows of any entity.</summary>
    /// <param name="db">The database.</param>
    /// <param name="entity">Of the rows.</param>
    /// <param name="keys">The values of their keys.</param>
    internal static Task DeleteAllAsync(AppDbContext db, IEntityType entity, IReadOnlyCollection<object?[]> keys)
    {
        var columns = entity.FindPrimaryKey()!.Properties;
        return WriteAsync(db, keys, columns, (sql, parameters) =>
            $"DELETE FROM {sql.DelimitIdentifier(entity.GetTableName()!)} WHERE {string.Join(" AND ", columns.Zip(parameters, (c, p) => $"{sql.DelimitIdentifier(c.GetColumnName())} = {p}"))}"
        );
    }

    private static async Task WriteAsync(
        AppDbContext db,
        IReadOnlyCollection<object?[]> rows,
        IReadOnlyList<IProperty> columns,
        Func<ISqlGenerationHelper, IReadOnlyList<string>, string> statement
    )
    {
        IReadOnlyList<Func<object?, object?>> stored = [.. columns.Select(StoredOf)];
        var sql = db.GetService<ISqlGenerationHelper>();
        var most = db.Database.ProviderName!.Contains("Sqlite", StringComparison.Ordinal) ? 1 : AtOnce;
        DbCommand? command = null;
        var of = 0;
        foreach (var some in rows.Chunk(most))
        {
            if (of != some.Length)
            {
                if (command is not null)
                    await command.DisposeAsync();
                of = some.Length;
                command = Command(db, of, columns, numbers =>
                    statement(sql, [.. numbers.Select(n => sql.GenerateParameterName($"p{n}"))])
                );
            }

            for (var i = 0; i < some.Length * columns.Count; i++)
                command!.Parameters[i].Value = stored[i % columns.Count](some[i / columns.Count][i % columns.Count])
                    ?? DBNull.Value;
            await command!.ExecuteNonQueryAsync();
        }

        if (command is not null)
            await command.DisposeAsync();
    }

    private static DbCommand Command(
        AppDbContext db,
        int count,
        IReadOnlyList<IProperty> columns,
        Func<IEnumerable<int>, string> statement
    )
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = string.Join(
            ";\n",
            Enumerable.Range(0, count).Select(row => statement(Enumerable.Range(row * columns.Count, columns.Count)))
        );
        for (var i = 0; i < count * columns.Count; i++)
            command.Parameters.Add(
                columns[i % columns.Count]
                    .GetRelationalTypeMapping()
                    .CreateParameter(command, $"p{i}", null, nullable: true)
            );
        return command;
    }

    private static Func<object?, object?> StoredOf(IProperty column) =>
        column.GetRelationalTypeMapping().Converter is { } converter
            ? value => converter.ConvertToProvider(value)
            : value => value;
}
