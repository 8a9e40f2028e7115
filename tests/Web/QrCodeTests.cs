using System.Globalization;
using System.Text.RegularExpressions;
using EduAssist.Web.Identity;
using EduAssist.Web.Pages;
using QRCoder;

namespace EduAssist.Web;

/// <summary>The key of two-factor sign-in as a picture for a telephone's camera.</summary>
public partial class QrCodeTests
{
    private const string Uri =
        "otpauth://totp/EduAssist:%E5%BC%A0?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=EduAssist&digits=6";

    [Fact]
    public void The_picture_has_every_module_of_the_address_and_its_quiet_zone()
    {
        Assert.Equal(Uri, Accounts.CodeUri("张", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"));
        using var expected = QRCodeGenerator.GenerateQrCode(Uri, QRCodeGenerator.ECCLevel.M);
        var rows = Modules(QrCode.Svg(Uri, "码").Value, expected.ModuleMatrix.Count);
        Assert.Equal(
            expected.ModuleMatrix.Select(row => string.Concat(row.Cast<bool>().Select(dark => dark ? '#' : '.'))),
            rows
        );
        Assert.All(rows.Take(4).Concat(rows.TakeLast(4)), row => Assert.DoesNotContain('#', row));

        // planted: another key is another picture
        using var other = QRCodeGenerator.GenerateQrCode(Uri.Replace('Z', 'Y'), QRCodeGenerator.ECCLevel.M);
        Assert.NotEqual(
            other.ModuleMatrix.Select(row => string.Concat(row.Cast<bool>().Select(dark => dark ? '#' : '.'))),
            rows
        );
    }

    [Fact]
    public void It_says_what_it_is_and_holds_nothing_that_the_policy_of_pages_forbids()
    {
        var svg = QrCode.Svg(Uri, "二维码 \"<>").Value;
        Assert.StartsWith("<svg role=\"img\" aria-label=\"", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("\"<>", svg, StringComparison.Ordinal);
        foreach (var forbidden in (string[])["style", "script", "href", "data:", "secret"])
            Assert.DoesNotContain(forbidden, svg, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The modules that the path of the picture blackens.</summary>
    private static List<string> Modules(string svg, int size)
    {
        var dark = Enumerable.Range(0, size).Select(_ => new string('.', size).ToCharArray()).ToList();
        foreach (Match run in Run().Matches(svg))
        {
            Array.Fill(dark[Number("y")], '#', Number("x"), Number("width"));

            int Number(string group) => int.Parse(run.Groups[group].Value, CultureInfo.InvariantCulture);
        }

        return [.. dark.Select(row => new string(row))];
    }

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<width>\d+)v1h-\d+z", RegexOptions.None, 1000)]
    private static partial Regex Run();
}
