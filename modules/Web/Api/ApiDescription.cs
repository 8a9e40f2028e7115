using System.Collections.Concurrent;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Policy;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using ApiDescriptionOfRoute = Microsoft.AspNetCore.Mvc.ApiExplorer.ApiDescription;

namespace EduAssist.Web.Api;

/// <summary>The description of the API (OpenAPI), where the framework cannot read it off the code.</summary>
internal sealed class ApiDescription(Roles roles)
{
    private const string Bearer = "bearer",
        Basic = "basic";

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
                if (schema.Enum is { Count: > 0 } words) // without a type no generator makes an enumeration of it
                    schema.Type ??= words.Any(w => w is null)
                        ? JsonSchemaType.String | JsonSchemaType.Null
                        : JsonSchemaType.String;
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
                document.Servers = [new() { Url = "/" }];
                AddSecurity(document);
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
                Describe(operation, context);
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

    /// <summary>Signed in by a token, or with a name and a personal access key.</summary>
    private static void AddSecurity(OpenApiDocument document)
    {
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "POST /api/auth/token 得到的令牌。",
            },
            [Basic] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "basic",
                Description = "用户名和个人访问密钥。",
            },
        };
        document.Security = [new() { [new(Bearer, document)] = [] }, new() { [new(Basic, document)] = [] }];
    }

    /// <summary>Its name, its headers and parameters, its body, and the files that it answers.</summary>
    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId = IdOf(context.Description);
        operation.Parameters ??= [];
        foreach (var asked in metadata.OfType<QueryParameter>())
            operation.Parameters.Add(Parameter(asked.Name, ParameterLocation.Query, asked.Meaning, asked.IsRequired));
        if (metadata.OfType<CommandRoute>().Any() || operation.Responses?.ContainsKey("428") == true)
        {
            if (context.Description.RelativePath!.Contains("{id", StringComparison.Ordinal))
                operation.Parameters.Add(
                    Parameter("If-Match", ParameterLocation.Header, "读取时得到的 ETag；须给而未给的，答 428。")
                );
            operation.Parameters.Add(
                Parameter("Idempotency-Key", ParameterLocation.Header, "同一个值重复请求，得到第一次的答复。")
            );
        }

        if (metadata.OfType<IAllowAnonymous>().Any())
            operation.Security = [];
        if (metadata.OfType<FormBody>().LastOrDefault() is { } form)
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new() { Schema = Schema(form.Fields, context.Document!) },
                },
            };
        foreach (
            var any in Messages(operation).Where(m => m.Schema is null or OpenApiSchema { Type: null, Enum: null })
        )
            any.Schema = new OpenApiSchema { Type = JsonSchemaType.Object };
        foreach (var sent in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            if (metadata.OfType<IAcceptsMetadata>().Any(a => a.RequestType == typeof(byte[])))
                sent.Value.Schema = File(sent.Key);
        foreach (var produced in metadata.OfType<IProducesResponseTypeMetadata>())
            if (
                operation.Responses!.TryGetValue($"{produced.StatusCode}", out var response)
                && response is OpenApiResponse { Content: null or { Count: 0 } } file
                && produced.ContentTypes.Any()
            )
                file.Content = produced.ContentTypes.ToDictionary(
                    t => t,
                    t => new OpenApiMediaType { Schema = File(t) }
                );
    }

    private static IEnumerable<OpenApiMediaType> Messages(OpenApiOperation operation) =>
        (operation.Responses?.Values.Select(r => r.Content) ?? [])
            .Append(operation.RequestBody?.Content)
            .SelectMany(c => c?.Values ?? []);

    /// <summary><c>GET /api/forms/{id}/blank</c> is <c>getFormsByIdBlank</c>.</summary>
    private static string IdOf(ApiDescriptionOfRoute route) =>
        string.Concat(
            route
                .RelativePath!.Split('/', '.', '-')
                .Skip(1)
                .Select(s =>
                    s.StartsWith('{') ? $"By{Capital(s.Trim('{', '}').Split(':')[0])}"
                    : s.Length > 0 ? Capital(s)
                    : ""
                )
                .Prepend(route.HttpMethod!.ToLowerInvariant())
        );

    private static string Capital(string word) => $"{char.ToUpperInvariant(word[0])}{word[1..]}";

    private static OpenApiParameter Parameter(
        string name,
        ParameterLocation where,
        string meaning,
        bool required = false
    ) =>
        new()
        {
            Name = name,
            In = where,
            Description = meaning,
            Required = required,
            Schema = Text(),
        };

    private static OpenApiSchema File(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) ? Text()
        : type.StartsWith("application/json", StringComparison.Ordinal) ? new() { Type = JsonSchemaType.Object }
        : Text("binary");

    private static OpenApiSchema Schema(IReadOnlyList<FormField> fields, OpenApiDocument document)
    {
        var schema = OpenApiModelFactory.Parse<OpenApiSchema>(
            FormJson.Schema(fields),
            OpenApiSpecVersion.OpenApi3_1,
            document,
            out _,
            "json"
        ) ?? throw new InvalidOperationException("A form's schema is none.");
        Bare(schema);
        return schema;

        // without the words that only our own forms know
        static void Bare(IOpenApiSchema? of)
        {
            if (of is not OpenApiSchema schema)
                return;
            schema.UnrecognizedKeywords = null;
            Bare(schema.Items);
            foreach (var property in schema.Properties?.Values ?? [])
                Bare(property);
        }
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
