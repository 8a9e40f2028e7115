using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduAssist.Chuxiong;
using EduAssist.Kernel.Calendar;
using EduAssist.OData.Oracle;
using EduAssist.Platform;
using EduAssist.Web;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.OData;

/// <summary>The twenty questions of docs/odata.md have the answers that stand there, on the demo of that day.</summary>
public sealed partial class QuestionTests
{
    private static readonly JsonSerializerOptions Unescaped = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Theory, EveryDatabase]
    public async Task Every_question_of_the_documentation_has_its_answer(DatabaseKind kind)
    {
        var file = Path.Combine(Root(), "docs", "odata.md");
        var text = await File.ReadAllTextAsync(file);
        var questions = Questions().Matches(text);
        Assert.Equal(20, questions.Count);

        using var databases = new OwnDatabases(kind);
        var instance = Instance.Compose(
            Baseline.With(new ChuxiongModule()),
            _ => null,
            new HolidayFolder(databases.Folder).Table(),
            new Day()
        );
        var database = new Database(databases.Next(), databases.Folder, null, instance.Tables);
        database.Upgrade(instance.Today.Now, _ => { });
        using var commands = new CommandExecutor(instance, database);
        await commands.PrepareDatabaseAsync(demo: true);
        await using var app = WebServer.Create(instance, commands, ["http://127.0.0.1:0"], _ => { });
        app.MapOData(commands, instance.Catalogue.Listings, new(), http => http.Actor(), instance.MeaningOf);
        await app.StartAsync();
        using var client = new HttpClient
        {
            BaseAddress = new(
                app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
            ),
        };
        client.DefaultRequestHeaders.Authorization = await Served.SignedIn(commands);
        client.DefaultRequestHeaders.Add("Accept", "application/json;odata.metadata=none"); // rows, and no addresses

        var answered = text;
        foreach (Match question in questions)
        {
            using var answer = await client.GetAsync(Asking.Escaped(question.Groups["query"].Value));
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{question.Groups["query"].Value}\n{body}");
            answered = answered.Replace(
                question.Value,
                $"```http\nGET {question.Groups["query"].Value}\n```\n\n```json\n{Shown(body)}```",
                StringComparison.Ordinal
            );
        }

        if (Environment.GetEnvironmentVariable("EDUASSIST_APPROVE") == "1")
            await File.WriteAllTextAsync(file, answered);
        else
            Assert.Equal(text, answered);
    }

    /// <summary>A row a line.</summary>
    private static string Shown(string body) =>
        body.StartsWith('{')
            ? string.Concat(JsonNode.Parse(body)!["value"]!.AsArray().Select(r => r!.ToJsonString(Unescaped) + "\n"))
            : body + "\n";

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "EduAssist.sln")))
            at = at.Parent;
        return at.FullName;
    }

    [GeneratedRegex(
        @"```http\nGET (?<query>[^\n]*)\n```\n\n```json\n(?:[^`]*)```",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Questions();

    private sealed class Day : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2021, 5, 13, 9, 0, 0, Today.Offset);
    }
}
