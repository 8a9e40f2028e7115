using System.Globalization;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Listings;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using EduAssist.Ui;
using EduAssist.Web.Api;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web.Pages;

/// <summary>
/// 办件: the cases of every workflow. What a page posts goes the way of the API: through <see cref="CommandExecutor"/> to
/// the workflow.
/// </summary>
internal sealed class CasePages : IPages
{
    private const string Saved = "saved",
        Done = "done";

    void IPages.Map(RouteGroupBuilder pages)
    {
        var cases = pages.MapGroup("/cases/{module}/{collection}");
        cases.MapGet("", AllAsync);
        cases.MapGet("/new", NewAsync);
        cases.MapPost("/new", OpenAsync);
        cases.MapGet(
            "/{id:guid}",
            (HttpContext http, CommandExecutor commands, string module, string collection, Guid id) =>
                WithAsync(http, commands, module, collection, place => OneAsync(place, id))
        );
        cases.MapGet(
            "/{id:guid}/edit",
            (HttpContext http, CommandExecutor commands, string module, string collection, Guid id) =>
                WithAsync(http, commands, module, collection, place => EditAsync(place, id))
        );
        cases.MapPost(
            "/{id:guid}/edit",
            (HttpContext http, CommandExecutor commands, string module, string collection, Guid id) =>
                WithAsync(http, commands, module, collection, place => ChangeAsync(place, id))
        );
        cases.MapPost(
            "/{id:guid}/steps/{action}",
            (HttpContext http, CommandExecutor commands, string module, string collection, Guid id, string action) =>
                WithAsync(http, commands, module, collection, place => MoveAsync(place, id, action))
        );
        cases.MapPost(
            "/{id:guid}/correct",
            (HttpContext http, CommandExecutor commands, string module, string collection, Guid id) =>
                WithAsync(http, commands, module, collection, place => CorrectAsync(place, id))
        );
        cases.MapPost(
            "/{id:guid}/evidence",
            (HttpContext http, CommandExecutor commands, string module, string collection, Guid id) =>
                WithAsync(http, commands, module, collection, place => FileAsync(place, id))
        );
        cases.MapPost(
            "/{id:guid}/assessments",
            (HttpContext http, CommandExecutor commands, string module, string collection, Guid id) =>
                WithAsync(http, commands, module, collection, place => AssessAsync(place, id))
        );
    }

    /// <summary>Where a page of cases is.</summary>
    private sealed record Place(
        HttpContext Http,
        Instance Instance,
        CommandExecutor Commands,
        LoadedModule Module,
        IWorkflow Workflow
    )
    {
        internal IFormCollection Form => Http.Request.Form;

        internal string Path(Guid id) => Paths.Case(Module, Workflow, id);

        /// <summary>What somebody who neither opens nor edits such cases is told; null: they do.</summary>
        internal IResult? NotYours() =>
            Http.Actor().Is(Workflow.Openers)
                ? null
                : PageResult.ErrorPage(
                    Http,
                    StatusCodes.Status403Forbidden,
                    "不由您填写",
                    $"{Workflow.Title}由{string.Join("、", Workflow.Openers.Select(r => r.Title))}填写。"
                );

        internal IResult NotThere() =>
            PageResult.NotFound(Http, $"没有这份{Workflow.Title}，或者不在您能看到的范围内。");
    }

    private static async Task<IResult> WithAsync(
        HttpContext http,
        CommandExecutor commands,
        string module,
        string collection,
        Func<Place, Task<IResult>> answer
    ) =>
        Paths.Workflow(http.Instance().Catalogue, module, collection) is { } place
            ? await answer(new(http, http.Instance(), commands, place.Module, place.Workflow))
            : PageResult.NotFound(http, "没有加载相应的模块，或者模块没有这种办件。");

