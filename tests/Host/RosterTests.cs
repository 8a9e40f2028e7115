using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Host;

public class RosterTests(Server server)
{
    private const string Programme = "chuxiong.vocational-class";
    private const int Rows = 300;

    private static readonly (string Name, string Title)[] Facts =
    [
        ("grade", "年级"),
        ("schoolDivision", "就读学校所在地"),
        ("strugglesDespiteHelp", "经帮扶仍难以跟上学习进度"),
        ("repeatedDropout", "反复辍学"),
        ("longTermDropout", "长期辍学"),
        ("persuadedBack", "辍学或失学后经劝返"),
        ("willingToLearnSkills", "愿意学习职业技能"),
        ("studentConsents", "学生本人同意"),
        ("guardianConsents", "法定监护人同意"),
        ("hasVocationalRoll", "已有中职学籍"),
        ("hasOpenApplication", "另有在办的报名申请"),
    ];

    private static readonly string[] Added = ["结论", "缺少事实", "不满足", "条款"];

    static RosterTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("roster.csv", "utf-8", true)]
    [InlineData("roster.csv", "utf-8", false)]
    [InlineData("roster.csv", "bom", true)]
    [InlineData("roster.csv", "gb18030", true)]
    [InlineData("roster.txt", "gb18030", true)]
    [InlineData("roster.xlsx", "", true)]
    [InlineData("roster.xlsx", "", false)]
    [InlineData("roster.ndjson", "", true)]
    [InlineData("roster.jsonl", "", false)]
    public async Task Every_row_has_the_API_s_answer(string file, string encoding, bool inChinese)
    {
        var (cells, expected) = await Given(seed: 5);
        using var place = new Workplace();
        var headers = Facts.Select(f => inChinese ? f.Title : f.Name).Append("姓名").ToArray();
        Write(place[file], encoding, headers, cells);

        var result = Path.ChangeExtension("verdicts.x", Path.GetExtension(file));
        var ended = (
            await HostProcess.Run(place, "assess", Programme, file, "-o", result, "--as-of", "2024-05-08")
        ).Done();
        Assert.Equal(expected, Read(place[result], Added));
        Assert.Equal(cells.Select(c => c[^1]), Read(place[result], ["姓名"]));
        foreach (var verdict in expected.GroupBy(e => e.Split('|')[0]))
            Assert.Contains($"{InChinese(verdict.Key)} {verdict.Count()}", ended.Errors, StringComparison.Ordinal);

        // a roster is filled in and assessed again: the columns that it has are replaced
        var again = Path.ChangeExtension("again.x", Path.GetExtension(file));
        (await HostProcess.Run(place, "assess", Programme, result, "-o", again, "--as-of", "2024-05-08")).Done();
        Assert.Equal(expected, Read(place[again], Added));
    }

    [Fact]
    public async Task Without_a_result_file_the_result_is_printed()
    {
        var (cells, expected) = await Given(seed: 6);
        using var place = new Workplace();
        Write(place["roster.csv"], "utf-8", [.. Facts.Select(f => f.Title), "姓名"], cells);
        await File.WriteAllTextAsync(
            place["printed.csv"],
            (await HostProcess.Run(place, "assess", Programme, "roster.csv", "--as-of", "2024-05-08")).Done().Output
        );
        Assert.Equal(expected, Read(place["printed.csv"], Added));
    }

    [Fact]
    public async Task A_missing_column_is_unknown_in_every_row_and_said()
    {
        using var place = new Workplace();
        place.Write("roster.csv", "年级,学生本人同意\n9,是\n");
        var ended = (await HostProcess.Run(place, "assess", Programme, "roster.csv", "--as-of", "2024-05-08")).Done();
        Assert.Contains("法定监护人同意", ended.ErrorLines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("年级", ended.ErrorLines[0], StringComparison.Ordinal);
        Assert.Contains("暂不能判定 1", ended.Errors, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, byte[], string> Unreadable =>
        new()
        {
            { "no column is a fact", "r.csv", "姓名,班级\n甲,一班\n"u8.ToArray(), "没有一列" },
            { "an unknown column", "r.csv", "年级,星座\n9,白羊\n"u8.ToArray(), "「星座」" },
            { "a column twice by one name", "r.csv", "年级,年级\n9,9\n"u8.ToArray(), "「年级」" },
            { "a column twice, by name and title", "r.csv", "grade,年级\n9,9\n"u8.ToArray(), "「年级」有两列" },
            { "a column without a name", "r.csv", "年级,,学生本人同意\n9,,是\n"u8.ToArray(), "没有列名" },
            { "no spreadsheet", "r.xlsx", "%PDF-1.7"u8.ToArray(), "PDF" },
            { "a zip that is no workbook", "r.xlsx", [.. "PK"u8, 5, 6, .. new byte[18]], "" },
            { "neither UTF-8 nor GB18030", "r.csv", [.. "年级\n"u8, 0xFF, 0x20, 0xFF], "UTF-8" },
            {
                "UTF-16",
                "r.csv",
                Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("年级\n9\n")).ToArray(),
                "UTF-16"
            },
            { "nothing", "r.csv", [], "空" },
            { "nothing in a workbook", "r.xlsx", [], "" },
            { "nothing in NDJSON", "r.ndjson", [], "空" },
            { "an unknown extension", "r.pdf", "年级\n9\n"u8.ToArray(), ".pdf" },
            { "no extension", "r", "年级\n9\n"u8.ToArray(), "扩展名" },
            { "an old workbook", "r.xls", [0xD0, 0xCF, 0x11, 0xE0], ".xls" },
        };

    [Theory]
    [MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public async Task What_cannot_be_read_is_refused_with_one_line(
        string fault,
        string file,
        byte[] content,
        string says
    )
    {
        using var place = new Workplace();
        await File.WriteAllBytesAsync(place[file], content);
        Assert.True(
            (await HostProcess.Run(place, "assess", Programme, file, "-o", "verdicts.csv", "--as-of", "2024-05-08"))
                .Refusal(2)
                .Contains(says, StringComparison.Ordinal),
            fault
        );
        Assert.False(File.Exists(place["verdicts.csv"]));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused_with_one_line()
    {
        using var place = new Workplace();
        Assert.Contains(
            "nowhere.csv",
            (await HostProcess.Run(place, "assess", Programme, "nowhere.csv", "-o", "verdicts.csv")).Refusal(2),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("学生本人同意", "也许")]
    [InlineData("学生本人同意", "2")]
    [InlineData("年级", "13")]
    [InlineData("年级", "0")]
    [InlineData("年级", "十三年级")]
    [InlineData("年级", "9.5")]
    [InlineData("就读学校所在地", "999999")]
    [InlineData("就读学校所在地", "楚雄市")]
    public async Task A_bad_cell_is_listed_with_row_and_title_and_the_rest_is_written(string title, string cell)
    {
        foreach (var file in (string[])["roster.csv", "roster.xlsx", "roster.ndjson"])
        {
            using var place = new Workplace();
            Write(
                place[file],
                "utf-8",
                ["姓名", title],
                [
                    ["甲", ""],
                    ["乙", cell],
                    ["丙", ""],
                ]
            );
            var result = $"verdicts{Path.GetExtension(file)}";
            var ended = (
                await HostProcess.Run(place, "assess", Programme, file, "-o", result, "--as-of", "2024-05-08")
            ).Done(3);
            var line = Assert.Single(ended.ErrorLines, l => l.Contains($"「{title}」", StringComparison.Ordinal));
            Assert.StartsWith(file == "roster.ndjson" ? "第 2 行" : "第 3 行", line, StringComparison.Ordinal);
            Assert.Contains("坏行 1", ended.ErrorLines[^1], StringComparison.Ordinal);
            Assert.Equal(["甲", "丙"], Read(place[result], ["姓名"]));
        }
    }

    [Theory]
    [InlineData("收到通知之日", "2024-02-30")]
    [InlineData("收到通知之日", "昨天")]
    [InlineData("收到通知之日", "2024-02-3x")]
    [InlineData("学段", "大学")]
    [InlineData("学段", "primary")]
    public async Task A_bad_date_or_choice_is_listed_too(string title, string cell)
    {
        using var place = Workplace.OfToy();
        place.Write("roster.csv", $"姓名,{title}\n甲,\n乙,{cell}\n丙,\n");
        var ended = (
            await HostProcess.Run(
                place,
                "assess",
                "toyregion.help",
                "roster.csv",
                "-o",
                "verdicts.csv",
                "--as-of",
                "2024-05-08"
            )
        ).Done(3);
        Assert.StartsWith(
            "第 3 行",
            Assert.Single(ended.ErrorLines, l => l.Contains($"「{title}」", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.Equal(["甲", "丙"], Read(place["verdicts.csv"], ["姓名"]));
    }

    [Fact]
    public async Task Grades_are_read_in_the_words_of_lists_and_none_is_a_blank()
    {
        using var place = new Workplace();
        string[] grades = ["9", "九年级", "初三", "９", "初中三年级", "八年级", "无", "/"];
        place.Write("roster.csv", $"姓名,年级\n{string.Concat(grades.Select((g, i) => $"学生{i},{g}\n"))}");
        (
            await HostProcess.Run(place, "assess", Programme, "roster.csv", "-o", "v.csv", "--as-of", "2020-05-08")
        ).Done();
        var read = Read(place["v.csv"], ["结论", "缺少事实"]);
        Assert.Equal(8, read.Count);
        Assert.Single(read.Take(5).Distinct());
        Assert.StartsWith("Ineligible", read[5], StringComparison.Ordinal); // not of grade nine
        Assert.All(read.Skip(6), r => Assert.Contains("grade", r, StringComparison.Ordinal)); // not known
    }

    [Fact]
    public async Task A_column_of_the_user_s_own_is_kept_when_asked()
    {
        using var place = new Workplace();
        place.Write("roster.csv", "年级,星座\n9,白羊\n");
        (
            await HostProcess.Run(
                place,
                "assess",
                Programme,
                "roster.csv",
                "-o",
                "verdicts.csv",
                "--keep",
                "星座",
                "--as-of",
                "2024-05-08"
            )
        ).Done();
        Assert.Equal(["白羊"], Read(place["verdicts.csv"], ["星座"]));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("ndjson")]
    public async Task A_hundred_thousand_rows_pass_through_three_hundred_megabytes(string format)
    {
        using var place = new Workplace();
        var random = new Random(7);
        Write(
            place[$"roster.{format}"],
            "utf-8",
            [.. Facts.Select(f => f.Title), "姓名", "家庭住址"],
            Enumerable
                .Range(0, 100_000)
                .Select(i =>
                    (string[])[.. Row(random).Select(v => Cell(v, random)), $"学生{i}", $"虚构县虚构镇虚构村 {i} 号"]
                )
        );
        var ended = (
            await HostProcess.Run(
                place,
                "assess",
                Programme,
                $"roster.{format}",
                "-o",
                $"verdicts.{format}",
                "--as-of",
                "2024-05-08"
            )
        ).Done();
        Assert.InRange(ended.PeakBytes, 20 << 20, 300 << 20);
        var summary = ended.ErrorLines[^1];
        Assert.Matches("^共 100000 行，[0-9.]+ 秒，每秒 [0-9]+ 行：", summary);
        Assert.Equal(
            100_000,
            summary[(summary.IndexOf('：', StringComparison.Ordinal) + 1)..]
                .Split('，')
                .Sum(c => int.Parse(c.Split(' ')[^1], CultureInfo.InvariantCulture))
        );
        TestContext.Current.SendDiagnosticMessage($"{format}: {ended.PeakBytes >> 20} MB; {summary}");
    }

    /// <summary>Random rows, and the API's answers in the words of the columns.</summary>
    private async Task<(List<string[]> Cells, List<string> Expected)> Given(int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, Rows).Select(_ => Row(random)).ToList();
        var cells = rows.Select((row, i) => (string[])[.. row.Select(v => Cell(v, random)), $"学生{i}"]).ToList();
        var answers = await server.Client.AssessLines(
            Server.Class,
            rows.Select(row =>
                new JsonObject
                {
                    ["asOf"] = "2024-05-08",
                    ["facts"] = new JsonObject(
                        Facts.Zip(row, (fact, value) =>
                            KeyValuePair.Create(fact.Name, System.Text.Json.JsonSerializer.SerializeToNode(value))
                        )
                    ),
                }.ToJsonString()
            )
        );
        var expected = answers.ConvertAll(Columns);
        Assert.Equal(3, expected.Select(e => e.Split('|')[0]).Distinct().Count()); // every verdict is among them
        return (cells, expected);
    }

    private static string Columns(JsonNode answer)
    {
        var verdict = (string)answer["verdict"]!;
        var findings = answer["findings"]!.AsArray();
        var deciding = verdict switch
        {
            "Eligible" => "Satisfied",
            "Ineligible" => "Violated",
            _ => "Unknown",
        };
        return string.Join(
            '|',
            verdict,
            string.Join(';', answer["missing"].Texts()),
            string.Join(
                ';',
                findings.Where(f => (string)f!["outcome"]! == "Violated").Select(f => (string)f!["rule"]!)
            ),
            string.Join(
                ';',
                findings
                    .Where(f => (string)f!["outcome"]! == deciding)
                    .SelectMany(f => f!["provisions"].Texts())
                    .Distinct()
            )
        );
    }

    /// <summary>Mostly what makes a subject eligible, so that every verdict comes up.</summary>
    private static object?[] Row(Random random) =>
        [
            random.Next(12) switch
            {
                0 => null,
                1 => random.Next(1, 13),
                _ => 9,
            },
            random.Next(12) switch
            {
                0 => null,
                1 => "520102",
                2 => "530102",
                _ => "532301",
            },
            .. Enumerable
                .Range(2, 9)
                .Select(i =>
                    random.Next(12) switch
                    {
                        0 => null,
                        1 => i >= 9,
                        _ => (object?)(i < 9),
                    }
                ),
        ];

    private static string Cell(object? value, Random random) =>
        value switch
        {
            null => "",
            true => ((string[])["是", "true", "TRUE", "1", "√"])[random.Next(5)],
            false => ((string[])["否", "false", "False", "0"])[random.Next(4)],
            _ => $"{value}",
        };

    private static void Write(string path, string encoding, string[] headers, IEnumerable<string[]> rows)
    {
        var format = SpreadsheetFormats.FromFileName(path);
        if (format == SpreadsheetFormat.Csv)
        {
            using var text = new StreamWriter(
                path,
                append: false,
                encoding switch
                {
                    "bom" => new UTF8Encoding(true),
                    "gb18030" => Encoding.GetEncoding("GB18030"),
                    _ => new UTF8Encoding(false),
                }
            );
            foreach (var row in rows.Prepend(headers))
                text.Write(string.Join(',', row) + "\n");
            return;
        }

        using var file = File.Create(path);
        using var writer = SpreadsheetWriter.Create(file, format, headers);
        foreach (var row in rows)
            writer.Write([.. row.Select(c => c.Length == 0 ? null : c)]);
    }

    private static List<string> Read(string path, string[] columns)
    {
        using var roster = SpreadsheetReader.Open(path);
        return [.. roster.Rows.Select(row => string.Join('|', columns.Select(c => row[c] ?? "")))];
    }

    private static string InChinese(string verdict) =>
        verdict switch
        {
            "Eligible" => "符合",
            "Ineligible" => "不符合",
            _ => "暂不能判定",
        };
}
