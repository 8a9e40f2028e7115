using System.Runtime.CompilerServices;

namespace EduAssist.Kernel.Provisions;

/// <summary>
/// What a module adds to the platform. Contributions are immutable and take no services: what varies comes in as an
/// argument. Pages, API and command line see nothing else of a module.
/// </summary>
public interface IContribution
{
    /// <summary>What carries out which provisions.</summary>
    IEnumerable<Citation> Citations => [];
}

/// <summary>That something in the program carries out provisions.</summary>
/// <param name="Kind">
/// What it is: criterion, window, duty, indicator, reference-data, function, form, form-rule, school-attribute.
/// </param>
/// <param name="Id">Its id, unique together with the kind.</param>
/// <param name="Title">In Chinese.</param>
/// <param name="Provisions">The ids of the provisions; at least one.</param>
/// <param name="Interpretations">The ids of the interpretations that it rests on.</param>
/// <param name="Source">The file that declares it, from the root of the source tree; left to the compiler.</param>
public sealed record Citation(
    string Kind, string Id, string Title, IReadOnlyList<string> Provisions, IReadOnlyList<string> Interpretations,
    [CallerFilePath] string Source = "")
{
    /// <summary>
    /// The file that declares it, from the root of the source tree: <c>modules/Chuxiong/Eligibility.cs</c>.
    /// </summary>
    public string Source { get; } = Source.TrimStart('/');   // the compiler's paths begin at the root

    /// <summary>
    /// Where a user reaches it; null: written, not yet reachable. The catalogue derives it, whatever a module says.
    /// </summary>
    public EntryPoint? EntryPoint { get; internal init; }

    /// <summary>The two as one: the same thing, as it stood at different times.</summary>
    internal Citation With(Citation other) =>
        this with
        {
            Provisions = [.. Provisions.Union(other.Provisions)],
            Interpretations = [.. Interpretations.Union(other.Interpretations)],
        };
}

/// <summary>The documents of a module, and how it reads them.</summary>
public interface IDocuments : IContribution
{
    /// <summary>With every provision.</summary>
    IReadOnlyList<Document> Documents { get; }

    /// <summary>Where a text can be read in two ways.</summary>
    IReadOnlyList<Interpretation> Interpretations { get; }
}

/// <summary>
/// Reference data of a module (附表, codes, prices), checked against its document every time that somebody asks.
/// </summary>
public interface IReferenceData : IContribution
{
    /// <summary><c>module.data</c>: <c>chuxiong.plan-2020</c>.</summary>
    string Id { get; }

    /// <summary>In Chinese.</summary>
    string Title { get; }

    /// <summary>What is noteworthy or wrong.</summary>
    IReadOnlyList<Remark> Check(InterpretationProfile reading);
}

/// <summary>Something noteworthy or wrong in reference data.</summary>
/// <param name="Level">Whether it is the document's own oddity or a fault of the data.</param>
/// <param name="Id">Stable, in kebab-case; several remarks of one kind share it.</param>
/// <param name="Text">With the figures, in Chinese.</param>
/// <param name="Provisions">What it touches.</param>
public sealed record Remark(RemarkLevel Level, string Id, string Text, IReadOnlyList<string> Provisions);

/// <summary>How much a <see cref="Remark"/> weighs.</summary>
public enum RemarkLevel
{
    /// <summary>Known and accepted: shown, not corrected.</summary>
    Note,

    /// <summary>The data contradicts its document or itself.</summary>
    Error,
}

/// <summary>
/// The functions of a module that no criterion, window or duty expresses: formulas, lawful changes. No route, page or
/// command leads to them: what they carry out is written, not yet reachable, unless something that has an entry point
/// calls them.
/// </summary>
public interface IFunctions : IContribution
{
    /// <summary>
    /// The contribution that calls all of them, <c>typeof(Registration)</c>: its entry point is theirs. Null: nothing
    /// that a user can reach calls them yet. The conformance tests walk the calls, and fail where this is not true.
    /// </summary>
    Type? CalledBy => null;
}
