using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Kernel.Access;

/// <summary>
/// What somebody is, in a place (角色). Core's own are the members here; modules declare further ones
/// (<see cref="IRoles"/>). Two roles of one name are the same role.
/// </summary>
/// <param name="Name">
/// As it is stored and sent: <c>County</c>. Data: it stays, whatever the role is called later.
/// </param>
/// <param name="Title">In Chinese.</param>
/// <param name="Levels">
/// Of which places it is; it holds at a place of one of these levels, and counts for nothing at any other.
/// </param>
[JsonConverter(typeof(RoleByName))]
public sealed record Role(string Name, string Title, params IReadOnlyList<ScopeLevel> Levels)
{
    /// <summary>省级教育行政部门.</summary>
    public static Role Province { get; } = new("Province", "省教育厅", ScopeLevel.Province);

    /// <summary>州、市级教育行政部门.</summary>
    public static Role Prefecture { get; } =
        new("Prefecture", "州市教育体育局", ScopeLevel.Prefecture) { MayReveal = true };

    /// <summary>县级教育行政部门.</summary>
    public static Role County { get; } = new("County", "县市教育体育局", ScopeLevel.County) { MayReveal = true };

    /// <summary>乡镇中心校: of a township; where it is a school itself, at that school.</summary>
    public static Role CentralSchool { get; } =
        new("CentralSchool", "乡镇中心校", ScopeLevel.Township, ScopeLevel.School)
        {
            MayReveal = true,
            OfVocationalSchools = false,
        };

    /// <summary>义务教育学校.</summary>
    public static Role School { get; } =
        new("School", "初级中学", ScopeLevel.School) { MayReveal = true, OfVocationalSchools = false };

    /// <summary>职业学校.</summary>
    public static Role Vocational { get; } =
        new("Vocational", "职业学校", ScopeLevel.School) { MayReveal = true, OfVocationalSchools = true };

    /// <summary>班主任.</summary>
    public static Role Teacher { get; } = new("Teacher", "班主任", ScopeLevel.Class) { MayReveal = true };

    /// <summary>审计人员: looks, and changes nothing.</summary>
    public static Role Auditor { get; } = new("Auditor", "审计人员", Enum.GetValues<ScopeLevel>());

    /// <summary>系统管理员.</summary>
    public static Role Administrator { get; } = new("Administrator", "系统管理员", Enum.GetValues<ScopeLevel>());

    /// <summary>
    /// Whether it may see numbers of persons in full, one paper or one list at a time, each noted in the audit. The
    /// others see them masked.
    /// </summary>
    public bool MayReveal { get; init; }

    /// <summary>
    /// Which schools it may be of: true: vocational ones only; false: all but these; null: any.
    /// </summary>
    public bool? OfVocationalSchools { get; init; }

    /// <summary>
    /// A role of which only the name is known: of nothing that is loaded. It is of no level, and so counts for nothing.
    /// </summary>
    internal static Role Unknown(string name) => new(name, $"未知角色（{name}）");

    /// <summary>By the name.</summary>
    public bool Equals([NotNullWhen(true)] Role? other) => other is not null && other.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>The roles that a module adds to Core's own.</summary>
public interface IRoles : IContribution
{
    /// <summary>Each with a name that no other role has, a title and a level.</summary>
    IReadOnlyList<Role> Roles { get; }
}

/// <summary>The roles that there are: Core's own, then those of the loaded modules.</summary>
public sealed class Roles
{
    private readonly Dictionary<string, Role> byName;

    internal Roles(IEnumerable<IContribution> contributions)
    {
        All = [.. Core, .. contributions.OfType<IRoles>().SelectMany(r => r.Roles)];
        Revealing = [.. All.Where(r => r.MayReveal)];
        byName = All.ToDictionary(r => r.Name, StringComparer.Ordinal);
    }

    /// <summary>Core's own, the highest first.</summary>
    public static IReadOnlyList<Role> Core { get; } =
    [
        Role.Province, Role.Prefecture, Role.County, Role.CentralSchool, Role.School, Role.Vocational, Role.Teacher,
        Role.Auditor, Role.Administrator,
    ];

    /// <summary>All of them, in the order in which they are shown.</summary>
    public IReadOnlyList<Role> All { get; }

    /// <summary>Those that may see numbers of persons in full.</summary>
    public IReadOnlyList<Role> Revealing { get; }

    /// <summary>The role of a name; null: none that is loaded.</summary>
    public Role? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>
    /// The role of a stored name. Where the module that declared it is loaded no longer, it counts for nothing, and is
    /// shown as unknown.
    /// </summary>
    public Role Stored(string name) => Find(name) ?? Role.Unknown(name);
}

/// <summary>
/// A role in JSON: its name, never a number. Which roles there are depends on the loaded modules: a name that comes in
/// is looked up by whoever reads it.
/// </summary>
public sealed class RoleByName : JsonConverter<Role>
{
    /// <inheritdoc/>
    public override Role Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Role.Unknown(reader.GetString()!)
            : throw new JsonException("A role is told by its name.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Role value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
