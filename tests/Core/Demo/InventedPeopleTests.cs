using System.Text;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Demo;
using EduAssist.Office.Registry;
using static EduAssist.Core.Tests.Registry.Tables;

namespace EduAssist.Core.Tests.Demo;

public class InventedPeopleTests
{
    private const int Many = 2500;

    private static readonly DivisionCode Chuxiong = DivisionCode.Of(532301), Lufeng = DivisionCode.Of(532302);
    private static readonly DateOnly From = new(2010, 9, 1), To = new(2013, 8, 31);

    private static readonly IReadOnlyList<InventedPerson> Pupils = People(1, Chuxiong, From, To, Many);

    private static IReadOnlyList<InventedPerson> People(
        int seed, DivisionCode county, DateOnly from, DateOnly to, int count)
    {
        var people = new InventedPeople(seed, Register);
        return [.. Enumerable.Range(0, count).Select(_ => people.Next(county, from, to))];
    }

    [Fact]
    public void The_same_seed_gives_the_same_people() => Assert.Equal(Pupils, People(1, Chuxiong, From, To, Many));

    [Fact]
    public void Another_seed_gives_others()
    {
        var others = People(2, Chuxiong, From, To, Many);
        Assert.True(Pupils.Zip(others).Count(pair => pair.First.Name != pair.Second.Name) > Many * 9 / 10);
    }

    /// <summary>
    /// Demonstrations and their pictures are told by name: a change of the generator is seen here first.
    /// </summary>
    [Fact]
    public void The_first_three_of_seed_1_stay_who_they_are() =>
        Assert.Equal("罗鹏强532301201204069974 鲁兰怡532301201210159984 谭海武532301201103289978",
            string.Join(' ', Pupils.Take(3).Select(p => $"{p.Name}{p.ResidentId.Value}")));

    [Fact]
    public void Every_resident_id_is_valid_and_says_sex_birth_and_county() => Assert.All(Pupils, p =>
    {
        var id = ResidentId.Read(p.ResidentId.Value, Register, Today).Id!.Value;
        Assert.Equal((p.Sex, p.BirthDate, Chuxiong), (id.Sex, id.BirthDate, id.Division));
        Assert.InRange(p.BirthDate, From, To);
        Assert.Matches("99[6-9]", id.Value[14..17]);
        Assert.Empty(id.Suspicions(Register, new(2026, 5, 6), p.Sex));
    });

    [Fact]
    public void No_number_is_given_twice()
    {
        Assert.Equal(Many, Pupils.Select(p => p.ResidentId).Distinct().Count());
        Assert.Equal(Many, Pupils.Select(p => p.RollNumber).Distinct().Count());
        Assert.Equal(Many, Pupils.Select(p => p.StudentNumber).Distinct().Count());
    }

    [Fact]
    public void One_day_has_two_of_each_sex_and_then_no_more()
    {
        var people = new InventedPeople(3, Register);
        var four = Enumerable.Range(0, 4).Select(_ => people.Next(Chuxiong, From, From)).ToList();
        Assert.Equal(["996", "997", "998", "999"],
            four.Select(p => p.ResidentId.Value[14..17]).Order(StringComparer.Ordinal));
        Assert.Throws<InvalidOperationException>(() => people.Next(Chuxiong, From, From));
        Assert.NotEmpty(people.Next(Lufeng, From, From).Name);
    }

    [Theory]
    [InlineData(532302, "2020-12-31", 532331, "禄丰市，生于设市之前")]
    [InlineData(532302, "2021-01-01", 532302, "禄丰市，生于设市之年")]
    [InlineData(532331, "2012-05-06", 532331, "以旧代码问")]
    [InlineData(532331, "2022-05-06", 532302, "以旧代码问，生于设市之后")]
    [InlineData(520581, "2010-12-31", 522423, "黔西，毕节地区时")]
    [InlineData(520581, "2012-01-01", 520522, "黔西县，毕节市时")]
    [InlineData(520581, "2022-01-01", 520581, "黔西市")]
    [InlineData(210115, "2016-03-31", 210122, "辽中县")]
    [InlineData(210115, "2016-04-01", 210115, "辽中区")]
    [InlineData(110105, "2012-05-06", 110105, "行政区划表未载的县区")]
    public void The_id_bears_the_county_s_code_of_the_day_of_birth(
        long county, string birth, long expected, string what)
    {
        Assert.NotEmpty(what);
        var pupil = People(4, DivisionCode.Of(county), Day(birth), Day(birth), 1)[0];
        Assert.Equal(expected, pupil.ResidentId.Division.Value);
        Assert.Empty(pupil.ResidentId.Suspicions(Register, pupil.BirthDate.AddYears(10), pupil.Sex));
    }

