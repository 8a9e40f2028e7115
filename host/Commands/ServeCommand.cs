using System.CommandLine;
using EduAssist.Core.Policy;
using EduAssist.Web;
using Serilog;

namespace EduAssist.Host.Commands;

/// <summary><c>serve</c>: the server.</summary>
internal sealed class ServeCommand : Command
{
    internal Option<string> Urls { get; } = new("--urls") { Description = "监听地址，可用分号分隔多个", DefaultValueFactory = _ => "http://127.0.0.1:5080" };

    internal ServeCommand(Startup startup)
        : base("serve", "启动服务。例：serve --urls http://127.0.0.1:5080")
    {
        Add(Urls);
        SetAction(async (parsed, cancellation) =>
        {
            await using var log = new LoggerConfiguration().ReadFrom.Configuration(startup.Configuration).CreateLogger();
            await using var app = WebServer.Create(startup.Compose(), parsed.GetValue(Urls)!.Split(';'), logging => logging.AddSerilog(log));
            try
            {
                await app.StartAsync(cancellation);
            }
            catch (IOException taken)
            {
                throw new StartupException($"不能在 {parsed.GetValue(Urls)} 上监听，端口可能已被占用：{taken.GetBaseException().Message}");
            }

            foreach (var url in app.Urls) Console.Out.WriteLine($"正在监听 {url}");
            await app.WaitForShutdownAsync(cancellation);
        });
    }
}
