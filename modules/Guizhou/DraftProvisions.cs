using static EduAssist.Kernel.Provisions.ProvisionKinds;

namespace EduAssist.Guizhou;

/// <summary>关于进一步加强控辍保学提高义务教育巩固水平的通知（征求意见稿），逐条。不产生约束力，凡据此者都标明。</summary>
internal sealed partial class Provisions
{
    private static Document Draft() => new("gz2017", "关于进一步加强控辍保学提高义务教育巩固水平的通知（征求意见稿）", new(2017, 12, 31))
    {
        Status = ProvisionStatus.Draft,
        DateNote = "征求意见稿，未见施行，也未印日期；所引文件最迟的文号年份是 2017 年，以该年年末列出。",
        Provisions =
        [
            new("gz2017/1", "一", Indicator, "2020 年的目标：九年义务教育巩固率 95%。"),
            new("gz2017/2.1", "二（一）1", Record, "省统筹制度，市州协调考核，县负主体责任。") { Awaits = Records },
            new("gz2017/2.2a", "二（一）2", Record, "政府与教育“双线”、县长到家长“七长”负责；三项制度：小升初整班移交，排查和报告，劝返。") { Awaits = Records },
            new("gz2017/2.2b", "二（一）2", Measure, "监护人无正当理由的，先批评教育，再责令限期改正，逾期由司法部门发文书，严重的依法追责。") { Awaits = Cases },
            new("gz2017/2.3", "二（一）3", Rule | Record, "不得招用未满十六周岁的人，学校周边和娱乐场所不得妨害未成年人；任何人可以检举。") { Awaits = Checks },
            new("gz2017/2.4a", "二（一）4", Rule, "无故缺课达三天的，在学籍系统标注疑似辍学，上报并劝返。") { Awaits = Cases },
            new("gz2017/2.4b", "二（一）4", Record | Duty, "出勤与在籍人数核对，学籍变动及时登记并留存证明。") { Awaits = Records },
            new("gz2017/2.4c", "二（一）4", Indicator, "重点监控农村、贫困、民族地区，初中阶段，以及留守、贫困、残疾、学困和服刑人员子女。")
                { Awaits = "按重点群体分列的辍学率（随存储一并实现）" },
            new("gz2017/2.4d", "二（一）4", Duty, "教育部门和残联共同核查未入学的适龄残疾儿童，逐一安置并纳入学籍。") { Awaits = $"核查名单、安置和学籍的记录；{Cases}" },
            new("gz2017/2.5", "二（二）5", Rule | Record, "政府不下达升学指标，不以成绩和升学率作唯一评价；课程开齐开足。") { Awaits = Checks },
            new("gz2017/2.6", "二（二）6", Rule | Effect, "有意春季升入中职的，由市州组织毕业测试并办完毕业手续；不得拒绝初三学生中考，未被普高录取的都升入中职。")
                { Awaits = Checks },
            new("gz2017/2.7", "二（二）7", Measure, "教师一对一帮扶学习困难学生。") { Awaits = Cases },
            new("gz2017/2.8", "二（三）8", Measure, "建档立卡家庭子女优先帮扶。") { Awaits = Cases },
            new("gz2017/2.9", "二（三）9", Measure | Record, "一家一案、一生一案落实资助。") { Awaits = Aid },
            new("gz2017/2.10", "二（四）10", Rule, "撤并学校须按程序、听取意见，以寄宿和交通解决上学远。") { Awaits = Checks },
            new("gz2017/2.11", "二（四）11", Rule, "不足一百人的村小和教学点，公用经费按一百人核定。"),
            new("gz2017/2.12", "二（五）12", Record | Measure, "登记留守儿童，寄宿床位优先满足他们。") { Awaits = Records },
            new("gz2017/2.13", "二（五）13", Rule, "随迁子女以流入地、公办学校为主，凭居住证入学，不另收费。") { Awaits = Checks },
            new("gz2017/2.14", "二（五）14", Measure, "残疾儿童随班就读、进特殊教育学校或送教上门，一人一案。") { Awaits = $"三种安置的选择和一人一案；{Cases}" },
            new("gz2017/3.1", "三（一）", Record, "省设联席会议，市县比照设立。") { Awaits = Records },
            new("gz2017/3.1b", "三（一）", Duty, "县乡两级年度工作报告须写入控辍保学；市州、贵安新区和县定期向上级政府报告。"),
            new("gz2017/3.2a", "三（二）", Duty, "督导部门在每学期开学后专项督导入学和控辍保学。"),
            new("gz2017/3.2b", "三（二）", Indicator, "每年公布市州、贵安新区和县的辍学率排名，最高的十个县由主要负责人接受约谈。"),
            new("gz2017/3.3a", "三（三）", Window, "每年二月和八月开展宣传月活动。"),
            new("gz2017/3.3b", "三（三）", Form, "入学通知书写明法定义务和违法后果。") { Awaits = Forms },
        ],
        Anomalies =
        [
            new("gz2017-a1", ["gz2017/2.2b"], "“情结严重”应为情节严重。"),
        ],
    };
}
