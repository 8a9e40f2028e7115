using System.Collections.Concurrent;
using EduAssist.Conformance;
using EduAssist.Host;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Demo;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(EduAssist.Browser.Site))]
[assembly: Requires(ExternalProgram.Chromium)]

namespace EduAssist.Browser;

/// <summary>How a clerk sits before it.</summary>
/// <param name="Scripts">Whether the browser runs scripts.</param>
/// <param name="Width">Of the screen.</param>
/// <param name="Height">Of the screen.</param>
public sealed record Seat(bool Scripts, int Width, int Height)
{
    public override string ToString() => $"{Width}x{Height}{(Scripts ? "" : " without scripts")}";
}

/// <summary>Both screens, with scripts and without.</summary>
public sealed class EverySeat : TheoryData<Seat>
{
    public EverySeat() =>
        AddRange(
            new Seat(true, 1366, 768),
            new Seat(false, 1366, 768),
            new Seat(true, 390, 844),
            new Seat(false, 390, 844)
        );
}

/// <summary>Both screens, one with scripts and one without.</summary>
public sealed class BothWays : TheoryData<Seat>
{
    public BothWays() => AddRange(new Seat(true, 1366, 768), new Seat(false, 390, 844));
}

/// <summary>
/// The real host as a demo on one day of 2020, and a browser; the pupils of a class that has applied for nothing yet.
/// </summary>
public sealed class Site : IAsyncLifetime
{
    internal const string School = "楚雄市第一中学",
        Vocational = "楚雄技师学院";

    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly Workplace profile = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<Demo>>> demos = new();
    private readonly ConcurrentQueue<InventedPerson> pupils = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (ExternalProgram.Chromium.Missing() is not null)
            return; // each test says so
        Assertions.SetDefaultExpectTimeout(30_000);
        playwright = await Playwright.CreateAsync();
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = profile.Folder,
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
        };
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = ExternalProgram.Chromium.Path(),
                Headless = true,
                Args = Flags,
                Env = environment,
            }
        );
        using var current = DivisionFile("divisions.csv");
        using var history = DivisionFile("divisions-history.csv");
        var people = new InventedPeople(4711, Divisions.Read(current, history));
        for (var i = 0; i < 24; i++)
            pupils.Enqueue(people.Next(DivisionCode.Of(532301), new(2003, 1, 1), new(2003, 12, 31)));
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
        foreach (var demo in demos.Values)
            await (await demo.Value).DisposeAsync();
        profile.Dispose();
    }

    /// <summary>A pupil whom nobody else takes.</summary>
    internal InventedPerson NextPupil() =>
        pupils.TryDequeue(out var pupil)
            ? pupil
            : throw new InvalidOperationException("More pupils are wanted than were invented.");

    /// <summary>
    /// A page before which a user of the demo sits, on a day of it. What breaks the policy of the page is an error of
    /// the test.
    /// </summary>
    /// <param name="seat">How they sit.</param>
    /// <param name="today">The day.</param>
    /// <param name="user">Who has signed in; null: nobody yet.</param>
    internal async Task<Clerk> Sit(Seat seat, string today, string? user = "school")
    {
        var demo = await demos.GetOrAdd(today, day => new(() => Demo.Start(day))).Value;
        var context = await browser!.NewContextAsync(
            new()
            {
                BaseURL = demo.Address,
                Locale = "zh-CN",
                JavaScriptEnabled = seat.Scripts,
                ViewportSize = new() { Width = seat.Width, Height = seat.Height },
                AcceptDownloads = true,
            }
        );
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        var clerk = new Clerk(page, demo.SignedIn);
        if (user is not null)
            await clerk.Becomes(user);
        return clerk;
    }

    private static StreamReader DivisionFile(string name) =>
        new(Path.Combine(AppContext.BaseDirectory, "seeds", "Core", name));

    /// <summary>A host of its own.</summary>
    private sealed class Demo(Workplace place, HostProcess process) : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, Lazy<Task<string>>> signedIn = new();

        internal string Address => process.Client.BaseAddress!.ToString();

        /// <summary>The cookie of a user, who signs in once: sign-ins are counted.</summary>
        internal Task<string> SignedIn(string user) =>
            signedIn
                .GetOrAdd(user, _ => new(async () =>
                    {
                        using var client = new HttpClient(
                            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
                        )
                        {
                            BaseAddress = new(Address),
                        };
                        using var answer = await client.PostAsync(
                            "/sign-in",
                            new FormUrlEncodedContent(
                                new Dictionary<string, string> { ["user"] = user, ["password"] = $"demo-{user}" }
                            )
                        );
                        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
                        return answer
                            .Headers.GetValues("Set-Cookie")
                            .Select(c => c.Split(';')[0])
                            .Single(c => c.StartsWith("eduassist=", StringComparison.Ordinal))["eduassist=".Length..];
                    }))
                .Value;

        internal static async Task<Demo> Start(string day)
        {
            var place = new Workplace();
            return new(place, await HostProcess.Serve(place, ["--demo", "--today", day]));
        }

        public async ValueTask DisposeAsync()
        {
            await process.DisposeAsync();
            place.Dispose();
        }
    }
}

/// <summary>Somebody before a page, who notices whatever the browser complains of.</summary>
internal sealed class Clerk : IAsyncDisposable
{
    private readonly List<string> complaints = [];
    private readonly Func<string, Task<string>> signIn;

    internal Clerk(IPage page, Func<string, Task<string>> signIn)
    {
        (Page, this.signIn) = (page, signIn);
        page.Console += (_, message) =>
        {
            if (
                message.Type is "error" or "warning"
                && !message.Text.StartsWith(
                    "Failed to load resource: the server responded with a status of 4",
                    StringComparison.Ordinal
                )
            )
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    internal IPage Page { get; }

    /// <summary>Another user takes the seat.</summary>
    internal async Task Becomes(string user)
    {
        await Page.Context.ClearCookiesAsync();
        await Page.Context.AddCookiesAsync([
            new()
            {
                Name = "eduassist",
                Value = await signIn(user),
                Domain = "127.0.0.1",
                Path = "/",
                HttpOnly = true,
            },
        ]);
        if (Page.Url.StartsWith("http", StringComparison.Ordinal))
            await Page.ReloadAsync();
    }

    /// <summary>The complaints so far, which are then no fault of the page.</summary>
    internal IReadOnlyList<string> Forgive()
    {
        IReadOnlyList<string> forgiven = [.. complaints];
        complaints.Clear();
        return forgiven;
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Assert.Empty(complaints);
    }
}
