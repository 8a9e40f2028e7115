using CsvHelper;

namespace EduAssist.Kernel.Registry;

/// <summary>Reference tables as they stand in the seeds: UTF-8, commas, one header line.</summary>
internal static class ReferenceTable
{
    private static readonly CsvReaderOptions Options = new() { Separator = ',', TrackLineNumbers = true };

    /// <summary>
    /// The reader on each row in turn. A column that is not there throws <see cref="KeyNotFoundException"/> when it is
    /// asked for.
    /// </summary>
    internal static IEnumerable<CsvReader> Rows(TextReader text)
    {
        using var csv = CsvReader.Create(text, Options, leaveOpen: true);
        while (csv.Read())
            yield return csv;
    }

    internal static InvalidDataException Unreadable(CsvReader row, string column) =>
        new($"Line {row.LineNumber}: {column} cannot be read.");
}
