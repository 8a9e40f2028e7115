namespace EduAssist.Documents.Spreadsheets;

/// <summary>What a roster (名册) is kept in.</summary>
public enum SpreadsheetFormat
{
    /// <summary>Text with separators, as RFC 4180 has it: comma, tab or semicolon; UTF-8 or GB18030.</summary>
    Csv,

    /// <summary>
    /// An Office Open XML workbook (ISO/IEC 29500), of Excel or WPS. Where one is read, an old one (.xls) is read too.
    /// </summary>
    Xlsx,

    /// <summary>One JSON object a line.</summary>
    Ndjson,
}

/// <summary>Tells a <see cref="SpreadsheetFormat"/> from a file's name.</summary>
public static class SpreadsheetFormats
{
    private const string Written = ".csv、.txt、.xlsx、.ndjson、.jsonl";

    private static readonly string[] OnlyRead = [".xls", ".xlsm", ".xlt", ".et", ".ett"];

    /// <summary>
    /// The format in which a file is written, by the extension, in any case: .csv and .txt, .xlsx, .ndjson and .jsonl.
    /// </summary>
    /// <param name="path">A file's name or path; the file need not exist.</param>
    /// <exception cref="SpreadsheetException">
    /// <see cref="SpreadsheetFault.NotASpreadsheet"/>: another extension, .xls among them.
    /// </exception>
    public static SpreadsheetFormat FromFileName(string path) =>
        Find(path)
        ?? throw (
            OnlyRead.Contains(Extension(path))
                ? new(SpreadsheetFault.NotASpreadsheet, $"不写 {Extension(path)}，请改用 .xlsx。")
                : Unknown(path, Written)
        );

    /// <summary>The format of a file by its contents, whatever it is called.</summary>
    /// <param name="stream">Can seek; it stands where it stood afterwards.</param>
    /// <param name="name">Its name, where it has one; it tells CSV from NDJSON.</param>
    /// <param name="isNdjson">Whether whoever sends it says that it is NDJSON.</param>
    /// <exception cref="SpreadsheetException">It is something else, which is named with the remedy.</exception>
    public static SpreadsheetFormat FromContents(Stream stream, string? name = null, bool isNdjson = false) =>
        FileContents.FormatOf(stream, name, isNdjson);

    /// <summary>
    /// Refuses a file by its extension that is no list; what the others are is told by their contents.
    /// </summary>
    /// <exception cref="SpreadsheetException">It has another extension, or none.</exception>
    internal static void CheckReadable(string path)
    {
        if (Find(path) is null && !OnlyRead.Contains(Extension(path)))
            throw Unknown(path, ".csv、.txt、.xlsx、.xls、.ndjson、.jsonl");
    }

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();

    private static SpreadsheetFormat? Find(string path) =>
        Extension(path) switch
        {
            ".csv" or ".txt" => SpreadsheetFormat.Csv,
            ".xlsx" => SpreadsheetFormat.Xlsx,
            ".ndjson" or ".jsonl" => SpreadsheetFormat.Ndjson,
            _ => null,
        };

    private static SpreadsheetException Unknown(string path, string known) =>
        new(
            SpreadsheetFault.NotASpreadsheet,
            Extension(path) is { Length: > 0 } other
                ? $"不认识扩展名「{other}」，只收 {known}。"
                : $"文件没有扩展名，只收 {known}。"
        );
}
