using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduAssist.Chuxiong;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Registry;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using SQLitePCL;

namespace EduAssist.Web;

/// <summary>
/// What a request costs, in rows that the database visits and not in time, which the load of a machine disturbs: what
/// a county asks costs in a province what it costs in a database of its own, and the last page what the first one does.
/// </summary>
public sealed class PlanTests
{
    private const double Most = 1.3;
    private const int CountyPupils = 300,
        OtherPupils = 2500;

    /// <summary>The last one written, so that whoever walks the keys from the first comes to it last.</summary>
    private static readonly DivisionCode County = DivisionCode.Of(532331);

    private static readonly IReadOnlyList<DivisionCode> Others =
    [
        .. new long[] { 530102, 530103, 530302, 530402, 532301, 532322, 532323, 532324 }.Select(DivisionCode.Of),
    ];

    private static readonly IReadOnlyList<string> Pages =
    [
        "/",
        "/indicators",
        "/students",
        "/students?q=阿",
        $"/students/{Province.FirstOf(County)}",
        "/lists",
        "/lists/Students",
        "/lists/Students?last=true",
        "/lists/Students?sort=Name",
        "/lists/Students?sort=Name&last=true",
        "/lists/Students?sort=Name&desc=true&f.Sex=Female",
        "/lists/Students?q=阿木",
        "/lists/Rolls",
        "/lists/Rolls?last=true",
        "/lists/Rolls?f.State=Left",
        "/lists/Guardians",
        "/lists/Standings",
        "/lists/Standings?last=true",
        "/lists/Schools",
        "/lists/Classes",
        "/lists/UnlistedPupils",
        "/lists/Takeovers",
        "/doubles",
        "/unlisted",
        "/takeovers",
        "/classes",
        "/lists/Cases",
        "/cases/chuxiong/applications",
        "/audit",
    ];

    [Theory, EveryDatabase]
    public async Task A_county_does_not_pay_for_the_province(DatabaseKind kind)
    {
        Stored province = await Filled(kind, [.. Others, County]),
            alone = await Filled(kind, [County]);
        IReadOnlyList<Grant> grants = [Grant.ForDivision(Role.County, County), Grant.ForDivision(Role.Auditor, County)];
        await using Served whole = new(stored: province),
            own = new(stored: alone);
        await whole.InitializeAsync();
        await own.InitializeAsync();
        using HttpClient there = whole.Another(await whole.SignedIn("county", grants)),
            here = own.Another(await own.SignedIn("county", grants));
        List<string> faults = [];
        foreach (var page in Pages)
        {
            var (many, few) = (await Visited(province, there, page), await Visited(alone, here, page));
            TestContext.Current.TestOutputHelper!.WriteLine($"{page}: {many} / {few}");
            if (many > (few * Most) + Slack(kind))
                faults.Add($"{page}: {many} in the province, {few} alone");
        }

        Assert.Empty(faults);
    }

    /// <summary>Of a county, a province, and of whoever sees everything.</summary>
    [Theory, EveryDatabase]
    public async Task The_last_page_costs_what_the_first_one_does(DatabaseKind kind)
    {
        var province = await Filled(kind, [.. Others, County]);
        await using Served served = new(stored: province);
        await served.InitializeAsync();
        List<string> faults = [];
        foreach (
            var grant in (Grant[])
                [
                    Grant.ForDivision(Role.County, County),
                    Grant.ForDivision(Role.Province, County.Province),
                    new(Role.Auditor, ""),
                ]
        )
        {
            using var client = served.Another(await served.SignedIn($"{grant.Role}".ToLowerInvariant(), grant));
            foreach (var list in (string[])["Students?", "Students?sort=Name&", "Rolls?", "Guardians?", "Standings?"])
            {
                var first = await Visited(province, client, $"/lists/{list}");
                var last = await Visited(province, client, $"/lists/{list}last=true");
                var middle = await Visited(province, client, await After(client, $"/lists/{list}last=true"));
                TestContext.Current.TestOutputHelper!.WriteLine($"{grant.Role} {list}: {first} {last} {middle}");
                if (Math.Max(last, middle) > (first * Most) + Slack(kind))
                    faults.Add($"{grant.Role} {list}: first {first}, last {last}, before it {middle}");
            }
        }

        Assert.Empty(faults);
    }

