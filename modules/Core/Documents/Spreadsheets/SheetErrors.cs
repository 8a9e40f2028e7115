using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>The cells of a sheet that hold an error.</summary>
internal interface ISheetErrors : IDisposable
{
    /// <summary>Those of a row, their columns from 0. Rows are asked for in their order, from 1.</summary>
    IReadOnlyList<(int Column, string Error)> In(int row);
}

/// <summary>
/// The cells of a sheet that hold an error (<c>t="e"</c>, ISO/IEC 29500-1 §18.18.11), which ExcelDataReader gives as
/// blanks: a formula that failed would be a fact left out. Read beside it, one row at a time.
/// </summary>
internal sealed class SheetErrors : ISheetErrors
{
    private readonly IEnumerator<(int Row, int Column, string Error)> errors;
    private bool more;

    /// <param name="zip">The workbook.</param>
    /// <param name="sheet">The sheet's name; if its part is not found, it has no errors.</param>
    public SheetErrors(ZipArchive zip, string sheet)
    {
        errors = (Part(zip, sheet) is { } part ? Read(part) : []).GetEnumerator();
        more = errors.MoveNext();
    }

    public IReadOnlyList<(int Column, string Error)> In(int row)
    {
        List<(int, string)>? found = null;
        for (; more && errors.Current.Row <= row; more = errors.MoveNext())
            if (errors.Current.Row == row)
                (found ??= []).Add((errors.Current.Column, errors.Current.Error));
        return found ?? (IReadOnlyList<(int, string)>)[];
    }

    public void Dispose() => errors.Dispose();

    private static IEnumerable<(int Row, int Column, string Error)> Read(ZipArchiveEntry part)
    {
        using var xml = XmlReader.Create(
            part.Open(),
            new XmlReaderSettings { CloseInput = true, IgnoreWhitespace = true }
        );
        var (row, column) = (0, 0);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "row")
                (row, column) = (int.TryParse(xml.GetAttribute("r"), out var number) ? number : row + 1, 0);
            if (xml.LocalName != "c")
                continue;
            var (isError, at) = (
                xml.GetAttribute("t") == "e",
                xml.GetAttribute("r") is { } place ? ColumnOf(place) : column
            );
            column = at + 1;
            if (!isError || !xml.ReadToDescendant("v", xml.NamespaceURI))
                continue;
            var error = xml.ReadElementContentAsString();
            yield return (row, at, XlsxSpreadsheet.Errors.Contains(error) ? error : "#?");
        }
    }

    /// <summary>The column of a cell's place, B7, from 0; one that no sheet has is as good as the last.</summary>
    private static int ColumnOf(string place)
    {
        var column = 0;
        foreach (var c in place)
            if (char.IsAsciiLetter(c) && column < XlsxSpreadsheet.MostColumns)
                column = (column * 26) + (char.ToUpperInvariant(c) - 'A') + 1;
        return Math.Max(column - 1, 0);
    }

    /// <summary>What the workbook says of counting days from 1904; null: nothing.</summary>
    public static string? Date1904(ZipArchive zip) =>
        zip.Entries.FirstOrDefault(entry => entry.Name == "workbook.xml") is { } book
            ? Load(book)
                .Descendants()
                .FirstOrDefault(e => e.Name.LocalName == "workbookPr")
                ?.Attribute("date1904")
                ?.Value
            : null;

    /// <summary>From a sheet's name to its part, by the relations that the workbook declares.</summary>
    private static ZipArchiveEntry? Part(ZipArchive zip, string sheet)
    {
        if (zip.Entries.FirstOrDefault(entry => entry.Name == "workbook.xml") is not { } book)
            return null;
        var folder = book.FullName[..^book.Name.Length];
        if (zip.GetEntry($"{folder}_rels/workbook.xml.rels") is not { } relations)
            return null;
        var id = Load(book)
            .Descendants()
            .Where(e => e.Name.LocalName == "sheet" && e.Attribute("name")?.Value == sheet)
            .Attributes()
            .FirstOrDefault(a => a.Name.LocalName == "id" && a.Name.NamespaceName.Length > 0)
            ?.Value;
        var target = Load(relations)
            .Descendants()
            .FirstOrDefault(e => e.Attribute("Id")?.Value == id)
            ?.Attribute("Target")
            ?.Value;
        return target is null ? null : zip.GetEntry(target.StartsWith('/') ? target[1..] : folder + target);
    }

    private static XDocument Load(ZipArchiveEntry entry)
    {
        // the default settings prohibit a DTD, and with it entities that expand without end
        using var xml = XmlReader.Create(entry.Open(), new XmlReaderSettings { CloseInput = true });
        return XDocument.Load(xml);
    }
}
