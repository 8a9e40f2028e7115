namespace EduAssist.Core.Listings;

/// <summary>The listings that every instance has.</summary>
internal static class CoreListings
{
    internal static readonly IReadOnlyList<IListing> All = [new SchoolListing(), new StudentListing(), new GuardianListing(), new RollListing()];
}
