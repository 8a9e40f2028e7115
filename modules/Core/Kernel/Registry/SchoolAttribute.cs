using System.Runtime.CompilerServices;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Kernel.Registry;

/// <summary>
/// What a document tells schools apart by (学校属性): the level that they are under (省管、市管), a licence (资质), a rank
/// (重点). A school has at most one value of it on a day; a bureau above the school enters it, with who says so, and by
/// which paper.
/// </summary>
/// <param name="Id"><c>module.attribute</c>: <c>toyregion.own-bus</c>.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="Values">What a school may be; at least one.</param>
/// <param name="Provisions">The ids of the provisions that tell schools apart by it.</param>
/// <param name="Source">Left to the compiler.</param>
public sealed record SchoolAttribute(
    string Id, string Title, IReadOnlyList<SchoolAttributeValue> Values, IReadOnlyList<string> Provisions,
    [CallerFilePath] string Source = "")
{
    /// <summary>What a stored value is called. One that is declared no longer is shown as it is stored.</summary>
    public string TitleOf(string value) => Values.FirstOrDefault(v => v.Id == value)?.Title ?? value;
}

/// <summary>A value of a <see cref="SchoolAttribute"/>.</summary>
/// <param name="Id">As it is stored: <c>Licensed</c>. Data: it stays, whatever the value is called later.</param>
/// <param name="Title">In Chinese.</param>
public sealed record SchoolAttributeValue(string Id, string Title);

/// <summary>The attributes of schools that a module declares.</summary>
public interface ISchoolAttributes : IContribution
{
    /// <summary>Each with an id that begins with the module's.</summary>
    IReadOnlyList<SchoolAttribute> Attributes { get; }

    IEnumerable<Citation> IContribution.Citations =>
        Attributes.Select(a => new Citation("school-attribute", a.Id, a.Title, a.Provisions, [], a.Source));
}
