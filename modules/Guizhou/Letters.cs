namespace EduAssist.Guizhou;

/// <summary>二（二）5、6：多次劝返、致函户籍地、五个工作日内答复。</summary>
internal sealed class Letters : IFunctions
{
    /// <summary>多次: so many recorded attempts (gz-i11).</summary>
    internal const int Repeatedly = 3;

    /// <summary>户籍地在收函后 5 个工作日内答复学籍所在地的教育局和学校 (gz-i12): in time when the later of both is told in time.</summary>
    internal static LetterLaw Law { get; } = new(["Bureau", "School"], ClockBudget.WorkingDays(5));

    public IEnumerable<Citation> Citations =>
    [
        new("function", "guizhou/repeated-persuasion", "多次劝返", ["gz2021/2.5d", "gz2021/2.6a"], ["gz-i11"]),
        new("function", "guizhou/letter-clock", "函件答复期限", ["gz2021/2.6b"], ["gz-i12"]),
    ];

    /// <summary>Whether persuasion has failed repeatedly: then a report, or a letter, is due.</summary>
    internal static bool IsRepeated(int recordedAttempts) => recordedAttempts >= Repeatedly;
}
