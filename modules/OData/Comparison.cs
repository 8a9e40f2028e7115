using System.Linq.Expressions;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace EduAssist.OData;

/// <summary>
/// Comparing and calculating. Texts compare by their characters, closed lists by the text of their words, as they are
/// stored; a comparison with null is false, except that null equals null.
/// </summary>
internal static class Comparison
{
    private static readonly Expression Zero = Expression.Constant(0);

    internal static bool Is(BinaryOperatorKind kind) =>
        kind
            is BinaryOperatorKind.Equal
                or BinaryOperatorKind.NotEqual
                or BinaryOperatorKind.GreaterThan
                or BinaryOperatorKind.GreaterThanOrEqual
                or BinaryOperatorKind.LessThan
                or BinaryOperatorKind.LessThanOrEqual
                or BinaryOperatorKind.Has;

    /// <summary>
    /// A comparison, which is never null. <c>Name gt 'm'</c> becomes <c>row.Name != null &amp;&amp;
    /// string.Compare(row.Name, 'm') &gt; 0</c>.
    /// </summary>
    internal static Expression Compare(BinaryOperatorKind kind, Expression a, Expression b)
    {
        if (kind is BinaryOperatorKind.Equal)
            return Equal(a, b);
        if (kind is BinaryOperatorKind.NotEqual)
            return Expression.Not(Equal(a, b));
        if (a is ConstantExpression { Value: null } || b is ConstantExpression { Value: null })
            return Expression.Constant(false);
        if (kind is BinaryOperatorKind.Has)
            return Guard([a, b], Has(Bare(a), Bare(b)));
        kind = Rounded(kind, a, b);
        var (left, right) = Align(Ordered(Bare(a)), Ordered(Bare(b)));
        if (left.Type == typeof(string))
            (left, right) = (Expression.Call(typeof(string), nameof(string.Compare), null, left, right), Zero);
        if (left.Type == typeof(bool))
            throw QueryException.Invalid("真假不能比较大小。");
        return Guard(
            [a, b],
            kind switch
            {
                BinaryOperatorKind.GreaterThan => Expression.GreaterThan(left, right),
                BinaryOperatorKind.GreaterThanOrEqual => Expression.GreaterThanOrEqual(left, right),
                BinaryOperatorKind.LessThan => Expression.LessThan(left, right),
                _ => Expression.LessThanOrEqual(left, right),
            }
        );
    }

    /// <summary>
    /// Instants are stored in whole milliseconds, and what is compared with them is cut to such: after a finer one is
    /// at its millisecond's end, so <c>At ge 10:00:00.0005Z</c> is <c>At gt 10:00:00.000Z</c>.
    /// </summary>
    private static BinaryOperatorKind Rounded(BinaryOperatorKind kind, Expression a, Expression b) =>
        kind switch
        {
            BinaryOperatorKind.GreaterThanOrEqual when IsFine(b) => BinaryOperatorKind.GreaterThan,
            BinaryOperatorKind.LessThan when IsFine(b) => BinaryOperatorKind.LessThanOrEqual,
            BinaryOperatorKind.LessThanOrEqual when IsFine(a) => BinaryOperatorKind.LessThan,
            BinaryOperatorKind.GreaterThan when IsFine(a) => BinaryOperatorKind.GreaterThanOrEqual,
            _ => kind,
        };

    /// <summary>An instant that no row can have.</summary>
    internal static bool IsFine(object? value) =>
        (value is Expression given ? Literals.Known(given) : value) is DateTimeOffset instant
        && instant.Ticks % TimeSpan.TicksPerMillisecond != 0;

    /// <summary>Equality, where null equals null: <c>Score eq null</c> becomes <c>row.Score == null</c>.</summary>
    internal static Expression Equal(Expression a, Expression b)
    {
        if (a is ConstantExpression { Value: null })
            (a, b) = (b, a);
        if (b is ConstantExpression { Value: null })
            return a is ConstantExpression { Value: null } ? Expression.Constant(true) : IsNull(a);
        if (IsFine(a) != IsFine(b))
            return Expression.Constant(false);
        (a, b) = Align(a, b);
        return Expression.Equal(a, b);
    }

    internal static Expression IsNull(Expression value) =>
        CanBeNull(value) ? Expression.Equal(value, Expression.Constant(null, value.Type)) : Expression.Constant(false);

    internal static Expression IsNotNull(Expression value) =>
        Expression.NotEqual(value, Expression.Constant(null, value.Type));

    /// <summary>
    /// A condition that is false where one of the values is null: <c>Score gt 90</c> becomes <c>row.Score != null
    /// &amp;&amp; row.Score.Value &gt; 90</c>. Without it, its negation would be true for a row without a score in
    /// .NET, and null in SQL.
    /// </summary>
    internal static Expression Guard(IEnumerable<Expression> values, Expression condition) =>
        values
            .Where(v => CanBeNull(v) && Literals.Known(v) is null)
            .Reverse()
            .Aggregate(condition, (guarded, value) => Expression.AndAlso(IsNotNull(value), guarded));

