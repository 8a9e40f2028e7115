using EduAssist.Data;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Api;

/// <summary>Users, for administrators: within their own places.</summary>
internal sealed class UsersApi : IEndpoints
{
    private const string RolesShape = """
        "roles": [{ "role": "County", "place": "532301" }]
        """;
    private static readonly string UserShape = $$"""{ "user": "li-county", {{RolesShape}} }""";

    internal sealed record NewUser(string? User, IReadOnlyList<RoleView>? Roles);

    internal sealed record NewRoles(IReadOnlyList<RoleView>? Roles);

    internal sealed record Given(string User, string Password);

    int IEndpoints.Order => 120;

    void IEndpoints.Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/users")
            .WithTags("用户")
            .RequireAuthorization(AuthorizationPolicyNames.AdministratorsOnly)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group
            .MapGet("", async (HttpContext http, Accounts accounts) =>
                TypedResults.Ok(await accounts.ListAsync(http.Actor()))
            )
            .WithSummary("用户")
            .Produces<IEnumerable<UserView>>();
        group
            .MapPost("", (HttpContext http, Accounts accounts) =>
                ContractBody.ReadAsync(http, UsersJson.Default.NewUser, UserShape, async wanted =>
                    Answer(
                        await accounts.MakeAsync(http.Actor(), wanted.User ?? "", wanted.Roles ?? []),
                        StatusCodes.Status201Created
                    )
                )
            )
            .Takes<NewUser>()
            .WithSummary("新建用户，得到一次性密码")
            .Produces<IssuedPassword>(StatusCodes.Status201Created);
        group
            .MapPut("/{user}/roles", (HttpContext http, Accounts accounts, string user) =>
                ContractBody.ReadAsync(http, UsersJson.Default.NewRoles, $"{{ {RolesShape} }}", async wanted =>
                    Answer(await accounts.GrantAsync(http.Actor(), user, wanted.Roles ?? []))
                )
            )
            .Takes<NewRoles>()
            .WithSummary("改变用户的角色")
            .Produces<ChangedUser>();
        group
            .MapPost("/{user}/reset", async (HttpContext http, Accounts accounts, string user) =>
                Answer(await accounts.ResetAsync(http.Actor(), user))
            )
            .WithSummary("重设密码，得到一次性密码")
            .Produces<IssuedPassword>();
        group
            .MapPost("/{user}/disable", async (HttpContext http, Accounts accounts, string user) =>
                Answer(await accounts.DisableAsync(http.Actor(), user))
            )
            .WithSummary("停用用户")
            .Produces<ChangedUser>();
        group
            .MapPost("/{user}/enable", async (HttpContext http, Accounts accounts, string user) =>
                Answer(await accounts.DisableAsync(http.Actor(), user, disabled: false))
            )
            .WithSummary("启用用户")
            .Produces<ChangedUser>();
    }

    private static IResult Answer(CommandResult result, int status = StatusCodes.Status200OK) =>
        result.IsDone
            ? TypedResults.Text(result.Text, "application/json", System.Text.Encoding.UTF8, status)
            : Problems.From(result);
}
