namespace EduAssist.Liaoning;

/// <summary>What a transition table says to an attempt: the next state, or why not.</summary>
/// <param name="Next">Null: refused.</param>
/// <param name="Reasons">All of them, in Chinese; empty when granted.</param>
/// <param name="Provisions">What it rests on.</param>
internal sealed record Ruling<TState>(TState? Next, IReadOnlyList<string> Reasons, IReadOnlyList<string> Provisions)
    where TState : struct
{
    internal bool IsGranted => Next is not null;
}

/// <summary>Makes rulings.</summary>
internal static class Ruling
{
    internal static Ruling<TState> Granted<TState>(TState next, IReadOnlyList<string> provisions)
        where TState : struct => new(next, [], provisions);

    internal static Ruling<TState> Refused<TState>(string reason, IReadOnlyList<string> provisions)
        where TState : struct => new(null, [reason], provisions);
}
