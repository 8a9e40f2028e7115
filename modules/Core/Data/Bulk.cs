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
    internal static Task InsertAllAsync<T>(this AppDbContext db, IReadOnlyList<T> rows)
        where T : class =>
        WriteAsync(db, rows, (sql, table, columns, parameters) =>
            $"INSERT INTO {sql.DelimitIdentifier(table)} ({string.Join(", ", columns.Select(c => sql.DelimitIdentifier(c.GetColumnName())))}) VALUES ({string.Join(", ", parameters)})"
        );

    /// <summary>Sets every column of rows that are there.</summary>
    internal static Task UpdateAllAsync<T>(this AppDbContext db, IReadOnlyList<T> rows)
        where T : class => WriteAsync(db, rows, (sql, table, columns, parameters) =>
        {
            var set = columns
                .Zip(parameters, (c, p) =>
                    (IsKey: c.IsPrimaryKey(), Text: $"{sql.DelimitIdentifier(c.GetColumnName())} = {p}")
                )
                .ToLookup(c => c.IsKey, c => c.Text);
            return $"UPDATE {sql.DelimitIdentifier(table)} SET {string.Join(", ", set[false])} WHERE {string.Join(" AND ", set[true])}";
        });

    private static async Task WriteAsync<T>(
        AppDbContext db,
        IReadOnlyList<T> rows,
        Func<ISqlGenerationHelper, string, IReadOnlyList<IProperty>, IReadOnlyList<string>, string> statement
    )
        where T : class
    {
        if (rows.Count == 0)
            return;
        var entity = db.Model.FindEntityType(typeof(T))!;
        IReadOnlyList<IProperty> columns = [.. entity.GetProperties()];
        IReadOnlyList<Func<object, object?>> values = [.. columns.Select(ValueOf)];
        var sql = db.GetService<ISqlGenerationHelper>();
        var most = db.Database.ProviderName!.Contains("Sqlite", StringComparison.Ordinal) ? 1 : AtOnce;
        DbCommand? command = null;
        for (var at = 0; at < rows.Count; at += most)
        {
            var count = Math.Min(most, rows.Count - at);
            if (command is null || count < most)
            {
                if (command is not null)
                    await command.DisposeAsync();
                command = Command(db, count, columns, numbers =>
                    statement(
                        sql,
                        entity.GetTableName()!,
                        columns,
                        [.. numbers.Select(n => sql.GenerateParameterName($"p{n}"))]
                    )
                );
            }

            for (var i = 0; i < count * columns.Count; i++)
                command.Parameters[i].Value = values[i % columns.Count](rows[at + (i / columns.Count)]) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync();
        }

        await command!.DisposeAsync();
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

    private static Func<object, object?> ValueOf(IProperty column)
    {
        var getter = column.GetGetter();
        return column.GetRelationalTypeMapping().Converter is { } converter
            ? row => converter.ConvertToProvider(getter.GetClrValue(row))
            : getter.GetClrValue;
    }
}
