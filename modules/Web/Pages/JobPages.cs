using EduAssist.Web.Http;
using EduAssist.Web.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>
/// 进度: a background job until it is done, and then its result. The page can be left, reloaded and come back to.
/// </summary>
internal sealed class JobPages : IPages
{
    private const string Path = "/works";

    void IPages.Map(RouteGroupBuilder pages) =>
        pages.MapGet(Path + "/{id:guid}", (HttpContext http, BackgroundJobs jobs, Guid id) =>
            jobs.Find(id, http.Actor().Name) switch
            {
                null => PageResult.NotFound(
                    http,
                    "没有这项工作，或者它已结束很久。办成了没有，请看列表或审计：没有办成的，什么都没有改动。"
                ),
                { EndedAt: null } running => PageResult.Page<JobPage>(
                    http,
                    running.Title,
                    new JobPage.View(running.Title, running.Done, running.Of)
                ),
                { Error: { } trouble } failed => PageResult.ErrorPage(
                    http,
                    StatusCodes.Status500InternalServerError,
                    failed.Title,
                    trouble
                ),
                { Result: Func<HttpContext, IResult> page } => page(http),
                { } done => throw new InvalidOperationException($"{done.Title}: nothing to show."),
            }
        );

    /// <summary>Begins a background job and redirects to its page.</summary>
    internal static IResult Begin(
        HttpContext http,
        BackgroundJobs jobs,
        string title,
        int of,
        Func<IProgress<int>, Task<Func<HttpContext, IResult>>> work
    ) =>
        jobs.Begin(http.Actor().Name, title, of, async progress => await work(progress)) is { } id
            ? FormPost.SeeOther(http, $"{Path}/{id}")
            : PageResult.ErrorPage(
                http,
                StatusCodes.Status503ServiceUnavailable,
                "现在太忙",
                "正在办的工作太多，请过几分钟再试；没有作任何改动。"
            );
}
