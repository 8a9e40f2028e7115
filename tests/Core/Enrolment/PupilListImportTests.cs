using System.Text;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.ListImports;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>Lists of pupils, term after term.</summary>
public abstract class PupilListImportTests(DatabaseKind kind)
{
    private const string Head = "姓名,性别,身份证件号,全国学籍号,学籍辅号,学校标识码,年级,班级,学生状态\n";
    private const string Ming = "普小明,男,53230120070315997X,,53230120190001,3153000002,七年级,1班,在读\n";

    [Fact]
    public async Task The_same_list_a_second_time_changes_nothing()
    {
        using var given = await Given.Schools(kind);
        var (csv, _) = Given.Invented(given.Stored.Instance, 200, seed: 1);
        Assert.Equal("Done: 200 new, 0 changed, 0 unchanged, 0 gone",
            Given.Counts(await given.Pupils(csv, ImportMode.Preview)));
        Assert.Equal(0, await Count(given));
        Assert.Equal("Done: 200 new, 0 changed, 0 unchanged, 0 gone", Given.Counts(await given.Pupils(csv)));
        var before = await given.Everything();
        Assert.Equal("Done: 0 new, 0 changed, 200 unchanged, 0 gone", Given.Counts(await given.Pupils(csv)));
        Assert.Equal(before, await given.Everything());
    }

    [Fact]
    public async Task What_goes_out_comes_in_unchanged()
    {
        using var given = await Given.Schools(kind);
        for (var seed = 10; seed < 13; seed++)
            await given.Pupils(Given.Invented(given.Stored.Instance, 40, seed, seed == 12 ? Given.Far : Given.West).Csv,
                ImportMode.ValidRows);
        var before = await given.Everything();
        foreach (var form in (string[])["registry.students", "registry.schools"])
        {
            foreach (var format in Enum.GetValues<SpreadsheetFormat>())
            {
                using var file = new MemoryStream();
                var values = await given.Export(form);
                FormList.Write(given.Stored.Instance.Catalogue.Form(form)!, values, file, format);
                var rows = values.Rows(form == "registry.students" ? "pupils" : "schools").Count;
                Assert.Equal($"Done: 0 new, 0 changed, {rows} unchanged, 0 gone",
                    Given.Counts(await given.Import(form, file.ToArray(), format)));
            }
        }

        Assert.Equal(before, await given.Everything());
    }