    private static Task<IResult> AllAsync(
        HttpContext http,
        CommandExecutor commands,
        string module,
        string collection
    ) => WithAsync(http, commands, module, collection, async place =>
        {
            var (catalogue, workflow) = (place.Instance.Catalogue, place.Workflow);
            var own = Paths.ListingOf(catalogue, workflow);
            var listing = own ?? catalogue.Listings.Single(l => l.Set == "Cases");
            IReadOnlyList<(Column, string)> always = own is null
                ? [(listing.Columns.Single(c => c.Name == "Workflow"), workflow.Id)]
                : [];
            return PageResult.Page<CasesPage>(
                http,
                workflow.Title,
                new CasesPage.View(
                    place.Module,
                    workflow,
                    await ListPages.ViewAsync(http, place.Instance, commands, listing, always),
                    http.Actor().Is(workflow.Openers)
                )
            );
        });

    private static Task<IResult> NewAsync(
        HttpContext http,
        CommandExecutor commands,
        string module,
        string collection
    ) =>
        WithAsync(http, commands, module, collection, async place =>
            place.NotYours()
            ?? Page(place, null, null, await PrefilledAsync(place, http.Request.Query["student"]), [], null)
        );

    private static Task<IResult> OpenAsync(
        HttpContext http,
        CommandExecutor commands,
        string module,
        string collection
    ) => WithAsync(http, commands, module, collection, async place =>
        {
            var values = Entry.Read(place.Workflow.Form.Fields, place.Form);
            if (FormPost.More(place.Form) is { } more)
                return Page(place, null, null, values, [], null, blankRows: more);
            var result = await FormPost.ExecuteAsync(http, commands, work => place.Workflow.OpenAsync(work, values));
            return result.IsDone
                ? FormPost.SeeOther(http, After(place, result))
                : Page(place, null, null, values, FaultsOf(result), result);
        });

    private static async Task<IResult> EditAsync(Place place, Guid id)
    {
        if (place.NotYours() is { } refused)
            return refused;
        if (
            await place.Commands.QueryAsync(place.Http.Actor(), work => place.Workflow.ViewAsync(work, id))
            is not { } view
        )
            return place.NotThere();
        if (await EnteredAsync(place, id) is not { } values)
            return place.NotThere();
        var faults = place.Http.Request.Query.ContainsKey(Saved) || view.Version > 1 ? Check(place, values) : [];
        return Page(place, id, view.Version, values, faults, null);
    }

    private static async Task<IResult> ChangeAsync(Place place, Guid id)
    {
        var values = Entry.Read(place.Workflow.Form.Fields, place.Form);
        var version = FormPost.Version(place.Form);
        if (FormPost.More(place.Form) is { } more)
            return Page(place, id, version, values, [], null, blankRows: more);
        var result = await FormPost.ExecuteAsync(place.Http, place.Commands, work =>
            place.Workflow.EditAsync(work, id, version, values)
        );
        return result.Kind == ResultKind.NotFound ? place.NotThere()
            : result.IsDone ? FormPost.SeeOther(place.Http, After(place, result))
            : Page(place, id, version, values, FaultsOf(result), result);
    }

    /// <summary>The form itself, as long as it has faults; then the case.</summary>
    private static string After(Place place, CommandResult result) =>
        result.Answer<CaseSummary>()!.FormFindings.Any(f => f.Level == FormFindingLevel.Error)
            ? $"{place.Path(result.Id!.Value)}/edit?{Saved}=1"
            : $"{place.Path(result.Id!.Value)}?{Done}={Saved}";

    private static IResult Page(
        Place place,
        Guid? id,
        long? version,
        FormValues values,
        IReadOnlyList<EntryFault> faults,
        CommandResult? refused,
        int blankRows = 3
    ) =>
        PageResult.Page<CaseFormPage>(
            place.Http,
            id is null ? $"新建{place.Workflow.Title}" : $"修改{place.Workflow.Title}",
            new CaseFormPage.View(
                place.Workflow,
                place.Module,
                id,
                version,
                new(place.Workflow.Form.Fields, place.Workflow.Form.Layout, values, faults) { BlankRows = blankRows },
                refused,
                place.Http.Request.Query.ContainsKey(Saved)
            ),
            refused is null ? StatusCodes.Status200OK : FormPost.StatusOf(refused)
        );

    private static IReadOnlyList<EntryFault> Check(Place place, FormValues values) =>
        [
            .. place
                .Workflow.Form.Check(values, new(place.Instance.Divisions, place.Instance.Today.Date))
                .Select(EntryFault.FromFinding),
        ];

