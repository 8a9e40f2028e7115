using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EduAssist.Kernel.Provisions;
using Microsoft.Data.Sqlite;

namespace EduAssist.Data;

/// <summary>What a backup says of itself.</summary>
/// <param name="Program">The version of the program that wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Kind">Of the database that it was made of.</param>
/// <param name="Migrations">Those that were applied, by module, in their order.</param>
/// <param name="Rows">How many, by table.</param>
public sealed record BackupHead(
    string Program,
    DateTimeOffset At,
    DatabaseKind Kind,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Migrations,
    IReadOnlyDictionary<string, long> Rows
)
{
    /// <summary>The version of this program.</summary>
    internal static string ThisProgram { get; } = typeof(BackupHead).Assembly.GetName().Version!.ToString(3);

    /// <summary>Describes a copy, not the database in use, which may have changed since.</summary>
    internal static BackupHead Create(string data, DatabaseKind kind, DateTimeOffset now)
    {
        using var copy = ProgramTables.OpenFile(data, SqliteOpenMode.ReadOnly);
        return new(
            ThisProgram,
            now,
            kind,
            ProgramTables.Migrations(copy),
            ProgramTables
                .List(copy)
                .ToDictionary(t => t, t => copy.Number($"SELECT count(*) FROM {ProgramTables.Quoted(t)}"))
        );
    }
}

/// <summary>
/// The file of a backup. One line with the form and the HMAC-SHA256 of everything behind that line, under a key made
/// from the master key; one line of JSON, the <see cref="BackupHead"/>; then, packed with gzip, a database of SQLite
/// with every table of ours. <c>head -n 2</c> shows what it is, <c>tail -n +3 FILE | gunzip</c> takes the database out.
/// </summary>
internal static class BackupFile
{
    private const string Form = "EduAssist-backup 2 ";
    private const int DigestLength = 2 * HMACSHA256.HashSizeInBytes,
        LongestHead = 1 << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes it to the disk.</summary>
    internal static void Write(string file, BackupHead head, string data, byte[] key)
    {
        using var stream = OwnerOnlyFiles.Create(file);
        stream.Write(Encoding.ASCII.GetBytes($"{Form}{new string('0', DigestLength)}\n"));
        using var digest = new HMACSHA256(key);
        using (var behind = new CryptoStream(stream, digest, CryptoStreamMode.Write, leaveOpen: true))
        {
            behind.Write([.. JsonSerializer.SerializeToUtf8Bytes(head, Json), (byte)'\n']);
            using var packed = new GZipStream(behind, CompressionLevel.Fastest, leaveOpen: true);
            using var copy = File.OpenRead(data);
            copy.CopyTo(packed);
        }

        stream.Position = Form.Length;
        stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest.Hash!)));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Verifies it whole.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="key">Asked for once it is known to be a backup.</param>
    /// <exception cref="OperatorException">
    /// It is none, was damaged, altered, marked with another master key, or has another form.
    /// </exception>
    internal static BackupHead Verify(string file, Func<byte[]> key)
    {
        using var stream = Open(file, key, out var head);
        return head;
    }

    /// <summary>Verifies it whole, and takes the database out.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="data">Where the database is put.</param>
    /// <param name="key">As of <see cref="Verify"/>.</param>
    /// <exception cref="OperatorException">As <see cref="Verify"/>.</exception>
    internal static BackupHead Read(string file, string data, Func<byte[]> key)
    {
        using var stream = Open(file, key, out var head);
        using var packed = new GZipStream(stream, CompressionMode.Decompress);
        using var copy = File.Create(data);
        packed.CopyTo(copy);
        return head;
    }

    /// <summary>Verified, and read as far as the packed database.</summary>
    private static FileStream Open(string file, Func<byte[]> key, out BackupHead head)
    {
        if (!File.Exists(file))
            throw new OperatorException($"没有 {file}。");
        var stream = File.OpenRead(file);
        try
        {
            var first = Line(stream, Form.Length + DigestLength + 1) is { } line ? Encoding.ASCII.GetString(line) : "";
            if (!first.StartsWith(Form, StringComparison.Ordinal))
                throw new OperatorException(
                    first.StartsWith(Form.Split(' ')[0], StringComparison.Ordinal)
                        ? $"{file} 的格式不是本程序的；请使用写它的那一版程序，或者更新的程序。"
                        : $"{file} 不是本程序的备份。"
                );
            var behind = stream.Position;
            var mac = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key(), stream)));
            if (!CryptographicOperations.FixedTimeEquals(mac, Encoding.ASCII.GetBytes(first[Form.Length..])))
                throw new OperatorException(
                    $"{file} 的校验码不符：它已损坏、被改动，或者是用另一把主密钥写的"
                        + "（keys rotate --master 以前的备份须用当时的主密钥）。没有恢复任何数据。"
                );
            stream.Position = behind;
            head = JsonSerializer.Deserialize<BackupHead>(Line(stream, LongestHead), Json)!;
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The bytes up to the end of the line, which is read too; null: it does not end soon enough.</summary>
    private static byte[]? Line(Stream stream, int longest)
    {
        List<byte> line = [];
        while (line.Count < longest && stream.ReadByte() is >= 0 and var one)
        {
            if (one == '\n')
                return [.. line];
            line.Add((byte)one);
        }

        return null;
    }
}
