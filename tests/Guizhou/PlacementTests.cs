namespace EduAssist.Guizhou;

/// <summary>安排到中职就读的学生：义务教育学籍照旧，完成之前不注册中职学籍。</summary>
public class PlacementTests
{
    [Theory]
    [InlineData(2, true, false, false, "Eligible", "")]
    [InlineData(7, true, false, false, "Eligible", "")]
    [InlineData(9, true, false, false, "Eligible", "")]
    [InlineData(13, true, false, false, "Eligible", "")]
    [InlineData(7, true, true, false, "Ineligible", "compulsory-roll-until-completed")]
    [InlineData(7, false, false, false, "Ineligible", "compulsory-roll-until-completed")]
    [InlineData(7, false, true, true, "Eligible", "")]
    [InlineData(7, true, true, null, "Undetermined", "compulsoryCompleted")]
    [InlineData(7, true, null, false, "Undetermined", "vocationalRollRequested")]
    [InlineData(7, null, false, false, "Undetermined", "onCompulsoryRoll")]
    [InlineData(7, false, null, null, "Undetermined", "compulsoryCompleted")]
    [InlineData(14, true, false, false, "Ineligible", "placement-situation")]
    [InlineData(6, true, false, false, "Ineligible", "placement-situation")]
    [InlineData(null, true, false, false, "Undetermined", "situation")]
    [InlineData(null, false, true, false, "Ineligible", "compulsory-roll-until-completed")]
    [Proves("gz20/2", "gz20/7", "gz20/9", "gz20/13")]
    public void The_compulsory_roll_rolls_forward_until_completion(
        int? situation, bool? onRoll, bool? vocationalRoll, bool? completed, string verdict, string why)
    {
        var programme = Loaded.Instance.Catalogue.Programme("guizhou.placement-registration")!;
        var facts = Loaded.Instance.NewFacts(programme);
        long?[] values = [situation, Bit(onRoll), Bit(vocationalRoll), Bit(completed), 1, 1, 1];
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value) facts.Set(i, value);
        }

        var answer = programme.Assess(facts, InterpretationProfile.AsTaken)!;
        Assert.Equal((verdict, why),
            (answer.Verdict.ToString(), verdict == "Undetermined" ? Loaded.Missing(answer) : Loaded.Violated(answer)));
    }

    [Theory]
    [InlineData(true, true, null, false, "Eligible", "")]
    [InlineData(false, true, null, false, "Undetermined", "applicationOnFile")]
    [InlineData(null, false, null, false, "Undetermined", "applicationOnFile planOnFile")]
    [InlineData(true, true, false, true, "Undetermined", "certificateOnFile")]
    [InlineData(true, true, null, true, "Undetermined", "certificateOnFile")]
    [InlineData(true, true, true, true, "Eligible", "")]
    [Proves("gz20/2", "gz20/7", "gz20/9", "gz20/13")]
    public void Nothing_is_decided_before_the_papers_are_on_file(
        bool? application, bool? plan, bool? certificate, bool vocationalRoll, string verdict, string missing)
    {
        var programme = Loaded.Instance.Catalogue.Programme("guizhou.placement-registration")!;
        var facts = Loaded.Instance.NewFacts(programme);
        long?[] values =
        [
            7, vocationalRoll ? 0 : 1, vocationalRoll ? 1 : 0, vocationalRoll ? 1 : 0, Bit(application), Bit(plan),
            Bit(certificate),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value) facts.Set(i, value);
        }

        var answer = programme.Assess(facts, InterpretationProfile.AsTaken)!;
        Assert.Equal((verdict, missing), (answer.Verdict.ToString(), Loaded.Missing(answer)));
    }

    private static long? Bit(bool? value) => value is { } known ? known ? 1 : 0 : null;
}
