using System.Linq.Expressions;
using EduAssist.Office.Listings;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace EduAssist.OData;

/// <summary>
/// Trees of ODataLib as expressions of LINQ. The standard's logic has three values, SQL's too, and they differ: a comparison with null is false there, and its
/// negation true. So a condition is bound twice: as what makes it <see cref="True"/> and as what makes it <see cref="False"/>, neither ever null, and a
/// negation only swaps them. The same expressions then say the same on both databases and in memory.
/// </summary>
/// <param name="model">What there is.</param>
/// <param name="source">What links are read from.</param>
/// <param name="engine">What evaluates the expressions: in memory a null must not be asked for its length.</param>
/// <param name="limits">Of one request.</param>
internal sealed class Binder(Model model, ListingSource source, Engine engine, Limits limits)
{
    private readonly Dictionary<string, (Expression Row, Set Set)> variables = [];
    private IReadOnlyDictionary<string, Expression>? computed;
    private int nodes;

    /// <summary>What stands elsewhere in the query.</summary>
    internal Names Names { get; init; } = new();

    internal bool InMemory => engine == Engine.Memory;

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

    /// <summary>Where a condition holds. Never null.</summary>
    internal Expression True(QueryNode node)
    {
        Count();
        return node switch
        {
            ConvertNode { Source: not ConstantNode } convert => True(convert.Source),
            ParameterAliasNode alias => True(Alias(alias)),
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
            AllNode all => Expression.Not(Any(all, negated: true)),
            SingleValueFunctionCallNode function when Functions.IsCondition(function.Name) => Functions.True(
                function.Name,
                Arguments(function)
            ),
            _ => IsTrue(Value(node), true),
        };
    }

    /// <summary>Where a condition does not hold. Never null; where the condition is unknown, neither holds.</summary>
    internal Expression False(QueryNode node)
    {
        Count();
        return node switch
        {
            ConvertNode { Source: not ConstantNode } convert => False(convert.Source),
            ParameterAliasNode alias => False(Alias(alias)),
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
            SingleValueOpenPropertyAccessNode open => Computed(open.Name),
            SingleValuePropertyAccessNode property when computed is not null => Computed(PathOf(property)),
            SingleValuePropertyAccessNode property => Through(property.Source, (row, set) =>
                Column(row, set, property.Property.Name)
            ),
            CountNode count => Through(((CollectionNavigationNode)count.Source).Source, (row, set) =>
                Rows.Count(Linked(row, set, ((CollectionNavigationNode)count.Source).NavigationProperty.Name))
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
                Value(arithmetic.Right)
            ),
            SingleValueFunctionCallNode function when !Functions.IsCondition(function.Name) => Functions.Value(
                function.Name,
                Arguments(function),
                engine,
                source.Policy
            ),
            UnaryOperatorNode or BinaryOperatorNode or InNode or AnyNode or AllNode or SingleValueFunctionCallNode =>
                ThreeValued(node),
            _ => throw QueryException.NotImplemented($"查询中的 {node.Kind}"),
        };
    }

    /// <summary>The column of a row.</summary>
    internal static Expression Column(Expression row, Set set, string name)
    {
        var column = set.Column(name);
        return column.IsPersonal
            ? throw QueryException.Personal(column.Title)
            : Expression.Property(row, column.Property);
    }

    /// <summary>The rows that a link leads to from a row.</summary>
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

    /// <summary>From a row, or through links that lead to at most one, to a value: null where a link leads nowhere.</summary>
    private Expression Through(QueryNode from, Func<Expression, Set, Expression> value)
    {
        Count();
        switch (from)
        {
            case ResourceRangeVariableReferenceNode variable:
                var (row, set) = variables.TryGetValue(variable.Name, out var known) ? known : variables["$it"];
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
                throw QueryException.NotImplemented($"查询中的 {from.Kind}");
        }
    }

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

    /// <summary>A link that is compared with null.</summary>
    private static SingleNavigationNode? Navigation(QueryNode one, QueryNode other) =>
        Inner(other) is ConstantNode { Value: null } ? Inner(one) as SingleNavigationNode : null;

    private static QueryNode Inner(QueryNode node) => node is ConvertNode convert ? Inner(convert.Source) : node;

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

    private Expression Computed(string name) =>
        computed?.GetValueOrDefault(name) ?? throw QueryException.Invalid($"$apply 的结果里没有 {name}。");

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
