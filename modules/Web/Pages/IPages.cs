using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>A family of pages. Every class that implements it is found and mapped by <see cref="Workbench"/>.</summary>
internal interface IPages
{
    /// <summary>Maps its pages.</summary>
    void Map(RouteGroupBuilder pages);
}
