using EduAssist.Core.Security;
using Microsoft.AspNetCore.Http;

namespace EduAssist.Web;

/// <summary>Who asks.</summary>
public static class SignedIn
{
    /// <summary>Whoever sent the request: their roles and what they may see. Every route takes it from here.</summary>
    public static Actor Actor(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Core.Security.Actor.Local;
    }
}
