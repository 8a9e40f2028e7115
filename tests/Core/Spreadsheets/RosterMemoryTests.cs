using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Core.Spreadsheets;

[CollectionDefinition(nameof(RosterMemoryTests), DisableParallelization = true)]
public class AloneInTheProcess;

[Collection(nameof(RosterMemoryTests))]
public class RosterMemoryTests
{
    private const int Rows = 100_000, Columns = 15, Bound = 32 << 20;
    private static readonly string[] Headers = [.. Enumerable.Range(0, Columns).Select(i => $"列{i}")];

    [Theory]
    [InlineData(SpreadsheetFormat.Csv)]
    [InlineData(SpreadsheetFormat.Xlsx)]
    [InlineData(SpreadsheetFormat.Ndjson)]
    public void A_hundred_thousand_rows_pass_through_a_few_tens_of_megabytes(SpreadsheetFormat format)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using (var file = File.Create(path))
            using (var writer = SpreadsheetWriter.Create(file, format, Headers))
                Assert.InRange(Peak(Write(writer)), 0, Bound);
            using var roster = SpreadsheetReader.Open(path, format);
            Assert.InRange(Peak(roster.Rows), 0, Bound);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The planted fault: what keeps its rows is over the bound.</summary>
    [Fact]
    public void The_bound_is_one_that_a_list_of_all_rows_breaks()
    {
        List<string?[]> all = [];
        Assert.True(Peak(Cells().Select(row => { all.Add([.. row]); return row; })) > Bound);
        Assert.Equal(Rows, all.Count);
    }

    [Theory]
    [InlineData(SpreadsheetFormat.Csv)]
    [InlineData(SpreadsheetFormat.Xlsx)]
    [InlineData(SpreadsheetFormat.Ndjson)]
    public void Writing_allocates_next_to_nothing_a_row(SpreadsheetFormat format)
    {
        string[] row = [.. Enumerable.Range(0, Columns).Select(i => $"内容{i}")];
        using var writer = SpreadsheetWriter.Create(Stream.Null, format, Headers);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rows; i++) writer.Write(row);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16L * Rows);
    }

    /// <summary>How much more is alive than at the start, asked ten times on the way.</summary>
    private static long Peak<T>(IEnumerable<T> rows)
    {
        long start = GC.GetTotalMemory(forceFullCollection: true), peak = 0;
        var count = 0;
        foreach (var _ in rows)
            if (++count % (Rows / 10) == 0) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - start);
        Assert.Equal(Rows, count);
        return peak;
    }

    private static IEnumerable<string?[]> Write(SpreadsheetWriter writer) =>
        Cells().Select(row => { writer.Write(row); return row; });

    private static IEnumerable<string?[]> Cells()
    {
        for (var i = 0; i < Rows; i++)
            yield return [.. Enumerable.Range(0, Columns).Select(column => $"楚雄{i:d6}·{column}")];
    }
}
