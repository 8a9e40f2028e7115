namespace EduAssist.Guizhou;

/// <summary>十至十四：户口年龄、培训机构、宗教场所、早婚。</summary>
internal static partial class Situations
{
    internal static Situation<Child>[] TenToFourteen =>
    [
        new(10, "register-age", ["gz20/10"],
            c => c.Listed() & (c.IsDecidedBeyond() | c.Has(MainReason.RegisterAge, c.RegisterAgeDisputed)),
            "户口登记原因（实际年龄与户口登记不符）")
        {
            IsMainReason = MainReasonIs(MainReason.RegisterAge),
            Measures =
            [
                new("apply-to-register-office", "学校或村（社区）告知监护人、户主或本人，向户口登记机关申请变更年龄")
                    { Evidence = ["变更年龄申请", "户口登记机关结论"] },
                new("delete-after-register-decision", "确认不再适龄的，删除学籍或作“其他离校”，建立档案")
                {
                    Conditions = [RegisterDecision],
                    Evidence = ["户口登记机关结论", File],
                },
            ],
            Effect = new(RollEffect.DeletedOrOtherLeaving, RegisterDecision) { RemovesFromList = true },
            Contradictions =
            [
                Denied(MainReason.RegisterAge, "registerAgeDisputed",
                    c => !c.RegisterAgeDisputed & !c.IsDecidedBeyond()),
            ],
            Basis = [HouseholdRegister],
            Interpretations = ["gz-i2", "gz-i3", "gz-i7", "gz-i17", "gz-i19"],
        },
        new(11, "training-institution", ["gz20/11"],
            c => c.Has(MainReason.TrainingInstitution, c.InTrainingInstitution) & c.IsOfCompulsoryAge(),
            "社会培训机构全日制培训替代义务教育")
        {
            IsMainReason = MainReasonIs(MainReason.TrainingInstitution),
            Measures = [new("return-from-training", "教育部门组织回户籍地或就近入学，编入相应年级班级") { Evidence = [Placed] }],
            Effect = new(RollEffect.Enrolled, PlacedAtSchool),
            Contradictions =
                [Denied(MainReason.TrainingInstitution, "inTrainingInstitution", c => !c.InTrainingInstitution)],
            Basis = [Hindrances],
            Interpretations = ["gz-i2", "gz-i3", "gz-i7", "gz-i16", "gz-i17"],
            AlternativeReading = new("gz-i2", c => c.Has(MainReason.TrainingInstitution, c.InTrainingInstitution)
                & c.IsBeforeEndOfSchoolYearOfFifteen()),
        },
        new(12, "religious-place", ["gz20/12"],
            c => c.Has(MainReason.Religious, c.InReligiousPlace) & c.IsOfCompulsoryAge(), "“入寺入教”辍学")
        {
            IsMainReason = MainReasonIs(MainReason.Religious),
            Measures =
            [
                new("government-persuades", "教育部门提请政府劝返") { Evidence = ["提请政府劝返的文书"] },
                new("return-from-religious-place", "回户籍地或就近入学，编入相应年级班级") { Evidence = [Placed] },
            ],
            Effect = new(RollEffect.Enrolled, PlacedAtSchool),
            Contradictions = [Denied(MainReason.Religious, "inReligiousPlace", c => !c.InReligiousPlace)],
            Basis = [Ledger],
            Interpretations = ["gz-i2", "gz-i3", "gz-i7", "gz-i16", "gz-i17"],
            AlternativeReading = new("gz-i2",
                c => c.Has(MainReason.Religious, c.InReligiousPlace) & c.IsBeforeEndOfSchoolYearOfFifteen()),
        },
        new(13, "early-marriage", ["gz20/13"],
            c => c.IsMarried() & !c.IsMother() & c.IsOfCompulsoryAge(), "早婚辍学（未生育）")
        {
            IsMainReason = MainReasonIs(MainReason.EarlyMarriage),
            Measures =
            [
                new("return-first", "以返校就读为主") { Evidence = [Resumed] },
                new("evening-class", "确实无法返校的，县教育部门与乡镇牵头办夜校班")
                {
                    Conditions = [ReturnImpossible], Effect = new(RollEffect.RollsForward, PlacedAtSchool),
                    Evidence = ["劝返记录", "夜校班名册"],
                },
                new("class-in-school", "确实无法返校的，在义务教育学校集中编班")
                {
                    Conditions = [ReturnImpossible], Effect = new(RollEffect.RollsForward, PlacedAtSchool),
                    Evidence = ["劝返记录", "编班名册"],
                },
                new("vocational-school-married", "或按申请一人一案就近到中职学校学习，以技能为主，县定要求，户籍地学校对接")
                {
                    Conditions = [ReturnImpossibleForPlan, .. GuardianOrStudentApplies],
                    Effect = new(RollEffect.RollsForward, Plan),
                    Evidence = [Application, .. MarriedPlan],
                },
            ],
            Effect = new(RollEffect.RollsForward, PlacedAtSchool),
            Contradictions = [Denied(MainReason.EarlyMarriage, "marriedEarly", c => !c.MarriedEarly)],
            Basis = [VocationalReform, PoorFamilies],
            Interpretations = ["gz-i2", "gz-i3", "gz-i7", "gz-i9", "gz-i16", "gz-i17", "gz-i18"],
            AlternativeReading = new("gz-i2",
                c => c.IsMarried() & !c.IsMother() & c.IsBeforeEndOfSchoolYearOfFifteen()),
        },
        new(14, "early-marriage-child", ["gz20/14"],
            c => c.IsMarried() & c.IsMother() & c.IsOfCompulsoryAge(), "早婚辍学（已生育）")
        {
            IsMainReason = MainReasonIs(MainReason.EarlyMarriage),
            Measures =
            [
                new("mother-returns-first", "以返校就读为主") { Evidence = [Resumed] },
                new("mother-evening-class", "确实无法劝返的，县教育部门与乡镇牵头办夜校班")
                {
                    Conditions = [ReturnImpossible], Effect = new(RollEffect.RollsForward, PlacedAtSchool),
                    Evidence = ["劝返记录", "夜校班名册"],
                },
                new("joint-plan-at-home", "或按申请一人一案，户籍地学校联合中职学校送教上门，每月至少一次，基本课程外以育儿、护理为主")
                {
                    Conditions = [ReturnImpossibleForPlan, .. GuardianOrStudentApplies],
                    Effect = new(RollEffect.RollsForward,
                        Need<Child>.Paper("plan", "户籍地学校与中职学校的联合学习方案", "户籍地学校和中职学校")),
                    Evidence = [Application, "联合学习方案", "送教档案：授课计划、视频、图片", TermTest],
                },
            ],
            Effect = new(RollEffect.RollsForward, PlacedAtSchool),
            Basis = [VocationalReform, PoorFamilies],
            Contradictions = [Denied(MainReason.EarlyMarriage, "marriedEarly", c => !c.MarriedEarly)],
            Interpretations = ["gz-i2", "gz-i3", "gz-i7", "gz-i9", "gz-i16", "gz-i17", "gz-i18"],
            AlternativeReading = new("gz-i2",
                c => c.IsMarried() & c.IsMother() & c.IsBeforeEndOfSchoolYearOfFifteen()),
        },
    ];

    private static Truth IsMarried(this Child child) => child.Has(MainReason.EarlyMarriage, child.MarriedEarly);

    private static Truth IsMother(this Child child) => child.Sex == ChildSex.Female & child.HasGivenBirth;
}