    /// <summary>
    /// Whether a value may be null. The type of a text does not tell; asking a column that is never null costs the
    /// database nothing.
    /// </summary>
    internal static bool CanBeNull(Expression value) =>
        !value.Type.IsValueType || Nullable.GetUnderlyingType(value.Type) is not null;

    /// <summary>The value of what was found not to be null.</summary>
    internal static Expression Bare(Expression value) =>
        Nullable.GetUnderlyingType(value.Type) is null ? value : Expression.Property(value, nameof(Nullable<>.Value));

    internal static Expression To(Expression value, Type type) =>
        value.Type == type ? value : Expression.Convert(value, type);

    /// <summary>The value by which another is ordered: enumerations by their word, as they are stored.</summary>
    internal static Expression Ordered(Expression value) =>
        value.Type.IsEnum ? Expression.Call(value, typeof(object).GetMethod(nameof(ToString))!) : value;

    internal static Expression Negate(Expression value) =>
        value is ConstantExpression { Value: null } ? value
        : IsNumber(value.Type) ? Expression.Negate(Wide(value))
        : throw QueryException.Invalid("只有数能取负。");

    /// <summary>As the type that ODataLib promotes it to; what is no number stays.</summary>
    internal static Expression Widen(Expression value, IEdmTypeReference? type)
    {
        if (type?.IsPrimitive() != true || !IsNumber(value.Type))
            return value;
        var wide = type.PrimitiveKind() switch
        {
            EdmPrimitiveTypeKind.Int64 => typeof(long),
            EdmPrimitiveTypeKind.Decimal => typeof(decimal),
            EdmPrimitiveTypeKind.Double => typeof(double),
            _ => Literals.Plain(value.Type),
        };
        return To(value, Nullable.GetUnderlyingType(value.Type) is null ? wide : Literals.Nullable(wide));
    }

    /// <summary>
    /// Whole numbers calculate in 64 bits. Division by zero gives null, on both databases and in memory: <c>Sum div
    /// Count</c> becomes <c>row.Count == 0 ? null : row.Sum / row.Count</c>.
    /// </summary>
    internal static Expression Calculate(BinaryOperatorKind kind, Expression a, Expression b, Engine engine)
    {
        if (a is ConstantExpression { Value: null } || b is ConstantExpression { Value: null })
            return Expression.Constant(null);
        if (!IsNumber(a.Type) || !IsNumber(b.Type))
            throw QueryException.NotImplemented("对数以外的值做算术");
        (a, b) = Align(Wide(a), Wide(b));
        if (kind is BinaryOperatorKind.Modulo && Literals.Plain(a.Type) == typeof(double))
            throw QueryException.NotImplemented("对 Double 取余"); // PostgreSQL has no modulo of double precision
        return kind switch
        {
            BinaryOperatorKind.Add => Within64(Expression.Add, Expression.AddChecked, a, b, engine),
            BinaryOperatorKind.Subtract => Within64(Expression.Subtract, Expression.SubtractChecked, a, b, engine),
            BinaryOperatorKind.Multiply => Within64(Expression.Multiply, Expression.MultiplyChecked, a, b, engine),
            BinaryOperatorKind.Divide => Divided(Expression.Divide, a, b),
            _ => Divided(Expression.Modulo, a, b),
        };
    }

    /// <summary>
    /// Never a wrong number: what leaves 64 bits is refused. PostgreSQL does so itself; SQLite goes on with a real
    /// number, so where that may happen the real result is looked at first, and one that is too large becomes
    /// <c>abs(-9223372036854775808)</c>, which SQLite refuses.
    /// </summary>
    private static Expression Within64(
        Func<Expression, Expression, Expression> plain,
        Func<Expression, Expression, Expression> inMemory,
        Expression a,
        Expression b,
        Engine engine
    )
    {
        if (Literals.Plain(a.Type) != typeof(long) || engine == Engine.PostgreSql)
            return plain(a, b);
        if (engine == Engine.Memory)
            return inMemory(a, b);
        var whole = plain(a, b);
        if (IsOfInt(a) && IsOfInt(b))
            return whole;
        var real = plain(To(Bare(a), typeof(double)), To(Bare(b), typeof(double)));
        var beyond = Expression.OrElse(
            Expression.GreaterThanOrEqual(real, Expression.Constant(Beyond)),
            Expression.LessThanOrEqual(real, Expression.Constant(-Beyond))
        );
        // it hangs on the row, or it would be computed here, for every row
        var nought = Expression.Multiply(
            To(Bare(Literals.Known(a) is null ? a : b), typeof(long)),
            Expression.Constant(0L)
        );
        var refused = Expression.Call(
            typeof(Math),
            nameof(Math.Abs),
            null,
            Expression.Add(Literals.Parameter(long.MinValue, typeof(long)), nought)
        );
        return Expression.Condition(beyond, To(refused, whole.Type), whole);
    }

