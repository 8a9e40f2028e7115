using EduAssist.Kernel.Calendar;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace EduAssist.OData;

/// <summary>
/// How names and values of a query are understood: names in any case, words of closed lists as texts, a text in quotes
/// as the value that it is compared with, and an instant of midnight as its day where it is compared with a day. Grids
/// of JavaScript know no days and send <c>BirthDate ge 2005-05-01T00:00:00Z</c> or <c>BirthDate ge '2005-05-01'</c>.
/// </summary>
internal sealed class Resolver : ODataUriResolver
{
    private readonly StringAsEnumResolver words = new() { EnableCaseInsensitive = true };

    internal Resolver() => EnableCaseInsensitive = true;

    public override IEnumerable<KeyValuePair<string, object>> ResolveKeys(
        IEdmEntityType type,
        IList<string> positionalValues,
        Func<IEdmTypeReference, string, object> convertFunc
    ) => words.ResolveKeys(type, positionalValues, convertFunc);

    public override IEnumerable<KeyValuePair<string, object>> ResolveKeys(
        IEdmEntityType type,
        IDictionary<string, string> namedValues,
        Func<IEdmTypeReference, string, object> convertFunc
    ) => words.ResolveKeys(type, namedValues, convertFunc);

    public override void PromoteBinaryOperandTypes(
        BinaryOperatorKind binaryOperatorKind,
        ref SingleValueNode leftNode,
        ref SingleValueNode rightNode,
        out IEdmTypeReference typeReference
    )
    {
        rightNode = Typed(rightNode, leftNode);
        leftNode = Typed(leftNode, rightNode);
        if (IsDay(leftNode))
            rightNode = Day(rightNode);
        else if (IsDay(rightNode))
            leftNode = Day(leftNode);
        words.PromoteBinaryOperandTypes(binaryOperatorKind, ref leftNode, ref rightNode, out typeReference);
    }

    /// <summary>A text in quotes as a value of the type of what it is compared with, if it is one.</summary>
    private static SingleValueNode Typed(SingleValueNode node, SingleValueNode other) =>
        node is ConstantNode { Value: string text }
        && other is not ConstantNode
        && other.TypeReference is { } type
        && type.IsPrimitive()
        && !type.IsString()
        && (
            ValueOf(text, type.PrimitiveKind())
            ?? (type.IsDate() ? ValueOf(text, EdmPrimitiveTypeKind.DateTimeOffset) : null)
        )
            is { } value
            ? value
            : node;

    /// <summary>A text as a value of a type; null: it is none.</summary>
    private static ConstantNode? ValueOf(string text, EdmPrimitiveTypeKind kind)
    {
        var type = EdmCoreModel.Instance.GetPrimitive(kind, isNullable: false);
        try
        {
            return new(
                ODataUriUtils.ConvertFromUriLiteral(text, ODataVersion.V4, EdmCoreModel.Instance, type),
                text,
                type
            );
        }
        catch (ODataException)
        {
            return null;
        }
    }

    private static bool IsDay(SingleValueNode node) =>
        node.TypeReference?.PrimitiveKind() is EdmPrimitiveTypeKind.Date && node is not ConstantNode;

    /// <summary>The day that an instant begins, at its own offset or at +08:00; null: it begins none.</summary>
    internal static DateOnly? DayOf(DateTimeOffset instant)
    {
        var here = instant.TimeOfDay == TimeSpan.Zero ? instant : instant.ToOffset(Today.Offset);
        return here.TimeOfDay == TimeSpan.Zero ? DateOnly.FromDateTime(here.DateTime) : null;
    }

    private static SingleValueNode Day(SingleValueNode node)
    {
        if (node is not ConstantNode { Value: DateTimeOffset instant })
            return node;
        if (DayOf(instant) is not { } day)
            throw QueryException.Invalid(
                $"日期不能与 {instant:O} 比较：那不是一天的零点。请写日期，如 {instant.ToOffset(Today.Offset):yyyy-MM-dd}。"
            );
#pragma warning disable CS0618 // the parser makes its own kind of day until ODataLib 9
        return new ConstantNode(
            new Date(day.Year, day.Month, day.Day),
            $"{day:yyyy-MM-dd}",
            EdmCoreModel.Instance.GetDate(isNullable: false)
        );
#pragma warning restore CS0618
    }
}
