using System.CommandLine;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Host.Commands;

/// <summary><c>keys rotate</c>: another key for what is encrypted, or another master key.</summary>
internal sealed class KeysCommand : Command
{
    public KeysCommand(Startup startup)
        : base("keys", "加密密钥")
    {
        var master = new Option<string?>("--master")
        {
            Description =
                "更换主密钥：新的主密钥所在的文件（32 字节的 Base64）；须先停止服务，之后把它放到原来主密钥的位置",
        };
        var rotate = new Command(
            "rotate",
            "更换数据密钥，并用它重新加密已有的数据；服务运行时也可以，旧备份照样能恢复。例：keys rotate；keys rotate --master new.key"
        )
        {
            master,
        };
        rotate.SetAction(async parsed =>
        {
            if (parsed.GetValue(master) is { } file)
            {
                if (!File.Exists(file))
                    throw new OperatorException($"没有文件 {file}。");
                var database = CommandDatabase.There(startup, demo: false, null, out var instance);
                await KeyRotation.RotateMasterAsync(
                    instance,
                    database,
                    await File.ReadAllTextAsync(file),
                    file,
                    Actor.Local
                );
                Console.Out.WriteLine(
                    $"数据库的密钥已改用新的主密钥。现在用 {file} 取代 {database.Folder} 里的 master.key（或者配置项 MasterKey）；以前的备份仍须原来的主密钥，请一并保存。"
                );
                return;
            }

            using var opened = await CommandDatabase.OpenAsync(startup, demo: false, today: null);
            var (key, rows) = await KeyRotation.RotateAsync(opened.Commands, Actor.Local);
            Console.Out.WriteLine($"已启用第 {key} 把数据密钥，重新加密了 {rows} 行。");
        });
        Add(rotate);
    }
}
