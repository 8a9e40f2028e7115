using static EduAssist.Kernel.Provisions.ProvisionKinds;

namespace EduAssist.Guizhou;

/// <summary>关于巩固拓展教育脱贫攻坚成果持续做好控辍保学工作的通知，逐条。</summary>
internal sealed partial class Provisions
{
    /// <summary>
    /// The text speaks of the time after the poverty campaign was won, and already relies on the civil code, in force
    /// since this day.
    /// </summary>
    internal static readonly DateOnly NoticeInForce = new(2021, 1, 1);

    private static Document Notice() => new("gz2021", "关于巩固拓展教育脱贫攻坚成果持续做好控辍保学工作的通知", NoticeInForce)
    {
        DateNote = "文本未印日期；文中已进入巩固脱贫成果阶段，并引用 2021 年 1 月 1 日施行的民法典，从该日起算。",
        Provisions =
        [
            new("gz2021/1", "一", Indicator, "除身体条件不允许的以外，脱贫家庭的适龄儿童少年没有一人失学辍学，清零成为常态。"),
            new("gz2021/2.1a", "二（一）1", Duty, "乡镇中心校每半月把所属学校的到校、课程安排和课堂教学查一遍。"),
            new("gz2021/2.1b", "二（一）1", Duty, "乡镇中心校每月向县教育部门和乡镇报告一次控辍情况。"),
            new("gz2021/2.1c", "二（一）1", Duty, "县级教育行政部门每学年到现场抽检学校常规管理，不少于一次。"),
            new("gz2021/2.2", "二（一）2", Record, "跟踪监测因难度变化使学生失去兴趣的学科，发现共性问题及时化解。") { Awaits = Records },
            new("gz2021/2.3", "二（一）3", Record, "国家课程开齐开足，音体美可由教师走教支援教学点；村小与优质学校捆绑考核。") { Awaits = Records },
            new("gz2021/2.4", "二（一）4", Measure | Rule | Record, "帮扶学习困难学生并保护其隐私和自尊；可开职业体验课，可到中职选修，九年级可办兴趣班。")
                { Awaits = $"帮扶记录、名单默认遮蔽；{Records}" },
            new("gz2021/2.5a", "二（二）5", Duty, "县级教育行政部门每个教学日中午十二点前掌握每所学校的应到、实到、未到及原因。") { Awaits = Reports },
            new("gz2021/2.5b", "二（二）5", Record, "未到校学生逐一记入台账，处理后在销账台账核销。") { Awaits = Records },
            new("gz2021/2.5c", "二（二）5", Duty, "学校逐日逐班登记到校情况，层层上报到县。") { Awaits = Reports },
            new("gz2021/2.5d", "二（二）5", Duty | Measure, "疑似辍学由中心校指导核准和劝返；多次劝返不成的，报乡镇和县，两级接报后立即行动。") { Awaits = Cases },
            new("gz2021/2.6a", "二（二）6", Duty, "户籍地与学籍地不同而都在省内的，学籍地先行劝返，多次不成的致函户籍地。") { Awaits = Cases },
            new("gz2021/2.6b", "二（二）6", Duty, "户籍地收函后五个工作日内，把劝返结果告知学籍地的教育行政部门和学校。") { Awaits = Cases },
            new("gz2021/2.6c", "二（二）6", Rule, "返校学生任何学校不得拒收；想回户籍地上学的，学校由县教育部门统筹。")
                { Awaits = $"拒收的登记、户籍地就学的安排；{Cases}" },
            new("gz2021/2.7", "二（二）7", Duty | Record, "小升初整班移交：小学摸清毕业生去向并报乡镇，初中无条件接收，并向小学和乡镇反馈报到情况。")
                { Awaits = Records },
            new("gz2021/2.8", "二（二）8", Duty | Record, "县级联席会议每半年至少召开一次，一般在开学前后，并组织联合执法。") { Awaits = Records },
            new("gz2021/2.9", "二（三）9", Duty, "县级人民政府在九月底前更新六至十六周岁户籍人口的就读台账，含区域内外就读和残疾儿童安置。"),
            new("gz2021/2.10", "二（三）10", Window | Record, "每年二月和八月是控辍保学宣传月，另定期整治违法造成的辍学。") { Awaits = Records },
            new("gz2021/2.11", "二（三）11", Record | Measure, "按“一家一案、一生一案”落实两免一补、营养改善等资助。") { Awaits = Aid },
            new("gz2021/2.12", "二（三）12", Duty | Record, "教师家访，关爱留守和困境儿童，务工人员随迁子女优先进公办学校。") { Awaits = Records },
            new("gz2021/3.1", "三（一）", Record, "县有“一县一案”，落实“双线”和“七长”责任。") { Awaits = Records },
            new("gz2021/3.2", "三（二）", Record, "经费和资助按时足额拨付，定期培训校长和教师，寄宿制学校为重。") { Awaits = Records },
            new("gz2021/3.3", "三（三）", Duty, "教育督导部门常态督导控辍保学，职责不清、劝返不力的追责。"),
        ],
        Anomalies =
        [
            new("gz2021-a1", ["gz2021/2.5a"], "二（二）5“从”字之后缺了起始日期：逐日调度从何日起，所存文本看不到；各年的职责都列出。"),
            new("gz2021-a2", ["gz2021/2.9"], "小标题（三）与二（二）8 的末句印在同一段；条号按标题理解。"),
            new("gz2021-a3", ["gz2021/1"], "所存文本的标题在“控辍保学”之后中断，按全称“工作的通知”列出。"),
        ],
    };
}
