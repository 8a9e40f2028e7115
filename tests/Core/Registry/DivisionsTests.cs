using EduAssist.Kernel.Registry;
using static EduAssist.Core.Tests.Registry.Tables;

namespace EduAssist.Core.Tests.Registry;

public class DivisionsTests
{
    private const string Header = "code,name,level,kind,parent,from,covered_to,remark,civil_affairs_code\n";
    private const string Past = "code,name,from,until,successor,source\n";
    private const string Tree = Header
        + "530000,云南省,province,省,,,,,\n532300,楚雄州,prefecture,自治州,530000,,township,,\n"
        + "532302,禄丰市,county,县级市,532300,2021,,,\n";

    [Theory]
    [InlineData("522422", "520521")]
    [InlineData("522423", "520581")]
    [InlineData("520522", "520581")]
    [InlineData("532331", "532302")]
    [InlineData("522400", "520500")]
    [InlineData("522421", "520502")] // Bijie county, then city, then Qixingguan
    [InlineData("522121", "520304")] // Zunyi county, in its prefecture and in its city, then Bozhou
    [InlineData("522526", "520403")]
    [InlineData("210222", "210214")]
    [InlineData("219001", "210281")] // when cities stood right under the province
    [InlineData("520521", "520521")]
    [InlineData("440106", "440106")]
    [InlineData("532399", "532399")]
    [InlineData("110103", "110101")] // Chongwen, now in Dongcheng
    [InlineData("110221", "110114")]
    [InlineData("469003", "460400")] // Danzhou, which became a city without counties
    [InlineData("500112", "500157")] // Yubei and Jiangbei, one new area since 2025
    [InlineData("379018", "370883")] // Zoucheng, when it stood right under Shandong
    [InlineData("420121", "420114")] // Hanyang county is Caidian, and not the Hanyang district beside it
    [InlineData("142702", "140882")]
    public void A_code_leads_to_where_the_place_stands_today(string code, string today) =>
        Assert.Equal(Code(today), Register.Current(Code(code)));

    [Fact]
    public void Every_historic_code_leads_to_a_division_of_today()
    {
        var past = Register.All.Where(d => d.Successor is not null).ToList();
        Assert.True(past.Count >= 2_700);
        Assert.All(past, d => Assert.Equal(DivisionStanding.Current, Register.Standing(Register.Current(d.Code))));
        Assert.All(past, d => Assert.Equal(DivisionStanding.Historic, Register.Standing(d.Code)));
    }

    [Fact]
    public void The_parent_of_every_division_exists_one_level_up()
    {
        Assert.True(Register.All.Count > 6_000);
        foreach (var division in Register.All.Where(d => d.Level != DivisionLevel.Province))
            Assert.True(Register.Find(division.Parent!.Value)!.Level < division.Level, division.ToString());
        Assert.Equal(34, Register.All.Count(d => d.Parent is null));
    }

    /// <summary>The yearly tables count 333 of prefecture level and 2 844 of county level at the end of 2017.</summary>
    [Fact]
    public void All_of_the_country_is_there()
    {
        var today = Register.All.Where(d => d.Successor is null).ToLookup(d => d.Level);

        Assert.Equal((34, 333), (today[DivisionLevel.Province].Count(), today[DivisionLevel.Prefecture].Count()));
        Assert.InRange(today[DivisionLevel.County].Count(), 2_840, 2_860);
        Assert.Equal(
            ["441900", "442000", "460400", "620200"],
            today[DivisionLevel.Prefecture].Where(d => Register.Children(d.Code).Count == 0).Select(d => $"{d.Code}"));
    }

