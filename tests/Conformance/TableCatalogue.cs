using System.Data.Common;
using EduAssist.Data;
using Npgsql;

namespace EduAssist.Conformance;

/// <summary>
/// What a database itself says of its tables, a line each: columns, foreign keys, indexes. The order of columns is
/// nobody's business: what is added later comes last.
/// </summary>
internal static class TableCatalogue
{
    private const string Sqlite =
            """
                SELECT 'column ' || m.name || '.' || c.name || ' ' || c.type || ' notnull=' || c."notnull" || ' default=' || coalesce(c.dflt_value, '') || ' key=' || c.pk
                FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name IN ({0})
                UNION ALL SELECT 'collated ' || name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%COLLATE%' AND name IN ({0})
                UNION ALL SELECT 'foreign key ' || m.name || '.' || f."from" || ' to ' || f."table" || '.' || f."to" || ' delete=' || f.on_delete || ' update=' || f.on_update
                FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND m.name IN ({0})
                UNION ALL SELECT 'index ' || m.name || ' ' || i.name || ' unique=' || i."unique" || ' partial=' || i.partial || ' on ' ||
                    (SELECT group_concat(x.name || ' desc=' || x."desc" || ' ' || x.coll, ', ' ORDER BY x.seqno) FROM pragma_index_xinfo(i.name) x WHERE x.key = 1)
                FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table' AND m.name IN ({0})
                """,
        PostgreSql =
            """
                SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' notnull=' || a.attnotnull || ' default=' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
                    || ' identity=' || a.attidentity::text || ' collation=' || coalesce(o.collname, '')
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation o ON o.oid = a.attcollation
                WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'r' AND c.relname IN ({0})
                UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid::regclass::text IN ({0})
                UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE tablename IN ({0})
                """;

    internal static IReadOnlyList<string> Read(DbConnection connection, IEnumerable<string> tables) =>
        [
            .. connection
                .Texts(
                    string.Format(
                        connection is NpgsqlConnection ? PostgreSql : Sqlite,
                        string.Join(", ", tables.Select(t => $"'{t}'"))
                    )
                )
                .Order(StringComparer.Ordinal),
        ];
}

/// <summary>
/// One row in every table, whatever the tables are, so that an upgrade has something to lose. All values of one type
/// are equal: each foreign key has its row.
/// </summary>
internal static class AnyRows
{
    private static readonly Dictionary<string, string> Literals = new()
    {
        ["TEXT"] = "'七'",
        ["INTEGER"] = "7",
        ["BLOB"] = "x'07'",
        ["REAL"] = "0.7",
        ["text"] = "'七'",
        ["integer"] = "7",
        ["bigint"] = "7",
        ["bytea"] = "'\\x07'",
        ["boolean"] = "true",
        ["double precision"] = "0.7",
        ["numeric"] = "0.7",
        ["uuid"] = "'00000000-0000-0000-0000-000000000007'",
        ["date"] = "'2020-05-06'",
        ["timestamp with time zone"] = "'2020-05-06T07:07:07.007Z'",
    };

    /// <summary>Puts them there.</summary>
    /// <returns>The columns that there were, by table.</returns>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Put(DbConnection connection)
    {
        connection.Execute(
            connection is NpgsqlConnection ? "SET session_replication_role = replica" : "PRAGMA foreign_keys = OFF"
        );
        Dictionary<string, IReadOnlyList<string>> columns = [];
        foreach (
            var table in ProgramTables
                .List(connection)
                .Where(t => !t.EndsWith(ProgramTables.History, StringComparison.Ordinal) && t != "core_encryption_key")
        ) // the start reads the keys
        {
            using var shape = connection.Command($"SELECT * FROM {ProgramTables.Quoted(table)} LIMIT 0");
            List<(string Name, string Literal)> all = [];
            using (var row = shape.ExecuteReader())
            {
                for (var i = 0; i < row.FieldCount; i++)
                    all.Add((ProgramTables.Quoted(row.GetName(i)), Literals[row.GetDataTypeName(i)]));
            }

            connection.Execute(
                $"INSERT INTO {ProgramTables.Quoted(table)} ({string.Join(", ", all.Select(c => c.Name))}) VALUES ({string.Join(", ", all.Select(c => c.Literal))})"
            );
            columns[table] = [.. all.Select(c => c.Name)];
        }

        connection.Execute(
            connection is NpgsqlConnection ? "SET session_replication_role = origin" : "PRAGMA foreign_keys = ON"
        );
        return columns;
    }

    /// <summary>What those columns hold, a line for each row.</summary>
    internal static IReadOnlyList<string> Read(
        DbConnection connection,
        IReadOnlyDictionary<string, IReadOnlyList<string>> columns
    ) =>
        [
            .. columns
                .OrderBy(c => c.Key, StringComparer.Ordinal)
                .SelectMany(c =>
                    connection
                        .Texts(
                            $"SELECT {string.Join(" || ' ' || ", c.Value.Select(name => $"coalesce(CAST({name} AS {(connection is NpgsqlConnection ? "text" : "TEXT")}), '-')"))} FROM {ProgramTables.Quoted(c.Key)}"
                        )
                        .Select(row => $"{c.Key}: {row}")
                ),
        ];
}
