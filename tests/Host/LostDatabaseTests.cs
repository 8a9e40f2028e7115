using EduAssist.Conformance;
using EduAssist.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EduAssist.Host;

/// <summary>
/// A start beside the master key or the audit's end of a database that is gone: no empty one is made in its place
/// unless that is asked for.
/// </summary>
public class LostDatabaseTests
{
    private const string New = "--new-database";

    [Theory, EveryDatabase]
    public async Task A_lost_database_is_not_replaced_by_an_empty_one_without_being_asked(DatabaseKind kind)
    {
        using var databases = new OwnDatabases(kind);
        var connection = databases.Next();
        using var place = new Workplace(("Database", connection));
        await using (var host = await HostProcess.Serve(place))
            Assert.Equal(0, await host.Stop());
        (await HostProcess.Run(place, "backup", "a.backup")).Done();
        var head = Assert.Single(Directory.GetFiles(place["data"], "audit-*.head"));

        Take(kind, connection);
        foreach (
            var command in (string[][])
                [
                    ["serve", "--urls", "http://127.0.0.1:0"],
                    ["migrate"],
                ]
        )
        {
            var refused = (await HostProcess.Run(place, command)).Refusal(1);
            foreach (var told in (string[])["没有数据库", "master.key", Path.GetFileName(head), "restore", New])
                Assert.Contains(told, refused, StringComparison.Ordinal);
            Assert.False(File.Exists(connection));
        }

        // either of the two is enough to tell
        File.Move(head, $"{head}.away");
        Assert.Contains("master.key", (await HostProcess.Run(place, "migrate")).Refusal(1), StringComparison.Ordinal);
        File.Move($"{head}.away", head);
        var key = Path.Combine(place["data"], "master.key");
        place.Settings["MasterKey"] = (await File.ReadAllTextAsync(key, TestContext.Current.CancellationToken)).Trim();
        File.Delete(key);
        Assert.Contains(
            Path.GetFileName(head),
            (await HostProcess.Run(place, "migrate")).Refusal(1),
            StringComparison.Ordinal
        );

        // the remedy that loses nothing
        (await HostProcess.Run(place, "restore", "a.backup")).Done();
        (await HostProcess.Run(place, "migrate")).Done();
        Assert.Contains(
            "已经有了",
            (await HostProcess.Run(place, "migrate", New)).Refusal(1),
            StringComparison.Ordinal
        );

        // the other one, on purpose
        Take(kind, connection);
        (await HostProcess.Run(place, "migrate", New)).Done();
        Assert.Single(Directory.GetFiles(place["data"], "audit-*.head.before-new-*"));
        await using (var host = await HostProcess.Serve(place))
            Assert.Equal(0, await host.Stop());
        Assert.Contains(
            "，完整；",
            (await HostProcess.Run(place, "audit", "verify")).Done().Output,
            StringComparison.Ordinal
        );
    }

    /// <summary>As somebody would who takes it for something else.</summary>
    private static void Take(DatabaseKind kind, string connection)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            SqliteConnection.ClearAllPools();
            foreach (var ending in (string[])["", "-wal", "-shm"])
                File.Delete(connection + ending);
            return;
        }

        var at = new NpgsqlConnectionStringBuilder(connection);
        var name = at.Database;
        at.Database = "postgres";
        using var admin = new NpgsqlConnection(at.ToString());
        admin.Open();
        using var drop = new NpgsqlCommand($"DROP DATABASE {name} WITH (FORCE)", admin);
        drop.ExecuteNonQuery();
    }

    [Fact]
    public async Task The_demo_begins_anew_where_its_file_is_deleted()
    {
        using var place = new Workplace();
        var refused = await HostProcess.Run(place, "serve", "--urls", "http://127.0.0.1:0", "--demo", New);
        Assert.Contains(New, refused.Refusal(1), StringComparison.Ordinal);
    }
}
