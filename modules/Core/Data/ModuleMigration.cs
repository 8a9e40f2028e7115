using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace EduAssist.Data;

/// <summary>
/// One step of a module's tables, written once for both databases: no column types, only additions (SQLite can alter
/// nothing), each table with the module's prefix. Marked with <c>[DbContext(typeof(Schema)),
/// Migration("20261124_1_What")]</c>; the ids order them.
/// </summary>
public abstract class ModuleMigration : Migration
{
    /// <summary>
    /// The collation by which PostgreSQL orders text byte by byte, as SQLite does: scopes are compared as ranges, and
    /// both databases must order them alike.
    /// </summary>
    internal const string Ordinal = "C";

    /// <summary>What it adds.</summary>
    protected abstract void Change(MigrationBuilder b);

    /// <inheritdoc/>
    protected sealed override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        Change(migrationBuilder);
        foreach (
            var one in migrationBuilder.Operations.OfType<SqlOperation>().Where(o => !o.Sql.TrimEnd().EndsWith(';'))
        )
            one.Sql = $"{one.Sql.TrimEnd()};"; // a generated script puts no semicolon between statements
        if (migrationBuilder.ActiveProvider?.Contains("Npgsql", StringComparison.Ordinal) != true)
            return;
        foreach (
            var text in migrationBuilder
                .Operations.SelectMany(o =>
                    o is CreateTableOperation table ? table.Columns
                    : o is AddColumnOperation one ? [one]
                    : []
                )
                .Where(c => c.ClrType == typeof(string))
        )
            text.Collation ??= Ordinal;
    }
}

/// <summary>Runs the migrations of one module's assembly under a history of its own. It has no model.</summary>
public sealed class Schema : DbContext
{
    internal Schema(DbContextOptions options)
        : base(options) { }

    /// <inheritdoc/>
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        optionsBuilder.ReplaceService<IMigrationsIdGenerator, AsWritten>();
    }

    /// <summary>
    /// Takes the id in the attribute as it is. EF expects ids with a timestamp of 14 digits and would cut ours.
    /// </summary>
    private sealed class AsWritten : IMigrationsIdGenerator
    {
        public string GenerateId(string name) => name;

        public string GetName(string id) => id;

        public bool IsValidId(string value) => true;
    }
}
