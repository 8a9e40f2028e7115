using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Cases;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Listings;
using EduAssist.Office.Privacy;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>
/// 学籍以外的人员: whom a case is about and who is on no roll. All that holds for pupils' data holds for theirs.
/// </summary>
public abstract class PersonsTests(DatabaseKind kind)
{
    private const string Number = "53230120070315997X";
    private const string Head = "姓名,性别,出生日期,身份证件类型,身份证件号,学籍辅号,学校标识码,年级,班级\n";

    private static readonly Actor County = new("county", new Grant(Role.County, "532301"));

    [Theory]
    [InlineData("普小明", Number, null, "")]
    [InlineData(" 普　小明 ", "53230120070315997x", null, "")]   // one form for every spelling
    [InlineData("普小明", "E12345678", IdDocumentKind.Passport, "")]
    [InlineData("普小明", "", null, "residentId 须填写证件号码。")]
    [InlineData("普小明", null, null, "residentId 须填写证件号码。")]
    [InlineData("", Number, null, "name 须填写姓名。")]
    [InlineData("普小明", "E1", IdDocumentKind.Passport, "residentId 证件号应为4至30位字母和数字。")]
    public async Task A_person_is_found_by_the_number_of_a_document_or_made_once(
        string name, string? number, IdDocumentKind? document, string fault)
    {
        using var given = await Given.Schools(kind);
        var (made, wrong) = await Find(given, name, number, document, "532301");
        Assert.Equal(fault, wrong);
        if (fault.Length > 0) return;
        foreach (var place in (string[])["532301", "532331", "5303"])
            Assert.Equal((made, ""), await Find(given, "普小明", number, document, place));
        var (nobody, other) = await Find(given, "李小红", number, document, "532301");
        Assert.Equal((null, "name 这个证件号码已登记的是另一个姓名，请核对姓名与号码。"), (nobody, other));
        await using var db = given.Stored.Read();
        var one = await db.Set<Student>().SingleAsync();
        Assert.Equal((made, "普小明", "532301"), (one.Id, one.Name, one.Scope));
        Assert.Equal(
            document is null ? ("53230120070315997X", new(2007, 3, 15), Sex.Male) : (null, null, Sex.Unknown),
            (one.ResidentId, one.BirthDate, one.Sex));
        Assert.Equal(document is null ? null : "E12345678", one.DocumentNumber);
    }

