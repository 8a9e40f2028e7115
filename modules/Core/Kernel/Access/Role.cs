using System.ComponentModel.DataAnnotations;
using EduAssist.Kernel.Registry;

namespace EduAssist.Kernel.Access;

/// <summary>What somebody is, in a place (角色).</summary>
public enum Role
{
    /// <summary>省级教育行政部门.</summary>
    [Display(Name = "省教育厅")] Province,

    /// <summary>州、市级教育行政部门.</summary>
    [Display(Name = "州市教育体育局")] Prefecture,

    /// <summary>县级教育行政部门.</summary>
    [Display(Name = "县市教育体育局")] County,

    /// <summary>乡镇中心学校.</summary>
    [Display(Name = "乡镇中心学校")] Township,

    /// <summary>义务教育学校.</summary>
    [Display(Name = "初级中学")] School,

    /// <summary>职业学校.</summary>
    [Display(Name = "职业学校")] Vocational,

    /// <summary>班主任.</summary>
    [Display(Name = "班主任")] Teacher,

    /// <summary>审计人员: looks, and changes nothing.</summary>
    [Display(Name = "审计人员")] Auditor,

    /// <summary>系统管理员.</summary>
    [Display(Name = "系统管理员")] Administrator,
}

/// <summary>A role in a place: it holds there and beneath, and nowhere else.</summary>
/// <param name="Role">The role.</param>
/// <param name="Scope">
/// As <see cref="EduAssist.Kernel.Access.ScopePath"/> makes it: of a division, a school or a class; empty: everywhere.
/// </param>
public sealed record Grant(Role Role, string Scope)
{
    /// <summary>
    /// Whether the place is large enough for the role: a bureau's or a school's is not held within a part of what that
    /// body is. A county at a school would approve there what only the county may.
    /// </summary>
    public bool IsAtItsLevel => ScopePath.LevelOf(Scope) <= Role switch
    {
        Role.Province => ScopeLevel.Province,
        Role.Prefecture => ScopeLevel.Prefecture,
        Role.County => ScopeLevel.County,
        Role.Township or Role.School or Role.Vocational => ScopeLevel.School,   // a central school is one, too
        _ => ScopeLevel.Class,
    };

    /// <summary>In a division.</summary>
    public static Grant ForDivision(Role role, DivisionCode division) => new(role, division.Path);

    /// <summary>Whether the place is this one or beneath it.</summary>
    public bool Covers(string scope) => scope.StartsWith(Scope, StringComparison.Ordinal);
}

/// <summary>Who acts.</summary>
/// <param name="Name">A user's name; never a person's.</param>
/// <param name="Grants">
/// What they are, and where. One beneath its level (<see cref="Grant.IsAtItsLevel"/>) counts for nothing.
/// </param>
public sealed record Actor(string Name, params IReadOnlyList<Grant> Grants)
{
    /// <summary>What they are, and where.</summary>
    public IReadOnlyList<Grant> Grants { get; } = [.. Grants.Where(g => g.IsAtItsLevel)];

    /// <summary>
    /// Who reads the audit. Static properties are initialised in the order of their declaration, and the actors below
    /// read this one in their constructor: declared after them it would still be null.
    /// </summary>
    public static IReadOnlyList<Role> Auditing { get; } = [Role.Auditor, Role.Administrator];

    /// <summary>The program itself: seeds and routines.</summary>
    public static Actor Program { get; } = Everything("eduassist");

    /// <summary>
    /// Whoever sits at this machine and runs a command: they have the database and the keys, and may do everything.
    /// </summary>
    public static Actor Local { get; } = Everything("local");

    /// <summary>
    /// Who may see numbers of persons in full, one paper or one list at a time, each noted in the audit. Auditors,
    /// administrators and the province see them masked.
    /// </summary>
    public static IReadOnlyList<Role> Revealing { get; } =
        [Role.Prefecture, Role.County, Role.Township, Role.School, Role.Vocational, Role.Teacher];

    /// <summary>The network address that they act from; null: the command line, or a routine.</summary>
    public string? Address { get; init; }

    /// <summary>The program itself or its command line: they have every role, and act in none.</summary>
    public bool IsProgram => Name == Program.Name || Name == Local.Name;

    /// <summary>The places of their roles.</summary>
    public IEnumerable<string> Places => Grants.Select(g => g.Scope).Distinct();

    /// <summary>What they are anywhere. What may be done at a place is asked of <see cref="Holds"/>.</summary>
    public IReadOnlySet<Role> Roles { get; } = Grants.Where(g => g.IsAtItsLevel).Select(g => g.Role).ToHashSet();

    /// <summary>
    /// What they may see: all scopes of their grants, whatever the role; of the audit, the scopes in which they are
    /// auditor or administrator.
    /// </summary>
    public AccessScope AccessScope { get; } = AccessScope.ForGrants(Grants.Where(g => g.IsAtItsLevel)) with
    {
        Audited = AccessScope.ForGrants(Grants.Where(g => Auditing.Contains(g.Role))),
    };

    /// <summary>Whether they are one of these at a place.</summary>
    public bool Holds(IEnumerable<Role> roles, string scope) =>
        Grants.Any(g => roles.Contains(g.Role) && g.Covers(scope));

    /// <summary>What they are at a place.</summary>
    public IReadOnlySet<Role> RolesAt(string scope) =>
        Grants.Where(g => g.Covers(scope)).Select(g => g.Role).ToHashSet();

    /// <summary>
    /// The same user, only where they are one of these: whoever is a school here and an auditor there changes nothing
    /// there.
    /// </summary>
    public Actor As(IEnumerable<Role> roles) =>
        new(Name, [.. Grants.Where(g => roles.Contains(g.Role))]) { Address = Address };

    private static Actor Everything(string name) =>
        new(name, [.. Enum.GetValues<Role>().Select(r => new Grant(r, ""))]);
}
