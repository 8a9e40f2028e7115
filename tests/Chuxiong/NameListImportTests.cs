using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using EduAssist.Data;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.ListImports;

namespace EduAssist.Chuxiong;

/// <summary>附件4、附件6 经 HTTP 出去、回来：与台账核对，错一处说一处，有错就什么也不存。</summary>
public abstract class NameListImportTests(DatabaseKind kind)
{
    private const string A4 = "chuxiong.attendance-list", A6 = "chuxiong.registered-list",
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", School = "楚雄技师学院";

    [Fact]
    [Proves("cx2020/A4", "cx2020/4.2.4", "cx2020/5.3a")]
    public async Task The_list_goes_out_prefilled_in_the_order_of_the_annex_and_comes_back_as_listed()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        foreach (var school in (string[])["双柏县乙中学", "楚雄市乙中学", "楚雄市甲中学", "楚雄州示例中学"]) await office.In("Enrolled", school);
        await office.In("Lost");
        var list = await Exported(office, A4);
        Assert.Equal(["楚雄市 楚雄州示例中学", "楚雄市 楚雄市乙中学", "楚雄市 楚雄市甲中学", "双柏县 双柏县乙中学"],
            list.Rows.Select(r => $"{r["county"]} {r["schoolName"]}"));
        Assert.Empty(Filled.Texts(list.Findings));

        office.On(new(2020, 6, 4));
        var early = await Import(office, A4, Sheet(list));
        Assert.Equal((400, 4), (early.Status, early.Findings.Count));
        Assert.All(early.Findings,
            f => Assert.Equal(("confirmation-begun", "cx2020/4.2.4"),
                ((string?)f["rule"], (string?)f["provisions"]![0])));

