namespace EduAssist.TrialClass;

/// <summary>两份协议的职责、操作流程七步和定向培养的服务。材料没有给任何一项印期限，也没有时段。</summary>
internal sealed class Timeline : ITimeline
{
    private const string Vocational = "职业学校", JuniorHigh = "初中学校", Parents = "家长";

    public IEnumerable<Window> Windows(int year, WorkCalendar calendar, InterpretationProfile reading) => [];

    public IEnumerable<Duty> Duties(int year, WorkCalendar calendar, InterpretationProfile reading) =>
    [
        new("operator-to-parents", "出示资质、安全对接、教学和安全管理、接受监督", Vocational, ["tc/guardian/2"], Recurrence.NoDeadline),
        new("insurance", "购买意外伤害险", Vocational, ["tc/guardian/2.4", "tc/school/2.4"], Recurrence.NoDeadline),
        new("deposit-refund", "试读结束退还押金", Vocational, ["tc/guardian/2.6"], Recurrence.NoDeadline),
        new("parents", "配合管理", Parents, ["tc/guardian/3"], Recurrence.NoDeadline),
        new("payment", "购买物品、交押金、备生活费", Parents, ["tc/guardian/3.2"], Recurrence.NoDeadline),
        new("operator-to-school", "宣传真实合法、安全对接、教学和安全管理、接受监督", Vocational, ["tc/school/2"], Recurrence.NoDeadline),
        new("home-school", "讲解、组织自愿报名、保存申请、编花名册、协助管理、指定联系人", JuniorHigh, ["tc/school/3"], Recurrence.NoDeadline),
        new("flow-1-plan", "校长、书记形成方案", JuniorHigh, ["tc/flow/1"], Recurrence.NoDeadline),
        new("flow-2-cadres", "召开中层以上干部会议", JuniorHigh, ["tc/flow/2"], Recurrence.NoDeadline),
        new("flow-3-class-teachers", "召开班主任会议，列名单", JuniorHigh, ["tc/flow/3"], Recurrence.NoDeadline),
        new("flow-4-class-talk", "班主任说明，家长协议带回家", JuniorHigh, ["tc/flow/4"], Recurrence.NoDeadline),
        new("flow-5-calls", "给报名学生家长打电话，汇总", JuniorHigh, ["tc/flow/5"], Recurrence.NoDeadline),
        new("flow-6-list", "编花名册，约定接生时间", JuniorHigh, ["tc/flow/6"], Recurrence.NoDeadline),
        new("flow-7-pick-up", "接生清点、移交花名册、签协议", "初中学校、职业学校", ["tc/flow/7"], Recurrence.NoDeadline),
        new("practice-management", "实践教学和实习的计划、指导、检查和考核", Vocational, ["dt/2.2d"], Recurrence.NoDeadline),
        new("employment-service", "就业信息、招聘活动和推荐", Vocational, ["dt/2.3c"], Recurrence.NoDeadline),
        new("order-training", "校企合作会议和订单培养", Vocational, ["dt/2.4"], Recurrence.NoDeadline),
    ];
}
