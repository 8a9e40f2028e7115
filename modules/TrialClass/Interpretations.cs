namespace EduAssist.TrialClass;

/// <summary>材料可以两读之处。</summary>
internal sealed partial class Provisions
{
    public IReadOnlyList<Interpretation> Interpretations { get; } =
    [
        new("tc-i1", ["tc/letter-student", "tc/guardian/1.3", "tc/school/1.3"],
            "专业数依报名所凭的协议：有学校间协议的恰好 2 个；只凭家长协议的 2 至 4 个。",
            "不论凭哪份协议，一律 2 至 4 个，或一律 2 个。",
            "两份协议各自约定，学生按自己所凭的一份报名；选 2 个在两份协议下都成立。"),
        new("tc-i2", ["tc/letter-school", "tc/letter-parent", "tc/letter-student", "tc/guardian/1.2", "tc/school/1.2"],
            "半封闭与全封闭并列显示，不作判断，签字之前告知。",
            "以其中一种为准。",
            "管理方式关系到学生的行动自由，是合同条件，程序不代当事人选择。"),
        new("tc-i3", ["tc/letter-school", "tc/guardian/1.3", "tc/guardian/5.2", "tc/guardian/5.5", "tc/school/1.3"],
            "一个月到次月对应日的前一日为止，次月没有对应日的到次月最后一日；协议写明日期的从其约定；提前终止的到终止之日。",
            "首日不计，到次月对应日为止；或一律三十天。",
            "协议从某日始、至某日止，首尾两日都在内，这样恰好一个月。"),
        new("tc-i4", ["tc/guardian/4", "tc/guardian/5.5", "tc/school/4"],
            "从学生上车到送回，安全责任由职业学校承担；签字之前把这一读法告知家长。",
            "由家长承担。",
            "所印的句子缺少承担者，照字面读只剩家长；学校间协议对同一段时间写明由职业学校承担，家长此时也不能看护孩子。"),
        new("tc-i5", ["tc/school/4", "tc/flow/7"],
            "途中属于职业学校：从双方签字清点、移交花名册之时起。",
            "接到职业学校以后才由职业学校承担，途中无人承担。",
            "清点移交之后学生已不在初中手中，责任不能有空档。"),
        new("tc-i6", ["tc/guardian/1.2", "tc/guardian/2.6", "tc/school/1.2", "tc/prices"],
            "有损坏的，退还押金减去有据可查的损失之后的余额，不低于零。",
            "只要有损坏，押金全部不退。",
            "材料只写无损如数退还，没有写有损时怎样；押金担保的是损失，不是罚款。") { Switch = "TrialClass:AnyDamageForfeitsDeposit" },
        new("tc-i7", ["tc/letter-parent"],
            "不限年级，是初中各年级（七至九年级）。",
            "任何学段的任何年级。",
            "班名是初中与职校的衔接，教材为初中教材，信中说的是读完初中。"),
        new("tc-i8", ["tc/guardian/5.5"],
            "正在另一期试读的，送回之前不得报名。",
            "可以先报名，前一期送回之后再出发。",
            "材料没有写能否连报；一份协议从上车起管到送回，一名学生不能同时由两份协议约定责任，所以先了结前一期。"),
        new("tc-i9", ["tc/guardian/1.2", "tc/guardian/3.2", "tc/school/1.2"],
            "押金和自费物品费用在入校时交，是报到的前提，凭收据；未交不影响报名资格和出发。",
            "未交就不能报名。",
            "协议写的是入校时交；孩子已在路上，不能因为没有交钱而无人负责。"),
    ];
}
