using static EduAssist.Kernel.Provisions.ProvisionKinds;

namespace EduAssist.Guizhou;

/// <summary>控辍保学劝返复学工作指南二十条，逐条。</summary>
internal sealed partial class Provisions
{
    /// <summary>
    /// The guide cannot be older than 国发〔2019〕4号, which it names as the basis of situations 2, 7, 9, 13 and 14.
    /// </summary>
    internal static readonly DateOnly GuideInForce = new(2019, 1, 24);

    private static Document Guide() => new("gz20", "控辍保学劝返复学工作指南二十条", GuideInForce)
    {
        DateNote = "文本未印日期；所列依据中印有文号年份的是国发〔2019〕4号，从其印发之日起算。",
        Provisions =
        [
            new("gz20/1", "一", Rule | Measure | Effect, "小学适龄、从未入学而健康的，免试、就近、免费入学；随迁子女以户籍地为主。") { Awaits = Cases },
            new("gz20/2", "二", Rule | Measure | Effect, "初中适龄、从未入学而健康的，原则上进义务教育学校；难以劝返或不现实的，可按监护人申请到中职学习。")
                { Awaits = Cases },
            new("gz20/3", "三", Rule | Measure | Effect, "因残辍学、专家委员会认为可以在校的，随班就读或进特殊教育学校。") { Awaits = Cases },
            new("gz20/4", "四", Rule | Measure | Effect, "重度残疾需护理、专家委员会认为不能到校的，由户籍县安排送教上门。") { Awaits = Cases },
            new("gz20/5", "五", Rule | Measure | Effect, "因病或特殊原因暂不能上学的，休学，好转后复学。") { Awaits = Cases },
            new("gz20/6", "六", Rule | Measure | Effect, "厌学在家一年以内的，回原校原班。") { Awaits = Cases },
            new("gz20/7", "七", Rule | Measure | Effect, "初中阶段厌学在家超过一年的，辅导后回原班；不愿回或再辍学的，可申请到中职学习。") { Awaits = Cases },
            new("gz20/8", "八", Rule | Measure | Effect, "外出务工一年以内的，回原校就读。") { Awaits = Cases },
            new("gz20/9", "九", Rule | Measure | Effect, "初中阶段外出务工超过一年的，回户籍地、在务工地就读或申请到中职；满十六周岁仍有义务教育学籍的，可远程送教。")
                { Awaits = Cases },
            new("gz20/10", "十", Rule | Measure | Effect, "反映年龄与户口不符的，向户口登记机关申请；确认超龄的删除或作其他离校。") { Awaits = Cases },
            new("gz20/11", "十一", Rule | Measure | Effect, "被培训机构招去全日制培训代替上学的，回户籍地或就近入学。") { Awaits = Cases },
            new("gz20/12", "十二", Rule | Measure | Effect, "进入宗教活动场所而辍学的，提请政府劝返，再回户籍地或就近入学。") { Awaits = Cases },
            new("gz20/13", "十三", Rule | Measure | Effect, "早婚未生育的，以返校为主，确实不成的办夜校班、集中编班或申请到中职。") { Awaits = Cases },
            new("gz20/14", "十四", Rule | Measure | Effect, "早婚已生育的女学生，以返校为主，确实不成的办夜校班，或按联合方案每月送教上门。") { Awaits = Cases },
            new("gz20/15", "十五", Rule | Measure | Effect, "超龄或已毕业而被列为辍学的，补全身份资料后删除或作其他离校。") { Awaits = Cases },
            new("gz20/16", "十六", Rule | Measure | Effect, "延缓入学而被列为辍学的，凭监护人证明注册学籍并休学。") { Awaits = Cases },
            new("gz20/17", "十七", Rule | Measure | Effect, "实际在读而被列为辍学的，核实后注册学籍。") { Awaits = Cases },
            new("gz20/18", "十八", Rule | Measure | Effect, "易地搬迁中两地脱节造成辍学的，由县统筹查找劝返，在搬迁点附近入学并转学。") { Awaits = Cases },
            new("gz20/19", "十九", Rule | Measure | Effect, "小升初脱节造成辍学的，乡镇牵头查找劝返；随迁子女由两地县级政府衔接。") { Awaits = Cases },
            new("gz20/20", "二十", Rule | Measure | Effect, "失踪失联的，由公安部门从严核查，确认后只作其他离校。") { Awaits = Cases },
        ],
        Anomalies =
        [
            new("gz20-a1", ["gz20/12", "gz20/13"], "第十二、十三条的标题接排在前一条依据之后，条号按标题理解。"),
            new("gz20-a2", ["gz20/20"], "同一份台账管理通知在第二十条写作“基教司”，在其他各条写作“基础教育司”。"),
        ],
    };
}
