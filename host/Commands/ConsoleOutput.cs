using System.Text.Json;
using EduAssist.Kernel.Provisions;
using EduAssist.Web;
using Spectre.Console;

namespace EduAssist.Host.Commands;

/// <summary>How commands print: a table for people, the API's JSON for programs.</summary>
internal static class ConsoleOutput
{
    private static readonly JsonSerializerOptions Options = Described();

    internal static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));

    internal static void Table(string title, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (Console.IsOutputRedirected)
        {
            // redirected output has no width: without this the library breaks lines at 80 characters
            AnsiConsole.Profile.Width = 400;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        var table = new Table { Border = TableBorder.Simple, Title = new(Markup.Escape(title)) };
        foreach (var header in headers)
            table.AddColumn(Markup.Escape(header));
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
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