    [Theory]
    [InlineData("610100", "西安市", "610000")]
    [InlineData("610113", "雁塔区", "610100")]
    [InlineData("530100", "昆明市", "530000")]
    [InlineData("659007", "双河市", "650000")] // right under Xinjiang
    [InlineData("469005", "文昌市", "460000")]
    [InlineData("429004", "仙桃市", "420000")]
    [InlineData("441900", "东莞市", "440000")]
    [InlineData("110101", "东城区", "110000")] // right under Beijing: 110100 is no division
    [InlineData("500229", "城口县", "500000")]
    [InlineData("659013", "草湖市", "650000")] // of 2026
    [InlineData("653228", "和康县", "653200")]
    [InlineData("110221", "昌平县", "110000")]
    public void A_place_is_known_by_its_name_and_lies_in_another(string code, string name, string parent)
    {
        var division = Register.Find(Code(code))!;

        Assert.Equal((name, Code(parent)), (division.Name, division.Parent));
    }

    [Theory]
    [InlineData("520521", "520521 522422")]
    [InlineData("522422", "520521 522422")]
    [InlineData("500157", "500105 500112 500157 510211 510224")]
    [InlineData("999999", "")]
    public void What_stood_at_a_place_is_found_by_any_of_its_codes(string code, string all) =>
        Assert.Equal(all, string.Join(' ', Register.AtPlaceOf(Code(code)).Select(d => $"{d.Code}").Order()));

    [Theory]
    [InlineData("610113", false)]
    [InlineData("610199", true)]     // younger than the tables, or mistyped
    [InlineData("610199001", true)]
    [InlineData("610113001", false)] // townships of a county that is known
    [InlineData("610000", false)]
    [InlineData("830000", false)]    // residence permits of Taiwan's residents
    [InlineData("532399", false)]    // never was
    [InlineData("522422", false)]
    public void What_the_register_lacks_is_said_to_be_missing(string code, bool missing) =>
        Assert.Equal(missing, Register.IsMissing(Code(code)));

    [Theory]
    [InlineData("532300", 10)]
    [InlineData("520000", 9)]
    [InlineData("210000", 14)]
    [InlineData("522400", 0)]
    [InlineData("440000", 21)]
    [InlineData("110000", 16)]
    [InlineData("650000", 27)]
    [InlineData("441900", 0)]
    [InlineData("810000", 0)]
    public void Children_are_the_divisions_of_today_in_the_order_of_their_codes(string code, int count)
    {
        var children = Register.Children(Code(code));

        Assert.Equal(count, children.Count);
        Assert.Equal(children.OrderBy(d => d.Code.Value), children);
    }

    [Theory]
    [InlineData("532301", DivisionStanding.Current)]
    [InlineData("532331", DivisionStanding.Historic)]
    [InlineData("522400", DivisionStanding.Historic)]
    [InlineData("532399", DivisionStanding.NeverExisted)]   // Chuxiong is covered
    [InlineData("529900", DivisionStanding.NeverExisted)]   // all of Guizhou is
    [InlineData("219901", DivisionStanding.NeverExisted)]   // and Liaoning
    [InlineData("530102", DivisionStanding.Current)]
    [InlineData("539900", DivisionStanding.OutsideCoverage)] // nobody says that there is none in Yunnan
    [InlineData("440106", DivisionStanding.Current)]
    [InlineData("710000", DivisionStanding.Current)]
    [InlineData("810000", DivisionStanding.Current)]
    [InlineData("820000", DivisionStanding.Current)]
    [InlineData("830000", DivisionStanding.OutsideCoverage)]
    [InlineData("840000", DivisionStanding.NeverExisted)]
    [InlineData("660000", DivisionStanding.NeverExisted)]
    [InlineData("990101", DivisionStanding.NeverExisted)]
    [InlineData("532301101", DivisionStanding.Current)]
    [InlineData("532301999", DivisionStanding.NeverExisted)]  // Chuxiong's townships are covered
    [InlineData("532331101", DivisionStanding.OutsideCoverage)] // not those of the county of the past
    [InlineData("532399101", DivisionStanding.NeverExisted)]  // nor is there one in a county that never was
    [InlineData("520521101", DivisionStanding.OutsideCoverage)] // Guizhou's townships are not covered
    [InlineData("520599101", DivisionStanding.NeverExisted)]
    [InlineData("440106001", DivisionStanding.OutsideCoverage)]
    public void The_register_says_what_it_knows_of_a_code(string code, DivisionStanding standing) =>
        Assert.Equal(standing, Register.Standing(Code(code)));