    /// <summary>What was entered, in full: only to enter it anew, and noted in the audit as the API does.</summary>
    private static async Task<FormValues?> EnteredAsync(Place place, Guid id)
    {
        FormValues? values = null;
        await place.Commands.ExecuteAsync(new(place.Http.Actor()), async work =>
        {
            values = await place.Workflow.PrintAsync(work, id);
            return values is null ? CommandResult.NotFound("") : CommandResult.Done();
        });
        return values;
    }

    /// <summary>
    /// What is known before anybody writes: the school of whoever fills it in, where it is one, and what the registry
    /// knows of a student.
    /// </summary>
    private static async Task<FormValues> PrefilledAsync(Place place, string? student)
    {
        var (values, shown, actor) = (FormValues.None, place.Workflow.Presentation, place.Http.Actor());
        await using var db = place.Commands.Database.Read(actor.AccessScope);
        if (
            shown.School is { } own
            && actor.As(place.Workflow.Openers).Grants.Select(g => ScopePath.SchoolOf(g.Scope)).Distinct().ToList()
                is [var scope]
            && await db.Set<School>().SingleOrDefaultAsync(s => s.Scope == scope) is { } school
            && place.Workflow.Form.Fields.Single(f => f.Name == own).Choices is var choices
            && (choices.Count == 0 || choices.Any(c => c.Name == school.Name))
        )
            values[own] = school.Name;
        if (!Guid.TryParse(student, out var id))
            return values;
        var listing = place.Instance.Catalogue.Listings.Single(l => l.Set == "Students");
        if (
            await ListingRows
                .Create(listing, new(db, place.Instance, place.Http.RequestAborted))
                .FirstAsync(ListingQuestion.Equal(listing.Columns.Single(c => c.Name == "Id"), id), 1)
            is not [{ } row]
        )
            return values;
        foreach (var (field, column) in shown.Student)
            if (listing.Columns.Single(c => c.Name == column) is var known)
                values[field] = ListingRows.Text(known, known.Property.GetValue(row));
        return values;
    }

    private static async Task<IResult> OneAsync(
        Place place,
        Guid id,
        CommandResult? refused = null,
        string? tried = null,
        FormValues? input = null,
        IReadOnlyDictionary<string, string>? facts = null
    )
    {
        var actor = place.Http.Actor();
        if (await place.Commands.QueryAsync(actor, work => place.Workflow.ViewAsync(work, id)) is not { } view)
            return place.NotThere();
        var title = place.Workflow.Title + (Name(place.Workflow, view) is { Length: > 0 } name ? $"：{name}" : "");
        return PageResult.Page<CasePage>(
            place.Http,
            title,
            new CasePage.View(
                place.Module,
                place.Workflow,
                id,
                view,
                actor,
                title,
                refused,
                tried,
                input ?? FormValues.None,
                refused is null ? [] : FaultsOf(refused),
                facts ?? new Dictionary<string, string>(),
                place.Http.Request.Query[Done] is [{ } done]
                    ? done == Saved
                        ? "已保存。"
                        : place.Workflow.Transitions.FirstOrDefault(t => t.Action == done) is { } step
                            ? $"已办理：{step.Title}。"
                            : "已办理。"
                    : null
            ),
            refused is null ? StatusCodes.Status200OK : FormPost.StatusOf(refused)
        );
    }

    private static string? Name(IWorkflow workflow, CaseView view) =>
        workflow.Presentation.Title.Select(n => view.Form.Values[n]).FirstOrDefault(t => !string.IsNullOrEmpty(t));

    private static async Task<IResult> MoveAsync(Place place, Guid id, string action)
    {
        if (place.Workflow.Transitions.FirstOrDefault(t => t.Action == action) is not { } step)
            return PageResult.NotFound(place.Http, $"{place.Workflow.Title}没有这个环节。");
        var input = Entry.Read(step.Fields, place.Form);
        return await AnswerAsync(
            place,
            id,
            action,
            await FormPost.ExecuteAsync(place.Http, place.Commands, work =>
                place.Workflow.MoveAsync(work, id, FormPost.Version(place.Form), action, input)
            ),
            input
        );
    }

