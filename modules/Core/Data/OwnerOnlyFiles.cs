namespace EduAssist.Data;

/// <summary>
/// Files with personal data or keys, which nobody but their owner reads or writes. On Windows the rights of the folder
/// hold.
/// </summary>
internal static class OwnerOnlyFiles
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new file.</summary>
    /// <exception cref="IOException">It is there already.</exception>
    internal static FileStream Create(string file)
    {
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = Mode;
        return new(file, create);
    }

    /// <summary>
    /// Restricts a database of SQLite and the files beside it, made if they are not there. Files that SQLite makes
    /// later take over the rights of the database.
    /// </summary>
    internal static void EnsureOwnerOnly(string database)
    {
        if (!File.Exists(database))
            Create(database).Dispose();
        if (OperatingSystem.IsWindows())
            return;
        foreach (var end in (string[])["", "-wal", "-shm", "-journal"])
        {
            var file = database + end;
            if (File.Exists(file) && File.GetUnixFileMode(file) != Mode)
                File.SetUnixFileMode(file, Mode);
        }
    }
}
