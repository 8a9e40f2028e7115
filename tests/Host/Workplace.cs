using System.Text;

namespace EduAssist.Host;

/// <summary>A folder of one test, from which the host runs, with the settings that it is given.</summary>
internal sealed class Workplace : IDisposable
{
    private static readonly Lazy<Task<Workplace>> Empty = Once(async place =>
        (await HostProcess.Run(place, "migrate")).Done()
    );

    internal Workplace(params IEnumerable<(string Key, string Value)> settings)
    {
        Settings["Data"] = Path.Combine(Folder, "data");
        foreach (var (key, value) in settings)
            Settings[key] = value;
    }

    internal string Folder { get; } = Directory.CreateTempSubdirectory("eduassist-").FullName;

    internal Dictionary<string, string> Settings { get; } = [];

    internal string this[string file] => Path.Combine(Folder, file);

    /// <summary>One with an empty database.</summary>
    internal static Task<Workplace> Migrated() => Copy(Empty);

    /// <summary>Made when it is first asked for, and kept for copies until the tests have ended.</summary>
    internal static Lazy<Task<Workplace>> Once(Func<Workplace, Task> make) =>
        new(async () =>
        {
            var place = new Workplace();
            AppDomain.CurrentDomain.ProcessExit += (_, _) => place.Dispose();
            await make(place);
            return place;
        });

    /// <summary>One with the files of another.</summary>
    internal static async Task<Workplace> Copy(
        Lazy<Task<Workplace>> made,
        params IEnumerable<(string Key, string Value)> settings
    )
    {
        var (first, place) = (await made.Value, new Workplace(settings));
        foreach (var file in Directory.GetFiles(first.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = place[Path.GetRelativePath(first.Folder, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return place;
    }

    /// <summary>One whose modules are the toy region alone, in a folder as a stranger would lay it out.</summary>
    internal static Workplace OfToy(params IEnumerable<(string Key, string Value)> settings)
    {
        var place = new Workplace([("Modules", "ToyRegion"), .. settings]);
        place.Settings["ModulesFolder"] = place["modules"];
        Put(HostProcess.Built("ToyRegion"), place.ToyDll);
        var required = Path.Combine("modules", "National", "EduAssist.National.dll");
        Put(Path.Combine(Path.GetDirectoryName(HostProcess.Host)!, required), Path.Combine(place.Folder, required));
        return place;

        static void Put(string from, string to)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
        }
    }

    internal string ToyDll => Path.Combine(Folder, "modules", "ToyRegion", "EduAssist.ToyRegion.dll");

    /// <summary>Writes a file and says its path.</summary>
    internal string Write(string file, string text, Encoding? encoding = null)
    {
        File.WriteAllText(this[file], text, encoding ?? new UTF8Encoding(false));
        return this[file];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
