using System.Diagnostics;
using Xunit;

namespace EduAssist.Conformance;

/// <summary>Another program for spreadsheets, which opens a file and saves it anew.</summary>
public static class LibreOffice
{
    /// <summary>The filter for CSV: comma, quotes, UTF-8 (76), every cell as it is shown.</summary>
    public const string Csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false";

    /// <summary>
    /// Opens a file and saves it in a folder, with a profile of its own: another instance would otherwise be asked to
    /// do it.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="filter">As what: <c>xlsx</c>, <see cref="Csv"/>.</param>
    /// <param name="folder">Where it is put, under its own name.</param>
    public static async Task ConvertAsync(string file, string filter, string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string[] arguments =
        [
            $"-env:UserInstallation={new Uri(folder + ".profile")}",
            "--headless",
            "--convert-to",
            filter,
            "--outdir",
            folder,
            file,
        ];
        var start = new ProcessStartInfo(ExternalProgram.LibreOffice.Path(), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var office = Process.Start(start)!;
        try
        {
            var end = TestContext.Current.CancellationToken;
            var said = office.StandardError.ReadToEndAsync(end);
            await office.StandardOutput.ReadToEndAsync(end);
            await office.WaitForExitAsync(end);
            Assert.True(office.ExitCode == 0, await said);
        }
        finally
        {
            if (!office.HasExited)
                office.Kill(entireProcessTree: true);
        }
    }
}
