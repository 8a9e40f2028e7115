using System.Collections;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace EduAssist.OData;

/// <summary>
/// A value behind a field, as a closure holds it: <c>box.Value</c>. EF makes a parameter of a field and a literal of a
/// constant; so one compiled query serves every value, and no input reaches the text of a command.
/// </summary>
internal sealed class Box<T>(T value)
{
    public readonly T Value = value;
}

/// <summary>Values of a query as values of .NET, and in expressions.</summary>
internal static partial class Literals
{
    /// <summary>A value as a parameter of the query: the expression <c>box.Value</c>.</summary>
    internal static Expression Parameter(object value, Type type)
    {
        var box = typeof(Box<>).MakeGenericType(type);
        return Expression.Field(Expression.Constant(Activator.CreateInstance(box, value), box), nameof(Box<>.Value));
    }

    /// <summary>The value of an expression that <see cref="Parameter"/> made; null for any other expression.</summary>
    internal static object? Known(Expression expression) =>
        expression is MemberExpression { Expression: ConstantExpression { Value: { } box } } member
        && box.GetType() is { IsGenericType: true } type
        && type.GetGenericTypeDefinition() == typeof(Box<>)
            ? ((System.Reflection.FieldInfo)member.Member).GetValue(box)
            : null;

    internal static Type Nullable(Type type) =>
        type.IsValueType && System.Nullable.GetUnderlyingType(type) is null
            ? typeof(Nullable<>).MakeGenericType(type)
            : type;

    internal static Type Plain(Type type) => System.Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>A constant of the query as the type that it is compared as.</summary>
    internal static object? Convert(object? value, IEdmTypeReference? type, Model model)
    {
        var plain = value switch
        {
#pragma warning disable CS0618 // the parser makes its own kind of day until ODataLib 9
            Date day => new DateOnly(day.Year, day.Month, day.Day),
#pragma warning restore CS0618
            ODataEnumValue word => Enum(model.Enum(word.TypeName), word.Value),
            ODataNullValue => null,
            double.NaN or float.NaN => throw QueryException.Invalid("NaN 不是数，不能比较或者运算。"),
            float number => (double)number,
            short or byte or sbyte => System.Convert.ToInt32(value),
            _ => value,
        };
        return plain is null or System.Enum || type?.IsPrimitive() != true
            ? plain
            : type.PrimitiveKind() switch
            {
                EdmPrimitiveTypeKind.Decimal => System.Convert.ToDecimal(plain),
                EdmPrimitiveTypeKind.Int64 => System.Convert.ToInt64(plain),
                EdmPrimitiveTypeKind.Double => System.Convert.ToDouble(plain),
                _ => plain,
            };
    }

    internal static object Enum(Type type, string text) =>
        System.Enum.TryParse(type, text, ignoreCase: true, out var value) && IsDefined(type, value)
            ? value
            : throw QueryException.Invalid(
                $"“{text}”不是这一列的取值；可用：{string.Join("、", System.Enum.GetNames(type))}。"
            );

    /// <summary>The values of a list, each a value of the type.</summary>
    internal static Expression List(CollectionConstantNode list, Type type, Model model, InLists lists)
    {
        var plain = Plain(type);
        // the parser takes a day in such a list for an instant of its own making
        if (plain == typeof(DateTimeOffset) && DayInList().IsMatch(list.LiteralText))
            throw QueryException.Invalid($"{Comparison.Word(plain)}与{Comparison.Word(typeof(DateOnly))}不能比较。");
        var values = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;
        foreach (var constant in list.Collection)
        {
            var value = Convert(
                constant.Value is string text ? lists.Text(text) : constant.Value,
                constant.TypeReference,
                model
            );
            if (Comparison.IsFine(value))
                continue; // no row has it
            values.Add(
                value is null
                    ? (
                        type == plain && type.IsValueType
                            ? throw QueryException.Invalid("in 的列表里有空值，而这一列不会为空。")
                            : null
                    )
                    : Convert(value, plain)
            );
        }

        return Parameter(values, values.GetType());
    }

    /// <summary>A value as one of the type.</summary>
    internal static object Convert(object value, Type type)
    {
        if (value.GetType() == type)
            return value;
        if (type.IsEnum)
            return Enum(type, value as string ?? throw QueryException.Invalid("取值须写成文字，加单引号。"));
        try
        {
            return System.Convert.ChangeType(value, type);
        }
        catch (Exception misfit) when (misfit is InvalidCastException or OverflowException or FormatException)
        {
            throw QueryException.Invalid($"{value} 不是{Comparison.Word(type)}。");
        }
    }

    private static bool IsDefined(Type type, object value) =>
        type.IsDefined(typeof(FlagsAttribute), false)
            ? System.Enum.Format(type, value, "F") is var text && !char.IsAsciiDigit(text[0]) && text[0] != '-'
            : System.Enum.IsDefined(type, value);

    [GeneratedRegex(@"'\d{4}-\d{2}-\d{2}'", RegexOptions.NonBacktracking)]
    private static partial Regex DayInList();
}
