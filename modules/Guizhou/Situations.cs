namespace EduAssist.Guizhou;

/// <summary>二十种情形。各条依次写明：检验、措施、学籍、依据。</summary>
internal static partial class Situations
{
    private const string PoorFamilies = "教育部、国务院扶贫办《关于解决建档立卡贫困家庭适龄子女义务教育有保障突出问题的工作方案》",
        VocationalReform = "《国务院关于印发国家职业教育改革实施方案的通知》（国发〔2019〕4号）",
        Disabilities = "《残疾人教育条例》",
        HouseholdRegister = "《中华人民共和国户口登记条例》",
        Hindrances = "教育部办公厅《禁止妨碍义务教育实施的若干规定》",
        Ledger = "《教育部基础教育司关于做好控辍保学工作台账管理的通知》",
        Supervision = "《国务院教育督导委员会办公室关于做好疑似失学儿童情况核查和劝返复学工作的通知》",
        WholeClass = "《省教育厅 省人民政府教育督导室关于进一步做好小升初整班移交工作切实防止学生辍学的通知》";

    private const string Placed = "入学证明", Resumed = "复学记录", Application = "监护人或本人申请", File = "资料档案",
        TermTest = "学期末测试结果";

    /// <summary>二、七、九: the three parts that the guide requires of a plan at a vocational school.</summary>
    private static readonly string[] VocationalPlan = ["一人一案：义务教育基本知识", "一人一案：职业技能内容", "一人一案：教学和管理要求"];

    /// <summary>
    /// 十三: the plan of a married student at a vocational school; the county sets its requirements, the school of the
    /// household place liaises.
    /// </summary>
    private static readonly string[] MarriedPlan = ["一人一案：基本课程，以技能培训为主", "县级教育行政部门的教学和管理要求", "户籍地学校与中职学校的对接记录"];

    // 谁来证明
    private const string ReceivingSchool = "接收学校", County = "县级教育行政部门", Guardian = "监护人", Student = "学生本人",
        Office = "户口登记机关", Police = "公安机关", JuniorHigh = "就读的初中", Persuaders = "学校和乡镇",
        FormerSchool = "毕业学校";

    private static readonly Need<Child>
        PlacedAtSchool = new("placed", c => c.Placed) { By = ReceivingSchool, IsDone = true },
        TransferCompleted = new("transferCompleted", c => c.TransferCompleted) { By = County, IsDone = true },
        GuardianApplies = new("guardianApplies", c => c.GuardianApplies) { By = Guardian, IsDone = true },
        StudentApplies = new("studentApplies", c => c.StudentApplies) { By = Student, IsDone = true },
        ReturnImpossible = new("returnImpossible", c => c.ReturnImpossible) { By = Persuaders },
        RegisterDecision = new("registerDecision",
            c => c.RegisterDecision == Guizhou.RegisterDecision.BeyondCompulsoryAge)
        { By = Office };

    /// <summary>二、七、九: one child, one plan, of three parts.</summary>
    private static readonly Need<Child> Plan = Need<Child>.Paper("plan", "一人一案", County);

    private static readonly Need<Child>[] GuardianOrStudentApplies =
        Either("application", GuardianApplies, StudentApplies);

    /// <summary>
    /// gz-i18: 十三、十四, only if return has really failed; the other reading lets what stands behind 也可 stand alone.
    /// </summary>
    private static readonly Need<Child> ReturnImpossibleForPlan =
        ReturnImpossible with { AlternativeReading = new("gz-i18", _ => true) };

    private static readonly Need<Child>[] Migrant = [new("migrantChild", c => c.MigrantChild)];

    /// <summary>Two facts of which one suffices, each with a state of its own.</summary>
    private static Need<Child>[] Either(string id, Need<Child> one, Need<Child> other) =>
        [one with { Id = id }, other with { Id = id }];

    private static Func<Child, Truth> MainReasonIs(MainReason own) => c => c.MainReason == own;

    /// <summary>The main reason on record, and what denies it.</summary>
    private static Contradiction<Child> Denied(MainReason own, string by, Func<Child, Truth> denied) =>
        new("mainReason", [by], c => c.MainReason == own & denied(c));
}
