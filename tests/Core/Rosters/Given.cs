using System.IO.Compression;
using System.Text;

namespace EduAssist.Core.Rosters;

/// <summary>Files as somebody else made them.</summary>
internal static class Given
{
    public static Encoding Gb18030 { get; } = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static Roster Csv(string text, Encoding? encoding = null) => Open((encoding ?? new UTF8Encoding(false)).GetBytes(text), RosterFormat.Csv);

    public static Roster Ndjson(string text) => Open(Encoding.UTF8.GetBytes(text), RosterFormat.Ndjson);

    public static Roster Open(byte[] bytes, RosterFormat format) => RosterReader.Open(new MemoryStream(bytes), format);

    public static RosterException Refused(byte[] bytes, RosterFormat format) => Assert.Throws<RosterException>(() =>
    {
        using var roster = Open(bytes, format);
        foreach (var _ in roster.Rows) { }
    });

    public static byte[] Written(RosterFormat format, IReadOnlyList<string> headers, params IReadOnlyList<string?>[] rows)
    {
        using var file = new MemoryStream();
        using (var writer = RosterWriter.Create(file, format, headers))
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

    public static IEnumerable<string?> Texts(this RosterRow row) => row.Cells.Select(cell => cell.Text);
}
