using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using CsvHelper;

namespace EduAssist.Kernel.Registry;

/// <summary>
/// Reference data: the CSV files of <c>seeds/Module</c>, built into the module's assembly, so that a module is one
/// file.
/// </summary>
public static class Seed
{
    /// <summary>The rows of a CSV of the calling module.</summary>
    /// <param name="file">Its name: <c>plan-2020-counties.csv</c>.</param>
    /// <param name="read">Makes a record of a row.</param>
    /// <exception cref="InvalidDataException">A cell cannot be read: the module was built wrong.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IReadOnlyList<T> Rows<T>(string file, Func<SeedRow, T> read) =>
        Rows(Assembly.GetCallingAssembly(), file, read);

    internal static IReadOnlyList<T> Rows<T>(Assembly assembly, string file, Func<SeedRow, T> read)
    {
        using var csv = CsvReader.Create(Text(assembly, file),
            new CsvReaderOptions { Separator = ',', TrackLineNumbers = true });
        List<T> rows = [];
        while (csv.Read()) rows.Add(read(new(csv, file)));
        return rows;
    }

    internal static TextReader Text(Assembly assembly, string file) =>
        new StreamReader(assembly.GetManifestResourceStream(file)
            ?? throw new FileNotFoundException($"{assembly.GetName().Name} 中没有 {file}。", file));
}

/// <summary>One row of reference data, by the names of its columns.</summary>
public readonly struct SeedRow
{
    private readonly CsvReader csv;
    private readonly string file;

    internal SeedRow(CsvReader csv, string file) => (this.csv, this.file) = (csv, file);

    /// <summary>A text; empty when blank.</summary>
    public string Text(string column) => csv.GetString(column);

    /// <summary>A text; null when blank.</summary>
    public string? TextOrNone(string column) => Text(column) is { Length: > 0 } text ? text : null;

    /// <summary>A whole number.</summary>
    public int Number(string column) => NumberOrNone(column) ?? throw Unreadable(column);

    /// <summary>A whole number; null when blank.</summary>
    public int? NumberOrNone(string column) => Text(column) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : throw Unreadable(column);

    /// <summary>A division code.</summary>
    public DivisionCode Division(string column) =>
        DivisionCode.TryParse(Text(column), out var code) ? code : throw Unreadable(column);

    private InvalidDataException Unreadable(string column) => new($"{file} 第 {csv.LineNumber} 行的 {column} 无法读取。");
}
