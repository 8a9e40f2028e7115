using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Calendars;
using EduAssist.Office.Cases;
using EduAssist.Office.Changes;
using EduAssist.Office.Enrolment;
using EduAssist.Office.ListImports;
using EduAssist.Office.Listings;
using EduAssist.Office.Privacy;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office;

/// <summary>Core's own tables.</summary>
internal static class CoreTables
{
    internal static IReadOnlyList<Table> All { get; } =
    [
        new EncryptionKeyTable(),
        new AnsweredRequestTable(),
        new AuditEntryTable(),
        new AuditSealTable(),
        new AuditHeadTable(),
        new DivisionTable(),
        new MappingTable(),
        new DayNoticeTable(),
        new NoticeDayTable(),
        new SchoolTable(),
        new SchoolClassTable(),
        new StudentTable(),
        new GuardianTable(),
        new RollTable(),
        new RollStandingTable(),
        new PersonGroupTable(),
        new SchoolAttributeTable(),
        new DoubleNoteTable(),
        new UnlistedPupilTable(),
        new WhereaboutsTable(),
        new TakeoverTable(),
        new TakeoverReviewTable(),
        new ChangeSetTable(),
        new ChangeRowTable(),
        new CaseTable(),
        new CaseEventTable(),
        new EvidenceTable(),
        new ConfirmationTable(),
        new StoredAssessmentTable(),
        new UserTable(),
        new GrantTable(),
        new ApiKeyTable(),
        new EndedSessionTable(),
        new ProtectionKeyTable(),
    ];
}

/// <summary>The register of divisions, and what a start owes to persons who were erased.</summary>
internal sealed class CoreStartup : IDataStartup
{
    public async Task SeedAsync(UnitOfWork work) =>
        await work.SeedAsync(
            work.Policy.Divisions.All.Select(d => new StoredDivision
            {
                Code = d.Code.ToString(),
                Name = d.Name,
                Level = d.Level,
                Parent = d.Parent?.ToString(),
                Path = work.Policy.Divisions.Current(d.Code).Path,
                Successor = d.Successor?.ToString(),
                SeedKey = d.Code.ToString(),
            })
        );

    public async Task<bool> IsUsedAsync(AppDbContext db) =>
        await db.Set<Student>().AnyAsync() || await db.Set<Case>().AnyAsync();

    public Task StartedAsync(CommandExecutor commands) => PersonalData.EraseAgainAsync(commands);
}

/// <summary>Reads what the listings of an instance are made of, before anybody asks one.</summary>
/// <param name="listings">Core's own and those of the modules.</param>
/// <param name="workflows">Whose cases some of them show.</param>
internal sealed class ListingStartup(IReadOnlyList<IListing> listings, IReadOnlyList<IWorkflow> workflows)
    : IDataStartup
{
    public async Task StartedAsync(CommandExecutor commands)
    {
        await using var db = commands.Database.Read(AccessScope.Everything);
        ListingColumns.Read(listings, workflows, new(db, commands.Policy));
    }
}
