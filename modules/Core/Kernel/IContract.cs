using System.Text.Json.Serialization.Metadata;

namespace EduAssist.Kernel;

/// <summary>
/// An answer of the public contract: a record that knows how it is written. Its JSON is made once, where it leaves the
/// process, by the generated serializer of the project that declares it.
/// </summary>
/// <typeparam name="TSelf">The record itself.</typeparam>
public interface IContract<TSelf>
    where TSelf : IContract<TSelf>
{
    /// <summary>Of the generated serializer.</summary>
    static abstract JsonTypeInfo<TSelf> Contract { get; }
}
