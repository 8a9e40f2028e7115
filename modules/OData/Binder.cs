using System.Linq.Expressions;
using EduAssist.Office.Listings;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace EduAssist.OData;

/// <summary>
/// Binds the syntax trees of ODataLib to expressions of LINQ: <c>Grade eq 9 and not contains(Name,'王')</c> becomes
/// <c>row.Grade == 9 &amp;&amp; row.Name != null &amp;&amp; !row.Name.Contains('王')</c>. In the standard a comparison
/// with null is false and its negation true, while <c>contains</c> of null is null and so is its negation; in SQL both
/// are null, in C# neither. So every condition is bound in two ways, as what makes it <see cref="True"/> and as what
/// makes it <see cref="False"/>. Neither is ever null, and <c>not</c> only swaps them: the same expression means the
/// same on both databases and in memory.
/// </summary>
/// <param name="model">What there is.</param>
/// <param name="source">What links are read from.</param>
/// <param name="engine">
/// What evaluates the expressions. In memory a member of null throws, where SQL gives null.
/// </param>
/// <param name="limits">Of one request.</param>
internal sealed class Binder(Model model, ListingSource source, Engine engine, Limits limits)
{
    private readonly Dictionary<string, (Expression Row, Set Set)> variables = [];
    private IReadOnlyDictionary<string, Expression>? computed;
    private int nodes;

    /// <summary>What conditions name that the query gives elsewhere: parameter aliases, texts of lists.</summary>
    internal Names Names { get; init; } = new();

    internal bool InMemory => engine == Engine.Memory;

    /// <summary>Another one, whose expressions are calculated here and not by the database.</summary>
    internal Binder ForMemory() => new(model, source, Engine.Memory, limits) { Names = Names };

    /// <summary>Binds to a row from here on.</summary>
    internal Binder On(Expression row, Set set, string variable = "$it")
    {
        variables[variable] = (row, set);
        variables["$it"] = (row, set);
        return this;
    }

    /// <summary>Binds to the columns that <c>$apply</c> made from here on: by name, or by path with slashes.</summary>
    internal Binder On(IReadOnlyDictionary<string, Expression> columns)
    {
        computed = columns;
        return this;
    }

    /// <summary>The rows where a condition is true. Never null.</summary>
    internal Expression True(QueryNode node)
    {
        Count();
        return node switch
        {
            ConvertNode { Source: not ConstantNode } convert => True(convert.Source),
            ParameterAliasNode alias => True(Alias(alias)),
            SingleValueOpenPropertyAccessNode open when MadeOf(open) is { } made => True(made),
            // not (Grade eq 9): where Grade eq 9 is false
            UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => False(not.Operand),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Expression.AndAlso(
                True(and.Left),
                True(and.Right)
            ),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Expression.OrElse(
                True(or.Left),
                True(or.Right)
            ),
            BinaryOperatorNode compared when Comparison.Is(compared.OperatorKind) => Compare(
                compared,
                compared.OperatorKind
            ),
            InNode within => In(within),
            AnyNode any => Any(any),
            // Rolls/all(r: r/Grade eq 9): no roll for which Grade eq 9 is false
            AllNode all => Expression.Not(Any(all, negated: true)),
            SingleValueFunctionCallNode function when Functions.IsCondition(function.Name) => Functions.True(
                function.Name,
                Arguments(function)
            ),
            // a column of true and false by itself: Boards becomes row.Boards == true
            _ => IsTrue(Value(node), true),
        };
    }

    /// <summary>The rows where a condition is false. Never null. A row where it is unknown is in neither.</summary>
    internal Expression False(QueryNode node)
    {
        Count();
        return node switch
        {
            ConvertNode { Source: not ConstantNode } convert => False(convert.Source),
            ParameterAliasNode alias => False(Alias(alias)),
            SingleValueOpenPropertyAccessNode open when MadeOf(open) is { } made => False(made),
            // not (not (Grade eq 9)): where Grade eq 9 is true
            UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => True(not.Operand),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Expression.OrElse(
                False(and.Left),
                False(and.Right)
            ),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Expression.AndAlso(
                False(or.Left),
                False(or.Right)
            ),
            BinaryOperatorNode compared when Comparison.Is(compared.OperatorKind) => Expression.Not(
                Compare(compared, compared.OperatorKind)
            ),
            // these are never unknown
            InNode or AnyNode or AllNode => Expression.Not(True(node)),
            SingleValueFunctionCallNode function when Functions.IsCondition(function.Name) => Functions.False(
                function.Name,
                Arguments(function)
            ),
            _ => IsTrue(Value(node), false),
        };
    }

