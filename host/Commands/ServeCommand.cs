using System.CommandLine;
using System.Net.Sockets;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;
using EduAssist.OData;
using EduAssist.Office.Demo;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using EduAssist.Platform;
using EduAssist.Web;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Serilog;

namespace EduAssist.Host.Commands;

/// <summary><c>serve</c>: the server.</summary>
internal sealed class ServeCommand : Command
{
    internal Option<string> Urls { get; } =
        new("--urls")
        {
            Description = "监听地址，可用分号分隔多个",
            DefaultValueFactory = _ => "http://127.0.0.1:5080",
        };

    internal Option<bool> Demo { get; } = new("--demo") { Description = "演示：自己的数据库，全是虚构数据" };

    internal Option<string?> Today { get; } = DemoOptions.Today();

    internal Option<bool> NewDatabase { get; } = NewDatabaseOption.Create();

    public ServeCommand(Startup startup)
        : base(
            "serve",
            "启动服务，建立或升级数据库。例：serve --urls http://127.0.0.1:5080；serve --demo --today 2020-05-06"
        )
    {
        Add(Urls);
        Add(Demo);
        Add(Today);
        Add(NewDatabase);
        SetAction(
            async (parsed, cancellation) =>
            {
                await using var log = RedactingLogSink.CreateLogger(startup.Configuration);
                var demo = parsed.GetValue(Demo);
                var configured = ServerOptions.From(key => startup.Configuration[key]);
                // everybody knows the passwords of the demo, so its settings for access from elsewhere are ignored
                var access = demo ? ServerOptions.Default with { MetricsToken = configured.MetricsToken } : configured;
                var urls = WebServer.Addresses(parsed.GetValue(Urls)!.Split(';'), access);
                ListeningPorts.Check(urls); // before a database is made, or an old one upgraded
                var instance = startup.Compose(DemoClock.Parse(parsed.GetValue(Today), demo));
                var database = demo ? startup.OpenDemoDatabase(instance) : startup.OpenDatabase(instance);
                if (!demo)
                    database.CheckNotLost(parsed.GetValue(NewDatabase), instance.Today.Now);
                else if (parsed.GetValue(NewDatabase))
                    throw new OperatorException("演示用不着 --new-database：删除它的数据库，它就从头开始。");
                database.Upgrade(instance.Today.Now, line => log.Information("{Upgrade}", line));
                using var commands = new CommandExecutor(instance, database);
                if (await commands.PrepareDatabaseAsync(demo) is { } filled)
                    foreach (var line in DemoRemarks(filled, instance, database))
                        Console.Out.WriteLine(line);
                if (demo)
                    access = access with { Demo = await FillDemoAsync(instance, commands) };
                else
                    await Accounts.UseAsync(commands, MakeFirstAsync);
                foreach (var line in await MisplacedRolesAsync(commands))
                    Console.Out.WriteLine(line);
                await commands.SealAsync(cancellation);
                await using var app = WebServer.Create(
                    instance,
                    commands,
                    urls,
                    logging => logging.SetMinimumLevel(LogLevel.Trace).AddSerilog(log),
                    access
                );
                app.MapOData(
                    commands,
                    instance.Catalogue.Listings,
                    Limits.From(key => startup.Configuration[key]),
                    http => http.Actor(),
                    instance.MeaningOf
                );
                try
                {
                    await app.StartAsync(cancellation);
                }
                catch (IOException taken)
                {
                    throw ListeningPorts.Refused(
                        parsed.GetValue(Urls)!,
                        taken.GetBaseException() is SocketException { SocketErrorCode: var why }
                            ? why
                            : SocketError.AddressAlreadyInUse,
                        taken
                    );
                }

                foreach (var url in app.Urls)
                    Console.Out.WriteLine($"正在监听 {url}");
                await app.WaitForShutdownAsync(cancellation);
            }
        );
    }

