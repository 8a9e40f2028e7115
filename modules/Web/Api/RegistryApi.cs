using System.Globalization;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Privacy;
using EduAssist.Platform;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Api;

/// <summary>
/// The registry by hand: schools, changes of rolls, the yearly promotion, and how somebody stood on a day.
/// </summary>
internal sealed class RegistryApi : IEndpoints
{
    int IEndpoints.Order => 90;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/registry").WithTags("学籍");
        group
            .MapPost("/schools", (HttpContext http, CommandExecutor commands) =>
                FillAsync(http, commands, SchoolCommands.Fields, (work, values) =>
                    SchoolCommands.SaveAsync(work, null, null, values)
                )
            )
            .WithSummary("登记学校")
            .Takes<FilledForm>()
            .Answers<SchoolView>(StatusCodes.Status201Created);
        group
            .MapPut("/schools/{id:guid}", (HttpContext http, CommandExecutor commands, Guid id) =>
                FillAsync(http, commands, SchoolCommands.Fields, (work, values) =>
                    SchoolCommands.SaveAsync(work, id, CasesApi.Version(http), values)
                )
            )
            .WithSummary("修改学校")
            .Takes<FilledForm>()
            .Answers<SchoolView>();
        group
            .MapPost(
                "/schools/{id:guid}/attributes/{attribute}",
                (HttpContext http, Instance instance, CommandExecutor commands, Guid id, string attribute) =>
                    instance.SchoolAttributes.FirstOrDefault(a => a.Id == attribute) is { } declared
                        ? FillAsync(http, commands, SchoolAttributes.Fields(declared), (work, values) =>
                            SchoolAttributes.AddAsync(work, id, attribute, values)
                        )
                        : Task.FromResult(Problems.NotFound($"没有学校属性 {Problems.Short(attribute)}。"))
            )
            .WithSummary("登记学校的一项属性（模块声明的类别、资质）：取值、起始日期、认定单位、文件")
            .Takes<FilledForm>()
            .Answers<SchoolAttributeView>(StatusCodes.Status201Created);
        group
            .MapPost(
                "/schools/{id:guid}/attributes/{entry:guid}/end",
                (HttpContext http, CommandExecutor commands, Guid id, Guid entry) =>
                    FillAsync(http, commands, SchoolAttributes.EndFields, (work, values) =>
                        SchoolAttributes.EndAsync(work, id, entry, values)
                    )
            )
            .WithSummary("截止学校的一项属性登记")
            .Takes<FilledForm>()
            .Answers<SchoolAttributeView>();
        group
            .MapPost("/rolls/{id:guid}/standings", (HttpContext http, CommandExecutor commands, Guid id) =>
                FillAsync(http, commands, RollChanges.Fields, (work, values) =>
                    RollChanges.ChangeAsync(work, id, CasesApi.Version(http), values)
                )
            )
            .WithSummary("学籍异动：休学、复学、转学、转班级、死亡、结业、其他离校")
            .Takes<FilledForm>()
            .Answers<RollView>();
        group
            .MapGet("/students/{id:guid}/standing", StandingAsync)
            .WithSummary("学生某日的学籍状态、年级、班级")
            .Produces<StudentStanding>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group
            .MapPost("/students/{id:guid}/groups", (HttpContext http, CommandExecutor commands, Guid id) =>
                FillAsync(http, commands, PersonGroups.Fields, (work, values) =>
                    PersonGroups.AddAsync(work, id, values)
                )
            )
            .WithSummary("登记学生所属的特殊群体：群体、起始日期、认定单位、文件")
            .Takes<FilledForm>()
            .Answers<PersonGroupView>(StatusCodes.Status201Created);
        group
            .MapPost(
                "/students/{id:guid}/groups/{entry:guid}/end",
                (HttpContext http, CommandExecutor commands, Guid id, Guid entry) =>
                    FillAsync(http, commands, PersonGroups.EndFields, (work, values) =>
                        PersonGroups.EndAsync(work, id, entry, values)
                    )
            )
            .WithSummary("截止学生的一项特殊群体登记")
            .Takes<FilledForm>()
            .Answers<PersonGroupView>();
        group
            .MapPost("/students/{id:guid}/reveal", (HttpContext http, CommandExecutor commands, Guid id) =>
                LookAsync(http, commands, work => PersonalData.RevealAsync(work, id))
            )
            .WithSummary("查看一名学生的完整号码（记入审计）")
            .Answers<RevealedNumbers>();
        group
            .MapGet("/students/{id:guid}/personal-data", (HttpContext http, CommandExecutor commands, Guid id) =>
                LookAsync(http, commands, work => PersonalData.ExportAsync(work, id))
            )
            .RequireAuthorization(AuthorizationPolicyNames.NotByReadingKey)
            .WithSummary("系统保存的一名学生的全部个人信息（记入审计）")
            .Produces<PersonalDataExport>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group
            .MapPost("/students/{id:guid}/erase", EraseAsync)
            .WithSummary("删除一名学生的个人信息：{ \"reason\": \"…\" }；在籍、有未办结的办件、保管期未满的不能删除")
            .Takes<ReasonBody>()
            .Answers<ErasedStudent>();
        group
            .MapPost("/promotion", PromoteAsync)
            .WithSummary("升级：{ \"schoolYear\": 2020, \"preview\": true }")
            .Takes<PromotionBody>()
            .Answers<PromotionOutcome>();
    }

    private static async Task<IResult> FillAsync(
        HttpContext http,
        CommandExecutor commands,
        IReadOnlyList<FormField> fields,
        Func<UnitOfWork, FormValues, Task<CommandResult>> work
    )
    {
        var (body, problem) = await CasesApi.BodyAsync(http);
        if (problem is not null)
            return problem;
        return FormJson.Read(fields, body, out var values) is { } fault
            ? Problems.Invalid(fault.Member, fault.Message)
            : await CasesApi.RunAsync(http, commands, CasesApi.Text(body), act => work(act, values));
    }

    private static async Task<IResult> StandingAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        Guid id,
        string? on
    )
    {
        var day = instance.Today.Date;
        if (
            on is not null
            && !DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        )
            return Problems.Invalid("on", "on 须为 yyyy-MM-dd 形式的日期。");
        return await commands.QueryAsync(http.Actor(), work => RollChanges.StandingAsync(work, id, day)) is { } answer
            ? ContractAnswer.Json(answer)
            : Problems.NotFound($"没有学生 {id}。");
    }

    /// <summary>Runs without an idempotency key: with one the answer, and the numbers in it, would be stored.</summary>
    private static async Task<IResult> LookAsync(
        HttpContext http,
        CommandExecutor commands,
        Func<UnitOfWork, Task<CommandResult>> work
    ) => ContractAnswer.From(http, await commands.ExecuteAsync(new(http.Actor()), work, http.RequestAborted));

    private static async Task<IResult> EraseAsync(HttpContext http, CommandExecutor commands, Guid id)
    {
        var (body, problem) = await CasesApi.BodyAsync(http);
        if (problem is not null)
            return problem;
        if (!ContractBody.TryRead(body, WebJson.Default.ReasonBody, out var asked))
            return Problems.Invalid("reason", "请求须为 { \"reason\": \"删除的原因\" }。");
        return ContractAnswer.From(
            http,
            await PersonalData.EraseAsync(commands, new(http.Actor()), id, asked.Reason, http.RequestAborted)
        );
    }

    private static async Task<IResult> PromoteAsync(HttpContext http, CommandExecutor commands)
    {
        var (body, problem) = await CasesApi.BodyAsync(http);
        if (problem is not null)
            return problem;
        if (
            !ContractBody.TryRead(body, WebJson.Default.PromotionBody, out var asked)
            || asked.SchoolYear is not { } year
            || year is < 2000 or > 2100
        )
            return Problems.Invalid(
                "schoolYear",
                "请求须为 { \"schoolYear\": 2020, \"preview\": true }，学年为开始的年份。"
            );
        if (asked.Preview != true)
            return await CasesApi.RunAsync(http, commands, CasesApi.Text(body), work =>
                Promotion.RunAsync(work, new(year), preview: false)
            );
        return ContractAnswer.From(
            http,
            await commands.QueryAsync(http.Actor(), work => Promotion.RunAsync(work, new(year), preview: true))
        );
    }
}
