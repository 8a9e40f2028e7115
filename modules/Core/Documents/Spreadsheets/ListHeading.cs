namespace EduAssist.Documents.Spreadsheets;

/// <summary>One heading of a file, as it was found.</summary>
/// <param name="Heading">As it stands there, in normal form.</param>
/// <param name="Column">What the editor calls its column.</param>
/// <param name="Field">The field that it is read as; null: it is none of ours.</param>
/// <param name="Sample">What stands in the first row under it, numbers of persons masked; null: nothing.</param>
public sealed record ListHeading(string Heading, string Column, string? Field, string? Sample);
