using EduAssist.Data;
using EduAssist.Kernel.Registry;

namespace EduAssist.Office.Registry;

/// <summary>
/// That a school has a value of an attribute (<see cref="SchoolAttribute"/>) from a day until another. Facts and guards
/// read it by <c>SchoolAttributes.ValueOnAsync</c>.
/// </summary>
public sealed class SchoolAttributeEntry : DatedEntry
{
    /// <summary>The id of the school.</summary>
    public Guid SchoolId { get; init; }

    /// <summary>The school.</summary>
    public School School { get; init; } = null!;

    /// <summary>The id of the attribute, as a module declares it; it stays, whether that is loaded or not.</summary>
    public required string Attribute { get; init; }

    /// <summary>The id of the value.</summary>
    public required string Value { get; init; }
}

internal sealed class SchoolAttributeTable : Table<SchoolAttributeEntry>
{
    protected override void Declare(TableBuilder<SchoolAttributeEntry> table) =>
        table
            .Named("core_school_attribute")
            .VisibleThrough(a => a.School)
            .Kept()
            .Harmless(a => a.Attribute, a => a.Value, a => a.Source, a => a.Paper, a => a.Actor, a => a.EndReason)
            .References(a => a.School, a => a.SchoolId)
            .Index(a => new { a.SchoolId, a.Attribute });
}
