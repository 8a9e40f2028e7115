using System.Buffers.Binary;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// What the records of an old workbook ([MS-XLS]) say beside its values, which ExcelDataReader does not tell: cells
/// that hold an error, which it gives as blanks, from which day serial numbers count, and whether it is encrypted.
/// </summary>
internal sealed class XlsRecords
{
    private const ushort Bof = 0x0809,
        BoundSheet = 0x0085,
        Date1904 = 0x0022,
        FilePass = 0x002F,
        BoolErr = 0x0205,
        Formula = 0x0006;

    private static readonly Dictionary<byte, string> Names = new()
    {
        [0x00] = "#NULL!",
        [0x07] = "#DIV/0!",
        [0x0F] = "#VALUE!",
        [0x17] = "#REF!",
        [0x1D] = "#NAME?",
        [0x24] = "#NUM!",
        [0x2A] = "#N/A",
        [0x2B] = "#GETTING_DATA",
    };

    private readonly List<int> starts = [];
    private readonly byte[] stream;

    /// <param name="stream">The contents of the stream <c>Workbook</c>.</param>
    public XlsRecords(byte[] stream)
    {
        this.stream = stream;
        foreach (var (id, at, length) in Records(0))
        {
            var record = stream.AsSpan(at, length);
            if (id == FilePass)
                IsEncrypted = true;
            else if (id == Date1904 && length >= 2)
                Is1904 = BinaryPrimitives.ReadUInt16LittleEndian(record) == 1;
            else if (id == BoundSheet && length >= 6 && record[5] == 0) // a worksheet, as ExcelDataReader counts them
                starts.Add(BinaryPrimitives.ReadInt32LittleEndian(record));
        }
    }

    public bool IsEncrypted { get; }

    /// <summary>Whether serial numbers count from 1904, as old programs for Macintosh did.</summary>
    public bool Is1904 { get; }

    /// <summary>The cells of a sheet that hold an error, by row from 1 and column from 0.</summary>
    /// <param name="sheet">Its place among the worksheets, from 0.</param>
    public Dictionary<(int Row, int Column), string> ErrorsOf(int sheet)
    {
        Dictionary<(int, int), string> errors = [];
        if (sheet >= starts.Count)
            return errors;
        foreach (var (id, at, length) in Records(starts[sheet]))
        {
            var record = stream.AsSpan(at, length);
            var error =
                id == BoolErr && length >= 8 && record[7] != 0 ? record[6]
                : id == Formula && length >= 14 && record[6] == 2 && record[12] == 0xFF && record[13] == 0xFF
                    ? record[8]
                : (byte?)null;
            if (error is { } code)
                errors[
                    (
                        BinaryPrimitives.ReadUInt16LittleEndian(record) + 1,
                        BinaryPrimitives.ReadUInt16LittleEndian(record[2..])
                    )
                ] = Names.GetValueOrDefault(code, "#?");
        }

        return errors;
    }

    /// <summary>The records of one part, up to its end; parts inside of it, such as charts, are read through.</summary>
    private IEnumerable<(ushort Id, int At, int Length)> Records(int start)
    {
        const ushort Eof = 0x000A;
        var depth = 0;
        for (var at = start; at >= 0 && at + 4 <= stream.Length; )
        {
            var (id, length) = (
                BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(at)),
                BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(at + 2))
            );
            if (at + 4 + length > stream.Length)
                yield break;
            depth += id == Bof ? 1 : 0;
            if (depth <= 1)
                yield return (id, at + 4, length);
            if (id == Eof && --depth <= 0)
                yield break;
            at += 4 + length;
        }
    }
}
