namespace EduAssist.Guizhou;

/// <summary>对监护人逐级处理：每一步都在上一步之后，有日期、有文书、由该管的机关。</summary>
[Proves("gz2017/2.2b")]
public class EscalationTests
{
    private static readonly EscalationAct Criticism = new(
        EscalationStep.Criticism, new(2023, 9, 11), Authority.TownshipGovernment, "批评教育记录 1"),
        Order = new(EscalationStep.OrderToCorrect, new(2023, 9, 18), Authority.CountyBureau, "责令改正通知 1")
        { CorrectBy = new(2023, 9, 25) },
        Judicial = new(EscalationStep.JudicialDocument, new(2023, 9, 26), Authority.JusticeAuthority, "司法文书 1"),
        Liability = new(EscalationStep.LegalLiability, new(2023, 10, 9), Authority.JusticeAuthority, "起诉状 1");

    [Fact]
    public void Step_by_step_nothing_is_refused()
    {
        EscalationAct[] ladder = [Criticism, Order, Judicial, Liability];
        Assert.All(Enumerable.Range(0, 4),
            n => Assert.Empty(Escalation.Refuse(ladder[..n], ladder[n], guardianHasGoodReason: false)));
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "an order without criticism", "after-the-step-before" },
        { "a judicial document after criticism alone", "after-the-step-before" },
        { "liability at once", "after-the-step-before" },
        { "an order dated before the criticism", "in-order-of-dates" },
        { "without a document", "with-document" },
        { "criticism by a school", "competent-authority" },
        { "an order by the justice authority", "competent-authority" },
        { "a judicial document by the bureau", "competent-authority" },
        { "an order without a date", "order-names-a-date" },
        { "an order to correct by the same day", "order-names-a-date" },
        { "a judicial document on the last day of the time to correct", "time-to-correct-is-over" },
        { "a guardian with good reason", "without-good-reason" },
        { "everything wrong at once", "without-good-reason after-the-step-before with-document competent-authority" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void A_refusal_says_why(string fault, string rules)
    {
        var refusals = fault switch
        {
            "an order without criticism" => Refuse([], Order),
            "a judicial document after criticism alone" => Refuse([Criticism], Judicial),
            "liability at once" => Refuse([], Liability),
            "an order dated before the criticism" => Refuse([Criticism], Order with { On = new(2023, 9, 10) }),
            "without a document" => Refuse([], Criticism with { Document = " " }),
            "criticism by a school" => Refuse([], Criticism with { By = Authority.School }),
            "an order by the justice authority" => Refuse([Criticism], Order with { By = Authority.JusticeAuthority }),
            "a judicial document by the bureau" => Refuse([Criticism, Order],
                Judicial with { By = Authority.CountyBureau }),
            "an order without a date" => Refuse([Criticism], Order with { CorrectBy = null }),
            "an order to correct by the same day" => Refuse([Criticism], Order with { CorrectBy = Order.On }),
            "a judicial document on the last day of the time to correct" => Refuse([Criticism, Order],
                Judicial with { On = new(2023, 9, 25) }),
            "a guardian with good reason" => Escalation.Refuse([], Criticism, guardianHasGoodReason: true),
            _ => Escalation.Refuse([], new(EscalationStep.LegalLiability, new(2023, 9, 1), Authority.School, ""),
                guardianHasGoodReason: true),
        };
        Assert.Equal(rules, string.Join(' ', refusals.Select(r => r.Rule)));
        Assert.All(refusals, r => Assert.Equal(["gz2017/2.2b"], r.Provisions));
    }

    [Fact]
    public void A_step_may_be_repeated()
    {
        Assert.Empty(Refuse([Criticism], Criticism with { On = new(2023, 9, 12), Document = "批评教育记录 2" }));
        Assert.Empty(Refuse([Criticism, Order], Criticism with { On = new(2023, 9, 19), Document = "批评教育记录 2" }));
    }

    [Fact]
    public void Two_orders_leave_the_time_of_the_later_one() =>
        Assert.Equal("time-to-correct-is-over",
            Assert.Single(
                Refuse([Criticism, Order, Order with { On = new(2023, 9, 20), CorrectBy = new(2023, 10, 20) }],
                    Judicial)).Rule);

    private static IReadOnlyList<Refusal> Refuse(IReadOnlyList<EscalationAct> taken, EscalationAct next) =>
        Escalation.Refuse(taken, next, guardianHasGoodReason: false);
}
