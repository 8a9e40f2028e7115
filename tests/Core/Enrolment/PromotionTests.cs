using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Enrolment;

/// <summary>On 1 September everybody is one grade further.</summary>
public abstract class PromotionTests(DatabaseKind kind)
{
    private const string Before = """
        姓名,性别,学籍辅号,学校标识码,年级,班级,学生状态
        五升六,男,1,2153000001,五年级,五（1）班,
        六毕业,女,2,2153000001,六年级,六（1）班,
        七升八,男,3,3153000002,七年级,七（3）班,
        八升九,女,4,3153000002,八年级,2018级2班,
        九毕业,男,5,3153000002,九年级,九（1）班,
        休学的,女,6,3153000002,七年级,七（3）班,休学
        无班级,男,7,3153000003,七年级,,
        """;

    [Fact]
    public async Task Everybody_on_the_roll_is_promoted_once()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Before, head: ("from", "2020-02-20"));
        var before = await given.Everything();
        Assert.Equal("4 promoted, 2 graduated, 1 suspended, 0 settled", await Run(given, 2020, preview: true));
        Assert.Equal(before, await given.Everything());

        Assert.Equal("4 promoted, 2 graduated, 1 suspended, 0 settled", await Run(given, 2020));
        Assert.Equal(
            [
                "七升八 8 八（3）班 OnRoll 2020", "九毕业 9 九（1）班 Graduated ", "五升六 6 六（1）班 OnRoll 2020",
                "休学的 7 七（3）班 Suspended 2019", "八升九 9 2018级2班 OnRoll 2020", "六毕业 6 六（1）班 Graduated ", "无班级 8  OnRoll ",
            ],
            await Standings(given, new(2020, 9, 1)));
        Assert.Equal("五升六 5 五（1）班 OnRoll 2019", (await Standings(given, new(2020, 8, 31)))[2]);

        var after = await given.Everything();
        Assert.Equal("0 promoted, 0 graduated, 1 suspended, 4 settled", await Run(given, 2020));
        Assert.Equal(after, await given.Everything());
    }

    [Fact]
    public async Task Whoever_has_a_standing_of_the_new_year_stays_as_the_list_said()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Before, head: ("from", "2020-02-20"));
        // repeats the grade
        await given.Pupils("姓名,性别,学籍辅号,学校标识码,年级,班级\n七升八,男,3,3153000002,七年级,七（5）班\n", head: ("from", "2020-09-01"));
        Assert.Equal("3 promoted, 2 graduated, 1 suspended, 1 settled", await Run(given, 2020));
        Assert.Equal("七升八 7 七（5）班 OnRoll 2020", (await Standings(given, Given.Today))[0]);
    }

    [Fact]
    public async Task Whoever_enters_in_the_year_that_begins_is_in_their_grade_already()
    {
        using var given = await Given.Schools(kind, new(2020, 8, 30));
        await given.Pupils("姓名,性别,学籍辅号,学校标识码,年级,班级,入学年月\n新生,男,9,3153000002,七年级,七（1）班,202009\n");
        given.Stored.Turn(new(2020, 9, 2));
        Assert.Equal("0 promoted, 0 graduated, 0 suspended, 1 settled", await Run(given, 2020));
    }

    [Theory]
    [InlineData("2020-08-31", 2020, false)]
    [InlineData("2020-09-01", 2020, true)]
    [InlineData("2020-09-02", 2020, true)]
    [InlineData("2020-09-02", 2021, false)]
    public async Task It_begins_on_1_September(string today, int year, bool possible)
    {
        using var given = await Given.Schools(kind, Given.Day(today));
        var result = await given.Stored.Commands.ExecuteAsync(new(Actor.Local),
            work => Promotion.RunAsync(work, new(year), preview: false));
        Assert.Equal(possible ? ResultKind.Done : ResultKind.Refused, result.Kind);
        if (!possible) Assert.Equal(new(year, 9, 1), result.Refusal!.Findings![0].PossibleOn!.Value);
    }

    [Fact]
    public async Task Only_the_pupils_of_one_s_own_are_promoted()
    {
        using var given = await Given.Schools(kind);
        await given.Pupils(Before, head: ("from", "2020-02-20"));
        var county = new Actor("county", Grant.ForDivision(Role.County, DivisionCode.Of(532302)));
        var result = await given.Stored.Commands.ExecuteAsync(new(county),
            work => Promotion.RunAsync(work, new(2020), preview: false));
        var told = result.Answer<PromotionOutcome>()!;
        Assert.Equal((1, 0), (told.Promoted, told.Graduated));
    }

    private static async Task<string> Run(Given given, int year, bool preview = false)
    {
        var result = preview
            ? await given.Stored.Commands.QueryAsync(Actor.Local,
                work => Promotion.RunAsync(work, new(year), preview: true))
            : await given.Stored.Do(work => Promotion.RunAsync(work, new(year), preview: false));
        var told = result.Answer<PromotionOutcome>()!;
        return $"{told.Promoted} promoted, {told.Graduated} graduated, {told.Suspended} suspended, "
            + $"{told.AlreadySettled} settled";
    }

    private static async Task<string[]> Standings(Given given, DateOnly day)
    {
        await using var db = given.Stored.Read();
        var rolls = await db.Set<Roll>().Include(r => r.Student).Include(r => r.Standings).ThenInclude(s => s.Group)
            .ToListAsync();
        return
        [
            .. rolls.OrderBy(r => r.Student.Name, StringComparer.Ordinal).Select(r => (r, on: r.StandingOn(day)!))
                .Select(
                x =>
                    $"{x.r.Student.Name} {x.on.Grade} {x.on.Group?.Name ?? x.r.ClassName} {x.on.State} "
                        + $"{x.on.Group?.SchoolYear}"),
        ];
    }
}

