using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using EduAssist.Platform;
using EduAssist.Web.Api;
using EduAssist.Web.Http;
using EduAssist.Web.Identity;
using EduAssist.Web.Jobs;
using EduAssist.Web.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EduAssist.Web;

/// <summary>The HTTP face of an instance.</summary>
public static class WebServer
{
    /// <summary>A server that is ready to run.</summary>
    /// <param name="instance">What it answers for.</param>
    /// <param name="commands">What changes it.</param>
    /// <param name="urls">Where it listens.</param>
    /// <param name="logging">Where the log goes.</param>
    /// <param name="access">Who may reach it, and how; null: this machine alone.</param>
    /// <exception cref="OperatorException">
    /// An address is none, or others could read what is sent to it: the message is one line in Chinese.
    /// </exception>
    public static WebApplication Create(
        Instance instance,
        CommandExecutor commands,
        IReadOnlyList<string> urls,
        Action<ILoggingBuilder> logging,
        ServerOptions? access = null
    )
    {
        access ??= ServerOptions.Default;
        // Nothing is read from the environment: an address from there would get past the check below.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder
            .WebHost.UseKestrelCore()
            .UseUrls([.. Addresses(urls, access)])
            .ConfigureKestrel(server =>
            {
                server.AddServerHeader = false;
                // 1 MB; routes that take more raise it themselves (RequestBody)
                server.Limits.MaxRequestBodySize = 1 << 20;
                if (access.Certificate is { } file)
                    server.ConfigureHttpsDefaults(https =>
                        https.ServerCertificate = X509CertificateLoader.LoadPkcs12FromFile(
                            file,
                            access.CertificatePassword
                        )
                    );
            })
            // most clients send all lines before they read any answer; with a small buffer both sides would wait for
            // each other for ever
            .UseSockets(socket => socket.MaxWriteBufferSize = 64 << 20);
        if (access.Certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        logging(builder.Logging);
        builder
            .Services.AddSingleton(instance)
            .AddSingleton(commands)
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)) // Chinese in pages stays as it is
            .AddCompression()
            .AddRouting()
            .AddHostFiltering(filter =>
                (filter.AllowedHosts, filter.AllowEmptyHosts, filter.IncludeFailureMessage) = (
                    ["localhost", "127.0.0.1", "[::1]", .. access.Hosts],
                    false, // no address of ours can be made of it
                    false
                )
            )
            .AddOpenApi(new ApiDescription(instance.Roles).Complete)
            .ConfigureHttpJsonOptions(json =>
            {
                Describe(json.SerializerOptions);
                json.SerializerOptions.TypeInfoResolver = json.SerializerOptions.TypeInfoResolver?.WithAddedModifier(
                    UnsafeText.Refuse
                );
            })
            .AddSingleton<IProblemDetailsWriter, ProblemWriter>()
            .AddProblemDetails()
            .AddExceptionHandler<RedactingExceptionHandler>()
            .AddExceptionHandler<PageProblems>()
            .AddExceptionHandler<Problems>()
            .AddAntiforgery(forms =>
            {
                (forms.Cookie.Name, forms.Cookie.SameSite, forms.Cookie.HttpOnly, forms.FormFieldName) = (
                    "eduassist-form",
                    SameSiteMode.Strict,
                    true,
                    "_form"
                );
                // frame-ancestors in the policy of every page replaces the header
                forms.SuppressXFrameOptionsHeader = true;
            })
            .AddRazorComponents();
        builder.Services.Scan(found =>
            found
                .FromAssemblyOf<IEndpoints>()
                .AddClasses(c => c.AssignableToAny(typeof(IEndpoints), typeof(IPages)), publicOnly: false)
                .AsImplementedInterfaces()
                .WithSingletonLifetime()
        );
        MetricsApi.AddTelemetry(builder.Services, access);
        AddSignIn(builder.Services, access);
        var app = builder.Build();
        if (access.BehindProxy)
            app.UseForwardedHeaders();
        app.UseMiddleware<RequestCount>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseCompression();
        if (access.BehindProxy || access.Certificate is not null)
            app.UseHsts();
        app.UseExceptionHandler();
        app.UseStatusCodePages(MissingAsync);
        app.UseHostFiltering(); // against DNS rebinding: a page elsewhere could let its own name point to this server
        app.UseMiddleware<UnsafeTextMiddleware>();
        app.Use(
            (http, next) =>
            {
                // HEAD is answered as GET is; the server sends no body to it
                if (HttpMethods.IsHead(http.Request.Method))
                    http.Request.Method = HttpMethods.Get;
                return next(http);
            }
        );
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<CurrentActorMiddleware>();
        app.UseAuthorization();
        app.MapOpenApi("/openapi/v1.json").AllowAnonymous();
        foreach (var endpoints in app.Services.GetServices<IEndpoints>().OrderBy(e => e.Order))
            endpoints.Map(app.MapGroup(endpoints.Prefix));
        return app;
    }

    /// <summary>
    /// Authentication: a cookie for pages, a token for programs, a personal access key in the place of a password for
    /// spreadsheets; a policy scheme chooses by the request. The fallback policy asks for one of them wherever a route
    /// does not say that anybody may come in.
    /// </summary>
    private static void AddSignIn(IServiceCollection services, ServerOptions access)
    {
        const string Any = "any";
        Accounts
            .Add(services)
            .AddSingleton(access)
            .AddSingleton<SignInRateLimiter>()
            .AddSingleton<BackgroundJobs>()
            .AddSingleton<RefusalAudit>()
            .AddSingleton<AuditSealer>()
            .AddHostedService(s => s.GetRequiredService<AuditSealer>());
        services.AddDataProtection().SetApplicationName("EduAssist");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<CommandExecutor>(
                (keys, commands) =>
                    (keys.XmlRepository, keys.XmlEncryptor) = (new ProtectionKeys(commands), new NullXmlEncryptor())
            ); // they need no encryption of their own: the column that stores them is encrypted
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var proxy in access.Proxies)
                forwarded.KnownProxies.Add(proxy);
        });
        services
            .AddAuthentication(Any)
            .AddPolicyScheme(Any, null, any => any.ForwardDefaultSelector = http =>
                    http.Request.Headers.Authorization.ToString().Split(' ')[0].ToUpperInvariant() switch
                    {
                        "BEARER" => BearerTokenDefaults.AuthenticationScheme,
                        "BASIC" => KeySignIn.Name,
                        _ => http.Request.Path.StartsWithSegments("/odata", StringComparison.OrdinalIgnoreCase)
                        && !http.Request.Headers.ContainsKey("Cookie")
                            ? KeySignIn.Name
                            : CookieAuthenticationDefaults.AuthenticationScheme,
                    })
            .AddBearerToken(BearerTokenDefaults.AuthenticationScheme, token =>
                token.BearerTokenExpiration = TimeSpan.FromMinutes(30)
            )
            .AddScheme<AuthenticationSchemeOptions, KeySignIn>(KeySignIn.Name, null)
            .AddCookie(CookieAuthenticationDefaults.AuthenticationScheme, cookie =>
            {
                (cookie.Cookie.Name, cookie.Cookie.SameSite, cookie.Cookie.HttpOnly) = (
                    "eduassist",
                    SameSiteMode.Lax,
                    true
                );
                (cookie.LoginPath, cookie.ReturnUrlParameter, cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (
                    SignInPages.Path,
                    "returnUrl",
                    Accounts.SessionLasts,
                    true
                );
                // rejected here and not later: a cookie that lets nobody in is not renewed either
                cookie.Events.OnValidatePrincipal = async seen =>
                {
                    var commands = seen.HttpContext.RequestServices.GetRequiredService<CommandExecutor>();
                    if (await Accounts.IsEndedAsync(commands, seen.Principal))
                        seen.RejectPrincipal();
                };
                cookie.Events.OnRedirectToLogin = to => TurnAsync(to, StatusCodes.Status401Unauthorized);
                cookie.Events.OnRedirectToAccessDenied = to => TurnAsync(to, StatusCodes.Status403Forbidden);
            });
        services
            .AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(AuthorizationPolicyNames.PersonsOnly, policy =>
                policy
                    .RequireAuthenticatedUser()
                    .RequireAssertion(asked => !asked.User.HasClaim(c => c.Type == Accounts.KeyClaim))
            )
            .AddPolicy(AuthorizationPolicyNames.NotByReadingKey, policy =>
                policy
                    .RequireAuthenticatedUser()
                    .RequireAssertion(asked => !asked.User.HasClaim(Accounts.KeyClaim, Accounts.OnlyReads))
            ) // a personal access key in a spreadsheet only reads, with numbers masked
            .AddPolicy(AuthorizationPolicyNames.AdministratorsOnly, policy =>
                policy
                    .RequireAuthenticatedUser()
                    .RequireAssertion(asked =>
                        !asked.User.HasClaim(c => c.Type == Accounts.KeyClaim)
                        && asked.Resource is HttpContext http
                        && http.Features.Get<Actor>()?.Is(Role.Administrator) == true
                    )
            );
    }

    /// <summary>Redirects a person who looks at a page to the sign-in page; a program gets 401 or 403.</summary>
    private static Task TurnAsync(RedirectContext<CookieAuthenticationOptions> to, int status)
    {
        var isPage =
            status == StatusCodes.Status401Unauthorized
            && HttpMethods.IsGet(to.Request.Method)
            && !to.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && to.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        var isForm =
            status == StatusCodes.Status401Unauthorized
            && HttpMethods.IsPost(to.Request.Method)
            && PageResult.IsAskedFor(to.Request);
        if (isPage)
            to.Response.Redirect(to.RedirectUri);
        else if (isForm)
            to.Response.Redirect($"{SignInPages.Path}?why=ended");
        else
        {
            to.Response.StatusCode = status;
            if (status == StatusCodes.Status401Unauthorized)
                to.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return Task.CompletedTask;
    }

    /// <summary>camelCase, enums as strings, Chinese unescaped.</summary>
    public static void Describe(JsonSerializerOptions json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        json.Converters.Add(new JsonStringEnumConverter());
    }

    /// <summary>Where it would listen.</summary>
    /// <param name="urls">As they were given.</param>
    /// <param name="access">Who may reach it, and how.</param>
    /// <exception cref="OperatorException">An address is none, or others could read what is sent to it.</exception>
    public static IReadOnlyList<string> Addresses(IEnumerable<string> urls, ServerOptions access) =>
        [.. urls.Select(url => Address(url, access))];

    /// <summary>A page to those who asked for one, problem details to all others.</summary>
    private static async Task MissingAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (Workbench.Missing(http) is { } page)
            await page.ExecuteAsync(http);
        else
            await new StatusCodePagesOptions().HandleAsync(context);
    }

    private static string Address(string url, ServerOptions access)
    {
        // What the server's own parser makes of a user, a path or a query is not what this one does: nothing but host
        // and port gets through.
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.UserInfo.Length > 0
            || address.PathAndQuery != "/"
            || address.Fragment.Length > 0
        )
            throw new OperatorException($"“{url}”不是监听地址；例：http://127.0.0.1:5080");
        var isSecret = address.Scheme == Uri.UriSchemeHttps;
        if (isSecret && access.Certificate is null)
            throw new OperatorException($"不能在 {url} 上监听：HTTPS 需要证书（配置项 Access:Certificate）。");
        if (
            isSecret
            || access.BehindProxy
            || address.Host == "localhost"
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))
        )
            return $"{address.Scheme}://{address.Host}:{address.Port}";
        throw new OperatorException(
            $"拒绝在 {url} 上监听：本机以外须用 HTTPS（配置项 Access:Certificate），或者由前面的代理提供 HTTPS（Access:BehindProxy=true）。"
        );
    }
}
