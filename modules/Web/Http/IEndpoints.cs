using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Http;

/// <summary>
/// A family of routes. Each class that implements it is found, and mapped by <see cref="WebServer"/>.
/// </summary>
internal interface IEndpoints
{
    /// <summary>Its place in the description of the API, which is read from top to bottom; each has its own.</summary>
    int Order { get; }

    /// <summary>What all of its addresses begin with.</summary>
    string Prefix => "/api";

    /// <summary>Maps its routes.</summary>
    void Map(IEndpointRouteBuilder endpoints);
}
