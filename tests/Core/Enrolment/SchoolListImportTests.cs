using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>Schools by lists and by hand, beside those that come with the program.</summary>
public abstract class SchoolListImportTests(DatabaseKind kind)
{
    private const string Head = "学校标识码,学校名称,学校别名,办学类型,主管部门行政区划代码\n";

    public static TheoryData<string, string, string> Rows => new()
    {
        { "a new one", ",新学校,,小学,532301", "Done: 1 new, 0 changed" },
        { "the same", "3153000002,鹿城西中学,,初级中学,532301", "Done: 0 new, 0 changed" },
        { "by its code, under another name", "3153000002,鹿城第二中学,,初级中学,532301", "Done: 0 new, 1 changed" },
        { "without its code, by name", ",鹿城西中学,,初中,532301", "Done: 0 new, 0 changed" },
        { "the same name under another bureau is another school", ",鹿城西中学,,初级中学,532322", "Done: 1 new, 0 changed" },
        { "an old code of the bureau's division", "3153000003,金山中学,,初级中学,532302", "Done: 0 new, 0 changed" },
        { "by the alias of the plan's school", ",机电学校,,职业学校,532300", "Done: 0 new, 0 changed" },
    };

    [Theory, MemberData(nameof(Rows))]
    public async Task A_school_is_found(string how, string row, string counts)
    {
        using var given = await Given.Schools(kind);
        await Seed(given, "机械电子职业技术学校");
        var result = await given.Import("registry.schools", Head + row + "\n");
        Assert.True(result.IsDone, result.Text);
        Assert.StartsWith(counts, Given.Counts(result), StringComparison.Ordinal);
        Assert.NotEmpty(how);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "123,甲学校,,小学,532301", "2 1 code school-code 学校（机构）标识码应为10位数字" },
        { "9953000002,甲学校,,小学,532301", "2 1 code school-code 学校（机构）标识码前2位不是已知的办学类别" },
        { ",,,小学,532301", "2 2 name  未填写" },
        { ",甲学校,,大学,532301", "2 4 kind  应为其中一项：小学、初级中学、九年一贯制学校、完全中学、高级中学、职业学校" },
        { ",甲学校,,小学,532399", "2 5 division  不是曾经使用过的行政区划代码" },
        { ",甲学校,,小学,532301001", "2 5 division bureau 应为县级或州、市级的行政区划代码" },
        { "3153000002,鹿城西中学,,初级中学,532322", "2 5 division division-kept 与已登记的主管部门不同；学校的主管部门不能改变" },
        { ",甲学校,,小学,520521", "2 5 division within-sight 不在您的管理范围之内" },
        { ",530000,,小学,532301", "2 2 name place-name 学校名称须有文字，不能只是代码或符号" },
        { ",３１５３０００００２,,小学,532301", "2 2 name place-name 学校名称须有文字，不能只是代码或符号" },
        { ",*,,小学,532301", "2 2 name place-name 学校名称须有文字，不能只是代码或符号" },
        { ",甲/乙学校,,小学,532301", "2 2 name place-name 学校名称不能含有 / 和 *" },
        { ",0197c1a0c0de7abc8def0123456789ab,,小学,532301", "2 2 name place-name 学校名称不能是标识" },
        { ",甲学校,532300,小学,532301", "2 3 alias place-name 学校别名须有文字，不能只是代码或符号" },
        { "3153000009,鹿城西中学,,初级中学,532301",
            "2 2 name name-once 同一主管部门已有同名的学校：请核对标识码，或者在名称中写明区别" },
        { "3153000002,鹿城东小学,,初级中学,532301",
            "2 2 name name-once 同一主管部门已有同名的学校：请核对标识码，或者在名称中写明区别" },
        { "3153000008,甲学校,,初级中学,532301\n3153000009,甲学校,,初级中学,532301",
            "3 2 name name-once 同一主管部门已有同名的学校：请核对标识码，或者在名称中写明区别" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_fault_is_told_with_its_place(string row, string finding)
    {
        using var given = await Given.Schools(kind);
        var prefecture = new Actor("prefecture", Grant.ForDivision(Role.Prefecture, DivisionCode.Of(532300)));
        var before = await given.Everything();
        Assert.Equal([finding],
            Given.Findings(await given.Import("registry.schools", Head + row + "\n", actor: prefecture)));
        Assert.Equal(before, await given.Everything());
    }

    /// <summary>
    /// A school that came with the program is found by the importer, and what users changed of it survives the next
    /// start.
    /// </summary>
    [Fact]
    public async Task What_users_change_of_a_shipped_school_stays_and_what_they_do_not_is_renewed()
    {
        using var given = await Given.Schools(kind);
        await Seed(given, "机械电子职业技术学校");
        Assert.Equal("Done: 0 new, 1 changed, 0 unchanged, 0 gone",
            Given.Counts(await given.Import("registry.schools", Head + "3653000001,机械电子职业技术学校,机电中专,职业学校,532300\n")));
        await Seed(given, "机械电子技师学院");   // the next program renames it
        await using var db = given.Stored.Read();
        var school = await db.Set<School>().SingleAsync(s => s.SeedKey != null);
        Assert.Equal(("机械电子技师学院", "机电中专", "3653000001"), (school.Name, school.Alias, school.Code));
    }

    [Fact]
    public async Task By_hand_a_blank_is_none_and_a_stale_version_is_refused()
    {
        using var given = await Given.Schools(kind);
        var made = await given.Stored.Do(
            work => SchoolCommands.SaveAsync(work, null, null, Values("丁学校", "老丁", "2153000009")));
        Assert.Equal(ResultKind.Invalid,
            (await given.Stored.Commands.ExecuteAsync(new(Actor.Local),
                work => SchoolCommands.SaveAsync(work, null, null, Values("戊学校", null, "2153000009")))).Kind);
        Assert.Equal(ResultKind.VersionMissing,
            (await given.Stored.Commands.ExecuteAsync(new(Actor.Local),
                work => SchoolCommands.SaveAsync(work, made.Id, null, Values("丁学校", null, null)))).Kind);
        var changed = await given.Stored.Do(
            work => SchoolCommands.SaveAsync(work, made.Id, 1, Values("老丁", null, null)));
        var told = changed.Answer<SchoolView>()!;
        Assert.Equal(("老丁", null, null, 2L), (told.Name, told.Alias, told.Code, changed.Version));
        Assert.Equal(ResultKind.Stale,
            (await given.Stored.Commands.ExecuteAsync(new(Actor.Local),
                work => SchoolCommands.SaveAsync(work, made.Id, 1, Values("丁学校", null, null)))).Kind);
    }

    [Theory]
    [InlineData("*", "name")]
    [InlineData("532301", "name")]
    [InlineData("甲/乙", "name")]
    [InlineData("鹿城西中学", "name")]
    public async Task By_hand_a_name_that_is_another_place_s_is_refused(string name, string field)
    {
        using var given = await Given.Schools(kind);
        var made = await given.Stored.Do(work => SchoolCommands.SaveAsync(work, null, null, Values("己学校", null, null)));
        var before = await given.Everything();
        foreach (var (id, version) in new (Guid?, long?)[] { (null, null), (made.Id, 1) })
        {
            var refused = await given.Stored.Commands.ExecuteAsync(new(Actor.Local),
                work => SchoolCommands.SaveAsync(work, id, version, Values(name, null, null)));
            Assert.Equal((ResultKind.Invalid, field), (refused.Kind, refused.Refusal!.Errors!.Keys.Single()));
        }

        Assert.Equal(before, await given.Everything());
    }

    private static FormValues Values(string name, string? alias, string? code) =>
        new() { ["name"] = name, ["alias"] = alias, ["code"] = code, ["kind"] = "小学", ["division"] = "532301" };

    private static Task<CommandResult> Seed(Given given, string name) => given.Stored.Do(async work =>
    {
        var school = School.Create(work.NewId(), name, SchoolKind.Vocational, DivisionCode.Of(532300), "test/机电");
        school.Alias = "机电学校";
        await work.SeedAsync([school]);
        work.Audit("test/seed", null, "");
        return CommandResult.Done();
    });
}

public sealed class SchoolImportTestsOnSqlite() : SchoolListImportTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class SchoolImportTestsOnPostgreSql() : SchoolListImportTests(DatabaseKind.PostgreSql);
