using System.Data.Common;
using System.Diagnostics;
using System.Text;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Demo;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Bench;

/// <summary>
/// A list of pupils from file to database, against plain ADO.NET that inserts the rows that came of it; and the same
/// list once more, when nothing changes.
/// </summary>
/// <param name="Rows">How many.</param>
/// <param name="Import">Seconds from file to committed, by round.</param>
/// <param name="Again">Seconds of the same list once more.</param>
/// <param name="Held">Seconds of an import that the gate of acts was held.</param>
/// <param name="Plain">Seconds of the peer.</param>
internal sealed record IntakeRun(
    int Rows,
    IReadOnlyList<double> Import,
    IReadOnlyList<double> Again,
    IReadOnlyList<double> Held,
    IReadOnlyList<double> Plain
)
{
    private const int Rounds = 5,
        PeerTransaction = 1000;
    private static readonly string[] Tables =
    [
        "core_group",
        "core_student",
        "core_guardian",
        "core_roll",
        "core_roll_standing",
    ];
    private static readonly long[] Counties =
    [
        532301,
        532322,
        532323,
        532324,
        532325,
        532326,
        532327,
        532328,
        532329,
        532302,
    ];

    internal static async Task<IntakeRun> CreateAsync(Instance instance, int rows)
    {
        var (schools, pupils) = Lists(instance, rows);
        IntakeRun run = new(rows, [], [], [], []);
        List<double> import = [],
            again = [],
            held = [],
            plain = [];
        for (var round = 0; round < Rounds; round++)
        {
            using var place = new Place(instance);
            await TakeAsync(place, "registry.schools", schools);
            import.Add(await TakeAsync(place, "registry.students", pupils));
            held.Add(place.Held);
            again.Add(await TakeAsync(place, "registry.students", pupils));
            await using var from = place.Commands.Database.Read(AccessScope.Everything);
            if (await from.Set<Office.Registry.Student>().CountAsync() != rows)
                throw new InvalidOperationException("Not every row came in.");
            using var other = new Place(instance);
            await TakeAsync(other, "registry.schools", schools);
            plain.Add(await CopyAsync(from, other));
        }

        return run with
        {
            Import = import,
            Again = again,
            Held = held,
            Plain = plain,
        };
    }

    private static async Task<double> TakeAsync(Place place, string form, byte[] file)
    {
        var intake = place.Instance.Catalogue.ListImport(form)!;
        GC.Collect();
        var clock = Stopwatch.StartNew();
        using var stream = new MemoryStream(file);
        var list = FormList.Read(
            intake.Form,
            stream,
            SpreadsheetFormat.Csv,
            new(place.Commands.Policy.Divisions, place.Commands.Policy.Today.Date)
        );
        var waiting = place.WatchAsync();
        var result = await intake.ImportAsync(place.Commands, new(Actor.Local), list);
        var seconds = clock.Elapsed.TotalSeconds;
        await waiting;
        return result.IsDone ? seconds : throw new InvalidOperationException(result.Text);
    }

    /// <summary>
    /// The peer: every row as it is stored, encrypted already, into another database with the same schools, tables and
    /// indexes.
    /// </summary>
    private static async Task<double> CopyAsync(ScopedReadDbContext from, Place other)
    {
        List<(string Table, List<object[]> Rows)> all = [];
        await from.Database.OpenConnectionAsync();
        foreach (var table in Tables)
        {
            List<object[]> rows = [];
            using var select = from.Database.GetDbConnection().CreateCommand();
            select.CommandText = $"SELECT * FROM {table}";
            using var reader = await select.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                rows.Add(row);
            }

            all.Add((table, rows));
        }

        await using var to = other.Commands.Database.Read(AccessScope.Everything);
        await to.Database.OpenConnectionAsync();
        var connection = to.Database.GetDbConnection();
        using (var off = connection.CreateCommand())
        {
            off.CommandText = "PRAGMA foreign_keys = OFF"; // its schools have other ids
            off.ExecuteNonQuery();
        }

        GC.Collect();
        var clock = Stopwatch.StartNew();
        foreach (var (table, rows) in all)
        foreach (var some in rows.Chunk(PeerTransaction))
            Insert(connection, table, some);
        return clock.Elapsed.TotalSeconds;
    }

    private static void Insert(DbConnection connection, string table, object[][] rows)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", rows[0].Select((_, i) => $"@p{i}"))})";
        for (var i = 0; i < rows[0].Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
        }

        command.Prepare();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                command.Parameters[i].Value = row[i];
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static (byte[] Schools, byte[] Pupils) Lists(Instance instance, int rows)
    {
        var people = new InventedPeople(7, instance.Divisions);
        StringBuilder schools = new("学校标识码,学校名称,办学类型,主管部门行政区划代码\n"),
            pupils =
                new(
                    "姓名,性别,出生日期,民族,身份证件类型,身份证件号,全国学籍号,学籍辅号,学校标识码,学校名称,年级,班级,入学年月,学生状态,联系电话,现住址,监护人1姓名,监护人1关系,监护人1联系电话\n"
                );
        for (var i = 0; i < 40; i++)
            schools.AppendLine($"31530{i:00000},第{i}中学,初级中学,{Counties[i % Counties.Length]}");
        for (var i = 0; i < rows; i++)
        {
            var school = i % 40;
            var p = people.Next(DivisionCode.Of(Counties[school % Counties.Length]), new(2010, 9, 1), new(2014, 8, 31));
            pupils
                .AppendJoin(
                    ',',
                    p.Name,
                    p.Sex == Sex.Male ? "男" : "女",
                    $"{p.BirthDate:yyyy-MM-dd}",
                    p.Ethnicity,
                    "居民身份证",
                    p.ResidentId.Value,
                    p.StudentNumber.Value,
                    p.RollNumber.Value,
                    $"31530{school:00000}",
                    $"第{school}中学",
                    $"初{"一二三"[i / 40 % 3]}",
                    $"{(i / 120 % 8) + 1}班",
                    "202409",
                    "在读",
                    p.Phone?.Value,
                    $"{p.Township}{p.Village}村",
                    p.Guardian.Name,
                    Words.For(p.Guardian.Kinship),
                    p.Guardian.Phone?.Value
                )
                .Append('\n');
        }

        return (Encoding.UTF8.GetBytes(schools.ToString()), Encoding.UTF8.GetBytes(pupils.ToString()));
    }

    /// <summary>A database of its own.</summary>
    private sealed class Place : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("eduassist-bench-").FullName;

        internal Place(Instance instance)
        {
            var database = new Database(Path.Combine(folder, "bench.db"), folder, null, instance.Tables);
            database.Upgrade(instance.Today.Now, _ => { });
            (Instance, Commands) = (instance, new(instance, database));
            Commands.PrepareDatabaseAsync().GetAwaiter().GetResult();
        }

        internal Instance Instance { get; }

        internal CommandExecutor Commands { get; }

        /// <summary>How long another act, asked for as the last import began, had to wait.</summary>
        internal double Held { get; private set; }

        /// <summary>Another act, a moment after the import was asked for.</summary>
        internal Task WatchAsync() =>
            Task.Run(async () =>
            {
                var longest = 0.0;
                for (var i = 0; i < 40; i++)
                {
                    await Task.Delay(20);
                    var clock = Stopwatch.StartNew();
                    await Commands.ExecuteAsync(new(Actor.Program), _ =>
                        Task.FromResult(CommandResult.Problem(ResultKind.Refused, ""))
                    );
                    longest = Math.Max(longest, clock.Elapsed.TotalSeconds);
                }

                Held = longest;
            });

        public void Dispose()
        {
            Commands.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }
}