    private static async Task<IResult> CorrectAsync(Place place, Guid id) =>
        await AnswerAsync(
            place,
            id,
            "correct",
            await FormPost.ExecuteAsync(place.Http, place.Commands, work =>
                place.Workflow.CorrectAsync(work, id, FormPost.Version(place.Form), place.Form["reason"].ToString())
            )
        );

    private static async Task<IResult> FileAsync(Place place, Guid id)
    {
        var (evidence, wrong) = await EvidenceAsync(place.Form);
        return await AnswerAsync(
            place,
            id,
            "evidence",
            wrong
                ?? await FormPost.ExecuteAsync(place.Http, place.Commands, work =>
                    place.Workflow.AttachEvidenceAsync(work, id, FormPost.Version(place.Form), evidence!)
                )
        );
    }

    private static async Task<(NewEvidence? Evidence, CommandResult? Wrong)> EvidenceAsync(IFormCollection form)
    {
        var issuer = form["issuer"].ToString().Trim();
        if (issuer.Length is 0 or > 100)
            return (null, CommandResult.Invalid(("issuer", "须写明出具单位（不超过 100 字）。")));
        if (
            !DateOnly.TryParseExact(
                form["date"],
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
            return (null, CommandResult.Invalid(("date", "须写明材料的日期。")));
        if (form.Files is not [{ Length: > 0 } file])
            return (null, CommandResult.Invalid(("file", "须选择一个文件。")));
        if (file.Length > CasesApi.MostEvidenceBytes)
            return (null, CommandResult.Invalid(("file", $"文件不能超过 {CasesApi.MostEvidenceBytes >> 20} MB。")));
        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        var (bytes, type) = (content.ToArray(), file.ContentType);
        if (!CasesApi.EvidenceTypes.Contains(type) || !CasesApi.IsWhatItSays(bytes, type))
            return (null, CommandResult.Invalid(("file", "材料须为 PDF、JPEG 或 PNG 文件。")));
        return (new(form["kind"].ToString(), issuer, date, file.FileName, type, bytes), null);
    }

    private static async Task<IResult> AssessAsync(Place place, Guid id)
    {
        if (place.Workflow.Programme is not { } programme)
            return place.NotThere();
        var (asked, given) = ProgrammePages.Asked(programme, place.Form, withDay: false);
        return await AnswerAsync(
            place,
            id,
            "assessments",
            await FormPost.ExecuteAsync(place.Http, place.Commands, work =>
                place.Workflow.AssessAsync(work, id, asked)
            ),
            facts: given
        );
    }

    private static async Task<IResult> AnswerAsync(
        Place place,
        Guid id,
        string tried,
        CommandResult result,
        FormValues? input = null,
        IReadOnlyDictionary<string, string>? facts = null
    ) =>
        result.IsDone ? FormPost.SeeOther(place.Http, $"{place.Path(id)}?{Done}={tried}")
        : result.Kind == ResultKind.NotFound ? place.NotThere()
        : await OneAsync(place, id, result, tried, input, facts);

    /// <summary>What was wrong, by the fields.</summary>
    internal static IReadOnlyList<EntryFault> FaultsOf(CommandResult result) =>
        [
            .. (result.Refusal?.Errors ?? []).SelectMany(e => e.Value.Select(m => Fault(e.Key, m))),
            .. (result.Refusal?.Findings ?? []).Where(f => f.Field is not null).Select(f => Fault(f.Field!, f.Message)),
        ];

    /// <summary>A field, or one in a row: <c>classes[0].size</c>.</summary>
    private static EntryFault Fault(string field, string text)
    {
        var (open, close) = (
            field.IndexOf('[', StringComparison.Ordinal),
            field.IndexOf(']', StringComparison.Ordinal)
        );
        return
            open > 0
            && close > open
            && int.TryParse(
                field.AsSpan(open + 1, close - open - 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var row
            )
            ? new(field[..open], row + 1, close + 2 <= field.Length ? field[(close + 2)..] : "", text)
            : new(null, null, field, text);
    }
}