    [Fact]
    public void Roll_and_student_numbers_are_valid() => Assert.All(Pupils, p =>
    {
        Assert.True(JuniorRollNumber.TryParse(p.RollNumber.Value, out _));
        var number = StudentNumber.Read(p.StudentNumber.Value, Register, Today).Number!.Value;
        Assert.Equal(p.BirthDate, number.BirthDate);
        Assert.True(number.Kind != StudentNumberKind.Formal || number.Value == "G" + p.ResidentId.Value);
    });

    [Fact]
    public void Telephones_are_valid_and_of_blocks_known_to_be_invented() =>
        Assert.All(Pupils.SelectMany(p => new[] { p.Phone, p.Guardian.Phone }).OfType<Phone>(), phone =>
    {
        Assert.Equal(phone, Phone.Read(phone.Value).Phone);
        Assert.StartsWith(phone.IsMobile ? "154000" : "0878000", phone.Value, StringComparison.Ordinal);
    });

    public static TheoryData<string, Func<InventedPerson, bool>, double, double> Shares => new()
    {
        { "男", p => p.Sex == Sex.Male, 0.53, 0.03 },
        { "汉族", p => p.Ethnicity == "汉族", 0.635, 0.03 },
        { "彝族", p => p.Ethnicity == "彝族", 0.291, 0.03 },
        { "监护人是父亲", p => p.Guardian.Kinship == Kinship.Father, 0.55, 0.03 },
        { "监护人是祖父母", p => p.Guardian.Kinship == Kinship.Grandparent, 0.16, 0.03 },
        { "与父亲同姓", p => p.Guardian.Kinship != Kinship.Father || p.Guardian.Name[0] == p.Name[0], 1, 0 },
        { "正式学籍号", p => p.StudentNumber.Kind == StudentNumberKind.Formal, 0.97, 0.01 },
        { "临时学籍号", p => p.StudentNumber.Kind == StudentNumberKind.Temporary, 0.02, 0.01 },
        { "无身份证号的学籍号", p => p.StudentNumber.Kind == StudentNumberKind.FormalWithoutId, 0.01, 0.009 },
        { "没有电话", p => p.Guardian.Phone is null, 0.03, 0.01 },
        { "固定电话", p => p.Guardian.Phone is { IsMobile: false }, 0.02, 0.01 },
        { "间隔号", p => p.Name.Contains('·', StringComparison.Ordinal), 0.01, 0.007 },
        { "国标二三一二以外的字", p => IsRare(p.Name), 0.008, 0.005 },
    };

    [Theory, MemberData(nameof(Shares))]
    public void Shares_are_as_wished(string what, Func<InventedPerson, bool> has, double share, double tolerance)
    {
        Assert.NotEmpty(what);
        Assert.InRange(Pupils.Count(has) / (double)Many, share - tolerance, share + tolerance);
    }

    [Fact]
    public void Names_go_beyond_the_basic_plane_and_some_are_those_of_several()
    {
        Assert.Contains(Pupils, p => p.Name.Any(char.IsSurrogate));
        Assert.Contains(Pupils.GroupBy(p => p.Name), g => g.Count() > 2);
        Assert.All(Pupils, p => Assert.InRange(p.Name.EnumerateRunes().Count(), 2, 30));
    }

    [Fact]
    public void Townships_are_the_county_s() =>
        Assert.Equal(Register.Children(Chuxiong).Select(d => d.Name).Order(StringComparer.Ordinal),
            Pupils.Select(p => p.Township).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(520000, 2010)]
    [InlineData(532300, 2010)]
    [InlineData(532301, 2014)]
    public void A_wrong_question_is_a_bug(long county, int year) =>
        Assert.ThrowsAny<ArgumentException>(() => new InventedPeople(1, Register)
            .Next(DivisionCode.Of(county), new(year, 1, 1), new(2013, 1, 1)));

    /// <summary>
    /// Whether a character is not in GB 2312 (code page 20936), which has the middle dot under another number.
    /// </summary>
    private static bool IsRare(string name)
    {
        name = name.Replace("·", "", StringComparison.Ordinal);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var simplified = Encoding.GetEncoding(20936, new EncoderReplacementFallback("?"),
            DecoderFallback.ReplacementFallback);
        return simplified.GetString(simplified.GetBytes(name)) != name;
    }
}
