namespace EduAssist.Liaoning;

/// <summary>3、5：意见要求的两项比例；都没有印目标值。</summary>
internal sealed class Indicators : IFunctions
{
    /// <summary>3：就业率低是停办、合并的理由之一，多低由评议决定。</summary>
    internal static Indicator MajorEmployment { get; } = new("liaoning.major-employment", "专业就业率", ["ln/3"]);

    /// <summary>5：只要求逐年提高。</summary>
    internal static Indicator DualQualifiedTeachers { get; } = new(
        "liaoning.dual-qualified-teachers", "“双师型”教师占专业课教师比例", ["ln/5"])
    { Interpretations = ["ln-i10"] };

    /// <inheritdoc/>
    public IEnumerable<Citation> Citations => [MajorEmployment.Citation, DualQualifiedTeachers.Citation];

    internal static Ratio MajorEmploymentOf(long employed, long graduates) => new(employed, graduates);

    internal static Ratio DualQualifiedTeachersOf(long dualQualified, long vocationalCourseTeachers) =>
        new(dualQualified, vocationalCourseTeachers);

    /// <summary>
    /// Whether a share is higher than the one before, by the counts themselves. Null: one of them is undefined.
    /// </summary>
    internal static bool? IsRising(Ratio before, Ratio now) => before.Denominator == 0 || now.Denominator == 0 ? null
        : (Int128)now.Numerator * before.Denominator > (Int128)before.Numerator * now.Denominator;
}
