using System.CommandLine;
using EduAssist.Data;

namespace EduAssist.Host.Commands;

/// <summary><c>restore</c>: a backup put back.</summary>
internal sealed class RestoreCommand : Command
{
    public RestoreCommand(Startup startup)
        : base(
            "restore",
            "从备份文件恢复数据库，先停止服务；文件先经校验，恢复要么全部完成，要么什么都不改。需要备份时的主密钥，它不在备份里。两种数据库的备份可以互相恢复。例：restore /backups/2026-05-06.backup --replace"
        )
    {
        var file = new Argument<FileInfo>("FILE") { Description = "backup 写的文件" };
        var replace = new Option<bool>("--replace") { Description = "取代数据库里已有的数据；取代之前先备份它" };
        Add(file);
        Add(replace);
        SetAction(parsed =>
        {
            var instance = startup.Compose();
            var head = BackupRestore.Restore(
                startup.OpenDatabase(instance),
                parsed.GetRequiredValue(file).FullName,
                parsed.GetValue(replace),
                instance.Today.Now,
                Console.Out.WriteLine
            );
            Console.Out.WriteLine(
                $"已恢复 {head.At:yyyy-MM-dd HH:mm:ss} 的备份：{head.Rows.Count} 张表，{head.Rows.Values.Sum()} 行。备份由 {head.Program} 版写成；较旧的，启动服务或 migrate 时升级。"
            );
        });
    }
}
