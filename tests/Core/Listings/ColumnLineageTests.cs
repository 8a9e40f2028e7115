using System.Linq.Expressions;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Cases;
using EduAssist.Office.Listings;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Core.Listings;

/// <summary>
/// Whatever a query does with a column of a table, it is known of what it made its own; by that a mask follows.
/// </summary>
public class ColumnLineageTests
{
    /// <summary>What a query does, the query, and the columns that its text and its number are made of.</summary>
    public static TheoryData<string, Func<ScopedReadDbContext, IQueryable<Line>>, string, string> Queries { get; } =
        new()
        {
            {
                "leaves the work to the row",
                db =>
                    db.Set<Student>()
                        .Select(s => new Halved { Whole = s.Phone })
                        .Select(h => new Line { Text = h.Half }),
                "core_student.Phone",
                ""
            },
            {
                "takes a column",
                db => db.Set<Student>().Select(s => new Line { Text = s.Phone }),
                "core_student.Phone",
                ""
            },
            {
                "puts two together",
                db => db.Set<Student>().Select(s => new Line { Text = s.Name + "：" + s.Phone }),
                "core_student.Name core_student.Phone",
                ""
            },
            {
                "cuts a piece off",
                db => db.Set<Student>().Select(s => new Line { Text = s.Phone!.Substring(3) }),
                "core_student.Phone",
                ""
            },
            {
                "counts the characters",
                db => db.Set<Student>().Select(s => new Line { Number = s.Phone!.Length }),
                "",
                "core_student.Phone"
            },
            {
                "follows a link",
                db => db.Set<Guardian>().Select(g => new Line { Text = g.Student.Phone }),
                "core_student.Phone",
                ""
            },
            {
                "follows a link of rows that were tagged and loaded with others",
                db =>
                    db.Set<Guardian>()
                        .Include(g => g.Student)
                        .TagWith("of a listing")
                        .Select(g => new Line { Text = g.Student.Phone }),
                "core_student.Phone",
                ""
            },
            {
                "follows a link by the name of a column",
                db => db.Set<Guardian>().Select(g => new Line { Text = EF.Property<Student>(g, "Student").Phone }),
                "core_guardian.* core_student.Phone",
                ""
            },
            {
                "follows a link of rows that another method has chosen",
                db =>
                    db.Set<Student>()
                        .Select(s => new Line
                        {
                            Text = Chosen(db.Set<Guardian>().Where(g => g.Name != ""))
                                .Select(g => g.Student.Phone)
                                .FirstOrDefault(),
                        }),
                "core_guardian.* core_student.Phone",
                ""
            },
            {
                "takes away those of another",
                db =>
                    db.Set<Guardian>()
                        .Except(db.Set<Guardian>().Where(g => g.Name == ""))
                        .Select(g => new Line { Text = g.Student.Phone }),
                "core_student.Phone",
                ""
            },
            {
                "carries it through another row",
                db =>
                    db.Set<Student>()
                        .Select(s => new { One = s, Two = 2 })
                        .Select(x => new Line { Text = x.One.Phone, Number = x.Two }),
                "core_student.Phone",
                ""
            },
            {
                "takes the first that is there",
                db => db.Set<Student>().Select(s => new Line { Text = s.Phone ?? s.Address }),
                "core_student.Address core_student.Phone",
                ""
            },
            {
                "chooses by another column",
                db => db.Set<Student>().Select(s => new Line { Text = s.Sex == Sex.Male ? s.Phone : null }),
                "core_student.Phone core_student.Sex",
                ""
            },
            {
                "asks whether the row is there",
                db => db.Set<Case>().Select(c => new Line { Text = c.Student == null ? null : c.Student.Name }),
                "core_student.Name",
                ""
            },
            {
                "asks whether a value is there",
                db => db.Set<Student>().Select(s => new Line { Text = s.Phone != null ? "有" : "无" }),
                "core_student.Phone",
                ""
            },
            {
                "filters and sorts",
                db =>
                    db.Set<Student>()
                        .Where(s => s.Sex == Sex.Male)
                        .OrderBy(s => s.Name)
                        .Select(s => new Line { Text = s.Phone }),
                "core_student.Phone",
                ""
            },
            {
                "groups by it",
                db =>
                    db.Set<Student>().GroupBy(s => s.Phone).Select(g => new Line { Text = g.Key, Number = g.Count() }),
                "core_student.Phone",
                "core_student.Phone"
            },
            {
                "groups by several",
                db =>
                    db.Set<Student>()
                        .GroupBy(s => new { s.Name, s.Phone })
                        .Select(g => new Line { Text = g.Key.Phone }),
                "core_student.Phone",
                ""
            },
            {
                "takes the greatest of a group",
                db => db.Set<Student>().GroupBy(s => s.Sex).Select(g => new Line { Text = g.Max(s => s.Phone) }),
                "core_student.Phone core_student.Sex",
                ""
            },
            {
                "counts those of a group that have it",
                db =>
                    db.Set<Student>()
                        .GroupBy(s => s.Sex)
                        .Select(g => new Line { Number = g.Count(s => s.Phone == "1") }),
                "",
                "core_student.Phone core_student.Sex"
            },
            {
                "groups what it has made",
                db =>
                    db.Set<Student>()
                        .GroupBy(s => s.Sex, s => new { Of = s.Phone })
                        .Select(g => new Line { Text = g.Min(x => x.Of) }),
                "core_student.Phone core_student.Sex",
                ""
            },
            {
                "joins",
                db =>
                    from s in db.Set<Student>()
                    join g in db.Set<Guardian>() on s.Id equals g.StudentId
                    select new Line { Text = g.Phone },
                "core_guardian.Phone",
                ""
            },
            {
                "joins what may be missing",
                db =>
                    from s in db.Set<Student>()
                    join g in db.Set<Guardian>() on s.Id equals g.StudentId into all
                    from g in all.DefaultIfEmpty()
                    select new Line { Text = g.Phone, Number = all.Count() },
                "core_guardian.Phone core_guardian.StudentId core_student.Id",
                "core_guardian.StudentId core_student.Id"
            },
            {
                "takes every one",
                db => db.Set<Student>().SelectMany(s => s.Guardians, (s, g) => new Line { Text = g.Phone + s.Name }),
                "core_guardian.Phone core_student.Name",
                ""
            },
            {
                "asks within",
                db =>
                    db.Set<Student>()
                        .Select(s => new Line
                        {
                            Text = db.Set<Guardian>()
                                .Where(g => g.StudentId == s.Id)
                                .Select(g => g.Phone)
                                .FirstOrDefault(),
                        }),
                "core_guardian.Phone core_guardian.StudentId core_student.Id",
                ""
            },
            {
                "asks within by a variable", Captured, "core_guardian.Phone core_guardian.StudentId core_student.Id", ""
            },
            { "asks within by a variable of another type", Enumerated, "core_guardian.Phone", "" },
            { "chooses within by a condition out of a variable", Conditioned, "", "core_guardian.Phone" },
            {
                "asks within by a method",
                db => db.Set<Student>().Select(s => new Line { Text = Phones(db).FirstOrDefault() }),
                "core_guardian.Phone",
                ""
            },
            {
                "asks its own many",
                db =>
                    db.Set<Student>()
                        .Select(s => new Line { Text = s.Guardians.Max(g => g.Phone), Number = s.Guardians.Count }),
                "core_guardian.Phone",
                ""
            },
            {
                "takes from two tables",
                db =>
                    db.Set<Student>()
                        .Select(s => new Line { Text = s.Name })
                        .Concat(db.Set<Guardian>().Select(g => new Line { Text = g.Phone })),
                "core_guardian.Phone core_student.Name",
                ""
            },
            {
                "hands the row to a method",
                db => db.Set<Guardian>().Select(g => new Line { Text = Described(g) }),
                "core_guardian.*",
                ""
            },
            {
                "names the column by a text",
                db => db.Set<Guardian>().Select(g => new Line { Text = EF.Property<string>(g, "Phone") }),
                "core_guardian.*",
                ""
            },
            {
                "makes the row by a constructor",
                db => db.Set<Guardian>().Select(g => new Line(g.Phone) { Number = 1 }),
                "core_guardian.Phone",
                "core_guardian.Phone"
            },
            {
                "asks whether there is one that has it",
                db =>
                    db.Set<Student>()
                        .Select(s => new Line { Text = s.Guardians.Where(g => g.Phone == "1").Any() ? "有" : "无" }),
                "core_guardian.Phone",
                ""
            },
            {
                "asks whether there is one at all, and whether all are relations",
                db =>
                    db.Set<Student>()
                        .Select(s => new Line
                        {
                            Text = s.Guardians.Any() ? "有" : "无",
                            Number = s.Guardians.Where(g => g.Kinship == Kinship.Father).Count(),
                        }),
                "",
                "core_guardian.Kinship"
            },
            {
                "counts what another member has chosen",
                db =>
                    db.Set<Student>()
                        .Select(s => new { Of = s.Guardians.Where(g => g.Phone == "1").ToList() })
                        .Select(x => new Line { Number = x.Of.Count }),
                "",
                "core_guardian.Phone"
            },
            {
                "counts groups of what was chosen",
                db =>
                    db.Set<Student>()
                        .Where(s => s.Phone == "1")
                        .GroupBy(s => s.Sex)
                        .Select(g => new Line { Number = g.Count() }),
                "",
                "core_student.Phone core_student.Sex"
            },
            {
                "counts how many different ones there are",
                db =>
                    db.Set<Student>()
                        .Select(s => new Line { Number = s.Guardians.Select(g => g.Phone).Distinct().Count() }),
                "",
                "core_guardian.Phone"
            },
            {
                "takes the first that has it, or none",
                db =>
                    db.Set<Student>()
                        .Select(s => new Line
                        {
                            Text = s.Guardians.First(g => g.Phone == "1").Name,
                            Number = s.Guardians.FirstOrDefault(g => g.Phone == "1") == null ? 0 : 1,
                        }),
                "core_guardian.Name core_guardian.Phone",
                "core_guardian.Phone"
            },
            {
                "takes the first by it",
                db =>
                    db.Set<Student>()
                        .Select(s => new Line
                        {
                            Text = s.Guardians.OrderBy(g => g.Phone).Select(g => g.Name).FirstOrDefault(),
                        }),
                "core_guardian.Name core_guardian.Phone",
                ""
            },
            {
                "joins by it, and asks whether there is one",
                db =>
                    from s in db.Set<Student>()
                    join g in db.Set<Guardian>() on s.Phone equals g.Phone into all
                    from g in all.DefaultIfEmpty()
                    select new Line { Text = g.Name, Number = all.Count() },
                "core_guardian.Name core_guardian.Phone core_student.Phone",
                "core_guardian.Phone core_student.Phone"
            },
            { "takes a constant", db => db.Set<Student>().Select(s => new Line { Text = "同学", Number = 1 }), "", "" },
            { "asks no table", _ => new List<Line> { new() { Text = "同学" } }.AsQueryable(), "", "" },
        };

