using System.Collections;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace EduAssist.Office.Listings;

/// <summary>
/// Of which columns of tables each column of a query is made (column lineage): followed from the tables through joins,
/// groups and subqueries to the row, before anybody asks the query. What cannot be followed counts as made of
/// everything that goes into it: rather a column too many than one forgotten. What chose the rows that a value comes of
/// goes into it as well, since whether it is there, and how many there are, tells of it; not what chose the rows
/// themselves.
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
    internal static ILookup<string, Source> Find(IQueryable query, IModel model, IEnumerable<string> columns)
    {
        var row = new ColumnLineage(model).Read(query.Expression).Element;
        return columns
            .SelectMany(c => row.Member(c).Sources.Distinct().Select(of => (Column: c, Of: of)))
            .ToLookup(x => x.Column, x => x.Of, StringComparer.Ordinal);
    }

    private Part Read(Expression? node) =>
        node switch
        {
            null => Nothing,
            EntityQueryRootExpression root => new Sequence(new Row(root.EntityType)),
            ParameterExpression parameter => parameters.GetValueOrDefault(parameter, Nothing),
            UnaryExpression
            {
                NodeType: ExpressionType.Convert or ExpressionType.TypeAs or ExpressionType.Quote
            } same => Read(same.Operand),
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
            // `link == null` reveals no column of the linked row, but the columns of the condition that chose it
            BinaryExpression { NodeType: ExpressionType.Equal or ExpressionType.NotEqual } test
                when IsNull(test.Left) != IsNull(test.Right)
                    && Read(IsNull(test.Left) ? test.Right : test.Left) is Row row => Together(row.ChosenBy),
            BinaryExpression { NodeType: ExpressionType.Coalesce } either => Read(either.Left).Or(Read(either.Right)),
            ConditionalExpression choice => Read(choice.IfTrue)
                .Or(Read(choice.IfFalse))
                .Given(Read(choice.Test).Sources),
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
            case "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending":
                return rows.Given(Apply(Lambda(given[1])!, one).Sources);
            case "DefaultIfEmpty":
                return new Sequence(one.Given(rows.ChosenBy), rows.Key) { ChosenBy = rows.ChosenBy };
            case "Distinct":
                return rows.Given(Values(one));
            case "Take" or "Skip" or "Reverse" or "AsQueryable" or "AsEnumerable" or "ToList" or "ToArray":
            case "AsNoTracking" or "AsNoTrackingWithIdentityResolution" or "AsTracking" or "Include" or "ThenInclude":
            case "TagWith" or "Cast" or "OfType":
                return rows;
            case "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault":
                return one.Given(rows.Collapsed).Given(Predicate().Sources);
            case "Select" when Lambda(given[1]) is { Parameters.Count: 1 } select:
                return new Sequence(Apply(select, one), rows.Key) { ChosenBy = rows.ChosenBy };
            case "SelectMany" when Lambda(given[1]) is { Parameters.Count: 1 } many:
                var inner = Apply(many, one);
                var chosen = Together(rows.ChosenBy.Concat(inner.ChosenBy)).Sources;
                return given.Count == 2
                    ? inner.Given(rows.ChosenBy)
                    : new Sequence(Apply(Lambda(given[2])!, one, inner.Element)).Given(chosen);
            case "Join" or "LeftJoin" or "RightJoin" or "GroupJoin":
                var other = Read(given[1]);
                var by = Together([
                    .. other.ChosenBy,
                    .. Apply(Lambda(given[2])!, one).Sources,
                    .. Apply(Lambda(given[3])!, other.Element).Sources,
                ]).Of;
                var joined = call.Method.Name switch
                {
                    "LeftJoin" => Apply(Lambda(given[4])!, one, other.Element.Given(by)),
                    "RightJoin" => Apply(Lambda(given[4])!, one.Given(rows.ChosenBy).Given(by), other.Element),
                    "GroupJoin" => Apply(Lambda(given[4])!, one, new Sequence(other.Element) { ChosenBy = by }),
                    _ => Apply(Lambda(given[4])!, one, other.Element),
                };
                return new Sequence(joined) { ChosenBy = rows.ChosenBy }.Given(
                    call.Method.Name == "GroupJoin" ? [] : by
                );
            case "GroupBy":
                var key = Apply(Lambda(given[1])!, one);
                var lambdas = given.Skip(2).Select(Lambda).OfType<LambdaExpression>().ToList();
                var member = lambdas.Find(l => l.Parameters.Count == 1) is { } select1 ? Apply(select1, one) : one;
                var group = new Sequence(member, key) { ChosenBy = rows.ChosenBy };
                var groups = lambdas.Find(l => l.Parameters.Count == 2) is { } result
                    ? Apply(result, key, group)
                    : group;
                return new Sequence(groups) { ChosenBy = rows.ChosenBy }.Given(key.Sources);
            case "Concat" or "Union" or "Intersect" or "Except":
                var second = Read(given[1]);
                return new Sequence(one.Or(second.Element)) { ChosenBy = rows.ChosenBy }
                    .Given(second.ChosenBy)
                    .Given(call.Method.Name == "Concat" ? [] : [.. Values(one), .. Values(second.Element)]);
            // a count reveals no column of the rows, but the columns of the condition that chose them
            case "Count" or "LongCount" or "Any" or "All":
                return Together([.. rows.Collapsed, .. Predicate().Sources]);
            case "Min" or "Max":
                return (given.Count == 1 ? one : Apply(Lambda(given[1])!, one)).Given(rows.Collapsed);
            case "Sum" or "Average":
                return (given.Count == 1 ? one : Apply(Lambda(given[1])!, one)).Given(rows.Collapsed).AsScalar();
            default:
                return null;
        }

        Part Predicate() => given.Count > 1 && Lambda(given[1]) is { } predicate ? Apply(predicate, one) : Nothing;
    }

    /// <summary>What tells one from another; rows are told apart by themselves.</summary>
    private static IEnumerable<Source> Values(Part one) => one is Row ? [] : one.Sources;

    private Part Apply(LambdaExpression lambda, params ReadOnlySpan<Part> given)
    {
        for (var i = 0; i < lambda.Parameters.Count; i++)
            parameters[lambda.Parameters[i]] = given[Math.Min(i, given.Length - 1)];
        return Read(lambda.Body);
    }

    private static LambdaExpression? Lambda(Expression? given) =>
        given switch
        {
            UnaryExpression { NodeType: ExpressionType.Quote } quoted => Lambda(quoted.Operand),
            LambdaExpression lambda => lambda,
            not null when given.Type.IsAssignableTo(typeof(LambdaExpression)) && IsFree(given) =>
                (LambdaExpression?)Value(given),
            _ => null,
        };

    private static bool IsNull(Expression node) =>
        node is ConstantExpression { Value: null } || (node is UnaryExpression unary && IsNull(unary.Operand));

    /// <summary>
    /// A query that is used within another, out of a variable or a method, whatever the variable says that it is, as
    /// EF takes it; null: it is none.
    /// </summary>
    internal static IQueryable? Captured(Expression node) =>
        node.Type.IsAssignableTo(typeof(IEnumerable)) && node.Type != typeof(string) && IsFree(node)
            ? Value(node) as IQueryable
            : null;

    /// <summary>A condition that is used within a query, out of a variable or a method; null: it is none.</summary>
    internal static LambdaExpression? CapturedLambda(Expression node) =>
        node is LambdaExpression or UnaryExpression ? null : Lambda(node);

    private static object? Value(Expression free) =>
        Expression
            .Lambda<Func<object?>>(Expression.Convert(free, typeof(object)))
            .Compile(preferInterpretation: true)();

    /// <summary>Whether it rests on no row.</summary>
    private static bool IsFree(Expression node) =>
        node is not (ParameterExpression or QueryRootExpression) && Parts.Within(node).All(IsFree);

    private static Scalar Together(IEnumerable<Part> parts) => Together(parts.SelectMany(p => p.Sources));

    /// <summary>What is computed of them: none of them stands there as it is.</summary>
    private static Scalar Together(IEnumerable<Source> sources) =>
        new([.. sources.Select(s => s with { IsWhole = false }).Distinct()]);

    /// <summary>A column that another is made of.</summary>
    /// <param name="Column">Of a table.</param>
    /// <param name="IsWhole">
    /// Whether its values stand there as they are, or nothing; otherwise something is computed of it, and what stands
    /// where is not known.
    /// </param>
    internal readonly record struct Source(IProperty Column, bool IsWhole);

    /// <summary>What a part of a query holds.</summary>
    private abstract record Part
    {
        /// <summary>The columns that it is made of, and those that chose it.</summary>
        internal IEnumerable<Source> Sources => Holds.Concat(ChosenBy);

        /// <summary>The columns that chose it; those of a scalar are among what it holds.</summary>
        internal IReadOnlyList<Source> ChosenBy { get; init; } = [];

        /// <summary>One of its rows.</summary>
        internal virtual Part Element => this;

        protected abstract IEnumerable<Source> Holds { get; }

        /// <summary>A member of it.</summary>
        internal Part Member(string name) => Own(name).Given(ChosenBy);

        /// <summary>The same, which a condition or an order has chosen.</summary>
        internal virtual Part Given(IEnumerable<Source> by) =>
            this with
            {
                ChosenBy = Together(ChosenBy.Concat(by)).Of,
            };

        internal Scalar AsScalar() => Together([this]);

        /// <summary>One or the other.</summary>
        internal Part Or(Part other) =>
            (this, other) switch
            {
                (Scalar { IsEmpty: true }, _) => other,
                (_, Scalar { IsEmpty: true }) => this,
                (Scalar one, Scalar two) => new Scalar([.. one.Of.Union(two.Of)]),
                (Row one, Row two) when one.Table == two.Table => one.Given(two.ChosenBy),
                (Sequence one, Sequence two) => new Sequence(one.Element.Or(two.Element))
                {
                    ChosenBy = one.ChosenBy,
                }.Given(two.ChosenBy),
                (Made one, Made two) when one.Class == two.Class => new Made(
                    one.Class,
                    one.Members.Keys.Union(two.Members.Keys)
                        .ToDictionary(m => m, m => one.Own(m).Or(two.Own(m)), StringComparer.Ordinal)
                )
                {
                    ChosenBy = one.ChosenBy,
                }.Given(two.ChosenBy),
                _ => Together([this, other]),
            };

        /// <summary>A member of it, whatever chose it.</summary>
        protected virtual Part Own(string name) => AsScalar();
    }

    private sealed record Scalar(IReadOnlyList<Source> Of) : Part
    {
        internal bool IsEmpty => Of.Count == 0;

        protected override IEnumerable<Source> Holds => Of;

        internal override Part Given(IEnumerable<Source> by) => new Scalar([.. Of.Union(Together(by).Of)]);
    }

    private sealed record Row(IEntityType Table) : Part
    {
        protected override IEnumerable<Source> Holds => Table.GetProperties().Select(p => new Source(p, true));

        protected override Part Own(string name) =>
            Table.FindProperty(name) is { } column ? new Scalar([new(column, true)])
            : Table.FindNavigation(name) is not { } link ? AsScalar()
            : link.IsCollection ? new Sequence(new Row(link.TargetEntityType))
            : new Row(link.TargetEntityType);
    }

    private sealed record Made(Type Class, IReadOnlyDictionary<string, Part> Members) : Part
    {
        protected override IEnumerable<Source> Holds => Members.Values.SelectMany(m => m.Sources);

        /// <summary>
        /// What can be set and is not, is empty; what cannot be set is computed from whatever it likes.
        /// </summary>
        protected override Part Own(string name) =>
            Members.TryGetValue(name, out var member) ? member
            : Class.GetProperty(name) is { CanWrite: true } ? Nothing
            : AsScalar();
    }

    private sealed record Sequence(Part Each, Part? Key = null) : Part
    {
        protected override IEnumerable<Source> Holds => Each.Sources.Concat(Key?.Sources ?? []);

        /// <summary>What chose the rows of which one thing is made; those of a group were chosen by its key.</summary>
        internal IEnumerable<Source> Collapsed => ChosenBy.Concat(Key?.Sources ?? []);

        internal override Part Element => Each;

        protected override Part Own(string name) =>
            name == nameof(Key) && Key is not null ? Key
            : name == "Count" ? Together(Collapsed)
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
