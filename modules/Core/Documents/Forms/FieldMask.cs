using EduAssist.Kernel.Registry;

namespace EduAssist.Documents.Forms;

/// <summary>Numbers of persons as they are shown: the first and last characters, stars between.</summary>
internal static class FieldMask
{
    private const int LeastOfNumber = 6;

    /// <summary>What stands in a field, as it is shown; null: nothing.</summary>
    public static string? Shown(FormField field, string? text) =>
        text is not null && field.IsPersonal && text.Count(char.IsAsciiDigit) >= LeastOfNumber
            ? Masked(field, text)
            : text;

    /// <summary>A word in the place of a number, such as 无, is shown as it is: it identifies nobody.</summary>
    public static string Masked(FormField field, string text) =>
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

    /// <summary>A text of which nobody knows whether it is a number of a person.</summary>
    public static string Shown(string text) =>
        text.Count(char.IsAsciiDigit) >= LeastOfNumber ? NumberBody.Masked(text, 4, 2) : text;
}
