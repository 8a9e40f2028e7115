using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.ToyRegion;

/// <summary>第十五条：随车照管员，不必有学籍。</summary>
public class EscortTests
{
    private static readonly EscortWorkflow Escorts = new();

    [Theory, EveryDatabase]
    [Proves("toy2024/15")]
    public async Task An_adult_is_entered_once_and_admitted_and_a_minor_is_not(DatabaseKind kind)
    {
        using var demo = new Stored(kind, new(2026, 3, 12), null, new ToyRegionModule());
        await demo.Commands.PrepareDatabaseAsync(demo: true);
        var adult = await Opened("张三", "520102200803129913");   // eighteen on this day
        Assert.Equal(adult.StudentId, (await Opened("张三", "520102200803129913")).StudentId);
        var other = await Open("李四", "520102200803129913");
        Assert.Equal(["name"], other.Refusal!.Errors!.Keys);
        var minor = await Opened("李四", "520102200803139919");
        Assert.Equal([], await Findings(adult.Id));
        Assert.Equal(["adult"], await Findings(minor.Id));
        await using var db = demo.Read();
        Assert.Equal(1, await db.Set<Student>().CountAsync(s => s.Name == "张三" && !s.Rolls.Any()));

        Task<CommandResult> Open(string name, string number) => demo.Commands.ExecuteAsync(new(Actor.Local),
            work => Escorts.OpenAsync(work, new()
            {
                ["name"] = name,
                ["residentId"] = number,
                ["school"] = "玩具第一学校",
            }));

        async Task<CaseSummary> Opened(string name, string number)
        {
            var result = await Open(name, number);
            Assert.True(result.IsDone, result.Refusal?.Detail);
            Assert.Empty(result.Answer<CaseSummary>()!.FormFindings);
            return result.Answer<CaseSummary>()!;
        }

        async Task<IReadOnlyList<string>> Findings(Guid id) =>
            [
                .. (await demo.Commands.QueryAsync(Actor.Local, work => Escorts.ViewAsync(work, id)))!.Actions.Single()
                    .Findings.Select(f => f.Rule),
            ];
    }
}
