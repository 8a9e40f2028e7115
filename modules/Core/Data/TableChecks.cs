using System.Linq.Expressions;
using EduAssist.Data.Privacy;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Data;

/// <summary>
/// What a declaration of a table may not leave open: each is one line for whoever starts the program, and nothing is
/// started.
/// </summary>
internal static class TableChecks
{
    private static readonly HashSet<Type> NoTexts =
    [
        typeof(Guid),
        typeof(bool),
        typeof(int),
        typeof(long),
        typeof(decimal),
        typeof(double),
        typeof(DateOnly),
        typeof(DateTimeOffset),
        typeof(byte[]),
    ];

    /// <summary>
    /// The name of a table is data and written as a text: were it derived from the name of the class, renaming the
    /// class would lose the table.
    /// </summary>
    internal static IEnumerable<string> NameProblems(IReadOnlyEntityType entity, string module)
    {
        if (entity.FindAnnotation(RelationalAnnotationNames.TableName)?.Value is not string name)
            yield return $"{entity.ClrType.Name} 的表没有名称：请用 Named(\"{module}_…\") 写明。";
        // by the prefix a backup knows which module a table belongs to
        else if (!name.StartsWith($"{module}_", StringComparison.Ordinal))
            yield return $"表 {name} 的名称须以 {module}_ 开头。";
    }

    /// <summary>Every table, when all are declared.</summary>
    internal static IEnumerable<string> Problems(IReadOnlyModel model) =>
        model
            .GetEntityTypes()
            .SelectMany(e => TableDeclaration.Find(e) is { } table ? Problems(e, table) : Undeclared(e));

    /// <summary>
    /// EF adds the class that a navigation leads to as a table of its own accord, without a declaration; such a table
    /// is a fault. One that nothing leads to any more EF removes again by itself.
    /// </summary>
    private static IEnumerable<string> Undeclared(IReadOnlyEntityType entity)
    {
        List<string> from =
        [
            .. entity
                .Model.GetEntityTypes()
                .SelectMany(e => e.GetNavigations())
                .Where(n => n.TargetEntityType == entity)
                .Select(n => $"{n.DeclaringEntityType.ClrType.Name}.{n.Name}")
                .Order(StringComparer.Ordinal),
        ];
        var row = entity.ClrType.Name;
        return from.Count == 0
            ? []
            : [$"{row} 没有声明为表，由链接 {string.Join("、", from)} 带入：请写 Table<{row}>，或者不要这一链接。"];
    }

    private static string WhoSees(string table) =>
        $"表 {table} 没有说明谁能看到：请写 VisibleBy、VisibleThrough、Public 或者 Hidden 之一。";

    private static IEnumerable<string> Problems(IReadOnlyEntityType entity, TableDeclaration table)
    {
        var name = entity.GetTableName() ?? entity.ClrType.Name;
        List<string> personal =
        [
            .. entity.GetProperties().Where(p => PersonalDataAnnotation.Find(p) is not null).Select(p => p.Name),
        ];
        return Sight(entity, table, name, personal)
            .Concat(Texts(entity, table, name, personal))
            .Concat(Persons(entity, table, name, personal))
            .Concat(PastOf(entity, table, name))
            .Concat(
                Reasons(table)
                    .Where(r => string.IsNullOrWhiteSpace(r.Why))
                    .Select(r => $"表 {name}：{r.Word} 须写明理由。")
            );
    }

    private static IEnumerable<(string Word, string Why)> Reasons(TableDeclaration table)
    {
        if (table.Public is { } everybody)
            yield return (nameof(table.Public), everybody);
        if (table.Hidden is { } nobody)
            yield return (nameof(table.Hidden), nobody);
        if (table.ConcernsNobody is { } none)
            yield return (nameof(table.ConcernsNobody), none);
        if (table.Shared is { } shared)
            yield return (nameof(table.Shared), shared);
        if (table.NotKept is { } gone)
            yield return (nameof(table.NotKept), gone);
    }

    private static IEnumerable<string> Persons(
        IReadOnlyEntityType entity,
        TableDeclaration table,
        string name,
        List<string> personal
    )
    {
        if (table.Concerns is null && table.ConcernsNobody is null && personal.Count > 0)
            yield return $"表 {name} 有个人信息（{string.Join("、", personal)}），没有说明是谁的：请写 Concerns，或者 ConcernsNobody 和理由。";
        if (table.Concerns is not null && table.ConcernsNobody is not null)
            yield return $"表 {name} 同时写了 Concerns 和 ConcernsNobody：请去掉一个。";
        foreach (var person in new[] { table.Concerns, table.ConcernsToo }.OfType<LambdaExpression>())
            if (ColumnOf(entity, person) is null)
                yield return $"表 {name}：Concerns({person}) 不是学生标识的一列：请写它自己的，或者它的链接的一列。";
    }

    private static IEnumerable<string> PastOf(IReadOnlyEntityType entity, TableDeclaration table, string name)
    {
        if (table.Past == Past.Unsaid)
            yield return $"表 {name} 没有说明它的过去：请写 Kept、AppendOnly、Constant 或者 NotKept 之一。";
        if (table.Instant is { } instant && OwnColumn(entity, instant) is null)
            yield return $"表 {name}：AppendOnly({instant}) 不是它自己的一列。";
    }

