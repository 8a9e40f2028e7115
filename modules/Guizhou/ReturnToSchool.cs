namespace EduAssist.Guizhou;

/// <summary>控辍保学劝返复学工作指南二十条：一个孩子属于哪些情形，各做什么。</summary>
internal sealed class ReturnToSchool() : Programme<Child>(
    "guizhou.return-to-school", "劝返复学情形与措施", ProgrammeKind.Guide, facts => new(facts),
    new GuideRules<Child>("gz20", 2, Provisions.GuideInForce,
        [.. Situations.OneToFive, .. Situations.SixToNine, .. Situations.TenToFourteen, .. Situations.FifteenToTwenty],
        precedence: [20, 10, 15, 17, 16, 4, 3, 5, 14, 13, 18, 19, 12, 11, 9, 8, 7, 6, 2, 1],
        remainder:
        [
            new("no-situation", ["gz2021/2.6c"], _ => false, "指南没有对应的情形，由县级教育行政部门一人一案决定")
                { Interpretations = ["gz-i4"] },
            new("disability-within-guide", ["gz2017/2.4d", "gz2017/2.14"],
                c => !c.IsDisabled(),
                "不能到校而非重度残疾的，由教育部门和残联核查后一人一案安置（依据含征求意见稿）") { Interpretations = ["gz-i4"] },
            new("long-dropout-within-guide", ["gz20/7", "gz20/9", "gz2021/2.6c"],
                c => !(c.MainReason.Is(r => r is MainReason.WearyOfStudy or MainReason.WorkingAway) & c.LeftAtStage
                    == Stage.Primary),
                "长期辍学的情形只限初中阶段离校者，小学阶段离校的由县一人一案决定") { Interpretations = ["gz-i4"] },
            new("never-enrolled-within-guide", ["gz20/1", "gz20/2", "gz2021/2.6c"],
                c => c.EverEnrolled | c.Healthy | !c.IsOfSchoolAge(),
                "从未入学的情形只限身体健康者，适龄而身体不好的由县一人一案决定") { Interpretations = ["gz-i2", "gz-i4"] },
        ]));
