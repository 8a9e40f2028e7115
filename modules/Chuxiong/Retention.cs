using System.ComponentModel.DataAnnotations;

namespace EduAssist.Chuxiong;

/// <summary>Why a student left the class.</summary>
internal enum ExitReason
{
    /// <summary>回原初中学校就读</summary>
    [Display(Name = "回原初中学校就读")] ReturnedToOriginalSchool,

    /// <summary>到其他高中阶段学校就读</summary>
    [Display(Name = "到其他高中阶段学校就读")] InOtherSeniorSecondary,

    /// <summary>流失</summary>
    [Display(Name = "流失")] Lost,
}

/// <summary>
/// A student's leaving. Only a return or another school can be proved: the proof is that school's (附件6说明2).
/// </summary>
/// <param name="Reason">Why.</param>
/// <param name="On">The day.</param>
/// <param name="HasProof">Whether that school has given its written proof.</param>
internal sealed record Exit(ExitReason Reason, DateOnly On, bool HasProof)
{
    internal bool HasValidProof => HasProof && Reason != ExitReason.Lost;
}

/// <summary>
/// A student of annex 4, or one who left before it without a proof (cx-i20), as the consolidation period ends or so
/// far.
/// </summary>
/// <param name="Registered">A secondary vocational roll is registered, at whichever school.</param>
/// <param name="Exit">Null: still in the class.</param>
internal sealed record ConfirmedStudent(bool Registered, Exit? Exit);

/// <summary>六、责任考核。</summary>
internal sealed class Retention : IFunctions
{
    /// <summary>六：巩固率达到95%以上；恰为95%即达到。</summary>
    internal static readonly Indicator Rate = new("chuxiong.retention", "巩固率",
        ["cx2020/4.2.5", "cx2020/6.1", "cx2020/6.2"])
    { Target = 0.95m, Interpretations = ["cx-i13", "cx-i20"] };

    /// <summary>六：州属学校的学生计入生源县市中职招生完成数。</summary>
    internal static readonly Indicator Credit = new("chuxiong.county-credit", "计入中职招生完成数", ["cx2020/6.3"])
    { Unit = "人", Interpretations = ["cx-i6", "cx-i14"] };

    public IEnumerable<Citation> Citations => [Rate.Citation, Credit.Citation];

    /// <summary>巩固率 of a vocational school and year.</summary>
    /// <param name="students">The students of annex 4, and who left before it without a proof.</param>
    /// <param name="consolidation">From confirmation on; an exit counts as excused only inside of it.</param>
    /// <param name="registrationComplete">
    /// False: so far, those still in class count as retained, and the ratio is provisional.
    /// </param>
    internal static Ratio RateOf(
        IEnumerable<ConfirmedStudent> students, DateSpan consolidation, bool registrationComplete)
    {
        var counted =
            students.Where(s => !(s.Exit is { HasValidProof: true } exit && consolidation.Contains(exit.On))).ToList();
        return new(counted.Count(s => s.Registered || (!registrationComplete && s.Exit is null)), counted.Count,
            Provisional: !registrationComplete);
    }

    /// <summary>
    /// Students credited to their county, as an exact fraction; rounded only for display. Undefined where the actual
    /// rate decides and is undefined.
    /// </summary>
    /// <param name="confirmed">The county's confirmed students at a prefecture school.</param>
    /// <param name="school">The school's retention (cx-i14).</param>
    /// <param name="reading">cx-i6: below the target the target is credited; other reading: the actual rate.</param>
    internal static Ratio CreditOf(int confirmed, Ratio school, InterpretationProfile reading)
    {
        var actualCounts = reading.TakesOther("cx-i6") || Rate.IsMetBy(school) == true;
        return actualCounts ? new(confirmed * school.Numerator, school.Denominator, school.Provisional)
            : new((long)(confirmed * 100 * Rate.Target!.Value), 100, school.Provisional);
    }
}
