namespace EduAssist.National;

/// <summary>
/// The three central documents, article by article; their interpretations stand in <see cref="Interpretations"/>.
/// </summary>
internal sealed partial class Provisions : IDocuments
{
    private const ProvisionKinds
        Narrative = ProvisionKinds.Narrative, Rule = ProvisionKinds.Rule, Duty = ProvisionKinds.Duty,
        Indicator = ProvisionKinds.Indicator, Measure = ProvisionKinds.Measure, Record = ProvisionKinds.Record;

    private const string IssueDate = "文件未另定施行日期，以印发日期为准";
    private const string Ledger = "台账（随存储一并实现）";

    /// <inheritdoc/>
    public IReadOnlyList<Document> Documents { get; } = [VocationalReform(), CompulsoryQuality(), DeeplyPoorAreas()];

    private static Document VocationalReform() => new("sc2019-4", "国务院关于印发国家职业教育改革实施方案的通知", new(2019, 1, 24))
    {
        Number = "国发〔2019〕4号",
        DateNote = IssueDate,
        Provisions =
        [
            new("sc2019-4/general", "总体要求与目标", Narrative, "职业教育与普通教育同等重要，五至十年内转为政府统筹、社会多元办学的类型教育。"),
            new("sc2019-4/targets", "具体指标", Indicator, "到 2022 年，实践课时、顶岗实习时间和双师型教师比例等达到所列数值，并启动证书制度试点。"),
            new("sc2019-4/1", "（一）", Narrative, "以标准化建设健全职业教育制度框架，把住教学标准和毕业质量两关。"),
            new("sc2019-4/2", "（二）", Rule, "巩固中等职业教育的基础地位，职业学校可依规定接收一部分学业困难学生，使其读完义务教育并学些技能。"),
            new("sc2019-4/3", "（三）", Narrative, "高等职业教育提高质量，招生以文化素质加职业技能为依据。"),
            new("sc2019-4/4", "（四）", Narrative, "打通应用型人才的上升渠道，试点本科层次职业教育，衔接退役军人教育。"),
            new("sc2019-4/5", "（五）", Narrative, "完善学校设置、师资、专业、课程、实习和实训的国家标准，由院校据以自定培养方案。"),
            new("sc2019-4/6", "（六）", Record, "试行学历证书与技能等级证书并取，院校内的证书分初级、中级、高级，效力相同。") { Awaits = Ledger },
            new("sc2019-4/7", "（七）", Narrative, "职业院校既办学历教育也办培训，学生和社会人员都可参加。"),
            new("sc2019-4/8", "（八）", Narrative, "建设学分银行，使学习成果可以认定、积累和互换。"),
            new("sc2019-4/9", "（九）", Duty, "专业目录原则上五年一修，学校专业一年一调，教材三年一修，专业教材还须随产业变化更新。"),
            new("sc2019-4/10", "（十）", Narrative, "校企在培养、技术和就业等方面深度合作，产教融合型企业享受组合激励。"),
            new("sc2019-4/11", "（十一）", Narrative, "各方共建共享高水平实训基地，为学生取证和企业提升人力服务。"),
            new("sc2019-4/12", "（十二）", Rule | Duty, "专业教师原则上从有三年以上企业经历和高职以上学历者中公开招聘，在职教师每年至少实训一个月、五年轮训一遍。"),
            new("sc2019-4/13", "（十三）", Narrative, "政府由办学转向管理和服务，支持企业和社会力量办职业教育。"),
            new("sc2019-4/14", "（十四）", Narrative, "培训评价组织经公开招募择优选定，承担技能考核和发证，由政府严格监管。"),
            new("sc2019-4/15", "（十五）", Narrative, "提高技术技能人才待遇，职业院校毕业生落户、求职和晋升与普通高校毕业生一视同仁。"),
            new("sc2019-4/16", "（十六）", Indicator, "新增教育经费向职业教育倾斜，高等职业教育生均财政拨款守住一万二千元并视财力提高。"),
            new("sc2019-4/17", "（十七）", Narrative, "职业教育的质量要评价、要按年公开报告、要定期督导。"),
            new("sc2019-4/18", "（十八）", Narrative, "成立国家层面的咨询委员会，为职业教育决策献策并受托评估。"),
            new("sc2019-4/19", "（十九）", Narrative, "党全面领导职业教育，思想政治教育贯穿各类课程。"),
            new("sc2019-4/20", "（二十）", Narrative, "由国务院职业教育部际联席会议统筹全国工作，每年开会两次。"),
        ],
    };

