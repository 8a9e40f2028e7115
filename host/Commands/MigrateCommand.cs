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
        SetAction(_ =>
        {
            var instance = startup.Compose();
            var told = 0;
            startup
                .OpenDatabase(instance)
                .Upgrade(instance.Today.Now, line =>
                {
                    told++;
                    Console.Out.WriteLine(line);
                });
            if (told == 0)
                Console.Out.WriteLine("数据库已是本程序的版本，无须升级。");
        });
    }
}
