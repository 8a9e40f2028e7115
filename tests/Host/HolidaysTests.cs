namespace EduAssist.Host;

public class HolidaysTests
{
    /// <summary>Invented: there is no notice of 2027 yet.</summary>
    private static readonly string[] Notice2027 =
    [
        "date,name,kind,notice",
        "2027-01-01,元旦,off,虚构",
        "2027-02-05,春节,off,虚构",
        "2027-02-08,春节,off,虚构",
        "2027-02-20,春节,work,虚构",
        "2027-04-05,清明节,off,虚构",
        "2027-05-01,劳动节,off,虚构",
        "2027-05-03,劳动节,off,虚构",
        "2027-05-08,劳动节,work,虚构",
        "2027-06-09,端午节,off,虚构",
        "2027-09-15,中秋节,off,虚构",
        "2027-10-01,国庆节,off,虚构",
    ];

    [Fact]
    public async Task A_loaded_notice_opens_its_year_and_no_other()
    {
        using var place = new Workplace();
        place.Write("2027.csv", string.Join('\n', Notice2027));
        (await HostProcess.Run(place, "calendar", "chuxiong", "2027")).Refusal(1);
        Assert.Contains(
            "已载入 2027 年：9 天放假，2 天调休上班",
            (await HostProcess.Run(place, "holidays", "load", "2027.csv")).Done().Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "2027-05-04",
            (await HostProcess.Run(place, "calendar", "chuxiong", "2027")).Done().Output,
            StringComparison.Ordinal
        );
        (await HostProcess.Run(place, "calendar", "chuxiong", "2028")).Refusal(1);

        Assert.Contains(
            "取代",
            (await HostProcess.Run(place, "holidays", "load", "2027.csv")).Done().Output,
            StringComparison.Ordinal
        );
        await using var serving = await HostProcess.Serve(place);
        Assert.Equal(
            "2027-05-04",
            (string)(await serving.Client.Json("/api/calendar/workdays/add?from=2027-04-30&days=1"))["date"]!
        );
    }

    [Fact]
    public async Task A_notice_of_a_place_moves_the_days_of_that_place()
    {
        const string Longer = "date,name,kind,notice\n2024-05-06,劳动节,off,州通知\n2024-05-12,劳动节,work,州通知\n";
        using var place = await Workplace.Migrated();
        place.Write("州.csv", Longer);
        Assert.Contains("2024-05-06", await Calendar(), StringComparison.Ordinal);
        Assert.Contains(
            "已登记 楚雄彝族自治州《州通知》：1 天放假，1 天上班",
            (await HostProcess.Run(place, "holidays", "load", "州.csv", "--place", "532300")).Done().Output,
            StringComparison.Ordinal
        );
        Assert.Contains("2024-05-07", await Calendar(), StringComparison.Ordinal);
        Assert.DoesNotContain("2024-05-06", await Calendar(), StringComparison.Ordinal);
        Assert.Contains("2024-05-06", await Calendar("--place", "530100"), StringComparison.Ordinal);
        Assert.Contains(
            "先撤销原来的",
            (await HostProcess.Run(place, "holidays", "load", "州.csv", "--place", "532300")).Refusal(1),
            StringComparison.Ordinal
        );
        (await HostProcess.Run(place, "holidays", "load", "州.csv", "--place", "999999")).Refusal(1);
        place.Write("州.csv", Longer.Replace("work", "half", StringComparison.Ordinal));
        Assert.Contains(
            "第3行 kind 列",
            (await HostProcess.Run(place, "holidays", "load", "州.csv", "--place", "532300")).Refusal(1),
            StringComparison.Ordinal
        );

        async Task<string> Calendar(params string[] options) =>
            (await HostProcess.Run(place, ["calendar", "chuxiong", "2024", "--json", .. options])).Done().Output;
    }

    [Theory]
    [InlineData("第2行 date 列", 1, "2027-02-30,元旦,off,虚构")]
    [InlineData("第2行 kind 列", 1, "2027-01-01,元旦,holiday,虚构")]
    [InlineData("缺少2027年元旦的放假日", 1, "2027-01-02,周末,off,虚构")]
    [InlineData("没有这一列", 0, "date,name,notice")]
    public async Task Of_a_faulty_notice_nothing_is_stored(string says, int line, string fault)
    {
        using var place = new Workplace();
        place.Write("2027.csv", string.Join('\n', [.. Notice2027[..line], fault, .. Notice2027[(line + 1)..]]));
        var refused = await HostProcess.Run(place, "holidays", "load", "2027.csv");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(says, refused.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(place["data"]));
        (await HostProcess.Run(place, "calendar", "chuxiong", "2027")).Refusal(1);
    }

    [Fact]
    public async Task A_notice_that_is_not_there_is_refused()
    {
        using var place = new Workplace();
        Assert.Contains(
            "不能读取",
            (await HostProcess.Run(place, "holidays", "load", "nowhere.csv")).Refusal(1),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_stored_notice_that_was_damaged_since_stops_the_start_and_is_named()
    {
        using var place = new Workplace();
        Directory.CreateDirectory(place["data/holidays"]);
        place.Write("data/holidays/2027.csv", "date,name,kind,notice\n2027-01-01,元旦,offf,虚构\n");
        Assert.Contains("2027.csv", (await HostProcess.Run(place, "modules")).Refusal(1), StringComparison.Ordinal);
    }
}
