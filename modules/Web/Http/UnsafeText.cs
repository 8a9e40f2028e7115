using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Kernel;
using Microsoft.AspNetCore.Http;

namespace EduAssist.Web.Http;

/// <summary>Finds in bodies the characters that no text may bring in.</summary>
internal static class UnsafeText
{
    internal const string Message = "含有控制字符或改变文字方向的字符；请删去后再试。";

    /// <summary>Whether a posted form has them in a name, in a value, or in the name of a file.</summary>
    internal static bool AreIn(IFormCollection form) =>
        form.Any(f => UnsafeCharacters.AreIn(f.Key) || f.Value.Any(v => UnsafeCharacters.AreIn(v, lines: true)))
        || form.Files.Any(f => UnsafeCharacters.AreIn(f.FileName));

    /// <summary>Whether a body has them in a text or in the name of a member. What is no JSON is not.</summary>
    internal static bool AreIn(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
                if (
                    reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                    && UnsafeCharacters.AreIn(reader.GetString(), lines: true)
                )
                    return true;
        }
        catch (JsonException) // it is told where it is read
        {
            return false;
        }
        catch (InvalidOperationException) // half of a surrogate pair
        {
            return true;
        }

        return false;
    }

    /// <summary>The same of a body that the framework binds to a record.</summary>
    internal static void Refuse(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        List<Func<object, object?>> texts =
        [
            .. type
                .Properties.Where(p => p.PropertyType == typeof(string))
                .Select(p => p.Get)
                .OfType<Func<object, object?>>(),
        ];
        if (texts.Count > 0)
            type.OnDeserialized += read =>
            {
                if (texts.Any(text => UnsafeCharacters.AreIn(text(read) as string, lines: true)))
                    throw new JsonException(Message);
            };
    }
}
