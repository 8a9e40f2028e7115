using System.Runtime.CompilerServices;

namespace EduAssist;

/// <summary>
/// Where tests store what they store. The program flushes after every command, as it should, and tests do hundreds of
/// thousands: in memory, where there is room, they need half of the time. Whoever sets <c>TMPDIR</c> is obeyed.
/// </summary>
internal static class TemporaryFolder
{
    private const string Variable = "TMPDIR",
        Memory = "/dev/shm";
    private const long Enough = 6_000_000_000;

    [ModuleInitializer]
    internal static void Choose()
    {
        if (
            OperatingSystem.IsLinux()
            && Environment.GetEnvironmentVariable(Variable) is null
            && Directory.Exists(Memory)
            && new DriveInfo(Memory).AvailableFreeSpace > Enough
        )
            Environment.SetEnvironmentVariable(Variable, Memory);
    }
}
