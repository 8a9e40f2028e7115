using EduAssist.Data;
using EduAssist.Kernel.Registry;

namespace EduAssist.Office.Registry;

/// <summary>A division of the register, as listings show it. The register itself is <see cref="Divisions"/>.</summary>
public sealed class StoredDivision : ISeeded
{
    /// <summary>6 or 9 digits.</summary>
    public required string Code { get; init; }

    /// <summary>In full.</summary>
    public required string Name { get; set; }

    /// <summary>Of the code.</summary>
    public DivisionLevel Level { get; set; }

    /// <summary>The code one level up; null: a province.</summary>
    public string? Parent { get; set; }

    /// <summary>The path of the division: all of its subdivisions are one range of paths.</summary>
    public required string Path { get; set; }

    /// <summary>The code that took its place; null: of today.</summary>
    public string? Successor { get; set; }

    /// <inheritdoc/>
    public string? SeedKey { get; init; }

    /// <inheritdoc/>
    public string? Seeded { get; set; }
}
