namespace EduAssist.Kernel.Policy;

/// <summary>
/// True, false, or unknown <em>with the facts that it still needs</em>, one bit each: at most <see cref="MostFacts"/>
/// facts a programme. The tables are Kleene's: an unknown operand matters only as long as the other one has not
/// decided. Nothing is allocated.
/// </summary>
public readonly struct Truth : IEquatable<Truth>   // default: unknown, never false
{
    /// <summary>How many facts one programme may have.</summary>
    public const int MostFacts = 62;

    private const ulong Known = 1UL << 63, Value = 1UL << 62;
    private readonly ulong bits;

    private Truth(ulong bits) => this.bits = bits;

    /// <summary>Known to hold.</summary>
    public static Truth True => new(Known | Value);

    /// <summary>Known not to hold.</summary>
    public static Truth False => new(Known);

    /// <summary>Known to hold.</summary>
    public bool IsTrue => bits == (Known | Value);

    /// <summary>Known not to hold.</summary>
    public bool IsFalse => bits == Known;

    /// <summary>Neither: <see cref="Missing"/> says what would settle it.</summary>
    public bool IsUnknown => (bits & Known) == 0;

    /// <summary>The facts that are missing, bit n for the n-th fact of the schema; 0 when known.</summary>
    public ulong Missing => bits & ~(ulong)((long)bits >> 63);

    /// <summary>
    /// What becomes of a criterion that comes to this. Looked up: which it is nobody can guess, a processor neither.
    /// </summary>
    internal Outcome Outcome => Outcomes[(int)(bits >> 62)];

    private static ReadOnlySpan<Outcome> Outcomes =>
        [Outcome.Unknown, Outcome.Unknown, Outcome.Violated, Outcome.Satisfied];

    /// <summary>Unknown for want of these facts.</summary>
    /// <param name="facts">Bit n for the n-th fact of the schema.</param>
    public static Truth Needs(ulong facts) => new(facts & ~(Known | Value));

    /// <summary>A known truth.</summary>
    public static implicit operator Truth(bool value) => value ? True : False;

    /// <summary>Unknown stays unknown.</summary>
    public static Truth operator !(Truth a) => new(a.bits ^ ((a.bits & Known) >> 1));

    /// <summary>False if either is false; otherwise unknown as long as either is.</summary>
    public static Truth operator &(Truth a, Truth b) => a.IsFalse | b.IsFalse ? False : Undecided(a, b);

    /// <summary>True if either is true; otherwise unknown as long as either is.</summary>
    public static Truth operator |(Truth a, Truth b) => a.IsTrue | b.IsTrue ? True : Undecided(a, b);

    /// <summary>The same knowledge: the same value, or unknown for want of the same facts.</summary>
    public static bool operator ==(Truth a, Truth b) => a.bits == b.bits;

    /// <summary>Not the same knowledge.</summary>
    public static bool operator !=(Truth a, Truth b) => a.bits != b.bits;

    /// <inheritdoc/>
    public bool Equals(Truth other) => bits == other.bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Truth other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => bits.GetHashCode();

    /// <summary>
    /// Neither operand has decided: the value that they share if both are known, else what either still needs. Without
    /// a jump: a subject's truths have no pattern to foresee.
    /// </summary>
    private static Truth Undecided(Truth a, Truth b) =>
        new(a.Missing | b.Missing | (a.bits & b.bits & (Known | Value)));

    /// <inheritdoc/>
    public override string ToString() => IsTrue ? "true" : IsFalse ? "false" : "unknown";
}
