using System.Text.Json;
using EduAssist.Kernel.Provisions;
using EduAssist.Web;
using Spectre.Console;

namespace EduAssist.Host.Commands;

/// <summary>How commands print: a table for people, the API's JSON for programs.</summary>
internal static class ConsoleOutput
{
    private static readonly JsonSerializerOptions Options = Described();

    /// <summary>From how many columns on a value beside another fits into one line.</summary>
    private const int Wide = 150,
        Narrowest = 60,
        LeastProse = 9; // four characters a line

    internal static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <param name="title">Above it.</param>
    /// <param name="headers">Of the columns.</param>
    /// <param name="rows">With a cell for each; several values in one stand behind blanks.</param>
    /// <param name="prose">
    /// The columns that may be broken anywhere, since they are words; of the others a value never is. None: all.
    /// </param>
    internal static void Table(
        string title,
        IReadOnlyList<string> headers,
        IEnumerable<IReadOnlyList<string>> rows,
        params IReadOnlyList<string> prose
    )
    {
        if (Console.IsOutputRedirected)
        {
            // redirected output has no width: without this the library breaks lines at 80 characters
            AnsiConsole.Profile.Width = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var width)
                ? width
                : 400;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        // where nothing fits the library would never end; a terminal that is narrower breaks lines by itself
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, Narrowest);
        IReadOnlyList<IReadOnlyList<string>> cells = [.. rows];
        // broken at blanks, never within a value; where even that does not fit, the library breaks as it can
        var isNarrow = prose.Count > 0 && AnsiConsole.Profile.Width < Wide && Least() <= AnsiConsole.Profile.Width;
        var table = new Table
        {
            Border = isNarrow ? TableBorder.None : TableBorder.Simple,
            Title = new(Markup.Escape(title)),
        };
        foreach (var header in headers)
            table.AddColumn(
                isNarrow
                    ? new(Markup.Escape(header)) { NoWrap = !prose.Contains(header), Padding = new(0, 0, 1, 0) }
                    : new(Markup.Escape(header))
            );
        foreach (var row in cells)
            table.AddRow([
                .. row.Select(
                    (cell, i) => Markup.Escape(isNarrow && !prose.Contains(headers[i]) ? cell.Replace(' ', '\n') : cell)
                ),
            ]);
        AnsiConsole.Write(table);

        int Least() =>
            headers
                .Select((h, i) => prose.Contains(h) ? LeastProse : cells.Select(r => r[i]).Append(h).Max(Longest) + 1)
                .Sum();

        static int Longest(string cell) => cell.Split(' ').Max(word => word.Sum(c => c < 0x2E80 ? 1 : 2));
    }

    /// <summary>
    /// A file to be written, or one clear line; with <paramref name="ownersAlone"/> a new one is nobody else's to read,
    /// since there are persons in it.
    /// </summary>
    internal static FileStream Create(string path, bool ownersAlone = false)
    {
        try
        {
            var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (ownersAlone && !OperatingSystem.IsWindows())
                create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new(path, create);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(
                $"不能写 {path}：{(Directory.Exists(Path.GetDirectoryName(path)) ? "没有权限，或文件被占用" : "没有这个文件夹")}。"
            );
        }
    }

    private static JsonSerializerOptions Described()
    {
        var options = new JsonSerializerOptions { WriteIndented = true };
        WebServer.Describe(options);
        return options;
    }
}
