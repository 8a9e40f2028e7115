using EduAssist.Data;
using EduAssist.Office.Cases;
using EduAssist.Platform;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>材料确认: the papers that wait for the reader's school or bureau, decided one by one or many at once.</summary>
internal sealed class ConfirmationPages : IPages
{
    internal const string Path = "/confirmations";

    internal const string Withdraw = "withdraw";

    private const int MostShown = 100;

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet(Path, (HttpContext http, Instance instance, CommandExecutor commands) =>
            ShowAsync(http, instance, commands, null)
        );
        pages.MapPost(Path, DecideAsync);
    }

    private static async Task<IResult> DecideAsync(HttpContext http, Instance instance, CommandExecutor commands)
    {
        var form = http.Request.Form;
        var (decision, reason) = (form["decision"].ToString(), form["reason"].ToString());
        var (done, refused) = (0, new List<string>());
        var versions = new Dictionary<Guid, long?>();
        if (form["paper"].Count == 0)
            refused.Add("没有选择材料：请先勾选。");
        foreach (var chosen in form["paper"])
        {
            if (
                chosen?.Split('/') is not [var flow, var one, var paper, var seen]
                || !Guid.TryParse(one, out var id)
                || !Guid.TryParse(paper, out var evidence)
                || Paths.Workflow(instance.Catalogue, flow) is not { } found
            )
            {
                refused.Add("没有这份材料，请重新打开本页。");
                continue;
            }

            // each for itself: one that is refused keeps none of the others back; of two papers of a case the second
            // is decided on what the first has made of it
            var version = versions.GetValueOrDefault(id, ContractAnswer.VersionOf(seen));
            var result = await commands.ExecuteAsync(
                new(http.Actor()),
                work =>
                    decision == Withdraw
                        ? found.Workflow.WithdrawConfirmationAsync(work, id, version, evidence, reason)
                        : found.Workflow.ConfirmEvidenceAsync(
                            work,
                            id,
                            version,
                            evidence,
                            decision == "confirm",
                            reason
                        ),
                http.RequestAborted
            );
            if (result.IsDone)
                (done, versions[id]) = (done + 1, result.Version);
            else
                refused.Add(FirstError(result) ?? result.Refusal!.Detail);
        }

        return await ShowAsync(http, instance, commands, new(decision, done, [.. refused.Distinct()], refused.Count));
    }

    private static string? FirstError(CommandResult result) =>
        result.Refusal?.Errors?.Values.SelectMany(messages => messages).FirstOrDefault();

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        ConfirmationsPage.Outcome? outcome
    )
    {
        var (first, count) = await commands.QueryAsync(http.Actor(), work =>
            OpenConfirmations.LoadAsync(work, MostShown)
        );
        var confirmed = await commands.QueryAsync(http.Actor(), work =>
            OpenConfirmations.LoadConfirmedAsync(work, MostShown)
        );
        return PageResult.Page<ConfirmationsPage>(
            http,
            "材料确认",
            new ConfirmationsPage.View(Lines(instance, first), count, Lines(instance, confirmed), outcome),
            outcome is { Done: 0, Refused: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK
        );
    }

    private static IReadOnlyList<ConfirmationsPage.Line> Lines(
        Instance instance,
        IReadOnlyList<OpenConfirmation> confirmations
    ) =>
        [
            .. from one in confirmations
            let found = Paths.Workflow(instance.Catalogue, one.Workflow)
            where found is not null
            select new ConfirmationsPage.Line(
                $"{one.Workflow}/{one.Case}/{one.Paper}/{one.Version}",
                $"{Paths.Api(found.Value.Module, found.Value.Workflow, one.Case)}/evidence/{one.Paper}",
                found.Value.Workflow.EvidenceKinds.FirstOrDefault(k => k.Id == one.Kind)?.Title ?? one.Kind,
                one
            ),
        ];
}
