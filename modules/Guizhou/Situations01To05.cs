namespace EduAssist.Guizhou;

/// <summary>一至五：从未入学、因残、因病。</summary>
internal static partial class Situations
{
    internal static Situation<Child>[] OneToFive =>
    [
        new(1, "never-enrolled-primary", ["gz20/1"], c => !c.EverEnrolled & c.IsOfAge(Stage.Primary) & c.Healthy,
            "失学（小学适龄阶段）")
        {
            Measures =
            [
                new("nearby-school", "免试、就近、免费安排到义务教育学校就读") { Evidence = [Placed] },
                new("household-place-leads", "随迁子女以户籍所在地为主安排，流入地配合") { Conditions = Migrant, Evidence = [Placed] },
            ],
            Effect = new(RollEffect.Enrolled, PlacedAtSchool),
            Basis = [PoorFamilies],
            Interpretations = ["gz-i2", "gz-i3", "gz-i16", "gz-i17"],
        },
        new(2, "never-enrolled-junior", ["gz20/2"], c => !c.EverEnrolled & c.IsOfAge(Stage.Junior) & c.Healthy,
            "失学（初中适龄阶段）")
        {
            Measures =
            [
                new("compulsory-school", "原则上安排到义务教育学校就读") { Evidence = [Placed] },
                new("vocational-school-never-enrolled", "县级教育行政部门牵头，一人一案安排到中职学校就读")
                {
                    Conditions =
                    [
                        .. Either("no-compulsory-school",
                            new("persuasionHard", c => c.PersuasionHard) { By = Persuaders },
                            new("compulsorySchoolUnrealistic", c => c.CompulsorySchoolUnrealistic) { By = County }),
                        GuardianApplies,
                    ],
                    Effect = new(RollEffect.RollsForward, Plan),
                    Evidence = ["监护人申请", .. VocationalPlan],
                },
            ],
            Effect = new(RollEffect.RollsForward, PlacedAtSchool),
            Basis = [VocationalReform],
            Interpretations = ["gz-i2", "gz-i3", "gz-i16", "gz-i17"],
            AlternativeReading = new("gz-i2", c => !c.EverEnrolled & c.IsOfAge(Stage.Junior)
                & c.IsBeforeEndOfSchoolYearOfFifteen() & c.Healthy),
        },
        new(3, "disability-can-attend", ["gz20/3"],
            c => c.IsDisabled() & c.CommitteeAssessment
                == CommitteeAssessment.CanAttend, "因残辍学（可以在校就读）")
        {
            IsMainReason = MainReasonIs(MainReason.Disability),
            Measures =
                [new("ordinary-class-or-special-school", "在普通班随班就读，或者到特殊教育学校就读") { Evidence = ["专家委员会评估意见", Placed] }],
            Effect = new(RollEffect.RollsForward, PlacedAtSchool),
            Basis = [Disabilities],
            Interpretations = ["gz-i3", "gz-i7", "gz-i17"],
        },
        new(4, "disability-cannot-attend", ["gz20/4"],
            c => c.Concluded(MainReason.Disability, c.SevereDisability) & c.CommitteeAssessment
                == CommitteeAssessment.CannotAttend, "因残辍学（经评估不适宜在校就读）")
        {
            IsMainReason = MainReasonIs(MainReason.Disability),
            Measures = [new("teaching-at-home", "户籍地县级教育行政部门一人一案安排送教上门") { Evidence = ["专家委员会评估意见", "一人一案", "送教记录"] }],
            Effect = new(RollEffect.OnRoll, Plan with { By = $"户籍地{County}" }),
            Basis = [Disabilities],
            Interpretations = ["gz-i3", "gz-i4", "gz-i7", "gz-i17"],
        },
        new(5, "illness", ["gz20/5"], c => c.Has(MainReason.Illness, c.SeriousIllness), "因病辍学")
        {
            IsMainReason = MainReasonIs(MainReason.Illness),
            Measures =
            [
                new("suspension", "办理休学，在学籍系统标注") { Evidence = ["休学申请", "诊断或其他证明"] },
                new("resumption", "好转后及时复学") { Evidence = [Resumed] },
            ],
            Effect = new(RollEffect.SuspendedThenForward,
                new Need<Child>("illnessProved", c => c.IllnessProved)
                    { By = $"{Guardian}；学校因此受益的由{County}", IsDone = true }),
            Contradictions = [Denied(MainReason.Illness, "seriousIllness", c => !c.SeriousIllness)],
            Basis = [PoorFamilies],
            Interpretations = ["gz-i3", "gz-i7", "gz-i17"],
        },
    ];
}
