using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace EduAssist.Office.Listings;

/// <summary>
/// Of which columns of tables each column of a query is made (column lineage): followed from the tables through joins,
/// groups and subqueries to the row, before anybody asks the query. What cannot be followed counts as made of
/// everything that goes into it: rather a column too many than one forgotten.
/// </summary>
internal sealed class ColumnLineage
{
    private static readonly Scalar Nothing = new([]);

    private readonly IModel model;
    private readonly Dictionary<ParameterExpression, Part> parameters = [];

    private ColumnLineage(IModel model) => this.model = model;

    /// <summary>The columns that go into each column of the rows of a query; not of those that hold none.</summary>
    /// <param name="query">Whose rows are made by an initialiser.</param>
    /// <param name="model">Of the tables.</param>
    /// <param name="columns">The columns to tell of.</param>
    internal static ILookup<string, IProperty> Find(IQueryable query, IModel model, IEnumerable<string> columns)
    {
        var row = new ColumnLineage(model).Read(query.Expression).Element;
        return columns
            .SelectMany(c => row.Member(c).Columns.Distinct().Select(of => (Column: c, Of: of)))
            .ToLookup(x => x.Column, x => x.Of, StringComparer.Ordinal);
    }

    private Part Read(Expression? node) =>
        node switch
        {
            null => Nothing,
            EntityQueryRootExpression root => new Sequence(new Row(root.EntityType)),
            ParameterExpression parameter => parameters.GetValueOrDefault(parameter, Nothing),
            UnaryExpression unary => Read(unary.Operand),
            LambdaExpression lambda => Read(lambda.Body),
            ConstantExpression { Value: IQueryable query } when query.Expression != node => Read(query.Expression),
            ConstantExpression => Nothing,
            MemberExpression variable when Captured(variable) is { } query => Read(query.Expression),
            MemberExpression member => Member(member),
            NewExpression { Members: { } members } made => new Made(
                made.Type,
                members.Zip(made.Arguments).ToDictionary(m => m.First.Name, m => Read(m.Second), StringComparer.Ordinal)
            ),
            MemberInitExpression { NewExpression.Arguments.Count: 0 } made
                when made.Bindings.All(b => b is MemberAssignment) => new Made(
                made.Type,
                made.Bindings.Cast<MemberAssignment>()
                    .ToDictionary(b => b.Member.Name, b => Read(b.Expression), StringComparer.Ordinal)
            ),
            // whether a row is there tells of no column of it
            BinaryExpression { NodeType: ExpressionType.Equal or ExpressionType.NotEqual } test
                when IsNull(test.Left) != IsNull(test.Right)
                    && Read(IsNull(test.Left) ? test.Right : test.Left) is Row => Nothing,
            BinaryExpression { NodeType: ExpressionType.Coalesce } either => Read(either.Left).Or(Read(either.Right)),
            ConditionalExpression choice => Read(choice.IfTrue).Or(Read(choice.IfFalse)).With(Read(choice.Test)),
            MethodCallExpression call => Read(call),
            _ => Together(Parts.Within(node).Select(Read)),
        };

    /// <summary>
    /// A member of what has been followed. Of a row of a table, even one that came by a way that was not followed, it
    /// is the column, or the row that the link leads to.
    /// </summary>
    private Part Member(MemberExpression member)
    {
        var (of, name) = (Read(member.Expression), member.Member.Name);
        if (of is not Scalar || member.Expression is not { } row || model.FindEntityType(row.Type) is not { } table)
            return of.Member(name);
        return new Row(table).Member(name) is Scalar column ? Together([of, column]) : new Row(table).Member(name);
    }

