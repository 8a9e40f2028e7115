using System.ComponentModel.DataAnnotations;

namespace EduAssist.Data;

/// <summary>What a set of changes was made by.</summary>
public enum ChangeSetKind
{
    /// <summary>A list that came in.</summary>
    [Display(Name = "导入名单")]
    Import,

    /// <summary>Two records of one student made one.</summary>
    [Display(Name = "合并学生")]
    Merge,

    /// <summary>A class merged into another one.</summary>
    [Display(Name = "合并班级")]
    Classes,
}

/// <summary>What became of a set of changes.</summary>
public enum ChangeSetState
{
    /// <summary>It holds, and can be taken back.</summary>
    [Display(Name = "已办理")]
    Done,

    /// <summary>It was taken back.</summary>
    [Display(Name = "已撤销")]
    Undone,

    /// <summary>It holds for good: the time to take it back is over.</summary>
    [Display(Name = "已过撤销期")]
    Final,
}

/// <summary>What one command changed, so that it can be taken back as a whole (变更集): its head.</summary>
public sealed class ChangeSet
{
    /// <summary>Of the set.</summary>
    public Guid Id { get; init; }

    /// <summary>What it was made by.</summary>
    public ChangeSetKind Kind { get; init; }

    /// <summary>Of an import: the id of the list's form; null: none.</summary>
    public string? Form { get; init; }

    /// <summary>Of an import: what the file was called; null: it is not known.</summary>
    public string? FileName { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>From where they acted: whoever is above may take it back.</summary>
    public required string Place { get; init; }

    /// <summary>Where all that was changed belongs.</summary>
    public required string Scope { get; set; }

    /// <summary>Rows of the list that were not on record.</summary>
    public int New { get; set; }

    /// <summary>Rows that differed.</summary>
    public int Changed { get; set; }

    /// <summary>Rows that were on record just so.</summary>
    public int Unchanged { get; set; }

    /// <summary>What was on record and not in the list.</summary>
    public int Gone { get; set; }

    /// <summary>How many rows of tables it added, changed or removed.</summary>
    public int Rows { get; set; }

    /// <summary>Whether it also changed what has no image: then it cannot be taken back.</summary>
    public bool IsPartial { get; set; }

    /// <summary>The columns that each table had, as JSON: those that came later are not compared.</summary>
    public required string Columns { get; set; }

    /// <summary>What became of it.</summary>
    public ChangeSetState State { get; set; }

    /// <summary>When it was taken back; null: it was not.</summary>
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>Who took it back; null: nobody.</summary>
    public string? UndoneBy { get; set; }
}

/// <summary>What a command did to a row.</summary>
public enum RowChange
{
    /// <summary>It was not there.</summary>
    Added,

    /// <summary>It was there, and otherwise.</summary>
    Changed,

    /// <summary>It is there no more.</summary>
    Removed,
}

/// <summary>
/// One row of any table in a set: how it was, and by what it is known again. Of rows that were not there, of which
/// nothing is to be kept but that, some follow each other in one.
/// </summary>
public sealed class ChangeRow
{
    private const char Between = '\u001e';

    /// <summary>Of the set.</summary>
    public Guid SetId { get; init; }

    /// <summary>In which order the rows were changed, from 1.</summary>
    public int Order { get; init; }

    /// <summary>The name of the table.</summary>
    public required string Table { get; init; }

    /// <summary>The row's key as text; of rows that were added, one behind the other.</summary>
    public required string Key { get; init; }

    /// <summary>Whom the row concerns; null: nobody, or nothing of it is kept.</summary>
    public Guid? StudentId { get; set; }

    /// <summary>What was done to it.</summary>
    public RowChange Change { get; set; }

    /// <summary>The row as it was, as JSON, encrypted; null: it was not there, or its person was erased.</summary>
    public string? Before { get; set; }

    /// <summary>A keyed hash of the row as it became; null: it is gone, or its person was erased.</summary>
    public byte[]? After { get; set; }

    /// <summary>Rows that were added, as one.</summary>
    internal static ChangeRow FromAdded(
        Guid set,
        int order,
        string table,
        IReadOnlyList<(string Key, byte[] After)> added
    ) =>
        new()
        {
            SetId = set,
            Order = order,
            Table = table,
            Key = string.Join(Between, added.Select(a => a.Key)),
            Change = RowChange.Added,
            After = [.. added.SelectMany(a => a.After)],
        };

    /// <summary>The rows that are in it, in the order in which they were added.</summary>
    internal IReadOnlyList<(string Key, byte[]? After)> Rows() =>
        Change != RowChange.Added
            ? [(Key, After)]
            : [.. Key.Split(Between).Zip(After!.Chunk(RowImage.DigestBytes), (key, after) => (key, (byte[]?)after))];
}
