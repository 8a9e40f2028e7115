using EduAssist.Kernel.Registry;

namespace EduAssist.Kernel.Access;

/// <summary>A role in a place: it holds there and beneath, and nowhere else.</summary>
/// <param name="Role">The role.</param>
/// <param name="Scope">
/// As <see cref="EduAssist.Kernel.Access.ScopePath"/> makes it: of a division, a school or a class; empty: everywhere.
/// </param>
public sealed record Grant(Role Role, string Scope)
{
    /// <summary>
    /// Whether the place is one that the role is of. A bureau is none in a part of its division, where it would approve
    /// what only the whole may, nor in what lies above it, where it would act for its neighbours.
    /// </summary>
    public bool IsAtItsLevel => ScopePath.LevelsOf(Scope).Any(Role.Levels.Contains);

    /// <summary>In a division.</summary>
    public static Grant ForDivision(Role role, DivisionCode division) => new(role, division.Path);

    /// <summary>Whether the place is this one or beneath it.</summary>
    public bool Covers(string scope) => scope.StartsWith(Scope, StringComparison.Ordinal);
}

/// <summary>Who acts.</summary>
public sealed record Actor
{
    /// <summary>Somebody who is what these grants say.</summary>
    /// <param name="name">A user's name; never a person's.</param>
    /// <param name="grants">One that is not at its level (<see cref="Grant.IsAtItsLevel"/>) counts for nothing.</param>
    public Actor(string name, params IReadOnlyList<Grant> grants) => (Name, Grants, AccessScope, isEverything) =
        (name, [.. grants.Where(g => g.IsAtItsLevel)], ScopeOf(grants.Where(g => g.IsAtItsLevel)), false);

    /// <summary>Everything, everywhere, in the roles of whatever modules are loaded.</summary>
    private Actor(string name, bool isEverything) : this(name, [.. Auditing.Select(role => new Grant(role, ""))]) =>
        this.isEverything = isEverything;

    private readonly bool isEverything;

    /// <summary>
    /// Who reads the audit. Static properties are initialised in the order of their declaration, and the actors below
    /// read this one in their constructor: declared after them it would still be null.
    /// </summary>
    public static IReadOnlyList<Role> Auditing { get; } = [Role.Auditor, Role.Administrator];

    /// <summary>The program itself: seeds and routines.</summary>
    public static Actor Program { get; } = new("eduassist", isEverything: true);

    /// <summary>
    /// Whoever sits at this machine and runs a command: they have the database and the keys, and may do everything.
    /// </summary>
    public static Actor Local { get; } = new("local", isEverything: true);

    /// <summary>A user's name; never a person's.</summary>
    public string Name { get; init; }

    /// <summary>The network address that they act from; null: the command line, or a routine.</summary>
    public string? Address { get; init; }

    /// <summary>The program itself or its command line: they may do everything, and act in no role.</summary>
    public bool IsProgram => isEverything;

    /// <summary>What they are, and where.</summary>
    public IReadOnlyList<Grant> Grants { get; }

    /// <summary>The places of their roles.</summary>
    public IEnumerable<string> Places => Grants.Select(g => g.Scope).Distinct();

    /// <summary>
    /// What they may see: all scopes of their grants, whatever the role; of the audit, the scopes in which they are
    /// auditor or administrator.
    /// </summary>
    public AccessScope AccessScope { get; }

    /// <summary>
    /// Whether they are one of these anywhere. What may be done at a place is asked of <see cref="Holds"/>.
    /// </summary>
    public bool Is(params IEnumerable<Role> roles) =>
        isEverything ? roles.Any() : Grants.Any(g => roles.Contains(g.Role));

    /// <summary>Whether they are one of these at a place.</summary>
    public bool Holds(IEnumerable<Role> roles, string scope) =>
        isEverything ? roles.Any() : Grants.Any(g => roles.Contains(g.Role) && g.Covers(scope));

    /// <summary>What they are at a place; the program is nothing.</summary>
    public IEnumerable<Role> RolesAt(string scope) =>
        isEverything ? [] : Grants.Where(g => g.Covers(scope)).Select(g => g.Role);

    /// <summary>
    /// The same user, only where they are one of these: whoever is a school here and an auditor there changes nothing
    /// there.
    /// </summary>
    public Actor As(IEnumerable<Role> roles) => isEverything && roles.Any() ? this
        : new(Name, [.. Grants.Where(g => roles.Contains(g.Role))]) { Address = Address };

    /// <summary>
    /// Whether they administer what this grant gives: it lies within a place that they administer, and is of no higher
    /// level than that place. Nobody chooses, or resets, who audits them: an auditor lies strictly within.
    /// </summary>
    /// <remarks>
    /// A role above its place counts for nothing today. It is kept from whoever administers that place all the same:
    /// what it is may be mended one day.
    /// </remarks>
    public bool Administers(Grant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return isEverything || Grants.Any(g => g.Role == Role.Administrator && g.Covers(grant.Scope)
            && (grant.Role != Role.Auditor || grant.Scope != g.Scope)
            && (grant.IsAtItsLevel
                || ScopePath.LevelsOf(g.Scope).Any(level => grant.Role.Levels.All(own => own >= level))));
    }

    private static AccessScope ScopeOf(IEnumerable<Grant> grants) => AccessScope.ForGrants(grants) with
    {
        Audited = AccessScope.ForGrants(grants.Where(g => Auditing.Contains(g.Role))),
    };
}