    private Part Read(MethodCallExpression call)
    {
        var by = call.Method.DeclaringType!;
        if (
            call.Method is { Name: nameof(DbContext.Set), IsGenericMethod: true }
            && by.IsAssignableTo(typeof(DbContext))
        )
            return model.FindEntityType(call.Method.GetGenericArguments()[0]) is { } table
                ? new Sequence(new Row(table))
                : Nothing;
        var isQuery =
            by == typeof(Queryable) || by == typeof(Enumerable) || by == typeof(EntityFrameworkQueryableExtensions);
        if (
            isQuery
            && call.Arguments is [var source, ..]
            && Read(source) is Sequence rows
            && Query(rows, call) is { } result
        )
            return result;
        if (!isQuery && Captured(call) is { } query)
            return Read(query.Expression);
        var known = Together(call.Arguments.Prepend(call.Object!).Where(a => Lambda(a) is null).Select(Read).ToList());
        return Together(
            call.Arguments.Select(Lambda).OfType<LambdaExpression>().Select(l => Apply(l, known)).Append(known)
        );
    }

    /// <summary>What an operator of LINQ gives; null: it is none of these.</summary>
    private Part? Query(Sequence rows, MethodCallExpression call)
    {
        var (one, given) = (rows.Element, call.Arguments);
        switch (call.Method.Name)
        {
            case "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Take" or "Skip":
            case "Distinct"
            or "DefaultIfEmpty"
            or "Reverse"
            or "AsQueryable"
            or "AsEnumerable"
            or "ToList"
            or "ToArray":
            case "AsNoTracking" or "AsNoTrackingWithIdentityResolution" or "AsTracking" or "Include" or "ThenInclude":
            case "IgnoreQueryFilters" or "TagWith" or "Cast" or "OfType":
                return rows;
            case "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault":
                return one;
            case "Select" when Lambda(given[1]) is { Parameters.Count: 1 } select:
                return new Sequence(Apply(select, one));
            case "SelectMany" when Lambda(given[1]) is { Parameters.Count: 1 } many:
                var inner = Apply(many, one);
                return given.Count == 2 ? inner : new Sequence(Apply(Lambda(given[2])!, one, inner.Element));
            case "Join" or "LeftJoin" or "RightJoin":
                return new Sequence(Apply(Lambda(given[4])!, one, Read(given[1]).Element));
            case "GroupJoin":
                return new Sequence(Apply(Lambda(given[4])!, one, new Sequence(Read(given[1]).Element)));
            case "GroupBy":
                var key = Apply(Lambda(given[1])!, one);
                var lambdas = given.Skip(2).Select(Lambda).OfType<LambdaExpression>().ToList();
                var member = lambdas.Find(l => l.Parameters.Count == 1) is { } select1 ? Apply(select1, one) : one;
                return new Sequence(
                    lambdas.Find(l => l.Parameters.Count == 2) is { } result
                        ? Apply(result, key, new Sequence(member))
                        : new Sequence(member, key)
                );
            case "Concat" or "Union" or "Intersect" or "Except":
                return new Sequence(one.Or(Read(given[1]).Element));
            case "Count" or "LongCount" or "Any" or "All": // how many rows there are tells of no column
                return given.Count == 1 ? Nothing : Apply(Lambda(given[1])!, one).AsScalar();
            case "Sum" or "Min" or "Max" or "Average":
                return given.Count == 1 ? one.AsScalar() : Apply(Lambda(given[1])!, one).AsScalar();
            default:
                return null;
        }
    }

    private Part Apply(LambdaExpression lambda, params ReadOnlySpan<Part> given)
    {
        for (var i = 0; i < lambda.Parameters.Count; i++)
            parameters[lambda.Parameters[i]] = given[Math.Min(i, given.Length - 1)];
        return Read(lambda.Body);
    }

    private static LambdaExpression? Lambda(Expression? given) =>
        given is UnaryExpression { NodeType: ExpressionType.Quote } quoted
            ? Lambda(quoted.Operand)
            : given as LambdaExpression;

    private static bool IsNull(Expression node) =>
        node is ConstantExpression { Value: null } || (node is UnaryExpression unary && IsNull(unary.Operand));

