namespace EduAssist.Kernel.Provisions;

/// <summary>
/// Where a text can be read in two ways (释义): the reading taken, the other one, and why. Shown beside every result that
/// rests on it.
/// </summary>
/// <param name="Id">Stable: <c>cx-i2</c>.</param>
/// <param name="Provisions">What is interpreted.</param>
/// <param name="Taken">The reading taken, in Chinese.</param>
/// <param name="Other">The other reading, in Chinese.</param>
/// <param name="Why">Why, in Chinese.</param>
public sealed record Interpretation(string Id, IReadOnlyList<string> Provisions, string Taken, string Other, string Why)
{
    /// <summary>
    /// The configuration key by which an instance takes the other reading (<c>Chuxiong:SendingCountsMakeUpWorkdays</c>,
    /// true or false); null where only one reading is offered.
    /// </summary>
    public string? Switch { get; init; }
}

/// <summary>
/// How an instance reads the documents: the interpretations of which it takes the other reading. Immutable, passed in,
/// and part of every rule-set id, so that no result can be mistaken for one under another reading.
/// </summary>
public sealed class InterpretationProfile
{
    private readonly HashSet<string> others;

    /// <summary>A reading.</summary>
    /// <param name="others">The ids of the interpretations of which the other reading is taken.</param>
    public InterpretationProfile(params IEnumerable<string> others) => this.others = [.. others];

    /// <summary>Every interpretation as taken.</summary>
    public static InterpretationProfile AsTaken { get; } = new();

    /// <summary>Whether the other reading of an interpretation is taken.</summary>
    /// <param name="interpretation">Its id.</param>
    public bool TakesOther(string interpretation) => others.Contains(interpretation);

    /// <summary>The ids of which the other reading is taken, of those given, in their order.</summary>
    public IEnumerable<string> OthersAmong(IEnumerable<string> interpretations) =>
        interpretations.Where(others.Contains);

    /// <summary>The reading that an instance's configuration asks for.</summary>
    /// <param name="interpretations">Those of the loaded modules.</param>
    /// <param name="setting">The configured value of a key, null when it is not set.</param>
    /// <exception cref="OperatorException">A value is neither true nor false.</exception>
    public static InterpretationProfile From(
        IEnumerable<Interpretation> interpretations, Func<string, string?> setting) =>
        new(interpretations.Where(i => i.Switch is { } key && IsOn(key, setting(key))).Select(i => i.Id));

    private static bool IsOn(string key, string? value) => value is not null
        && (bool.TryParse(value, out var on) ? on
            : throw new OperatorException($"配置项 {key} 须为 true 或 false，不能是“{value}”。"));
}
