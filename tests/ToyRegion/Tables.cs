using EduAssist.Data;
using EduAssist.Data.Privacy;

namespace EduAssist.ToyRegion;

/// <summary>一份申请。</summary>
internal sealed class ApplicationTable : Table<ApplicationRow>
{
    private const string Purpose = "走读帮扶的办理和存档";

    protected override void Declare(TableBuilder<ApplicationRow> table) => table
        .Named("toyregion_application")
        .VisibleThrough(r => r.Case)
        .Concerns(r => r.Case.StudentId)
        .Kept()
        .Personal(r => r.StudentName, PersonalKind.Name, Purpose)
        .Personal(r => r.GuardianPhone, PersonalKind.Phone, Purpose, encryptedAs: "Application.GuardianPhone")
        .Harmless(r => r.SchoolName, r => r.Route)
        .SharesKeyWith(r => r.Case, r => r.CaseId)
        .References(r => r.School, r => r.SchoolId);
}

/// <summary>一名随车照管员。</summary>
internal sealed class EscortTable : Table<EscortRow>
{
    protected override void Declare(TableBuilder<EscortRow> table) => table
        .Named("toyregion_escort")
        .VisibleThrough(r => r.Case)
        .Concerns(r => r.Case.StudentId)
        .Kept()
        .Personal(r => r.Name, PersonalKind.Name, "随车照管员的登记")
        .Harmless(r => r.SchoolName)
        .SharesKeyWith(r => r.Case, r => r.CaseId);
}