public sealed class PromotionTestsOnSqlite() : PromotionTests(DatabaseKind.Sqlite);

[Requires(ExternalProgram.PostgreSql)]
public sealed class PromotionTestsOnPostgreSql() : PromotionTests(DatabaseKind.PostgreSql);

/// <summary>What grades and classes are called.</summary>
public class GradeWordsTests
{
    [Theory]
    [InlineData("八（3）班", 8, "九（3）班")]
    [InlineData("八(3)班", 8, "九(3)班")]
    [InlineData("初二3班", 8, "初三3班")]
    [InlineData("七年级1班", 7, "八年级1班")]
    [InlineData("801班", 8, "901班")]
    [InlineData("801", 8, "901")]
    [InlineData("2018级2班", 2, "2018级2班")]
    [InlineData("三班", 3, "三班")]
    [InlineData("三十班", 3, "三十班")]
    [InlineData("3班", 3, "3班")]
    [InlineData("七（1）班", 8, "七（1）班")]
    [InlineData("六（2）班", 6, "七（2）班")]
    public void A_class_is_called_by_its_new_grade(string name, int grade, string next) =>
        Assert.Equal(next, GradeWords.Next(name, grade));

    [Theory]
    [InlineData("七年级", null, 7)]
    [InlineData("7", null, 7)]
    [InlineData("７年级", null, 7)]
    [InlineData("初一", null, 7)]
    [InlineData("初中三年级", null, 9)]
    [InlineData("初四", null, null)]
    [InlineData("初八", null, 8)]
    [InlineData("小学六年级", null, 6)]
    [InlineData("2018级", Stage.Junior, 9)]
    [InlineData("初2019级", null, 8)]
    [InlineData("小2019级", null, 2)]
    [InlineData("2019级", null, null)]
    [InlineData("2017级", Stage.Junior, null)]
    [InlineData("高一", null, null)]
    [InlineData("0", null, null)]
    [InlineData("", null, null)]
    public void A_grade_is_read_as_schools_write_it(string text, Stage? stage, int? grade) =>
        Assert.Equal(grade, GradeWords.Read(text, new(2020, 9, 10), stage));
}
