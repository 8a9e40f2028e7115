using System.CommandLine;
using System.Globalization;
using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.Changes;

namespace EduAssist.Host.Commands;

/// <summary><c>imports list</c> and <c>imports undo</c>: what was imported, and one import taken back.</summary>
internal sealed class ImportsCommand : Command
{
    public ImportsCommand(Startup startup)
        : base("imports", "导入记录；撤销一次导入")
    {
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var (demo, today) = (DemoOptions.Demo(), DemoOptions.Today());
        var list = new Command("list", "导入记录，最近的在前。例：imports list") { json, demo, today };
        list.SetAction(async parsed =>
        {
            using var opened = await CommandDatabase.OpenAsync(startup, parsed.GetValue(demo), parsed.GetValue(today));
            var sets = await opened.Commands.QueryAsync(Actor.Local, work =>
                ChangeHistory.ListAsync(work, ChangeSetKind.Import)
            );
            if (parsed.GetValue(json))
                ConsoleOutput.Json(sets);
            else
                ConsoleOutput.Table(
                    "导入记录",
                    ["标识", "时间", "名单", "文件", "由谁", "新增", "变更", "相同", "状态"],
                    sets.Select(s =>
                        (IReadOnlyList<string>)
                            [
                                $"{s.Id}",
                                s.At.ToOffset(Today.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                                s.Title,
                                s.FileName ?? "",
                                s.Actor,
                                $"{s.New}",
                                $"{s.Changed}",
                                $"{s.Unchanged}",
                                Words.For(s.State),
                            ]
                    )
                );
        });
        var id = new Argument<Guid>("ID") { Description = "导入的标识，见 imports list" };
        var preview = new Option<bool>("--preview") { Description = "只看会怎样，不撤销" };
        var undo = new Command(
            "undo",
            "整体撤销一次导入；后来的办理用到它的，不能撤销。例：imports undo 0193… --preview"
        )
        {
            id,
            preview,
            json,
            demo,
            today,
        };
        undo.SetAction(async parsed =>
        {
            using var opened = await CommandDatabase.OpenAsync(startup, parsed.GetValue(demo), parsed.GetValue(today));
            var (one, looks) = (parsed.GetRequiredValue(id), parsed.GetValue(preview));
            async Task<CommandResult> Work(UnitOfWork work)
            {
                var seen = await ChangeHistory.FindAsync(work, ChangeSetKind.Import, one);
                return await ChangeHistory.UndoAsync(work, ChangeSetKind.Import, one, seen?.Version, looks);
            }

            var result = looks
                ? await opened.Commands.QueryAsync(Actor.Local, Work)
                : await opened.Commands.ExecuteAsync(new(Actor.Local), Work);
            if (result.Answer<UndoOutcome>() is not { } told)
                throw new OperatorException(
                    (result.Refusal!.Findings ?? []).Select(f => f.Message).Prepend(result.Refusal.Detail).Distinct()
                );
            if (parsed.GetValue(json))
                ConsoleOutput.Json(told);
            else
            {
                foreach (var obstacle in told.Obstacles)
                    Console.Error.WriteLine($"{obstacle.Thing}（{obstacle.Who ?? "—"}）：{obstacle.Message}");
                Console.Out.WriteLine(
                    $"{(told.Undone ? "已撤销" : "预览（没有撤销）")}：去掉新增 {told.Removed} 项，恢复变更 {told.Restored} 项，保留班级 {told.Kept} 个；不能恢复 {told.Hindered} 项"
                );
            }

            return told.Hindered > 0 ? 3 : 0;
        });
        Add(list);
        Add(undo);
    }
}
