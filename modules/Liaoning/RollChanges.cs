using System.ComponentModel.DataAnnotations;

namespace EduAssist.Liaoning;

/// <summary>A person's standing on the vocational rolls (中职学籍).</summary>
internal enum RollState
{
    /// <summary>No roll yet.</summary>
    [Display(Name = "未注册")]
    NotRegistered,

    /// <summary>At school.</summary>
    [Display(Name = "在读")]
    Enrolled,

    /// <summary>Away, to return.</summary>
    [Display(Name = "休学")]
    Suspended,

    /// <summary>Between two schools.</summary>
    [Display(Name = "已转出")]
    TransferredOut,

    /// <summary>Ended at the student's own wish; may register again.</summary>
    [Display(Name = "已退学")]
    Withdrawn,

    /// <summary>Ended by the school; may register again.</summary>
    [Display(Name = "已注销")]
    Cancelled,

    /// <summary>Ended.</summary>
    [Display(Name = "已死亡")]
    Deceased,
}

/// <summary>
/// What changes a roll (学籍异动): those that 9b names, the registration that begins a roll, and the return that ends a
/// suspension.
/// </summary>
internal enum RollChange
{
    /// <summary>Begins a roll (9a).</summary>
    [Display(Name = "注册")]
    Register,

    /// <summary>Stays a year longer.</summary>
    [Display(Name = "留级")]
    Repeat,

    /// <summary>Leaves for another school.</summary>
    [Display(Name = "转学（转出）")]
    TransferOut,

    /// <summary>Comes from another school.</summary>
    [Display(Name = "转学（转入）")]
    TransferIn,

    /// <summary>At the same school.</summary>
    [Display(Name = "转专业")]
    ChangeMajor,

    /// <summary>Goes, to return.</summary>
    [Display(Name = "休学")]
    Suspend,

    /// <summary>Returns.</summary>
    [Display(Name = "复学")]
    Return,

    /// <summary>Goes for good.</summary>
    [Display(Name = "退学")]
    Withdraw,

    /// <summary>By the school.</summary>
    [Display(Name = "注销")]
    Cancel,

    /// <summary>Dies.</summary>
    [Display(Name = "死亡")]
    Die,
}

/// <summary>One lawful change.</summary>
/// <param name="Change">What.</param>
/// <param name="From">The standing before.</param>
/// <param name="To">The standing after.</param>
/// <param name="Papers">What must be on file; the document prints none, these are policy data.</param>
/// <param name="Code">The change type XJYDLB of JY/T 1001 (注销 has none: 18 取消学籍 is nearest); null: none.</param>
internal sealed record LawfulChange(
    RollChange Change, RollState From, RollState To, IReadOnlyList<string> Papers, string? Code);

/// <summary>9b：学籍异动的转换表（seeds/Liaoning/roll-changes.csv，ln-i13）。</summary>
internal sealed class RollChanges : IFunctions
{
    internal static IReadOnlyList<LawfulChange> Lawful { get; } = Seed.Rows("roll-changes.csv", row => new LawfulChange(
        Enum.Parse<RollChange>(row.Text("change")), Enum.Parse<RollState>(row.Text("from")),
        Enum.Parse<RollState>(row.Text("to")), row.Text("papers").Split(';'), row.TextOrNone("code")));

    /// <inheritdoc/>
    public IEnumerable<Citation> Citations =>
        [new("function", "liaoning/roll-changes", "学籍异动的转换表", ["ln/9b", "ln/9c"], ["ln-i13"])];

    /// <summary>The provisions that a change rests on.</summary>
    internal static IReadOnlyList<string> ProvisionsOf(RollChange change) =>
        change == RollChange.Register ? ["ln/9a", "ln/9c"] : ["ln/9b"];
}

/// <summary>A change that was made.</summary>
/// <param name="Change">What.</param>
/// <param name="On">The day from which it counts.</param>
internal sealed record DatedChange(RollChange Change, DateOnly On);

/// <summary>A person's roll through time: the changes made, in the order of their days, one a day at most.</summary>
/// <param name="Changes">Each was lawful when it was made.</param>
internal sealed record RollHistory(IReadOnlyList<DatedChange> Changes)
{
    /// <summary>Before the first change.</summary>
    internal static RollHistory Empty { get; } = new([]);

    /// <summary>The standing on any day, past days too. The day of a change belongs to what follows it.</summary>
    internal RollState On(DateOnly day) => Changes.Where(c => c.On <= day).Aggregate(
        RollState.NotRegistered, (state, made) => Find(state, made.Change)!.To);

    /// <summary>Asks for a change; every reason against it is given.</summary>
    /// <param name="change">What.</param>
    /// <param name="on">The day from which it is to count.</param>
    /// <param name="papers">What is on file.</param>
    /// <param name="today">No change counts from a later day.</param>
    internal Ruling<RollState> Ask(RollChange change, DateOnly on, IEnumerable<string> papers, DateOnly today)
    {
        var now = On(DateOnly.MaxValue);
        var lawful = Find(now, change);
        IReadOnlyList<string> reasons =
        [
            .. lawful is null ? [Unlawful(now, change)] : (string[])[],
            .. on > today ? ["生效日期不得晚于今天。"] : (string[])[],
            .. Changes is [.., { } last] && on < last.On ? [$"生效日期不得早于上一次异动（{last.On:yyyy-MM-dd} {Name(last.Change)}）。"]
                : (string[])[],
            .. Changes is [.., { } same] && on == same.On ? [$"同一天已有一次异动（{Name(same.Change)}）。"] : (string[])[],
            .. lawful?.Papers.Except(papers).Select(p => $"缺少材料：{p}。") ?? [],
        ];
        return new(reasons.Count == 0 ? lawful!.To : null, reasons, RollChanges.ProvisionsOf(change));
    }

    /// <summary>The history with a change that was granted.</summary>
    internal RollHistory With(RollChange change, DateOnly on) => new([.. Changes, new(change, on)]);

    private static LawfulChange? Find(RollState from, RollChange change) =>
        RollChanges.Lawful.FirstOrDefault(c => c.From == from && c.Change == change);

    private static string Unlawful(RollState now, RollChange change)
    {
        var reached = RollChanges.Lawful.Any(c => c.Change == change && c.To == now && c.From != now);
        return reached ? $"学籍已是“{Name(now)}”，不得重复办理{Name(change)}。" : $"学籍为“{Name(now)}”，不能办理{Name(change)}。";
    }

    private static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        typeof(TEnum).GetField($"{value}")!.GetCustomAttributes(typeof(DisplayAttribute), inherit: false)
            .OfType<DisplayAttribute>().Single().Name!;
}
