namespace EduAssist.National;

public class VocationalCompletionTests
{
    private const string Student = "inCompulsoryStage=yes keepsCompulsoryCurriculum=yes ";
    private const string Ground = "study-difficulties-or-over-age-returner";

    private static readonly IProgramme Programme = new VocationalCompletion();
    private static readonly InterpretationProfile SkillsOnly = new("nat-i11");

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "still in compulsory education", "compulsory-stage", "inCompulsoryStage=yes", "satisfied" },
        { "has finished it", "compulsory-stage", "inCompulsoryStage=no", "violated" },
        { "nobody knows", "compulsory-stage", "", "unknown: inCompulsoryStage" },

        { "study difficulties, wherever it is", Ground, "hasStudyDifficulties=yes", "satisfied" },
        { "persuaded back, over-age, in a deeply poor area", Ground,
            "hasStudyDifficulties=no persuadedBack=yes overAge=yes inDeeplyPoorArea=yes", "satisfied" },
        { "the same elsewhere", Ground, "hasStudyDifficulties=no persuadedBack=yes overAge=yes inDeeplyPoorArea=no",
            "violated" },
        { "persuaded back, of the usual age", Ground,
            "hasStudyDifficulties=no persuadedBack=yes overAge=no inDeeplyPoorArea=yes", "violated" },
        { "over-age, never dropped out", Ground,
            "hasStudyDifficulties=no persuadedBack=no overAge=yes inDeeplyPoorArea=yes", "violated" },
        { "over-age returner: where?", Ground, "hasStudyDifficulties=no persuadedBack=yes overAge=yes",
            "unknown: inDeeplyPoorArea" },
        { "over-age returner elsewhere: study difficulties?", Ground,
            "persuadedBack=yes overAge=yes inDeeplyPoorArea=no", "unknown: hasStudyDifficulties" },
        { "persuaded back: how old, or study difficulties?", Ground, "persuadedBack=yes inDeeplyPoorArea=yes",
            "unknown: hasStudyDifficulties overAge" },
        { "nothing known", Ground, "", "unknown: hasStudyDifficulties persuadedBack overAge inDeeplyPoorArea" },

        { "the compulsory courses go on", "compulsory-curriculum", "keepsCompulsoryCurriculum=yes", "satisfied" },
        { "nothing but skills", "compulsory-curriculum", "keepsCompulsoryCurriculum=no", "violated" },
        { "no plan seen", "compulsory-curriculum", "", "unknown: keepsCompulsoryCurriculum" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    [Proves("sc2019-4/2", "moe2019-4/4.1")]
    public void A_criterion(string what, string criterion, string facts, string outcome) =>
        Assert.Equal((what, outcome), (what, Ask.Criterion(Programme, criterion, facts)));

    [Theory]
    [InlineData("study difficulties", Student + "hasStudyDifficulties=yes", "yes")]
    [InlineData("nothing but skills, whatever the ground", "keepsCompulsoryCurriculum=no", "no")]
    [InlineData("the ground is asked alone", Student + "persuadedBack=no", "unknown: hasStudyDifficulties")]
    [Proves("sc2019-4/2", "moe2019-4/4.1")]
    public void The_student(string what, string facts, string verdict) =>
        Assert.Equal((what, verdict), (what, Ask.Verdict(Programme, facts)));

    [Theory]
    [InlineData("before the State Council's plan", "2019-01-23", "none", "none")]
    [InlineData("the day of the plan: study difficulties only", "2019-01-24", "yes", "no")]
    [InlineData("the last day before the ministry's opinion", "2019-10-15", "yes", "no")]
    [InlineData("the day of the ministry's opinion: over-age returners too", "2019-10-16", "yes", "yes")]
    [Proves("moe2019-4/4.1")]
    public void Over_age_returners_came_with_the_second_document(
        string what, string asOf, string struggling, string overAgeReturner)
    {
        Assert.Equal((what, struggling), (what, Ask.Verdict(Programme, Student + "hasStudyDifficulties=yes", asOf)));
        Assert.Equal((what, overAgeReturner),
            (what,
                Ask.Verdict(Programme,
                    Student + "hasStudyDifficulties=no persuadedBack=yes overAge=yes inDeeplyPoorArea=yes", asOf)));
    }

    [Theory]
    [InlineData("an over-age returner only learns skills",
        "hasStudyDifficulties=no persuadedBack=yes overAge=yes inDeeplyPoorArea=yes", "no")]
    [InlineData("study difficulties do as before", "hasStudyDifficulties=yes", "yes")]
    [InlineData("nothing else is asked", "persuadedBack=yes overAge=yes inDeeplyPoorArea=yes",
        "unknown: hasStudyDifficulties")]
    [Proves("sc2019-4/2", "moe2019-4/4.1")]
    public void Under_the_other_reading(string what, string facts, string verdict)
    {
        Assert.Equal((what, verdict), (what, Ask.Verdict(Programme, Student + facts, reading: SkillsOnly)));
        Assert.Equal("sc2019-4@2+nat-i11", Ask.Assess(Programme, facts, "2024-09-01", SkillsOnly)!.RuleSet);
    }
}
