namespace EduAssist.Kernel.Policy;

/// <summary>
/// One typed, possibly unknown datum about a subject (事实). Comparing it gives a <see cref="Truth"/>; an unknown one
/// says which fact is missing. Unknown is not zero.
/// </summary>
public readonly struct Fact<T>
    where T : struct
{
    private readonly T value;
    // the bits of the missing facts; 0 in a fact that nobody gave, Known in one that is known
    private readonly ulong state;
    private const ulong Known = 1UL << 63;

    private Fact(T value, ulong state) => (this.value, this.state) = (value, state);

    /// <summary>Unknown for want of these facts.</summary>
    /// <param name="facts">Bit n for the n-th fact of the schema.</param>
    public static Fact<T> Needs(ulong facts) => new(default, facts & ~Known);

    /// <summary>A known datum.</summary>
    public static implicit operator Fact<T>(T value) => new(value, Known);

    /// <summary>Whether a claim holds of it.</summary>
    public Truth Is(Func<T, bool> claim) => state == Known ? claim(value) : Truth.Needs(state);

    /// <summary>Whether a claim holds of it and another datum; unknown for want of whichever is missing.</summary>
    public Truth With<TOther>(Fact<TOther> other, Func<T, TOther, bool> claim)
        where TOther : struct =>
        IsKnown && other.IsKnown ? claim(value, other.value)
            : Truth.Needs((IsKnown ? 0 : state) | (other.IsKnown ? 0 : other.state));

    /// <summary>Whether it is known: for conventions on what may be concluded from it, never for a rule.</summary>
    public bool IsKnown => state == Known;

    /// <summary>What it is. Not for claims, which ask <see cref="Is"/>.</summary>
    /// <exception cref="InvalidOperationException">It is not known.</exception>
    public T Value => IsKnown ? value : throw new InvalidOperationException("The fact is not known.");

    /// <summary>Whether it is this value.</summary>
    public static Truth operator ==(Fact<T> fact, T value) =>
        fact.state == Known ? EqualityComparer<T>.Default.Equals(fact.value, value) : Truth.Needs(fact.state);

    /// <summary>Whether it is another value.</summary>
    public static Truth operator !=(Fact<T> fact, T value) => !(fact == value);

    /// <summary>
    /// The same datum, or unknown for want of the same facts; == asks a question of the datum instead and answers with
    /// a <see cref="Truth"/>.
    /// </summary>
    public override bool Equals(object? obj) =>
        obj is Fact<T> other && state == other.state && EqualityComparer<T>.Default.Equals(value, other.value);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(state, value);
}
