namespace EduAssist.TrialClass;

/// <summary>出发核对：四个条件各为真、假、未知，学校间协议一条在只凭家长协议时不适用。</summary>
public class DepartureTests
{
    private const string Programme = "trialclass.departure";
    private const string Ready = "insuranceRecorded=1 guardianSigned=1 ";

    [Theory]
    [InlineData("家长已签", "guardian-signed", "guardianSigned=1", "Satisfied")]
    [InlineData("家长没有签", "guardian-signed", "guardianSigned=0", "Violated")]
    [InlineData("家长是否已签未知", "guardian-signed", "", "Unknown: guardianSigned")]
    [InlineData("保险已记录", "insurance-recorded", "insuranceRecorded=1", "Satisfied")]
    [InlineData("保险没有记录", "insurance-recorded", "insuranceRecorded=0", "Violated")]
    [InlineData("保险是否已记录未知", "insurance-recorded", "", "Unknown: insuranceRecorded")]
    [InlineData("清点无误", "counted-against-list", "underSchoolAgreement=1 countedAgainstList=1", "Satisfied")]
    [InlineData("清点不符", "counted-against-list", "underSchoolAgreement=1 countedAgainstList=0", "Violated")]
    [InlineData("还没有清点", "counted-against-list", "underSchoolAgreement=1", "Unknown: countedAgainstList")]
    [InlineData("只凭家长协议，还没有清点", "counted-against-list", "underSchoolAgreement=0", "Unknown: countedAgainstList")]
    [InlineData("只凭家长协议，清点无误", "counted-against-list", "underSchoolAgreement=0 countedAgainstList=1", "Satisfied")]
    [InlineData("只凭家长协议，清点不符", "counted-against-list", "underSchoolAgreement=0 countedAgainstList=0", "Violated")]
    [InlineData("清点无误，不必再问凭哪份协议", "counted-against-list", "countedAgainstList=1", "Satisfied")]
    [InlineData("清点不符，不必再问凭哪份协议", "counted-against-list", "countedAgainstList=0", "Violated")]
    [InlineData("学校间协议已签", "school-agreement-signed", "underSchoolAgreement=1 schoolAgreementSigned=1", "Satisfied")]
    [InlineData("学校间协议没有签", "school-agreement-signed", "underSchoolAgreement=1 schoolAgreementSigned=0", "Violated")]
    [InlineData("学校间协议是否已签未知", "school-agreement-signed", "underSchoolAgreement=1", "Unknown: schoolAgreementSigned")]
    [InlineData("只凭家长协议，不需要学校间协议", "school-agreement-signed", "underSchoolAgreement=0", "NotApplicable")]
    [InlineData("什么都不知道", "school-agreement-signed", "", "Unknown: schoolAgreementSigned underSchoolAgreement")]
    [Proves("tc/guardian/2.4", "tc/guardian/5.5", "tc/school/2.4", "tc/school/5", "tc/flow/4", "tc/flow/7")]
    public void A_criterion(string sentence, string criterion, string facts, string outcome) =>
        Assert.Equal((sentence, outcome), (sentence, Loaded.Criterion(Programme, criterion, facts)));

    [Theory]
    [InlineData(
        "凭学校间协议，四样具备", Ready + "underSchoolAgreement=1 schoolAgreementSigned=1 countedAgainstList=1", "Eligible")]
    [InlineData("只凭家长协议，三样具备", Ready + "underSchoolAgreement=0 countedAgainstList=1", "Eligible")]
    [InlineData("只凭家长协议，清点不符的也不出发", Ready + "underSchoolAgreement=0 countedAgainstList=0", "Ineligible")]
    [InlineData("只凭家长协议，还没有清点", Ready + "underSchoolAgreement=0", "Undetermined: countedAgainstList")]
    [InlineData("四样具备，凭哪份协议都可以", Ready + "schoolAgreementSigned=1 countedAgainstList=1", "Eligible")]
    [InlineData("没有保险，谁也不能出发", "insuranceRecorded=0", "Ineligible")]
    [InlineData(
        "清点不符的不出发", Ready + "underSchoolAgreement=1 schoolAgreementSigned=1 countedAgainstList=0", "Ineligible")]
    [InlineData("学校间协议没有签，清点无误，只差凭哪份协议", Ready + "schoolAgreementSigned=0 countedAgainstList=1",
        "Undetermined: underSchoolAgreement")]
    [InlineData("清点不符，凭哪份协议都不出发", Ready + "countedAgainstList=0", "Ineligible")]
    [InlineData("协议已签，不必再问凭哪份，只差清点", Ready + "schoolAgreementSigned=1", "Undetermined: countedAgainstList")]
    [InlineData("一无所知", "",
        "Undetermined: schoolAgreementSigned underSchoolAgreement insuranceRecorded countedAgainstList guardianSigned")]
    [Proves("tc/guardian/2.4", "tc/flow/7")]
    public void The_student(string sentence, string facts, string verdict) =>
        Assert.Equal((sentence, verdict), (sentence, Loaded.Verdict(Programme, facts)));

    [Fact]
    public void The_facts_stand_in_the_order_of_the_public_contract() => Assert.Equal(
        ["schoolAgreementSigned", "underSchoolAgreement", "insuranceRecorded", "countedAgainstList", "guardianSigned"],
        Loaded.Instance.Catalogue.Programme(Programme)!.Schema.Fields.Select(f => f.Name));
}
