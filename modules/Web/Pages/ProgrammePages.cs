using System.Globalization;
using System.Text.Json;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EduAssist.Web.Pages;

/// <summary>资格评估: what if. Nothing is stored.</summary>
internal sealed class ProgrammePages : IPages
{
    private const string DayField = "_asOf";

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/programmes", (HttpContext http, Instance instance) =>
            PageResult.Page<ProgrammesPage>(http, "资格评估", new ProgrammesPage.View(instance.Catalogue.Modules))
        );
        pages.MapGet("/programmes/{id}", (HttpContext http, Instance instance, string id) =>
            instance.Catalogue.Programme(id) is { } programme
                ? Page(
                    http,
                    programme,
                    instance.Today.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    new Dictionary<string, string>(),
                    null,
                    null,
                    null
                )
                : NoProgramme(http, id)
        );
        // facts may be personal: they are posted, and stand in no address
        pages.MapPost("/programmes/{id}", (HttpContext http, Instance instance, string id) =>
            instance.Catalogue.Programme(id) is { } programme
                ? Assess(http, instance, programme)
                : NoProgramme(http, id)
        );
    }

    /// <summary>The posted facts of a programme, as the API takes them; and as they were typed.</summary>
    internal static (byte[] Asked, IReadOnlyDictionary<string, string> Given) Asked(
        IProgramme programme,
        IFormCollection form,
        bool withDay
    )
    {
        Dictionary<string, string> given = [];
        using var asked = new MemoryStream();
        using (var writer = new Utf8JsonWriter(asked))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("facts");
            foreach (var field in programme.Schema.Fields)
            {
                if (form[field.Name].ToString().Trim() is not { Length: > 0 } text)
                    continue;
                given[field.Name] = text;
                Write(writer, field, text);
            }

            writer.WriteEndObject();
            if (withDay && form[DayField].ToString().Trim() is { Length: > 0 } day)
                writer.WriteString("asOf", day);
            writer.WriteEndObject();
        }

        return (asked.ToArray(), given);
    }

    private static void Write(Utf8JsonWriter writer, FactField field, string text)
    {
        if (field.Kind == FactKind.YesNo && bool.TryParse(text, out var yes))
            writer.WriteBoolean(field.Name, yes);
        else if (
            field.Kind == FactKind.Number
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        )
            writer.WriteNumber(field.Name, number);
        else
            writer.WriteString(field.Name, text);
    }

    private static IResult Assess(HttpContext http, Instance instance, IProgramme programme)
    {
        var (asked, given) = Asked(programme, http.Request.Form, withDay: true);
        var day = http.Request.Form[DayField].ToString();
        var facts = instance.NewFacts(programme);
        if (instance.ReaderOf(programme).ReadRequest(asked, instance.Today.Date, facts) is { } fault)
            return Page(http, programme, day, given, fault, null, fault.Message);
        try
        {
            return programme.Assess(facts, instance.Reading) is { } made
                ? Page(http, programme, day, given, null, made, null)
                : Page(
                    http,
                    programme,
                    day,
                    given,
                    null,
                    null,
                    $"{programme.Title}在 {facts.AsOf:yyyy-MM-dd} 没有施行中的规则集。"
                );
        }
        catch (HolidaysNotPublishedException unpublished)
        {
            return Page(http, programme, day, given, null, null, unpublished.Message);
        }
    }

    private static IResult Page(
        HttpContext http,
        IProgramme programme,
        string day,
        IReadOnlyDictionary<string, string> given,
        FactFault? fault,
        Assessment? made,
        string? trouble
    ) =>
        PageResult.Page<ProgrammePage>(
            http,
            programme.Title,
            new ProgrammePage.View(programme, day, given, fault, made, trouble),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );

    private static IResult NoProgramme(HttpContext http, string id) =>
        PageResult.NotFound(http, $"没有加载项目 {ListPages.Short(id)}。");
}
