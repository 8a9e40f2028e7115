using System.CommandLine;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Host.Commands;

/// <summary><c>audit</c>: whether anything was taken from the audit or altered, and the end of its chain.</summary>
internal sealed class AuditCommand : Command
{
    public AuditCommand(Startup startup)
        : base("audit", "审计")
    {
        Add(Verify(startup));
        Add(Head(startup));
    }

    private static Command Verify(Startup startup)
    {
        var head = new Option<string?>("--head")
        {
            Description = "以前另存的链尾（日志里每分钟一次，audit head 或上一次 verify 所得），证明那之前的一条不少",
        };
        var demo = DemoOptions.Demo();
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var verify = new Command(
            "verify",
            "沿审计链逐条核对：改动、缺失、调换、截尾、清空、不是程序写的；有问题时退出码为 1。例：audit verify --head 12:3f…"
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
                        check.Notes,
                    }
                );
            else
                Tell(check);
            return check.Faults.Count == 0 ? 0 : 1;
        });
        return verify;
    }

    private static Command Head(Startup startup)
    {
        var accept = new Option<bool>("--accept")
        {
            Description =
                "库里的链完整时，重写数据文件夹里的链尾文件：换了机器、多了一台主机、在另一台主机上恢复过数据库。这件事记入审计",
        };
        var demo = DemoOptions.Demo();
        var head = new Command(
            "head",
            "输出审计链的链尾，交给另一方保存：以后用 audit verify --head 证明那之前的一条不少。例：audit head"
        )
        {
            accept,
            demo,
        };
        head.SetAction(async parsed =>
        {
            var isDemo = parsed.GetValue(demo);
            if (!parsed.GetValue(accept))
            {
                var database = CommandDatabase.There(startup, isDemo, null, out var instance);
                database.Upgrade(instance.Today.Now, Console.Error.WriteLine);
                var check = await AuditChain.VerifyAsync(database);
                return Print(check);
            }

            using var opened = await CommandDatabase.OpenAsync(startup, isDemo, null);
            return Print(await opened.Commands.AcceptHeadAsync(Actor.Local));
        });
        return head;
    }

    /// <summary>The end alone, to be sent on; of a chain that is not whole it would prove nothing.</summary>
    private static int Print(ChainCheck check)
    {
        if (check.Faults.Count > 0)
        {
            Tell(check);
            return 1;
        }

        Console.Out.WriteLine(check.Head);
        return 0;
    }

    private static void Tell(ChainCheck check)
    {
        foreach (var fault in check.Faults)
            Console.Out.WriteLine($"错：{fault}");
        foreach (var note in check.Notes)
            Console.Out.WriteLine($"注意：{note}");
        Console.Out.WriteLine(
            $"核对了 {check.Head.Sequence} 条，"
                + (check.Faults.Count == 0 ? "完整" : $"有 {check.Faults.Count} 处问题")
                + $"；另有 {check.Unsealed} 条尚未封存。链尾 {check.Head}"
        );
        if (check.Faults.Count > 0)
            Console.Out.WriteLine(AuditChain.Remedy);
    }
}