    /// <summary>A query that is used within another, out of a variable or a method; null: it is none.</summary>
    internal static IQueryable? Captured(Expression node) =>
        node.Type.IsAssignableTo(typeof(IQueryable)) && IsFree(node)
            ? Expression.Lambda<Func<IQueryable>>(node).Compile(preferInterpretation: true)()
            : null;

    /// <summary>Whether it rests on no row.</summary>
    private static bool IsFree(Expression node) =>
        node is not (ParameterExpression or QueryRootExpression) && Parts.Within(node).All(IsFree);

    private static Scalar Together(IEnumerable<Part> parts) => new([.. parts.SelectMany(p => p.Columns).Distinct()]);

    /// <summary>What a part of a query holds.</summary>
    private abstract record Part
    {
        /// <summary>The columns that it is made of.</summary>
        internal abstract IEnumerable<IProperty> Columns { get; }

        /// <summary>One of its rows.</summary>
        internal virtual Part Element => this;

        /// <summary>A member of it.</summary>
        internal virtual Part Member(string name) => AsScalar();

        internal Scalar AsScalar() => Together([this]);

        /// <summary>One or the other.</summary>
        internal Part Or(Part other) =>
            (this, other) switch
            {
                (Scalar { IsEmpty: true }, _) => other,
                (_, Scalar { IsEmpty: true }) => this,
                (Row one, Row two) when one.Table == two.Table => this,
                (Sequence one, Sequence two) => new Sequence(one.Element.Or(two.Element)),
                (Made one, Made two) when one.Class == two.Class => new Made(
                    one.Class,
                    one.Members.Keys.Union(two.Members.Keys)
                        .ToDictionary(m => m, m => one.Member(m).Or(two.Member(m)), StringComparer.Ordinal)
                ),
                _ => Together([this, other]),
            };

        /// <summary>The same, which one condition has chosen.</summary>
        internal Part With(Part condition) => !condition.Columns.Any() ? this : Together([this, condition]);
    }

    private sealed record Scalar(IReadOnlyList<IProperty> Of) : Part
    {
        internal bool IsEmpty => Of.Count == 0;

        internal override IEnumerable<IProperty> Columns => Of;
    }

    private sealed record Row(IEntityType Table) : Part
    {
        internal override IEnumerable<IProperty> Columns => Table.GetProperties();

        internal override Part Member(string name) =>
            Table.FindProperty(name) is { } column ? new Scalar([column])
            : Table.FindNavigation(name) is not { } link ? AsScalar()
            : link.IsCollection ? new Sequence(new Row(link.TargetEntityType))
            : new Row(link.TargetEntityType);
    }

    private sealed record Made(Type Class, IReadOnlyDictionary<string, Part> Members) : Part
    {
        internal override IEnumerable<IProperty> Columns => Members.Values.SelectMany(m => m.Columns);

        /// <summary>
        /// What can be set and is not, is empty; what cannot be set is computed from whatever it likes.
        /// </summary>
        internal override Part Member(string name) =>
            Members.TryGetValue(name, out var member) ? member
            : Class.GetProperty(name) is { CanWrite: true } ? Nothing
            : AsScalar();
    }

    private sealed record Sequence(Part Each, Part? Key = null) : Part
    {
        internal override IEnumerable<IProperty> Columns => Each.Columns.Concat(Key?.Columns ?? []);

        internal override Part Element => Each;

        internal override Part Member(string name) =>
            name == nameof(Key) && Key is not null ? Key
            : name == "Count" ? Nothing
            : AsScalar();
    }

    /// <summary>The expressions that another consists of.</summary>
    private sealed class Parts : ExpressionVisitor
    {
        private readonly List<Expression> found = [];
        private bool isWithin;

        internal static IReadOnlyList<Expression> Within(Expression node)
        {
            var parts = new Parts();
            parts.Visit(node);
            return parts.found;
        }

        [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(node))]
        public override Expression? Visit(Expression? node)
        {
            if (node is null)
                return null;
            if (isWithin)
            {
                found.Add(node);
                return node;
            }

            isWithin = true;
            return base.Visit(node);
        }
    }
}
