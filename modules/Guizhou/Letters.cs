namespace EduAssist.Guizhou;

/// <summary>How a letter to the household place stands (函).</summary>
internal enum LetterStanding
{
    /// <summary>未到期</summary>
    Open,

    /// <summary>按期答复</summary>
    AnsweredInTime,

    /// <summary>逾期答复</summary>
    AnsweredLate,

    /// <summary>逾期未答复</summary>
    Overdue,
}

/// <summary>二（二）5、6：多次劝返、致函户籍地、五个工作日内答复。</summary>
internal sealed class Letters : IFunctions
{
    /// <summary>5 个工作日.</summary>
    internal const int WorkingDays = 5;

    /// <summary>多次: so many recorded attempts (gz-i11).</summary>
    internal const int Repeatedly = 3;

    public IEnumerable<Citation> Citations =>
    [
        new("function", "guizhou/repeated-persuasion", "多次劝返", ["gz2021/2.5d", "gz2021/2.6a"], ["gz-i11"]),
        new("function", "guizhou/letter-clock", "函件答复期限", ["gz2021/2.6b"], ["gz-i12"]),
    ];

    /// <summary>Whether persuasion has failed repeatedly: then a report, or a letter, is due.</summary>
    internal static bool IsRepeated(int recordedAttempts) => recordedAttempts >= Repeatedly;

    /// <summary>By when a letter is to be answered, with the reason for every day.</summary>
    /// <param name="received">Day 0, whatever day it is.</param>
    /// <param name="calendar">The working days.</param>
    internal static DeadlineProof Due(DateOnly received, WorkCalendar calendar) => calendar.Add(received, WorkingDays);

    /// <summary>
    /// How a letter stands on a day. It is answered when both the bureau and the school of the roll place have been
    /// told.
    /// </summary>
    /// <param name="proof">Its deadline.</param>
    /// <param name="toldBureau">The day on which the bureau was told; null: not yet.</param>
    /// <param name="toldSchool">The day on which the school was told; null: not yet.</param>
    /// <param name="on">The day that is asked about. What happens later is not known on it.</param>
    internal static LetterStanding Standing(
        DeadlineProof proof, DateOnly? toldBureau, DateOnly? toldSchool, DateOnly on)
    {
        var answered = toldBureau > toldSchool ? toldBureau : toldSchool;
        return toldBureau is not null && toldSchool is not null && answered <= on
            ? answered <= proof.Due ? LetterStanding.AnsweredInTime : LetterStanding.AnsweredLate
            : on <= proof.Due ? LetterStanding.Open : LetterStanding.Overdue;
    }
}
