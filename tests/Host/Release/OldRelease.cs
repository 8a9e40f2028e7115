using System.IO.Compression;
using System.Text.Json.Nodes;
using EduAssist.Conformance;
using EduAssist.Data;

namespace EduAssist.Host.Release;

/// <summary>
/// A database as the release 0.1 left it, of invented data: <c>eduassist.backup</c> is what its <c>backup</c> wrote,
/// behind two lines of text the very file of SQLite, packed;
/// <c>master.key</c> belongs to it; <c>known.json</c> is what its makers knew: passwords, numbers, answers, what stood
/// in the encrypted columns.
/// </summary>
internal sealed class OldRelease : IDisposable
{
    internal const string Folder = "tests/Host/Release-0.1",
        Today = "2020-05-11";

    private const int HeadLines = 2;

    private readonly OwnDatabases databases;
    private readonly Workplace place;

    private OldRelease(DatabaseKind kind)
    {
        databases = new(kind);
        Connection = databases.Next();
        place = new(("Database", Connection), ("MasterKey", MasterKey));
    }

    internal static string MasterKey { get; } = Repository.Read($"{Folder}/master.key").Trim();

    internal static JsonNode Known { get; } =
        Repository.Read($"{Folder}/known.json") is { Length: > 0 } text ? JsonNode.Parse(text)! : new JsonObject();

    internal string Connection { get; }

    /// <summary>Of SQLite the file as it lay there, on PostgreSQL restored from a backup of it; nobody has opened it
    /// yet.</summary>
    internal static async Task<OldRelease> Lay(DatabaseKind kind)
    {
        var release = new OldRelease(kind);
        if (kind == DatabaseKind.Sqlite)
        {
            await Unpack(release.Connection);
            return release;
        }

        // what that release wrote had a plain digest; nobody has such a backup but this test
        var (data, backup) = (release.place["release.db"], release.place["release.backup"]);
        await Unpack(data);
        var key = new Database(data, release.place.Folder, MasterKey, []).BackupKey();
        BackupFile.Write(
            backup,
            BackupHead.Create(data, DatabaseKind.Sqlite, TimeProvider.System.GetUtcNow()),
            data,
            key
        );
        (await HostProcess.Run(release.place, "restore", backup)).Done();
        return release;
    }

    /// <summary>The server on it. The demo's key is the one of the file; its day stands still, so that nothing here
    /// depends on when it runs.</summary>
    internal Task<HostProcess> Serve() => HostProcess.Serve(place, ["--demo", "--today", Today]);

    internal Task<Ended> Run(params string[] arguments) => HostProcess.Run(place, arguments);

    internal IReadOnlyDictionary<string, string> Columns() =>
        EncryptedColumns.Read(databases, Connection, place.Folder, MasterKey);

    /// <summary>Past the program.</summary>
    internal void Alter(string sql)
    {
        using var raw = databases.Open(Connection);
        using var altering = raw.CreateCommand();
        altering.CommandText = sql;
        Assert.NotEqual(0, altering.ExecuteNonQuery());
    }

    public void Dispose()
    {
        databases.Dispose();
        place.Dispose();
    }

    private static async Task Unpack(string to)
    {
        await using var packed = File.OpenRead(Path.Combine(Repository.Root, Folder, "eduassist.backup"));
        for (var lines = 0; lines < HeadLines; )
            if (packed.ReadByte() == '\n')
                lines++;
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        await using var file = File.Create(to);
        await unpacked.CopyToAsync(file);
    }
}
