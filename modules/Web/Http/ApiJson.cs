using System.Text.Encodings.Web;
using System.Text.Json;

namespace EduAssist.Web.Http;

/// <summary>JSON as the interface gives it.</summary>
internal static class ApiJson
{
    /// <summary>
    /// Never within a page: +08:00 and Chinese stay readable. Characters beyond the basic plane are escaped all the
    /// same.
    /// </summary>
    internal static readonly JsonSerializerOptions Indented = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };
}
