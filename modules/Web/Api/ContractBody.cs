using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EduAssist.Web.Api;

/// <summary>Why something is undone or erased.</summary>
/// <param name="Reason">In Chinese.</param>
internal sealed record ReasonBody(string? Reason = null);

/// <summary>Which promotion is asked for.</summary>
/// <param name="SchoolYear">The year in which it begins.</param>
/// <param name="Preview">Whether it is only looked at.</param>
internal sealed record PromotionBody(int? SchoolYear = null, bool? Preview = null);

/// <summary>What the columns of another system are.</summary>
/// <param name="Headings">Our field for each heading; null: it is passed over.</param>
/// <param name="IgnoresOthers">Whether headings that are not named are passed over.</param>
internal sealed record MappingBody(OrderedDictionary<string, string?>? Headings = null, bool? IgnoresOthers = null);

/// <summary>What is assessed.</summary>
/// <param name="AsOf">The day as of which; left out: today.</param>
/// <param name="Facts">By their names; see <c>GET /api/programmes/{id}/facts</c>.</param>
internal sealed record AssessmentBody(DateOnly? AsOf = null, IReadOnlyDictionary<string, JsonElement>? Facts = null);

/// <summary>Bodies of requests: one object, nothing in it twice, and nothing that is not known.</summary>
internal static class ContractBody
{
    /// <summary>Reads one; nothing at all is an empty object.</summary>
    internal static bool TryRead<T>(
        ReadOnlyMemory<byte> body,
        JsonTypeInfo<T> contract,
        [NotNullWhen(true)] out T? read
    )
        where T : class
    {
        try
        {
            read = JsonSerializer.Deserialize(body.IsEmpty ? "{}"u8 : body.Span, contract);
            return read is not null;
        }
        // a lone surrogate is an InvalidOperationException
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            read = null;
            return false;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 4
)]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(PromotionBody))]
[JsonSerializable(typeof(MappingBody))]
internal sealed partial class WebJson : JsonSerializerContext;
