namespace EduAssist.Guizhou;

/// <summary>What is known of a student who is placed at a secondary vocational school (安排到中职学校就读的学生).</summary>
internal sealed class PlacedStudent(Facts facts)
{
    internal PlacedStudent() : this(Facts.None) { }

    public Fact<int> Situation { get; init; } = facts.Number("所属情形", 1, 20);
    public Truth OnCompulsoryRoll { get; init; } = facts.YesNo("学籍在义务教育学校相应年级");
    public Truth VocationalRollRequested { get; init; } = facts.YesNo("已注册或申请注册中职学籍");
    public Truth CompulsoryCompleted { get; init; } = facts.YesNo("已完成义务教育");
    public Truth ApplicationOnFile { get; init; } = facts.Done("申请已存档");
    public Truth PlanOnFile { get; init; } = facts.Done("一人一案已存档");
    public Truth CertificateOnFile { get; init; } = facts.Done("毕业证书已存档");
}

/// <summary>指南二、七、九、十三：安排到中职学校就读的，义务教育学籍正常滚动。</summary>
internal sealed class Placement() : Programme<PlacedStudent>(
    "guizhou.placement-registration", "安排到中职就读学生的学籍", ProgrammeKind.Registration, facts => new(facts),
    new RuleSet<PlacedStudent>("gz20", 2, Provisions.GuideInForce,
    [
        new("placement-situation", ["gz20/2", "gz20/7", "gz20/9", "gz20/13"],
            s => s.Situation.Is(n => n is 2 or 7 or 9 or 13),
            "只有情形二、七、九、十三可以安排到中职就读；情形十四是联合方案送教上门"),
        new("compulsory-roll-until-completed", ["gz20/2", "gz20/7", "gz20/9", "gz20/13", "sc2019-4/2"],
            s => (s.CompulsoryCompleted & s.CertificateOnFile) | (s.OnCompulsoryRoll & !s.VocationalRollRequested),
            "完成义务教育、毕业证书存档之前，学籍留在义务教育学校相应年级滚动，不得注册中职学籍"),
        new("application-on-file", ["gz20/2", "gz20/7", "gz20/9", "gz20/13"], s => s.ApplicationOnFile,
            "监护人或本人的申请须已存档"),
        new("plan-on-file", ["gz20/2", "gz20/7", "gz20/9", "gz20/13"], s => s.PlanOnFile, "一人一案须已存档"),
    ]));
