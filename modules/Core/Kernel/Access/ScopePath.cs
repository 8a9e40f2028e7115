using System.ComponentModel.DataAnnotations;
using EduAssist.Kernel.Registry;

namespace EduAssist.Kernel.Access;

/// <summary>The levels of places, the highest first: where roles hold.</summary>
public enum ScopeLevel
{
    /// <summary>Everywhere.</summary>
    [Display(Name = "全部范围")] Everything,

    /// <summary>省级.</summary>
    [Display(Name = "省级")] Province,

    /// <summary>地级.</summary>
    [Display(Name = "地级")] Prefecture,

    /// <summary>县级.</summary>
    [Display(Name = "县级")] County,

    /// <summary>乡级.</summary>
    [Display(Name = "乡级")] Township,

    /// <summary>A school.</summary>
    [Display(Name = "学校")] School,

    /// <summary>A class.</summary>
    [Display(Name = "班级")] Class,
}

/// <summary>
/// Where a row belongs, as one text that is compared ordinally: the path of a division (<c>532301</c>), and of a
/// school's own rows its id behind it (<c>532301/0198…</c>), and of a class's own, its pupils, that of the class behind
/// it. All of a division, of a school or of a class is one range of it, which an index answers.
/// </summary>
public static class ScopePath
{
    /// <summary>Of a division.</summary>
    public static string ForDivision(DivisionCode division) => division.Path;

    /// <summary>Of a school.</summary>
    public static string ForSchool(DivisionCode division, Guid school) => $"{division.Path}/{school:n}";

    /// <summary>
    /// Of which levels the place is. A city without counties is both prefecture and county; what is no place, such as
    /// the digits between a province and the counties right beneath it (<c>4690</c>), is of none.
    /// </summary>
    public static IReadOnlyList<ScopeLevel> LevelsOf(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.Split('/') switch
        {
            [""] => [ScopeLevel.Everything],
            [var division] => OfDivision(division),
            [_, _] => [ScopeLevel.School],
            [_, _, _] => [ScopeLevel.Class],
            _ => [],
        };
    }

    private static IReadOnlyList<ScopeLevel> OfDivision(string path) =>
        !DivisionCode.TryParse(path.PadRight(6, '0'), out var code) || code.Path != path ? []
        : code.Level switch
        {
            DivisionLevel.Province => [ScopeLevel.Province],
            DivisionLevel.Prefecture when Divisions.IsDirectlyUnderProvince(code) => [],
            DivisionLevel.Prefecture when Divisions.HasNoCounties(code) => [ScopeLevel.Prefecture, ScopeLevel.County],
            DivisionLevel.Prefecture => [ScopeLevel.Prefecture],
            DivisionLevel.County => [ScopeLevel.County],
            _ => [ScopeLevel.Township],
        };

    /// <summary>Of the school that a class is in; of anything else itself.</summary>
    public static string SchoolOf(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.Split('/') is [var division, var school, _] ? $"{division}/{school}" : scope;
    }

    /// <summary>Of the county that something lies in; of what lies in none itself.</summary>
    public static string CountyOf(string scope) => DivisionOf(scope, 6);

    /// <summary>
    /// Of the prefecture that something lies in; of what lies in none, as a county right under its province, its
    /// county.
    /// </summary>
    public static string PrefectureOf(string scope) =>
        DivisionOf(scope, 4) is var prefecture && LevelsOf(prefecture) is [] ? CountyOf(scope) : DivisionOf(scope, 4);

    /// <summary>
    /// The place of a level that something lies in; null: it lies in none, as a county right under its province in no
    /// prefecture.
    /// </summary>
    public static string? OfLevel(string scope, ScopeLevel level)
    {
        ArgumentNullException.ThrowIfNull(scope);
        for (var at = scope; ; at = Around(at))
        {
            if (LevelsOf(at).Contains(level)) return at;
            if (at.Length == 0) return null;
        }
    }

    private static string DivisionOf(string scope, int digits)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var division = scope.Split('/')[0];
        return division.Length > digits ? division[..digits] : division;
    }

    /// <summary>The smallest place that both lie in; empty: everywhere.</summary>
    public static string Common(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        for (var at = one; at.Length > 0; at = Around(at))
            if (other.StartsWith(at, StringComparison.Ordinal) && LevelsOf(at).Count > 0) return at;
        return "";
    }

    private static string Around(string scope) =>
        scope.LastIndexOf('/') is > 0 and var at ? scope[..at]
        : scope.Length > 6 ? scope[..6]
        : scope.Length > 4 ? scope[..4]
        : scope.Length > 2 ? scope[..2] : "";

    /// <summary>The place and all beneath it, from (included) to (excluded); of no place: everything.</summary>
    internal static (string From, string To) Range(string scope) =>
        scope.Length == 0 ? ("", "\uffff") : (scope, scope[..^1] + (char)(scope[^1] + 1));
}

/// <summary>A row that belongs somewhere. Who sees it is said by its table.</summary>
public interface IScoped
{
    /// <summary>As <see cref="ScopePath"/> makes it.</summary>
    string Scope { get; }
}

/// <summary>What somebody may see: ranges of scopes, from (included) to (excluded).</summary>
/// <param name="Ranges">
/// At most <see cref="Most"/>; none: nothing. A division's range is its path and <see cref="DivisionCode.PathEnd"/>.
/// </param>
public sealed record AccessScope(params IReadOnlyList<(string From, string To)> Ranges)
{
    /// <summary>The most ranges.</summary>
    public const int Most = 4;

    /// <summary>
    /// Where lines of the audit are seen. Fewer roles may read it, so it has ranges of its own; unless they are given,
    /// those of everything else.
    /// </summary>
    public AccessScope Audited { get => audited ?? this; init => audited = value; }

    private readonly AccessScope? audited;

    /// <summary>Everything: of the program itself, and of whoever operates it.</summary>
    public static AccessScope Everything { get; } = new(("", "\uffff"));

    /// <summary>A division and all beneath it.</summary>
    public static AccessScope ForDivision(DivisionCode division) => new((division.Path, division.PathEnd));

    /// <summary>A place and all beneath it.</summary>
    /// <param name="scope">As <see cref="ScopePath"/> makes it.</param>
    public static AccessScope At(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new(ScopePath.Range(scope));
    }

    /// <summary>The scopes of grants. One that lies within another adds no range of its own.</summary>
    public static AccessScope ForGrants(IEnumerable<Grant> grants)
    {
        List<string> places = [];
        foreach (var grant in grants.OrderBy(g => g.Scope, StringComparer.Ordinal))
            if (places.Count == 0 || !grant.Scope.StartsWith(places[^1], StringComparison.Ordinal))
                places.Add(grant.Scope);
        return new([.. places.Select(ScopePath.Range)]);
    }

    /// <summary>Whether a place lies within.</summary>
    public bool Covers(string scope) =>
        Ranges.Any(r => string.CompareOrdinal(scope, r.From) >= 0 && string.CompareOrdinal(scope, r.To) < 0);

    /// <summary>The first range's scope if there is only one range; empty: everything, or several.</summary>
    internal string Place => Ranges is [var (from, _)] ? from : "";

    /// <summary>
    /// The n-th range, or an empty one.
    /// </summary>
    internal (string From, string To) this[int index] => index < Ranges.Count ? Ranges[index] : ("", "");
}
