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

    /// <summary>The member of a body that has them in a text or in a name; null: none has, or it is no JSON.</summary>
    /// <returns>The outermost member; empty: it is the body itself, or the name of the member.</returns>
    internal static string? MemberOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var member = "";
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
                    continue;
                var isMember = reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 };
                if (isMember)
                    member = "";
                var text = reader.GetString();
                if (UnsafeCharacters.AreIn(text, lines: true))
                    return member;
                if (isMember)
                    member = text!;
            }
        }
        catch (JsonException) // it is told where it is read
        {
            return null;
        }
        catch (InvalidOperationException) // half of a surrogate pair
        {
            return member;
        }

        return null;
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
