namespace EduAssist.Guizhou;

/// <summary>十五至二十：核实后不再列为辍学的情形。</summary>
internal static partial class Situations
{
    private static readonly Need<Child>
        BirthDateShows = new("birthDate", c => ShowsAge(c, c.IsBeyondCompulsoryAge()))
        {
            Title = "出生日期已超出义务教育年龄",
            By = Office,
            AlternativeReading = new("gz-i2", c => ShowsAge(c, c.IsPastSchoolYearOfFifteen())),
        },
        Graduated = new("graduated", c => c.Graduated) { By = FormerSchool };

    /// <summary>
    /// Two grounds: graduation, verified; or an age that the birth date shows, unless the register office has said
    /// otherwise, or is still to say.
    /// </summary>
    private static Need<Child>[] OverAgeNeeds =>
    [
        new("identityPapersCompleted", c => c.IdentityPapersCompleted) { By = $"{County}会同{Police}", IsDone = true },
        .. new Need<Child>[]
        {
            Graduated,
            new("graduationVerified", c => c.GraduationVerified) { By = FormerSchool, IsDone = true },
        }.Select(need => need with
        {
            When = c => c.Graduated.IsTrue && !(c.IsBeyondCompulsoryAge().IsTrue && IsUndisputed(c)),
            AlternativeReading = new("gz-i2", need.Claim!)
                { When = c => c.Graduated.IsTrue && !(c.IsPastSchoolYearOfFifteen().IsTrue && IsUndisputed(c)) },
        }),
        RegisterDecision with { When = c => !c.Graduated.IsTrue && !IsUndisputed(c) },
    ];

    /// <summary>
    /// gz-i19: the record says where the child is: at home (六、七), in training, in a religious place, or in school. It
    /// is enough that it says so: leaving out a date must not make a child untraceable.
    /// </summary>
    private static bool IsSaidToBeSomewhere(Child child) => (child.MainReason == MainReason.WearyOfStudy
        | child.Has(MainReason.TrainingInstitution, child.InTrainingInstitution)
        | child.Has(MainReason.Religious, child.InReligiousPlace)
        | child.Has(MainReason.NoRoll, child.AttendsWithoutRoll)).IsTrue;

    /// <summary>The birth date on the register is taken as it stands.</summary>
    private static bool IsUndisputed(Child child) => child.RegisterDecision.IsKnown
        ? (child.RegisterDecision == Guizhou.RegisterDecision.BeyondCompulsoryAge).IsTrue
        : !child.Has(MainReason.RegisterAge, child.RegisterAgeDisputed).IsTrue;

    /// <summary>
    /// What the birth date says; while it is disputed it says nothing, until the register office has decided.
    /// </summary>
    private static Truth ShowsAge(Child child, Truth said) =>
        IsUndisputed(child) ? said : child.RegisterDecision == Guizhou.RegisterDecision.BeyondCompulsoryAge;

    /// <summary>
    /// Said to have left as over age, and is neither that nor a graduate. While the age is disputed nobody can say so;
    /// once the register office has decided, its word counts.
    /// </summary>
    private static Truth IsNeither(Child child, Truth beyond) =>
        child.MainReason == MainReason.OverAge & !child.Graduated
        & !(child.RegisterDecision.IsKnown ? child.RegisterDecision == Guizhou.RegisterDecision.BeyondCompulsoryAge
            : ShowsAge(child, beyond));

