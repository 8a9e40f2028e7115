namespace EduAssist.Liaoning;

/// <summary>8c、8d：逐级处理的每一步，以及每一级禁止什么。</summary>
public class LicenceTests
{
    private static readonly Dictionary<string, string> Lawful = new(StringComparer.Ordinal)
    {
        ["Valid FailCheck"] = "CheckFailed",
        ["CheckFailed CutPlan"] = "PlanCut",
        ["PlanCut SuspendRegistration"] = "RegistrationSuspended",
        ["RegistrationSuspended StopRecruitment"] = "RecruitmentStopped",
        ["CheckFailed AcceptMending"] = "Valid",
        ["PlanCut AcceptMending"] = "Valid",
        ["RegistrationSuspended AcceptMending"] = "Valid",
        ["RecruitmentStopped AcceptMending"] = "Valid",
        ["Valid FindUnlicensed"] = "None",
        ["CheckFailed FindUnlicensed"] = "None",
        ["PlanCut FindUnlicensed"] = "None",
        ["RegistrationSuspended FindUnlicensed"] = "None",
        ["RecruitmentStopped FindUnlicensed"] = "None",
    };

    public static TheoryData<string, string> Attempts =>
        [
            .. Enum.GetNames<SchoolLicence>()
                .SelectMany(state => Enum.GetNames<LicenceDecision>().Select(decision => (state, decision))),
        ];

    [Theory, MemberData(nameof(Attempts))]
    [Proves("ln/8c", "ln/8d")]
    public void Each_decision_in_each_state_leads_one_step_or_is_refused_with_a_reason(string state, string decision)
    {
        var ruling = Licence.Decide(Enum.Parse<SchoolLicence>(state), Enum.Parse<LicenceDecision>(decision));
        Assert.Equal(Lawful.GetValueOrDefault($"{state} {decision}"), ruling.Next?.ToString());
        Assert.Equal(ruling.IsGranted, ruling.Reasons is []);
        Assert.NotEmpty(ruling.Provisions);
    }

    [Theory]
    [InlineData("a school that passed its check loses no place", "Valid", "CutPlan", "须先有年检不合格的决定。")]
    [InlineData("no step is left out", "CheckFailed", "SuspendRegistration", "不得越级：一次决定只走一级。")]
    [InlineData("nor two of them", "CheckFailed", "StopRecruitment", "不得越级：一次决定只走一级。")]
    [InlineData("no step is taken twice", "PlanCut", "CutPlan", "这一级已经执行。")]
    [InlineData("nor is there a way back down but by mending", "RecruitmentStopped", "SuspendRegistration", "这一级已经执行。")]
    [InlineData("failed already", "PlanCut", "FailCheck", "年检不合格已经认定，尚未恢复。")]
    [InlineData("nothing to mend", "Valid", "AcceptMending", "资质有效，没有需要整改的事项。")]
    [InlineData("no licence, no ladder", "None", "AcceptMending", "学校没有资质，不在逐级处理之列；依法取得资质后另行登记。")]
    [Proves("ln/8c", "ln/8d")]
    public void A_refusal_says_why(string sentence, string state, string decision, string reason) =>
        Assert.Equal((sentence, reason),
            (sentence,
                Licence.Decide(Enum.Parse<SchoolLicence>(state), Enum.Parse<LicenceDecision>(decision)).Reasons
                    .Single()));

    [Theory]
    [InlineData("Valid", "", false, false)]
    [InlineData("CheckFailed", "CutPlan", false, false)]
    [InlineData("PlanCut", "SuspendRegistration", false, false)]
    [InlineData("RegistrationSuspended", "StopRecruitment", false, true)]
    [InlineData("RecruitmentStopped", "", true, true)]
    [Proves("ln/8c")]
    public void Each_step_proposes_the_next_and_forbids(
        string state, string proposed, bool recruitment, bool registration)
    {
        var at = Enum.Parse<SchoolLicence>(state);
        Assert.Equal((proposed, recruitment, registration),
            ($"{Licence.Proposed(at)}", Licence.Forbids(at, LicensedAct.Recruit),
                Licence.Forbids(at, LicensedAct.Register)));
    }

    [Theory]
    [InlineData("failed, refuses, on file", "CheckFailed CutPlan 1 1 1", "Eligible", "", "")]
    [InlineData("the finding is not on file yet: not yet", "CheckFailed CutPlan 1 1 0", "Undetermined",
        "findingOnFile", "")]
    [InlineData("nobody says that it is: the same", "CheckFailed CutPlan 1 1 -", "Undetermined", "findingOnFile", "")]
    [InlineData("it mends: no step down", "CheckFailed CutPlan 1 0 1", "Ineligible", "", "refuses-to-mend")]
    [InlineData("it has not failed", "PlanCut SuspendRegistration 0 1 1", "Ineligible", "", "check-failed")]
    [InlineData("whether it refuses is not known", "RegistrationSuspended StopRecruitment 1 - 1", "Undetermined",
        "refusesToMend", "")]
    [InlineData("a step left out", "CheckFailed StopRecruitment 1 1 1", "Ineligible", "", "next-step")]
    [InlineData("the finding itself asks for no refusal", "Valid FailCheck 1 - 1", "Eligible", "", "")]
    [InlineData("mending is accepted without a finding", "PlanCut AcceptMending - - -", "Eligible", "", "")]
    [InlineData("no licence: off the ladder at once", "PlanCut FindUnlicensed - - 1", "Eligible", "", "")]
    [InlineData("no licence, no ladder", "None CutPlan 1 1 1", "Ineligible", "", "on-the-ladder next-step")]
    [Proves("ln/8c", "ln/8d")]
    public void A_step_needs_a_failed_check_a_refusal_to_mend_and_the_finding_on_file(
        string sentence, string step, string verdict, string missing, string violated)
    {
        string[] facts = ["schoolLicence", "decision", "checkFailed", "refusesToMend", "findingOnFile"];
        var answer = Loaded.Assess("liaoning.licence-step",
            string.Join(' ', facts.Zip(step.Split(' '), (f, v) => $"{f}={v}").Where(f => f[^1] != '-')));
        Assert.Equal((sentence, verdict, missing, violated), (sentence, $"{answer.Verdict}", Loaded.Missing(answer),
            Loaded.Violated(answer)));
    }

    [Fact]
    [Proves("ln/8c")]
    public void The_whole_way_down_and_back()
    {
        var state = SchoolLicence.Valid;
        foreach (var decision in (LicenceDecision[])[LicenceDecision.FailCheck, LicenceDecision.CutPlan,
            LicenceDecision.SuspendRegistration, LicenceDecision.StopRecruitment])
            state = Licence.Decide(state, decision).Next!.Value;
        Assert.Equal(SchoolLicence.RecruitmentStopped, state);
        Assert.Equal(SchoolLicence.Valid, Licence.Decide(state, LicenceDecision.AcceptMending).Next);
    }
}
