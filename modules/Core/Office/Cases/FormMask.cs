using EduAssist.Documents.Forms;

namespace EduAssist.Office.Cases;

/// <summary>Numbers of persons in filled forms: shown masked, and put back where they come back so.</summary>
public static class FormMask
{
    /// <summary>What was entered, with numbers of persons masked.</summary>
    public static FormValues Masked(IForm form, FormValues values)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(values);
        return Masked(form.Fields, values);
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
                if (stored[field.Name] is not { } known || FieldMask.Masked(field, known) != text)
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

    private static FormValues Masked(IReadOnlyList<FormField> fields, FormValues values)
    {
        var masked = FormValues.None;
        foreach (var field in fields)
        {
            if (field.Kind == FieldKind.Rows)
                masked.With(field.Name, [.. values.Rows(field.Name).Select(r => Masked(field.Columns, r))]);
            else if (values[field.Name] is { } text)
                masked[field.Name] = field.IsPersonal ? FieldMask.Masked(field, text) : text;
        }

        return masked;
    }
}
