using EduAssist.Data;

namespace EduAssist.Office.Cases;

/// <summary>What a module makes of a form that opens a case.</summary>
/// <typeparam name="TRow">Its own facts of the case.</typeparam>
/// <param name="Row">With the id that was given.</param>
/// <param name="Year">The plan's or school year.</param>
/// <param name="StudentId">Whom it is about; null: no student.</param>
/// <param name="Scope">Where it belongs.</param>
/// <param name="Counterpart">The other body that it concerns; empty: none.</param>
/// <param name="Handler">The bureau that handles it without being above <paramref name="Scope"/>; empty: none.</param>
public sealed record Opening<TRow>(
    TRow Row,
    int Year,
    Guid? StudentId,
    string Scope,
    string Counterpart = "",
    string Handler = ""
);

/// <summary>Collects what is wrong with a case that is opened or edited.</summary>
public sealed class OpeningErrors
{
    private readonly List<(string Field, string Message)> wrong = [];
    private readonly List<RuleViolation> refusals = [];

    /// <summary>What was entered is wrong.</summary>
    /// <param name="field">As in JSON; empty: the whole.</param>
    /// <param name="message">In Chinese.</param>
    public void Wrong(string field, string message) => wrong.Add((field, message));

    /// <summary>A rule does not allow it.</summary>
    public void Refuse(RuleViolation violation) => refusals.Add(violation);

    /// <summary>The answer; null: nothing stands against it.</summary>
    internal CommandResult? ToResult(string what) =>
        wrong.Count > 0 ? CommandResult.Invalid(wrong)
        : refusals.Count > 0 ? CommandResult.Refused($"不能{what}：{refusals[0].Message}。", refusals)
        : null;
}
