using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace EduAssist.Kernel;

/// <summary>The Chinese names of closed lists, from the <see cref="DisplayAttribute"/>s of their members.</summary>
public static class Words
{
    /// <summary>Of one member, or of several of a set; its own name if it has no other.</summary>
    public static string For(Enum member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return string.Join('、',
            member.ToString().Split(", ")
                .Select(name => member.GetType().GetField(name)?.GetCustomAttribute<DisplayAttribute>()?.Name ?? name));
    }
}
