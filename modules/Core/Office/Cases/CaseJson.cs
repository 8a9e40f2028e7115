using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Registry;

namespace EduAssist.Office.Cases;

/// <summary>Cases in JSON, in the shape of the public contract.</summary>
public static class CaseJson
{
    internal static JsonObject FromTransition(Transition step, bool isMine, IReadOnlyList<RuleViolation> hindrances) =>
        new()
        {
            ["action"] = step.Action,
            ["title"] = step.Title,
            ["to"] = step.To.Id,
            ["by"] = new JsonArray([.. step.By.Select(r => JsonValue.Create(r.ToString()))]),
            ["mine"] = isMine,
            ["fields"] = new JsonArray([
                .. step.Fields.Select(f => new JsonObject
                {
                    ["name"] = f.Name,
                    ["title"] = f.Spoken,
                    ["kind"] = f.Kind.ToString(),
                    ["optional"] = f.IsOptional,
                }),
            ]),
            ["provisions"] = new JsonArray([.. step.Provisions.Select(p => JsonValue.Create(p))]),
            ["possible"] = hindrances.Count == 0,
            ["findings"] = new JsonArray([.. hindrances.Select(h => h.Json())]),
        };

    internal static JsonObject FromEvent(CaseEvent one, string title)
    {
        JsonObject json = new()
        {
            ["sequence"] = one.Sequence,
            ["action"] = one.Action,
            ["title"] = title,
            ["from"] = one.From,
            ["to"] = one.To,
            ["at"] = ContractJson.Value(one.At),
            ["actor"] = one.Actor,
        };
        if (one.Reason is not null)
            json["reason"] = one.Reason;
        if (one.Undoes is { } undoes)
            json["undoes"] = undoes;
        return json;
    }

    /// <summary>What was entered, with numbers of persons masked.</summary>
    public static JsonObject Masked(IForm form, FormValues values)
    {
        var json = FormJson.Values(form, values);
        Mask(form.Fields, json);
        return json;
    }

    /// <summary>
    /// Replaces masked numbers by the stored ones. A form is shown with masks and comes back with them: a text that
    /// equals the mask of what is stored means that nobody changed it.
    /// </summary>
    /// <param name="fields">Of the form.</param>
    /// <param name="values">As entered.</param>
    /// <param name="stored">What is there; rows are held against rows in their order.</param>
    /// <returns>
    /// A number with stars that is not the mask of what is stored, and what is wrong with it; null: there is none.
    /// </returns>
    internal static (string Field, string Message)? Unmask(
        IReadOnlyList<FormField> fields,
        FormValues values,
        FormValues stored
    )
    {
        foreach (var field in fields)
        {
            if (field.IsPersonal && values[field.Name] is { } text && text.AsSpan().IndexOfAny('*', '＊') >= 0)
            {
                if (stored[field.Name] is not { } known || Masked(field, known) != text)
                    return (
                        field.Name,
                        $"「{field.Spoken}」里的 * 是遮盖符号：不改的照原样交回，要改的须填写完整号码。"
                    );
                values[field.Name] = known;
            }

            if (field.Kind != FieldKind.Rows)
                continue;
            foreach (var (row, i) in values.Rows(field.Name).Select((r, i) => (r, i)))
                if (
                    Unmask(field.Columns, row, stored.Rows(field.Name).ElementAtOrDefault(i) ?? FormValues.None) is
                    { } fault
                )
                    return ($"{field.Name}[{i}].{fault.Field}", fault.Message);
        }

        return null;
    }

    /// <summary>A word in the place of a number, such as 无, is shown as it is: it identifies nobody.</summary>
    private static string Masked(FormField field, string text) =>
        !text.Any(char.IsAsciiDigit)
            ? text
            : NumberBody.Masked(
                text,
                field.Kind switch
                {
                    FieldKind.Phone => 3,
                    FieldKind.StudentNumber => 5,
                    _ => 4,
                },
                2
            );

    private static void Mask(IReadOnlyList<FormField> fields, JsonObject json)
    {
        foreach (var field in fields)
        {
            if (field.IsPersonal && (string?)json[field.Name] is { } text)
                json[field.Name] = Masked(field, text);
            if (field.Kind == FieldKind.Rows && json[field.Name] is JsonArray rows)
                foreach (var row in rows)
                    Mask(field.Columns, row!.AsObject());
        }
    }
}
