namespace EduAssist.TrialClass;

/// <summary>报名资格：六个条件各为真、假、未知，专业数在两种协议之下。</summary>
public class EnrolmentTests
{
    private const string Programme = "trialclass.enrolment";
    private const string Student =
        "stage=Junior grade=8 studentConsents=1 guardianSigned=1 inOtherTrial=0 ";

    [Theory]
    [InlineData("在读初中", "junior-high", "stage=Junior", "Satisfied")]
    [InlineData("还在小学", "junior-high", "stage=Primary", "Violated")]
    [InlineData("初中已经读完", "junior-high", "stage=AfterJunior", "Violated")]
    [InlineData("学段未知", "junior-high", "", "Unknown: stage")]
    [InlineData("六年级", "junior-high-grade", "grade=6", "Violated")]
    [InlineData("七年级，不限年级的第一个", "junior-high-grade", "grade=7", "Satisfied")]
    [InlineData("九年级，不限年级的最后一个", "junior-high-grade", "grade=9", "Satisfied")]
    [InlineData("高一", "junior-high-grade", "grade=10", "Violated")]
    [InlineData("年级未知", "junior-high-grade", "", "Unknown: grade")]
    [InlineData("学生自愿", "student-consents", "studentConsents=1", "Satisfied")]
    [InlineData("学生不愿意，家长签了也不行", "student-consents", "studentConsents=0 guardianSigned=1", "Violated")]
    [InlineData("没有问过学生", "student-consents", "guardianSigned=1", "Unknown: studentConsents")]
    [InlineData("家长已签", "guardian-signed", "guardianSigned=1", "Satisfied")]
    [InlineData("家长没有签", "guardian-signed", "guardianSigned=0", "Violated")]
    [InlineData("家长是否已签未知", "guardian-signed", "studentConsents=1", "Unknown: guardianSigned")]
    [InlineData("没有参加别的试读", "one-trial", "inOtherTrial=0", "Satisfied")]
    [InlineData("正在参加另一期", "one-trial", "inOtherTrial=1", "Violated")]
    [InlineData("是否在另一期未知", "one-trial", "", "Unknown: inOtherTrial")]
    [Proves("tc/letter-school", "tc/letter-parent", "tc/guardian/5.2", "tc/guardian/5.5", "tc/school/3")]
    public void A_criterion(string sentence, string criterion, string facts, string outcome) =>
        Assert.Equal((sentence, outcome), (sentence, Loaded.Criterion(Programme, criterion, facts)));

    [Theory]
    [InlineData(0, "Violated", "Violated", "Violated")]
    [InlineData(1, "Violated", "Violated", "Violated")]
    [InlineData(2, "Satisfied", "Satisfied", "Satisfied")]
    [InlineData(3, "Violated", "Satisfied", "Unknown: underSchoolAgreement")]
    [InlineData(4, "Violated", "Satisfied", "Unknown: underSchoolAgreement")]
    [InlineData(5, "Violated", "Violated", "Violated")]
    [InlineData(null, "Unknown: majorsChosen", "Unknown: majorsChosen", "Unknown: underSchoolAgreement majorsChosen")]
    [Proves("tc/letter-student", "tc/guardian/1.3", "tc/school/1.3")]
    public void Majors_under_a_school_agreement_by_the_parent_agreement_alone_and_where_that_is_unknown(
        int? majors, string school, string parent, string unknown)
    {
        var chosen = majors is { } n ? $"majorsChosen={n} " : "";
        Assert.Equal(
            (school, parent, unknown),
            (Loaded.Criterion(Programme, "number-of-majors", chosen + "underSchoolAgreement=1"),
                Loaded.Criterion(Programme, "number-of-majors", chosen + "underSchoolAgreement=0"),
                Loaded.Criterion(Programme, "number-of-majors", chosen)));
    }

    [Theory]
    [InlineData("一切具备，凭学校间协议选两个", Student + "underSchoolAgreement=1 majorsChosen=2", "Eligible")]
    [InlineData("一切具备，只凭家长协议选四个", Student + "underSchoolAgreement=0 majorsChosen=4", "Eligible")]
    [InlineData("选两个，凭哪份协议都可以", Student + "majorsChosen=2", "Eligible")]
    [InlineData("选三个，要看凭哪份协议", Student + "majorsChosen=3", "Undetermined: underSchoolAgreement")]
    [InlineData("选三个，而凭学校间协议", Student + "underSchoolAgreement=1 majorsChosen=3", "Ineligible")]
    [InlineData("小学生不符合，其余不必再问", "stage=Primary", "Ineligible")]
    [InlineData("一无所知", "",
        "Undetermined: stage grade underSchoolAgreement studentConsents guardianSigned majorsChosen inOtherTrial")]
    [Proves("tc/guardian/1.3", "tc/school/1.3")]
    public void The_student(string sentence, string facts, string verdict) =>
        Assert.Equal((sentence, verdict), (sentence, Loaded.Verdict(Programme, facts)));

    [Fact]
    public void The_answer_names_its_rules_and_interpretations()
    {
        var answer = Loaded.Assess(Programme, Student)!;
        Assert.Equal(("tc@2", "tc-i7 tc-i1 tc-i8"), (answer.RuleSet, string.Join(' ', answer.Interpretations)));
        Assert.Null(Loaded.Assess(Programme, Student, asOf: "2020-12-31"));
    }

    [Fact]
    public void A_subject_made_in_code_is_assessed_like_a_row()
    {
        var answer = new Enrolment().Assess(
            new Applicant { Stage = StudentStage.Junior, Grade = 9, MajorsChosen = 3, InOtherTrial = false },
            new(2024, 9, 1), InterpretationProfile.AsTaken)!;
        Assert.Equal(Verdict.Undetermined, answer.Verdict);
        Assert.Equal("underSchoolAgreement studentConsents guardianSigned",
            string.Join(' ', answer.Programme.Schema.Names(answer.Missing)));
    }

    [Fact]
    public void The_facts_stand_in_the_order_of_the_public_contract() => Assert.Equal(
        [
            "stage", "grade", "underSchoolAgreement", "studentConsents", "guardianSigned", "majorsChosen",
            "inOtherTrial",
        ],
        Loaded.Instance.Catalogue.Programme(Programme)!.Schema.Fields.Select(f => f.Name));
}
