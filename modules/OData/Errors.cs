using System.Buffers;
using System.Text.Json;
using EduAssist.Data.Privacy;
using Microsoft.AspNetCore.Http;

namespace EduAssist.OData;

/// <summary>Refusals, as the standard writes them.</summary>
internal static class Errors
{
    private const int MostCharacters = 1_000;

    internal static async Task WriteAsync(HttpContext http, QueryException refused)
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
            var told = LogRedactor.Text(refused.Message, $"{http.Request.Path.Value}?{http.Request.QueryString.Value}");
            json.WriteString(
                "message",
                told.Length > MostCharacters ? string.Concat(told.EnumerateRunes().Take(MostCharacters)) + "…" : told
            );
            json.WriteEndObject();
            json.WriteEndObject();
        }

        await http.Response.BodyWriter.WriteAsync(written.WrittenMemory, http.RequestAborted);
    }
}
