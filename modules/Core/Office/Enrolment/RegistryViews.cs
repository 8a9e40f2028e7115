using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Kernel;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Enrolment;

/// <summary>A school as it was entered.</summary>
/// <param name="Id">Of the school.</param>
/// <param name="Code">学校标识码; null: none.</param>
/// <param name="Name">In full.</param>
/// <param name="Alias">As papers shorten it; null: they do not.</param>
/// <param name="Kind">What it teaches.</param>
/// <param name="Division">Whose it is.</param>
/// <param name="Version">The ETag.</param>
public sealed record SchoolView(
    Guid Id,
    string? Code,
    string Name,
    string? Alias,
    SchoolKind Kind,
    string Division,
    long Version
) : IContract<SchoolView>
{
    static JsonTypeInfo<SchoolView> IContract<SchoolView>.Contract => EnrolmentJson.Default.SchoolView;
}

/// <summary>A roll after a change.</summary>
/// <param name="Id">Of the roll.</param>
/// <param name="StudentId">Whose it is.</param>
/// <param name="SchoolId">Where it is.</param>
/// <param name="State">How it stands.</param>
/// <param name="StateTitle">In Chinese.</param>
/// <param name="Since">Since when.</param>
/// <param name="Grade">From 1.</param>
/// <param name="ClassName">Null: none.</param>
/// <param name="Version">The ETag.</param>
public sealed record RollView(
    Guid Id,
    Guid StudentId,
    Guid SchoolId,
    RollState State,
    string StateTitle,
    DateOnly Since,
    int Grade,
    string? ClassName,
    long Version
) : IContract<RollView>
{
    static JsonTypeInfo<RollView> IContract<RollView>.Contract => EnrolmentJson.Default.RollView;
}

/// <summary>How the rolls of a student stood on a day.</summary>
/// <param name="StudentId">Of the student.</param>
/// <param name="On">The day.</param>
/// <param name="Rolls">Those in sight, by the day since which they stood so.</param>
public sealed record StudentStanding(Guid StudentId, DateOnly On, IReadOnlyList<RollOnDay> Rolls)
    : IContract<StudentStanding>
{
    static JsonTypeInfo<StudentStanding> IContract<StudentStanding>.Contract => EnrolmentJson.Default.StudentStanding;
}

/// <summary>How a roll stood on a day.</summary>
/// <param name="RollId">Of the roll.</param>
/// <param name="SchoolId">Where it is.</param>
/// <param name="School">The school's name.</param>
/// <param name="Kind">Of which stage.</param>
/// <param name="State">How it stood.</param>
/// <param name="StateTitle">In Chinese.</param>
/// <param name="Grade">From 1.</param>
/// <param name="ClassName">Null: none.</param>
/// <param name="From">Since when.</param>
/// <param name="Reason">Why; null: not known.</param>
/// <param name="Version">The ETag of the roll.</param>
public sealed record RollOnDay(
    Guid RollId,
    Guid SchoolId,
    string School,
    RollKind Kind,
    RollState State,
    string StateTitle,
    int Grade,
    string? ClassName,
    DateOnly From,
    string? Reason,
    long Version
);

/// <summary>What the yearly promotion did, or would do.</summary>
/// <param name="SchoolYear">The year in which it begins.</param>
/// <param name="Preview">Whether nothing was changed.</param>
/// <param name="Promoted">Pupils who went up.</param>
/// <param name="Graduated">Pupils who left the last grade.</param>
/// <param name="Suspended">Pupils who stay where they are: 休学.</param>
/// <param name="AlreadySettled">Pupils of whom the year was settled before.</param>
public sealed record PromotionOutcome(
    int SchoolYear,
    bool Preview,
    int Promoted,
    int Graduated,
    int Suspended,
    int AlreadySettled
) : IContract<PromotionOutcome>
{
    static JsonTypeInfo<PromotionOutcome> IContract<PromotionOutcome>.Contract =>
        EnrolmentJson.Default.PromotionOutcome;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(ContractInstant)]
)]
[JsonSerializable(typeof(SchoolView))]
[JsonSerializable(typeof(RollView))]
[JsonSerializable(typeof(PersonGroupView))]
[JsonSerializable(typeof(SchoolAttributeView))]
[JsonSerializable(typeof(StudentStanding))]
[JsonSerializable(typeof(PromotionOutcome))]
[JsonSerializable(typeof(DoublesPart))]
[JsonSerializable(typeof(SuspectedDouble))]
[JsonSerializable(typeof(DoubleNoteView))]
[JsonSerializable(typeof(MergeOutcome))]
[JsonSerializable(typeof(UnlistedPart))]
[JsonSerializable(typeof(UnlistedView))]
[JsonSerializable(typeof(WhereaboutsView))]
[JsonSerializable(typeof(TakeoverPart))]
[JsonSerializable(typeof(TakeoverView))]
[JsonSerializable(typeof(NewClassPart))]
[JsonSerializable(typeof(NewClassView))]
[JsonSerializable(typeof(ClassMergeOutcome))]
internal sealed partial class EnrolmentJson : JsonSerializerContext;
