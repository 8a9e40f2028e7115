namespace EduAssist.Documents.Spreadsheets;

/// <summary>What a roster (名册) is kept in.</summary>
public enum SpreadsheetFormat
{
    /// <summary>Text with separators, as RFC 4180 has it: comma, tab or semicolon; UTF-8 or GB18030.</summary>
    Csv,

    /// <summary>An Office Open XML workbook (ISO/IEC 29500), of Excel or WPS.</summary>
    Xlsx,

    /// <summary>One JSON object a line.</summary>
    Ndjson,
}

/// <summary>Tells a <see cref="SpreadsheetFormat"/> from a file's name.</summary>
public static class SpreadsheetFormats
{
    /// <summary>The format by the extension, in any case: .csv and .txt, .xlsx, .ndjson and .jsonl.</summary>
    /// <param name="path">A file's name or path; the file need not exist.</param>
    /// <exception cref="SpreadsheetException">
    /// <see cref="SpreadsheetFault.NotASpreadsheet"/>: another extension, .xls among them.
    /// </exception>
    public static SpreadsheetFormat FromFileName(string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" or ".txt" => SpreadsheetFormat.Csv,
            ".xlsx" => SpreadsheetFormat.Xlsx,
            ".ndjson" or ".jsonl" => SpreadsheetFormat.Ndjson,
            ".xls" => throw new SpreadsheetException(
                SpreadsheetFault.NotASpreadsheet,
                "不能读旧版 .xls，请在 Excel 或 WPS 中另存为 .xlsx 再试。"
            ),
            "" => throw new SpreadsheetException(
                SpreadsheetFault.NotASpreadsheet,
                "文件没有扩展名，只收 .csv、.txt、.xlsx、.ndjson、.jsonl。"
            ),
            var other => throw new SpreadsheetException(
                SpreadsheetFault.NotASpreadsheet,
                $"不认识扩展名「{other}」，只收 .csv、.txt、.xlsx、.ndjson、.jsonl。"
            ),
        };
}
