using System.Globalization;
using Microsoft.Playwright;

namespace EduAssist.OData;

/// <summary>
/// Grids of two makers in a browser, as they are delivered, on the demo: what they show is what is there.
/// </summary>
[Requires(ExternalProgram.Node), Requires(ExternalProgram.Chromium), Collection(nameof(ClientFolder))]
public sealed class GridTests(DemoFixture demo) : IAsyncLifetime
{
    private static readonly NodeProject Clients = new(DemoFixture.Folder);

    static GridTests() => Assertions.SetDefaultExpectTimeout(15_000);

    private readonly List<string> complaints = [];
    private readonly List<string> asked = [];
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (ExternalProgram.Chromium.Missing() is not null)
            return; // each test says so
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = ExternalProgram.Chromium.Path(),
                Headless = true,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
    }

    [Fact]
    public async Task OpenUI5_shows_grows_sorts_filters_groups_and_sums()
    {
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
        var page = await Open("openui5.html");
        var rows = page.Locator("tbody tr.sapMListTblRow");
        var all = await demo.Rows("ChuxiongApplications?$orderby=StudentName");
        await Until(page, $"grid.count() === {all.Count}");
        await Assertions.Expect(rows).ToHaveCountAsync(20);
        await Assertions.Expect(rows.First).ToContainTextAsync((string)all[0]["StudentName"]!);

        await page.Locator(".sapMGrowingListTrigger").ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(40);

        await page.EvaluateAsync("grid.sort('SentOn', true)");
        var latest = (await demo.Rows("ChuxiongApplications?$orderby=SentOn desc,Id desc&$top=1"))[0];
        await Assertions.Expect(rows.First).ToContainTextAsync((string)latest["SentOn"]!);

        var first = (await demo.Rows("ChuxiongApplications?$filter=SentOn ne null&$orderby=SentOn&$top=1"))[0];
        await page.EvaluateAsync($"grid.filter('SentOn', 'EQ', '{first["SentOn"]}')");
        await Assertions.Expect(rows.First).ToContainTextAsync((string)first["SentOn"]!);
        var sent = (await demo.Rows($"ChuxiongApplications?$filter=SentOn eq {first["SentOn"]}")).Count;
        await Until(page, $"grid.count() === {sent}");

        await page.EvaluateAsync("grid.filter('StudentName', 'Contains', '王')");
        await Assertions.Expect(rows.First).ToContainTextAsync("王");
        await page.EvaluateAsync("grid.all()");
        var states = await demo.Rows(
            "ChuxiongApplications?$apply=groupby((State),aggregate($count as Lines))&$orderby=State"
        );
        await page.EvaluateAsync("grid.group('State')");
        await Assertions.Expect(page.Locator(".sapMGHLITitle").First).ToHaveTextAsync((string)states[0]["State"]!);
        Assert.Equal(
            states.Select(s => $"{s["State"]} {s["Lines"]}"),
            await page.EvaluateAsync<string[]>("grid.sums('State')")
        );
        Assert.Contains(asked, a => a.EndsWith("/odata/$batch", StringComparison.Ordinal));
        Assert.DoesNotContain(asked, a => a.Contains("/odata/ChuxiongApplications", StringComparison.Ordinal));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task DevExtreme_shows_sorts_pages_and_filters_by_dates()
    {
        if (await Clients.Install() is { } missing)
            Assert.Skip(missing);
        var page = await Open("devextreme.html");
        var rows = page.Locator(".dx-data-row");
        await Assertions.Expect(rows).ToHaveCountAsync(10);
        Assert.Equal((await demo.Rows("Students")).Count, await page.EvaluateAsync<int>("grid.count()"));

        await page.EvaluateAsync("grid.sort('BirthDate', 'desc')");
        var youngest = (await demo.Rows("Students?$orderby=BirthDate desc&$top=1"))[0];
        await Assertions.Expect(rows.First).ToContainTextAsync((string)youngest["BirthDate"]!);

        await page.EvaluateAsync("grid.filter(['BirthDate', '>=', new Date(2006, 0, 1)])");
        var since = (await demo.Rows("Students?$filter=BirthDate ge 2006-01-01")).Count;
        await Assertions.Expect(page.Locator(".dx-info, .dx-pager").First).ToBeAttachedAsync();
        await Until(page, $"grid.count() === {since}");

        var one = (await demo.Rows("Students?$filter=BirthDate lt 2006-01-01&$top=1"))[0];
        var day = DateOnly.Parse((string)one["BirthDate"]!, CultureInfo.InvariantCulture);
        await page.EvaluateAsync($"grid.filter(['BirthDate', '=', new Date({day.Year}, {day.Month - 1}, {day.Day})])");
        var born = (await demo.Rows($"Students?$filter=BirthDate eq {day:yyyy-MM-dd}")).Count;
        await Until(page, $"grid.count() === {born}");

        await page.EvaluateAsync("grid.filter([['Sex', '=', 'Female'], 'and', ['Name', 'contains', '王']])");
        var girls = (await demo.Rows("Students?$filter=Sex eq 'Female' and contains(Name,'王')")).Count;
        await Until(page, $"grid.count() === {girls}");
        Assert.True(since > 0 && born > 0 && girls > 0);

        Assert.Equal(
            (string)one["Name"]!,
            await page.EvaluateAsync<string>($"grid.byKey('{one["Id"]}').then(one => one.Name)")
        );
        Assert.Empty(complaints);
    }

    /// <summary>
    /// A page of the clients, which lies at the host's own address: as a program that is installed beside it.
    /// </summary>
    private async Task<IPage> Open(string name)
    {
        var context = await browser!.NewContextAsync(
            new()
            {
                BaseURL = demo.Address,
                Locale = "zh-CN",
                TimezoneId = "Asia/Shanghai",
                HttpCredentials = new() { Username = demo.User, Password = demo.Key },
            }
        );
        await context.RouteAsync("**/clients/**", Answer);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        page.Request += (_, request) => asked.Add(request.Url);
        page.Response += async (_, response) =>
        {
            if (response.Status is >= 400 and not 401 && response.Url.Contains("/odata", StringComparison.Ordinal))
                complaints.Add($"{response.Url} {response.Status} {await response.TextAsync()}");
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (
                message.Type == "error"
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
            )
                complaints.Add($"{message.Text} {message.Location}");
        };
        await page.GotoAsync($"/clients/{name}");
        await Until(page, "document.title.endsWith('ready')");
        return page;
    }

    /// <summary>Waits until something is so; where it never is, tells what was asked for and what went wrong.</summary>
    private async Task Until(IPage page, string expression)
    {
        try
        {
            await page.WaitForFunctionAsync(expression);
        }
        catch (TimeoutException)
        {
            Assert.Fail(
                string.Join(
                    '\n',
                    [
                        $"{expression} is {await page.EvaluateAsync<object>(expression.Split(" ===")[0])}",
                        .. complaints,
                        .. asked.Where(a => a.Contains("/odata", StringComparison.Ordinal)).TakeLast(3),
                    ]
                )
            );
        }
    }

    /// <summary>
    /// A file of the clients; of OpenUI5 one of its libraries, each of which has a folder of its own.
    /// </summary>
    private static Task Answer(IRoute route)
    {
        var path = new Uri(route.Request.Url).AbsolutePath["/clients/".Length..];
        var file = path.StartsWith("resources/", StringComparison.Ordinal)
            ? Directory
                .EnumerateDirectories(Path.Combine(DemoFixture.Folder, "node_modules", "@openui5"))
                .Select(library => Path.Combine(library, "src", path["resources/".Length..]))
                .FirstOrDefault(File.Exists)
            : Path.Combine(DemoFixture.Folder, path);
        if (path.EndsWith("sap-ui-version.json", StringComparison.Ordinal))
            return route.FulfillAsync(new() { Body = """{ "libraries": [] }""", ContentType = "application/json" });
        return File.Exists(file)
            ? route.FulfillAsync(new() { Path = file })
            : route.FulfillAsync(new() { Status = 404 });
    }
}
