using EduAssist.Data.Privacy;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Office.Listings;

/// <summary>What the columns of listings are, read out of their projections when the program starts.</summary>
internal static class ListingColumns
{
    /// <summary>
    /// Gives every column the mask of what it is made of, and stops the start where a listing reads or shows what it
    /// may not.
    /// </summary>
    /// <exception cref="OperatorException">A line for each problem.</exception>
    internal static void Read(
        IReadOnlyList<IListing> listings,
        IReadOnlyList<IWorkflow> workflows,
        ListingSource source
    )
    {
        List<string> problems =
        [
            .. listings
                .SelectMany(l => ListingTables.Problems(l, source) is { Count: > 0 } found ? found : Mask(l, source))
                .Distinct(),
            .. workflows
                .Where(w =>
                    listings.FirstOrDefault(l => l.Set == w.Presentation.Listing) is { } own
                    && !ShowsCases(own, w, source)
                )
                .Select(w =>
                    $"办理流程 {w.Id} 的办件列表 {w.Presentation.Listing} 的 Id 不是办件的标识：请改为 CaseId，或者另写一个列表。"
                ),
        ];
        if (problems.Count > 0)
            throw new OperatorException(problems);
        var hidden = listings.OfType<StudentListing>().SelectMany(l => l.Columns).Where(c => c.IsPersonal).ToList();
        problems.AddRange(
            from workflow in workflows
            from field in workflow.Presentation.Student
            where hidden.Exists(c => c.Name == field.Column)
            select $"办理流程 {workflow.Id} 的 {field.Field} 不能由 {field.Column} 填写：列表里它是遮盖的。请去掉这一栏。"
        );
        if (problems.Count > 0)
            throw new OperatorException(problems);
    }

    private static IReadOnlyList<string> Mask(IListing listing, ListingSource source)
    {
        var madeOf = ColumnLineage.Find(listing.Rows(source), source.Db.Model, listing.Columns.Select(c => c.Name));
        List<string> problems = [];
        foreach (var column in listing.Columns)
        {
            var strictest = PersonalMask.None;
            foreach (var of in madeOf[column.Name])
            {
                var shown = $"列表 {listing.Set} 的 {column.Name} 含有 {NameOf(of.Column)}";
                if (PersonalMask.For(PersonalDataAnnotation.Find(of.Column)?.Kind) is not { } mask)
                    problems.Add($"{shown}，任何列表都不得显示：请去掉这一列。");
                else if (mask != PersonalMask.None && column.Type != typeof(string))
                    problems.Add($"{shown}，又不是文字，无法脱敏：请去掉这一列，或者不由它算出。");
                else
                    strictest = strictest.And(of.IsWhole || mask == PersonalMask.None ? mask : PersonalMask.Whole);
            }

            column.Mask = strictest;
        }

        return problems;
    }

    /// <summary>Whether the rows are found by the ids of a workflow's cases.</summary>
    private static bool ShowsCases(IListing listing, IWorkflow workflow, ListingSource source) =>
        ColumnLineage
            .Find(listing.Rows(source), source.Db.Model, [nameof(Case.Id)])[nameof(Case.Id)]
            .Where(of => of.IsWhole)
            .Select(of => (of.Column.DeclaringType.ClrType, of.Column.Name))
            .Any(of => of == (typeof(Case), nameof(Case.Id)) || of == (workflow.Row, nameof(Cases.CaseRow.CaseId)));

    private static string NameOf(IProperty column) =>
        $"{column.DeclaringType.ContainingEntityType.GetTableName()}.{column.Name}";
}