    /// <summary>A value; of a nullable type where it may be null.</summary>
    internal Expression Value(QueryNode node)
    {
        Count();
        return node switch
        {
            ConstantNode constant => Constant(constant.Value, constant.TypeReference),
            ConvertNode { Source: ConstantNode constant } convert => Constant(constant.Value, convert.TypeReference),
            ConvertNode convert => Comparison.Widen(Value(convert.Source), convert.TypeReference),
            ParameterAliasNode alias => Value(Alias(alias)),
            SingleValueOpenPropertyAccessNode open => MadeOf(open) is { } made ? Value(made) : Computed(open.Name),
            SingleValuePropertyAccessNode property when computed is not null => Computed(PathOf(property)),
            SingleValuePropertyAccessNode property => Through(property.Source, (row, set) =>
                Expression.Property(row, set.Column(property.Property.Name).Property)
            ),
            // Rolls/$count: rolls.Where(to => to.StudentId == row.Id).LongCount()
            CountNode { Source: CollectionNavigationNode counted } count => Through(counted.Source, (row, set) =>
                Counted(
                    row,
                    set,
                    counted.NavigationProperty.Name,
                    count.SearchClause is null
                        ? count.FilterClause
                        : throw QueryException.NotImplemented("$count 中的 $search")
                )
            ),
            UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Negate } negate => Comparison.Negate(
                Value(negate.Operand)
            ),
            BinaryOperatorNode
            {
                OperatorKind: BinaryOperatorKind.Add
                    or BinaryOperatorKind.Subtract
                    or BinaryOperatorKind.Multiply
                    or BinaryOperatorKind.Divide
                    or BinaryOperatorKind.Modulo
            } arithmetic => Comparison.Calculate(
                arithmetic.OperatorKind,
                Value(arithmetic.Left),
                Value(arithmetic.Right),
                engine
            ),
            SingleValueFunctionCallNode { Name: "cast" or "isof" } typed => Typed(typed),
            SingleValueFunctionCallNode function when !Functions.IsCondition(function.Name) => Functions.Value(
                function.Name,
                Arguments(function),
                engine,
                source.Policy
            ),
            UnaryOperatorNode or BinaryOperatorNode or InNode or AnyNode or AllNode or SingleValueFunctionCallNode =>
                ThreeValued(node),
            _ => throw QueryException.NotImplemented("查询中的这种写法"),
        };
    }

    /// <summary>
    /// The rows that a search finds: each word stands in one of the columns that are searched. Never null.
    /// </summary>
    internal Expression Found(QueryNode search, IReadOnlyList<Expression> columns)
    {
        Count();
        return search switch
        {
            SearchTermNode term => columns
                .Select(c => Functions.True("contains", [c, Literals.Parameter(term.Text, typeof(string))]))
                .Aggregate(Expression.OrElse),
            UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => Expression.Not(
                Found(not.Operand, columns)
            ),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } and => Expression.AndAlso(
                Found(and.Left, columns),
                Found(and.Right, columns)
            ),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } or => Expression.OrElse(
                Found(or.Left, columns),
                Found(or.Right, columns)
            ),
            _ => throw QueryException.NotImplemented("$search 中的这种写法"),
        };
    }

    /// <summary>The rows of a listing that a search finds.</summary>
    internal Expression Found(SearchClause search, Expression row, Set set)
    {
        var columns = set.Listing.Columns.Where(IsSearched).ToList();
        return columns.Count == 0
            ? throw QueryException.NotImplemented($"{set.Name} 的 $search：这里没有可以查找的列")
            : Found(search.Expression, [.. columns.Select(c => Expression.Property(row, c.Property))]);
    }

    internal static bool IsSearched(Column column) =>
        column is { IsSearched: true, IsPersonal: false } && column.Type == typeof(string);

    /// <summary>How many rows a link leads to.</summary>
    internal Expression Counted(Expression row, Set set, string link, FilterClause? filter)
    {
        var linked = Linked(row, set, link);
        if (filter is null)
            return Rows.Count(linked);
        var target = set.Links[link].Target;
        var one = Expression.Parameter(target.Listing.Row, "counted");
        var before = variables.GetValueOrDefault("$it");
        var holds = On(one, target, filter.RangeVariable.Name).True(filter.Expression);
        if (before.Row is not null)
            variables["$it"] = before;
        return Rows.Count(Rows.Where(linked, one, holds));
    }

    /// <summary>
    /// The rows that a link leads to from a row: <c>rolls.Where(to =&gt; to.StudentId == row.Id)</c>.
    /// </summary>
    internal Expression Linked(Expression row, Set set, string link)
    {
        if (InMemory)
            throw QueryException.NotImplemented($"对 {set.Name} 按关联筛选或排序");
        var (declared, target) = set.Links[link];
        var rows = target.Listing.Rows(source);
        if (rows.Provider is not Microsoft.EntityFrameworkCore.Query.IAsyncQueryProvider)
            throw QueryException.NotImplemented($"按 {set.Name}/{link} 筛选或排序");
        var to = Expression.Parameter(target.Listing.Row, "to");
        var here = Expression.Property(row, declared.Column);
        Expression equal = Comparison.Equal(Expression.Property(to, declared.TargetColumn), here);
        if (set.Column(declared.Column).IsNullable)
            equal = Expression.AndAlso(Comparison.IsNotNull(here), equal);
        return Rows.Where(rows.Expression, to, equal);
    }

    private Expression Constant(object? value, IEdmTypeReference? type) =>
        Literals.Convert(value, type, model) is { } plain
            ? Literals.Parameter(plain, plain.GetType())
            : Expression.Constant(null);

    private Expression[] Arguments(SingleValueFunctionCallNode function) => [.. function.Parameters.Select(Value)];

    private SingleValueNode Alias(ParameterAliasNode alias) =>
        Names.Aliases.TryGetValue(alias.Alias, out var value) && value is not null
            ? value
            : throw QueryException.Invalid($"没有给出参数 {alias.Alias} 的值。");

    /// <summary>
    /// A value of the row, or one behind links to at most one row: <c>Student/Name</c> becomes <c>students.Where(to
    /// =&gt; to.Id == row.StudentId).Select(one =&gt; one.Name).FirstOrDefault()</c>. Null where a link leads nowhere.
    /// </summary>
    private Expression Through(QueryNode from, Func<Expression, Set, Expression> value)
    {
        Count();
        switch (from)
        {
            case ResourceRangeVariableReferenceNode variable:
                var (row, set) = variables.TryGetValue(variable.Name, out var known) ? known : variables["$it"];
                if (variable.StructuredTypeReference is { } type && type.Definition != set.Type)
                    throw QueryException.NotImplemented("$expand 中指外层行的 $it");
                return value(row, set);
            case SingleNavigationNode navigation:
                return Through(navigation.Source, (row, set) =>
                {
                    var target = set.Links[navigation.NavigationProperty.Name].Target;
                    var to = Expression.Parameter(target.Listing.Row, "one");
                    var body = value(to, target);
                    return Rows.First(
                        Rows.Select(
                            Linked(row, set, navigation.NavigationProperty.Name),
                            to,
                            Comparison.To(body, Literals.Nullable(body.Type))
                        )
                    );
                });
            default:
                throw QueryException.NotImplemented("查询中的这种路径");
        }
    }

    /// <summary>
    /// A comparison. <c>Student eq null</c> becomes <c>!students.Any(to =&gt; to.Id == row.StudentId)</c>, all others
    /// compare values.
    /// </summary>
    private Expression Compare(BinaryOperatorNode node, BinaryOperatorKind kind)
    {
        if (
            kind is BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual
            && (Navigation(node.Left, node.Right) ?? Navigation(node.Right, node.Left)) is { } navigation
        )
        {
            var exists = Through(navigation.Source, (row, set) =>
                Rows.Any(Linked(row, set, navigation.NavigationProperty.Name))
            );
            return IsTrue(exists, kind == BinaryOperatorKind.NotEqual);
        }

        return Comparison.Compare(kind, Value(node.Left), Value(node.Right));
    }

    /// <summary>The link in a comparison with null, <c>Student eq null</c>; null: the comparison is another.</summary>
    private static SingleNavigationNode? Navigation(QueryNode one, QueryNode other) =>
        Inner(other) is ConstantNode { Value: null } ? Inner(one) as SingleNavigationNode : null;

    private static QueryNode Inner(QueryNode node) => node is ConvertNode convert ? Inner(convert.Source) : node;

    /// <summary>
    /// <c>Grade in (7,8)</c> becomes <c>box.Value.Contains(row.Grade)</c>, with the list as one parameter.
    /// </summary>
    private Expression In(InNode node)
    {
        if (node.Right is not CollectionConstantNode list)
            throw QueryException.NotImplemented("in 后面不是值的列表");
        if (list.Collection.Count > limits.List)
            throw QueryException.Limit($"in 的列表最多 {limits.List} 个值。");
        var left = Value(node.Left);
        if (left is ConstantExpression)
            throw QueryException.Invalid("in 前面须为列或表达式。");
        return Expression.Call(
            typeof(Enumerable),
            nameof(Enumerable.Contains),
            [left.Type],
            Literals.List(list, left.Type, model, Names.Lists),
            left
        );
    }

    /// <summary>
    /// <c>Rolls/any(r: r/Grade eq 9)</c> becomes <c>rolls.Where(to =&gt; to.StudentId == row.Id).Any(r =&gt; r.Grade ==
    /// 9)</c>; negated, for <c>all</c>, it asks for a row for which the condition is false.
    /// </summary>
    private Expression Any(LambdaNode node, bool negated = false)
    {
        if (node.Source is not CollectionNavigationNode navigation)
            throw QueryException.NotImplemented("对关联以外的集合用 any 或 all");
        return IsTrue(Through(navigation.Source, (row, set) =>
            {
                var linked = Linked(row, set, navigation.NavigationProperty.Name);
                if (node.CurrentRangeVariable is not { } variable)
                    return Rows.Any(linked);
                var target = set.Links[navigation.NavigationProperty.Name].Target;
                var one = Expression.Parameter(target.Listing.Row, variable.Name);
                variables[variable.Name] = (one, target);
                var holds = True(node.Body);
                variables.Remove(variable.Name);
                return Rows.Any(Rows.Where(linked, one, negated ? Expression.Not(holds) : holds));
            }), true);
    }

    private Expression ThreeValued(QueryNode node) =>
        Expression.Condition(
            True(node),
            Yes,
            Expression.Condition(False(node), No, Expression.Constant(null, typeof(bool?)))
        );

    private static readonly Expression Yes = Expression.Constant(true, typeof(bool?)),
        No = Expression.Constant(false, typeof(bool?));

    private static Expression IsTrue(Expression value, bool wanted)
    {
        if (value is ConstantExpression { Value: null })
            return Expression.Constant(false);
        if (value.Type == typeof(bool))
            return wanted ? value : Expression.Not(value);
        if (value.Type == typeof(bool?))
            return Expression.Equal(value, wanted ? Yes : No);
        throw QueryException.Invalid("条件的结果须为真假。");
    }

    /// <summary>What an alias stands for; null: it is a column that <c>$apply</c> made.</summary>
    private SingleValueNode? MadeOf(SingleValueOpenPropertyAccessNode alias) =>
        computed?.ContainsKey(alias.Name) == true ? null : Names.Computed.GetValueOrDefault(alias.Name);

    private Expression Computed(string name) =>
        computed?.GetValueOrDefault(name) ?? throw QueryException.Invalid($"这里没有 {name}。");

    /// <summary><c>cast(Grade,Edm.String)</c>, <c>isof(Grade,Edm.Int32)</c>.</summary>
    private Expression Typed(SingleValueFunctionCallNode node)
    {
        if (node.Parameters.ToList() is not [{ } of, ConstantNode { Value: { } wanted }])
            throw QueryException.NotImplemented($"{node.Name} 整行");
        var value = Value(of);
        return node.Name == "cast" ? Functions.Cast(value, $"{wanted}") : Functions.IsOf(value, $"{wanted}");
    }

    private static string PathOf(SingleValuePropertyAccessNode node) =>
        string.Join('/', Links(node.Source).Append(node.Property.Name));

    private static IEnumerable<string> Links(QueryNode node) =>
        node is SingleNavigationNode navigation
            ? Links(navigation.Source).Append(navigation.NavigationProperty.Name)
            : [];

    private void Count()
    {
        if (++nodes > limits.Nodes)
            throw QueryException.Limit($"查询过于复杂：最多 {limits.Nodes} 个运算、函数、名称和值。");
    }
}