    private static Document CompulsoryQuality() => new("cc2019", "中共中央 国务院关于深化教育教学改革全面提高义务教育质量的意见", new(2019, 6, 23))
    {
        DateNote = IssueDate,
        Provisions =
        [
            new("cc2019/1", "1", Narrative, "义务教育以立德树人为根本任务，发展素质教育。"),
            new("cc2019/2", "2", Narrative, "以德为先、五育并举，面向每所学校和每名学生，知行合一。"),
            new("cc2019/3", "3", Narrative, "德育贯穿课程、文化、活动、实践和管理，公共文化资源向学生开放。"),
            new("cc2019/4", "4", Narrative, "按国家课程标准教学，培养认知和创新能力，防止学业负担过重。"),
            new("cc2019/5", "5", Rule, "体质健康未达合格标准的学生，体育免修者除外，不发毕业证书。"),
            new("cc2019/6", "6", Narrative, "开好艺术课程和活动，让每名学生学会一两项艺术技能。"),
            new("cc2019/7", "7", Indicator, "综合实践活动课程中至少一半课时用于劳动教育，家校和社会共同提供劳动实践。"),
            new("cc2019/8", "8", Narrative, "教学重启发、互动和探究，因材施教，用好现代技术。"),
            new("cc2019/9", "9", Narrative, "学校按国家课程开齐开足、零起点教学，不提前结课、不超标、不违规统考和排名。"),
            new("cc2019/10", "10", Rule, "少考试、考试按等级评价，学生成绩和排名一概不得公布，作业由教师批改而非推给家长。"),
            new("cc2019/11", "11", Narrative, "建设覆盖各年级各学科的数字资源，农村和边远贫困学校免费使用。"),
            new("cc2019/12", "12", Narrative, "教师全员轮训，农村和紧缺学科优先。"),
            new("cc2019/13", "13", Narrative, "教师编制由县级教育部门统筹调配，城乡教师交流轮岗，不再新增代课教师。"),
            new("cc2019/14", "14", Narrative, "教师平均工资不低于当地公务员，乡村教师另有补助，教师的惩戒权予以明确。"),
            new("cc2019/15", "15", Narrative, "校长是教学质量第一责任人，推行职级制并加强培训。"),
            new("cc2019/16", "16", Narrative, "地方和校本课程不得顶替国家课程，教材须经审定，不引进境外课程教材。"),
            new("cc2019/17", "17", Rule, "义务教育免试就近入学，不以考试竞赛证书或面试选拔，民办学校同步招生、超额摇号，并做好控辍保学。")
                { Awaits = "控辍保学的部分由各地模块实现" },
            new("cc2019/18", "18", Narrative, "对县域、学校和学生分别建立质量评价标准，并定期监测。"),
            new("cc2019/19", "19", Narrative, "健全各级教研体系，配齐专职教研员并联系乡村学校。"),
            new("cc2019/20", "20", Narrative, "学校自主办学，进校检查评比从严控制并须教育部门同意。"),
            new("cc2019/21", "21", Narrative, "保障经费，加强乡村小规模和寄宿制学校，消除城镇大班额。"),
            new("cc2019/22", "22", Duty | Rule, "县级党委和政府每年至少听一次义务教育汇报，党政负责人不得给学校定升学指标，也不得片面看升学率。"),
            new("cc2019/23", "23", Narrative, "各部门按职责为义务教育提供编制、规划、经费、待遇和治安等保障。"),
            new("cc2019/24", "24", Narrative, "强化监护主体责任，学校和社区指导家庭教育。"),
            new("cc2019/25", "25", Narrative, "义务教育质量列入党政考核和教育督导，严重问题依法追责。"),
            new("cc2019/26", "26", Narrative, "全社会支持义务教育，治理违规校外培训和竞赛。"),
        ],
    };

    private static Document DeeplyPoorAreas() => new("moe2019-4", "教育部办公厅关于办好深度贫困地区职业教育助力脱贫攻坚的指导意见", new(2019, 10, 16))
    {
        Number = "教职成厅〔2019〕4号",
        DateNote = IssueDate,
        Provisions =
        [
            new("moe2019-4/1", "一", Narrative, "以就业脱贫为目标，职业院校为主，帮助建档立卡贫困人口学到一技之长。"),
            new("moe2019-4/2", "二", Narrative, "精准到建档立卡家庭，能力和就业为先，外部协作与内部培育并举。"),
            new("moe2019-4/3", "三", Narrative, "到 2020 年，深度贫困地区有需求的建档立卡学生都能接受职业教育，更多劳动力得到培训。"),
            new("moe2019-4/4.1", "四（一）", Rule | Measure, "深度贫困地区可在初中开职教课程或职教班，帮学业困难学生读完义务教育，劝返的超龄学生引导学技能。")
            {
                Awaits = "对劝返超龄学生的引导措施（随个案一并实现）",
            },
            new("moe2019-4/4.2", "四（二）", Record, "连片特困的地市原则上各有至少一所中职学校，没有中职学校的贫困县逐县摸排并另行安排。") { Awaits = Ledger },
            new("moe2019-4/4.3", "四（三）", Narrative, "高职扩招向深度贫困地区倾斜，扩大中高职贯通培养。"),
            new("moe2019-4/4.4", "四（四）", Record, "贫困地区初中、高中毕业后不再升学的都可免费学技能，社会人员和贫困劳动力也有培训。") { Awaits = Ledger },
            new("moe2019-4/4.5", "四（五）", Narrative, "改善贫困地区职业院校的办学条件、实训基地、信息化和师资。"),
            new("moe2019-4/4.6", "四（六）", Record, "深度贫困地区读职业院校的学生各有培养方案，学习有人跟踪，跟不上的有人帮。") { Awaits = Ledger },
            new("moe2019-4/4.7", "四（七）", Rule | Record, "建档立卡等经济困难学生考技能等级证书免费，贫困毕业生入库并一对一服务。") { Awaits = Ledger },
            new("moe2019-4/4.8", "四（八）", Record, "落实东西部职业教育协作，明确招生兜底任务，帮助贫困学生入学、实习和就业。") { Awaits = Ledger },
            new("moe2019-4/5.1", "五（一）", Narrative, "加强党的领导，省级教育部门牵头协调，帮扶院校成立机构并定方案。"),
            new("moe2019-4/5.2", "五（二）", Record, "经费向深度贫困地区倾斜，加大困难学生资助，东部协作资助用于交通、住宿、书本和服装。") { Awaits = Ledger },
            new("moe2019-4/5.3", "五（三）", Indicator, "专项督查和第三方评估，重点看建档立卡学生的就学、受助和就业。"),
            new("moe2019-4/5.4", "五（四）", Narrative, "宣传职业教育扶贫的政策和典型，争取社会支持。"),
        ],
    };
}
