namespace EduAssist.Guizhou;

/// <summary>gz-i1、gz-i2、gz-i16：适龄、超龄与一年的界限。</summary>
internal static class Ages
{
    /// <summary>Full years on 31 August before the school year.</summary>
    private static readonly StageAges OfStages = new(PrimaryFrom: 6, PrimaryTo: 11, JuniorFrom: 12, JuniorTo: 15);

    /// <summary>Full years on the day of the assessment.</summary>
    private const int Beyond = 17, Sixteen = 16, LastOfCompulsory = 15;

    /// <summary>小学或初中适龄</summary>
    internal static Truth IsOfAge(this Child child, Stage stage) =>
        child.BirthDate.Is(birth => OfStages.StageAt(birth, SchoolYear.Of(child.AsOf)) == stage);

    /// <summary>小学或初中适龄，不论哪一段</summary>
    internal static Truth IsOfSchoolAge(this Child child) => child.BirthDate.Is(
        birth => OfStages.StageAt(birth, SchoolYear.Of(child.AsOf)) is Stage.Primary or Stage.Junior);

    /// <summary>gz-i16：适龄，8 月 31 日满 6 周岁起，到超出义务教育年龄为止。</summary>
    internal static Truth IsOfCompulsoryAge(this Child child) => child.IsSix() & !child.IsBeyondCompulsoryAge();

    /// <summary>The other reading of gz-i2: until the school year of the 15th birthday is over.</summary>
    internal static Truth IsBeforeEndOfSchoolYearOfFifteen(this Child child) =>
        child.IsSix() & !child.IsPastSchoolYearOfFifteen();

    private static Truth IsSix(this Child child) => child.BirthDate.Is(
        birth => Age.FullYears(birth, SchoolYear.Of(child.AsOf).AgeDate) >= OfStages.PrimaryFrom);

    /// <summary>超出义务教育适龄阶段</summary>
    internal static Truth IsBeyondCompulsoryAge(this Child child) =>
        child.BirthDate.Is(birth => Age.FullYears(birth, child.AsOf) >= Beyond);

    /// <summary>The other reading: the school year of the 15th birthday is over.</summary>
    internal static Truth IsPastSchoolYearOfFifteen(this Child child) =>
        child.BirthDate.Is(birth => child.AsOf > SchoolYear.Of(Age.Reached(birth, LastOfCompulsory)).Last);

    /// <summary>年满 16 周岁</summary>
    internal static Truth IsSixteen(this Child child) =>
        child.BirthDate.Is(birth => Age.FullYears(birth, child.AsOf) >= Sixteen);

    /// <summary>
    /// 1 年以内, the corresponding day included; where there is none, the last day of its month (民法典第二百零二条).
    /// </summary>
    internal static Truth OutAtMostOneYear(this Child child) =>
        child.OutSince.Is(since => child.AsOf <= since.AddYears(1));

    /// <summary>The other reading: exactly one year is no longer within it.</summary>
    internal static Truth OutLessThanOneYear(this Child child) =>
        child.OutSince.Is(since => child.AsOf < since.AddYears(1));
}
