using System.Security.Cryptography;
using EduAssist.Data;
using EduAssist.Office.Users;
using EduAssist.Platform;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web.Api;

/// <summary>
/// A secret address by which somebody's calendar program reads a module's dates of the running year (订阅). It leads to
/// nothing else; it ends with the user, with another password, and when they sign out everywhere.
/// </summary>
internal sealed class CalendarLink : IEndpoints
{
    private const string Purpose = "calendar-link";

    int IEndpoints.Order => 130;

    string IEndpoints.Prefix => "";

    void IEndpoints.Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/calendar/{secret}/{module}.ics",
                async (
                    Instance instance,
                    CommandExecutor commands,
                    IDataProtectionProvider protection,
                    HttpContext http,
                    string secret,
                    string module
                ) =>
                {
                    if (
                        !await IsGoodAsync(commands, protection, secret)
                        || instance.Catalogue.Module(module) is not { } loaded
                    )
                        return Problems.NotFound("没有这个订阅，或者它已失效。");
                    await using var db = commands.Database.OpenUnfiltered();
                    var calendar = await instance.CalendarAsync(db, loaded);
                    return CalendarApi.ICalendarFile(
                        instance,
                        instance.CalendarOf(loaded, instance.Today.Date.Year, calendar),
                        http
                    );
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();

    internal static string Create(HttpContext http, IDataProtectionProvider protection, User user, string module) =>
        $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/calendar/{protection.CreateProtector(Purpose).Protect($"{user.Id:n} {user.Stamp}")}/{module}.ics";

    private static async Task<bool> IsGoodAsync(
        CommandExecutor commands,
        IDataProtectionProvider protection,
        string secret
    )
    {
        string[] parts;
        try
        {
            parts = protection.CreateProtector(Purpose).Unprotect(secret).Split(' ');
        }
        catch (CryptographicException) // not made by this server, or altered
        {
            return false;
        }

        if (parts is not [var id, var stamp] || !Guid.TryParseExact(id, "n", out var userId))
            return false;
        await using var db = commands.Database.OpenUnfiltered();
        return await db.Set<User>().SingleOrDefaultAsync(u => u.Id == userId) is { IsDisabled: false } user
            && Accounts.FixedEquals(user.Stamp, stamp);
    }
}
