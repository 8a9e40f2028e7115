using System.Text.Json.Nodes;
using EduAssist.Kernel.Calendar;

namespace EduAssist.Kernel;

/// <summary>Values in JSON as the public contract writes them.</summary>
internal static class ContractJson
{
    /// <summary>
    /// Instants by the clock of Shanghai with its offset, days as <c>yyyy-MM-dd</c>, closed lists as text.
    /// </summary>
    internal static JsonNode? Value(object? value) => value switch
    {
        null => null,
        DateTimeOffset instant => instant.ToOffset(Today.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz"),
        DateOnly day => day.ToString("yyyy-MM-dd"),
        Enum word => word.ToString(),
        Guid id => id.ToString(),
        bool yes => yes,
        int number => number,
        long number => number,
        _ => value.ToString(),
    };
}
