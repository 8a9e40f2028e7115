using System.Collections;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel.Access;
using EduAssist.Office.Listings;
using EduAssist.Office.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Conformance;

/// <summary>
/// Two oracles that know no table and no listing by name: whatever a module stores and lists is held against what its
/// tables declare.
/// </summary>
/// <param name="stored">A new database; for <see cref="Leaks"/> with the demo.</param>
/// <param name="listings">Those of the module.</param>
/// <param name="tables">Those of the module.</param>
internal sealed class VisibilityOracles(Stored stored, IReadOnlyList<IListing> listings, IReadOnlyList<string> tables)
{
    private readonly Database whole = stored.Commands.Database;

    /// <summary>
    /// Who asks gets what somebody who sees everything gets where nothing is but what the first may see (decision 22).
    /// A listing whose answer is the same for every reader proves nothing, and is told of.
    /// </summary>
    internal IReadOnlyList<string> Leaks()
    {
        TokenRows.Put(whole);
        using var all = whole.Read(AccessScope.Everything);
        var source = new ListingSource(all, stored.Instance);
        var asked = listings.Where(l => ListingTables.ReadBy(l, source).Count > 0).ToList();
        var everything = asked.ToDictionary(
            l => l.Set,
            l => Ask(l, whole, AccessScope.Everything),
            StringComparer.Ordinal
        );
        Dictionary<string, string> faults = new(StringComparer.Ordinal);
        HashSet<string> differs = new(StringComparer.Ordinal);
        foreach (var reader in Reader.Among(Rows().Places()))
        {
            var pruned = Copy();
            Pruning.Prune(pruned, reader);
            foreach (var listing in asked)
            {
                var (got, due) = (Ask(listing, whole, reader.Sight), Ask(listing, pruned, AccessScope.Everything));
                if (!due.SequenceEqual(everything[listing.Set]))
                    differs.Add(listing.Set);
                if (!got.SequenceEqual(due))
                    faults.TryAdd(listing.Set, Leak(listing, reader, got, due));
            }
        }

        return
        [
            .. faults.Values,
            .. asked
                .Where(l => !differs.Contains(l.Set) && ListingTables.ReadBy(l, source).Any(IsSeenBySome))
                .Select(l =>
                    $"{l.Set}: every reader would get the same, so nothing is proved. "
                    + "Fill what it lists in Demo, in more than one place."
                ),
        ];
    }

