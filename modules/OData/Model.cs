using System.Reflection;
using EduAssist.Kernel;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Listings;
using Microsoft.OData.Edm;

namespace EduAssist.OData;

/// <summary>A set: the rows of a listing, and what they are called in the model.</summary>
internal sealed class Set(IListing listing, EdmEntityType type, EdmEntitySet edm)
{
    private readonly Dictionary<string, Column> columns = listing.Columns.ToDictionary(c => c.Name);

    internal IListing Listing => listing;

    internal string Name => listing.Set;

    internal EdmEntityType Type => type;

    internal EdmEntitySet Edm => edm;

    /// <summary>Its links, by name, with the sets that they lead to.</summary>
    internal Dictionary<string, (ListingLink Link, Set Target)> Links { get; } = [];

    internal Column Column(string name) => columns[name];

    internal Column? FindColumn(string name) => columns.GetValueOrDefault(name);
}

/// <summary>
/// The listings of an instance as an entity data model: a set each, typed by its row, with the declared links as
/// navigation.
/// </summary>
internal sealed class Model
{
    private readonly Dictionary<string, Type> enums = [];
    private readonly Dictionary<string, Set> sets = [],
        byType = [];

    internal Model(IReadOnlyList<IListing> listings)
    {
        var container = new EdmEntityContainer(Root, "Container");
        Edm.AddElement(container);
        Edm.SetReferences();
        foreach (var listing in listings)
        {
            var type = Entity(listing);
            var set = new Set(listing, type, container.AddEntitySet(listing.Set, type));
            if (!sets.TryAdd(set.Name, set) || !byType.TryAdd(type.FullName(), set))
                throw new OperatorException($"列表 {set.Name} 或其行的类型 {type.FullName()} 重复了。");
            Edm.SetAnnotations(set);
        }

        foreach (var set in sets.Values)
        foreach (var link in set.Listing.Links)
            Navigation(set, link);
    }

    /// <summary>The namespace of Core's types; a module's have its own.</summary>
    internal const string Root = "EduAssist";

    internal EdmModel Edm { get; } = new();

    internal IEnumerable<Set> Sets => sets.Values;

    internal Set FindSet(IEdmEntitySetBase set) => sets[set.Name];

    internal Set FindSet(IEdmType type) => byType[type.FullTypeName()];

    /// <summary>The column that a property is; null: it is none of a listing.</summary>
    internal Column? FindColumn(IEdmProperty property) =>
        property.DeclaringType is IEdmType type && byType.TryGetValue(type.FullTypeName(), out var set)
            ? set.FindColumn(property.Name)
            : null;

    internal Type Enum(string name) => enums[name];

    /// <summary>What a closed list is called in the model.</summary>
    internal static string NameOf(Type type) => $"{Space(type)}.{type.Name}";

    private EdmEntityType Entity(IListing listing)
    {
        var name = listing.Row.Name.EndsWith("Row", StringComparison.Ordinal)
            ? listing.Row.Name[..^3]
            : listing.Row.Name;
        var entity = new EdmEntityType(Space(listing.Row), name);
        foreach (var column in listing.Columns)
        {
            var property = entity.AddStructuralProperty(column.Name, Reference(column));
            if (column.IsKey)
                entity.AddKeys(property);
            Edm.SetAnnotations(property, column);
        }

        Edm.AddElement(entity);
        return entity;
    }

    private void Navigation(Set set, ListingLink link)
    {
        if (!sets.TryGetValue(link.Target, out var target))
            throw new OperatorException($"列表 {set.Name} 的关联 {link.Name} 指向不存在的列表 {link.Target}。");
        var principal = !link.IsMany && target.Listing.Key is [var key] && key.Name == link.TargetColumn;
        var navigation = set.Type.AddUnidirectionalNavigation(
            new()
            {
                Name = link.Name,
                Target = target.Type,
                // zero too where the column is never null: the row may be outside of what the reader sees
                TargetMultiplicity = link.IsMany ? EdmMultiplicity.Many : EdmMultiplicity.ZeroOrOne,
                DependentProperties = principal ? [(IEdmStructuralProperty)set.Type.FindProperty(link.Column)] : null,
                PrincipalProperties = principal
                    ? [(IEdmStructuralProperty)target.Type.FindProperty(link.TargetColumn)]
                    : null,
            }
        );
        set.Edm.AddNavigationTarget(navigation, target.Edm);
        set.Links.Add(link.Name, (link, target));
    }

    private IEdmTypeReference Reference(Column column)
    {
        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        if (type.IsEnum)
            return new EdmEnumTypeReference(EnumType(type), column.IsNullable);
        if (type == typeof(decimal))
            return EdmCoreModel.Instance.GetDecimal(null, null, column.IsNullable);
        if (type == typeof(DateTimeOffset))
            return EdmCoreModel.Instance.GetTemporal(EdmPrimitiveTypeKind.DateTimeOffset, 3, column.IsNullable);
        return EdmCoreModel.Instance.GetPrimitive(
            type == typeof(string) ? EdmPrimitiveTypeKind.String
                : type == typeof(int) ? EdmPrimitiveTypeKind.Int32
                : type == typeof(long) ? EdmPrimitiveTypeKind.Int64
                : type == typeof(bool) ? EdmPrimitiveTypeKind.Boolean
                : type == typeof(double) ? EdmPrimitiveTypeKind.Double
                : type == typeof(Guid) ? EdmPrimitiveTypeKind.Guid
                : type == typeof(DateOnly) ? EdmPrimitiveTypeKind.Date
                : throw new OperatorException($"列表的一列不能是 {type.Name}：{column.Name}。"),
            column.IsNullable
        );
    }

    private EdmEnumType EnumType(Type type)
    {
        var name = NameOf(type);
        if (Edm.FindDeclaredType(name) is EdmEnumType known)
            return known;
        var made = new EdmEnumType(Space(type), type.Name, type.IsDefined(typeof(FlagsAttribute)));
        foreach (var member in System.Enum.GetValues(type).Cast<Enum>())
            Edm.SetAnnotations(
                made.AddMember($"{member}", new EdmEnumMemberValue(Convert.ToInt64(member))),
                Words.For(member)
            );
        Edm.AddElement(made);
        enums.Add(name, type);
        return made;
    }

    /// <summary>
    /// The namespace of a type in the model: one for each module, and the root's for all of Core, whatever project a
    /// type is in. Clients store these names, so moving a class must not change them.
    /// </summary>
    private static string Space(Type type) =>
        (type.Namespace ?? Root).Split('.')
            is [Root, not ("Core" or "Kernel" or "Documents" or "Data" or "Office" or "Platform"), ..] parts
            ? $"{Root}.{parts[1]}"
            : Root;
}
