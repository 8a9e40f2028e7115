using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel.Access;

namespace EduAssist.Office.ListImports;

/// <summary>A list as it came in by a file: pages, API and command line read it in this one way.</summary>
/// <param name="List">As it was read.</param>
/// <param name="Mapping">The name of the saved mapping that it was read by; null: by none.</param>
public sealed record ListFile(FormImport List, string? Mapping)
{
    /// <summary>
    /// Reads a file, whatever it is called. Where its headings are not ours, and whoever brings it has saved a mapping
    /// of just these, it is read by that.
    /// </summary>
    /// <param name="commands">Reads saved mappings.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="intake">The list.</param>
    /// <param name="file">Its contents.</param>
    /// <param name="context">The register of divisions, today, and when to give up.</param>
    /// <param name="head">What the fields beside the list are, where the file does not say.</param>
    /// <param name="mapping">The mapping to read by; null: by none that is said.</param>
    /// <exception cref="SpreadsheetException">It cannot be read at all; its headings, if they are why, can be mapped.
    /// </exception>
    public static async Task<ListFile> ReadAsync(
        CommandExecutor commands,
        Actor actor,
        IListImport intake,
        ListContent file,
        FormContext context,
        FormValues head,
        ColumnMapping? mapping = null
    )
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(intake);
        ArgumentNullException.ThrowIfNull(file);
        var format = SpreadsheetFormats.FromContents(file.Stream, file.Name, file.IsNdjson);
        if (format == SpreadsheetFormat.Csv && file.Name is { } name)
            SpreadsheetFormats.CheckReadable(name);
        try
        {
            return new(Read(mapping), Mapping: null);
        }
        catch (SpreadsheetException unknown) when (unknown.Headings.Count > 0 && mapping is null)
        {
            if (await Saved(unknown.Headings) is not { } saved)
                throw;
            file.Stream.Position = 0;
            return new(
                Read(new(saved.Headings.Select(h => KeyValuePair.Create(h.Key, h.Value)), saved.IgnoresOthers)),
                saved.Name
            );
        }

        FormImport Read(ColumnMapping? by) => FormList.Read(intake.Form, file.Stream, format, context, head, by);

        async Task<MappingView?> Saved(IReadOnlyList<ListHeading> headings) =>
            (await commands.QueryAsync(actor, work => ColumnMappings.ListAsync(work, intake)))
                .Where(m => m.ChangedBy == actor.Name && Knows(m, headings))
                .MaxBy(m => m.ChangedAt);
    }

    /// <summary>Whether a mapping says of every heading that is not ours what it is.</summary>
    private static bool Knows(MappingView mapping, IReadOnlyList<ListHeading> headings)
    {
        var known = mapping.Headings.Keys.Select(SpreadsheetHeader.Key).ToHashSet();
        return headings.All(h => h.Field is not null || known.Contains(SpreadsheetHeader.Key(h.Heading)));
    }
}

/// <summary>The contents of a file.</summary>
/// <param name="Stream">Can seek.</param>
/// <param name="Name">What it is called; null: it has no name.</param>
/// <param name="IsNdjson">Whether whoever sends it says that it is NDJSON.</param>
public sealed record ListContent(Stream Stream, string? Name, bool IsNdjson = false);
