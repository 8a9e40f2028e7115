using System.Text.Json;
using System.Text.Json.Nodes;
using EduAssist.Kernel.Policy;

namespace EduAssist.Documents.Forms;

/// <summary>Forms in JSON: the definition as JSON Schema (2020-12) with its layout, and what was entered.</summary>
public static class FormJson
{
    /// <summary>The largest document, in bytes.</summary>
    public const int MostBytes = 1 << 20;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    /// <summary>The schema of what is entered; <c>layout</c> says how it stands on paper.</summary>
    public static JsonObject Schema(IForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var schema = Members(form.Fields);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "$id", $"/api/forms/{form.Id}");
        schema.Insert(2, "title", form.Title);
        schema["provisions"] = Texts(form.Provisions);
        schema["rules"] = Rules(form.Rules);
        schema["layout"] = Layout(form.Layout);
        return schema;
    }

    /// <summary>The schema of what is entered into fields that stand by themselves: of a step of a workflow.</summary>
    /// <param name="fields">The fields.</param>
    public static string Schema(IReadOnlyList<FormField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return Members(fields).ToJsonString();
    }

    /// <summary>What was entered as it is stored, with every field; a blank is null.</summary>
    public static string Text(IForm form, FormValues values)
    {
        ArgumentNullException.ThrowIfNull(form);
        return JsonSerializer.Serialize(new(form.Fields, values), DocumentsJson.Default.FilledForm);
    }

    /// <summary>
    /// Reads what was entered: one JSON object and nothing after it. Numbers and booleans may stand for their texts.
    /// </summary>
    /// <param name="form">The form.</param>
    /// <param name="json">UTF-8, no larger than <see cref="MostBytes"/>.</param>
    /// <param name="values">Nothing if it cannot be read.</param>
    /// <returns>
    /// Null when it could be read; or the member, empty when the whole is meant, and what is wrong with it in Chinese.
    /// </returns>
    public static (string Member, string Message)? Read(IForm form, ReadOnlyMemory<byte> json, out FormValues values)
    {
        ArgumentNullException.ThrowIfNull(form);
        return Read(form.Fields, json, out values);
    }

    /// <summary>Reads what was entered into fields that stand by themselves: of a step of a workflow.</summary>
    /// <inheritdoc cref="Read(IForm, ReadOnlyMemory{byte}, out FormValues)"/>
    public static (string Member, string Message)? Read(
        IReadOnlyList<FormField> fields,
        ReadOnlyMemory<byte> json,
        out FormValues values
    )
    {
        values = FormValues.None;
        if (json.Length > MostBytes)
            return ("", $"一份表单不能超过 {MostBytes >> 20} MB。");
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Fill(fields, document.RootElement, values);
        }
        catch (JsonException malformed)
        {
            return (
                "",
                $"不是有效的 JSON（第 {malformed.LineNumber + 1} 行第 {malformed.BytePositionInLine + 1} 字节附近）。"
            );
        }
        catch (InvalidOperationException) // a string of invalid UTF-8 or with a lone surrogate
        {
            return ("", "JSON 中有无效的文字编码。");
        }
    }

    private static (string, string)? Fill(IReadOnlyList<FormField> fields, JsonElement json, FormValues values)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return ("", "须为一个 JSON 对象。");
        HashSet<string> seen = [];
        foreach (var member in json.EnumerateObject())
        {
            var field = fields.FirstOrDefault(f => f.Name == member.Name);
            if (field is null)
                return (Short(member.Name), $"不认识的栏目“{Short(member.Name)}”。");
            if (!seen.Add(member.Name))
                return (member.Name, $"栏目 {member.Name} 出现了两次。");
            if (field.Kind != FieldKind.Rows)
                Fill(field, member.Value, values);
            else if (FillRows(field, member.Value, values) is { } fault)
                return fault;
        }

        return null;
    }

    private static (string, string)? FillRows(FormField table, JsonElement json, FormValues values)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return null;
        if (json.ValueKind != JsonValueKind.Array)
            return (table.Name, $"{table.Name} 须为 JSON 数组。");
        List<FormValues> rows = [];
        foreach (var item in json.EnumerateArray())
        {
            var row = FormValues.None;
            if (Fill(table.Columns, item, row) is { } fault)
                return ($"{table.Name}[{rows.Count}]{(fault.Item1.Length > 0 ? "." : "")}{fault.Item1}", fault.Item2);
            rows.Add(row);
        }

        _ = values.With(table.Name, rows);
        return null;
    }

    private static void Fill(FormField field, JsonElement json, FormValues values)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.String:
                values[field.Name] = json.GetString();
                break;
            case JsonValueKind.Number when field.Kind == FieldKind.ResidentId:
                values.Refuse(field.Name, "是数字，末尾几位可能已丢失，应为文本");
                break;
            case JsonValueKind.Number:
                values[field.Name] = json.GetRawText();
                break;
            case JsonValueKind.True or JsonValueKind.False:
                values[field.Name] = json.GetBoolean() ? "true" : "false";
                break;
            default:
                values.Refuse(field.Name, field.Kind == FieldKind.Choice ? "只能选择一项" : "应为单个值");
                break;
        }
    }

    internal static string Short(string name) =>
        name.Length > 40 ? name[..(char.IsHighSurrogate(name[39]) ? 39 : 40)] + "…" : name;

    private static JsonObject Members(IReadOnlyList<FormField> fields) =>
        new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)FromField(f)))),
            ["required"] = Texts(
                fields
                    .Where(f => !f.IsOptional && f.Least >= 0 && (f.Kind != FieldKind.Rows || f.Least > 0))
                    .Select(f => f.Name)
            ),
        };

    private static JsonObject FromField(FormField field)
    {
        var schema = new JsonObject { ["title"] = field.Spoken, ["kind"] = field.Kind.ToString() };
        var type = field.Kind switch
        {
            FieldKind.Number => "integer",
            FieldKind.Signature or FieldKind.Fingerprint or FieldKind.Seal or FieldKind.Confirmation => "boolean",
            FieldKind.Rows => "array",
            _ => "string",
        };
        schema["type"] = field.IsOptional ? Texts([type, "null"]) : type;
        switch (field.Kind)
        {
            case FieldKind.Text or FieldKind.LongText or FieldKind.Phone:
                schema["maxLength"] = field.Most;
                break;
            case FieldKind.Number:
                schema["minimum"] = field.Least;
                schema["maximum"] = field.Most;
                break;
            case FieldKind.Date:
                schema["format"] = "date";
                break;
            case FieldKind.ResidentId:
                schema["pattern"] = "^[0-9]{17}[0-9X]$";
                break;
            case FieldKind.JuniorRollNumber:
                schema["pattern"] = "^[0-9]{14}$";
                break;
            case FieldKind.StudentNumber:
                schema["pattern"] = "^([GJ][0-9]{17}[0-9X]|L[0-9]{18})$";
                break;
            case FieldKind.Division:
                schema["pattern"] = "^([0-9]{6}|[0-9]{9})$";
                break;
            case FieldKind.Choice:
                schema["enum"] = new JsonArray([
                    .. field.Choices.SelectMany(c => c.Aliases.Prepend(c.Name)).Select(n => JsonValue.Create(n)),
                    .. field.IsOptional ? [null] : (JsonNode?[])[],
                ]);
                break;
            case FieldKind.Rows:
                schema["minItems"] = field.Least;
                schema["maxItems"] = field.Most;
                schema["items"] = Members(field.Columns);
                schema["rules"] = Rules(field.Rules);
                break;
        }

        if (field.IsUnique)
            schema["unique"] = true;
        if (field.Boxes > 0)
            schema["boxes"] = field.Boxes;
        return schema;
    }

    private static JsonObject Layout(FormLayout layout) =>
        new()
        {
            ["columns"] = FormLayout.Columns,
            ["heading"] = layout.Heading,
            ["head"] = layout.Head,
            ["sections"] = new JsonArray([
                .. layout.Sections.Select(s => new JsonObject
                {
                    ["title"] = s.Title,
                    ["rows"] = new JsonArray([
                        .. s.Rows.Select(r => new JsonArray([
                            .. r.Select(c => new JsonObject
                            {
                                ["label"] = c.Label,
                                ["span"] = c.Span,
                                ["labelSpan"] = c.LabelSpan,
                                ["lines"] = c.Lines,
                                ["content"] = c.Content,
                            }),
                        ])),
                    ]),
                }),
            ]),
            ["notesTitle"] = layout.NotesTitle,
            ["notes"] = Texts(layout.Notes),
        };

    private static JsonArray Rules(IEnumerable<Criterion> rules) =>
        new([
            .. rules.Select(r => new JsonObject
            {
                ["rule"] = r.Id,
                ["message"] = r.Message,
                ["provisions"] = Texts(r.Provisions),
            }),
        ]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
