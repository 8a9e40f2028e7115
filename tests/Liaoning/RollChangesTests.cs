namespace EduAssist.Liaoning;

/// <summary>9b：每一种合法的异动，和拒绝的理由。</summary>
public class RollChangesTests
{
    private static readonly DateOnly Today = new(2024, 9, 1);

    private static readonly Dictionary<string, string> Lawful = new(StringComparer.Ordinal)
    {
        ["NotRegistered Register"] = "Enrolled",
        ["Withdrawn Register"] = "Enrolled",
        ["Cancelled Register"] = "Enrolled",
        ["Enrolled Repeat"] = "Enrolled",
        ["Enrolled TransferOut"] = "TransferredOut",
        ["TransferredOut TransferIn"] = "Enrolled",
        ["Enrolled ChangeMajor"] = "Enrolled",
        ["Enrolled Suspend"] = "Suspended",
        ["Suspended Return"] = "Enrolled",
        ["Enrolled Withdraw"] = "Withdrawn",
        ["Suspended Withdraw"] = "Withdrawn",
        ["Enrolled Cancel"] = "Cancelled",
        ["Suspended Cancel"] = "Cancelled",
        ["Enrolled Die"] = "Deceased",
        ["Suspended Die"] = "Deceased",
        ["TransferredOut Die"] = "Deceased",
        ["Withdrawn Die"] = "Deceased",
        ["Cancelled Die"] = "Deceased",
    };

    /// <summary>A history that ends in each state.</summary>
    private static readonly Dictionary<string, RollChange[]> Ways = new(StringComparer.Ordinal)
    {
        ["NotRegistered"] = [],
        ["Enrolled"] = [RollChange.Register],
        ["Suspended"] = [RollChange.Register, RollChange.Suspend],
        ["TransferredOut"] = [RollChange.Register, RollChange.TransferOut],
        ["Withdrawn"] = [RollChange.Register, RollChange.Withdraw],
        ["Cancelled"] = [RollChange.Register, RollChange.Cancel],
        ["Deceased"] = [RollChange.Register, RollChange.Die],
    };

    public static TheoryData<string, string> Attempts =>
        [
            .. Enum.GetNames<RollState>()
                .SelectMany(state => Enum.GetNames<RollChange>().Select(change => (state, change))),
        ];

    [Theory, MemberData(nameof(Attempts))]
    [Proves("ln/9b", "ln/9c")]
    public void Each_change_in_each_state_is_lawful_or_refused_with_a_reason(string state, string change)
    {
        var wanted = Enum.Parse<RollChange>(change);
        var ruling = Ended(state).Ask(wanted, Today, AllPapers, Today);
        Assert.Equal(Lawful.GetValueOrDefault($"{state} {change}"), ruling.Next?.ToString());
        Assert.Equal(ruling.IsGranted, ruling.Reasons is []);
        Assert.Equal(wanted == RollChange.Register ? ["ln/9a", "ln/9c"] : ["ln/9b"], ruling.Provisions);
    }

    [Theory]
    [InlineData("a second suspension", "Suspended", nameof(RollChange.Suspend), "2024-08-01", "学籍已是“休学”，不得重复办理休学。")]
    [InlineData("a second registration is a double roll", "Enrolled", nameof(RollChange.Register), "2024-08-01",
        "学籍已是“在读”，不得重复办理注册。")]
    [InlineData("a return of somebody who never left", "Enrolled", nameof(RollChange.Return), "2024-08-01",
        "学籍已是“在读”，不得重复办理复学。")]
    [InlineData("a transfer while suspended", "Suspended", nameof(RollChange.TransferOut), "2024-08-01",
        "学籍为“休学”，不能办理转学（转出）。")]
    [InlineData("nothing after death", "Deceased", nameof(RollChange.Return), "2024-08-01", "学籍为“已死亡”，不能办理复学。")]
    [InlineData(
        "no registration after death", "Deceased", nameof(RollChange.Register), "2024-08-01", "学籍为“已死亡”，不能办理注册。")]
    [InlineData("no death twice", "Deceased", nameof(RollChange.Die), "2024-08-01", "学籍已是“已死亡”，不得重复办理死亡。")]
    [InlineData(
        "nothing to record before the first registration", "NotRegistered", nameof(RollChange.Die), "2024-08-01",
        "学籍为“未注册”，不能办理死亡。")]
    [InlineData("a transfer ends at the other school, not by withdrawing from this one", "TransferredOut",
        nameof(RollChange.Withdraw), "2024-08-01", "学籍为“已转出”，不能办理退学。")]
    [InlineData("before the last change: back through time", "Suspended", nameof(RollChange.Return), "2023-09-10",
        "生效日期不得早于上一次异动（2023-10-01 休学）。")]
    [InlineData("from tomorrow: forward through time", "Suspended", nameof(RollChange.Return), "2024-09-02",
        "生效日期不得晚于今天。")]
    [InlineData("twice on one day", "Suspended", nameof(RollChange.Return), "2023-10-01", "同一天已有一次异动（休学）。")]
    [InlineData("a repeated year twice on one day", "Enrolled", nameof(RollChange.Repeat), "2023-09-01",
        "同一天已有一次异动（注册）。")]
    [Proves("ln/9b", "ln/9c")]
    public void A_refusal_says_why(string sentence, string state, string change, string on, string reason) =>
        Assert.Equal((sentence, reason),
            (sentence,
                Ended(state).Ask(Enum.Parse<RollChange>(change), Loaded.Day(on), AllPapers, Today).Reasons.Single()));

