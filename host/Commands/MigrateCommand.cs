using System.CommandLine;

namespace EduAssist.Host.Commands;

/// <summary><c>migrate</c>: the database brought up to the program.</summary>
internal sealed class MigrateCommand : Command
{
    public MigrateCommand(Startup startup)
        : base(
            "migrate",
            "建立数据库，或者把它升级到本程序的版本；升级前先备份到数据文件夹的 backups。serve 启动时也会这样做。例：migrate"
        )
    {
        var newDatabase = NewDatabaseOption.Create();
        Add(newDatabase);
        SetAction(parsed =>
        {
            var instance = startup.Compose();
            var database = startup.OpenDatabase(instance);
            database.CheckNotLost(parsed.GetValue(newDatabase), instance.Today.Now);
            var told = 0;
            database.Upgrade(instance.Today.Now, line =>
            {
                told++;
                Console.Out.WriteLine(line);
            });
            if (told == 0)
                Console.Out.WriteLine("数据库已是本程序的版本，无须升级。");
        });
    }
}

/// <summary><c>--new-database</c>, of the commands that make one.</summary>
internal static class NewDatabaseOption
{
    internal static Option<bool> Create() =>
        new("--new-database") { Description = "数据文件夹里有主密钥或链尾文件而没有数据库时，建立空的数据库" };
}