    [Fact]
    public async Task New_changed_and_gone_are_told_before_anything_is_done()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Ming + "李小红,女,532301200801019962,,53230120190002,3153000002,七年级,1班,\n");
        var next = Head + Ming.Replace("1班", "2班", StringComparison.Ordinal).Replace("普小明", "普晓明",
            StringComparison.Ordinal) + "张新,男,532301200705059972,,53230120190003,3153000002,八年级,1班,\n";
        var before = await given.Everything();
        var preview = await given.Pupils(next, ImportMode.Preview);
        Assert.Equal("Done: 1 new, 1 changed, 0 unchanged, 1 gone", Given.Counts(preview));
        Assert.Equal("className name", Given.Fields(preview));
        Assert.Equal("李小红：鹿城西中学 七年级1班", preview.Answer<ImportOutcome>()!.NotInList[0].Text);
        Assert.Equal(before, await given.Everything());

        await given.Pupils(next);
        // gone is told, never deleted
        Assert.Equal(RollState.OnRoll, Assert.Single((await given.Pupil("李小红")).Rolls).State);
        Assert.Equal("2班", Assert.Single((await given.Pupil("普晓明")).Rolls).ClassName);
    }

    [Fact]
    public async Task A_child_of_another_school_is_transferred_and_no_second_child()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Ming, head: ("from", "2020-02-17"));
        var moved = await given.Pupils(
            Head + Ming.Replace("3153000002", "3153000003", StringComparison.Ordinal)
                .Replace("1班", "3班", StringComparison.Ordinal),
            head: ("from", "2020-09-01"));
        Assert.Equal("Done: 0 new, 1 changed, 0 unchanged, 0 gone", Given.Counts(moved));
        var pupil = await given.Pupil("普小明");
        Assert.Equal(["鹿城西中学 转出 2020-09-01", "金山中学 在籍 2020-09-01"],
            pupil.Rolls.OrderBy(r => r.IsOpen)
                .Select(r => $"{r.School.Name} {Words.For(r.State)} {r.Since:yyyy-MM-dd}"));
        Assert.Equal(pupil.Rolls.Single(r => r.IsOpen).Scope, pupil.Scope);
        var old = pupil.Rolls.Single(r => !r.IsOpen);
        Assert.Equal((null, RollState.OnRoll, RollState.OnRoll, RollState.TransferredOut),
            (old.StandingOn(new(2020, 2, 16)), old.StandingOn(new(2020, 2, 17))!.State,
                old.StandingOn(new(2020, 8, 31))!.State, old.StandingOn(new(2020, 9, 1))!.State));
        Assert.Equal(2020, pupil.Rolls.Single(r => r.IsOpen).StandingOn(Given.Today)!.Group!.SchoolYear);

        // and back again: the old roll lives on
        await given.Pupils(Head + Ming, head: ("from", "2020-09-05"));
        Assert.Equal(2, (await given.Pupil("普小明")).Rolls.Count);
        Assert.Equal("鹿城西中学", (await given.Pupil("普小明")).Rolls.Single(r => r.IsOpen).School.Name);
    }

    public static TheoryData<string, string, string> Found => new()
    {
        { "by the national number, with a new resident ID",
            "普小明,男,532301200703109999,L532301200703101234,,3153000002,七年级,1班,\n", "Done: 0 new, 1 changed" },
        { "by the resident ID, now with a formal national number",
            "普小明,男,53230120070315997X,G53230120070315997X,,3153000002,七年级,1班,\n", "Done: 0 new, 1 changed" },
        { "by the roll number and the name", "普小明,男,,,53230120190001,3153000002,七年级,1班,\n", "Done: 0 new, 0 changed" },
        { "the roll number of the same school only", "普小明,男,,,53230120190001,3153000003,七年级,1班,\n",
            "Done: 1 new, 0 changed" },
        { "with small x, full-width digits and blanks", "普小明,男,５３２３０１ 20070315997x,,,3153000002,7,1班,\n",
            "Done: 0 new, 0 changed" },
        { "nowhere", "普小明,男,532301200705059972,,,3153000002,七年级,1班,\n", "Done: 1 new, 0 changed" },
    };

    [Theory, MemberData(nameof(Found))]
    public async Task A_pupil_is_found(string how, string row, string counts)
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Ming.Replace(",,5323", ",L532301200703101234,5323", StringComparison.Ordinal));
        var result = await given.Pupils(Head + row);
        Assert.StartsWith(counts, Given.Counts(result), StringComparison.Ordinal);
        Assert.NotEmpty(how);
    }

    /// <summary>One fault a row; the row number is that of the sheet.</summary>
    public static TheoryData<string, string, string> Faults => new()
    {
        { "no name", ",男,53230120070315997X,,,3153000002,七年级,1班,", "2 1 name  未填写" },
        { "another sex", "甲,先生,53230120070315997X,,,3153000002,七年级,1班,", "2 2 sex  应为其中一项：男、女" },
        { "sex against the ID: told only", "甲,女,53230120070315997X,,,3153000002,七年级,1班,",
            "2 2 sex sex-fits-id (提醒) 与身份证件号第17位不一致，请核对" },
        { "check digit", "甲,男,532301200703159971,,,3153000002,七年级,1班,", "2 3 residentId  公民身份号码校验位不符，请核对是否录错" },
        { "17 characters", "甲,男,53230120070315997,,,3153000002,七年级,1班,",
            "2 3 residentId  公民身份号码应为18位：前17位为数字，末位为数字或大写字母X" },
        { "national number", "甲,男,,G532301200703159971,,3153000002,七年级,1班,", "2 4 nationalNumber  全国学籍号校验位不符，请核对是否录错" },
        { "13 digits of a roll number: told only", "甲,男,,,5323012019000,3153000002,七年级,1班,",
            "2 5 rollNumber roll-number-of-14-digits (提醒) 初中学籍号一般为14位数字，请核对" },
        { "no number at all", "甲,男,,,,3153000002,七年级,1班,", "2 4 nationalNumber identified 全国学籍号、身份证件号、学籍辅号至少填写一项" },
        { "unknown school", "甲,男,53230120070315997X,,,3153000009,七年级,1班,",
            "2 6 schoolCode school-known 没有登记这所学校，请先导入学校名单" },
        { "no school", "甲,男,53230120070315997X,,,,七年级,1班,", "2  schoolName school-named 未填写学校" },
        { "no grade", "甲,男,53230120070315997X,,,3153000002,,1班,", "2 7 grade  未填写" },
        { "grade ten", "甲,男,53230120070315997X,,,3153000002,高一,1班,", "2 7 grade grade-known 应为一至九年级，如七年级、初一、2017级" },
        { "a class with a slash", "甲,男,53230120070315997X,,,3153000002,七年级,1/2班,",
            "2 8 className place-name 班级名称不能含有 / 和 *" },
        { "a class called as a county is written", "甲,男,53230120070315997X,,,3153000002,七年级,532301,",
            "2 8 className place-name 班级名称不能是区划代码或学校标识码" },
        { "a grade that the school does not teach: told only", "甲,男,53230120070315997X,,,3153000002,三年级,1班,",
            "2 7 grade grade-of-the-school (提醒) 与学校的办学类型不符，请核对" },
        { "退学", "甲,男,53230120070315997X,,,3153000002,七年级,1班,退学", "2 9 state  应为其中一项：在籍、休学、转出、毕业、结业、死亡、其他离校、注销" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_fault_is_told_with_its_place_and_nothing_is_stored(string fault, string row, string finding)
    {
        using var given = await Given.Schools(kind);
        var result = await given.Pupils(Head + row + "\n");
        Assert.Equal([finding], Given.Findings(result));
        var isWarning = finding.Contains("提醒", StringComparison.Ordinal);
        Assert.Equal((isWarning ? ResultKind.Done : ResultKind.Invalid, isWarning ? 1 : 0),
            (result.Kind, await Count(given)));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public async Task One_bad_row_keeps_all_out_unless_the_valid_ones_are_asked_for()
    {
        using var given = await Given.Schools(kind);
        var csv = Head + Ming + "李小红,女,532301200801019962,,,3153000009,七年级,1班,\n"
            + "张新,男,532301200705059971,,,3153000002,八年级,1班,\n";
        var before = await given.Everything();
        var refused = await given.Pupils(csv);
        var told = refused.Answer<ImportOutcome>()!;
        Assert.Equal((ResultKind.Invalid, false, 2, 1), (refused.Kind, told.Stored, told.Errors, told.ValidRows));
        // what the record says, and what the form says
        Assert.Equal(["3 6", "4 3"], Given.Findings(refused).Select(f => f[..3]));
        Assert.Equal(before, await given.Everything());
        Assert.Equal("Done: 1 new, 0 changed, 0 unchanged, 0 gone",
            Given.Counts(await given.Pupils(csv, ImportMode.ValidRows)));
        Assert.Equal(1, await Count(given));
    }

    public static TheoryData<string, string, string> Twice => new()
    {
        { "one ID on two rows",
            Ming + Ming.Replace("普小明", "普小朋", StringComparison.Ordinal)
                .Replace("190001", "190002", StringComparison.Ordinal),
            "3 3 residentId  与第 2 行相同" },
        { "one roll number at one school", Ming + "李小红,女,532301200801019962,,53230120190001,3153000002,七年级,1班,\n",
            "3 5 rollNumber roll-number-once 同一所学校有两名学生是这个学籍辅号" },
        { "numbers of two persons", "李小红,女,532301200801019962,L532301200703101234,,3153000002,七年级,1班,\n",
            "2 3 residentId one-person 全国学籍号和身份证件号已登记为两名不同的学生" },
        { "the roll number of somebody else", "李小红,女,532301200801019962,,99,3153000002,七年级,1班,\n",
            "2 5 rollNumber roll-number-free 这个学籍辅号在该校已属于另一名学生" },
        { "two rows of one pupil",
            "普小明,男,532301200701019973,,,3153000002,七年级,1班,\n普小明,男,,L532301200703101234,,3153000002,七年级,1班,\n",
            "3   listed-once 与前面的一行是同一名学生" },
    };

    [Theory, MemberData(nameof(Twice))]
    public async Task Nobody_is_two_and_no_two_are_one(string fault, string rows, string finding)
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + "普小明,男,532301200701019973,L532301200703101234,99,3153000002,七年级,1班,\n"
            + "李小红,女,532301200801019962,,,3153000002,七年级,1班,\n");
        Assert.Contains(finding, Given.Findings(await given.Pupils(Head + rows)));
        Assert.NotEmpty(fault);
    }

    [Theory]
    [InlineData("2007/3/15")]
    [InlineData("2007-03-15")]
    [InlineData("20070315")]
    [InlineData("２００７年３月１５日")]
    [InlineData("39156")]
    public async Task Dates_are_read_as_people_and_spreadsheets_write_them(string date)
    {
        using var given = await Given.Schools(kind);
        var result = await given.Pupils($"姓名,性别,出生日期,身份证件号,学校标识码,年级\n普小明,男,{date},53230120070315997X,3153000002,七年级\n");
        Assert.Empty(Given.Findings(result));
        Assert.Equal(new DateOnly(2007, 3, 15), (await given.Pupil("普小明")).BirthDate);
    }

    [Fact]
    public async Task An_export_as_it_comes_is_read_with_title_totals_and_in_GB18030()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var given = await Given.Schools(kind);
        var csv = "学生信息导出,,,,\n2020年9月,,,,\n姓名,性别,身份证件号,学校名称,年级\n 普小明 ,男,53230120070315997x,鹿城西中学,初一\n合计,1人,,,\n";
        Assert.Equal("Done: 1 new, 0 changed, 0 unchanged, 0 gone",
            Given.Counts(await given.Import("registry.students", Encoding.GetEncoding("GB18030").GetBytes(csv),
                SpreadsheetFormat.Csv)));
        Assert.Equal("53230120070315997X", (await given.Pupil("普小明")).ResidentId);
    }

    [Fact]
    public async Task Other_headings_are_mapped_and_other_columns_passed_over()
    {
        using var given = await Given.Schools(kind);
        const string Csv = "学生姓名,学生性别,身份证号,就读学校,就读年级,班主任\n普小明,男,53230120070315997X,鹿城西中学,初一,某人\n";
        await Assert.ThrowsAsync<SpreadsheetException>(() => given.Pupils(Csv));
        KeyValuePair<string, string?>[] headings =
        [
            new("学生姓名", "name"),
            new("学生性别", "sex"),
            new("身份证号", "residentId"),
            new("就读学校", "schoolName"),
            new("就读年级", "grade"),
        ];
        await Assert.ThrowsAsync<SpreadsheetException>(
            () => given.Import("registry.students", Csv, mapping: new(headings, ignoresOthers: false)));
        Assert.Equal("Done: 1 new, 0 changed, 0 unchanged, 0 gone",
            Given.Counts(await given.Import("registry.students", Csv,
                mapping: new([.. headings, new("班主任", null)], ignoresOthers: false))));
        Assert.Equal("Done: 0 new, 0 changed, 1 unchanged, 0 gone",
            Given.Counts(await given.Import("registry.students", Csv, mapping: new(headings, ignoresOthers: true))));
    }

    [Fact]
    public async Task A_mapping_is_kept_under_its_name()
    {
        using var given = await Given.Schools(kind);
        var intake = given.Stored.Instance.Catalogue.ListImport("registry.students")!;
        await given.Stored.Do(
            work => ColumnMappings.SaveAsync(work, intake, "全国系统", new([new("学生姓名", "name")], ignoresOthers: false)));
        await given.Stored.Do(work => ColumnMappings.SaveAsync(
            work, intake, "全国系统", new([new("学生姓名", "name"), new("备注", null)], ignoresOthers: true)));
        var found = await given.Stored.Commands.QueryAsync(Actor.Local,
            work => ColumnMappings.FindAsync(work, intake, "全国系统"));
        Assert.Equal(("name", null, true), (found!.Headings["学生姓名"], found.Headings["备注"], found.IgnoresOthers));
        Assert.Equal(ResultKind.Invalid,
            (await given.Stored.Commands.ExecuteAsync(new(Actor.Local),
                work => ColumnMappings.SaveAsync(work, intake, "错", new([new("姓名", "nobody")], false)))).Kind);
        var another = new CommandRequest(new("别人", new Grant(Role.County, "532301")));
        Assert.Equal(ResultKind.Forbidden,
            (await given.Stored.Commands.ExecuteAsync(another,
                work => ColumnMappings.SaveAsync(work, intake, "全国系统", new([new("姓名", "name")], false)))).Kind);
        Assert.Equal(ResultKind.Forbidden,
            (await given.Stored.Commands.ExecuteAsync(
                another, work => ColumnMappings.DeleteAsync(work, intake, "全国系统"))).Kind);
        await given.Stored.Do(work => ColumnMappings.DeleteAsync(work, intake, "全国系统"));
        Assert.Empty(
            await given.Stored.Commands.QueryAsync(Actor.Local, work => ColumnMappings.ListAsync(work, intake)));
    }

    [Fact]
    public async Task A_school_brings_in_its_own_pupils_and_nobody_else_s()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Ming.Replace("3153000002", "3153000003", StringComparison.Ordinal));
        var county = new Actor("county", Grant.ForDivision(Role.County, DivisionCode.Of(532301)));
        Assert.Equal(["2 6 schoolCode within-sight 这所学校不在您的管理范围之内"],
            Given.Findings(await given.Pupils(
                Head + Ming.Replace("3153000002", "3153000003", StringComparison.Ordinal), actor: county)));
        Assert.Equal(["2  schoolName transfer-within-sight 该生学籍在您的管理范围之外的学校，转学须由上级教育行政部门办理"],
            Given.Findings(await given.Pupils(Head + Ming, actor: county)));
        Assert.Equal(ResultKind.Forbidden,
            (await given.Pupils(Head + Ming,
                actor: new Actor("county", Grant.ForDivision(Role.Auditor, DivisionCode.Of(532301))))).Kind);
        await using var db = given.Stored.Commands.Database.Read(county.AccessScope);
        Assert.Empty(await db.Set<Student>().ToListAsync());
    }

    [Theory]
    [InlineData("休学")]
    [InlineData("转出")]
    [InlineData("毕业")]
    [InlineData("结业")]
    [InlineData("死亡")]
    [InlineData("其他离校")]
    [InlineData("注销")]
    public async Task A_school_s_list_takes_nobody_off_its_roll(string state)
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Ming);
        var scope = (await given.Pupil("普小明")).Rolls[0].Scope;
        var off = Head + Ming.Replace("在读", state, StringComparison.Ordinal);
        var school = new Actor("school", new Grant(Role.School, ScopePath.SchoolOf(scope)));
        Assert.Contains("taken-off-by-the-bureau",
            Assert.Single(Given.Findings(await given.Pupils(off, actor: school))), StringComparison.Ordinal);
        Assert.True((await given.Pupils(Head + Ming, actor: school)).IsDone);   // that somebody is there it may say
        var county = new Actor("county", new Grant(Role.County, ScopePath.CountyOf(scope)));
        Assert.True((await given.Pupils(off, actor: county)).IsDone);
    }

    [Fact]
    public async Task Five_spellings_of_a_class_are_one_class_and_its_teacher_sees_all()
    {
        using var given = await Given.Schools(kind);
        string[] spellings = ["七（1）班", "七(1)班", "（1）班", "初一１班", "七年级一班"];
        var csv = "姓名,性别,学籍辅号,学校标识码,年级,班级\n" + string.Concat(spellings.Select((name, i) =>
            $"普{"甲乙丙丁戊"[i]},男,5323012019000{i},3153000002,七年级,{name}\n"));
        var preview = (await given.Pupils(csv, ImportMode.Preview)).Answer<ImportOutcome>()!;
        Assert.Equal(new NewPlace("鹿城西中学 七年级 七（1）班", 5), Assert.Single(preview.Makes));
        Assert.Empty((await given.Pupils("姓名,性别,学籍辅号,学校标识码,年级,班级\n", ImportMode.Preview))
            .Answer<ImportOutcome>()!.Makes);
        Assert.True((await given.Pupils(csv)).IsDone);
        await using (var db = given.Stored.Read())
        {
            var one = Assert.Single(await db.Set<SchoolClass>().ToListAsync());
            Assert.Equal("七（1）班", one.Name);
            Assert.All(await db.Set<Roll>().ToListAsync(),
                r => Assert.Equal((one.Scope, one.Name), (r.Scope, r.ClassName)));
            var teacher = new Actor("teacher", new Grant(Role.Teacher, one.Scope));
            await using var seen = given.Stored.Commands.Database.Read(teacher.AccessScope);
            Assert.Equal(5, await seen.Set<Student>().CountAsync());
        }

        Assert.Equal("Done: 0 new, 0 changed, 5 unchanged, 0 gone", Given.Counts(await given.Pupils(csv)));
        Assert.Empty((await given.Pupils(csv)).Answer<ImportOutcome>()!.Makes);
    }

    [Fact]
    public async Task What_stands_on_record_and_what_would_are_told_and_numbers_are_masked()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Ming);
        var next = Head + Ming.Replace("七年级,1班", "八年级,（2）班", StringComparison.Ordinal)
            .Replace("997X,,", "997X,G53230120070315997X,", StringComparison.Ordinal);
        var preview = (await given.Pupils(next, ImportMode.Preview)).Answer<ImportOutcome>()!;
        Assert.Equal(
            [
                new("nationalNumber", null, "G53**************7X"),
                new("grade", "七年级", "八年级"),
                new("className", "1班", "（2）班"),
            ],
            preview.Changes.Single().Values);
        Assert.Equal("鹿城西中学 八年级 （2）班", preview.Makes.Single().Title);
    }

    [Fact]
    public async Task One_pupil_however_name_and_numbers_are_typed()
    {
        using var given = await Given.Schools(kind);
        var head = "姓名,性别,民族,学籍辅号,学校名称,年级,班级\n";
        Assert.True((await given.Pupils(head + "买买提·艾力,男,汉族,202001,鹿城西中学,七年级,1班\n")).IsDone);
        foreach (var row in (string[])
        [
            "买买提•艾力,男,汉,202001,鹿城西中学,7,（1）班",
            "买买提．艾力 ,1,01,２０２００１,鹿城西​中学,初一,七(1)班",
            "买买​提.艾力,男性,HA,2020 01,3153000002,七,一班",
        ])
            Assert.Equal("Done: 0 new, 0 changed, 1 unchanged, 0 gone",
                Given.Counts(await given.Pupils(head + row + "\n")));
        Assert.Contains("ethnicity", Assert.Single(Given.Findings(await given.Pupils(
            head + "火星人,男,火星族,202002,鹿城西中学,七年级,1班\n"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_documents_are_kept_and_a_pupil_is_found_by_them()
    {
        using var given = await Given.Schools(kind);
        var head = "姓名,性别,身份证件类型,身份证件号,学校标识码,年级,班级\n";
        var first = head + "安娜,女,外国人永久居留身份证,953840201305050018,3153000002,七年级,1班\n"
            + "李约翰,男,护照,e12345678,3153000002,七年级,1班\n";
        Assert.Equal("Done: 2 new, 0 changed, 0 unchanged, 0 gone", Given.Counts(await given.Pupils(first)));
        var anna = await given.Pupil("安娜");
        Assert.Equal((null, IdDocumentKind.PermanentResidence, "953840201305050018"),
            (anna.ResidentId, anna.DocumentKind, anna.DocumentNumber));
        Assert.Equal("Done: 0 new, 0 changed, 2 unchanged, 0 gone", Given.Counts(await given.Pupils(
            first.Replace("e12345678", "Ｅ1234 5678", StringComparison.Ordinal))));
        await given.Pupils("姓名,性别,学籍辅号,学校标识码,年级,班级\n连一,男,1-23,3153000002,七年级,1班\n"
            + "连二,男,12－3,3153000002,七年级,1班\n");
        await using var db = given.Stored.Read();
        foreach (var (number, name) in ((string, string)[])[("1－23", "连一"), ("12-3", "连二")])
            Assert.Equal([(await given.Pupil(name)).Id], await Office.Enrolment.StudentSearch.FindAsync(
                db, given.Stored.Commands.Database.Keys, number, 10));
        Assert.Equal([anna.Id], await Office.Enrolment.StudentSearch.FindAsync(
            db, given.Stored.Commands.Database.Keys, "9538402013 05050018", 10));
    }

    [Fact]
    public async Task What_a_list_cannot_know_for_sure_is_a_reminder()
    {
        using var given = await Given.Schools(kind);
        var head = "姓名,性别,出生日期,身份证件号,学籍辅号,学校标识码,年级,班级,入学年月\n";
        await given.Pupils(head + "普小明,男,2007-03-15,53230120070315997X,,3153000002,七年级,1班,201909\n");
        await Told("perhaps-known", "普小明,男,2007-03-15,,9,3153000002,七年级,1班,201909");
        await Told("another-name", "李四,男,2007-03-15,53230120070315997X,,3153000002,七年级,1班,201909");
        await Told("transfers", "普小明,男,2007-03-15,53230120070315997X,,3153000003,七年级,1班,201909");
        await Told("class-of-the-grade", "新一,男,2007-03-15,,10,3153000002,七年级,八（1）班,201909");
        await Told("entered-at-school-age", "新二,男,2007-03-15,,11,3153000002,七年级,1班,201109");
        await Told(null, "新?,男,2007-03-15,,12,3153000002,七年级,1班,201909");
        await Told("born-by-today", "新三,男,2040-03-15,,13,3153000002,七年级,1班,201909", isRefused: true);
        await Told("entered-after-birth", "新四,男,2007-03-15,,14,3153000002,七年级,1班,199009", isRefused: true);

        async Task Told(string? rule, string row, bool isRefused = false)
        {
            var outcome = (await given.Pupils(head + row + "\n", ImportMode.Preview)).Answer<ImportOutcome>()!;
            var finding = Assert.Single(outcome.Findings, f => f.Rule == rule);
            Assert.Equal(isRefused ? FormFindingLevel.Error : FormFindingLevel.Warning, finding.Level);
            Assert.Equal(isRefused ? 0 : 1, outcome.ValidRows);
        }
    }

    [Fact]
    public async Task Lists_of_one_day_that_move_a_pupil_there_and_back_are_told()
    {
        using var given = await Given.Schools(kind);
        var head = "姓名,性别,身份证件号,学校标识码,年级,班级\n";
        string Of(string school) => head + $"普小明,男,53230120070315997X,{school},七年级,1班\n";
        await given.Pupils(Of("3153000002"));
        Assert.Contains("另一份同日生效的名单", (await given.Pupils(Of("3153000003"))).Text, StringComparison.Ordinal);
        given.Stored.Turn(Given.Today.AddDays(1));
        Assert.Contains("将由金山中学转入", (await given.Pupils(Of("3153000002"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_and_an_export_leave_a_line_in_the_audit_and_a_key_gives_the_answer_again()
    {
        using var given = await Given.Schools(kind);
        var first = await given.Import("registry.students", Head + Ming, key: "k1");
        var again = await given.Import("registry.students", Head + Ming, key: "k1");
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(ResultKind.KeyReused,
            (await given.Import("registry.students", Head + Ming.Replace("1班", "2班", StringComparison.Ordinal),
                key: "k1")).Kind);
        await given.Export("registry.students", ("school", Given.West));
        await using var db = given.Stored.Read();
        Assert.Equal(["1 rows", "1 new, 0 changed, 0 unchanged, 0 gone"],
            await db.Set<AuditEntry>().Where(a => a.Action.StartsWith("registry.students/")).OrderBy(a => a.Action)
                .Select(a => a.Detail).ToListAsync());
    }

    [Theory]
    [InlineData("2020-09-10", null)]
    [InlineData("2020-09-11", "不能晚于今天")]
    public async Task A_list_holds_from_today_at_latest(string from, string? fault)
    {
        using var given = await Given.Schools(kind);
        Assert.Equal(fault is null ? [] : [$"  from from-today-at-latest {fault}"],
            Given.Findings(await given.Pupils(Head + Ming, head: ("from", from))));
    }

    [Fact]
    public async Task An_older_list_does_not_undo_what_came_later()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + Ming, head: ("from", "2020-09-01"));
        await given.Pupils(Head + Ming.Replace("在读", "休学", StringComparison.Ordinal), head: ("from", "2020-09-07"));
        Assert.Contains("not-before-the-last",
            Assert.Single(Given.Findings(await given.Pupils(Head + Ming, head: ("from", "2020-09-06")))),
            StringComparison.Ordinal);
        var roll = Assert.Single((await given.Pupil("普小明")).Rolls);
        Assert.Equal((RollState.OnRoll, RollState.Suspended, RollState.Suspended),
            (roll.StandingOn(new(2020, 9, 6))!.State, roll.StandingOn(new(2020, 9, 7))!.State, roll.State));
        await given.Pupils(Head + Ming, head: ("from", "2020-09-07"));   // of the same day the later row counts
        Assert.Equal(RollState.OnRoll,
            Assert.Single((await given.Pupil("普小明")).Rolls).StandingOn(new(2020, 9, 7))!.State);
    }

    [Fact]
    public async Task A_blank_erases_nothing_and_guardians_are_kept()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(
            "姓名,性别,身份证件号,学校标识码,年级,班级,民族,联系电话,监护人1姓名,监护人1关系,监护人1联系电话,监护人2姓名,监护人2关系\n"
                + "普小明,男,53230120070315997X,3153000002,初一,1班,彝族,15400000001,普大明,父亲,15400000002,李花,祖母\n");
        Assert.Equal("Done: 0 new, 0 changed, 1 unchanged, 0 gone",
            Given.Counts(await given.Pupils(
                "姓名,性别,身份证件号,学校标识码,年级,班级,民族,监护人1姓名\n普小明,男,53230120070315997X,3153000002,初一,,,普大明\n")));
        Assert.Equal("guardian1Name",
            Given.Fields(await given.Pupils(
                "姓名,性别,身份证件号,学校标识码,年级,监护人1姓名,监护人1关系\n普小明,男,53230120070315997X,3153000002,初一,王妈,母亲\n")));
        var pupil = await given.Pupil("普小明");
        Assert.Equal(["普大明 Father 15400000002", "王妈 Mother ", "李花 Grandparent "],
            pupil.Guardians.OrderBy(g => g.Kinship).Select(g => $"{g.Name} {g.Kinship} {g.Phone}"));
        Assert.Equal(("彝族", "1班"), (pupil.Ethnicity, pupil.Rolls[0].ClassName));
    }

    private static async Task<int> Count(Given given)
    {
        await using var db = given.Stored.Read();
        return await db.Set<Student>().CountAsync();
    }
}

public sealed class PupilImportTestsOnSqlite() : PupilListImportTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class PupilImportTestsOnPostgreSql() : PupilListImportTests(DatabaseKind.PostgreSql);