    private const double Beyond = 9223372036854775808d;

    /// <summary>Whether a whole number is of 32 bits: what is made of two such is of 64 at most.</summary>
    private static bool IsOfInt(Expression value) =>
        value is UnaryExpression { NodeType: ExpressionType.Convert } of
            ? Literals.Plain(of.Operand.Type) == typeof(int)
            : Literals.Known(value) is long and >= int.MinValue and <= int.MaxValue;

    /// <summary>Whether every number of one type is one of the other.</summary>
    internal static bool IsWider(Type wide, Type narrow) =>
        Rank(wide) > Rank(narrow) && (narrow != typeof(double) || wide != typeof(decimal));

    internal static bool IsNumber(Type type) =>
        Literals.Plain(type) is var plain
        && (plain == typeof(int) || plain == typeof(long) || plain == typeof(decimal) || plain == typeof(double));

    /// <summary>Both as one type: nullable where one is, and of numbers the wider one.</summary>
    internal static (Expression A, Expression B) Align(Expression a, Expression b)
    {
        var (plainA, plainB) = (Literals.Plain(a.Type), Literals.Plain(b.Type));
        if (plainA.IsEnum && plainB == typeof(string))
            (b, plainB) = (Named(b, plainA), plainA);
        if (plainB.IsEnum && plainA == typeof(string))
            (a, plainA) = (Named(a, plainB), plainB);
        if (plainA != plainB && !(IsNumber(plainA) && IsNumber(plainB)))
            throw QueryException.Invalid($"{Word(plainA)}与{Word(plainB)}不能比较。");
        var plain = Rank(plainA) >= Rank(plainB) ? plainA : plainB;
        var type = a.Type != plainA || b.Type != plainB ? Literals.Nullable(plain) : plain;
        return (To(a, type), To(b, type));
    }

    /// <summary>What a type is called among people.</summary>
    internal static string Word(Type plain) =>
        plain.IsEnum ? "取值"
        : IsNumber(plain) ? "数"
        : plain == typeof(string) ? "文字"
        : plain == typeof(bool) ? "真假"
        : plain == typeof(DateOnly) ? "日期"
        : plain == typeof(DateTimeOffset) ? "时间"
        : "标识";

    /// <summary>
    /// The word of an enumeration that is compared as a text: <c>Kind eq 'Primary'</c> becomes <c>row.Kind ==
    /// SchoolKind.Primary</c>.
    /// </summary>
    private static Expression Named(Expression text, Type type) =>
        Literals.Known(text) is string word
            ? Literals.Parameter(Literals.Enum(type, word), type)
            : throw QueryException.NotImplemented("拿文字列与取值列比较");

    /// <summary>
    /// <c>Kinds has 'Rule'</c>: of a set of flags, whether the bits are set; of any other enumeration, equality.
    /// </summary>
    private static Expression Has(Expression a, Expression b)
    {
        (a, b) = Align(a, b);
        if (!a.Type.IsDefined(typeof(FlagsAttribute), false))
            return Expression.Equal(a, b);
        var (bits, wanted) = (Expression.Convert(a, typeof(long)), Expression.Convert(b, typeof(long)));
        return Expression.Equal(Expression.And(bits, wanted), wanted);
    }

    private static Expression Wide(Expression value) =>
        Literals.Plain(value.Type) != typeof(int) ? value
        : Literals.Known(value) is int known ? Literals.Parameter((long)known, typeof(long))
        : To(value, value.Type == typeof(int) ? typeof(long) : typeof(long?));

    /// <summary><c>b == 0 ? null : a / b</c>; by a known value without the question.</summary>
    private static Expression Divided(Func<Expression, Expression, BinaryExpression> divide, Expression a, Expression b)
    {
        var nullable = Literals.Nullable(a.Type);
        var none = Expression.Constant(null, nullable);
        if (Literals.Known(b) is { } known)
            return System.Convert.ToDouble(known) == 0 ? none : divide(a, b);
        var zero = To(Expression.Constant(System.Convert.ChangeType(0, Literals.Plain(b.Type))), b.Type);
        return Expression.Condition(Expression.Equal(b, zero), none, To(divide(a, b), nullable));
    }

    private static int Rank(Type type) =>
        Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 => 1,
            TypeCode.Int64 => 2,
            TypeCode.Double => 3,
            TypeCode.Decimal => 4,
            _ => 0,
        };
}
