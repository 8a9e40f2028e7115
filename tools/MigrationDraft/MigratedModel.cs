using EduAssist.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace EduAssist.MigrationDraft;

/// <summary>
/// The tables as the migrations leave them, as a model of EF: what EF's tools keep in a snapshot beside the migrations
/// is here read from the migrations themselves.
/// </summary>
internal static class MigratedModel
{
    /// <summary>Replays migrations, without a database.</summary>
    /// <param name="migrations">In their order; those of a table before those of whatever refers to it.</param>
    /// <param name="provider">The database for which they are read.</param>
    internal static IModel Replay(IEnumerable<ModuleMigration> migrations, string provider)
    {
        var model = new ModelBuilder().Model; // without conventions: nothing but what the migrations say
        foreach (var migration in migrations)
        {
            migration.ActiveProvider = provider;
            foreach (var operation in migration.UpOperations)
                Replay(model, operation);
        }

        return model.FinalizeModel();
    }

    private static void Replay(IMutableModel model, MigrationOperation operation)
    {
        switch (operation)
        {
            case CreateTableOperation table:
                Create(model, table);
                break;
            case AddColumnOperation column:
                Add(Table(model, column.Table), column);
                break;
            case CreateIndexOperation index:
                var made = Table(model, index.Table).AddIndex(Columns(Table(model, index.Table), index.Columns));
                made.SetDatabaseName(index.Name);
                made.SetFilter(index.Filter);
                (made.IsUnique, made.IsDescending) = (index.IsUnique, index.IsDescending);
                break;
            case DropIndexOperation index when Table(model, index.Table!) is var table:
                _ = table.RemoveIndex(table.GetIndexes().Single(made => made.GetDatabaseName() == index.Name));
                break;
            case SqlOperation: // changes rows
                break;
            default:
                throw new NotSupportedException(
                    $"A migration does {operation.GetType().Name}, and tables are only added to: "
                        + $"replay it in {nameof(MigratedModel)}, if both databases can do it."
                );
        }
    }

    private static void Create(IMutableModel model, CreateTableOperation table)
    {
        var entity = model.AddEntityType(table.Name, typeof(Dictionary<string, object>));
        entity.SetTableName(table.Name);
        foreach (var column in table.Columns)
            Add(entity, column);
        if (table.PrimaryKey is { } primary)
            entity.SetPrimaryKey(Columns(entity, primary.Columns))!.SetName(primary.Name);
        foreach (var unique in table.UniqueConstraints)
            entity.AddKey(Columns(entity, unique.Columns)).SetName(unique.Name);
        foreach (var check in table.CheckConstraints)
            entity.AddCheckConstraint(check.Name, check.Sql);
        foreach (var link in table.ForeignKeys)
        {
            var principal = Table(model, link.PrincipalTable);
            var key = link.PrincipalColumns is { } columns
                ? principal.FindKey(Columns(principal, columns))
                : principal.FindPrimaryKey();
            var made = entity.AddForeignKey(Columns(entity, link.Columns), key!, principal);
            made.SetConstraintName(link.Name);
            made.DeleteBehavior = link.OnDelete switch
            {
                ReferentialAction.Cascade => DeleteBehavior.Cascade,
                ReferentialAction.SetNull => DeleteBehavior.SetNull,
                ReferentialAction.Restrict => DeleteBehavior.Restrict,
                _ => DeleteBehavior.ClientNoAction,
            };
        }
    }

    private static void Add(IMutableEntityType entity, ColumnOperation column)
    {
        var type =
            column.IsNullable && column.ClrType.IsValueType
                ? typeof(Nullable<>).MakeGenericType(Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType)
                : column.ClrType;
        var property = entity.AddIndexerProperty(column.Name, type);
        property.IsNullable = column.IsNullable;
        property.SetMaxLength(column.MaxLength);
        property.SetPrecision(column.Precision);
        property.SetScale(column.Scale);
        property.SetIsUnicode(column.IsUnicode);
        property.SetIsFixedLength(column.IsFixedLength);
        property.SetCollation(column.Collation);
        property.SetDefaultValueSql(column.DefaultValueSql);
        property.SetComputedColumnSql(column.ComputedColumnSql);
        if (column.DefaultValue is { } value)
            property.SetDefaultValue(value);
    }

    private static IMutableEntityType Table(IMutableModel model, string name) =>
        model.FindEntityType(name)
        ?? throw new NotSupportedException($"A migration changes the table {name} before any migration creates it.");

    private static List<IMutableProperty> Columns(IMutableEntityType entity, IEnumerable<string> names) =>
        [.. names.Select(name => entity.FindProperty(name)!)];
}
