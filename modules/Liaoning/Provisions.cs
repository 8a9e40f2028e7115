using static EduAssist.Kernel.Provisions.ProvisionKinds;

namespace EduAssist.Liaoning;

/// <summary>关于进一步规范中等职业学校管理全面提升中等职业教育质量的意见，逐条。</summary>
internal sealed partial class Provisions : IDocuments
{
    private const ProvisionKinds Duty = ProvisionKinds.Duty, Indicator = ProvisionKinds.Indicator;
    private const string Records = "台账（随存储一并实现）", Forms = "表单（随表单一并实现）", Inspection = "办学检查的台账（随存储一并实现）";

    /// <summary>ln-i4</summary>
    internal static DateOnly InForce => PolicyData.EffectiveFrom;

    /// <inheritdoc/>
    public IReadOnlyList<Document> Documents { get; } =
    [
        new("ln", "关于进一步规范中等职业学校管理全面提升中等职业教育质量的意见", InForce)
        {
            DateNote = $"{PolicyData.ForKey("effective-from").Note}；可在政策数据中改定。",
            Provisions =
            [
                new("ln/1", "1", Narrative, "以德育为先，聘请能工巧匠和劳动模范担任兼职的德育导师。"),
                new("ln/2", "2", Record, "打通中职到高职、本科的三种升学通道，各学段都有职业启蒙，学校办学条件达标。") { Awaits = Records },
                new("ln/3", "3", Indicator | Record, "专业随产业动态调整：过剩、就业差、岗位已消失的停办或合并，急需的增设，传统的改造。")
                    { Awaits = "专业评议清单（随台账一并实现）" },
                new("ln/4", "4", Record, "校企合作办学：学徒制、证书与课程融通、按企业需求培养。") { Awaits = Records },
                new("ln/5", "5", Indicator, "双师型教师所占比例不断提高；学校建立教材的内部管理制度。") { Awaits = "教材管理制度（随台账一并实现）" },
                new("ln/6", "6", Narrative, "建设数字化校园，以数字手段改进教学。"),
                new("ln/7", "7", Record, "学历教育之外承担法定的培训，并开办社区教育和老年教育。") { Awaits = Records },
                new("ln/8a", "8", Rule, "招生不得突破计划；没有跨省计划或者超出跨省计划的，不得跨省招生。"),
                new("ln/8a2", "8", Rule | Record, "招生统一走中职和普通高中共用的招生平台。") { Awaits = "与招生平台名单核对（随存储一并实现）" },
                new("ln/8b", "8", Duty | Form, "在事先告知社会的网站上公布招生信息，内容详细、属实、不拖延。") { Awaits = Forms },
                new("ln/8c", "8", Rule, "每年检查办学资质；不合格又不肯整改的，先减计划，再停新生注册，最后停招。"),
                new("ln/8d", "8", Rule, "没有中职学历教育资质的，以及异地分校、教学点未经所在地教育部门批准的，一律不得招生。"),
                new("ln/8e", "8", Record, "招生违规的，逐一查明、处理并公开。") { Awaits = Records },
                new("ln/9a", "9", Duty, "新生入学后 20 个工作日之内，在全国中职学籍系统中建好电子档案。"),
                new("ln/9b", "9", Duty, "学籍上的每一种变动，从留级到死亡，一发生就在系统中改。"),
                new("ln/9c", "9", Rule, "同一学生不得有两份学籍。"),
                new("ln/9d", "9", Rule, "在职业学校补完义务教育的学生，完成之前不得有中职学籍。"),
                new("ln/9e", "9", Rule, "学籍在普通高中、技工学校或者高等学校的，不得再注册中职学籍。"),
                new("ln/10a", "10", Rule, "严格考核，毕业前不得以走过场的补考放行。") { Awaits = Inspection },
                new("ln/10b", "10", Duty, "省统筹、市实施教学质量评估，全体学生参加学业水平考试，学校每年出质量报告。"),
                new("ln/11a", "11", Rule, "认识实习和跟岗实习由学校统一安排。"),
                new("ln/11b", "11", Rule | Form, "顶岗实习由学校、企业和学生三方签协议。") { Awaits = Forms },
                new("ln/11c", "11", Rule, "每名实习学生都有实习责任保险，保费不由学生出，也不从报酬里扣。"),
                new("ln/11d", "11", Rule, "不满 18 周岁的，跟岗和顶岗实习须经监护人同意。"),
                new("ln/11e", "11", Rule, "不满 16 周岁的，不安排跟岗和顶岗实习。"),
                new("ln/11f", "11", Rule, "违法失信的单位不作实习单位；不经中介，也不请人有偿代办。"),
                new("ln/11g", "11", Rule, "不去风险较高的岗位，不去营业性娱乐场所。"),
                new("ln/11h", "11", Rule, "不收押金和任何实习费用；报酬付现款、直接到学生；不扣证件，不要担保。"),
                new("ln/11i", "11", Rule, "不得把学生当作低价劳力牟利。"),
                new("ln/12a", "12", Rule, "只有全日制学历教育、学籍正式且在校的中职学生可以申请资助。"),
                new("ln/12b", "12", Rule, "同时在义务教育学籍库中在读的学生不得申请中职资助。"),
                new("ln/12c", "12", Duty | Rule, "核查受助名单，及时移出不再符合的学生，不重复资助；套取资金的移交纪检。"),
                new("ln/13", "13", Duty | Record, "安全责任与岗位职责同担：定期查隐患、做演练，开展六类安全教育，防治欺凌。") { Awaits = Records },
                new("ln/14a", "14", Duty, "教学工作会议，学校一学年至少一次，系一学期至少一次。"),
                new("ln/14b", "14", Duty | Floor, "书记、校长和分管教学的副校长每人每学期至少听课十次，至少到顶岗实习单位检查一次。"),
                new("ln/15", "15", Record, "按生均标准拨款，由省督查落实。") { Awaits = Records },
            ],
            Anomalies =
            [
                new("ln-a1", ["ln/9a"], "我们所据的文本没有文号，也没有印发日期；施行日期取自政策数据。"),
            ],
        },
    ];
}
