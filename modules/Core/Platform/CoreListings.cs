using EduAssist.Office.Listings;

namespace EduAssist.Platform;

/// <summary>The listings that every instance has.</summary>
internal static class CoreListings
{
    internal static IReadOnlyList<IListing> For(Catalogue catalogue) =>
        [
            new DivisionListing(),
            new SchoolListing(),
            new StudentListing(),
            new GuardianListing(),
            new RollListing(),
            new StandingListing(),
            new PersonGroupListing(),
            new ClassListing(),
            new UnlistedListing(),
            new TakeoverListing(),
            new SchoolAttributeListing(),
            new ImportListing(),
            new ProvisionListing(catalogue),
            new InterpretationListing(catalogue),
            new ProgrammeListing(catalogue),
            new WindowListing(catalogue),
            new DutyListing(catalogue),
            new CaseListing(),
            new CaseEventListing(),
            new ConfirmationListing(),
            new AssessmentListing(),
            new AuditListing(),
        ];
}
