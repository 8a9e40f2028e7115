using EduAssist.Conformance;
using EduAssist.Data;

namespace EduAssist.Host.Recording;

/// <summary>What the demo answers to every kind of request is what was approved, on both databases.</summary>
public class RecordedAnswersTests
{
    private const string Folder = "tests/Host/Recorded";

    [Theory, EveryDatabase]
    public Task Bodies_of_OpenAPI(DatabaseKind kind) => Same(kind, "openapi");

    [Theory, EveryDatabase]
    public Task Catalogue_and_assessments(DatabaseKind kind) => Same(kind, "catalogue");

    [Theory, EveryDatabase]
    public Task Calendars(DatabaseKind kind) => Same(kind, "calendar");

    [Theory, EveryDatabase]
    public Task Forms(DatabaseKind kind) => Same(kind, "forms");

    [Theory, EveryDatabase]
    public Task OData(DatabaseKind kind) => Same(kind, "odata");

    [Theory, EveryDatabase]
    public Task Exports(DatabaseKind kind) => Same(kind, "exports");

    [Theory, EveryDatabase]
    public Task Pages(DatabaseKind kind) => Same(kind, "pages");

    [Theory, EveryDatabase]
    public Task Applications_and_their_steps(DatabaseKind kind) => Same(kind, "cases");

    [Theory, EveryDatabase]
    public Task Plans_and_filings(DatabaseKind kind) => Same(kind, "filings");

    [Theory, EveryDatabase]
    public Task Applications_later_in_the_year(DatabaseKind kind) => Same(kind, "cases-later");

    [Theory, EveryDatabase]
    public Task Lists_in(DatabaseKind kind) => Same(kind, "lists");

    [Theory, EveryDatabase]
    public Task Registry(DatabaseKind kind) => Same(kind, "registry");

    [Theory, EveryDatabase]
    public Task Accounts(DatabaseKind kind) => Same(kind, "accounts");

    [Theory, EveryDatabase]
    public Task Every_module(DatabaseKind kind) => Same(kind, "modules");

    /// <summary>A file without a test would be held to nothing, a test without requests would hold nothing.</summary>
    [Fact]
    public async Task Every_file_is_compared_and_every_route_is_asked()
    {
        var recorded = await Recordings.Of(DatabaseKind.Sqlite);
        var approved = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, Folder))
            .Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(recorded.Keys.Order(StringComparer.Ordinal), approved.Order(StringComparer.Ordinal));
        var tests = GetType()
            .GetMethods()
            .Count(m => m.GetParameters() is [{ } kind] && kind.ParameterType == typeof(DatabaseKind));
        Assert.Equal(recorded.Count, tests);
        Approved.Nothing(Coverage.Missing(recorded));
    }

    private static async Task Same(DatabaseKind kind, string family)
    {
        var (path, recorded) = ($"{Folder}/{family}.txt", (await Recordings.Of(kind))[family]);
        if (Repository.Approving && kind == DatabaseKind.Sqlite && Repository.Read(path) != recorded)
            Repository.Write(path, recorded);
        if (Difference.Of(path, Repository.Read(path), recorded) is { } told)
            Assert.Fail(told);
    }
}
