namespace EduAssist.Guizhou;

/// <summary>六至九：厌学、务工，以一年为界。</summary>
internal static partial class Situations
{
    private static readonly Need<Child> DroppedOutAgain =
        new("droppedOutAgain", c => c.DroppedOutAgain) { By = Persuaders };

    /// <summary>九，第三种办法: not willing after much persuasion, or dropped out again.</summary>
    private static readonly Need<Child>[] NotWillingAnywhere = Either("not-willing-anywhere",
        new("persuasionExhausted", c => c.PersuasionExhausted) { By = Persuaders }, DroppedOutAgain);

    private static bool IsAtWorkPlace(Child child) =>
        child.WillingWorkPlace.IsTrue && child.WillingHouseholdPlace.IsFalse;

    internal static Situation<Child>[] SixToNine =>
    [
        new(6, "weary-short", ["gz20/6"], c => c.MainReason == MainReason.WearyOfStudy & c.OutAtMostOneYear(),
            "厌学辍学在家（短期）")
        {
            IsMainReason = MainReasonIs(MainReason.WearyOfStudy),
            Measures = [new("original-class", "回原学校原班级就读") { Evidence = [Resumed] }],
            Effect = new(RollEffect.RollsForward, PlacedAtSchool),
            Basis = [PoorFamilies],
            Interpretations = ["gz-i1", "gz-i3", "gz-i7", "gz-i17"],
            AlternativeReading = new("gz-i1", c => c.MainReason == MainReason.WearyOfStudy & c.OutLessThanOneYear()),
        },
        new(7, "weary-long", ["gz20/7"],
            c => c.MainReason == MainReason.WearyOfStudy & !c.OutAtMostOneYear() & c.LeftAtStage == Stage.Junior,
            "厌学辍学在家（长期）")
        {
            IsMainReason = MainReasonIs(MainReason.WearyOfStudy),
            Measures =
            [
                new("tutoring-then-original-class", "愿意回原校的，短期单独辅导后编入原班级")
                {
                    Conditions = [new("willingOriginalSchool", c => c.WillingOriginalSchool)], Evidence = [Resumed],
                },
                new("vocational-school-weary", "不愿回原校或再次辍学的，县级教育行政部门牵头，一人一案安排到中职学校就读")
                {
                    Conditions =
                    [
                        .. Either("not-the-original-school",
                            new("willingOriginalSchool", c => !c.WillingOriginalSchool)
                                { Title = "不愿回原学校", By = Student },
                            DroppedOutAgain),
                        .. GuardianOrStudentApplies,
                    ],
                    Effect = new(RollEffect.RollsForward, Plan),
                    Evidence = [Application, .. VocationalPlan],
                },
            ],
            Effect = new(RollEffect.RollsForward, PlacedAtSchool),
            Basis = [VocationalReform],
            Interpretations = ["gz-i1", "gz-i3", "gz-i4", "gz-i7", "gz-i17"],
            AlternativeReading = new("gz-i1",
                c => c.MainReason == MainReason.WearyOfStudy & !c.OutLessThanOneYear() & c.LeftAtStage == Stage.Junior),
        },
        new(8, "working-short", ["gz20/8"], c => c.MainReason == MainReason.WorkingAway & c.OutAtMostOneYear(),
            "辍学在外务工（短期）")
        {
            IsMainReason = MainReasonIs(MainReason.WorkingAway),
            Measures = [new("original-school", "回原学校就读") { Evidence = [Resumed] }],
            Effect = new(RollEffect.RollsForward, PlacedAtSchool),
            Basis = [PoorFamilies],
            Interpretations = ["gz-i1", "gz-i3", "gz-i7", "gz-i17"],
            AlternativeReading = new("gz-i1", c => c.MainReason == MainReason.WorkingAway & c.OutLessThanOneYear()),
        },
        new(9, "working-long", ["gz20/9"],
            c => c.MainReason == MainReason.WorkingAway & !c.OutAtMostOneYear() & c.LeftAtStage == Stage.Junior,
            "辍学在外务工（长期）")
        {
            IsMainReason = MainReasonIs(MainReason.WorkingAway),
            Measures =
            [
                new("household-place-school", "愿意回户籍地的，短期单独辅导后编入原班级")
                {
                    Conditions = [new("willingHouseholdPlace", c => c.WillingHouseholdPlace) { By = Student }],
                    Effect = new(RollEffect.RollsForward, PlacedAtSchool),
                    Evidence = [Resumed],
                },
                new("work-place-school", "愿意在务工地就读的，户籍地政府协助联系学校，辅导后编入对应年级，再办转学")
                {
                    Conditions = [new("willingWorkPlace", c => c.WillingWorkPlace) { By = Student }],
                    Effect = new(RollEffect.Transferred, PlacedAtSchool,
                        TransferCompleted with { By = ReceivingSchool }),
                    Evidence = [Placed, "转学手续"],
                },
                new("vocational-school-working", "都不愿或再次辍学的，县级教育行政部门牵头，一人一案安排到中职学校就读")
                {
                    Conditions = [.. NotWillingAnywhere, .. GuardianOrStudentApplies],
                    Effect = new(RollEffect.RollsForward, Plan),
                    Evidence = [Application, .. VocationalPlan],
                },
                new("remote-teaching", "其中年满 16 周岁仍有义务教育学籍的，由户籍地学校专人每月或每周远程视频送教")
                {
                    Conditions =
                    [
                        .. NotWillingAnywhere,
                        new("birthDate", c => c.IsSixteen()) { Title = "年满 16 周岁", By = Office },
                        new("onRoll", c => c.OnRoll) { By = "学籍所在学校" },
                        .. GuardianOrStudentApplies,
                        new("countyApproves", c => c.CountyApproves) { By = County },
                    ],
                    Effect = new(RollEffect.RollsForward,
                        Need<Child>.Paper("plan", "一人一案：送教专人和每月或每周的安排", "户籍地学校")),
                    Evidence = [Application, "县级教育行政部门审核意见", "个人学习档案：音视频或图片", TermTest],
                },
            ],
            Effect = new(c => IsAtWorkPlace(c) ? RollEffect.Transferred : RollEffect.RollsForward,
                PlacedAtSchool, TransferCompleted with { By = ReceivingSchool, When = IsAtWorkPlace }),
            Basis = [VocationalReform, PoorFamilies],
            Interpretations = ["gz-i1", "gz-i2", "gz-i3", "gz-i4", "gz-i7", "gz-i17"],
            AlternativeReading = new("gz-i1",
                c => c.MainReason == MainReason.WorkingAway & !c.OutLessThanOneYear() & c.LeftAtStage == Stage.Junior),
        },
    ];
}
