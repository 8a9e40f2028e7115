using System.Data;
using System.Linq.Expressions;
using EduAssist.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace EduAssist.Office.Listings;

/// <summary>The tables that a listing reads, found in its query before anybody asks it.</summary>
internal sealed class ListingTables : ExpressionVisitor
{
    private readonly IModel model;
    private readonly IQueryProvider reader;
    private readonly HashSet<IEntityType> tables = [];
    private readonly List<string> problems = [];
    private readonly string set;

    private ListingTables(IListing listing, ListingSource source)
    {
        (model, set) = (source.Db.Model, listing.Set);
        reader = source.Db.GetService<IAsyncQueryProvider>();
        if (listing is IDeclaredListing)
            return;
        var connection = source.Db.Database.GetDbConnection();
        connection.StateChange += ReadBefore;
        try
        {
            Visit(listing.Rows(source));
        }
        catch (InvalidOperationException refused)
            when (refused.Message.Split('\'') is [_, var type, ..]
                && refused.Source?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) == true
            )
        {
            problems.Add(Undeclared(type)); // EF throws when a query names a class that is no table
        }
        finally
        {
            connection.StateChange -= ReadBefore;
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
    protected override Expression VisitConstant(ConstantExpression node)
    {
        if (node.Value is IQueryable query)
            Visit(query, within: node);
        return node;
    }

    /// <inheritdoc/>
    protected override Expression VisitExtension(Expression node)
    {
        if (node is not QueryRootExpression any)
            return base.VisitExtension(node);
        if (any.QueryProvider is { } other && other != reader)
            Untraceable();
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
            Read(node);
        else if (ColumnLineage.Captured(node) is { } query)
            Visit(query);
        else if (by.IsAssignableTo(typeof(Delegate)) || node.Arguments.Any(a => IsDatabase(a.Type)))
            Untraceable();
        if (
            by == typeof(EntityFrameworkQueryableExtensions)
            && node.Method.Name == nameof(EntityFrameworkQueryableExtensions.IgnoreQueryFilters)
        )
            problems.Add($"列表 {set} 用 IgnoreQueryFilters 越过谁能看到的约束：请去掉 IgnoreQueryFilters。");
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
        if (ColumnLineage.Captured(node) is { } query)
            Visit(query);
        if (ColumnLineage.CapturedLambda(node) is { } condition)
            Visit(condition);
        return base.VisitMember(node);
    }

    /// <inheritdoc/>
    protected override Expression VisitInvocation(InvocationExpression node)
    {
        if (node.Expression is not LambdaExpression)
            Untraceable();
        return base.VisitInvocation(node);
    }

    private void Visit(IQueryable query, Expression? within = null)
    {
        if (query.Provider != reader)
            Untraceable();
        else if (query.Expression != within)
            Visit(query.Expression);
    }

    private static bool IsDatabase(Type type) =>
        type.IsAssignableTo(typeof(DbContext)) || type.IsAssignableTo(typeof(ListingSource));

    private void Read(MethodCallExpression set)
    {
        var row = set.Method.GetGenericArguments()[0];
        if (model.FindEntityType(row) is not { } table)
            problems.Add(Undeclared(row.Name));
        else if (ColumnLineage.Captured(set) is { } query)
            Visit(query);
        else
            tables.Add(table);
    }

    private void ReadBefore(object _, StateChangeEventArgs change) => Untraceable();

    /// <summary>What was taken out of the database before has lost where it comes from.</summary>
    private void Untraceable() =>
        problems.Add(
            $"列表 {set} 的内容不全由 source.Db 的一次查询得出，从何而来无从知道，也无从脱敏："
                + "请去掉 ToList、AsEnumerable 之类，只用 source.Db.Set<…>() 写查询。"
        );

    private void RawSql() => problems.Add($"列表 {set} 用 SQL 读取，不受谁能看到的约束：请用 Set<…>() 写查询。");

    private string Undeclared(string row) =>
        $"列表 {set} 读取了没有声明为表的 {row}：请写 Table<{row}>，并说明谁能看到。";
}
