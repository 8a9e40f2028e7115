using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Listings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.OData;

/// <summary>
/// Reading under <c>/odata</c>: the listings of an instance by OData V4, and as lists for spreadsheets.
/// </summary>
public static class Endpoints
{
    /// <summary>Maps it.</summary>
    /// <param name="endpoints">Of the server.</param>
    /// <param name="commands">Of the instance that is read.</param>
    /// <param name="listings">What can be read.</param>
    /// <param name="limits">Of one request.</param>
    /// <param name="who">Who sent a request.</param>
    /// <param name="meaning">What a code in a column of a listing means to people; null: nothing.</param>
    /// <returns>The route, for whoever wants to say more of it.</returns>
    public static IEndpointConventionBuilder MapOData(
        this IEndpointRouteBuilder endpoints,
        CommandExecutor commands,
        IReadOnlyList<IListing> listings,
        Limits limits,
        Func<HttpContext, Actor> who,
        Func<IListing, Column, string, string?> meaning
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(listings);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(who);
        ArgumentNullException.ThrowIfNull(meaning);
        var service = new ODataService(commands, listings, limits, who, meaning);
        return endpoints.Map($"{ODataService.Prefix}/{{**path}}", service.AnswerAsync).ExcludeFromDescription();
    }
}