    /// <summary>By each of the three numbers, whoever asks; and the same number in every school.</summary>
    [Theory, EveryDatabase]
    public async Task A_number_is_looked_up(DatabaseKind kind)
    {
        using var province = await Filled(kind, [.. Others, County]);
        var here = Province.IdOf(County, 7);
        foreach (
            var (access, common) in new[]
            {
                (AccessScope.ForDivision(County), 1),
                (AccessScope.ForDivision(County.Province), Others.Count * (OtherPupils / 500) + 1),
                (AccessScope.Everything, Others.Count * (OtherPupils / 500) + 1),
            }
        )
        {
            Assert.Equal(1, await Found(access, here));
            Assert.Equal(1, await Found(access, "G" + here));
            Assert.Equal(common, await Found(access, Province.CommonNumber));
        }

        Assert.Equal(0, await Found(AccessScope.ForDivision(Others[0]), here));
        Assert.Equal(0, await Found(AccessScope.ForDivision(Others[0]), "G" + here));
        Assert.Equal(0, await Found(new AccessScope(), here));

        async Task<int> Found(AccessScope access, string number)
        {
            var found = 0;
            var visited = await Visited(province, async () =>
            {
                await using var db = province.Commands.Database.Read(access);
                found = (await StudentSearch.FindAsync(db, province.Commands.Database.Keys, number, 100)).Count;
            });
            Assert.True(
                visited <= (kind == DatabaseKind.Sqlite ? 2000 + (found * 200) : 5 + (found * 5)),
                $"{number} {string.Join(',', access.Ranges)} {found}: {visited}"
            );
            return found;
        }
    }

    /// <summary>What was asked before is found to be as dear as it is.</summary>
    [Theory, EveryDatabase]
    public async Task What_reads_the_province_is_noticed(DatabaseKind kind)
    {
        using var province = await Filled(kind, [.. Others, County]);
        using var alone = await Filled(kind, [County]);
        foreach (
            var planted in (Func<ScopedReadDbContext, Task>[])
                [
                    db =>
                        db.Set<Student>()
                            .Where(s => s.ResidentIdIndex == new byte[1] || s.Rolls.Any(r => r.Number == "x"))
                            .IgnoreQueryFilters()
                            .ToListAsync(),
                    db =>
                        db.Set<Student>()
                            .IgnoreQueryFilters()
                            .OrderBy(s => s.Id)
                            .Skip(20_000)
                            .Take(20)
                            .CountAsync(s => s.Scope == "x"),
                    db =>
                        db.Set<Student>().IgnoreQueryFilters().GroupBy(s => s.Sex).Select(g => g.Count()).ToListAsync(),
                    db => db.Set<Roll>().IgnoreQueryFilters().CountAsync(r => r.Grade == 20),
                ]
        )
        {
            var (many, few) = (await Planted(province, planted), await Planted(alone, planted));
            Assert.True(many > (few * Most) + Slack(kind), $"{many} and {few}");
        }

        static Task<long> Planted(Stored stored, Func<ScopedReadDbContext, Task> ask) => Visited(stored, async () =>
            {
                await using var db = stored.Commands.Database.Read(AccessScope.Everything);
                await ask(db);
            });
    }

    /// <summary>
    /// Instructions of SQLite, some ten a row, or rows of PostgreSQL: as many as a county has, since one database may
    /// sort a county's rows where another finds a page of them in order.
    /// </summary>
    private static long Slack(DatabaseKind kind) => CountyPupils * (kind == DatabaseKind.Sqlite ? 10 : 1);

    private static async Task<string> After(HttpClient client, string page)
    {
        var text = await client.GetStringAsync(page, TestContext.Current.CancellationToken);
        return System.Net.WebUtility.HtmlDecode(Regex.Match(text, "<a href=\"([^\"]+)\" rel=\"prev\"").Groups[1].Value);
    }

    private static async Task<Stored> Filled(DatabaseKind kind, IReadOnlyList<DivisionCode> counties)
    {
        var stored = new Stored(kind, new(2020, 5, 6), null, new ChuxiongModule());
        await using (var past = stored.Past())
        {
            Province province = new(past, stored.Commands.Database.Keys);
            foreach (var county in counties)
                await province.FillAsync(county, county == County ? CountyPupils : OtherPupils);
            if (kind == DatabaseKind.PostgreSql)
            {
                await using var analyze = past.CreateCommand();
                analyze.CommandText = "VACUUM ANALYZE";
                await analyze.ExecuteNonQueryAsync();
            }
        }

        return stored;
    }

