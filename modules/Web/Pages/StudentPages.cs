using EduAssist.Data;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Listings;
using EduAssist.Office.Privacy;
using EduAssist.Platform;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>学生: found by name or number; one page with everything that listings say of a student.</summary>
internal sealed class StudentPages : IPages
{
    private const int MostFound = 100,
        MostRows = 200;

    /// <summary>
    /// What stands in a student's page, by the sets that have the student's id, and the column that puts them in order.
    /// </summary>
    private static readonly IReadOnlyList<(string Set, string By)> About =
    [
        ("Rolls", "Since"),
        ("Standings", "From"),
        ("Cases", "ChangedAt"),
        ("Assessments", "At"),
        ("Guardians", "Name"),
        ("PersonGroups", "From"),
    ];

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/students", (HttpContext http, Instance instance, CommandExecutor commands, string? q) =>
            FoundAsync(http, instance, commands, ListPages.Text(q))
        );
        // a number is posted: it must not stand in an address, a history or a log
        pages.MapPost("/students", async (HttpContext http, Instance instance, CommandExecutor commands) =>
            ListPages.Text(http.Request.Form["q"]) is { } text && !StudentSearch.IsNumber(text)
                ? FormPost.SeeOther(http, $"/students?q={Uri.EscapeDataString(text)}")
                : await FoundAsync(http, instance, commands, ListPages.Text(http.Request.Form["q"]))
        );
        pages.MapGet("/students/{id:guid}", (HttpContext http, Instance instance, CommandExecutor commands, Guid id) =>
            StudentAsync(http, instance, commands, id)
        );
        pages.MapPost(
            "/students/{id:guid}/reveal",
            async (HttpContext http, Instance instance, CommandExecutor commands, Guid id) =>
            {
                // without an idempotency key: each look is an audit entry of its own, and no answer with the numbers is
                // stored
                var result = await commands.ExecuteAsync(new(http.Actor()), work => PersonalData.RevealAsync(work, id));
                return result.Kind == ResultKind.NotFound
                    ? NotThere(http)
                    : await StudentAsync(http, instance, commands, id, result);
            }
        );
    }

    private static async Task<IResult> FoundAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        string? text
    )
    {
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        var source = new ListingSource(db, instance, http.RequestAborted);
        var listing = Listing(instance, "Students");
        IReadOnlyList<Guid> ids =
            text is null || (HttpMethods.IsGet(http.Request.Method) && StudentSearch.IsNumber(text))
                ? []
                : await StudentSearch.FindAsync(db, commands.Database.Keys, text, MostFound + 1);
        if (ids.Count == 1 && HttpMethods.IsPost(http.Request.Method))
            return FormPost.SeeOther(http, $"/students/{ids[0]}");
        var all = ListingRows.Create(listing, source);
        var rows = await all.ByIdAsync([.. ids.Take(MostFound)]);
        var columns = listing
            .Columns.Where(c =>
                c.Name is "Name" or "Sex" or "BirthDate" or "Ethnicity" or "ResidentId" or "NationalNumber"
            )
            .ToList();
        // whoever is on no roll is found here, and is no pupil
        var total = await ListPages.CountedAsync(all, new([(Column(listing, "OnRegister"), "true")]));
        return PageResult.Page<StudentsPage>(
            http,
            "学生",
            new StudentsPage.View(
                text is not null && StudentSearch.IsNumber(text) ? null : text,
                text is not null,
                columns,
                ListPages.Cells(instance, listing, columns, rows),
                ids.Count > MostFound,
                total
            )
        );
    }

    private static IResult NotThere(HttpContext http) =>
        PageResult.NotFound(http, "没有这名学生，或者不在您能看到的范围内。");

    /// <param name="http">Who asks.</param>
    /// <param name="instance">What is loaded.</param>
    /// <param name="commands">The database.</param>
    /// <param name="id">Of the student.</param>
    /// <param name="revealed">The numbers in full, or why they are not shown; null: they were not asked for.</param>
    private static async Task<IResult> StudentAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        Guid id,
        CommandResult? revealed = null
    )
    {
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        var source = new ListingSource(db, instance, http.RequestAborted);
        var listing = Listing(instance, "Students");
        if (await OneAsync(listing, source, id) is not [{ } student])
            return NotThere(http);
        string Of(string column) =>
            ListingRows.Text(Column(listing, column), Column(listing, column).Property.GetValue(student));
        List<StudentPage.Section> sections = [];
        foreach (var (set, by) in About)
            sections.Add(await SectionAsync(instance, source, set, by, id));
        var facts = listing
            .Columns.Where(c => c.Name is not ("Id" or "Version" or "Name"))
            .Select(c => (c.Title, Of(c.Name)))
            .ToList();
        var opens = instance
            .Catalogue.Modules.SelectMany(m =>
                m.Workflows.Where(w => w.Presentation.Student.Count > 0)
                    .Select(w => ($"新建{w.Title}", $"{Paths.Cases(m, w)}/new?student={id}"))
            )
            .ToList();
        return PageResult.Page<StudentPage>(
            http,
            Of("Name"),
            new StudentPage.View(id, Of("Name"), facts, sections, opens)
            {
                MayReveal = http.Actor().Is(instance.Roles.Revealing),
                Refused = revealed is { IsDone: false } ? AccountPages.Told(revealed) : null,
                Revealed = revealed is { IsDone: true } ? [.. Numbers(revealed.Answer<RevealedNumbers>()!)] : [],
            },
            revealed is null ? StatusCodes.Status200OK : FormPost.StatusOf(revealed)
        );
    }

    private static IEnumerable<(string Title, string Text)> Numbers(RevealedNumbers revealed) =>
        new (string Title, string? Text)[]
        {
            ("身份证件号", revealed.ResidentId),
            ("其他证件号", revealed.DocumentNumber),
            ("全国学籍号", revealed.NationalNumber),
            ("联系电话", revealed.Phone),
            ("住址", revealed.Address),
        }
            .Concat(revealed.Rolls.Select(r => ("学籍辅号", r.Number)))
            .Concat(revealed.Guardians.Select(g => ("监护人电话", g.Phone)))
            .Where(n => !string.IsNullOrEmpty(n.Item2))
            .Select(n => (n.Item1, n.Item2!));

    private static async Task<StudentPage.Section> SectionAsync(
        Instance instance,
        ListingSource source,
        string set,
        string by,
        Guid student
    )
    {
        var listing = Listing(instance, set);
        var rows = await ListingRows
            .Create(listing, source)
            .FirstAsync(
                new(
                    [(Column(listing, "StudentId"), $"{student}")],
                    Sort: Column(listing, by),
                    Descending: by != "Name"
                ),
                MostRows
            );
        var columns = listing
            .Columns.Where(c =>
                (Nullable.GetUnderlyingType(c.Type) ?? c.Type) != typeof(Guid)
                && c.Name is not ("Version" or "CalendarVersion")
            )
            .ToList();
        var schools = set == "Rolls" ? await SchoolsAsync(instance, source, listing, rows) : null;
        List<IReadOnlyList<Ui.DataTable.Cell>> cells = [];
        foreach (var (row, line) in rows.Zip(ListPages.Cells(instance, listing, columns, rows)))
        {
            var shown = line.Select(c => set == "Cases" ? c : c with { Href = null }).ToList();
            if (schools is not null)
                shown.Insert(
                    0,
                    new(
                        schools.GetValueOrDefault(
                            (Guid)Column(listing, "SchoolId").Property.GetValue(row)!,
                            "不在您能看到的范围内"
                        )
                    )
                );
            cells.Add(shown);
        }

        return new(
            listing.Title,
            [.. set == "Rolls" ? ["学校"] : (string[])[], .. columns.Select(c => c.Title)],
            cells
        );
    }

    /// <summary>The names of the schools of some rolls that the reader sees.</summary>
    private static async Task<Dictionary<Guid, string>> SchoolsAsync(
        Instance instance,
        ListingSource source,
        IListing rolls,
        IReadOnlyList<object> rows
    )
    {
        var schools = Listing(instance, "Schools");
        var ids = rows.Select(r => (Guid)Column(rolls, "SchoolId").Property.GetValue(r)!).Distinct();
        return (await ListingRows.Create(schools, source).ByIdAsync([.. ids])).ToDictionary(
            s => (Guid)Column(schools, "Id").Property.GetValue(s)!,
            s => ListingRows.Text(Column(schools, "Name"), Column(schools, "Name").Property.GetValue(s))
        );
    }

    private static Task<IReadOnlyList<object>> OneAsync(IListing listing, ListingSource source, Guid id) =>
        ListingRows.Create(listing, source).FirstAsync(ListingQuestion.Equal(Column(listing, "Id"), id), 1);

    private static IListing Listing(Instance instance, string set) =>
        instance.Catalogue.Listings.Single(l => l.Set == set);

    private static Column Column(IListing listing, string name) => listing.Columns.Single(c => c.Name == name);
}
