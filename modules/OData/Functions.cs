using System.Linq.Expressions;
using System.Reflection;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;

namespace EduAssist.OData;

/// <summary>
/// The functions of a query. Null in, null out: <c>length(Name) eq 2</c> is unknown for a row without a name. Texts are
/// compared character by character; instants are taken at +08:00, as they are written.
/// </summary>
internal static class Functions
{
    /// <summary>
    /// The characters that <c>trim</c> removes, given explicitly: SQLite, PostgreSQL and .NET each remove others by
    /// default.
    /// </summary>
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n', '\u3000'];

    internal static bool IsCondition(string name) => name is "contains" or "startswith" or "endswith";

    internal static Expression True(string name, Expression[] arguments) =>
        Comparison.Guard(Texts(arguments), Condition(name, arguments));

    internal static Expression False(string name, Expression[] arguments) =>
        Comparison.Guard(Texts(arguments), Expression.Not(Condition(name, arguments)));

    internal static Expression Value(string name, Expression[] arguments, Engine engine, PolicyContext policy)
    {
        if (arguments.Any(a => a is ConstantExpression { Value: null }))
            return Expression.Constant(null);
        if (name == "now")
            return Literals.Parameter(policy.Today.Now, typeof(DateTimeOffset));
        var value = Bare(name, arguments, [.. arguments.Select(Comparison.Bare)], engine);
        var unsure = arguments.Where(a => Comparison.CanBeNull(a) && Literals.Known(a) is null).ToList();
        if (unsure.Count == 0)
            return value;
        var nullable = Literals.Nullable(value.Type);
        if (engine != Engine.Memory && name != "concat")
            return Comparison.To(value, nullable); // in SQL a function of null is null already
        return Expression.Condition(
            unsure.Select(Comparison.IsNotNull).Aggregate(Expression.AndAlso),
            Comparison.To(value, nullable),
            Expression.Constant(null, nullable)
        );
    }

    /// <summary>A value as one of another type: numbers as wider ones, whole numbers and words as texts.</summary>
    internal static Expression Cast(Expression value, string type)
    {
        if (value is ConstantExpression { Value: null })
            return value;
        var plain = Literals.Plain(value.Type);
        Type? wanted = type switch
        {
            "Edm.Int64" => typeof(long),
            "Edm.Decimal" => typeof(decimal),
            "Edm.Double" => typeof(double),
            "Edm.Int32" => typeof(int),
            _ => null,
        };
        if (NameOf(plain) == type)
            return value;
        if (wanted is not null && Comparison.IsNumber(plain) && Comparison.IsWider(wanted, plain))
            return Comparison.To(value, plain == value.Type ? wanted : Literals.Nullable(wanted));
        if (type == "Edm.String" && (plain.IsEnum || plain == typeof(int) || plain == typeof(long)))
            return Expression.Call(value, typeof(object).GetMethod(nameof(ToString))!);
        throw QueryException.NotImplemented($"cast 为 {type}");
    }

    /// <summary>Whether a value is of a type: those of a column all are, or none is.</summary>
    internal static Expression IsOf(Expression value, string type) =>
        value is ConstantExpression { Value: null } || NameOf(Literals.Plain(value.Type)) != type
            ? Expression.Constant(false)
        : Comparison.CanBeNull(value) ? Comparison.IsNotNull(value)
        : Expression.Constant(true);

    private static string NameOf(Type plain) =>
        plain.IsEnum ? Model.NameOf(plain)
        : plain == typeof(DateOnly) ? "Edm.Date"
        : $"Edm.{plain.Name}";

