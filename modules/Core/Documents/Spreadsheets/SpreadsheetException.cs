namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// Why a file cannot be read, or written, at all. What is wrong with one row is that row's
/// <see cref="SpreadsheetRow.Fault"/>.
/// </summary>
public enum SpreadsheetFault
{
    /// <summary>There is no such file, or it may not be read.</summary>
    Unreadable,

    /// <summary>There is nothing in it but blanks.</summary>
    Empty,

    /// <summary>
    /// Not of a format that is read; or named .xlsx and no workbook: damaged, encrypted, an old .xls.
    /// </summary>
    NotASpreadsheet,

    /// <summary>The text is neither valid UTF-8 nor valid GB18030.</summary>
    WrongEncoding,

    /// <summary>The first row that is not blank does not name every column.</summary>
    NoHeader,

    /// <summary>Two columns have one name.</summary>
    HeaderTwice,

    /// <summary>A column that nobody asked for, and that would be passed over in silence.</summary>
    UnknownColumn,

    /// <summary>Reading broke off in the middle: quotes that do not pair, a sheet that is damaged.</summary>
    Malformed,

    /// <summary>Larger than a roster can be, or made to exhaust who reads it.</summary>
    TooLarge,
}

/// <summary>
/// A file that cannot be read or written as a roster. The message is one line of Chinese for the user, without any
/// cell's content.
/// </summary>
/// <param name="fault">Why.</param>
/// <param name="message">One clear line of Chinese.</param>
/// <param name="cause">What a library said, for the log.</param>
public sealed class SpreadsheetException(SpreadsheetFault fault, string message, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>Why.</summary>
    public SpreadsheetFault Fault { get; } = fault;

    /// <summary>The headings of the file, where they are what is wrong: they can be mapped. Otherwise none.</summary>
    public IReadOnlyList<ListHeading> Headings { get; internal init; } = [];

    internal SpreadsheetException With(IReadOnlyList<ListHeading> headings) =>
        new(Fault, Message, InnerException) { Headings = headings };

    internal SpreadsheetException On(string sheet) =>
        new(Fault, $"工作表「{sheet}」：{Message}", InnerException) { Headings = Headings };
}
