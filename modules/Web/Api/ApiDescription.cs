using System.Collections.Concurrent;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Policy;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EduAssist.Web.Api;

/// <summary>The description of the API (OpenAPI), where the framework cannot read it off the code.</summary>
internal sealed class ApiDescription(Roles roles)
{
    internal void Complete(OpenApiOptions options)
    {
        ConcurrentDictionary<string, Type> schemas = new(StringComparer.Ordinal);
        options.CreateSchemaReferenceId = json =>
        {
            // by default two records of one name share one schema, and the description of one of them is wrong
            var id = OpenApiOptions.CreateDefaultSchemaReferenceId(json);
            var type = Nullable.GetUnderlyingType(json.Type) ?? json.Type;
            return id is null || schemas.GetOrAdd(id, type) == type
                ? id
                : throw new InvalidOperationException($"{type} and {schemas[id]} are both described as {id}.");
        };
        options.AddSchemaTransformer(
            (schema, context, _) =>
            {
                if (context.JsonTypeInfo.Type == typeof(Role))
                    schema.Enum = [.. roles.All.Select(r => r.Name)];
                if (context.JsonTypeInfo.ElementType == typeof(Role))
                    schema.Items = new OpenApiSchema();
                return Task.CompletedTask;
            }
        );
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info = new()
                {
                    Title = "EduAssist",
                    Version = "v1",
                    Description = "义务教育控辍保学与职教班：条款、资格、时段与职责。",
                };
                document.Servers = [];
                // the framework leaves out what a list of roles is a list of, or repeats it in each
                foreach (
                    var list in Lists(document)
                        .Where(l =>
                            l.Items is OpenApiSchema { Enum.Count: > 0 } items
                            && items.Enum.Select(e => (string?)e).SequenceEqual(roles.All.Select(r => r.Name))
                        )
                )
                    list.Items = new OpenApiSchemaReference(nameof(Role), document);
                return Task.CompletedTask;
            }
        );
        options.AddOperationTransformer(
            (operation, context, _) =>
            {
                if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ProgrammeApi.AssessBody>().Any())
                {
                    operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Content(Request()) };
                    operation.Responses!["200"] = new OpenApiResponse
                    {
                        Description = "结果；NDJSON 时每行一个，坏行为 { \"error\", \"fact\", \"line\" }。",
                        Content = Content(Result()),
                    };
                }

                return Task.CompletedTask;
            }
        );
    }

    private static IEnumerable<OpenApiSchema> Lists(OpenApiDocument document) =>
        (document.Components?.Schemas?.Values ?? [])
            .SelectMany(s => s.Properties?.Values ?? [])
            .OfType<OpenApiSchema>()
            .Where(p => p.Items is not null);

    private static Dictionary<string, OpenApiMediaType> Content(OpenApiSchema schema) =>
        new()
        {
            ["application/json"] = new() { Schema = schema },
            [ProgrammeApi.Ndjson] = new() { Schema = schema },
        };

    private static OpenApiSchema Request() =>
        Object(
            (
                "asOf",
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String | JsonSchemaType.Null,
                    Format = "date",
                    Description = "评估基准日；省略为今天。",
                }
            ),
            (
                "facts",
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "事实；名称和取值见 GET /api/programmes/{id}/facts。",
                }
            )
        );

    private static OpenApiSchema Result() =>
        Object(
            ("programme", Text()),
            ("asOf", Text("date")),
            ("ruleSet", Text()),
            ("verdict", Names<Verdict>()),
            (
                "findings",
                List(
                    Object(
                        ("rule", Text()),
                        ("outcome", Names<Outcome>()),
                        ("provisions", List(Text())),
                        ("message", Text()),
                        ("missing", List(Text()))
                    )
                )
            ),
            ("missing", List(Text())),
            ("interpretations", List(Text())),
            ("otherReadings", List(Text())),
            ("situations", List(new() { Type = JsonSchemaType.Object })),
            ("measures", List(new() { Type = JsonSchemaType.Object })),
            ("calendar", Text())
        );

    private static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };

    private static OpenApiSchema List(OpenApiSchema items) => new() { Type = JsonSchemaType.Array, Items = items };

    private static OpenApiSchema Names<TEnum>()
        where TEnum : struct, Enum => new() { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames<TEnum>()] };

    private static OpenApiSchema Object(params IEnumerable<(string Name, OpenApiSchema Schema)> members) =>
        new()
        {
            Type = JsonSchemaType.Object,
            Properties = members.ToDictionary(m => m.Name, m => (IOpenApiSchema)m.Schema),
        };
}