    private static Expression Bare(string name, Expression[] given, Expression[] a, Engine engine) =>
        name switch
        {
            "length" => Expression.Property(Text(a[0]), nameof(string.Length)),
            "indexof" => Method(Text(a[0]), nameof(string.IndexOf), Text(a[1])),
            "substring" => Substring(Text(a[0]), [.. given.Skip(1).Select(Place)], engine),
            "tolower" => Method(Text(a[0]), "ToLower"),
            "toupper" => Method(Text(a[0]), "ToUpper"),
            "trim" => Method(Text(a[0]), nameof(string.Trim), Expression.Constant(Blanks)),
            "concat" => Expression.Call(((Func<string, string, string>)string.Concat).Method, Text(a[0]), Text(a[1])),
            "year" or "month" or "day" => Expression.Property(
                Day(a[0], engine),
                $"{char.ToUpperInvariant(name[0])}{name[1..]}"
            ),
            "second" when engine == Engine.PostgreSql => Expression.Property(
                Expression.Property(Instant(a[0], engine), nameof(DateTime.TimeOfDay)),
                nameof(TimeSpan.Seconds)
            ), // PostgreSQL's date_part gives seconds with a fraction, which EF would round
            "hour" or "minute" or "second" => Expression.Property(
                Instant(a[0], engine),
                $"{char.ToUpperInvariant(name[0])}{name[1..]}"
            ),
            "date" => a[0].Type == typeof(DateOnly)
                ? a[0]
                : Expression.Call(typeof(DateOnly), nameof(DateOnly.FromDateTime), null, Instant(a[0], engine)),
            "round" or "floor" or "ceiling" => Rounded(name, a[0], engine),
            _ => throw QueryException.NotImplemented($"函数 {name}"),
        };

    private static Expression Condition(string name, Expression[] arguments)
    {
        if (arguments.Any(a => a is ConstantExpression { Value: null }))
            return Expression.Constant(false);
        var (text, part) = (Text(arguments[0]), Text(arguments[1]));
        return name switch
        {
            "contains" => Method(text, nameof(string.Contains), part),
            // EF turns StartsWith into LIKE, which ignores case on SQLite
            "startswith" => Expression.Equal(Method(text, nameof(string.IndexOf), part), Expression.Constant(0)),
            _ => Expression.AndAlso(
                Expression.GreaterThanOrEqual(Length(text), Length(part)),
                Expression.Equal(
                    Method(text, nameof(string.Substring), Expression.Subtract(Length(text), Length(part))),
                    part
                )
            ),
        };
    }

    /// <summary>The arguments that a condition is guarded by: on null it is unknown, neither true nor false.</summary>
    private static IEnumerable<Expression> Texts(Expression[] arguments) =>
        arguments.Select(a => a is ConstantExpression { Value: null } ? Expression.Constant(null, typeof(string)) : a);

    /// <summary>
    /// <c>substring(Name,1,2)</c>. Outside of the text .NET throws and a database returns what there is, so in memory
    /// <see cref="Part"/> is called.
    /// </summary>
    private static Expression Substring(Expression text, int[] places, Engine engine)
    {
        var (start, length) = (Math.Max(places[0], 0), places.Length > 1 ? Math.Max(places[1], 0) : (int?)null);
        if (engine == Engine.Memory)
            return Expression.Call(
                ((Func<string, int, int?, string>)Part).Method,
                text,
                Expression.Constant(start),
                Expression.Constant(length, typeof(int?))
            );
        var from = Literals.Parameter(start, typeof(int));
        return length is { } count
            ? Method(text, nameof(string.Substring), from, Literals.Parameter(count, typeof(int)))
            : Method(text, nameof(string.Substring), from);
    }

    private static string Part(string text, int start, int? length) =>
        start >= text.Length ? "" : text.Substring(start, Math.Min(length ?? int.MaxValue, text.Length - start));

    private static int Place(Expression argument) =>
        Literals.Known(argument) switch
        {
            int place => place,
            long place => (int)Math.Clamp(place, -1, int.MaxValue / 2),
            _ => throw QueryException.NotImplemented("substring 的位置不是整数常数"),
        };

