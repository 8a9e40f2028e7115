using System.CommandLine;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using EduAssist.Office.ListImports;

namespace EduAssist.Host.Commands;

/// <summary><c>import</c>: a list of a form into the database.</summary>
internal sealed class ImportCommand : Command
{
    private const string Unfinished = ".part";

    public ImportCommand(Startup startup)
        : base(
            "import",
            "导入名单（CSV、XLSX、NDJSON）；有一行错误则整份不导入。例：import registry.students 七年级.xlsx --preview；import registry.students 七年级.xlsx --set school=鹿城中学"
        )
    {
        var form = new Argument<string>("form") { Description = "表单标识，如 registry.students" };
        var file = new Argument<FileInfo>("FILE") { Description = "名单；列名为栏目的中文标题" };
        var preview = new Option<bool>("--preview") { Description = "只看会有哪些变化，不导入" };
        var validOnly = new Option<bool>("--valid-only") { Description = "只导入没有错误的行" };
        var mapping = new Option<string?>("--mapping") { Description = "按保存的列名对照读列名" };
        var set = new Option<string[]>("--set")
        {
            Description = "名单之外的栏目：栏目=内容",
            AllowMultipleArgumentsPerToken = true,
        };
        var marked = new Option<FileInfo?>("--marked")
        {
            Description = "另存一份标注了问题的名单（XLSX）：有问题的格着色、加批注",
        };
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var (demo, today) = (DemoOptions.Demo(), DemoOptions.Today());
        foreach (var argument in (Argument[])[form, file])
            Add(argument);
        foreach (var option in (Option[])[preview, validOnly, mapping, set, marked, json, demo, today])
            Add(option);
        SetAction(async parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            using var opened = await CommandDatabase.OpenAsync(startup, parsed.GetValue(demo), parsed.GetValue(today));
            var intake = opened.ListImport(parsed.GetRequiredValue(form));
            var head = Head(intake.Form, parsed.GetValue(set) ?? []);
            var columns = parsed.GetValue(mapping) is not { } name
                ? null
                : await opened.Commands.QueryAsync(Actor.Local, work => ColumnMappings.FindAsync(work, intake, name))
                    ?? throw new OperatorException($"没有保存列名对照“{name}”。");
            if (!path.Exists)
                throw new SpreadsheetException(SpreadsheetFault.Unreadable, $"没有名册文件 {path.FullName}。");
            await using var stream = path.OpenRead();
            var (list, saved) = await ListFile.ReadAsync(
                opened.Commands,
                Actor.Local,
                intake,
                new(stream, path.Name),
                new(opened.Instance.Divisions, opened.Instance.Today.Date),
                head,
                columns
            );
            if (saved is not null)
                Console.Error.WriteLine($"按保存的列名对照“{saved}”读入。");
            var mode =
                parsed.GetValue(preview) ? ImportMode.Preview
                : parsed.GetValue(validOnly) ? ImportMode.ValidRows
                : ImportMode.Whole;
            var request = new CommandRequest(Actor.Local) { FileName = path.Name };
            var result = await intake.ImportAsync(opened.Commands, request, list, mode);
            if (parsed.GetValue(marked) is { } target && result.Answer<ImportOutcome>() is { } outcome)
                Mark(target, path, stream, list, outcome);
            return Tell(result, intake.Form, parsed.GetValue(json), list.IsReadWhole);
        });
    }

    private static void Mark(FileInfo target, FileInfo path, FileStream stream, FormImport list, ImportOutcome outcome)
    {
        if (SpreadsheetFormats.FromFileName(target.Name) != SpreadsheetFormat.Xlsx)
            throw new OperatorException("--marked 须为 .xlsx 文件。");
        if (string.Equals(target.FullName, path.FullName, StringComparison.OrdinalIgnoreCase))
            throw new OperatorException("--marked 不能就是名单文件。");
        stream.Position = 0;
        using (var file = ConsoleOutput.Create(target.FullName + Unfinished, ownersAlone: true))
            MarkedList.Write(
                stream,
                SpreadsheetFormats.FromContents(stream, path.Name),
                list,
                outcome.AllFindings,
                file
            );
        // renamed when it is complete: the file is whole or not there
        File.Move(target.FullName + Unfinished, target.FullName, overwrite: true);
        Console.Error.WriteLine($"标注了问题的名单：{target.FullName}");
    }

    private static FormValues Head(IForm form, string[] given)
    {
        var head = new FormValues();
        var fields = form.Fields.Where(f => f.Kind != FieldKind.Rows).Select(f => f.Name).ToList();
        foreach (var one in given)
        {
            var at = one.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !fields.Contains(one[..at]))
                throw new OperatorException(
                    $"--set 须为“栏目=内容”，栏目有：{string.Join("、", fields)}；不能是“{one}”。"
                );
            head[one[..at]] = one[(at + 1)..];
        }

        return head;
    }

    private static int Tell(CommandResult result, IForm form, bool asJson, bool isReadWhole)
    {
        if (result.Answer<ImportOutcome>() is not { } told)
            throw new OperatorException(result.Refusal?.Detail ?? "没有导入。");
        if (asJson)
            ConsoleOutput.Json(told);
        foreach (var finding in told.Findings)
            Console.Error.WriteLine(Line(finding));
        var (errors, warnings) = (told.Errors, told.Warnings);
        if (errors + warnings > told.Findings.Count)
            Console.Error.WriteLine($"只列出前 {told.Findings.Count} 处，共 {errors + warnings} 处。");
        if (!asJson)
        {
            foreach (var made in told.Makes)
                Console.Out.WriteLine($"{(told.Stored ? "新建了" : "将会新建")}：{made.Title}（{made.Rows} 行）");
            foreach (var row in told.Mode == ImportMode.Preview ? told.Changes : [])
            foreach (var value in row.Values)
                Console.Out.WriteLine(
                    $"第 {row.Row} 行 {form.List!.Columns.FirstOrDefault(c => c.Name == value.Field)?.Spoken}：{value.Was ?? "空"} → {value.Now}"
                );
            foreach (var gone in told.NotInList)
                Console.Out.WriteLine($"不在名单中：{gone.Text}");
            var done =
                told.Stored ? "已导入"
                : told.Mode == ImportMode.Preview ? "预览（没有导入）"
                : "没有导入";
            Console.Out.WriteLine(
                $"{done}：共 {told.Rows} 行，新增 {told.New}，变更 {told.Changed}，相同 {told.Unchanged}，不在名单中 {told.Gone}；错误 {errors}，提醒 {warnings}"
            );
        }

        if (!isReadWhole && errors == 0)
            Console.Error.WriteLine("文件没有全部读入，见以上提醒。");
        return errors > 0 || !isReadWhole ? 3 : 0;
    }

    /// <summary>工作表「七1班」第 7 行 C 列「身份证件号」（张三，5323…）：…</summary>
    private static string Line(FindingView finding)
    {
        var row = finding.Row is { } number ? $"第 {number} 行" : "";
        var column =
            finding.Column is not { } at ? ""
            : char.IsAsciiDigit(at[0]) ? $"第 {at} 列"
            : $" {at} 列";
        var title = finding.Title is { Length: > 0 } text ? $"「{text}」" : "";
        var sheet = finding.Sheet is { } name ? $"工作表「{name}」" : "";
        string?[] said = [finding.Name, finding.Value == finding.Name ? null : finding.Value];
        var whose = string.Join("，", said.OfType<string>()) is { Length: > 0 } entered ? $"（{entered}）" : "";
        var place = $"{sheet}{row}{column}{title}{whose}";
        var level = finding.Level == FormFindingLevel.Warning ? "提醒：" : "";
        return $"{level}{place}{(place.Length > 0 ? "：" : "")}{finding.Message}";
    }
}
