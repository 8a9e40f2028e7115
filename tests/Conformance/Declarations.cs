using System.Linq.Expressions;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Conformance;

/// <summary>
/// Who sees a table, whom it concerns, what is personal in it and what becomes of its past, a line each. Listings are
/// proved against these declarations, and the
/// declarations by nothing but a person who reads the approved file.
/// </summary>
internal static class Declarations
{
    internal static IEnumerable<string> Of(IEnumerable<IEntityType> entities) =>
        entities.SelectMany(e => Of(e.GetTableName()!, e, TableDeclaration.Find(e)!));

    private static IEnumerable<string> Of(string name, IEntityType entity, TableDeclaration table)
    {
        yield return $"visible {name} {WhoSees(table)}";
        if (table.Concerns is { } person)
            yield return $"concerns {name} by {Path(person)}";
        if (table.ConcernsToo is { } other)
            yield return $"concerns {name} by {Path(other)}";
        if (table.ConcernsNobody is { } nobody)
            yield return $"concerns {name} nobody: {nobody}";
        foreach (var column in entity.GetProperties())
            if (PersonalDataAnnotation.Find(column) is { } mark)
                yield return $"personal {name}.{column.GetColumnName()} {mark.Kind}";
        foreach (var column in table.Harmless)
            yield return $"harmless {name}.{column}";
        yield return table.Past switch
        {
            Past.AppendOnly => $"past {name} AppendOnly {Path(table.Instant!)}",
            Past.NotKept => $"past {name} NotKept: {table.NotKept}",
            var past => $"past {name} {past}",
        };
    }

    private static string WhoSees(TableDeclaration table) =>
        table.Public is { } everybody ? $"to everybody: {everybody}"
        : table.Hidden is { } nobody ? $"to nobody: {nobody}"
        : string.Join(
            " or ",
            [
                .. table.Places.Select(p => $"by {Path(p.Column)}{(p.Reach == Reach.Sight ? "" : $" ({p.Reach})")}"),
                .. table.Links.Select(l => $"through {Path(l)}"),
            ]
        );

    private static string Path(LambdaExpression path) => string.Join('.', TableDeclaration.Steps(path)!);
}
