using EduAssist.Data;

namespace EduAssist.Office.ListImports;

internal sealed class MappingTable : Table<StoredMapping>
{
    protected override void Declare(TableBuilder<StoredMapping> table) =>
        table
            .Named("core_column_mapping")
            .Public("whoever takes in a list reads it with anybody's mapping")
            .Kept()
            .Harmless(m => m.Form, m => m.Name, m => m.Headings, m => m.Actor)
            .Key(m => new { m.Form, m.Name });
}
