namespace EduAssist.Chuxiong;

/// <summary>六、责任考核：巩固率与计入完成数的算例。</summary>
public class RetentionTests
{
    private static readonly DateSpan Consolidation = new(new(2020, 6, 12), new(2020, 10, 31));
    private static readonly ConfirmedStudent Registered = new(true, null), InClass = new(false, null);

    [Theory]
    [InlineData("all registered", 100, 0, 0, 100, 100, true)]
    [InlineData("exactly 95 %", 95, 5, 0, 95, 100, true)]
    [InlineData("one short of 95 %", 94, 6, 0, 94, 100, false)]
    [InlineData("just below, 94.99 %", 9499, 501, 0, 9499, 10000, false)]
    [InlineData("just above, 95.01 %", 9501, 499, 0, 9501, 10000, true)]
    [InlineData("six lost, of whom five have a proof and leave the count", 94, 1, 5, 94, 95, true)]
    [InlineData("nobody registered", 0, 10, 0, 0, 10, false)]
    [Proves("cx2020/4.2.5", "cx2020/6.1", "cx2020/6.2")]
    public void Retention(
        string sentence, int registered, int lost, int proved, int numerator, int denominator, bool reaches)
    {
        var rate = Rate(true,
            [
                .. Enumerable.Repeat(Registered, registered),
                .. Enumerable.Repeat(Left(ExitReason.Lost, 7, false), lost),
                .. Enumerable.Repeat(Left(ExitReason.ReturnedToOriginalSchool, 7, true), proved),
            ]);
        Assert.Equal((sentence, (long)numerator, (long)denominator), (sentence, rate.Numerator, rate.Denominator));
        Assert.Equal(reaches, EduAssist.Chuxiong.Retention.Rate.IsMetBy(rate));
    }

    [Theory]
    [InlineData("ReturnedToOriginalSchool", 6, 12, true, true, "on the first day of consolidation, proved")]
    [InlineData("ReturnedToOriginalSchool", 6, 11, true, false, "the day before consolidation: not within it")]
    [InlineData("ReturnedToOriginalSchool", 10, 31, true, true, "on its last day")]
    [InlineData("ReturnedToOriginalSchool", 11, 1, true, false, "the day after it")]
    [InlineData("ReturnedToOriginalSchool", 7, 1, false, false, "returned without a proof")]
    [InlineData("InOtherSeniorSecondary", 7, 1, true, true, "in another senior secondary school, proved")]
    [InlineData("InOtherSeniorSecondary", 7, 1, false, false, "there without a proof")]
    [InlineData("Lost", 7, 1, true, false, "the lost have no valid proof")]
    [Proves("cx2020/6.2")]
    public void An_exit_leaves_the_count_only_with_its_school_s_proof_and_within_consolidation(
        string reason, int month, int day, bool proof, bool excused, string sentence)
    {
        var rate = Rate(true,
            [Registered, new(false, new(Enum.Parse<ExitReason>(reason), new(2020, month, day), proof))]);
        Assert.Equal((sentence, excused ? 1L : 2L), (sentence, rate.Denominator));
    }

    [Fact]
    [Proves("cx2020/6.1")]
    public void Of_nobody_it_is_undefined_neither_0_nor_100_per_cent()
    {
        Assert.Null(Rate(true, []).Value);
        Assert.Null(Rate(true, [Left(ExitReason.ReturnedToOriginalSchool, 7, true)]).Value);
        Assert.Null(EduAssist.Chuxiong.Retention.Rate.IsMetBy(Rate(true, [])));
    }

    [Fact]
    [Proves("cx2020/4.2.5")]
    public void Until_registration_is_complete_those_in_class_count_and_the_figure_is_provisional()
    {
        ConfirmedStudent[] students = [InClass, InClass, Registered, Left(ExitReason.Lost, 7, false)];
        Assert.Equal(new(3, 4, Provisional: true), Rate(false, students));
        Assert.Equal(new(1, 4, Provisional: false), Rate(true, students));
    }

    [Fact]
    [Proves("cx2020/6.2")]
    public void Proved_to_be_elsewhere_and_registered_there_counts_neither_way() =>
        Assert.Equal(new(1, 1),
            Rate(
                true, [
                    Registered, new(true, new(ExitReason.InOtherSeniorSecondary, new(2020, 7, 1), HasProof: true))]));

    [Fact]
    [Proves("cx2020/6.1")]
    public void Registered_at_whichever_school_counts_even_after_an_exit_without_proof() =>
        Assert.Equal(new(1, 1),
            Rate(true, [new(true, new(ExitReason.InOtherSeniorSecondary, new(2020, 7, 1), HasProof: false))]));

    [Theory]
    [InlineData(100, 95, 100, 95.0, 95.0, "exactly 95 %")]
    [InlineData(100, 94, 100, 95.0, 94.0, "below: the text still says 95 %; other reading, the actual rate")]
    [InlineData(100, 98, 100, 98.0, 98.0, "above: the actual rate")]
    [InlineData(100, 100, 100, 100.0, 100.0, "all")]
    [InlineData(37, 0, 10, 35.15, 0.0, "fractions are kept; only a display rounds")]
    [InlineData(40, 9501, 10000, 38.004, 38.004, "just above")]
    [InlineData(40, 9499, 10000, 38.0, 37.996, "just below")]
    [Proves("cx2020/6.3")]
    public void County_credit_in_both_readings_of_cx_i6(
        int confirmed, int retained, int of, double asTaken, double otherwise, string sentence)
    {
        var school = new Ratio(retained, of);
        Assert.Equal((sentence, (decimal?)asTaken, (decimal?)otherwise),
            (sentence, Credit(confirmed, school, InterpretationProfile.AsTaken),
                Credit(confirmed, school, new("cx-i6"))));
    }

    [Fact]
    [Proves("cx2020/6.3")]
    public void Where_the_school_s_rate_is_undefined_the_text_still_credits_95_per_cent_and_the_other_reading_cannot_tell() =>
        Assert.Equal((38m, (decimal?)null),
            (Credit(40, default, InterpretationProfile.AsTaken), Credit(40, default, new("cx-i6"))));

    private static ConfirmedStudent Left(ExitReason reason, int month, bool proof) =>
        new(false, new(reason, new(2020, month, 1), proof));

    private static Ratio Rate(bool complete, IEnumerable<ConfirmedStudent> students) =>
        EduAssist.Chuxiong.Retention.RateOf(students, Consolidation, complete);

    private static decimal? Credit(int confirmed, Ratio school, InterpretationProfile reading) =>
        EduAssist.Chuxiong.Retention.CreditOf(confirmed, school, reading).Value;
}