    private static IEnumerable<string> Sight(
        IReadOnlyEntityType entity,
        TableDeclaration table,
        string name,
        List<string> personal
    )
    {
        var words = (table.IsVisible ? 1 : 0) + (table.Public is null ? 0 : 1) + (table.Hidden is null ? 0 : 1);
        if (words == 0)
            yield return WhoSees(name);
        if (words > 1)
            yield return $"表 {name} 对谁能看到有几种说法：VisibleBy 和 VisibleThrough、Public、Hidden 只能写一种。";
        if (table.Public is not null)
        {
            if (entity.ClrType.IsAssignableTo(typeof(IScoped)) || entity.FindProperty("Scope") is not null)
                yield return $"表 {name} 属于某地，不能是 Public：请写 VisibleBy(x => x.Scope)。";
            if (personal.Count > 0)
                yield return $"表 {name} 有个人信息（{string.Join("、", personal)}），不能是 Public：请写谁能看到。";
        }

        foreach (var (_, column) in table.Places.Where(p => OwnColumn(entity, p.Column) is null))
            yield return $"表 {name}：VisibleBy({column}) 不是它自己的一列。";
        foreach (var problem in table.Links.Select(link => Link(entity, table, name, link)).OfType<string>())
            yield return problem;
        if (IsSeenThroughItself(entity, entity, []))
            yield return $"表 {name} 由它自己可见：请写它属于何处（VisibleBy）。";
    }

    /// <summary>
    /// What is wrong with a link that must lead, row by row, to one row that says who sees it; null: nothing.
    /// </summary>
    private static string? Link(IReadOnlyEntityType entity, TableDeclaration table, string name, LambdaExpression link)
    {
        if (TableDeclaration.Steps(link) is not { } steps)
            return $"表 {name}：VisibleThrough({link}) 不是链接。";
        var at = entity;
        foreach (var step in steps)
        {
            var where = $"表 {name}：VisibleThrough({link}) 的 {step}";
            if (at.FindNavigation(step) is not { } navigation)
                return $"{where} 不是链接。";
            if (navigation.IsCollection)
                return $"{where} 是多行的链接，由哪一行可见没有说明：请写到一行的链接。";
            var isThere = navigation.IsOnDependent && navigation.ForeignKey.IsRequired;
            if (!isThere && table.Places.Count + table.Links.Count == 1)
                return $"{where} 可以没有，没有的时候谁能看到没有说明：请同时写 VisibleBy。";
            at = navigation.TargetEntityType;
        }

        return TableDeclaration.Find(at) switch
        {
            { Hidden: not null } => $"表 {name} 由谁也看不到的 {at.GetTableName()} 可见：请写别的链接，或者写 Hidden。",
            { Public: not null } =>
                $"表 {name} 由公开的 {at.GetTableName()} 可见：请写 VisibleBy，或者写 Public 和理由。",
            _ => null, // a table that declares nothing has its own message already
        };
    }

    private static bool IsSeenThroughItself(
        IReadOnlyEntityType sought,
        IReadOnlyEntityType at,
        HashSet<IReadOnlyEntityType> been
    ) =>
        been.Add(at)
        && TableDeclaration.Find(at) is { } table
        && table
            .Links.Select(l => at.Model.FindEntityType(l.ReturnType))
            .OfType<IReadOnlyEntityType>()
            .Any(to => to == sought || IsSeenThroughItself(sought, to, been));

    private static IEnumerable<string> Texts(
        IReadOnlyEntityType entity,
        TableDeclaration table,
        string name,
        List<string> personal
    )
    {
        var said = table
            .Places.Select(p => OwnColumn(entity, p.Column)?.Name)
            .OfType<string>()
            .Concat(personal)
            .Concat(table.Harmless)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var column in entity.GetProperties().Where(p => IsText(p.ClrType) && !said.Contains(p.Name)))
            yield return $"表 {name} 的文字列 {column.Name} 没有说明是否为个人信息：请写 Personal 或者 Harmless。";
        foreach (var column in table.Harmless.Intersect(personal, StringComparer.Ordinal))
            yield return $"表 {name} 的 {column} 既是个人信息，又是 Harmless：请去掉一个。";
        foreach (var column in table.Harmless.Where(c => entity.FindProperty(c) is null))
            yield return $"表 {name}：Harmless({column}) 不是它自己的一列。";
        foreach (var group in entity.GetComplexProperties())
            yield return $"表 {name} 的 {group.Name} 由几列组成，不能说明其中哪些是个人信息：请写成单独的列。";
    }

    /// <summary>
    /// Whether a column may hold text. A type that is not known to hold none counts as text, so that a new type is not
    /// forgotten.
    /// </summary>
    private static bool IsText(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: false } bare && !NoTexts.Contains(bare);

    private static IReadOnlyProperty? OwnColumn(IReadOnlyEntityType entity, LambdaExpression column) =>
        TableDeclaration.Steps(column) is [var name] ? entity.FindProperty(name) : null;

    /// <summary>The column at the end of a path over links to one row.</summary>
    private static IReadOnlyProperty? ColumnOf(IReadOnlyEntityType entity, LambdaExpression path)
    {
        if (TableDeclaration.Steps(path) is not { } steps)
            return null;
        var at = entity;
        foreach (var link in steps.SkipLast(1))
        {
            if (at.FindNavigation(link) is not { IsCollection: false } navigation)
                return null;
            at = navigation.TargetEntityType;
        }

        return at.FindProperty(steps[^1]);
    }
}
