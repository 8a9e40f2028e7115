using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// Reads CSV by CsvHelper, strictly: what breaks the quoting of RFC 4180 is refused, not repaired, for a repair moves
/// cells into other columns.
/// </summary>
internal static partial class CsvSpreadsheet
{
    /// <summary>The largest row, in bytes of UTF-8: an unclosed quote would make a row of the whole file.</summary>
    private const int MostRowBytes = 1 << 20;

    public static SheetBook Open(Stream file)
    {
        var stream = Quoted(file);
        var encoding = TextEncoding.Detect(stream);
        var reader = CsvReader.Create(
            stream,
            new CsvReaderOptions
            {
                Encoding = encoding,
                Separator = Separator(stream, encoding),
                HasHeader = false,
                MalformedData = CsvMalformedDataHandling.Throw,
                TrackLineNumbers = true,
                MaxRecordSize = MostRowBytes,
                IncludeValuesInExceptions = false,
            },
            leaveOpen: true
        );
        return new([new(null, IsHidden: false, Lines(reader))], Column, reader);
    }

    /// <summary>
    /// The text with ="2026…" in quotes: other systems keep numbers whole in this way, and RFC 4180 does not know it.
    /// No character of UTF-8 or GB18030 has one of these signs for a part of it, so that bytes may be looked at.
    /// </summary>
    private static Stream Quoted(Stream file)
    {
        var start = file.Position;
        using (var look = new StreamReader(file, Encoding.Latin1, false, 1 << 16, leaveOpen: true))
        {
            var found = false;
            var (before, last) = ('\n', '\n');
            for (int c; !found && (c = look.Read()) >= 0; (before, last) = (last, (char)c))
                found = c == '"' && last == '=' && before is (',' or ';' or '\t' or '\n' or '\r');
            file.Position = start;
            if (!found)
                return file;
        }

        using var text = new StreamReader(file, Encoding.Latin1, false, 1 << 16, leaveOpen: true);
        var quoted = Wrapped().Replace(text.ReadToEnd(), "\"=\"\"${text}\"\"\"");
        return new MemoryStream(Encoding.Latin1.GetBytes(quoted));
    }

    [GeneratedRegex(
        "(?<![^,;\\t\\r\\n])=\"(?<text>[^\"\\r\\n]*)\"(?![^,;\\t\\r\\n])",
        RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex Wrapped();

    private static string Column(int column) => $"第 {column + 1} 列";

    private static IEnumerable<Line> Lines(CsvReader reader)
    {
        var line = new Line(Column);
        while (Read(reader))
        {
            line.Start((int)reader.LineNumber);
            for (var i = 0; i < reader.FieldCount; i++)
                line.Add(Formula.Restore(reader.GetString(i)), SpreadsheetCellKind.Text);
            yield return line;
        }
    }

    private static bool Read(CsvReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new SpreadsheetException(
                SpreadsheetFault.Malformed,
                $"第 {e.LineNumber} 行起的引号不成对（或一行超过 {MostRowBytes >> 20} MB），请改正后再试。",
                e
            );
        }
    }

    /// <summary>
    /// The separator that stands most often in the first line that is not blank, outside of quotes; comma when in
    /// doubt.
    /// </summary>
    private static char Separator(Stream stream, Encoding encoding)
    {
        var start = stream.Position;
        int commas = 0,
            tabs = 0,
            semicolons = 0;
        using (var text = new StreamReader(stream, encoding, true, 4096, leaveOpen: true))
        {
            var (quoted, blank) = (false, true);
            for (int c; (c = text.Read()) >= 0 && (quoted || blank || c is not ('\n' or '\r')); )
            {
                if (c == '"')
                    quoted = !quoted;
                blank &= char.IsWhiteSpace((char)c) && c != '\t';
                if (quoted)
                    continue;
                if (c == ',')
                    commas++;
                else if (c == '\t')
                    tabs++;
                else if (c == ';')
                    semicolons++;
            }
        }
        stream.Position = start;
        return tabs > commas && tabs >= semicolons ? '\t'
            : semicolons > commas ? ';'
            : ',';
    }
}
