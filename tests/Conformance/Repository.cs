namespace EduAssist.Conformance;

/// <summary>
/// The source tree that the tests run in: approved files are compared with it, and written to it when somebody
/// approves.
/// </summary>
internal static class Repository
{
    internal static string Root { get; } =
        Upwards(AppContext.BaseDirectory).First(folder => File.Exists(Path.Combine(folder, "EduAssist.sln")));

    /// <summary><c>EDUASSIST_APPROVE=1 dotnet test</c> writes what is new into the approved files.</summary>
    internal static bool Approving => Environment.GetEnvironmentVariable("EDUASSIST_APPROVE") == "1";

    internal static string Read(string path) =>
        File.Exists(Path.Combine(Root, path)) ? File.ReadAllText(Path.Combine(Root, path)) : "";

    internal static void Write(string path, string text) => File.WriteAllText(Path.Combine(Root, path), text);

    /// <summary>The folder of a module's or a test's file, from the root.</summary>
    internal static string FolderOf(string file) =>
        Path.GetRelativePath(
            Root,
            Path.GetDirectoryName(
                ((string[])["modules", "tests"])
                    .SelectMany(area =>
                        Directory.EnumerateFiles(Path.Combine(Root, area), file, SearchOption.AllDirectories)
                    )
                    .Single(f =>
                        !f.Contains(
                            $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                            StringComparison.Ordinal
                        )
                    )
            )!
        );

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }
}
