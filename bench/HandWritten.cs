using EduAssist.Kernel.Policy;

namespace EduAssist.Bench;

/// <summary>One criterion's part in the peer's answer.</summary>
internal readonly record struct HandFinding(
    string Rule,
    Outcome Outcome,
    string[] Provisions,
    string Message,
    List<string>? Missing
);

/// <summary>The peer's answer, in the shape of the public contract.</summary>
internal sealed record HandAnswer(
    string Programme,
    DateOnly AsOf,
    string RuleSet,
    Verdict Verdict,
    HandFinding[] Findings,
    List<string> Missing,
    string[] Interpretations,
    string[] OtherReadings,
    string[] Situations,
    string[] Measures
);

/// <summary>
/// The peer: 三、招生对象 as one writes it for this one programme, without rules as data. Lean on purpose: nullable booleans
/// are C#'s own three-valued logic, findings are structs in one array, what is constant is shared, and names are listed
/// only where one is missing.
/// </summary>
internal static class HandWritten
{
    private static readonly string[] Three = ["cx2020/3"],
        Either = ["cx2020/3.1", "cx2020/3.2"],
        Both = ["cx2020/3.3", "cx2020/4.1.3"],
        Roll = ["cx2020/5.3d"],
        Form = ["cx2020/A3"],
        Interpretations = ["cx-i1", "cx-i7"],
        None = [];

    private static readonly List<string> NothingMissing = [];

    internal static HandAnswer Assess(Student a, DateOnly asOf)
    {
        var findings = new HandFinding[6];
        bool? verdict = true;
        List<string>? missing = null;

        bool? holds = a.Grade is { } grade ? grade == 9 : null;
        Add(0, "grade-nine", Three, "须为初中三年级学生", holds is null ? ["grade"] : null);

        holds = a.SchoolDivision is { } division ? division.StartsWith("5323", StringComparison.Ordinal) : null;
        Add(1, "school-in-prefecture", Three, "须为本州初级中学的学生", holds is null ? ["schoolDivision"] : null);

        var helped = a.StrugglesDespiteHelp & (a.RepeatedDropout | a.LongTermDropout);
        var persuaded = a.PersuadedBack & a.WillingToLearnSkills;
        holds = helped | persuaded;
        Add(
            2,
            "study-difficulty",
            Either,
            "须经帮扶仍跟不上且反复或长期辍学，或经劝返愿学职业技能",
            holds is null ? MissingOfDifficulty(a, helped, persuaded) : null
        );

        holds = a.StudentConsents & a.GuardianConsents;
        Add(3, "consent", Both, "须学生本人和法定监护人都同意", holds is null ? MissingOfConsent(a) : null);

        holds = !a.HasVocationalRoll;
        Add(4, "no-vocational-roll", Roll, "不得已有中职学籍", holds is null ? ["hasVocationalRoll"] : null);

        holds = !a.HasOpenApplication;
        Add(5, "one-application", Form, "同时只能有一份报名申请", holds is null ? ["hasOpenApplication"] : null);

        return new(
            "chuxiong.vocational-class",
            asOf,
            "cx2020@1",
            verdict switch
            {
                true => Verdict.Eligible,
                false => Verdict.Ineligible,
                null => Verdict.Undetermined,
            },
            findings,
            verdict is null ? missing! : NothingMissing,
            Interpretations,
            None,
            None,
            None
        );

        void Add(int index, string rule, string[] provisions, string message, List<string>? facts)
        {
            findings[index] = new(
                rule,
                holds switch
                {
                    true => Outcome.Satisfied,
                    false => Outcome.Violated,
                    null => Outcome.Unknown,
                },
                provisions,
                message,
                facts
            );
            verdict &= holds;
            if (facts is not null && verdict is null)
                (missing ??= []).AddRange(facts);
        }
    }

    private static List<string> MissingOfDifficulty(Student a, bool? helped, bool? persuaded)
    {
        List<string> facts = [];
        if (helped is null)
        {
            if (a.StrugglesDespiteHelp is null)
                facts.Add("strugglesDespiteHelp");
            if ((a.RepeatedDropout | a.LongTermDropout) is null)
            {
                if (a.RepeatedDropout is null)
                    facts.Add("repeatedDropout");
                if (a.LongTermDropout is null)
                    facts.Add("longTermDropout");
            }
        }

        if (persuaded is null)
        {
            if (a.PersuadedBack is null)
                facts.Add("persuadedBack");
            if (a.WillingToLearnSkills is null)
                facts.Add("willingToLearnSkills");
        }

        return facts;
    }

    private static List<string> MissingOfConsent(Student a)
    {
        List<string> facts = [];
        if (a.StudentConsents is null)
            facts.Add("studentConsents");
        if (a.GuardianConsents is null)
            facts.Add("guardianConsents");
        return facts;
    }
}
