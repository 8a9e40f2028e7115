using System.IO.Compression;
using System.Text;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Core.Spreadsheets;

/// <summary>Files as somebody else made them.</summary>
internal static class Given
{
    public static Encoding Gb18030 { get; } = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static Spreadsheet Csv(string text, Encoding? encoding = null) =>
        Open((encoding ?? new UTF8Encoding(false)).GetBytes(text), SpreadsheetFormat.Csv);

    public static Spreadsheet Ndjson(string text) => Open(Encoding.UTF8.GetBytes(text), SpreadsheetFormat.Ndjson);

    public static Spreadsheet Open(byte[] bytes, SpreadsheetFormat format) =>
        SpreadsheetReader.Open(new MemoryStream(bytes), format);

    public static SpreadsheetException Refused(byte[] bytes, SpreadsheetFormat format) =>
        Assert.Throws<SpreadsheetException>(() =>
    {
        using var roster = Open(bytes, format);
        foreach (var _ in roster.Rows) { }
    });

    public static byte[] Written(
        SpreadsheetFormat format, IReadOnlyList<string> headers, params IReadOnlyList<string?>[] rows)
    {
        using var file = new MemoryStream();
        using (var writer = SpreadsheetWriter.Create(file, format, headers))
            foreach (var row in rows) writer.Write(row);
        return file.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        return file.ToArray();
    }

    public static IEnumerable<string?> Texts(this SpreadsheetRow row) => row.Cells.Select(cell => cell.Text);
}
