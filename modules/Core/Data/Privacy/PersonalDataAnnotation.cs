using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduAssist.Data.Privacy;

/// <summary>What a column holds of a person. It says too how a listing shows it.</summary>
public enum PersonalKind
{
    /// <summary>A name; shown as it is.</summary>
    Name,

    /// <summary>A resident ID, a student number, a certificate's number; shown masked.</summary>
    Number,

    /// <summary>A blind index of a number; handed to nobody, and shown by no listing.</summary>
    Index,

    /// <summary>A telephone; shown masked.</summary>
    Phone,

    /// <summary>Where somebody lives; shown masked.</summary>
    Address,

    /// <summary>Birth, ethnicity: what tells one from another; shown as it is.</summary>
    Trait,

    /// <summary>A form or facts, as JSON; shown by no listing.</summary>
    Form,

    /// <summary>Words that somebody wrote about somebody; shown as they are.</summary>
    Note,

    /// <summary>A file; shown by no listing.</summary>
    Document,
}

/// <summary>
/// That a column is personal: what it is, what it is kept for, and how long. Export and erasure of a person's data
/// follow it.
/// </summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Purpose">What it is kept for, in Chinese.</param>
/// <param name="Years">After the last case was closed and the last roll has ended.</param>
public sealed record PersonalDataAnnotation(PersonalKind Kind, string Purpose, int Years)
{
    /// <summary>定期保管十年: the shorter of the two terms for which offices keep papers.</summary>
    public const int Usual = 10;

    private const string Annotation = "EduAssist:Personal";

    /// <summary>The annotation of a column; null: it is not personal.</summary>
    internal static PersonalDataAnnotation? Find(IReadOnlyProperty property) =>
        property.FindAnnotation(Annotation)?.Value as PersonalDataAnnotation;

    internal void Put(PropertyBuilder property) => property.HasAnnotation(Annotation, this);
}
