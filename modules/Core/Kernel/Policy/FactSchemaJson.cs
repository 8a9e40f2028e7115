using System.Text.Json.Nodes;

namespace EduAssist.Kernel.Policy;

/// <summary>
/// The facts of a programme as JSON Schema (2020-12), with Chinese titles. Every fact may be left out or null: unknown.
/// </summary>
public static class FactSchemaJson
{
    /// <summary>The schema of the object <c>facts</c> of a programme's requests.</summary>
    public static JsonObject FromProgramme(IProgramme programme)
    {
        ArgumentNullException.ThrowIfNull(programme);
        return new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"/api/programmes/{programme.Id}/facts",
            ["title"] = programme.Title,
            ["description"] = "每项事实都可以省略或为 null，表示未知；未知不等于否。",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(
                programme.Schema.Fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)FromField(f)))),
        };
    }

    private static JsonObject FromField(FactField field)
    {
        var schema = new JsonObject { ["title"] = field.Title };
        switch (field.Kind)
        {
            case FactKind.YesNo:
                schema["type"] = new JsonArray("boolean", "null");
                break;
            case FactKind.Number:
                schema["type"] = new JsonArray("integer", "null");
                schema["minimum"] = field.Min;
                schema["maximum"] = field.Max;
                break;
            case FactKind.Date:
                schema["type"] = new JsonArray("string", "null");
                schema["format"] = "date";
                if (field.IsPast) schema["description"] = "不晚于评估基准日。";
                break;
            case FactKind.OneOf:
                schema["oneOf"] = new JsonArray([
                    .. field.Choices.Select(c => new JsonObject { ["const"] = c.Name, ["title"] = c.Title }),
                    new JsonObject { ["type"] = "null" },
                ]);
                break;
            case FactKind.Division:
                schema["type"] = new JsonArray("string", "integer", "null");
                schema["pattern"] = "^[0-9]{4}(?!00)[0-9]{2}([0-9]{3})?$";
                schema["description"] = "GB/T 2260 县级行政区划代码，6 位；乡镇 9 位。";
                break;
        }

        return schema;
    }
}