    [Theory, MemberData(nameof(Queries))]
    public void What_a_column_is_made_of(
        string what,
        Func<ScopedReadDbContext, IQueryable<Line>> query,
        string text,
        string number
    )
    {
        using var db = new Database("unopened.db", "", null, [Catalogue.CoreTables]).Read(AccessScope.Everything);
        var found = ColumnLineage.Find(query(db), db.Model, [nameof(Line.Text), nameof(Line.Number)]);
        TestContext.Current.TestOutputHelper!.WriteLine(what);
        Assert.Equal((text, number), (Of(nameof(Line.Text)), Of(nameof(Line.Number))));

        string Of(string column) => Names(found[column].Select(of => of.Column).Distinct());
    }

    /// <summary>Of what is computed nobody knows which characters stand where: it is stars from end to end.</summary>
    [Fact]
    public void What_stands_there_as_it_is()
    {
        using var db = new Database("unopened.db", "", null, [Catalogue.CoreTables]).Read(AccessScope.Everything);
        var whole = Queries
            .Select(q => q.Data)
            .Where(q =>
                ColumnLineage
                    .Find(q.Item2(db), db.Model, [nameof(Line.Text)])[nameof(Line.Text)]
                    .Where(of => of.Column.Name == nameof(Student.Phone))
                    .ToList() is { Count: > 0 } of
                && of.TrueForAll(x => x.IsWhole)
            )
            .Select(q => q.Item1);
        Assert.Equal(
            [
                "takes a column",
                "follows a link",
                "follows a link of rows that were tagged and loaded with others",
                "takes away those of another",
                "carries it through another row",
                "takes the first that is there",
                "chooses by another column",
                "filters and sorts",
                "groups by it",
                "groups by several",
                "takes the greatest of a group",
                "groups what it has made",
                "joins",
                "joins what may be missing",
                "asks within",
                "asks within by a variable",
                "asks within by a variable of another type",
                "asks within by a method",
                "asks its own many",
                "takes from two tables",
            ],
            whole
        );
    }

