using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using EduAssist.Core;
using EduAssist.Core.Policy;
using EduAssist.Core.Storage;
using EduAssist.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EduAssist.Web;

/// <summary>The HTTP face of an instance.</summary>
public static class WebServer
{
    /// <summary>A server that is ready to run.</summary>
    /// <param name="instance">What it answers for.</param>
    /// <param name="acts">What changes it.</param>
    /// <param name="urls">Where it listens. As long as nobody can sign in, only this machine may be listened to.</param>
    /// <param name="logging">Where the log goes.</param>
    /// <exception cref="StartupException">An address is none, or not a loopback one: the message is one line in Chinese.</exception>
    public static WebApplication Create(Instance instance, Acts acts, IReadOnlyList<string> urls, Action<ILoggingBuilder> logging)
    {
        // Nothing is read from the environment: an address from there would get past the check below.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls([.. Addresses(urls)]).ConfigureKestrel(server => server.AddServerHeader = false)
            .UseSockets(socket => socket.MaxWriteBufferSize = 64 << 20);   // most clients send all of their lines before they read: against a small buffer both sides would wait for ever
        logging(builder.Logging);
        builder.Services.AddSingleton(instance).AddSingleton(acts).AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))   // Chinese in pages stays as it is
            .AddRouting()
            .AddHostFiltering(filter => (filter.AllowedHosts, filter.IncludeFailureMessage) = (["localhost", "127.0.0.1", "[::1]"], false))
            .AddOpenApi(ApiDescription.Complete)
            .ConfigureHttpJsonOptions(json => Describe(json.SerializerOptions))
            .AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Complete)
            .AddExceptionHandler<PageProblems>()
            .AddExceptionHandler<Problems>()
            .AddAntiforgery(forms =>
            {
                (forms.Cookie.Name, forms.Cookie.SameSite, forms.Cookie.HttpOnly, forms.FormFieldName) = ("eduassist-form", SameSiteMode.Strict, true, "_form");
                forms.SuppressXFrameOptionsHeader = true;   // the policy of every page says it
            })
            .AddRazorComponents();
        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages(Missing);
        app.UseHostFiltering();   // without it a page elsewhere could reach this server under a name of its own
        app.UseRouting();
        app.MapOpenApi("/openapi/v1.json");
        app.MapHealth();
        var api = app.MapGroup("/api");
        api.MapCatalogue();
        api.MapProgrammes();
        api.MapCalendars();
        api.MapForms();
        api.MapLists();
        api.MapRegistry();
        api.MapCases(instance);
        api.MapIndicators(instance);
        app.MapWorkbench();
        return app;
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
    /// <exception cref="StartupException">An address is none, or not a loopback one.</exception>
    public static IReadOnlyList<string> Addresses(IEnumerable<string> urls) => [.. urls.Select(Loopback)];

    /// <summary>A page to those who asked for one, problem details to all others.</summary>
    private static async Task Missing(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (Workbench.Missing(http) is { } page) await page.ExecuteAsync(http);
        else await new StatusCodePagesOptions().HandleAsync(context);
    }

    private static string Loopback(string url)
    {
        // What the server's own parser makes of a user, a path or a query is not what this one does: nothing but host and port gets through.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp || address.UserInfo.Length > 0 || address.PathAndQuery != "/" || address.Fragment.Length > 0)
            throw new StartupException($"“{url}”不是监听地址；例：http://127.0.0.1:5080");
        return address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)) ? $"http://{address.Host}:{address.Port}"
            : throw new StartupException($"拒绝在 {url} 上监听：在能够登录之前，只能监听本机地址（http://127.0.0.1:端口）。");
    }
}
