using System.Reflection;
using System.Security.Cryptography;

namespace EduAssist.Ui;

/// <summary>
/// A file that every page needs: its style, its script. They lie in the assembly, so that there is nothing to lay out
/// beside the program.
/// </summary>
public sealed class SiteFile
{
    private SiteFile(string name, string contentType)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        (Name, ContentType, Content) = (name, contentType, copy.ToArray());
        Address = $"/assets/{name}?v={Convert.ToHexStringLower(SHA256.HashData(Content.Span))[..12]}";
    }

    /// <summary>The style, for screens, phones and A4.</summary>
    public static SiteFile Style { get; } = new("site.css", "text/css; charset=utf-8");

    /// <summary>The script: pages do without it.</summary>
    public static SiteFile Script { get; } = new("site.js", "text/javascript; charset=utf-8");

    /// <summary>Of the file: <c>site.css</c>.</summary>
    public string Name { get; }

    /// <summary>Of the file.</summary>
    public string ContentType { get; }

    /// <summary>In UTF-8.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>
    /// Where it is served; another one whenever the content is another, so that it may be kept for ever.
    /// </summary>
    public string Address { get; }
}
