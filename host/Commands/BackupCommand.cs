using System.CommandLine;
using EduAssist.Data;

namespace EduAssist.Host.Commands;

/// <summary><c>backup</c>: everything that is stored, in one file.</summary>
internal sealed class BackupCommand : Command
{
    public BackupCommand(Startup startup)
        : base(
            "backup",
            "把数据库完整备份到一个文件，服务运行时也可以；不覆盖已有的文件。文件里有个人信息，而没有主密钥（master.key 或配置项 MasterKey）：主密钥须另外保管，没有它就恢复不了。例：backup /backups/2026-05-06.backup"
        )
    {
        var file = new Argument<FileInfo>("FILE") { Description = "备份文件，须还不存在" };
        var demo = DemoOptions.Demo();
        Add(file);
        Add(demo);
        SetAction(parsed =>
        {
            var to = parsed.GetRequiredValue(file);
            var database = CommandDatabase.There(startup, parsed.GetValue(demo), null, out var instance);
            var head = Backup.Write(database, to.FullName, instance.Today.Now);
            to.Refresh();
            Console.Out.WriteLine(
                $"已备份到 {to.FullName}：{head.Rows.Count} 张表，{head.Rows.Values.Sum()} 行，{to.Length} 字节。主密钥不在备份里，须另外保管。"
            );
        });
    }
}
