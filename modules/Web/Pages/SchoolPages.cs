using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Listings;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using EduAssist.Ui;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web.Pages;

/// <summary>
/// 学校: what is recorded of one, and its attributes (学校属性), where a bureau above it enters and ends them. Where no
/// module declares any and none is stored, there is nothing of them.
/// </summary>
internal sealed class SchoolPages : IPages
{
    private const int MostRows = 200;

    /// <summary>What somebody tried to enter, of an attribute or the end of an entry, and why not.</summary>
    private sealed record Tried(string What, FormValues Values, CommandResult Result);

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/schools/{id:guid}", (HttpContext http, Instance instance, CommandExecutor commands, Guid id) =>
            ShowAsync(http, instance, commands, id, null)
        );
        pages.MapPost(
            "/schools/{id:guid}/attributes/{attribute}",
            (HttpContext http, Instance instance, CommandExecutor commands, Guid id, string attribute) =>
                instance.SchoolAttributes.FirstOrDefault(a => a.Id == attribute) is { } declared
                    ? EnterAsync(
                        http,
                        instance,
                        commands,
                        id,
                        attribute,
                        SchoolAttributes.Fields(declared),
                        (work, values) => SchoolAttributes.AddAsync(work, id, attribute, values)
                    )
                    : Task.FromResult(PageResult.NotFound(http, $"没有学校属性 {Problems.Short(attribute)}。"))
        );
        pages.MapPost(
            "/schools/{id:guid}/attributes/{entry:guid}/end",
            (HttpContext http, Instance instance, CommandExecutor commands, Guid id, Guid entry) =>
                EnterAsync(http, instance, commands, id, $"{entry}", SchoolAttributes.EndFields, (work, values) =>
                    SchoolAttributes.EndAsync(work, id, entry, values)
                )
        );
    }

    private static async Task<IResult> EnterAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        Guid id,
        string what,
        IReadOnlyList<FormField> fields,
        Func<UnitOfWork, FormValues, Task<CommandResult>> enter
    )
    {
        var values = Entry.Read(fields, http.Request.Form);
        var result = await FormPost.ExecuteAsync(http, commands, work => enter(work, values));
        return result.IsDone
            ? FormPost.SeeOther(http, $"/schools/{id}")
            : await ShowAsync(http, instance, commands, id, new(what, values, result));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        Guid id,
        Tried? tried
    )
    {
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        if (await db.Set<School>().SingleOrDefaultAsync(s => s.Id == id) is not { } stored)
            return PageResult.NotFound(http, "没有这所学校，或者不在您能看到的范围内。");
        var source = new ListingSource(db, instance, http.RequestAborted);
        var schools = instance.Catalogue.Listings.Single(l => l.Set == "Schools");
        var school = (await ListingRows.Create(schools, source).ByIdAsync([id]))[0];
        var shown = schools.Columns.Where(c => c.Name is not ("Id" or "Version" or "Name")).ToList();
        var facts = shown.Zip(ListPages.Cells(instance, schools, shown, [school])[0], (c, cell) =>
            (c.Title, cell.Text)
        );
        var entries = await db.Set<SchoolAttributeEntry>()
            .Where(a => a.SchoolId == id)
            .OrderByDescending(a => a.From)
            .Take(MostRows)
            .ToListAsync(http.RequestAborted);
        var mayEnter = http.Actor().Holds(SchoolAttributes.By, stored.Scope);
        IEnumerable<string> ids = [.. instance.SchoolAttributes.Select(a => a.Id), .. entries.Select(a => a.Attribute)];
        return PageResult.Page<SchoolPage>(
            http,
            stored.Name,
            new SchoolPage.View(id, stored.Name, [.. facts], [.. ids.Distinct().Select(Attribute)], tried?.Result),
            tried is null ? StatusCodes.Status200OK : FormPost.StatusOf(tried.Result)
        );

        SchoolPage.Attribute Attribute(string attribute)
        {
            var declared = instance.SchoolAttributes.FirstOrDefault(a => a.Id == attribute);
            var own = entries.FindAll(a => a.Attribute == attribute);
            var open = own.Find(a => a.Until is null);
            var (what, fields, action) =
                open is not null ? ($"{open.Id}", SchoolAttributes.EndFields, $"{open.Id}/end")
                : declared is not null ? (attribute, SchoolAttributes.Fields(declared), attribute)
                : ("", [], "");
            return new(
                declared?.Title ?? attribute,
                [
                    .. own.Select(a => new SchoolPage.Line(
                        declared?.TitleOf(a.Value) ?? a.Value,
                        a.From,
                        a.Until,
                        a.Source,
                        $"{a.Paper}（{a.PaperDate:yyyy-MM-dd}）"
                    )),
                ],
                mayEnter && fields.Count > 0 ? action : null,
                open is not null,
                tried?.What == what
                    ? new(fields, null, tried.Values, CasePages.FaultsOf(tried.Result)) { Prefix = $"{what}-" }
                    : new(fields, null, FormValues.None, []) { Prefix = $"{what}-" },
                tried?.What == what
            );
        }
    }
}
