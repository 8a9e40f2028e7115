namespace EduAssist.TrialClass;

/// <summary>入校报到：凭收据；没有收据只是还没有办完，不是不符合。</summary>
public class CheckInTests
{
    private const string Programme = "trialclass.check-in";

    [Theory]
    [InlineData("两张收据都在", "depositReceipt=1 feesReceipt=1", "Eligible")]
    [InlineData("押金还没有交", "depositReceipt=0 feesReceipt=1", "Undetermined: depositReceipt")]
    [InlineData("费用还没有交", "depositReceipt=1 feesReceipt=0", "Undetermined: feesReceipt")]
    [InlineData("都没有", "depositReceipt=0 feesReceipt=0", "Undetermined: depositReceipt feesReceipt")]
    [InlineData("没有问过", "", "Undetermined: depositReceipt feesReceipt")]
    [Proves("tc/guardian/1.2", "tc/guardian/3.2", "tc/school/1.2")]
    public void A_receipt_on_file_and_nothing_else(string sentence, string facts, string verdict) =>
        Assert.Equal((sentence, verdict), (sentence, Loaded.Verdict(Programme, facts)));

    [Fact]
    public void What_is_due_on_arrival_is_asked_neither_at_enrolment_nor_before_departure() =>
        Assert.All((string[])["trialclass.enrolment", "trialclass.departure"], programme =>
            Assert.DoesNotContain(Loaded.Instance.Catalogue.Programme(programme)!.Schema.Fields,
                f => f.Title.Contains("押金", StringComparison.Ordinal)
                    || f.Title.Contains("费用", StringComparison.Ordinal)));
}