    /// <summary>
    /// <c>round(Score)</c> with half away from zero, as the standard says; .NET and SQL round in other ways. -2.5
    /// becomes ceiling(-2.5 - 0.5) = -3. On SQLite EF translates no floor of a decimal but its remainder: floor(x) is x
    /// - x % 1, one less below zero.
    /// </summary>
    private static Expression Rounded(string name, Expression number, Engine engine)
    {
        if (number.Type == typeof(int) || number.Type == typeof(long))
            return number;
        if (number.Type != typeof(double) && number.Type != typeof(decimal))
            throw QueryException.Invalid($"{name} 只用于数。");
        var (zero, half, one) =
            number.Type == typeof(double)
                ? (Expression.Constant(0d), Expression.Constant(0.5d), Expression.Constant(1d))
                : (Expression.Constant(0m), Expression.Constant(0.5m), Expression.Constant(1m));
        Expression Towards(string method, Expression value) => Expression.Call(typeof(Math), method, null, value);
        Expression Cut(Expression value) => Expression.Subtract(value, Expression.Modulo(value, one));
        if (engine != Engine.Sqlite)
        {
            return name switch
            {
                "floor" => Towards(nameof(Math.Floor), number),
                "ceiling" => Towards(nameof(Math.Ceiling), number),
                _ => Expression.Condition(
                    Expression.LessThan(number, zero),
                    Towards(nameof(Math.Ceiling), Expression.Subtract(number, half)),
                    Towards(nameof(Math.Floor), Expression.Add(number, half))
                ),
            };
        }

        return name switch
        {
            "floor" => Expression.Condition(
                Expression.LessThan(number, Cut(number)),
                Expression.Subtract(Cut(number), one),
                Cut(number)
            ),
            "ceiling" => Expression.Condition(
                Expression.GreaterThan(number, Cut(number)),
                Expression.Add(Cut(number), one),
                Cut(number)
            ),
            _ => Expression.Condition(
                Expression.LessThan(number, zero),
                Cut(Expression.Subtract(number, half)),
                Cut(Expression.Add(number, half))
            ),
        };
    }

    private static Expression Day(Expression value, Engine engine) =>
        value.Type == typeof(DateOnly) ? value : Instant(value, engine);

    /// <summary>
    /// An instant as date and time at +08:00. A database holds it in UTC; EF adds hours to a DateTime on SQLite, to a
    /// DateTimeOffset on PostgreSQL.
    /// </summary>
    private static Expression Instant(Expression value, Engine engine)
    {
        if (value.Type != typeof(DateTimeOffset))
            throw QueryException.Invalid("这个函数用于日期或时间。");
        if (Literals.Known(value) is DateTimeOffset known)
            return Literals.Parameter(
                DateTime.SpecifyKind(known.ToOffset(Today.Offset).DateTime, DateTimeKind.Utc),
                typeof(DateTime)
            );
        return engine switch
        {
            Engine.Memory => Expression.Property(
                Expression.Call(value, nameof(DateTimeOffset.ToOffset), null, Expression.Constant(Today.Offset)),
                nameof(DateTimeOffset.DateTime)
            ),
            Engine.Sqlite => Expression.Call(
                Expression.Convert(Expression.Convert(value, typeof(object)), typeof(DateTime)),
                nameof(DateTime.AddHours),
                null,
                Expression.Constant(Today.Offset.TotalHours)
            ),
            _ => Expression.Property(
                Expression.Call(
                    value,
                    nameof(DateTimeOffset.AddHours),
                    null,
                    Expression.Constant(Today.Offset.TotalHours)
                ),
                nameof(DateTimeOffset.DateTime)
            ),
        };
    }

    private static Expression Length(Expression text) => Expression.Property(text, nameof(string.Length));

    private static Expression Text(Expression value) =>
        value.Type == typeof(string) ? value : throw QueryException.Invalid("这个函数用于文字。");

    private static Expression Method(Expression text, string name, params Expression[] arguments) =>
        Expression.Call(
            text,
            typeof(string).GetMethod(
                name,
                BindingFlags.Public | BindingFlags.Instance,
                [.. arguments.Select(a => a.Type)]
            )!,
            arguments
        );
}
