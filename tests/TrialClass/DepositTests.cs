namespace EduAssist.TrialClass;

/// <summary>tc-i6：押金退还的算例，两种读法。</summary>
public class DepositTests
{
    [Theory]
    [InlineData("没有损坏，全数退还", new double[0], 800, 800)]
    [InlineData("损坏一件，退余额；另一读法全部不退", new[] { 120.5 }, 679.5, 0)]
    [InlineData("几件相加", new[] { 300, 0.01, 99.99 }, 400, 0)]
    [InlineData("正好损坏八百元", new[] { 800.0 }, 0, 0)]
    [InlineData("差一分到八百元", new[] { 799.99 }, 0.01, 0)]
    [InlineData("超过八百元也不低于零", new[] { 500, 300.01 }, 0, 0)]
    [InlineData("登记了损坏而损失为零：另一读法仍不退", new[] { 0.0 }, 800, 0)]
    [Proves("tc/guardian/1.2", "tc/guardian/2.6", "tc/school/1.2", "tc/prices")]
    public void Refund_in_both_readings_of_tc_i6(string sentence, double[] damages, double asTaken, double otherwise)
    {
        (decimal, bool)[] losses = [.. damages.Select(d => ((decimal)d, true))];
        Assert.Equal(
            (sentence, (decimal)asTaken, (decimal)otherwise),
            (
                sentence, Deposit.RefundOf(losses, InterpretationProfile.AsTaken),
                Deposit.RefundOf(losses, new("tc-i6"))));
    }

    [Fact]
    public void A_negative_loss_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Deposit.RefundOf([(10, true), (-1, false)], InterpretationProfile.AsTaken));

    [Theory]
    [InlineData("没有证据的损坏不扣押金", false, 800, 800)]
    [InlineData("有证据的照扣", true, 500, 0)]
    [Proves("tc/guardian/1.2")]
    public void A_damage_without_evidence_takes_nothing(string sentence, bool evidence, int asTaken, int otherwise) =>
        Assert.Equal((sentence, (decimal)asTaken, (decimal)otherwise),
            (sentence, Deposit.RefundOf([(300, evidence)], InterpretationProfile.AsTaken),
                Deposit.RefundOf([(300, evidence)], new("tc-i6"))));

    [Fact]
    public void The_other_reading_is_switched_on_by_configuration() =>
        Assert.True(InterpretationProfile.From(Loaded.Module.Interpretations,
            key => key == "TrialClass:AnyDamageForfeitsDeposit" ? "true" : null).TakesOther("tc-i6"));
}
