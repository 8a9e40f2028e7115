using static EduAssist.Kernel.Provisions.ProvisionKinds;

namespace EduAssist.TrialClass;

/// <summary>中职衔接体验（试读）班的全套材料，和职校特色专业定向培养方案，逐条。</summary>
internal sealed partial class Provisions : IDocuments
{
    private const ProvisionKinds Duty = ProvisionKinds.Duty, Indicator = ProvisionKinds.Indicator;
    private const string Cases = "报名和试读的办理（随办件一并实现）", Forms = "表单（随表单一并实现）", Records = "台账（随存储一并实现）",
        Custody = "交接台账和任一时刻的责任人（随台账一并实现）", Warnings = "与其他模块条款冲突的提示（随办件一并实现）";

    /// <summary>The kit bears no date; the youngest document that it names is of 2021.</summary>
    internal static readonly DateOnly InForce = new(2021, 1, 1);

    public IReadOnlyList<Document> Documents { get; } =
    [
        new("tc", "中职衔接体验（试读）班", InForce)
        {
            DateNote = "材料未印日期；所依据的贵州省控辍保学通知为 2021 年，从 2021 年 1 月 1 日起算。",
            Provisions =
            [
                new("tc/cover", "封面", Narrative, "摘引中央和贵州省关于职业体验教育的三份文件。"),
                new("tc/preface", "前言", Narrative, "家庭、学校、社会和学生合力，使厌学的学生重新读书。"),
                new("tc/letter-school", "合作学校商榷函", Rule | Record, "面向在初中难以正常学习或疑似辍学的学生，体验一个月；用初中教材、与原校进度一致，结束后回原校考试领证。")
                    { Awaits = Records },
                new("tc/partners", "中职合作学校", Narrative, "介绍举办方和合作的职业学校。"),
                new("tc/letter-parent", "给家长的信", Rule | Record, "各年级的孩子都可以参加；每期一个月，免学费，物品自费，押金无损即还。")
                    { Awaits = Forms },
                new("tc/letter-student", "给同学的信", Rule | Record, "一个月的文化课之外，自选两个专业观摩体验。") { Awaits = Forms },
                new("tc/majors", "体验专业目录", Record, "供体验的专业：名称、代码、对应岗位，三年制；另有六个医药专业未印代码。"),
                new("tc/guardian/1.1", "家长协议书一1", Narrative, "协议所指的班级及其简称。"),
                new("tc/guardian/1.2", "家长协议书一2", Rule | Record, "免学费；物品自费 680 元，生活费自理；押金 800 元，公物无损则全数退还；半封闭管理。")
                    { Awaits = Records },
                new("tc/guardian/1.3", "家长协议书一3", Rule | Record, "一个月；初中文化课与原校同步，可选 2 至 4 个专业，另有军体、职业规划、书法、社交礼仪。")
                    { Awaits = Records },
                new("tc/guardian/1.4", "家长协议书一4", Effect, "学籍留在原初中，性质不变。") { Awaits = Records },
                new("tc/guardian/1.5", "家长协议书一5", Record, "写明试读学校的地址。") { Awaits = Forms },
                new("tc/guardian/2", "家长协议书二", Duty, "职业学校出示办学资质和政策文件，做好两校间的安全对接，承担试读期间的教学和安全管理，受家长监督，不打骂、不体罚。"),
                new("tc/guardian/2.4", "家长协议书二4", Rule | Duty, "职业学校为试读期间购买意外伤害险。") { Awaits = Records },
                new("tc/guardian/2.6", "家长协议书二6", Duty | Effect, "试读结束，公物无损的，退还全部押金。") { Awaits = Records },
                new("tc/guardian/3", "家长协议书三", Duty, "家长配合管理，随时可以了解和询问学生在校情况。"),
                new("tc/guardian/3.2", "家长协议书三2", Rule | Duty, "家长购买所需物品和书本，交押金，备一个月生活费。") { Awaits = Records },
                new("tc/guardian/4", "家长协议书四", Effect, "到试读结束为止的安全责任由谁承担。") { Awaits = Custody },
                new("tc/guardian/5.1", "家长协议书五1", Record, "家长随时可以到校探望，由学校专人接待。") { Awaits = Records },
                new("tc/guardian/5.2", "家长协议书五2", Rule | Effect, "学生和家长随时可以提出终止；家长接回，接到之后由家长负责安全。")
                    { Awaits = Custody },
                new("tc/guardian/5.3", "家长协议书五3", Rule, "教学和管理都不得超出法律法规。") { Awaits = Warnings },
                new("tc/guardian/5.4", "家长协议书五4", Record, "个别约定写在补充条款里，效力相同。") { Awaits = Forms },
                new("tc/guardian/5.5", "家长协议书五5", Rule | Effect, "双方签字并且学生上车后生效，到安全送回为止，有效一个月，写明起止日期。")
                    { Awaits = Custody },
                new("tc/guardian/5.6", "家长协议书五6", Form, "一式两份，双方各一份。") { Awaits = Forms },
                new("tc/school/1.1", "学校间协议书一1", Narrative, "协议所指的班级及其简称。"),
                new("tc/school/1.2", "学校间协议书一2", Rule | Record, "费用与家长协议相同；全封闭管理。") { Awaits = Records },
                new("tc/school/1.3", "学校间协议书一3", Rule | Record, "原则上一个月，家长和学生随时可以终止；体验 2 个专业，其他课程与家长协议相同。")
                    { Awaits = Records },
                new("tc/school/1.4", "学校间协议书一4", Effect, "学籍留在原就读学校，性质不变。") { Awaits = Records },
                new("tc/school/1.5", "学校间协议书一5", Record, "写明试读班的地址。") { Awaits = Forms },
                new("tc/school/2", "学校间协议书二", Duty, "职业学校对宣传的真实合法负责，做好安全对接，承担教学和安全管理，受初中监督。"),
                new("tc/school/2.4", "学校间协议书二4", Rule | Duty, "职业学校为体验期间购买意外伤害险。") { Awaits = Records },
                new("tc/school/3", "学校间协议书三", Rule | Duty, "初中向学生和家长讲解，组织自愿者报名，保存家长和学生的申请，编花名册，协助管理，并指定联系人。")
                    { Awaits = Records },
                new("tc/school/4", "学校间协议书四", Effect, "学生离开初中之前由初中负责安全，此后到返回初中为止由职业学校负责。") { Awaits = Custody },
                new("tc/school/5", "学校间协议书五", Rule | Record, "初中可派教师驻校；协议只管第 1 期，再办另签；一式四份。") { Awaits = Records },
                new("tc/school/5.2", "学校间协议书五2", Rule, "教学和管理都不得超出法律法规。") { Awaits = Warnings },
                new("tc/timetable", "课程表及作息时间", Record, "星期一至五每天六节课，从六点半起床到二十二点十分熄灯。"),
                new("tc/prices", "购买物品清单", Record, "六项物品和费用合计 680 元；公物押金 800 元。"),
                new("tc/flow/1", "合作学校操作流程一", Duty, "校长、书记研读文件，结合本校形成方案。"),
                new("tc/flow/2", "合作学校操作流程二", Duty, "召开中层以上干部会议，统一认识。"),
                new("tc/flow/3", "合作学校操作流程三", Duty, "召开班主任会议，各班列出学生名单，学校汇总。"),
                new("tc/flow/4", "合作学校操作流程四", Duty | Rule | Record, "班主任回班说明，学生把家长协议带回家；费用在此一并说明，生活费约 800 元。")
                    { Awaits = Forms },
                new("tc/flow/5", "合作学校操作流程五", Duty, "班主任给报名学生的家长打电话，家长认可后上报汇总。"),
                new("tc/flow/6", "合作学校操作流程六", Duty | Form, "编制花名册，与职业学校约定接生时间。") { Awaits = Forms },
                new("tc/flow/7", "合作学校操作流程七", Duty | Rule, "接生时双方按花名册清点，无误后移交花名册并签学校间协议。") { Awaits = Custody },
            ],
            Anomalies = Contradictions.In("tc"),
        },
        new("dt", "职校法务、应急、消防特色专业定向培养", InForce)
        {
            DateNote = "方案未印日期，与试读班材料编在一起，从同一日起算。",
            Provisions =
            [
                new("dt/1", "一", Indicator, "培养法务、应急、消防的应用型人才；初次就业率的目标留空，印作[X]%。"),
                new("dt/2.1a", "二（一）法务专业", Rule | Record, "核心课程和教学方法；每学期实践课时占总课时不少于[30%]（方括号中的数字，作政策数据）。")
                    { Awaits = Records },
                new("dt/2.1b", "二（一）应急专业", Rule | Record, "核心课程和教学方法；每学期实践课时占总课时不少于[40%]（方括号中的数字，作政策数据）。")
                    { Awaits = Records },
                new("dt/2.1c", "二（一）消防专业", Rule | Record, "核心课程和教学方法；每学期实践课时占总课时不少于[50%]（方括号中的数字，作政策数据）。")
                    { Awaits = Records },
                new("dt/2.2", "二（二）校内实训基地建设", Record, "按专业建设校内实训场所。") { Awaits = Records },
                new("dt/2.2a", "二（二）法务专业", Rule, "到律所和司法机关实习，每学年不少于[6]个月（方括号中的数字，作政策数据）。"),
                new("dt/2.2b", "二（二）应急专业", Rule, "到应急管理、消防救援等部门和企业实习，不少于[6]个月（方括号中的数字，作政策数据）。"),
                new("dt/2.2c", "二（二）消防专业", Rule, "到消防部门、工程公司和企业实习，不少于[6]个月（方括号中的数字，作政策数据）。"),
                new("dt/2.2d", "二（二）实践教学管理", Duty, "制定大纲和实习计划，全程有教师指导检查，综合评定实习成绩。"),
                new("dt/2.3a", "二（三）职业规划教育", Rule, "从入学起每学期开职业规划课不少于[8]课时（方括号中的数字，作政策数据），另办讲座和测评。"),
                new("dt/2.3b", "二（三）就业技能培训", Rule, "每学年开就业指导课不少于[16]课时（方括号中的数字，作政策数据），另办模拟面试等活动。"),
                new("dt/2.3c", "二（三）就业信息服务", Duty, "及时发布就业信息，定期办招聘和宣讲，向用人单位推荐毕业生。"),
                new("dt/2.3d", "二（三）就业跟踪与反馈", Record, "跟踪毕业生就业情况，建立就业档案。") { Awaits = Records },
                new("dt/2.4", "二（四）", Duty | Record, "成立领导小组、定期开会；与企业签订订单培养协议，毕业后到订单企业就业。") { Awaits = Records },
                new("dt/2.5", "二（五）", Narrative, "引进和培养专业教师，聘请并考核行业企业的兼职教师。"),
                new("dt/3", "三", Narrative, "组织、资金、制度和质量四方面的保障；方案可按实际调整。"),
            ],
            Anomalies = Contradictions.In("dt"),
        },
    ];
}