    /// <summary>What in the demo is not as it would be, were it filled now.</summary>
    private static List<string> DemoRemarks(
        (DateOnly On, IReadOnlyList<string>? Modules) filled,
        Instance instance,
        Database database
    )
    {
        List<string> remarks = [];
        if (filled.On != instance.Today.Date)
            remarks.Add(
                $"演示数据是按 {filled.On:yyyy-MM-dd} 建立的，予以保留，今天按 {instance.Today.Date:yyyy-MM-dd} 算。"
            );
        if (filled.Modules is { } by)
        {
            var loaded = instance.Tables.Select(t => t.Module).ToList();
            if (loaded.Except(by).ToList() is { Count: > 0 } absent)
                remarks.Add(
                    $"演示数据里没有{string.Join("、", absent.Select(Title))}的：建立它时没有加载这{(absent.Count > 1 ? "些模块" : "个模块")}。"
                );
            if (by.Except(loaded).ToList() is { Count: > 0 } more)
                remarks.Add(
                    $"演示数据里有模块 {string.Join("、", more)} 的，现在没有加载{(more.Count > 1 ? "它们" : "它")}，看不到。"
                );
        }

        if (remarks.Count > 0)
            remarks[^1] +=
                $"要从头开始，请停止服务，删除 {database.File ?? "演示用的数据库"}{(database.File is null ? "" : "（连同 -wal、-shm）")}，再启动。";
        return remarks;

        string Title(string module) => $"{instance.Catalogue.Module(module)?.Module.Title ?? module}（{module}）";
    }

    /// <summary>Gives a new demo its users.</summary>
    /// <returns>Those that this demo has: an older one keeps what it was filled with.</returns>
    private static async Task<IReadOnlyList<DemoUser>> FillDemoAsync(Instance instance, CommandExecutor commands)
    {
        var regions = instance
            .Catalogue.Modules.Where(m => m.Module.Jurisdiction is not null)
            .Select(m => new DemoRegion(
                m.Module.Id,
                DivisionCode.TryParse(m.Module.Jurisdiction, out var code) ? code : default,
                m.Roles
            ))
            .ToList();
        return await Accounts.UseAsync(commands, async accounts =>
        {
            var isNew = await accounts.IsEmptyAsync();
            if (isNew)
                await DemoUsers.FurnishAsync(commands, regions);
            await using var db = commands.Database.Read(AccessScope.Everything);
            var users = await DemoUsers.ListAsync(db, commands.Policy.Divisions, regions);
            if (isNew)
                await accounts.FillDemoAsync([.. users.Select(u => (u.Name, u.Grant))]);
            var there = (await accounts.ListAsync(Actor.Program)).Select(u => u.Name).ToHashSet();
            return (IReadOnlyList<DemoUser>)[.. users.Where(u => there.Contains(u.Name))];
        });
    }

    /// <summary>
    /// Roles that count for nothing where they were given: by a program that did not ask for their level, or of a
    /// module that is loaded no longer. Whoever has them wonders; whoever runs the server is told.
    /// </summary>
    private static async Task<IReadOnlyList<string>> MisplacedRolesAsync(CommandExecutor commands)
    {
        await using var db = commands.Database.OpenUnfiltered();
        var users = await RolePlaces.FindMisplacedAsync(db, commands.Policy.Roles);
        return users.Count == 0
            ? []
            :
            [
                $"有 {users.Count} 名用户的角色不在其级别的地方，或者它的模块没有加载，不生效：{string.Join("、", users.Take(20))}"
                    + $"{(users.Count > 20 ? "……" : "")}。请在“用户与权限”页取消，另在其级别的地方授予。",
            ];
    }

    /// <summary>
    /// Makes the first user and prints the password, here and only this once; it is stored nowhere in plain.
    /// </summary>
    private static async Task<bool> MakeFirstAsync(Accounts accounts)
    {
        if (!await accounts.IsEmptyAsync())
            return false;
        var made = await accounts.MakeAsync(Actor.Program, "admin", [new(Role.Administrator, PlaceNames.Everywhere)]);
        Console.Out.WriteLine(
            $"首次启动：用户 admin 的一次性密码是 {made.Answer<IssuedPassword>()!.Password}，登录时须修改；它只显示这一次。"
        );
        return true;
    }
}
