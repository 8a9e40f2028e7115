using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// The cells of a sheet that hold an error (<c>t="e"</c>, ISO/IEC 29500-1 §18.18.11), which ExcelDataReader gives as
/// blanks: a formula that failed would be a fact left out. Read beside it, one row at a time.
/// </summary>
internal sealed class SheetErrors : IDisposable
{
    private readonly IEnumerator<(int Row, string Column, string Error)> errors;
    private bool more;

    /// <param name="zip">The workbook.</param>
    /// <param name="sheet">The sheet's name; if its part is not found, it has no errors.</param>
    public SheetErrors(ZipArchive zip, string sheet)
    {
        errors = (Part(zip, sheet) is { } part ? Read(part) : []).GetEnumerator();
        more = errors.MoveNext();
    }

    /// <summary>
    /// The first error of a row, as a fault in Chinese; null if there is none. Rows are asked for in their order.
    /// </summary>
    public string? Fault(int row)
    {
        string? fault = null;
        for (; more && errors.Current.Row <= row; more = errors.MoveNext())
            if (errors.Current.Row == row)
                fault ??= $"{errors.Current.Column} 列是错误值 {errors.Current.Error}。";
        return fault;
    }

    public void Dispose() => errors.Dispose();

    private static IEnumerable<(int Row, string Column, string Error)> Read(ZipArchiveEntry part)
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
            var letters =
                xml.GetAttribute("t") == "e"
                    ? xml.GetAttribute("r")?.TrimEnd([.. "0123456789"]) ?? XlsxSpreadsheet.Letters(column)
                    : null;
            column++;
            if (letters is null || !xml.ReadToDescendant("v", xml.NamespaceURI))
                continue;
            var error = xml.ReadElementContentAsString();
            yield return (row, letters, XlsxSpreadsheet.Errors.Contains(error) ? error : "#?");
        }
    }

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
