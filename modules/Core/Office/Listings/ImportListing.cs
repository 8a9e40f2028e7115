using System.ComponentModel.DataAnnotations;
using EduAssist.Data;

namespace EduAssist.Office.Listings;

/// <summary>A list that came in.</summary>
internal sealed class ImportRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Filtered, Display(Name = "表单")]
    public string? Form { get; init; }

    [Searched, Display(Name = "文件")]
    public string? FileName { get; init; }

    [Display(Name = "时间")]
    public DateTimeOffset At { get; init; }

    [Searched, Display(Name = "由谁")]
    public required string Actor { get; init; }

    [Display(Name = "新增")]
    public int New { get; init; }

    [Display(Name = "变动")]
    public int Changed { get; init; }

    [Display(Name = "无变化")]
    public int Unchanged { get; init; }

    [Display(Name = "名单外")]
    public int Gone { get; init; }

    [Display(Name = "状态")]
    public ChangeSetState State { get; init; }

    [Display(Name = "撤销时间")]
    public DateTimeOffset? UndoneAt { get; init; }

    [Display(Name = "由谁撤销")]
    public string? UndoneBy { get; init; }
}

/// <summary>Of lists that concern a place that the reader sees, or were brought from one.</summary>
internal sealed class ImportListing() : Listing<ImportRow>("Imports", "导入记录")
{
    public override IQueryable<ImportRow> Query(ListingSource source) =>
        source
            .Db.Set<ChangeSet>()
            .Where(s => s.Kind == ChangeSetKind.Import)
            .Select(s => new ImportRow
            {
                Id = s.Id,
                Form = s.Form,
                FileName = s.FileName,
                At = s.At,
                Actor = s.Actor,
                New = s.New,
                Changed = s.Changed,
                Unchanged = s.Unchanged,
                Gone = s.Gone,
                State = s.State,
                UndoneAt = s.UndoneAt,
                UndoneBy = s.UndoneBy,
            });
}
