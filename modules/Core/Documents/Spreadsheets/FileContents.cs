using System.IO.Compression;
using System.Text;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// Tells what a file is by what is in it: many a system names a page or a text .xls. What is not read is named, with
/// what to do about it.
/// </summary>
internal static class FileContents
{
    private const string SaveAs = "请在 Excel 或 WPS 中打开后另存为 .xlsx 再试。";

    /// <summary>What other files begin with.</summary>
    private static readonly (byte[] Start, string Message)[] Others =
    [
        ([.. "%PDF"u8], $"文件是 PDF，不是表格；请用原来的表格文件，{SaveAs}"),
        ([.. "Rar!"u8], "文件是 RAR 压缩包；请解压后导入里面的表格。"),
        ([0x37, 0x7A, 0xBC, 0xAF], "文件是 7z 压缩包；请解压后导入里面的表格。"),
        ([0x1F, 0x8B], "文件是 gzip 压缩包；请解压后导入里面的表格。"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "文件是图片，不是表格。"),
        ([0xFF, 0xD8, 0xFF], "文件是图片，不是表格。"),
        ([.. "GIF8"u8], "文件是图片，不是表格。"),
        ([.. "{\\rtf"u8], $"文件是 RTF 文档，不是表格；请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 再试。"),
    ];

    /// <summary>The format of a file.</summary>
    /// <param name="stream">Can seek; it stands where it stood afterwards.</param>
    /// <param name="name">Its name, where it has one: only text is told by it.</param>
    /// <param name="isNdjson">Whether whoever sends it says that it is NDJSON.</param>
    /// <exception cref="SpreadsheetException">It is something else, which is named.</exception>
    public static SpreadsheetFormat FormatOf(Stream stream, string? name = null, bool isNdjson = false)
    {
        var start = stream.Position;
        var first = new byte[512];
        var read = first.AsSpan(0, stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false));
        stream.Position = start;
        if (read.IsEmpty)
            throw new SpreadsheetException(SpreadsheetFault.Empty, "文件是空的，没有任何内容。");
        if (CompoundFile.IsOne(read) && Extension(name) is ".et" or ".ett")
            throw Refused($"文件是 WPS 表格自己的 {Extension(name)} 格式；请在 WPS 中打开后另存为 .xlsx 再试。");
        if (read.StartsWith("PK"u8) || CompoundFile.IsOne(read) || XlsSpreadsheet.IsBare(read))
            return SpreadsheetFormat.Xlsx;
        foreach (var (begin, message) in Others)
            if (read.StartsWith(begin))
                throw Refused(message);
        var text = TextOf(read).TrimStart('\uFEFF', ' ', '\t', '\r', '\n', '　');
        if (text.StartsWith('<'))
            throw Refused(
                text.Contains("schemas-microsoft-com:office:spreadsheet", StringComparison.Ordinal)
                    ? $"文件是 XML 表格（Excel 2003），只是名称像工作簿；{SaveAs}"
                    : $"文件其实是网页（HTML），只是名称像工作簿；{SaveAs}"
            );
        return isNdjson || Extension(name) is ".ndjson" or ".jsonl" ? SpreadsheetFormat.Ndjson : SpreadsheetFormat.Csv;
    }

    /// <summary>What a compound file is that holds no workbook.</summary>
    public static SpreadsheetException Named(CompoundFile file) =>
        Refused(
            file.Has("EncryptedPackage") || file.Has("EncryptionInfo")
                ? "文件是加了密码的工作簿；请在 Excel 或 WPS 中打开，去掉密码后另存为 .xlsx 再试。"
            : file.Has("WordDocument")
                ? "文件是 Word 或 WPS 文字的文档，不是表格；请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 再试。"
            : file.Has("PowerPoint Document") ? "文件是演示文稿，不是表格。"
            : $"文件是 WPS 或其他程序自己的格式，里面没有能读的工作表；{SaveAs}"
        );

    /// <summary>What a zip is that holds no workbook; null: a damaged one, or any.</summary>
    public static SpreadsheetException? Named(IReadOnlyCollection<ZipArchiveEntry> entries)
    {
        bool Has(string part) => entries.Any(e => e.FullName.StartsWith(part, StringComparison.OrdinalIgnoreCase));
        return Has("xl/workbook.bin") ? Refused($"文件是二进制工作簿（.xlsb）；{SaveAs}")
            : Has("word/")
                ? Refused("文件是 Word 文档，不是表格；请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 再试。")
            : Has("ppt/") ? Refused("文件是演示文稿，不是表格。")
            : Has("content.xml") && Has("mimetype")
                ? Refused(
                    "文件是 OpenDocument 格式（.ods 等）；请在 LibreOffice、Excel 或 WPS 中打开后另存为 .xlsx 再试。"
                )
            : entries.Any(e => SpreadsheetNames.Contains(Path.GetExtension(e.Name).ToLowerInvariant()))
                ? Refused("文件是 ZIP 压缩包；请解压后导入里面的表格。")
            : null;
    }

    private static readonly string[] SpreadsheetNames = [".xlsx", ".xls", ".csv", ".et"];

    private static string? Extension(string? name) => Path.GetExtension(name)?.ToLowerInvariant();

    private static string TextOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            ? Encoding.Unicode.GetString(bytes)
            : Encoding.Latin1.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);

    private static SpreadsheetException Refused(string message) => new(SpreadsheetFault.NotASpreadsheet, message);
}