        office.On(new(2020, 6, 5));
        var before = await office.Everything();
        Assert.Equal(("4", "False", before),
            (Count(await Import(office, A4, Sheet(list), "&preview=true"), "new", out var stored), stored,
                await office.Everything()));
        Assert.Equal(("4", "True"), (Count(await Import(office, A4, Sheet(list)), "new", out stored), stored));
        Assert.Equal("4", Count(await Import(office, A4, Sheet(list)), "unchanged", out _));
    }

    [Fact]
    public async Task A_list_of_several_schools_goes_out_one_school_at_a_time_so_that_it_can_come_in_again()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        await office.In("Enrolled");
        var intake = office.Stored.Instance.Catalogue.ListImport(A4)!;
        var whole = (await intake.ExportAsync(office.Stored.Commands, Actor.Local, FormValues.None))!;
        Assert.Null(ExportFilter.Choosing(intake, whole));
        whole["school"] = null; // as with rows of two
        Assert.StartsWith("《楚雄州义务教育职教班在读学生名单》按学校（职业学校）各一份，记录中不止一份；请筛选其一，如 school eq '",
            ExportFilter.Choosing(intake, whole)!, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("cx2020/A4", "cx2020/4.2.4")]
    public async Task Twelve_faults_are_twelve_precise_errors_and_store_nothing()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        for (var i = 0; i < 13; i++) await office.In("Enrolled");
        var list = await Exported(office, A4);
        var (male, id) = (list.Rows[2]["sex"] == "男", list.Rows[3]["residentId"]!);
        var file = Sheet(list,
            ("B5", "", false), ("C6", "M", false), ("C7", male ? "女" : "男", false),
            ("D8", id[..17] + (id[17] == '1' ? "2" : "1"), false), ("D9", list.Rows[4]["residentId"]![..17], false),
            ("D10", list.Rows[5]["residentId"]!.Replace("X", "0", StringComparison.Ordinal), true),
            ("D12", list.Rows[6]["residentId"]!, false), ("C12", list.Rows[6]["sex"]!, false), ("E13", "元江县", false),
            ("F14", "双柏县甲中学", false), ("H15", list.Rows[10]["rollNumber"]![..13], false), ("I16", "", false),
            ("J4", "编号", false));
        office.On(new(2020, 6, 5));
        var before = await office.Everything();
        var answer = await Import(office, A4, file);
        Assert.Equal(400, answer.Status);
        Assert.Equal(
        [
            "J 「义务教育职教班学号」：J 列的列名应为「义务教育职教班学号」，现为「义务教育职教班·编号」",
            "B 第 5 行「学生姓名」：未填写",
            "C 第 6 行「性别」：应为其中一项：男、女",
            "C ? 第 7 行「性别」：与身份证号码第17位不一致，请核对",
            "D 第 8 行「身份证号码」：公民身份号码校验位不符，请核对是否录错",
            "D 第 9 行「身份证号码」：公民身份号码应为18位：前17位为数字，末位为数字或大写字母X",
            "D 第 10 行「身份证号码」：是数字格式，末尾几位已丢失；请把该列设为文本格式后重新填写",
            "D 第 12 行「身份证号码」：与第 11 行相同",
            "E 第 13 行「所属县市」：应为其中一项：楚雄市、双柏县、牟定县、南华县、姚安县、大姚县、永仁县、元谋县、武定县、禄丰县",
            "F 第 14 行「原初中学校校名」：不是所属县市的初中",
            "H 第 15 行「原初中学校学籍号」：应为 14 位数字，现为 13 位",
            "I 第 16 行「义务教育职教班所在班级」：未填写",
        ],
        answer.Findings.Select(f => $"{f["column"]} {((string?)f["level"] == "Warning" ? "? " : "")}{f["text"]}"));
        Assert.Equal(before, await office.Everything());
    }

    public static TheoryData<string, string, string> AgainstTheRecord => new()
    {
        { "name", "别人", "name-on-record" },
        { "county", "双柏县", "county-of-school" },
        { "schoolName", "楚雄市乙中学", "school-of-county" },
        { "schoolName", "没有的中学", "school-of-county" },
        { "rollNumber", "53230120170099", "roll-number-on-record" },
        { "residentId", "53232420140409997X", "enrolled-here" },
        { "className", "职教9班", "?class-on-record" },
        { "studentNumber", "1", "?number-on-record" },
    };

    [Theory, MemberData(nameof(AgainstTheRecord))]
    [Proves("cx2020/A4")]
    public async Task A_line_is_held_against_the_record(string field, string text, string rule)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        await office.In("Enrolled");
        var list = await Exported(office, A4);
        list.Rows[0][field] = text;
        if (field == "residentId") list.Rows[0]["sex"] = "男";
        office.On(new(2020, 6, 5));
        var answer = await Import(office, A4, Sheet(list));
        Assert.Equal((rule[0] == '?' ? 200 : 400, rule.TrimStart('?'), field),
            (answer.Status, answer.Rules.Single(), (string?)answer.Findings.Single()["field"]));
    }

    [Fact]
    [Proves("cx2020/A6", "cx2020/5.3d", "cx2020/6.2")]
    public async Task The_same_students_come_back_registered_or_lost()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        Guid[] ids =
        [
            await office.In("Graduated"), await office.In("Graduated"), await office.In("Graduated"),
            await office.In("Confirmed"), await office.In("Lost"),
        ];
        office.On(new(2020, 10, 12));
        var list = await Exported(office, A6);
        Assert.Equal(4, list.Rows.Count);   // whoever left before the list of annex 4 is not in it
        var byName = new List<FormValues>();
        foreach (var id in ids[..4])
            byName.Add(list.Rows.Single(r => r["studentNumber"] is not null
                && r["residentId"] == ResidentIdOf(office, id)));
        await office.Prove(ids[2], "lose", new(2020, 10, 12));
        (byName[1]["lossReason"], byName[1]["proof"]) = ("到楚雄州示例高级中学就读", "有");
        (byName[2]["lossReason"], byName[2]["proof"]) = ("外出务工", "无");
        (byName[3]["lossReason"], byName[3]["proof"]) = ("回原初中", "有");

        var before = await office.Everything();
        Assert.Equal("4", Count(await Import(office, A6, Sheet(list, A6), "&preview=true"), "new", out _));
        Assert.Equal(before, await office.Everything());
        Assert.Equal(("4", "True"), (Count(await Import(office, A6, Sheet(list, A6)), "new", out var stored), stored));
        string[] states = ["Registered", "LeavingClaimed", "Lost", "LeavingClaimed"];
        string?[] schools = [null, "楚雄州示例高级中学", null, "楚雄市甲中学"];
        for (var i = 0; i < 4; i++)
        {
            var view = (await office.Get($"{Office.Api}/{ids[i]}")).Body!;
            Assert.Equal((states[i], schools[i]), ((string)view["state"]!, (string?)view["facts"]!["proofIssuer"]));
            Assert.Equal(states[i], (string?)view["history"]!.AsArray()[^1]!["to"]);
        }

        var again = await Exported(office, A6);
        Assert.Equal("4", Count(await Import(office, A6, Sheet(again, A6)), "unchanged", out _));
    }

    [Fact]
    [Proves("cx2020/A6")]
    public async Task Others_and_missing_ones_are_refused()
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        foreach (var state in (string[])["Graduated", "Graduated"]) await office.In(state);
        office.On(new(2020, 10, 12));
        var list = await Exported(office, A6);
        var before = await office.Everything();
        var missing = await Import(office, A6, Sheet(list.Rows.Take(1), A6));
        Assert.Equal((400, "same-as-annex-4", "cx2020/A6"),
            (missing.Status, missing.Rules.Single(), (string?)missing.Findings[0]["provisions"]![0]));
        Assert.Equal(400, (await Import(office, A6, Sheet(list.Rows.Take(1), A6), "&valid-only=true")).Status);

        var stranger = Filled.Student("李甲", "男", "53232420140409997X", "楚雄市", "楚雄市甲中学", "九（1）班", 3);
        var other = await Import(office, A6, Sheet([.. list.Rows, stranger], A6));
        Assert.Equal((400, "same-as-annex-4", 7), (other.Status, other.Rules.Single(), (int)other.Findings[0]["row"]!));
        Assert.Equal(before, await office.Everything());
    }

    public static TheoryData<string, string?, string?, DateOnly, string> Outcomes => new()
    {
        { "Confirmed", null, null, new(2020, 10, 12), "graduated" },
        { "Graduated", null, null, new(2020, 8, 31), "autumn-term" },
        { "Graduated", null, null, new(2021, 2, 1), "autumn-term" },
        { "Graduated", "考上了", "有", new(2020, 10, 12), "issuer" },
        { "Graduated", "家长15400000001说已外出", "无", new(2020, 10, 12), "reason" },
        { "Graduated", "回原初中", "有", new(2020, 10, 12), "not-graduated" },
        { "Graduated", "到楚雄技师学院就读", "有", new(2020, 10, 12), "proof-of-other-school" },
        { "Registered", "外出务工", "无", new(2020, 10, 12), "outcome-on-record" },
    };

    [Theory, MemberData(nameof(Outcomes))]
    [Proves("cx2020/A6", "cx2020/5.3d", "cx2020/6.2")]
    public async Task An_outcome_is_held_against_rules_and_record(
        string state, string? reason, string? proof, DateOnly day, string rule)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        await office.In(state);
        office.On(new(2020, 10, 12));
        var list = await Exported(office, A6);
        (list.Rows[0]["lossReason"], list.Rows[0]["proof"]) = (reason, proof);
        office.On(day);
        var answer = await Import(office, A6, Sheet(list, A6));
        Assert.Equal((400, day.Month is 8 ? "same-as-annex-4" : rule), (answer.Status, answer.Rules[0]));
    }

    [Theory]
    [InlineData(A4, "Enrolled", nameof(Role.Vocational), "", "")]
    [InlineData(A4, "Enrolled", nameof(Role.Prefecture), "", "own-step")]
    [InlineData(A4, "Enrolled", nameof(Role.County), "", "own-step")]
    [InlineData(A6, "Graduated", nameof(Role.Vocational), "", "")]
    [InlineData(A6, "Graduated", nameof(Role.County), "", "own-step")]
    [InlineData(A6, "Graduated", nameof(Role.County), "外出务工", "")]
    [InlineData(A6, "Graduated", nameof(Role.Prefecture), "外出务工", "own-step")]
    [Proves("cx2020/4.2.4", "cx2020/5.3d", "cx2020/A4", "cx2020/A6")]
    public async Task A_row_moves_only_by_whoever_may_take_its_step_by_hand(
        string form, string state, string role, string reason, string rule)
    {
        await using var office = await Office.Open(kind, new(2020, 3, 1));
        await office.Teaching("双柏县职中", 2020);
        var id = await office.In(state, chosen: "双柏县职中");
        office.On(form == A4 ? new(2020, 6, 5) : new(2020, 10, 12));
        using var by = await office.As(
            office.Stored.Instance.Roles.Find(role)!, role == nameof(Role.Prefecture) ? "5323" : "532322");
        var list = await Exported(office, form, "双柏县职中");
        if (reason.Length > 0)
        {
            (list.Rows[0]["lossReason"], list.Rows[0]["proof"]) = (reason, "无");
            await office.Prove(id, "lose", new(2020, 10, 12));
        }

        foreach (var query in (string[])["&preview=true", ""])
        {
            var answer = await Import(office, form, Sheet(list.Rows, form, "双柏县职中"), query, "双柏县职中", by);
            Assert.Equal((rule.Length == 0 || query.Length > 0 ? 200 : 400, rule),
                (answer.Status, string.Join(' ', answer.Rules)));
        }

        Assert.Equal(rule.Length == 0, (await office.Get($"{Office.Api}/{id}")).State != state);
    }

    private static string ResidentIdOf(Office office, Guid id)
    {
        using var db = office.Stored.Read();
        return (string)JsonNode.Parse(db.Set<Case>().Single(c => c.Id == id).Form)!["residentId"]!;
    }

    private static string Count(Answer answer, string what, out string stored)
    {
        Assert.True(answer.Status == 200, answer.Body?.ToJsonString());
        stored = $"{(bool)answer.Body!["stored"]!}";
        return $"{answer.Body[what]}";
    }

    private static Task<Answer> Import(
        Office office, string form, byte[] file, string query = "", string school = School, HttpClient? by = null) =>
        office.Upload($"/api/forms/{form}/import?school={Uri.EscapeDataString(school)}{query}", file, Xlsx, by: by);

    private static async Task<FormImport> Exported(Office office, string form, string school = School)
    {
        var filter = Uri.EscapeDataString($"school eq '{school}' and year eq '2020'");
        using var answer = await office.Client.GetAsync($"/api/forms/{form}/export?format=xlsx&$filter={filter}");
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        using var file = new MemoryStream(await answer.Content.ReadAsByteArrayAsync());
        return FormList.Read(Filled.Form(form), file, SpreadsheetFormat.Xlsx,
            new(Loaded.Instance.Divisions, new(2020, 6, 5)));
    }

    private static byte[] Sheet(FormImport list, string form = A4) => Sheet(list.Rows, form);

    private static byte[] Sheet(IEnumerable<FormValues> rows, string form = A4, string school = School)
    {
        using var file = new MemoryStream();
        FormList.Write(Filled.Form(form), Filled.Values(("school", school)).With("students", [.. rows]), file,
            SpreadsheetFormat.Xlsx);
        return file.ToArray();
    }

    /// <summary>The list with cells replaced.</summary>
    private static byte[] Sheet(FormImport list, params (string Cell, string Text, bool IsNumber)[] changes)
    {
        using var file = new MemoryStream();
        file.Write(Sheet(list));
        using (var document = SpreadsheetDocument.Open(file, true))
        {
            var sheet = document.WorkbookPart!.WorksheetParts.First(p => p.Worksheet.Descendants<Row>()
                .Count() > 5).Worksheet;
            foreach (var (at, text, isNumber) in changes)
            {
                var cell = sheet.Descendants<Cell>().Single(c => c.CellReference == at);
                cell.RemoveAllChildren();
                (cell.DataType, cell.CellValue) = isNumber ? (CellValues.Number, new CellValue(text))
                    : (CellValues.String, new CellValue(text));
            }
        }

        return file.ToArray();
    }
}

public sealed class NameListImportTestsOnSqlite() : NameListImportTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class NameListImportTestsOnPostgreSql() : NameListImportTests(DatabaseKind.PostgreSql);
