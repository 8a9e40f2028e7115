using System.CommandLine;
using EduAssist.Data;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Host.Commands;

/// <summary><c>audit verify</c>: whether anything was taken from the audit, or altered.</summary>
internal sealed class AuditCommand : Command
{
    public AuditCommand(Startup startup)
        : base("audit", "审计")
    {
        var head = new Option<string?>("--head")
        {
            Description = "以前记下的链尾（日志里每小时一次，或上一次 verify 所得），证明那之前的一条不少",
        };
        var demo = DemoOptions.Demo();
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var verify = new Command(
            "verify",
            "沿审计链逐条核对：改动、缺失、调换、截尾；有问题时退出码为 1。例：audit verify --head 12:3f…"
        )
        {
            head,
            demo,
            json,
        };
        verify.SetAction(async parsed =>
        {
            ChainHead? known = null;
            if (parsed.GetValue(head) is { } text)
                known = ChainHead.Read(text)
                    ?? throw new OperatorException($"“{text}”不是链尾；例：12: 后跟 64 位十六进制数");
            var database = CommandDatabase.There(startup, parsed.GetValue(demo), null, out var instance);
            database.Upgrade(instance.Today.Now, Console.Error.WriteLine);
            var check = await AuditChain.VerifyAsync(database, known);
            if (parsed.GetValue(json))
                ConsoleOutput.Json(
                    new
                    {
                        Head = check.Head.ToString(),
                        check.Unsealed,
                        check.Faults,
                    }
                );
            else
            {
                foreach (var fault in check.Faults)
                    Console.Out.WriteLine($"错：{fault}");
                Console.Out.WriteLine(
                    $"核对了 {check.Head.Sequence} 条，{(check.Faults.Count == 0 ? "完整" : $"有 {check.Faults.Count} 处问题")}；另有 {check.Unsealed} 条尚未封存。链尾 {check.Head}"
                );
            }

            return check.Faults.Count == 0 ? 0 : 1;
        });
        Add(verify);
    }
}
