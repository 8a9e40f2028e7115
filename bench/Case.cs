using System.Reflection;

namespace EduAssist.Bench;

internal enum CaseReason
{
    Disability,
    Illness,
    WearyOfStudy,
    WorkingAway,
    RegisterAge,
    TrainingInstitution,
    Religious,
    EarlyMarriage,
    OverAge,
    DelayedEntry,
    NoRoll,
    Relocation,
    PrimaryToJunior,
    Missing,
    Other,
}

internal enum CaseStage
{
    Primary,
    Junior,
}

internal enum CaseCommittee
{
    CanAttend,
    CannotAttend,
}

internal enum CaseRegister
{
    BeyondCompulsoryAge,
    WithinCompulsoryAge,
}

internal enum CaseSex
{
    Male,
    Female,
}

/// <summary>
/// What is known of one child out of school, as the peer holds it: null is unknown. The facts that only measures ask
/// for are here, too, since ours has them to read.
/// </summary>
internal sealed record Case
{
    public DateOnly? BirthDate { get; init; }
    public bool? EverEnrolled { get; init; }
    public bool? OnRoll { get; init; }
    public CaseReason? MainReason { get; init; }
    public DateOnly? OutSince { get; init; }
    public CaseStage? LeftAtStage { get; init; }
    public bool? Healthy { get; init; }
    public bool? SevereDisability { get; init; }
    public CaseCommittee? CommitteeAssessment { get; init; }
    public bool? SeriousIllness { get; init; }
    public bool? WillingOriginalSchool { get; init; }
    public bool? WillingHouseholdPlace { get; init; }
    public bool? WillingWorkPlace { get; init; }
    public bool? DroppedOutAgain { get; init; }
    public bool? GuardianApplies { get; init; }
    public bool? StudentApplies { get; init; }
    public bool? CountyApproves { get; init; }
    public bool? RegisterAgeDisputed { get; init; }
    public CaseRegister? RegisterDecision { get; init; }
    public bool? InTrainingInstitution { get; init; }
    public bool? InReligiousPlace { get; init; }
    public bool? MarriedEarly { get; init; }
    public bool? HasGivenBirth { get; init; }
    public CaseSex? Sex { get; init; }
    public bool? Graduated { get; init; }
    public bool? AttendsWithoutRoll { get; init; }
    public bool? EntryDelayed { get; init; }
    public bool? Relocated { get; init; }
    public bool? InPrimaryJuniorGap { get; init; }
    public bool? MigrantChild { get; init; }
    public bool? StudiesAtReceivingPlace { get; init; }
    public bool? MissingPerson { get; init; }
    public bool? PoliceConfirmsMissing { get; init; }
    public bool? ListedAsDropout { get; init; }
    public bool? PersuasionHard { get; init; }
    public bool? PersuasionExhausted { get; init; }
    public bool? CompulsorySchoolUnrealistic { get; init; }
    public bool? ReturnImpossible { get; init; }

    /// <summary>
    /// The same cases in every run. Of some almost everything is known, of others almost nothing; true is rarer than
    /// false.
    /// </summary>
    internal static IEnumerable<Case> Some(int count, DateOnly on)
    {
        var random = new Random(520000);
        var properties = typeof(Case).GetProperties(BindingFlags.Instance | BindingFlags.Public);
        return Enumerable
            .Range(0, count)
            .Select(_ =>
            {
                var (unknown, yes) = (
                    random.Next(4) switch
                    {
                        0 => .02,
                        1 => .15,
                        2 => .4,
                        _ => .9,
                    },
                    random.Next(3) switch
                    {
                        0 => .02,
                        1 => .1,
                        _ => .3,
                    }
                );
                var child = new Case();
                foreach (var property in properties)
                {
                    if (random.NextDouble() >= unknown)
                        property.SetValue(child, Value(property, yes));
                }

                return child;
            });

        object Value(PropertyInfo property, double yes) =>
            (property.Name, Nullable.GetUnderlyingType(property.PropertyType)!) switch
            {
                (nameof(BirthDate), _) => on.AddDays(-random.Next(5 * 365, 19 * 365)),
                (nameof(OutSince), _) => on.AddDays(-random.Next(3 * 365)),
                (_, { IsEnum: true } choices) => Enum.GetValues(choices)
                    .GetValue(random.Next(Enum.GetValues(choices).Length))!,
                _ => random.NextDouble() < yes,
            };
    }
}