    /// <summary>A pupil of another place is the same person, and stays where they are.</summary>
    [Fact]
    public async Task A_pupil_is_found_and_stays_one()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + $"普小明,男,2007-03-15,居民身份证,{Number},1001,{Given.Far},七年级,1班\n");
        var pupil = await given.Pupil("普小明");
        Assert.Equal((pupil.Id, ""), await Find(given, "普小明", Number, null, "532301"));
        Assert.Equal(pupil.Scope, (await given.Pupil("普小明")).Scope);
    }

    [Fact]
    public async Task No_list_of_a_school_has_them_and_a_list_that_names_the_number_takes_the_record_over()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + $"李小红,女,2007-05-01,,,1002,{Given.West},七年级,1班\n");
        var scope = (await given.Pupil("李小红")).Rolls[0].School.Scope;
        var (id, _) = await Find(given, "普小明", Number, null, scope);
        Assert.Equal(["普小明 False", "李小红 True"], await OnRegister(given));
        Assert.Single((await given.Export("registry.students")).Rows("pupils"));
        var list = Head + $"李小红,女,2007-05-01,,,1002,{Given.West},七年级,1班\n";
        Assert.Equal("Done: 0 new, 0 changed, 1 unchanged, 0 gone", Given.Counts(await given.Pupils(list)));

        var row = $"普小明,男,,居民身份证,{Number},1003,{Given.West},七年级,2班\n";
        var school = new Actor("west", new Grant(Role.School, scope));
        var taken = await given.Pupils(list + row, actor: school);
        Assert.Equal("Done: 0 new, 1 changed, 1 unchanged, 0 gone", Given.Counts(taken));
        Assert.Equal(["普小明 True", "李小红 True"], await OnRegister(given));
        var pupil = await given.Pupil("普小明");
        Assert.Equal((id!.Value, "七年级", pupil.Rolls.Single().Scope),
            (pupil.Id, GradeWords.ForGrade(pupil.Rolls.Single().Grade), pupil.Scope));
        Assert.Equal((id, ""), await Find(given, "普小明", Number, null, "532331"));
    }

    /// <summary>A record elsewhere is not a school's to take: the bureau above both brings the list.</summary>
    [Fact]
    public async Task A_record_out_of_sight_is_taken_over_by_a_bureau_above_it()
    {
        using var given = await Given.Schools(kind);
        var (id, _) = await Find(given, "普小明", Number, null, "532331");
        var list = Head + $"普小明,男,,居民身份证,{Number},1003,{Given.West},七年级,2班\n";
        var refused = await given.Pupils(list, actor: County);
        Assert.Equal(ResultKind.Invalid, refused.Kind);
        Assert.Contains("须由上级教育行政部门导入", refused.Text, StringComparison.Ordinal);
        var taken = await given.Pupils(list, actor: new("prefecture", new Grant(Role.Prefecture, "5323")));
        Assert.Equal("Done: 0 new, 1 changed, 0 unchanged, 0 gone", Given.Counts(taken));
        Assert.Equal(id, (await given.Pupil("普小明")).Id);
    }

    [Fact]
    public async Task They_are_searched_shown_handed_over_and_erased_as_pupils_are()
    {
        using var given = await Given.Schools(kind);
        var id = (await Find(given, "普小明", Number, null, "532301")).Id!.Value;
        foreach (var (actor, seen) in ((Actor, int)[])[
            (County, 1), (new("far", new Grant(Role.County, "532331")), 0)])
        {
            await using var db = given.Stored.Commands.Database.Read(actor.AccessScope);
            foreach (var asked in (string[])[Number, "小明"])
            {
                var found = await StudentSearch.FindAsync(db, given.Stored.Commands.Database.Keys, asked, 9);
                Assert.Equal(seen, found.Count);
            }

            var shown = await given.Stored.Commands.ExecuteAsync(
                new(actor), work => PersonalData.RevealAsync(work, id));
            Assert.Equal(seen == 1 ? Number : null, shown.Answer<RevealedNumbers>()?.ResidentId);
            var all = await given.Stored.Commands.ExecuteAsync(new(actor), work => PersonalData.ExportAsync(work, id));
            Assert.Equal(seen == 1, all.Text.Contains(Number, StringComparison.Ordinal));
        }

        var erased = await given.Stored.Commands.ExecuteAsync(new(County),
            work => PersonalData.EraseAsync(work, id, "保管期满"));
        Assert.Equal(ResultKind.Done, erased.Kind);
        var (again, _) = await Find(given, "普小明", Number, null, "532301");
        Assert.NotEqual(id, again);   // of an erased person no number is left to be found by
        await using var after = given.Stored.Read();
        Assert.Equal(1, await after.Set<Student>().CountAsync(s => s.ResidentIdIndex != null));
    }

    /// <summary>Of a pupil without a number and a person who has one: they are one, whichever record is kept.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_are_suspected_doubles_and_merged_as_pupils_are(bool keepsThePupil)
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + $"普小明,男,2007-03-15,,,1001,{Given.West},七年级,1班\n");
        var pupil = await given.Pupil("普小明");
        var person = (await Find(given, "普小明", Number, null, "532301")).Id!.Value;
        Assert.NotEqual(pupil.Id, person);
        await using (var db = given.Stored.Commands.Database.Read(County.AccessScope))
            Assert.Single((await SuspectedDoubles.ListAsync(db, given.Stored.Commands.Database.Keys, County)).Pairs);
        var (keep, goes) = keepsThePupil ? (pupil.Id, person) : (person, pupil.Id);
        await using var versions = given.Stored.Read();
        var seen = await versions.Set<Student>().ToDictionaryAsync(s => s.Id, s => s.Version);
        var merged = await given.Stored.Commands.ExecuteAsync(new(County), work =>
            StudentMerge.MergeAsync(work, keep, goes, (seen[keep], seen[goes]), []));
        Assert.True(merged.IsDone, merged.Text);
        var one = await given.Pupil("普小明");
        Assert.Equal((keep, Number, pupil.Scope), (one.Id, one.ResidentId, one.Scope));
        Assert.Equal((keep, ""), await Find(given, "普小明", Number, null, "532331"));
        Assert.Equal(["普小明 True"], await OnRegister(given));
    }

    /// <summary>A county is no school, and two passports are two persons.</summary>
    [Fact]
    public async Task Adults_of_one_county_and_one_name_are_no_doubles_nor_are_two_with_two_documents_at_a_school()
    {
        using var given = await Given.Schools(kind);
        await using var read = given.Stored.Read();
        var west = (await read.Set<School>().SingleAsync(s => s.Code == Given.West)).Scope;
        foreach (var (number, document) in (IEnumerable<(string, IdDocumentKind?)>)[
            ("E12345678", IdDocumentKind.Passport), ("E12345679", IdDocumentKind.Passport),
            (Number, null), ("532331200703159978", null)])
            Assert.Equal("", (await Find(given, "普小明", number, document, "532301")).Wrong);
        Assert.Empty(await Suspected());
        foreach (var number in (string[])["E22345678", "E22345679"])
            Assert.Equal("", (await Find(given, "李小红", number, IdDocumentKind.Passport, west)).Wrong);
        Assert.Empty(await Suspected());
        await given.Stored.Do(async work =>
        {
            var one = await work.Db.Set<Student>().FirstAsync(s => s.Name == "李小红");
            (one.DocumentKind, one.DocumentNumber, one.DocumentNumberIndex) = (null, null, null);
            work.Audit("test", null, "");
            return CommandResult.Done();
        });
        Assert.Single(await Suspected());   // one without a document may be anybody

        async Task<IReadOnlyList<SuspectedDouble>> Suspected()
        {
            await using var db = given.Stored.Commands.Database.Read(County.AccessScope);
            return (await SuspectedDoubles.ListAsync(db, given.Stored.Commands.Database.Keys, County)).Pairs;
        }
    }

    /// <summary>An end cannot be taken back, so none is written before it has come.</summary>
    [Fact]
    public async Task A_group_ends_today_at_the_latest()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Head + $"李小红,女,2007-05-01,,,1002,{Given.West},七年级,1班\n");
        var id = (await given.Pupil("李小红")).Id;
        var group = await given.Stored.Commands.ExecuteAsync(new(County), work => PersonGroups.AddAsync(work, id, new()
        {
            ["kind"] = "孤儿",
            ["from"] = "2020-09-01",
            ["source"] = "楚雄市民政局",
            ["paper"] = "楚民〔2020〕1号",
            ["paperDate"] = "2020-09-01",
        }));
        Assert.True(group.IsDone, group.Text);
        var late = await End(Given.Today.AddDays(1));
        Assert.Equal((ResultKind.Invalid, "截止日期不能晚于今天：到期以后再登记截止。"),
            (late.Kind, late.Refusal!.Errors!["until"].Single()));
        Assert.Equal(ResultKind.Done, (await End(Given.Today)).Kind);

        Task<CommandResult> End(DateOnly day) => given.Stored.Commands.ExecuteAsync(new(County), work =>
            PersonGroups.EndAsync(work, id, group.Id!.Value,
                new() { ["until"] = $"{day:yyyy-MM-dd}", ["reason"] = "已被收养" }));
    }

    private static async Task<(Guid? Id, string Wrong)> Find(
        Given given, string? name, string? number, IdDocumentKind? document, string scope)
    {
        Guid? id = null;
        var errors = new OpeningErrors();
        await given.Stored.Commands.ExecuteAsync(new(Actor.Local), async work =>
        {
            id = (await Persons.FindOrAddAsync(work, new(name, number, document), scope, errors))?.Id;
            work.Audit("test", id, "");
            return CommandResult.Done();
        });
        return (id, errors.ToResult("x") is { } wrong
            ? string.Join(' ', wrong.Refusal!.Errors!.Select(e => $"{e.Key} {string.Join(' ', e.Value)}")) : "");
    }

    private static async Task<IReadOnlyList<string>> OnRegister(Given given)
    {
        await using var db = given.Stored.Read();
        return
        [
            .. await new StudentListing().Query(new(db, given.Stored.Instance)).OrderBy(s => s.OnRegister)
                .ThenBy(s => s.Name == "普小明" ? 0 : 1).Select(s => s.Name + " " + (s.OnRegister ? "True" : "False"))
                .ToListAsync(),
        ];
    }
}

public sealed class PersonsTestsOnSqlite() : PersonsTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class PersonsTestsOnPostgreSql() : PersonsTests(DatabaseKind.PostgreSql);
