using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;

namespace EduAssist.OData;

/// <summary>The model's own description (CSDL), as XML and as JSON, written once.</summary>
internal sealed class Metadata(Model model)
{
    internal byte[] Xml => field ??= WriteXml();

    internal byte[] Json => field ??= WriteJson();

    /// <summary>Which sets there are.</summary>
    internal ReadOnlyMemory<byte> ServiceDocument(Format format, string root)
    {
        var written = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(written, new() { Encoder = Answer.Encoder });
        json.WriteStartObject();
        if (format.Level != MetadataLevel.None)
            json.WriteString($"@{format.Prefix}context", $"{root}$metadata");
        json.WriteStartArray("value");
        foreach (var set in model.Sets)
        {
            json.WriteStartObject();
            json.WriteString("name", set.Name);
            json.WriteString("title", set.Listing.Title);
            json.WriteString("kind", "EntitySet");
            json.WriteString("url", set.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return written.WrittenMemory;
    }

    private byte[] WriteXml()
    {
        using var written = new MemoryStream();
        using (
            var xml = XmlWriter.Create(
                written,
                new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }
            )
        )
            Check(CsdlWriter.TryWriteCsdl(model.Edm, xml, CsdlTarget.OData, out var errors), errors);
        return written.ToArray();
    }

    private byte[] WriteJson()
    {
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written, new() { Encoder = Answer.Encoder, Indented = true }))
            Check(CsdlWriter.TryWriteCsdl(model.Edm, json, out var errors), errors);
        return written.WrittenSpan.ToArray();
    }

    private static void Check(bool written, IEnumerable<EdmError> errors)
    {
        if (!written)
            throw new InvalidOperationException(string.Join("; ", errors));
    }
}
