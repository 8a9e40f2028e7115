using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Office.ListImports;
using EduAssist.Platform;
using EduAssist.Ui;
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
        ModeField = "_mode";
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
        var format =
            content.AsSpan().StartsWith("PK"u8) ? SpreadsheetFormat.Xlsx
            : name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) ? SpreadsheetFormat.Ndjson
            : SpreadsheetFormat.Csv;
        var mode = form[ModeField].ToString() switch
        {
            nameof(ImportMode.Whole) => ImportMode.Whole,
            nameof(ImportMode.ValidRows) => ImportMode.ValidRows,
            _ => ImportMode.Preview,
        };
        try
        {
            using var stream = new MemoryStream(content);
            var list = FormList.Read(
                intake.Form,
                stream,
                format,
                new(instance.Divisions, instance.Today.Date) { Cancellation = http.RequestAborted },
                head
            );
            var request = FormPost.Request(http) with { FileName = name.Length > 0 ? name : null };
            if (mode == ImportMode.Preview)
                return Shown(await intake.ImportAsync(commands, request, list, mode))(http);
            return JobPages.Begin(http, jobs, $"导入{intake.Form.Title}", list.Rows.Count, async progress =>
                Shown(await intake.ImportAsync(commands, request, list, mode, progress))
            );
        }
        catch (SpreadsheetException unreadable)
        {
            return Page(http, intake, head, null, unreadable.Message);
        }

        Func<HttpContext, IResult> Shown(CommandResult result) =>
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
                        result.IsDone
                    ),
                    result.Answer<ImportOutcome>() is null ? result.Refusal?.Detail : null,
                    result
                );
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
        CommandResult? decision = null
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
                HasExport(http)
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