    private static Task<long> Visited(Stored stored, HttpClient client, string page) => Visited(stored, async () =>
        {
            using var answer = await client.GetAsync(page, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{page}: {answer.StatusCode}");
        });

    /// <summary>Every query that is asked meanwhile is asked once more, and what it visits counted.</summary>
    private static async Task<long> Visited(Stored stored, Func<Task> ask)
    {
        await ask(); // whoever asks first waits for the model
        using var heard = new Heard(stored);
        await ask();
        long visited = 0;
        await using var past = stored.Past();
        foreach (var query in heard.Queries)
        {
            var own = past is SqliteConnection file ? Steps(file, query) : await Rows((NpgsqlConnection)past, query);
            TestContext.Current.TestOutputHelper!.WriteLine($"  {own}: {query.Text.ReplaceLineEndings(" ")}");
            visited += own;
        }

        Assert.NotEmpty(heard.Queries);
        return visited;
    }

    private static long Steps(SqliteConnection file, Query query)
    {
        long steps = 0;
        raw.sqlite3_progress_handler(
            file.Handle,
            1,
            _ =>
            {
                steps++;
                return 0;
            },
            null
        );
        using (var command = query.On(file))
        using (var reader = command.ExecuteReader())
            while (reader.Read()) { }
        raw.sqlite3_progress_handler(file.Handle, 0, null, null);
        return steps;
    }

    private static async Task<long> Rows(NpgsqlConnection server, Query query)
    {
        await using var command = query.On(server);
        // as in a province: tables of this size are read whole because they are small
        command.CommandText =
            "SET enable_seqscan = off; EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + command.CommandText;
        var plan = JsonNode.Parse((string)(await command.ExecuteScalarAsync())!)![0]!["Plan"]!;
        return Of(plan);

        static long Of(JsonNode node)
        {
            double Number(string name) => (double?)node[name] ?? 0;
            var own =
                node["Relation Name"] is null && node["Index Name"] is null
                    ? 0
                    : Number("Actual Loops")
                        * (
                            Number("Actual Rows")
                            + Number("Rows Removed by Filter")
                            + Number("Rows Removed by Index Recheck")
                        );
            return (long)own + ((node["Plans"] as JsonArray)?.Sum(p => Of(p!)) ?? 0);
        }
    }

    private sealed record Query(string Text, IReadOnlyList<DbParameter> Parameters)
    {
        internal DbCommand On(DbConnection connection)
        {
            var command = connection.CreateCommand();
            command.CommandText = Text;
            foreach (var parameter in Parameters)
                command.Parameters.Add(
                    parameter switch
                    {
                        SqliteParameter p => new SqliteParameter(p.ParameterName, p.Value)
                        {
                            SqliteType = p.SqliteType,
                        },
                        NpgsqlParameter p => p.Clone(),
                        _ => throw new InvalidOperationException(parameter.GetType().Name),
                    }
                );
            return command;
        }
    }

    /// <summary>The queries of one database, as EF tells of them.</summary>
    private sealed class Heard : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly ConcurrentBag<IDisposable> subscriptions = [];
        private readonly ConcurrentQueue<Query> queries = [];
        private readonly string database;

        internal Heard(Stored stored)
        {
            using var past = stored.Past();
            database = past is SqliteConnection ? past.DataSource : past.Database;
            subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        internal IReadOnlyCollection<Query> Queries => queries;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
                subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (
                value.Key == RelationalEventId.CommandExecuting.Name
                && value.Value is CommandEventData { Command: { Connection: { } connection } command }
                && (connection is SqliteConnection ? connection.DataSource : connection.Database) == database
                && command.CommandText.TrimStart().StartsWith("SELECT", StringComparison.Ordinal)
            )
                queries.Enqueue(new(command.CommandText, [.. command.Parameters.Cast<DbParameter>()]));
        }

        public void OnError(Exception error) { }

        public void OnCompleted() { }

        public void Dispose()
        {
            foreach (var subscription in subscriptions)
                subscription.Dispose();
        }
    }
}
