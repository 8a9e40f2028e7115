using EduAssist.Kernel.Registry;

namespace EduAssist.Kernel.Calendar;

/// <summary>
/// The holidays of an instance: those that came with the program, and the notices that its operator has loaded since,
/// one file a year in a folder. A loaded year takes the place of the one that came with the program.
/// </summary>
/// <param name="folder">Made when the first notice is loaded.</param>
public sealed class HolidayFolder(string folder)
{
    /// <summary>Where the loaded notices are kept.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(folder.Length == 0 ? "." : folder);

    /// <summary>The table as it stands now.</summary>
    /// <exception cref="InvalidDataException">
    /// A file of the folder is no longer sound; the message names it.
    /// </exception>
    public HolidayTable Table() => Loaded().Aggregate(Shipped(), (table, year) => table.With(year));

    /// <summary>
    /// Loads the notice of a year: a sound file is copied into the folder, of a faulty one nothing is.
    /// </summary>
    /// <param name="path">As <see cref="HolidayFile"/> describes.</param>
    public HolidayFile Load(string path)
    {
        var file = HolidayFile.Read(path);
        if (file.Published is { } year)
        {
            Directory.CreateDirectory(folder);
            var target = System.IO.Path.Combine(folder, $"{year.Year}.csv");
            File.Copy(path, target + ".new", overwrite: true);
            File.Move(target + ".new", target, overwrite: true);   // whole or not at all
        }

        return file;
    }

    private IEnumerable<HolidayYear> Loaded() => !Directory.Exists(folder) ? [] :
        Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal)
            .Select(path => HolidayFile.Read(path) is { Published: { } year } ? year
            : throw new InvalidDataException($"已载入的放假通知 {path} 无法读取：{HolidayFile.Read(path).Faults[0]}"));

    private static HolidayTable Shipped()
    {
        using var holidays = Seed.Text(typeof(HolidayFolder).Assembly, "holidays.csv");
        using var notices = Seed.Text(typeof(HolidayFolder).Assembly, "holiday-notices.csv");
        return HolidayTable.Read(holidays, notices);
    }
}