    /// <summary>
    /// Every text is a token, so an answer tells where each text comes from, whatever it was put into.
    /// </summary>
    internal IReadOnlyList<string> Unmasked()
    {
        TokenRows.Put(whole);
        using var db = whole.Read(AccessScope.Everything);
        List<(IProperty Column, string Token)> personal =
        [
            .. db
                .Model.GetEntityTypes()
                .SelectMany(e => e.GetProperties())
                .Where(p => IsMasked(p) is not null)
                .Select(p => (p, TokenRows.Token(p, 0)[..^2])),
        ];
        HashSet<string> faults = new(StringComparer.Ordinal);
        foreach (var listing in listings)
        {
            var shown = listing.Columns.Where(c => c.Property.PropertyType == typeof(string)).ToList();
            foreach (var row in ((IEnumerable)listing.Rows(new(db, stored.Instance))).Cast<object>())
            {
                foreach (var cell in shown.Select(c => (Column: c, Text: (string?)c.Property.GetValue(row) ?? "")))
                {
                    faults.UnionWith(
                        personal
                            .Where(p =>
                                cell.Text.Contains(p.Token, StringComparison.Ordinal)
                                && !(cell.Column.IsPersonal && IsMasked(p.Column) == true)
                            )
                            .Select(p =>
                                $"{listing.Set}.{cell.Column.Name} shows {NameOf(p.Column)}, which is personal "
                                + $"({PersonalDataAnnotation.Find(p.Column)!.Kind}): "
                                + "let its query be the same at every time, so that its mask follows."
                            )
                    );
                }
            }
        }

        return [.. faults.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// After somebody is erased, no token of theirs is left, and nobody else's is gone. Whose rows they are is found by
    /// keys, not by what the tables declare.
    /// </summary>
    internal async Task<IReadOnlyList<string>> Erasure()
    {
        TokenRows.Put(whole);
        HashSet<string> faults = new(StringComparer.Ordinal),
            met = new(StringComparer.Ordinal);
        foreach (var person in Rows().Persons)
        {
            var before = Rows();
            var theirs = before
                .Tables.SelectMany(t =>
                    before.Of(t).Where(r => before.IsOf(t, r, person)).SelectMany(r => StoredRows.Texts(t, r))
                )
                .Where(t => IsToken(t.Text))
                .ToList();
            var personal = theirs.Where(t => PersonalDataAnnotation.Find(t.Column) is not null).ToList();
            met.UnionWith(personal.Select(t => TableOf(t.Column)));
            await File.WriteAllTextAsync(Path.Combine(stored.Folder, "erased.txt"), $"{person}\n");
            await PersonalData.EraseAgainAsync(stored.Commands);
            var now = Tokens(Rows());
            faults.UnionWith(
                personal
                    .Where(t => now.ContainsKey(t.Text))
                    .Select(t =>
                        $"{NameOf(t.Column)} still holds what concerns an erased person: "
                        + $"{TableOf(t.Column)} must say whose its rows are (Concerns)."
                    )
            );
            var own = theirs.Select(t => t.Text).ToHashSet(StringComparer.Ordinal);
            faults.UnionWith(
                Tokens(before)
                    .Where(t => !now.ContainsKey(t.Key) && !own.Contains(t.Key))
                    .Select(t =>
                        $"{NameOf(t.Value)} was erased with somebody else's data: "
                        + $"{TableOf(t.Value)} says wrongly whose its rows are (Concerns)."
                    )
            );
        }

        faults.UnionWith(
            Rows()
                .Tables.Where(t => TableDeclaration.Find(t)!.Concerns is not null)
                .Where(t =>
                    t.GetProperties().Any(p => PersonalDataAnnotation.Find(p) is not null)
                    && !met.Contains(t.GetTableName()!)
                )
                .Select(t =>
                    $"{t.GetTableName()}: no row of it is anybody's, so nothing is proved of its personal columns."
                )
        );
        return [.. faults.Where(f => tables.Contains(f.Split('.', ':')[0])).Order(StringComparer.Ordinal)];
    }

    private static string Leak(IListing listing, Reader reader, IReadOnlyList<string> got, IReadOnlyList<string> due) =>
        $"{listing.Set}: who sees {reader} gets {got.Count} rows, and should get {due.Count}, as if nothing else were "
        + $"there; one of them: {got.Except(due).Concat(due.Except(got)).First()}. "
        + "Let its query be the same for everybody, made with source.Db alone.";

    private static bool IsSeenBySome(IEntityType table) => TableDeclaration.Find(table)!.IsVisible;

    private static bool IsToken(string text) => text.StartsWith('⟦');

    private static Dictionary<string, IProperty> Tokens(StoredRows rows) =>
        rows
            .Tables.SelectMany(t => rows.Of(t).SelectMany(r => StoredRows.Texts(t, r)))
            .Where(t => IsToken(t.Text))
            .DistinctBy(t => t.Text)
            .ToDictionary(t => t.Text, t => t.Column, StringComparer.Ordinal);

    private static string TableOf(IProperty column) => column.DeclaringType.ContainingEntityType.GetTableName()!;

    private static string NameOf(IProperty column) => $"{TableOf(column)}.{column.Name}";

    /// <summary>
    /// Whether a listing shows the column behind a mask; false: it may not show it at all; null: as it is, to whoever
    /// sees the row.
    /// </summary>
    private static bool? IsMasked(IProperty column) =>
        PersonalDataAnnotation.Find(column)?.Kind switch
        {
            PersonalKind.Number or PersonalKind.Phone or PersonalKind.Address => true,
            PersonalKind.Index or PersonalKind.Form or PersonalKind.Document => false,
            _ => null,
        };

    private StoredRows Rows()
    {
        using var db = whole.Open();
        return StoredRows.Read(db);
    }

    private List<string> Ask(IListing listing, Database database, AccessScope access)
    {
        using var db = database.Read(access);
        return
        [
            .. ((IEnumerable)listing.Rows(new(db, stored.Instance)))
                .Cast<object>()
                .Select(row => string.Join(" | ", listing.Columns.Select(c => $"{c.Name}={c.Property.GetValue(row)}")))
                .Order(StringComparer.Ordinal),
        ];
    }

    private Database Copy()
    {
        var file = stored.Another();
        using (var from = stored.Past())
        {
            using var copying = from.CreateCommand();
            copying.CommandText = $"VACUUM INTO '{file}'";
            copying.ExecuteNonQuery();
        }

        var copy = new Database(file, stored.Folder, null, stored.Instance.Tables) { ModelTemplate = whole };
        copy.Upgrade(stored.Instance.Today.Now, _ => { });
        return copy;
    }
}