    [Theory]
    [InlineData("522422", "520500", true)]    // Dafang, before the reform, in Bijie of today
    [InlineData("522422", "522400", true)]
    [InlineData("520521", "522400", true)]    // and today's code in what Bijie was
    [InlineData("522422", "520600", false)]
    [InlineData("532331", "532302", true)]
    [InlineData("532331101", "532302", true)] // a township whose county changed its code
    [InlineData("532331101", "532302101", false)]
    [InlineData("532331101", "532331101", true)]
    [InlineData("522522", "520100", true)]    // Kaiyang moved from Anshun to Guiyang
    [InlineData("522522", "522500", false)]
    [InlineData("440106001", "440106001", true)]
    [InlineData("440106001", "440000", true)]
    [InlineData("440106", "530000", false)]
    public void Within_follows_the_successors(string code, string ancestor, bool within) =>
        Assert.Equal(within, Register.IsWithin(Code(code), Code(ancestor)));

    [Theory]
    [InlineData("532302", "2021-01-01", null)]
    [InlineData("210115", "2016-04-01", null)]
    [InlineData("210122", null, "2016-05-01")]
    [InlineData("520522", "2011-01-01", "2022-01-01")]
    [InlineData("532301", null, null)]
    public void A_printed_year_or_month_bounds_the_days_of_a_code(string code, string? from, string? until)
    {
        var division = Register.Find(Code(code))!;

        Assert.Equal((from is null ? (DateOnly?)null : Day(from), until is null ? (DateOnly?)null : Day(until)),
            (division.From, division.Until));
    }

    [Fact]
    public void Civil_affairs_codes_of_townships_name_other_towns_so_they_are_not_looked_up()
    {
        var clashes = Register.All.Where(d => DivisionCode.TryParse(d.CivilAffairsCode, out var code)
            && Register.Find(code) is { } other && other != d).ToList();

        Assert.Equal(49, clashes.Count);
        Assert.Equal("东华镇", Register.Find(Code("532301105"))!.Name); // 532301105 is 子午镇 there
    }

    [Theory]
    [InlineData("a code twice", "532302,禄丰市,county,县级市,532300,,,,\n", "")]
    [InlineData("a level that is not the code's", "532301,楚雄市,prefecture,县级市,532300,,,,\n", "")]
    [InlineData("a level of no name", "532301,楚雄市,town,县级市,532300,,,,\n", "")]
    [InlineData("a code that is none", "53230,楚雄市,county,县级市,532300,,,,\n", "")]
    [InlineData("a period that is none", "532301,楚雄市,county,县级市,532300,2021?,,,\n", "")]
    [InlineData("a month that is none", "532301,楚雄市,county,县级市,532300,2021-13,,,\n", "")]
    [InlineData("a parent that is not there", "532401,某市,county,县级市,532400,,,,\n", "")]
    [InlineData("a successor that is not there", "", "532331,禄丰县,,2021,532303,\n")]
    [InlineData("no successor", "", "532331,禄丰县,,2021,,\n")]
    [InlineData("successors in a circle", "", "532331,禄丰县,,2021,532332,\n532332,某县,,2021,532331,\n")]
    [InlineData("a code both of today and of the past", "", "532302,禄丰市,,2021,532302,\n")]
    public void Planted_faults_of_the_tables_are_refused(string fault, string current, string history)
    {
        Assert.NotEmpty(fault);
        Assert.Throws<InvalidDataException>(() => ReadDivisions(Tree + current, Past + history));
    }

    [Fact]
    public void Successors_are_followed_over_more_than_one_step()
    {
        var register = ReadDivisions(Tree, Past + "532330,甲县,,2000,532331,\n532331,禄丰县,,2021,532302,\n");

        Assert.Equal(Code("532331"), register.Successor(Code("532330")));
        Assert.Equal(Code("532302"), register.Current(Code("532330")));
        Assert.Null(register.Successor(Code("532302")));
    }
}
