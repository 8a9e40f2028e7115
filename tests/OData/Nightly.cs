using System.Globalization;

namespace EduAssist.OData;

/// <summary>
/// How much is tried: ten times more by night (<c>EDUASSIST_NIGHTLY=1</c>), with other seeds every night.
/// <c>EDUASSIST_SEED</c> repeats one.
/// </summary>
internal static class Nightly
{
    internal static bool Is { get; } = Environment.GetEnvironmentVariable("EDUASSIST_NIGHTLY") == "1";

    internal static ulong Seed { get; } =
        ulong.TryParse(
            Environment.GetEnvironmentVariable("EDUASSIST_SEED"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seed
        )
            ? seed
        : Is ? (ulong)Random.Shared.Next()
        : 20200508;
}
