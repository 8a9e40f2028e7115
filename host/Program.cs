using System.CommandLine;
using System.Text;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Host;
using EduAssist.Host.Commands;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
try
{
    var startup = new Startup();
    var serve = new ServeCommand(startup);
    var root = new RootCommand("EduAssist：义务教育控辍保学与职教班。不带命令即 serve。")
    {
        serve,
        new ModulesCommand(startup),
        new CalendarCommand(startup),
        new AssessCommand(startup),
        new HolidaysCommand(startup),
        new ChecksCommand(startup),
        new ImportCommand(startup),
        new ExportCommand(startup),
        new BackupCommand(startup),
        new RestoreCommand(startup),
        new MigrateCommand(startup),
        new UsersCommand(startup),
        new KeysCommand(startup),
        new AuditCommand(startup),
    };
    foreach (var option in serve.Options)
        root.Add(option);
    root.Action = serve.Action;
    var parsed = root.Parse(args);
    if (parsed.Errors.Count > 0)
        throw new StartupException($"命令有误：{ParseErrorText.Describe(parsed)}（--help 查看用法）");
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception refused)
    when (refused
            is StartupException
                or HolidaysNotPublishedException
                or SpreadsheetException
                or IOException
                or InvalidDataException
                or UnauthorizedAccessException
    )
{
    await Console.Error.WriteLineAsync(refused.Message);
    return refused is SpreadsheetException ? 2 : 1;
}
