namespace EduAssist.TrialClass;

/// <summary>What is known when a student arrives (入校时的一名学生).</summary>
internal sealed class Arriving(Facts facts)
{
    public Truth DepositReceipt { get; init; } = facts.Done("公物押金收据已存档");
    public Truth FeesReceipt { get; init; } = facts.Done("自费物品收据已存档");
}

/// <summary>
/// 家长协议一2、三2，学校间协议一2：入校时交押金和自费物品费用（tc-i9）。没有收据就还没有办完，与报名资格和出发都无关。
/// </summary>
internal sealed class CheckIn() : Programme<Arriving>(
    "trialclass.check-in", "试读学生入校报到", ProgrammeKind.Registration, facts => new(facts),
    new RuleSet<Arriving>("tc", 1, Provisions.InForce,
    [
        new("deposit-receipt", ["tc/guardian/1.2", "tc/guardian/3.2", "tc/school/1.2"], a => a.DepositReceipt,
            "公物押金须已交，收据存档") { Interpretations = ["tc-i9"] },
        new("fees-receipt", ["tc/guardian/1.2", "tc/guardian/3.2", "tc/school/1.2"], a => a.FeesReceipt,
            "自费物品费用须已交，收据存档") { Interpretations = ["tc-i9"] },
    ]));
