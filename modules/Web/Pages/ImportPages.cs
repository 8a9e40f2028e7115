using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Office.ListImports;
using EduAssist.Platform;
using EduAssist.Ui;
using EduAssist.Web.Api;
using EduAssist.Web.Http;
using EduAssist.Web.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Web.Pages;

/// <summary>
/// 导入: a list is looked at first, and stored when that is confirmed. The previewed file goes to the browser in a hidden
/// field and comes back with the confirmation, so that no list of persons is kept on the server.
/// </summary>
internal sealed class ImportPages : IPages
{
    private const string FileField = "_file",
        NameField = "_name",
        ModeField = "_mode",
        HeadingField = "_heading",
        ColumnField = "_column",
        MappingField = "_mapping",
        Marked = "Marked";
    private const int MostFileBytes = 8 << 20;

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/imports", (HttpContext http, Instance instance) =>
            PageResult.Page<ImportsPage>(
                http,
                "导入",
                new ImportsPage.View([.. instance.Catalogue.ListImports], HasExport(http))
            )
        );
        pages.MapGet("/imports/{form}", (HttpContext http, Instance instance, string form) =>
            instance.Catalogue.ListImport(form) is { } intake
                ? Page(http, intake, FormValues.None, null, null)
                : NoIntake(http, form)
        );
        pages.MapPost(
            "/imports/{form}",
            async (HttpContext http, Instance instance, CommandExecutor commands, BackgroundJobs jobs, string form) =>
                instance.Catalogue.ListImport(form) is { } intake
                    ? await ImportAsync(http, instance, commands, jobs, intake)
                    : NoIntake(http, form)
        );
    }

    private static IResult NoIntake(HttpContext http, string form) =>
        PageResult.NotFound(http, $"没有可以导入的名单 {ListPages.Short(form)}。");

    private static async Task<IResult> ImportAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        BackgroundJobs jobs,
        IListImport intake
    )
    {
        if (!http.Actor().Is(intake.By))
            return PageResult.ErrorPage(
                http,
                StatusCodes.Status403Forbidden,
                "不由您导入",
                $"《{intake.Form.Title}》由{string.Join("、", intake.By.Select(r => r.Title))}导入。"
            );
        var form = http.Request.Form;
        var head = Entry.Read(Beside(intake), form);
        var (name, content) = await FileAsync(form);
        if (content is null)
            return Page(http, intake, head, null, "请选择一个 XLSX 或 CSV 文件。");
        if (content.Length > MostFileBytes)
            return Page(http, intake, head, null, $"文件超过 {MostFileBytes >> 20} MB；请拆分，或用命令行导入。");
        var mapped = Mapped(form);
        var mapping = mapped.Count == 0 ? null : new ColumnMapping(mapped, ignoresOthers: true);
        if (mapping?.FaultFor(intake.Form.List!) is { } fault)
            return Page(http, intake, head, null, fault, offer: Offer(mapped, [], name, content));
        var mode = form[ModeField].ToString() switch
        {
            nameof(ImportMode.Whole) => ImportMode.Whole,
            nameof(ImportMode.ValidRows) => ImportMode.ValidRows,
            _ => ImportMode.Preview,
        };
        try
        {
            using var stream = new MemoryStream(content);
            var (list, saved) = await ListFile.ReadAsync(
                commands,
                http.Actor(),
                intake,
                new(stream, name),
                new(instance.Divisions, instance.Today.Date) { Cancellation = http.RequestAborted },
                head,
                mapping
            );
            if (mapping is not null && form[MappingField].ToString().Trim() is { Length: > 0 } title)
            {
                var kept = await commands.ExecuteAsync(new(http.Actor()), work =>
                    ColumnMappings.SaveAsync(work, intake, title, mapping)
                );
                if (!kept.IsDone)
                    return Page(http, intake, head, null, kept.Text, offer: Offer(mapped, [], name, content, title));
                saved = title;
            }

            var request = FormPost.Request(http) with { FileName = name.Length > 0 ? name : null };
            if (form[ModeField] == Marked)
                return await MarkedAsync(commands, request, intake, list, stream, name);
            if (mode == ImportMode.Preview)
                return Shown(await intake.ImportAsync(commands, request, list, mode), saved)(http);
            return JobPages.Begin(http, jobs, $"导入{intake.Form.Title}", list.Rows.Count, async progress =>
                Shown(await intake.ImportAsync(commands, request, list, mode, progress), saved)
            );
        }
        catch (SpreadsheetException unreadable)
        {
            return Page(
                http,
                intake,
                head,
                null,
                unreadable.Message,
                offer: unreadable.Headings.Count == 0 ? null : Offer(mapped, unreadable.Headings, name, content)
            );
        }

        Func<HttpContext, IResult> Shown(CommandResult result, string? saved) =>
            asked =>
                Page(
                    asked,
                    intake,
                    head,
                    new(
                        name,
                        mode == ImportMode.Preview ? Convert.ToBase64String(content) : "",
                        result.Answer<ImportOutcome>(),
                        result.Refusal?.Detail,
                        mode,
                        result.IsDone,
                        mapped,
                        saved
                    ),
                    result.Answer<ImportOutcome>() is null ? result.Refusal?.Detail : null,
                    result
                );
    }

    /// <summary>What somebody says of the file's headings: a field of ours, or that a column is not read.</summary>
    private static IReadOnlyList<KeyValuePair<string, string?>> Mapped(IFormCollection form)
    {
        var (headings, columns) = (form[HeadingField], form[ColumnField]);
        return headings.Count != columns.Count
            ? []
            :
            [
                .. headings
                    .Zip(columns, (heading, column) => KeyValuePair.Create(heading ?? "", column is "" ? null : column))
                    .Where(h => h.Key.Length > 0),
            ];
    }

    /// <summary>The headings to be said something of; what was said of them before is chosen again.</summary>
    private static ImportPage.Offer Offer(
        IReadOnlyList<KeyValuePair<string, string?>> mapped,
        IReadOnlyList<ListHeading> headings,
        string name,
        byte[] content,
        string? title = null
    ) =>
        new(
            headings.Count > 0
                ?
                [
                    .. headings
                        .Where(h => h.Heading.Length > 0)
                        .DistinctBy(h => h.Heading)
                        .Select(h =>
                            mapped.FirstOrDefault(m => m.Key == h.Heading) is { Key: not null } said
                                ? h with
                                {
                                    Field = said.Value,
                                }
                                : h
                        ),
                ]
                : [.. mapped.Select(m => new ListHeading(m.Key, "", m.Value, Sample: null))],
            name,
            Convert.ToBase64String(content),
            title ?? ListPages.Short(Path.GetFileNameWithoutExtension(name))
        );

    /// <summary>The file again, with what a preview finds in it.</summary>
    private static async Task<IResult> MarkedAsync(
        CommandExecutor commands,
        CommandRequest request,
        IListImport intake,
        FormImport list,
        MemoryStream file,
        string name
    )
    {
        var result = await intake.ImportAsync(commands, request, list, ImportMode.Preview);
        var findings = result.Answer<ImportOutcome>() is { } outcome ? outcome.AllFindings : [];
        var marked = new MemoryStream();
        file.Position = 0;
        MarkedList.Write(file, SpreadsheetFormats.FromContents(file, name), list, findings, marked);
        marked.Position = 0;
        return TypedResults.File(marked, FormsApi.Xlsx, $"{Path.GetFileNameWithoutExtension(name)}-导入问题.xlsx");
    }

    /// <summary>What was chosen now, or what was looked at before.</summary>
    private static async Task<(string Name, byte[]? Content)> FileAsync(IFormCollection form)
    {
        if (form.Files is [{ Length: > 0 } file])
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content);
            return (ListPages.Short(Path.GetFileName(file.FileName)), content.ToArray());
        }

        var held = form[FileField].ToString();
        var bytes = new byte[held.Length];
        return held.Length > 0 && Convert.TryFromBase64String(held, bytes, out var length)
            ? (ListPages.Short(form[NameField].ToString()), bytes[..length])
            : ("", null);
    }

    private static IReadOnlyList<FormField> Beside(IListImport intake) =>
        [.. intake.Form.Fields.Where(f => f.Kind != FieldKind.Rows)];

    private static IResult Page(
        HttpContext http,
        IListImport intake,
        FormValues head,
        ImportPage.Result? result,
        string? trouble,
        CommandResult? decision = null,
        ImportPage.Offer? offer = null
    ) =>
        PageResult.Page<ImportPage>(
            http,
            $"导入{intake.Form.Title}",
            new ImportPage.View(
                intake,
                new(Beside(intake), null, head, []),
                result,
                trouble,
                FileField,
                NameField,
                ModeField,
                HasExport(http),
                offer
            ),
            trouble is not null ? StatusCodes.Status400BadRequest
                : decision is null ? StatusCodes.Status200OK
                : FormPost.StatusOf(decision)
        );

    private static bool HasExport(HttpContext http) =>
        http
            .RequestServices.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Any(e => e.RoutePattern.RawText == "/api/forms/{id}/export");
}
