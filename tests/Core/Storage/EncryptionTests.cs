using System.Security.Cryptography;
using System.Text;
using EduAssist.Data;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Storage;

/// <summary>
/// What is encrypted cannot be read past the program, and where it lies it can be found only with the key.
/// </summary>
public class EncryptionTests
{
    private const string Name = "李示例", ResidentId = "53230120110305997X", Phone = "13900000001", Address = "鹿城镇示例村一组";

    [Fact]
    public async Task No_byte_of_the_file_is_the_plain_text()
    {
        using var stored = await Filled(DatabaseKind.Sqlite);
        var bytes = await Task.WhenAll(Directory.GetFiles(stored.Folder, $"{Path.GetFileName(stored.Connection)}*")
            .Select(ReadAll));
        // the name is plain: we look in the right place
        Assert.Contains(bytes, b => b.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Name)) >= 0);
        foreach (var secret in (string[])[ResidentId, Phone, Address])
            Assert.DoesNotContain(bytes, b => b.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0);
    }

    [Theory, EveryDatabase]
    public async Task A_column_holds_other_bytes_each_time(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        var columns = Raw(stored, "ResidentId", "Phone", "Address");
        Assert.Equal(6, columns.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(columns,
            c => Assert.All((string[])[ResidentId, Phone, Address],
                secret => Assert.Equal(-1, c.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)))));
        await using var db = stored.Read();
        Assert.All(await db.Set<Student>().ToListAsync(), s => Assert.Equal((Phone, Address), (s.Phone, s.Address)));
    }

    [Theory, EveryDatabase]
    public async Task What_was_moved_to_another_column_or_altered_cannot_be_read(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        await Unreadable(stored, """UPDATE core_student SET "Phone" = "Address" """);
        await Unreadable(stored, kind == DatabaseKind.Sqlite
            ? """UPDATE core_student SET "Phone" = CAST(substr("Phone", 1, length("Phone") - 1) || x'00' AS BLOB)"""
            : """UPDATE core_student SET "Phone" = substring("Phone" from 1 for length("Phone") - 1) || '\x00'""");
        await Unreadable(stored,
            kind == DatabaseKind.Sqlite ? """UPDATE core_student SET "Phone" = x'02'"""
                : """UPDATE core_student SET "Phone" = '\x02'""");
    }

    /// <summary>Of another purpose nobody who is stored is found again.</summary>
    [Fact]
    public void The_purposes_of_blind_indexes_are_those_that_are_stored() =>
        Assert.Equal(("ResidentId", "NationalNumber"), (BlindIndex.ResidentId, BlindIndex.NationalNumber));

    [Theory, EveryDatabase]
    public async Task The_blind_index_finds_one_and_needs_the_key(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        var keys = stored.Commands.Database.Keys;
        var index = keys.BlindIndexOf(ResidentId, BlindIndex.ResidentId);
        await using var db = stored.Read();
        Assert.Equal([ResidentId],
            await db.Set<Student>().Where(s => s.ResidentIdIndex == index).Select(s => s.ResidentId!).ToListAsync());
        Assert.NotEqual(index, keys.BlindIndexOf(ResidentId, BlindIndex.NationalNumber));
        Assert.NotEqual(index, SHA256.HashData(Encoding.UTF8.GetBytes(ResidentId)));
        Assert.NotEqual(index, keys.BlindIndexOf(ResidentId[..^1] + "1", BlindIndex.ResidentId));
    }

    /// <summary>A cipher that two threads use at once fails, or worse.</summary>
    [Fact]
    public async Task Many_encrypt_and_decrypt_at_once()
    {
        using var stored = await Filled(DatabaseKind.Sqlite);
        var keys = stored.Commands.Database.Keys;
        await Parallel.ForEachAsync(Enumerable.Range(0, 20_000), TestContext.Current.CancellationToken, (n, _) =>
        {
            Assert.Equal($"{n}", keys.DecryptText(keys.EncryptText($"{n}", "test"), "test"));
            return ValueTask.CompletedTask;
        });
    }

    [Theory, EveryDatabase]
    public async Task Another_master_key_or_none_stops_the_start(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        var other = new Database(stored.Connection, stored.Folder, Convert.ToBase64String(new byte[32]),
            stored.Instance.Tables);
        Assert.Contains("主密钥与数据库不符",
            Assert.Throws<OperatorException>(() => other.Upgrade(stored.Instance.Today.Now, _ => { })).Message,
            StringComparison.Ordinal);
        var none = new Database(stored.Connection, Path.Combine(stored.Folder, "elsewhere"), null,
            stored.Instance.Tables);
        Assert.Contains("没有主密钥",
            Assert.Throws<OperatorException>(() => none.Upgrade(stored.Instance.Today.Now, _ => { })).Message,
            StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(stored.Folder, "elsewhere", "master.key")));
        Assert.Contains("32 字节",
            Assert.Throws<OperatorException>(
                () => new Database(stored.Connection, stored.Folder, "c2hvcnQ=", [Catalogue.CoreTables])).Message,
            StringComparison.Ordinal);
    }

    private static async Task<Stored> Filled(DatabaseKind kind)
    {
        var stored = new Stored(kind);
        await stored.Do(work =>
        {
            for (var n = 0; n < 2; n++)
            {
                var id = n == 0 ? ResidentId : "532301201103059996";
                work.Db.Add(new Student
                {
                    Id = work.NewId(),
                    Name = Name,
                    ResidentId = id,
                    ResidentIdIndex = work.Keys.BlindIndexOf(id, BlindIndex.ResidentId),
                    Phone = Phone,
                    Address = Address,
                    Scope = "532301",
                });
            }

            work.Audit("student/add", null, "");
            return Task.FromResult(CommandResult.Done());
        });
        return stored;
    }

    private static async Task Unreadable(Stored stored, string change)
    {
        using (var connection = stored.Commands.Database.Connect()) connection.Execute(change);
        await using var db = stored.Read();
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => db.Set<Student>().ToListAsync());
        Assert.IsType<CryptographicException>(refused.GetBaseException(), exactMatch: false);
    }

    private static List<byte[]> Raw(Stored stored, params string[] columns)
    {
        using var connection = stored.Commands.Database.Connect();
        using var command =
            connection.Command($"SELECT {string.Join(", ", columns.Select(ProgramTables.Quoted))} FROM core_student");
        using var rows = command.ExecuteReader();
        List<byte[]> raw = [];
        while (rows.Read())
        {
            for (var i = 0; i < columns.Length; i++) raw.Add(rows.GetFieldValue<byte[]>(i));
        }

        return raw;
    }

    private static async Task<byte[]> ReadAll(string file)
    {
        await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[open.Length];
        await open.ReadExactlyAsync(bytes);
        return bytes;
    }
}
