using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Components;

namespace EduAssist.Ui;

/// <summary>
/// Pieces of drawings. A text of a drawing cannot be written as an element: to Razor <c>text</c> is a word of its own.
/// </summary>
internal static class Svg
{
    internal static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    internal static MarkupString Text(
        string x,
        string y,
        string text,
        string anchor = "start",
        string css = "",
        double dx = 0
    ) =>
        new(
            $"<text x=\"{x}\" y=\"{y}\" dx=\"{Number(dx)}\" text-anchor=\"{anchor}\" class=\"{css}\">{WebUtility.HtmlEncode(text)}</text>"
        );

    /// <summary>A round number at or above a figure, where an axis may end.</summary>
    internal static double Nice(double most)
    {
        if (most <= 0)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return new[] { 1, 2, 4, 5, 8, 10 }.First(step => most / power <= step) * power;
    }
}
