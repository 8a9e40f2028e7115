using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Changes;

internal sealed class ChangeSetTable : Table<ChangeSet>
{
    protected override void Declare(TableBuilder<ChangeSet> table) =>
        table
            .Named("core_change_set")
            .VisibleBy(s => s.Scope, s => s.Place)
            .Kept()
            .Harmless(s => s.Form, s => s.FileName, s => s.Actor, s => s.Columns, s => s.UndoneBy)
            .Index(s => s.Scope)
            .Index(s => s.Place)
            .Index(s => s.At);
}

internal sealed class ChangeRowTable : Table<ChangeRow>
{
    protected override void Declare(TableBuilder<ChangeRow> table) =>
        table
            .Named("core_change_row")
            .Hidden("rows as they were: whoever may take a set back takes it back, and reads nothing")
            .NotKept("what a set could bring back is gone with it")
            .Concerns(r => r.StudentId)
            .Personal(r => r.Before, PersonalKind.Form, "撤销误操作", encryptedAs: "ChangeRow.Before")
            .Personal(r => r.After, PersonalKind.Index, "撤销误操作")
            .Harmless(r => r.Table, r => r.Key)
            .Key(r => new { r.SetId, r.Order })
            .References<ChangeSet>(r => r.SetId)
            .References<Student>(r => r.StudentId)
            .Index(r => r.StudentId);
}
