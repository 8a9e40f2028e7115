using System.Data.Common;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Conformance;

/// <summary>
/// What a user is who may do everything in a prefecture: a role holds only at a place of its level, so it is one in
/// each, and in each school as soon as it is there.
/// </summary>
public static class Everybody
{
    /// <summary>Administrator and auditor of everything, and each bureau of a prefecture.</summary>
    public static IReadOnlyList<Grant> In(Divisions divisions, long prefecture)
    {
        ArgumentNullException.ThrowIfNull(divisions);
        var here = DivisionCode.Of(prefecture);
        return
        [
            new(Role.Administrator, ""),
            new(Role.Auditor, ""),
            Grant.ForDivision(Role.Province, here.Province),
            Grant.ForDivision(Role.Prefecture, here),
            .. divisions.Children(here).Select(county => Grant.ForDivision(Role.County, county.Code)),
        ];
    }

    /// <summary>The role of a school itself.</summary>
    public static Grant Of(School school)
    {
        ArgumentNullException.ThrowIfNull(school);
        return new(school.Kind == SchoolKind.Vocational ? Role.Vocational : Role.School, school.Scope);
    }
}

/// <summary>Before each request of a user: makes them each school that there is by now, past the program.</summary>
/// <param name="stored">With the user.</param>
/// <param name="user">By which they sign in.</param>
public sealed class EverySchool(Stored stored, string user) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly HashSet<Grant> granted = [];
    private readonly SemaphoreSlim gate = new(1);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await GrantAsync();
        }
        catch (Exception away) when (away is DbException or DatabaseOutageException or InvalidOperationException)
        {
            // a test in which the database is away: what the server says of it is the test's matter
        }
        finally
        {
            gate.Release();
        }

        return await base.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        gate.Dispose();
        base.Dispose(disposing);
    }

    private async Task GrantAsync()
    {
        List<School> schools;
        await using (var db = stored.Read())
            schools = await db.Set<School>().ToListAsync();
        if (schools.Select(Everybody.Of).Where(g => !granted.Contains(g)).ToList() is not { Count: > 0 } missing)
            return;
        await using var past = stored.Past();
        await using var begun = await past.BeginTransactionAsync();
        foreach (var grant in missing)
        {
            await using var command = past.CreateCommand();
            (command.Transaction, command.CommandText) = (
                begun,
                $"""
                INSERT INTO core_grant ("UserId", "Role", "Scope")
                SELECT "Id", '{grant.Role}', '{grant.Scope}' FROM core_user WHERE "Name" = '{user}' AND NOT EXISTS (
                    SELECT 1 FROM core_grant
                    WHERE "UserId" = "Id" AND "Role" = '{grant.Role}' AND "Scope" = '{grant.Scope}')
                """
            );
            await command.ExecuteNonQueryAsync();
        }

        await begun.CommitAsync();
        granted.UnionWith(missing);
    }
}
