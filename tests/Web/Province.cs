using System.Data.Common;
using System.Globalization;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;

namespace EduAssist.Web;

/// <summary>
/// Counties full of pupils, written past the program: schools of five hundred, classes of fifty, names of which many
/// are alike, and the same roll numbers in every school. What is in a county depends on nothing but its code, so that
/// it can be put into a province and into a database of its own.
/// </summary>
/// <param name="database">Open.</param>
/// <param name="keys">Of the instance.</param>
internal sealed class Province(DbConnection database, KeyRing keys)
{
    private const int OfSchool = 500,
        OfClass = 50,
        AtOnce = 50;

    private const string Families = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗普鲁沙",
        Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂阿木";

    /// <summary>The ciphertexts of one pupil, which stand for everybody's; null: there are none.</summary>
    internal byte[]? ResidentId { get; init; }

    /// <summary>The resident ID of a pupil of a county.</summary>
    internal static string IdOf(DivisionCode county, int pupil) => $"{county}20100101{pupil:0000}";

    /// <summary>The id of the first pupil of a county.</summary>
    internal static Guid FirstOf(DivisionCode county) => Id(county, 3, 0);

    /// <summary>The number that the first pupil of every school has there.</summary>
    internal const string CommonNumber = "202000";

    /// <summary>Writes a county.</summary>
    internal async Task FillAsync(DivisionCode county, int pupils)
    {
        await using var transaction = await database.BeginTransactionAsync();
        Writer schools = new(database, "core_school", "Id Name Kind Division Scope Version"),
            classes = new(database, "core_group", "Id SchoolId Name Grade SchoolYear Scope", schools),
            students =
                new(
                    database,
                    "core_student",
                    "Id Name Sex BirthDate ResidentId ResidentIdIndex NationalNumberIndex Scope Version"
                ),
            guardians = new(database, "core_guardian", "Id StudentId Name Kinship Scope", students),
            rolls =
                new(
                    database,
                    "core_roll",
                    "Id StudentId SchoolId Kind Number Grade ClassName State Since Scope Version",
                    schools,
                    students
                ),
            standings = new(database, "core_roll_standing", "Id RollId From State Grade GroupId At", rolls, classes);
        var dice = new Random(int.Parse(county.ToString(), CultureInfo.InvariantCulture));
        var (school, schoolClass, place) = (Guid.Empty, Guid.Empty, "");
        for (var n = 0; n < pupils; n++)
        {
            if (n % OfSchool == 0)
            {
                school = Id(county, 1, n);
                place = ScopePath.ForSchool(county, school);
                await schools.AddAsync(school, $"{county}第{n / OfSchool}中学", "JuniorHigh", $"{county}", place, 1L);
            }

            var (grade, number) = ((n / OfClass % 3) + 7, (n % OfSchool / OfClass) + 1);
            if (n % OfClass == 0)
            {
                schoolClass = Id(county, 2, n);
                await classes.AddAsync(schoolClass, school, $"{number}班", grade, 2019, $"{place}/{schoolClass:n}");
            }

            var (student, roll, scope) = (Id(county, 3, n), Id(county, 4, n), $"{place}/{schoolClass:n}");
            var resident = IdOf(county, n);
            await students.AddAsync(
                student,
                Name(dice),
                n % 2 == 0 ? "Male" : "Female",
                new DateOnly(2006, 1, 1).AddDays(dice.Next(1000)),
                ResidentId,
                keys.BlindIndexOf(resident, BlindIndex.ResidentId),
                keys.BlindIndexOf("G" + resident, BlindIndex.NationalNumber),
                scope,
                1L
            );
            await guardians.AddAsync(Id(county, 5, n), student, Name(dice), "Father", scope);
            await rolls.AddAsync(
                roll,
                student,
                school,
                "Compulsory",
                $"{202000 + (n % OfSchool)}",
                grade,
                $"{number}班",
                "OnRoll",
                new DateOnly(2019, 9, 1),
                scope,
                1L
            );
            await standings.AddAsync(
                Id(county, 6, n),
                roll,
                new DateOnly(2019, 9, 1),
                "OnRoll",
                grade,
                schoolClass,
                new DateTime(2019, 9, 1, 0, 0, 0, DateTimeKind.Utc)
            );
        }

        foreach (var writer in (Writer[])[schools, classes, students, guardians, rolls, standings])
            await writer.FlushAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Ids in the order of counties and pupils, as those that are made one after the other.</summary>
    private static Guid Id(DivisionCode county, byte kind, int n) =>
        new(
            int.Parse(county.ToString(), CultureInfo.InvariantCulture),
            (short)(n >> 16),
            (short)n,
            [0x80, kind, 0, 0, 0, 0, 0, 0]
        );

    private static string Name(Random dice) =>
        $"{Families[dice.Next(Families.Length)]}{Given[dice.Next(Given.Length)]}{Given[dice.Next(Given.Length)]}";

    /// <summary>Rows of a table, some at once; those that they refer to come before.</summary>
    private sealed class Writer(
        DbConnection database,
        string table,
        string columns,
        params IReadOnlyList<Writer> before
    )
    {
        private readonly string[] names = columns.Split(' ');
        private readonly List<object?[]> rows = [];
        private DbCommand? whole;

        internal async Task AddAsync(params object?[] row)
        {
            rows.Add(row);
            if (rows.Count < AtOnce)
                return;
            await WriteAsync(whole ??= Command(AtOnce));
        }

        internal async Task FlushAsync()
        {
            if (rows.Count > 0)
                await WriteAsync(Command(rows.Count));
        }

        private async Task WriteAsync(DbCommand command)
        {
            foreach (var referred in before)
                await referred.FlushAsync();
            for (var i = 0; i < rows.Count; i++)
            for (var j = 0; j < names.Length; j++)
                command.Parameters[(i * names.Length) + j].Value = rows[i][j] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync();
            rows.Clear();
        }

        private DbCommand Command(int count)
        {
            var command = database.CreateCommand();
            command.CommandText =
                $"INSERT INTO {table} ({string.Join(", ", names.Select(n => $"\"{n}\""))}) VALUES "
                + string.Join(
                    ", ",
                    Enumerable
                        .Range(0, count)
                        .Select(i => $"({string.Join(", ", names.Select((_, j) => $"@p{(i * names.Length) + j}"))})")
                );
            for (var i = 0; i < count * names.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"@p{i}";
                command.Parameters.Add(parameter);
            }

            return command;
        }
    }
}
