using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace EduAssist.Core;

/// <summary>The Chinese names of closed lists, from the <see cref="DisplayAttribute"/>s of their members.</summary>
public static class Words
{
    /// <summary>Of one member; its own name if it has no other.</summary>
    public static string Of(Enum member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.GetType().GetField(member.ToString())?.GetCustomAttribute<DisplayAttribute>()?.Name ?? member.ToString();
    }
}
