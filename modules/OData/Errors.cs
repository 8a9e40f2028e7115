using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EduAssist.OData;

/// <summary>Refusals, as the standard writes them.</summary>
internal static class Errors
{
    private const int MostCharacters = 1_000;

    internal static async Task Write(HttpContext http, QueryException refused)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = refused.Status;
        http.Response.ContentType = "application/json;charset=utf-8";
        http.Response.Headers["OData-Version"] = "4.0";
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written, new() { Encoder = Answer.Encoder }))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", refused.Code);
            json.WriteString("message", refused.Message.Length > MostCharacters ? string.Concat(refused.Message.EnumerateRunes().Take(MostCharacters)) + "…" : refused.Message);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        await http.Response.BodyWriter.WriteAsync(written.WrittenMemory, http.RequestAborted);
    }
}
