using EduAssist.Data;
using EduAssist.Kernel.Access;

namespace EduAssist.Office.Cases;

/// <summary>Who may do what with a case, by role and by side of it.</summary>
internal static class CaseAuthorization
{
    /// <summary>Whether a case is within what the actor sees, on any side of it.</summary>
    internal static bool CanSee(Actor actor, Case one) =>
        actor.AccessScope.Covers(one.Scope)
        || actor.AccessScope.Covers(one.Counterpart)
        || actor.AccessScope.Covers(one.Handler);

    /// <summary>
    /// Why the actor may not do something. Who has the role nowhere is told which roles do it; who has it elsewhere,
    /// whose case it is.
    /// </summary>
    internal static CommandResult? FindDenial(
        UnitOfWork work,
        IReadOnlyList<Role> roles,
        string what,
        Case? one = null,
        CaseSide? side = null
    ) =>
        !work.Actor.Is(roles) ? CommandResult.Problem(ResultKind.Forbidden, $"{what}由{Names(roles)}办理。")
        : one is null || HasRole(work, roles, one, side) ? null
        : CommandResult.Problem(
            ResultKind.Forbidden,
            $"{what}由{side switch { CaseSide.Own => "所属的", CaseSide.Counterpart => "对方的", _ => "所涉及的" }}{Names(roles)}办理。"
        );

    /// <summary>Why the actor may not take a step of a case: whose it is. Null: they may.</summary>
    internal static RuleViolation? FindStepDenial(UnitOfWork work, Case one, Transition step) =>
        FindDenial(work, step.By, step.Title, one, step.Side) is { } forbidden
            ? new("own-step", forbidden.Refusal!.Detail.TrimEnd('。'), step.Provisions)
            : null;

    private static string Names(IReadOnlyList<Role> roles) => string.Join("、", roles.Select(r => r.Title));

    /// <summary>
    /// Whether the actor has one of these roles on a side of the case. To see the case is not enough.
    /// </summary>
    internal static bool HasRole(UnitOfWork work, IReadOnlyList<Role> roles, Case one, CaseSide? side = null) =>
        (
            side != CaseSide.Counterpart
            && (work.Actor.Holds(roles, one.Scope) || (one.Handler.Length > 0 && work.Actor.Holds(roles, one.Handler)))
        ) || (side != CaseSide.Own && one.Counterpart.Length > 0 && work.Actor.Holds(roles, one.Counterpart));

    /// <summary>Which of these roles the actor has on a side of the case.</summary>
    internal static IEnumerable<Role> RolesOn(
        UnitOfWork work,
        IReadOnlyList<Role> roles,
        Case one,
        CaseSide? side = null
    ) =>
        work
            .Actor.Grants.Where(g =>
                roles.Contains(g.Role)
                && (
                    (
                        side != CaseSide.Counterpart
                        && (g.Covers(one.Scope) || (one.Handler.Length > 0 && g.Covers(one.Handler)))
                    ) || (side != CaseSide.Own && one.Counterpart.Length > 0 && g.Covers(one.Counterpart))
                )
            )
            .Select(g => g.Role);

    /// <summary>Which of these roles the actor has at a place.</summary>
    internal static IEnumerable<Role> RolesAt(UnitOfWork work, IReadOnlyList<Role> roles, string scope) =>
        work.Actor.Grants.Where(g => roles.Contains(g.Role) && g.Covers(scope)).Select(g => g.Role);
}
