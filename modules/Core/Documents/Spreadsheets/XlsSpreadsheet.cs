using System.Text;
using ExcelDataReader;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>Reads old workbooks (.xls of Excel 97 to 2003, and what WPS writes so), by ExcelDataReader.</summary>
internal static class XlsSpreadsheet
{
    /// <summary>
    /// The largest old workbook, in bytes: it is held in memory. A sheet of it has 65 536 rows, which as a list of
    /// pupils take half of this.
    /// </summary>
    public const int MostBytes = 64 << 20;

    private const string Broken = "文件是旧版 .xls 工作簿，但已损坏，请在 Excel 或 WPS 中打开后另存为 .xlsx 再试。";

    /// <summary>Whether a file is an old workbook, or another file of the kind that these are kept in.</summary>
    public static bool Is(Stream stream)
    {
        stream.Position = 0;
        Span<byte> first = stackalloc byte[8];
        var start = first[..stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        return CompoundFile.IsOne(start) || IsBare(start);
    }

    /// <summary>Whether a file begins with the records of a workbook that stand in no compound file.</summary>
    public static bool IsBare(ReadOnlySpan<byte> start) =>
        start is [0x09, 0x00 or 0x02 or 0x04 or 0x08, _, 0x00, _, 0x00 or 0x02 or 0x03 or 0x04 or 0x05 or 0x06, ..];

    public static SheetBook Open(Stream stream)
    {
        if (stream.Length > MostBytes)
            throw new SpreadsheetException(
                SpreadsheetFault.TooLarge,
                $"旧版 .xls 工作簿超过 {MostBytes >> 20} MB，请拆分或另存为 .xlsx 再试。"
            );
        var bytes = new byte[stream.Length];
        stream.Position = 0;
        stream.ReadExactly(bytes);
        var records = Guard(() => Workbook(bytes));
        var said = Guard(() => new XlsRecords(records));
        if (said.IsEncrypted)
            throw new SpreadsheetException(
                SpreadsheetFault.NotASpreadsheet,
                "文件是加了密码的工作簿；请在 Excel 或 WPS 中打开，去掉密码后另存为 .xlsx 再试。"
            );
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        // before Excel 97 texts have the code page of the program that wrote them: here, Chinese where it is not said
        var reader = Guard(() =>
            ExcelReaderFactory.CreateBinaryReader(
                new MemoryStream(records),
                new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding("GB18030") }
            )
        );
        return new(
            WorkbookSheets.Read(reader, (_, place) => new Errors(Guard(() => said.ErrorsOf(place)))),
            XlsxSpreadsheet.Column,
            reader
        )
        {
            IsWorkbook = true,
            DaysFrom1900 = said.Is1904 ? WorkbookSheets.Until1904 : 0,
        };
    }

    private static byte[] Workbook(byte[] bytes)
    {
        if (!CompoundFile.IsOne(bytes))
            return bytes;
        var file = new CompoundFile(bytes);
        return file.Read("Workbook") ?? file.Read("Book") ?? throw FileContents.Named(file);
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (XlsxSpreadsheet.IsDamage(e))
        {
            throw new SpreadsheetException(SpreadsheetFault.NotASpreadsheet, Broken, e);
        }
    }

    private sealed class Errors(Dictionary<(int Row, int Column), string> found) : ISheetErrors
    {
        private readonly ILookup<int, (int, string)> rows = found.ToLookup(
            f => f.Key.Row,
            f => (f.Key.Column, f.Value)
        );

        public IReadOnlyList<(int Column, string Error)> In(int row) => [.. rows[row]];

        public void Dispose() { }
    }
}
