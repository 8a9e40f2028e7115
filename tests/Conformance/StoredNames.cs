using EduAssist.Core.Listings;
using EduAssist.Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Conformance;

/// <summary>
/// Names of the code that are data: an old database holds them, or a client has written them down. A renamed column is seen by the catalogue of tables; these are seen
/// by nothing else.
/// </summary>
internal static class StoredNames
{
    /// <summary>What every value of an encrypted column is bound to, and the words of closed lists, which are stored as texts.</summary>
    internal static IEnumerable<string> Of(IEnumerable<IEntityType> entities) => entities.SelectMany(e => e.GetProperties()).SelectMany(p => (IEnumerable<string>)
    [
        .. Db.PurposeOf(p) is { } purpose ? [$"encrypted {NameOf(p)} {purpose}"] : (string[])[],
        .. EnumOf(p.ClrType) is { } list ? Enum.GetNames(list).Select(word => $"word {NameOf(p)} {word}") : [],
    ]);

    /// <summary>What OData's clients know: sets, the types of their rows, columns, links, and the words of closed lists.</summary>
    internal static IEnumerable<string> Of(IEnumerable<IListing> listings) => listings.SelectMany(l => (IEnumerable<string>)
    [
        $"set {l.Set} {l.Row.Name}",
        .. l.Columns.Select(c => $"set {l.Set}.{c.Name} {TypeOf(c)}"),
        .. l.Columns.Where(c => EnumOf(c.Type) is not null).SelectMany(c => Enum.GetNames(EnumOf(c.Type)!).Select(word => $"set {l.Set}.{c.Name} {TypeOf(c)} {word}")),
        .. l.Links.Select(k => $"set {l.Set}.{k.Name} to {k.Target}"),
    ]);

    private static string NameOf(IProperty column) => $"{column.DeclaringType.ContainingEntityType.GetTableName()}.{column.GetColumnName()}";

    private static string TypeOf(Column column) => (Nullable.GetUnderlyingType(column.Type) ?? column.Type).Name;

    private static Type? EnumOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } list ? list : null;
}
