using System.Buffers.Binary;
using System.Text;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// The streams of a compound file ([MS-CFB]): what an old workbook, an encrypted one and other programs' files are kept
/// in. A file that was made to mislead is damaged, at no greater cost than its own size.
/// </summary>
internal sealed class CompoundFile
{
    private const int HeaderSize = 512,
        EntrySize = 128,
        InHeader = 109,
        RootEntry = 5,
        StreamEntry = 2;
    private const uint End = 0xFFFFFFFE;

    private readonly byte[] bytes;
    private readonly int sectorSize;
    private readonly int miniSectorSize;
    private readonly uint leastInSectors;
    private readonly uint[] table;
    private readonly uint[] miniTable;
    private readonly byte[] mini = [];
    private readonly Dictionary<string, (uint First, uint Size)> streams = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public CompoundFile(byte[] bytes)
    {
        this.bytes = bytes;
        if (!IsOne(bytes) || bytes.Length < HeaderSize)
            throw new InvalidDataException("No header.");
        sectorSize = 1 << Math.Clamp((int)Word(30), 7, 16);
        miniSectorSize = 1 << Math.Clamp((int)Word(32), 4, 12);
        leastInSectors = Number(56);
        table = Table();
        miniTable = Numbers(Chain(Number(60)));
        var directory = Chain(Number(48));
        for (var at = 0; at + EntrySize <= directory.Length; at += EntrySize)
        {
            var entry = directory.AsSpan(at, EntrySize);
            var length = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]) - 2, 0, 62);
            var name = Encoding.Unicode.GetString(entry[..length]);
            var (first, size) = (
                BinaryPrimitives.ReadUInt32LittleEndian(entry[116..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[120..])
            );
            if (entry[66] == RootEntry && mini.Length == 0)
                mini = Chain(first);
            else if (entry[66] == StreamEntry)
                streams.TryAdd(name, (first, size));
        }
    }

    /// <summary>Whether a file begins as one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);

    /// <summary>Whether there is a stream of this name.</summary>
    public bool Has(string name) => streams.ContainsKey(name);

    /// <summary>The contents of a stream; null: there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public byte[]? Read(string name)
    {
        if (!streams.TryGetValue(name, out var stream))
            return null;
        var whole = stream.Size < leastInSectors ? MiniChain(stream.First) : Chain(stream.First);
        return whole.Length < stream.Size ? throw new InvalidDataException("A stream breaks off.")
            : whole.Length == stream.Size ? whole
            : whole[..(int)stream.Size];
    }

    private ushort Word(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private uint Number(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private ReadOnlySpan<byte> Sector(uint sector)
    {
        var at = ((long)sector + 1) * sectorSize;
        // the last sector of some programs' files is shorter
        return at < bytes.Length
            ? bytes.AsSpan((int)at, Math.Min(sectorSize, bytes.Length - (int)at))
            : throw new InvalidDataException("A sector lies beyond the end.");
    }

    /// <summary>The next sector of each: from the list in the header, and in further sectors of such a list.</summary>
    private uint[] Table()
    {
        List<uint> sectors = [];
        for (var i = 0; i < InHeader; i++)
            if (Number(76 + (i * 4)) is var sector and < End - 1)
                sectors.Add(sector);
        var most = (bytes.Length / sectorSize) + 1;
        for (var (next, read) = (Number(68), 0); next < End - 1; read++)
        {
            var more = Numbers(Sector(next));
            if (read > most || more.Length < 2)
                throw new InvalidDataException("The table turns in a circle.");
            sectors.AddRange(more[..^1].Where(s => s < End - 1));
            next = more[^1];
        }

        if (sectors.Count > most)
            throw new InvalidDataException("The table is larger than the file.");
        return [.. sectors.SelectMany(s => Numbers(Sector(s)))];
    }

    private static uint[] Numbers(ReadOnlySpan<byte> bytes)
    {
        var numbers = new uint[bytes.Length / 4];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * 4)..]);
        return numbers;
    }

    private byte[] Chain(uint first)
    {
        var read = new MemoryStream();
        foreach (var sector in Linked(first, table))
            read.Write(Sector(sector));
        return read.ToArray();
    }

    private byte[] MiniChain(uint first)
    {
        var read = new MemoryStream();
        foreach (var sector in Linked(first, miniTable))
        {
            var at = (long)sector * miniSectorSize;
            if (at + miniSectorSize > mini.Length)
                throw new InvalidDataException("A sector lies beyond the end.");
            read.Write(mini.AsSpan((int)at, miniSectorSize));
        }

        return read.ToArray();
    }

    private static IEnumerable<uint> Linked(uint first, uint[] table)
    {
        var read = 0;
        for (var sector = first; sector < End - 1; sector = table[sector])
        {
            // no chain is longer than the table: one that is turns in a circle
            if (sector >= table.Length || ++read > table.Length)
                throw new InvalidDataException("A chain turns in a circle.");
            yield return sector;
        }
    }
}
