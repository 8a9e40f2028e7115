namespace EduAssist.Core.Listings;

/// <summary>The listings that every instance has.</summary>
internal static class CoreListings
{
    internal static readonly IReadOnlyList<IListing> All =
    [
        new DivisionListing(), new SchoolListing(), new StudentListing(), new GuardianListing(), new RollListing(), new StandingListing(),
        new ProvisionListing(), new InterpretationListing(), new ProgrammeListing(), new WindowListing(), new DutyListing(),
        new CaseListing(), new CaseEventListing(), new AssessmentListing(), new AuditListing(),
    ];
}