    [Fact]
    [Proves("ln/9b")]
    public void Every_reason_is_given_at_once()
    {
        var ruling = Ended("Suspended").Ask(RollChange.Return, Today.AddDays(1), ["复学申请"], Today);
        Assert.Equal(["生效日期不得晚于今天。", "缺少材料：学校审批。"], ruling.Reasons);
        Assert.Null(ruling.Next);
    }

    [Theory]
    [InlineData("2023-08-31", "NotRegistered")]
    [InlineData("2023-09-01", "Enrolled")]
    [InlineData("2023-09-30", "Enrolled")]
    [InlineData("2023-10-01", "Suspended")]
    [InlineData("2024-02-29", "Suspended")]
    [InlineData("2024-03-01", "Enrolled")]
    [InlineData("2024-06-30", "TransferredOut")]
    [InlineData("2024-07-01", "Enrolled")]
    [InlineData("2099-01-01", "Enrolled")]
    [Proves("ln/9b")]
    public void The_standing_on_any_day(string day, string state)
    {
        var history = Ended("Suspended").With(RollChange.Return, new(2024, 3, 1))
            .With(RollChange.TransferOut, new(2024, 6, 1)).With(RollChange.TransferIn, new(2024, 7, 1));
        Assert.Equal(state, history.On(Loaded.Day(day)).ToString());
    }

    [Fact]
    [Proves("ln/9b", "ln/9c")]
    public void A_roll_that_ended_may_begin_again_with_a_paper_that_it_ended()
    {
        var withdrawn = Ended("Withdrawn");
        Assert.Equal(["缺少材料：前一份学籍已结束的证明。"],
            withdrawn.Ask(RollChange.Register, Today, ["录取证明", "身份证件核验"], Today).Reasons);
        var again = withdrawn.With(RollChange.Register, Today);
        Assert.Equal((RollState.Withdrawn, RollState.Enrolled), (again.On(Today.AddDays(-1)), again.On(Today)));
    }

    [Theory]
    [InlineData("留级", "Repeat", "02")]
    [InlineData("转出", "TransferOut", "21")]
    [InlineData("转入", "TransferIn", "22")]
    [InlineData("转专业", "ChangeMajor", "23")]
    [InlineData("休学", "Suspend", "11")]
    [InlineData("复学", "Return", "12")]
    [InlineData("退学", "Withdraw", "31")]
    [InlineData("注销没有代码，最近的是取消学籍", "Cancel", "18")]
    [InlineData("死亡", "Die", "51")]
    [InlineData("注册不是异动", "Register", null)]
    [Proves("ln/9b")]
    public void Each_change_has_papers_and_the_standard_s_code(string sentence, string change, string? code)
    {
        var rows = RollChanges.Lawful.Where(c => c.Change.ToString() == change).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.Equal((sentence, code), (sentence, r.Code)));
        Assert.All(rows, r => Assert.NotEmpty(r.Papers));
    }

    private static IEnumerable<string> AllPapers => RollChanges.Lawful.SelectMany(c => c.Papers);

    private static RollHistory Ended(string state) =>
        Ways[state].Select((change, n) => (change, On: new DateOnly(2023, 9 + n, 1)))
            .Aggregate(RollHistory.Empty, (history, made) => history.With(made.change, made.On));
}
