using EduAssist.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.MigrationDraft;

/// <summary>What a module's tables declare and its migrations do not make, as its next migration.</summary>
internal static class Drafting
{
    /// <summary>The next migration of a module.</summary>
    /// <param name="db">With the model as it is declared. It is not connected to.</param>
    /// <param name="module">The prefix of its tables.</param>
    /// <param name="migrations">Those that there are, of every loaded module.</param>
    /// <param name="heading">Its id, its name, its namespace.</param>
    /// <returns>C#; null: migrations and model agree.</returns>
    /// <exception cref="NotSupportedException">Both databases cannot do it: a line for each difference.</exception>
    internal static string? Next(DbContext db, string module, IEnumerable<ModuleMigration> migrations, Heading heading)
    {
        var declared = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        var operations = Difference(db, declared, migrations)
            .Where(o => TableOf(o).StartsWith($"{module}_", StringComparison.Ordinal))
            .ToList();
        List<string> faults = [.. operations.Select(o => Fault(o, declared)).OfType<string>()];
        if (faults.Count > 0)
            throw new NotSupportedException(string.Join('\n', faults));
        foreach (var operation in operations)
            StripTypes(operation);
        return operations.Count == 0
            ? null
            : heading.Around(
                operations.Select(Told).OfType<string>().DefaultIfEmpty("indexes"),
                Written(db, operations)
            );
    }

    private static IReadOnlyList<MigrationOperation> Difference(
        DbContext db,
        IRelationalModel declared,
        IEnumerable<ModuleMigration> migrations
    )
    {
        var migrated = db.GetService<IModelRuntimeInitializer>()
            .Initialize(
                MigratedModel.Replay(migrations, db.Database.ProviderName!),
                designTime: true,
                validationLogger: null
            );
        return db.GetService<IMigrationsModelDiffer>().GetDifferences(migrated.GetRelationalModel(), declared);
    }

    /// <summary>Empty of what belongs to no table.</summary>
    private static string TableOf(MigrationOperation operation) => (operation as ITableMigrationOperation)?.Table ?? "";

    /// <summary>What cannot be done, and what can be done instead; null: it can.</summary>
    private static string? Fault(MigrationOperation operation, IRelationalModel declared) =>
        operation switch
        {
            CreateTableOperation or CreateIndexOperation => null,
            AddColumnOperation { IsNullable: false } column
                when declared
                    .FindTable(column.Table, null)!
                    .FindColumn(column.Name)!
                    .PropertyMappings[0]
                    .Property.FindAnnotation(RelationalAnnotationNames.DefaultValue)
                    is null => $"{column.Table}.{column.Name} may not be empty, and there are rows already: "
                + "declare what they get (Default), or let it be empty.",
            AddColumnOperation => null,
            AlterColumnOperation column =>
                $"{column.Table}.{column.Name} is declared otherwise than migrated, and SQLite alters no column: "
                    + "declare it as it was, or add another one.",
            DropColumnOperation column => $"{column.Table}.{column.Name} is declared no longer, and old rows have it: "
                + "keep it, or write by hand what becomes of it.",
            RenameColumnOperation column => $"{column.Table}.{column.Name} seems to be called {column.NewName} now. "
                + "Names in the database stay: give the property its old column, or declare both.",
            AddForeignKeyOperation link =>
                $"{link.Table} gets the link {link.Name}, and SQLite adds none to a table that there is: "
                    + "let it be a column without a constraint.",
            _ => $"{TableOf(operation)}: {operation.GetType().Name}, and tables are only added to. "
                + "Write it by hand, if both databases can do it.",
        };

    /// <summary>One text for both: each database has its own types; <see cref="ModuleMigration"/> collates.</summary>
    private static void StripTypes(MigrationOperation operation)
    {
        foreach (var annotation in operation.GetAnnotations().ToList())
            operation.RemoveAnnotation(annotation.Name);
        if (operation is ColumnOperation column)
            (column.ColumnType, column.Collation) = (null, null);
        if (operation is not CreateTableOperation table)
            return;
        foreach (var one in table.Columns)
            StripTypes(one);
    }

    /// <summary>Its table or column; null of an index, which follows from them.</summary>
    private static string? Told(MigrationOperation operation) =>
        operation switch
        {
            CreateTableOperation table => table.Name,
            AddColumnOperation column => $"{column.Table}.{column.Name}",
            _ => null,
        };

    private static string Written(DbContext db, IReadOnlyList<MigrationOperation> operations)
    {
        using var services = new ServiceCollection()
            .AddEntityFrameworkDesignTimeServices()
            .AddDbContextDesignTimeServices(db)
            .AddSingleton(db.GetService<ITypeMappingSource>())
            .BuildServiceProvider();
        var text = new IndentedStringBuilder();
        using (text.Indent())
        using (text.Indent())
            services.GetRequiredService<ICSharpMigrationOperationGenerator>().Generate("b", operations, text);
        return text.ToString().ReplaceLineEndings("\n").TrimEnd();
    }
}

/// <summary>What stands around the operations of a migration.</summary>
/// <param name="Id">By which migrations are ordered: <c>20261124_1_Applications</c>.</param>
/// <param name="Name">Of its class.</param>
/// <param name="Namespace">Where the module's migrations are.</param>
internal sealed record Heading(string Id, string Name, string Namespace)
{
    /// <summary>The heading of the migration that comes next.</summary>
    /// <param name="last">The id of the module's last one; null: it has none.</param>
    /// <param name="name">Of its class.</param>
    /// <param name="space">Where the module's migrations are.</param>
    /// <param name="today">Its day, unless the last one is of a later day.</param>
    internal static Heading After(string? last, string name, string space, DateOnly today)
    {
        var day = $"{today:yyyyMMdd}";
        if (last?.Split('_') is not [var lastDay, var number, ..] || string.CompareOrdinal(lastDay, day) < 0)
            return new($"{day}_1_{name}", name, space);
        return new(
            $"{lastDay}_{int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) + 1}_{name}",
            name,
            space
        );
    }

    /// <summary>The migration.</summary>
    /// <param name="what">What it adds.</param>
    /// <param name="operations">How.</param>
    internal string Around(IEnumerable<string> what, string operations) =>
        $$"""
            using EduAssist.Data;
            using Microsoft.EntityFrameworkCore.Infrastructure;
            using Microsoft.EntityFrameworkCore.Migrations;

            namespace {{Namespace}};

            /// <summary>Adds {{string.Join(", ", what)}}.</summary>
            [DbContext(typeof(Schema)), Migration("{{Id}}")]
            internal sealed class {{Name}} : ModuleMigration
            {
                protected override void Change(MigrationBuilder b)
                {
            {{operations}}
                }
            }

            """;
}