    internal static Situation<Child>[] FifteenToTwenty =>
    [
        new(15, "over-age-or-graduated", ["gz20/15"],
            c => c.Listed() & (c.IsBeyondCompulsoryAge() | c.Concluded(MainReason.OverAge, c.Graduated)), "超龄离校")
        {
            IsMainReason = MainReasonIs(MainReason.OverAge),
            Measures =
            [
                new("complete-identity-papers", "教育部门会同公安部门完善身份资料") { Evidence = ["身份资料"] },
                new("delete-over-age", "确已超龄或毕业的，删除学籍或作“其他离校”，建立档案")
                {
                    Conditions = Either("over-age-or-graduated", BirthDateShows, Graduated),
                    Evidence = ["身份资料", File],
                },
            ],
            Effect = new(RollEffect.DeletedOrOtherLeaving, OverAgeNeeds) { RemovesFromList = true },
            Contradictions =
            [
                new("mainReason", ["graduated", "birthDate"],
                    c => IsNeither(c, c.IsBeyondCompulsoryAge()))
                {
                    AlternativeReading = new("gz-i2",
                        c => IsNeither(c, c.IsPastSchoolYearOfFifteen())),
                },
            ],
            Basis = [Supervision],
            Interpretations = ["gz-i2", "gz-i3", "gz-i7", "gz-i17", "gz-i19"],
            AlternativeReading = new("gz-i2",
                c => c.Listed() & (c.IsPastSchoolYearOfFifteen() | c.Concluded(MainReason.OverAge, c.Graduated))),
        },
        new(16, "delayed-entry", ["gz20/16"],
            c => c.Listed() & c.Has(MainReason.DelayedEntry, c.EntryDelayed) & c.HasNoRoll(), "延缓入学")
        {
            IsMainReason = MainReasonIs(MainReason.DelayedEntry),
            Measures = [new("register-and-suspend", "凭监护人证明注册学籍，随即办理休学") { Evidence = ["延缓入学证明材料", "学籍注册和休学记录"] }],
            Effect = new(RollEffect.RegisteredSuspended,
                new Need<Child>("delayProved", c => c.DelayProved) { By = Guardian, IsDone = true })
                { RemovesFromList = true },
            Contradictions =
            [
                Denied(MainReason.DelayedEntry, "entryDelayed", c => !c.EntryDelayed),
                Denied(MainReason.DelayedEntry, "onRoll", c => c.OnRoll),
                new("entryDelayed", ["onRoll"], c => c.EntryDelayed & c.OnRoll),
            ],
            Basis = [Ledger],
            Interpretations = ["gz-i3", "gz-i7", "gz-i17"],
        },
        new(17, "attends-without-roll", ["gz20/17"],
            c => c.Listed() & c.Has(MainReason.NoRoll, c.AttendsWithoutRoll) & c.HasNoRoll(), "省内外就读无学籍")
        {
            IsMainReason = MainReasonIs(MainReason.NoRoll),
            Measures = [new("verify-and-register", "核实并提交资料，注册学籍") { Evidence = ["在读核实资料", "学籍注册记录"] }],
            Effect = new(RollEffect.Registered,
                new Need<Child>("attendanceVerified", c => c.AttendanceVerified)
                    { By = $"就读地{County}", IsDone = true })
                { RemovesFromList = true },
            Contradictions =
            [
                Denied(MainReason.NoRoll, "onRoll", c => c.OnRoll),
                new("attendsWithoutRoll", ["onRoll"], c => c.AttendsWithoutRoll & c.OnRoll),
                Denied(MainReason.NoRoll, "attendsWithoutRoll", c => !c.AttendsWithoutRoll),
            ],
            Basis = [Ledger],
            Interpretations = ["gz-i3", "gz-i7", "gz-i17"],
        },
        new(18, "relocation", ["gz20/18"], c => c.Has(MainReason.Relocation, c.Relocated), "易地扶贫搬迁辍学")
        {
            IsMainReason = MainReasonIs(MainReason.Relocation),
            Measures =
            [
                new("trace-after-relocation", "县教育局统筹，搬出地与安置点核实去向，及时劝返") { Evidence = ["两地核实记录"] },
                new("school-near-new-home", "县教育局会同安置点社区，就近安排到新家附近的学校，办理转学") { Evidence = [Placed, "转学手续"] },
            ],
            Effect = new(RollEffect.Transferred, PlacedAtSchool,
                TransferCompleted with { By = $"{County}和安置点社区" }) { RemovesFromList = true },
            Contradictions = [Denied(MainReason.Relocation, "relocated", c => !c.Relocated)],
            Basis = [Ledger],
            Interpretations = ["gz-i3", "gz-i7", "gz-i17"],
        },
        new(19, "primary-junior-gap", ["gz20/19"], c => c.Has(MainReason.PrimaryToJunior, c.InPrimaryJuniorGap),
            "“小升初”辍学")
        {
            IsMainReason = MainReasonIs(MainReason.PrimaryToJunior),
            Measures =
            [
                new("township-traces", "乡镇政府牵头，毕业小学和对应初中配合，查明去向，及时劝返") { Evidence = ["去向核实记录"] },
                new("write-to-household-county", "随迁子女：流入县政府书面抄告户籍县政府，户籍地负责劝返")
                    { Conditions = Migrant, Evidence = ["书面抄告函"] },
                new("receiving-place-assists", "需在流入地就读的，流入地教育部门协助入学")
                {
                    Conditions = [.. Migrant, new("studiesAtReceivingPlace", c => c.StudiesAtReceivingPlace)],
                    Evidence = [Placed],
                },
                new("admission-in-roll-system", "“招生入学”操作由就读的初中办理") { Evidence = ["招生入学操作记录"] },
            ],
            Effect = new(RollEffect.Enrolled,
                new Need<Child>("admissionCompleted", c => c.AdmissionCompleted) { By = JuniorHigh, IsDone = true })
                { RemovesFromList = true },
            Contradictions = [Denied(MainReason.PrimaryToJunior, "inPrimaryJuniorGap", c => !c.InPrimaryJuniorGap)],
            Basis = [WholeClass],
            Interpretations = ["gz-i3", "gz-i7", "gz-i17"],
        },
        new(20, "missing-person", ["gz20/20"], c => c.Has(MainReason.Missing, c.MissingPerson), "失踪失联辍学")
        {
            IsMainReason = MainReasonIs(MainReason.Missing),
            Measures =
            [
                new("police-check", "县级教育部门提请政府，由公安部门从严核查界定") { Evidence = ["提请核查的文书"] },
                new("other-leaving", "确认无法查找的作“其他离校”（不得删除），建立档案")
                {
                    Conditions = [new("policeConfirmsMissing", c => c.PoliceConfirmsMissing)],
                    Evidence = ["公安部门核查结论", File],
                },
            ],
            Effect = new(RollEffect.OtherLeaving,
                new("policeConfirmsMissing", c => c.PoliceConfirmsMissing) { By = Police },
                Need<Child>.Paper("where-the-child-is", "更正在案的去向：同时符合的情形说明了孩子在哪里", County)
                    with { When = IsSaidToBeSomewhere })
                { RemovesFromList = true },
            Contradictions = [Denied(MainReason.Missing, "missingPerson", c => !c.MissingPerson)],
            Basis = [Supervision, Ledger],
            Interpretations = ["gz-i3", "gz-i7", "gz-i17", "gz-i19"],
        },
    ];
}
