using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace EduAssist.Browser;

/// <summary>What holds for every page.</summary>
public class PageTests(Site site)
{
    private static readonly Seat Desk = new(true, 1366, 768),
        Phone = new(true, 390, 844);

    private static readonly AxeRunOptions Levels = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
    };

    /// <summary>
    /// What class teachers do on a telephone. Other pages have the same parts there in another order: only their width
    /// is looked at.
    /// </summary>
    private static readonly IReadOnlyList<string> OnPhones =
    [
        "/",
        "/students",
        "/cases/chuxiong/applications",
        "/cases/chuxiong/applications/new",
        "case",
        "case/edit",
    ];

    public static TheoryData<string> EveryPage =>
        [
            "/",
            "/students",
            "/students?q=李",
            "/lists",
            "/lists/Students",
            "/lists/ChuxiongQuotas",
            "/lists/Provisions",
            "/cases/chuxiong/applications",
            "/cases/chuxiong/teaching-plans",
            "/cases/chuxiong/applications/new",
            "/cases/chuxiong/teaching-plans/new",
            "/cases/chuxiong/plans/new",
            "/programmes",
            "/programmes/chuxiong.vocational-class",
            "/calendar",
            "/calendar?module=national&year=2020",
            "/calendar?year=2031",
            "/provisions",
            "/imports",
            "/imports/registry.students",
            "/imports/chuxiong.attendance-list",
            "/forms",
            "/indicators",
            "/system",
            "/nothing-here",
            "case",
            "student",
            "case/edit",
            "/sign-in",
            "/sign-in?why=password",
            "/account",
            "/users",
            "/users/school",
            "/audit",
        ];

    [Theory, MemberData(nameof(EveryPage))]
    public async Task No_page_has_a_fault_of_WCAG_A_or_AA_or_breaks_its_policy(string path)
    {
        await using var clerk = await site.Sit(Desk, "2020-05-06", ReaderOf(path));
        var answer = await Open(clerk.Page, path);
        // the page itself, and not that it is somebody else's
        Assert.Equal(path == "/nothing-here" ? 404 : 200, answer.Status);
        Assert.Contains("default-src 'none'", answer.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Headers["content-security-policy"], StringComparison.Ordinal);
        foreach (var seat in (Seat[])[Desk, Phone])
        {
            await clerk.Page.SetViewportSizeAsync(seat.Width, seat.Height);
            if (seat == Desk || OnPhones.Contains(path))
            {
                var found = await clerk.Page.RunAxe(Levels);
                Assert.NotEmpty(found.Passes);
                Assert.Empty(
                    found.Violations.Select(v =>
                        $"{path} {seat}: {v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"
                    )
                );
            }

            Assert.True(
                await clerk.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                $"{path} {seat} is wider than the screen"
            );
            if (Environment.GetEnvironmentVariable("EDUASSIST_SCREENSHOTS") is { Length: > 0 } folder)
                await clerk.Page.ScreenshotAsync(
                    new()
                    {
                        Path = Path.Combine(
                            folder,
                            $"{string.Concat(path.Select(c => char.IsLetterOrDigit(c) ? c : '_'))}-{seat.Width}.png"
                        ),
                        FullPage = true,
                    }
                );
        }
    }

    [Fact]
    public async Task A_planted_fault_is_found()
    {
        await using var clerk = await site.Sit(Desk, "2020-05-06");
        await clerk.Page.GotoAsync("/system");
        await clerk.Page.EvaluateAsync(
            "document.getElementById('main').insertAdjacentHTML('beforeend', '<input><img src=\"/assets/site.css\">')"
        );
        var found = await clerk.Page.RunAxe(Levels);
        Assert.Contains(found.Violations, v => v.Id == "label");
    }

    [Fact]
    public async Task A_planted_inline_script_does_not_run_and_is_complained_of()
    {
        await using var clerk = await site.Sit(Desk, "2020-05-06");
        await clerk.Page.GotoAsync("/system");
        var complaint = clerk.Page.WaitForConsoleMessageAsync(
            new() { Predicate = m => m.Text.Contains("Content Security Policy", StringComparison.Ordinal) }
        );
        await clerk.Page.EvaluateAsync(
            "const s = document.createElement('script'); s.textContent = 'document.title = \"ran\"'; document.body.append(s)"
        );
        await complaint;
        Assert.NotEqual("ran", await clerk.Page.TitleAsync());
        Assert.NotEmpty(clerk.Forgive());
    }

    /// <summary>Whose work it is: who may not fill in a form sees that, and no form.</summary>
    private static string? ReaderOf(string path) =>
        path switch
        {
            "/sign-in" or "/sign-in?why=password" => null,
            "case" or "case/edit" or "/cases/chuxiong/applications/new" => "school",
            "/cases/chuxiong/teaching-plans/new" => "vocational",
            "/cases/chuxiong/plans/new" => "prefecture",
            _ => "admin",
        };

    /// <summary>By its address; a case and a student by the first of their lists.</summary>
    private static async Task<IResponse> Open(IPage page, string path)
    {
        if (path.StartsWith('/'))
            return (await page.GotoAsync(path))!;
        await page.GotoAsync(
            path switch
            {
                "student" => "/lists/Students",
                "case/edit" => "/cases/chuxiong/applications?f.State=Draft",
                _ => "/cases/chuxiong/applications",
            }
        );
        var href = await page.Locator("tbody a").First.GetAttributeAsync("href");
        return (await page.GotoAsync(path == "case/edit" ? $"{href}/edit" : href!))!;
    }
}