    private static IQueryable<Line> Captured(ScopedReadDbContext db)
    {
        var numbers = db.Set<Guardian>().Select(g => new { Of = g.StudentId, Number = g.Phone });
        return db.Set<Student>().Select(s => new Line { Text = numbers.First(n => n.Of == s.Id).Number });
    }

    private static IQueryable<Line> Enumerated(ScopedReadDbContext db)
    {
        IEnumerable<string?> phones = db.Set<Guardian>().Select(g => g.Phone);
        return db.Set<Student>().Select(_ => new Line { Text = phones.First() });
    }

    private static IQueryable<Line> Conditioned(ScopedReadDbContext db)
    {
        Expression<Func<Guardian, bool>> condition = g => g.Phone == "1";
        return db.Set<Student>().Select(_ => new Line { Number = db.Set<Guardian>().Where(condition).Count() });
    }

    private static IQueryable<string?> Phones(ScopedReadDbContext db) => db.Set<Guardian>().Select(g => g.Phone);

    private static IQueryable<Guardian> Chosen(IQueryable<Guardian> guardians) => guardians;

    private static string Described(Guardian guardian) => guardian.Name;

    /// <summary>Every column of a table as one.</summary>
    private static string Names(IEnumerable<IProperty> columns) =>
        string.Join(
            ' ',
            columns
                .GroupBy(c => (IEntityType)c.DeclaringType)
                .SelectMany(
                    t => t.Count() == t.Key.GetProperties().Count() ? ["*"] : t.Select(c => c.Name),
                    (t, c) => $"{t.Key.GetTableName()}.{c}"
                )
                .Order(StringComparer.Ordinal)
        );

    private sealed class Halved
    {
        public string? Whole { get; init; }

        public string? Half => Whole?[..1];
    }

    /// <summary>A row of a listing.</summary>
    public sealed class Line
    {
        /// <summary>Made by an initialiser.</summary>
        public Line() { }

        /// <summary>Made by a constructor, which may do anything with what it is given.</summary>
        public Line(string? text) => Text = text;

        /// <summary>A text.</summary>
        public string? Text { get; init; }

        /// <summary>A number.</summary>
        public int Number { get; init; }
    }
}
