using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace EduAssist.OData;

/// <summary>
/// Keeps numbers of persons out of whatever a query computes: conditions, orders, groups, sums, computed columns, at
/// any depth of <c>$expand</c>. It walks the parsed clauses once, before anything binds them, so an alias can be made
/// of nothing that may not be read: a column is refused where it is named, whatever it is called afterwards. What is
/// only shown is masked by <see cref="Answer.Shown"/>.
/// </summary>
internal sealed class Guard(Model model) : QueryNodeVisitor<bool>
{
    /// <summary>Refuses a query that reads a number of a person otherwise than to show it.</summary>
    internal void Check(Asked asked)
    {
        try
        {
            Check(asked.Filter);
            Check(asked.OrderBy);
            Check(asked.Compute);
            foreach (var step in asked.Apply?.Transformations ?? [])
                Check(step);
            Check(asked.SelectExpand);
            foreach (var value in asked.Aliases.Values)
                value?.Accept(this);
        }
        catch (NotImplementedException)
        {
            throw QueryException.NotImplemented("查询中的这种写法"); // what is not known here is not let through
        }
    }

    private void Check(FilterClause? clause) => clause?.Expression.Accept(this);

    private void Check(OrderByClause? clause)
    {
        for (; clause is not null; clause = clause.ThenBy)
            clause.Expression.Accept(this);
    }

    private void Check(ComputeClause? clause)
    {
        foreach (var computed in clause?.ComputedItems ?? [])
            computed.Expression.Accept(this);
    }

    private void Check(SelectExpandClause? clause)
    {
        foreach (var item in clause?.SelectedItems ?? [])
            switch (item)
            {
                case ExpandedNavigationSelectItem expanded:
                    Check(expanded.FilterOption);
                    Check(expanded.OrderByOption);
                    Check(expanded.ComputeOption);
                    foreach (var step in expanded.ApplyOption?.Transformations ?? [])
                        Check(step);
                    Check(expanded.SelectAndExpand);
                    break;
                case ExpandedReferenceSelectItem counted:
                    Check(counted.FilterOption);
                    break;
            }
    }

    private void Check(TransformationNode step)
    {
        switch (step)
        {
            case FilterTransformationNode filter:
                Check(filter.FilterClause);
                break;
            case ComputeTransformationNode compute:
                foreach (var computed in compute.Expressions)
                    computed.Expression.Accept(this);
                break;
            case AggregateTransformationNode aggregate:
                Check(aggregate.AggregateExpressions);
                break;
            case GroupByTransformationNode group:
                Check(group.GroupingProperties);
                if (group.ChildTransformations is { } child)
                    Check(child);
                break;
        }
    }

    private void Check(IEnumerable<AggregateExpressionBase> aggregates)
    {
        foreach (var aggregate in aggregates)
            if (aggregate is AggregateExpression { Method: not AggregationMethod.VirtualPropertyCount } one)
                one.Expression.Accept(this);
            else if (aggregate is EntitySetAggregateExpression set)
                Check(set.Children);
    }

    private void Check(IEnumerable<GroupByPropertyNode> properties)
    {
        foreach (var property in properties)
        {
            property.Expression?.Accept(this);
            Check(property.ChildTransformations);
        }
    }

    public override bool Visit(SingleValuePropertyAccessNode nodeIn)
    {
        if (model.FindColumn(nodeIn.Property) is { IsPersonal: true } column)
            throw QueryException.Personal(column.Title);
        return nodeIn.Source.Accept(this);
    }

    public override bool Visit(BinaryOperatorNode nodeIn) => nodeIn.Left.Accept(this) | nodeIn.Right.Accept(this);

    public override bool Visit(UnaryOperatorNode nodeIn) => nodeIn.Operand.Accept(this);

    public override bool Visit(ConvertNode nodeIn) => nodeIn.Source.Accept(this);

    public override bool Visit(InNode nodeIn) => nodeIn.Left.Accept(this) | nodeIn.Right.Accept(this);

    public override bool Visit(AnyNode nodeIn) => nodeIn.Source.Accept(this) | nodeIn.Body.Accept(this);

    public override bool Visit(AllNode nodeIn) => nodeIn.Source.Accept(this) | nodeIn.Body.Accept(this);

    public override bool Visit(SingleNavigationNode nodeIn) => nodeIn.Source.Accept(this);

    public override bool Visit(CollectionNavigationNode nodeIn) => nodeIn.Source.Accept(this);

    public override bool Visit(CountNode nodeIn)
    {
        Check(nodeIn.FilterClause);
        return nodeIn.Source.Accept(this);
    }

    public override bool Visit(SingleValueFunctionCallNode nodeIn) =>
        nodeIn.Parameters.Aggregate(false, (seen, parameter) => parameter.Accept(this) | seen);

    // what has no column within
    public override bool Visit(ConstantNode nodeIn) => true;

    public override bool Visit(CollectionConstantNode nodeIn) => true;

    public override bool Visit(ResourceRangeVariableReferenceNode nodeIn) => true;

    public override bool Visit(NonResourceRangeVariableReferenceNode nodeIn) => true;

    public override bool Visit(ParameterAliasNode nodeIn) => true; // its value is visited by itself

    public override bool Visit(SingleValueOpenPropertyAccessNode nodeIn) => true; // what an alias is made of is visited

    public override bool Visit(NamedFunctionParameterNode nodeIn) => nodeIn.Value.Accept(this);
}
