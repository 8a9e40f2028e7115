using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace EduAssist.Web.Pages;

/// <summary>A QR code inside of a page: no picture to fetch, nothing that the page's policy forbids.</summary>
internal static class QrCode
{
    private const int PixelsPerModule = 4;

    /// <summary>The code as SVG.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="label">What it is, for those who do not see it.</param>
    internal static MarkupString Svg(string text, string label)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return new(
            code.GetGraphic(PixelsPerModule)
                .Replace(
                    "<svg ",
                    $"<svg role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(label)}\" ",
                    StringComparison.Ordinal
                )
        );
    }
}
