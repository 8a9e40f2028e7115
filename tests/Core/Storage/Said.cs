using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Kernel;

namespace EduAssist.Core.Storage;

/// <summary>The answer of an act of a test.</summary>
internal sealed record Said(string Name) : IContract<Said>
{
    static JsonTypeInfo<Said> IContract<Said>.Contract { get; } =
        (JsonTypeInfo<Said>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Said));
}
