using System.Collections.Concurrent;
using EduAssist.Conformance;
using EduAssist.Data;

namespace EduAssist.Host.Recording;

/// <summary>What the demo answers on a database: asked once, compared file by file.</summary>
internal static class Recordings
{
    private const string AllModules = "Chuxiong,Guizhou,Liaoning,TrialClass";

    private static readonly ConcurrentDictionary<DatabaseKind, Lazy<Task<IReadOnlyDictionary<string, string>>>> Made =
        new();

    internal static Task<IReadOnlyDictionary<string, string>> Of(DatabaseKind kind) =>
        Made.GetOrAdd(kind, _ => new(() => Record(kind))).Value;

    private static async Task<IReadOnlyDictionary<string, string>> Record(DatabaseKind kind)
    {
        using var databases = new OwnDatabases(kind);
        var recorder = new Recorder(new(DemoRequests.Day));
        using (var place = new Workplace(("Database", databases.Next())))
            await Chuxiong(recorder, place);
        using (var place = new Workplace(("Database", databases.Next()), ("Modules", AllModules)))
            await Modules(recorder, place);
        return recorder.Files;
    }

    /// <summary>The modules of <c>appsettings.json</c>: what only reads, then what changes, then the same year further
    /// on.</summary>
    private static async Task Chuxiong(Recorder recorder, Workplace place)
    {
        DemoRows rows;
        await using (var host = await Serve(place, DemoRequests.Day))
        {
            await Meet(recorder, host);
            rows = await DemoRows.Of(recorder);
            await DemoRequests.Describe(recorder);
            await DemoRequests.Catalogue(recorder);
            await DemoRequests.Calendar(recorder);
            await DemoRequests.Forms(recorder);
            await DemoRequests.OData(recorder, rows);
            await DemoRequests.Exports(recorder);
            await DemoRequests.Pages(recorder, rows);
            await DemoRequests.Cases(recorder, rows);
            await DemoRequests.Filings(recorder, rows);
            await DemoRequests.Lists(recorder);
            await DemoRequests.Registry(recorder, rows);
            await DemoRequests.Accounts(recorder);
            await host.Stop();
        }

        recorder.Begin("cases-later");
        foreach (var (day, ask) in DemoRequests.Later)
        {
            recorder.Words.Turn(day);
            await using var host = await Serve(place, day);
            await Meet(recorder, host);
            await ask(recorder, rows);
            await host.Stop();
        }
    }

    private static async Task Modules(Recorder recorder, Workplace place)
    {
        await using var host = await Serve(place, DemoRequests.Day);
        await Meet(recorder, host);
        await DemoRequests.AllModules(recorder);
        await host.Stop();
    }

    private static Task<HostProcess> Serve(Workplace place, DateOnly day) =>
        HostProcess.Serve(place, ["--demo", "--today", $"{day:yyyy-MM-dd}"]);

    private static async Task Meet(Recorder recorder, HostProcess host)
    {
        await recorder.Meet(
            host.Client.BaseAddress!,
            "admin",
            "province",
            "prefecture",
            "county",
            "township",
            "school",
            "vocational",
            "teacher",
            "auditor"
        );
        recorder.Know("everybody", host.Client.DefaultRequestHeaders.Authorization!.Parameter!);
    }
}
