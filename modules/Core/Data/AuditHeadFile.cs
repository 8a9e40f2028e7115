using System.Security.Cryptography;
using System.Text;

namespace EduAssist.Data;

/// <summary>What the file says.</summary>
/// <param name="Head">The end of the chain; null: see the fault.</param>
/// <param name="Before">Of a database that was restored: the end that the file held before; null: it was not.</param>
/// <param name="Fault">What is wrong with the file, in Chinese; null: nothing.</param>
internal sealed record OutsideHead(ChainHead? Head, string? Before = null, string? Fault = null);

/// <summary>
/// The end of the audit's chain, in a file beside the database. Whoever can only write to the database cannot put all
/// of it back to what it was: the file is further. Each host has one; it may lag behind the chain, and never leads it.
/// </summary>
/// <remarks>One line: the form, the end, what it was before a restore or <c>-</c>, and an HMAC of these.</remarks>
internal sealed class AuditHeadFile(string path, KeyRing keys)
{
    private const string Form = "EduAssist-audit-head-1",
        None = "-";

    internal string Path => path;

    internal bool Exists => File.Exists(path);

    /// <summary>Reads it.</summary>
    internal OutsideHead Read()
    {
        string text;
        try
        {
            text = File.ReadAllText(path).Trim();
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(null, null, $"链尾文件 {path} 不在：换了机器，或者被删去。");
        }

        return
            text.Split(' ') is [Form, var end, var before, { Length: 64 } mac]
            && ChainHead.Read(end) is { } head
            && mac.All(char.IsAsciiHexDigit)
            && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(mac), Mac(Line(head, before)))
            ? new(head, before == None ? null : before)
            : new(null, null, $"链尾文件 {path} 被改动，或者属于另一个数据库。");
    }

    /// <summary>Replaces it as a whole: after a power failure it is the old one or the new one.</summary>
    /// <param name="head">The end of the chain.</param>
    /// <param name="before">The end that the file held before the database was restored; null: it was not.</param>
    internal void Write(ChainHead head, string? before = null)
    {
        var line = Line(head, before ?? None);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var part = $"{path}.{Guid.NewGuid():n}.part";
        try
        {
            using (var stream = OwnerOnlyFiles.Create(part))
            {
                stream.Write(Encoding.ASCII.GetBytes($"{line} {Convert.ToHexStringLower(Mac(line))}\n"));
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private byte[] Mac(string line) => keys.Mark(AuditMark.File, Encoding.ASCII.GetBytes(line));

    private static string Line(ChainHead head, string before) => $"{Form} {head} {before}";
}
