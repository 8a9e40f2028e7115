using System.Linq.Expressions;
using EduAssist.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace EduAssist.Office.Listings;

/// <summary>The tables that a listing reads, found in its query before anybody asks it.</summary>
internal sealed class ListingTables : ExpressionVisitor
{
    private readonly IModel model;
    private readonly HashSet<IEntityType> tables = [];
    private readonly List<string> problems = [];
    private readonly string set;

    private ListingTables(IListing listing, ListingSource source)
    {
        (model, set) = (source.Db.Model, listing.Set);
        try
        {
            Visit(listing.Rows(source).Expression);
        }
        catch (InvalidOperationException refused)
            when (refused.Message.Split('\'') is [_, var type, ..]
                && refused.Source?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) == true
            )
        {
            problems.Add(Undeclared(type)); // EF throws when a query names a class that is no table
        }

        problems.AddRange(
            tables
                .Where(t => TableDeclaration.Find(t)?.Hidden is not null)
                .Select(t => $"列表 {set} 读取了谁也看不到的表 {t.GetTableName()}：请不要读它，或者改写它的声明。")
        );
    }

    /// <summary>Every table that a listing reads, also by a link; none: what it lists is not stored.</summary>
    internal static IReadOnlyCollection<IEntityType> ReadBy(IListing listing, ListingSource source) =>
        new ListingTables(listing, source).tables;

    /// <summary>
    /// What a listing reads and may not: a table that is not declared or that no reader sees, or anything past the
    /// declarations.
    /// </summary>
    internal static IReadOnlyList<string> Problems(IListing listing, ListingSource source) =>
        new ListingTables(listing, source).problems;

    /// <inheritdoc/>
    protected override Expression VisitExtension(Expression node)
    {
        if (node is not QueryRootExpression)
            return base.VisitExtension(node);
        if (node is EntityQueryRootExpression root)
            tables.Add(root.EntityType);
        if (node.GetType() != typeof(EntityQueryRootExpression))
            RawSql();
        return node;
    }

    /// <inheritdoc/>
    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        var by = node.Method.DeclaringType!;
        if (
            node.Method is { Name: nameof(DbContext.Set), IsGenericMethod: true }
            && by.IsAssignableTo(typeof(DbContext))
        )
            Read(node.Method.GetGenericArguments()[0]);
        if (by == typeof(RelationalQueryableExtensions) || by == typeof(RelationalDatabaseFacadeExtensions))
            RawSql();
        return base.VisitMethodCall(node);
    }

    /// <inheritdoc/>
    protected override Expression VisitMember(MemberExpression node)
    {
        var one = node.Type.GetInterfaces()
            .Append(node.Type)
            .FirstOrDefault(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0]
            ?? node.Type;
        if (model.FindEntityType(one) is { } table)
            tables.Add(table);
        return base.VisitMember(node);
    }

    private void Read(Type row)
    {
        if (model.FindEntityType(row) is { } table)
            tables.Add(table);
        else
            problems.Add(Undeclared(row.Name));
    }

    private void RawSql() => problems.Add($"列表 {set} 用 SQL 读取，不受谁能看到的约束：请用 Set<…>() 写查询。");

    private string Undeclared(string row) =>
        $"列表 {set} 读取了没有声明为表的 {row}：请写 Table<{row}>，并说明谁能看到。";
}
