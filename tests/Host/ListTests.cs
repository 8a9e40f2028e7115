using System.Text.Json.Nodes;
using EduAssist.Conformance;
using EduAssist.Data;
using EduAssist.Kernel.Registry;

namespace EduAssist.Host;

/// <summary>Lists in and out by command.</summary>
public class ListTests
{
    private const string Schools =
        "学校标识码,学校名称,办学类型,主管部门行政区划代码\n3153000002,鹿城西中学,初级中学,532301\n";
    private const string Pupils =
        "姓名,性别,身份证件号,学籍辅号,年级,班级\n普小明,男,532301201203099978,53230120240001,初一,1班\n李小红,女,532301201201019962,53230120240002,初一,1班\n";

    [Theory, EveryDatabase]
    public async Task A_list_is_looked_at_brought_in_and_taken_out(DatabaseKind kind)
    {
        using var databases = new OwnDatabases(kind);
        using var place = new Workplace(("Database", databases.Next()));
        (await HostProcess.Run(place, "migrate")).Done();
        place.Write("schools.csv", Schools);
        place.Write(
            "pupils.csv",
            Pupils
                .Replace("532301201203099978", Id("53230120120309997"), StringComparison.Ordinal)
                .Replace("532301201201019962", Id("53230120120101996"), StringComparison.Ordinal)
        );
        Assert.Contains(
            "新增 1，",
            (await HostProcess.Run(place, "import", "registry.schools", "schools.csv")).Done().Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "预览（没有导入）：共 2 行，新增 2，",
            (
                await HostProcess.Run(
                    place,
                    "import",
                    "registry.students",
                    "pupils.csv",
                    "--set",
                    "school=鹿城西中学",
                    "--preview"
                )
            )
                .Done()
                .Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "已导入：共 2 行，新增 2，",
            (await HostProcess.Run(place, "import", "registry.students", "pupils.csv", "--set", "school=鹿城西中学"))
                .Done()
                .Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "已导出 2 行",
            (
                await HostProcess.Run(
                    place,
                    "export",
                    "registry.students",
                    "--filter",
                    "school eq '3153000002'",
                    "-o",
                    "out.xlsx"
                )
            )
                .Done()
                .Output,
            StringComparison.Ordinal
        );
        var again = JsonNode.Parse(
            (await HostProcess.Run(place, "import", "registry.students", "out.xlsx", "--json")).Done().Output
        )!;
        Assert.Equal((0, 2), ((int)again["new"]!, (int)again["unchanged"]!));

        place.Write("bad.csv", Pupils.Replace("男", "先生", StringComparison.Ordinal));
        var refused = (
            await HostProcess.Run(place, "import", "registry.students", "bad.csv", "--set", "school=鹿城西中学")
        ).Done(exitCode: 3);
        Assert.Contains("第 2 行第 2 列「性别」（普小明，先生）：应为其中一项：男、女", refused.ErrorLines);
        Assert.Contains("没有导入", refused.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "没有名册文件", "import", "registry.students", "nobody.csv")]
    [InlineData(2, "没有名册文件", "import", "registry.students", "list.pdf")]
    [InlineData(2, "列名", "import", "registry.students", "other.csv")]
    [InlineData(1, "不能导入导出", "import", "chuxiong.application", "other.csv")]
    [InlineData(1, "--set", "import", "registry.students", "other.csv", "--set", "nobody=1")]
    [InlineData(1, "没有保存列名对照", "import", "registry.students", "other.csv", "--mapping", "nobody")]
    [InlineData(1, "--filter", "export", "registry.students", "-o", "out.csv", "--filter", "nobody eq '1'")]
    [InlineData(2, "扩展名", "export", "registry.students", "-o", "out.pdf")]
    public async Task What_cannot_be_done_is_said_in_a_line(int code, string said, params string[] arguments)
    {
        using var place = await Workplace.Migrated();
        place.Write("other.csv", "甲,乙\n1,2\n");
        var ended = (await HostProcess.Run(place, arguments)).Done(code);
        Assert.Contains(said, ended.ErrorLines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", ended.Errors, StringComparison.Ordinal);
    }

    private static string Id(string body) => body + CheckCharacter.Compute(body);
}
