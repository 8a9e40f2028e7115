using EduAssist.Data;
using EduAssist.Office.Listings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Conformance;

/// <summary>
/// Names of the code that are data: an old database holds them, or a client has written them down. A renamed column is
/// seen by the catalogue of tables; these are seen by nothing else.
/// </summary>
internal static class StoredNames
{
    /// <summary>
    /// What every value of an encrypted column is bound to, and the words of closed lists, which are stored as texts.
    /// </summary>
    internal static IEnumerable<string> Of(IEnumerable<IEntityType> entities)
    {
        foreach (var column in entities.SelectMany(e => e.GetProperties()))
        {
            var name = $"{column.DeclaringType.ContainingEntityType.GetTableName()}.{column.GetColumnName()}";
            if (AppDbContext.PurposeOf(column) is { } purpose)
                yield return $"encrypted {name} {purpose}";
            foreach (var word in WordsOf(column.ClrType))
                yield return $"word {name} {word}";
        }
    }

    /// <summary>
    /// What OData's clients know: sets, the types of their rows, columns, links, and the words of closed lists.
    /// </summary>
    internal static IEnumerable<string> Of(IEnumerable<IListing> listings)
    {
        foreach (var listing in listings)
        {
            yield return $"set {listing.Set} {listing.Row.Name}";
            foreach (var column in listing.Columns)
            {
                var name = $"set {listing.Set}.{column.Name} {TypeOf(column)}";
                yield return name;
                foreach (var word in WordsOf(column.Type))
                    yield return $"{name} {word}";
            }

            foreach (var link in listing.Links)
                yield return $"set {listing.Set}.{link.Name} to {link.Target}";
        }
    }

    private static string TypeOf(Column column) => (Nullable.GetUnderlyingType(column.Type) ?? column.Type).Name;

    private static string[] WordsOf(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } list ? Enum.GetNames(list) : [];
}
