using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace EduAssist.Bench;

/// <summary>What is known of one student, as the peer holds it: null is unknown.</summary>
internal sealed record Student
{
    public int? Grade { get; init; }
    public string? SchoolDivision { get; init; }
    public bool? StrugglesDespiteHelp { get; init; }
    public bool? RepeatedDropout { get; init; }
    public bool? LongTermDropout { get; init; }
    public bool? PersuadedBack { get; init; }
    public bool? WillingToLearnSkills { get; init; }
    public bool? StudentConsents { get; init; }
    public bool? GuardianConsents { get; init; }
    public bool? HasVocationalRoll { get; init; }
    public bool? HasOpenApplication { get; init; }

    /// <summary>
    /// The same students in every run. One fact in seven or so is missing: most rows get a verdict, many stay open.
    /// </summary>
    internal static IEnumerable<Student> Some(int count)
    {
        var random = new Random(532300);
        return Enumerable
            .Range(0, count)
            .Select(_ => new Student
            {
                Grade = random.Next(10) == 0 ? null : random.Next(8, 10),
                SchoolDivision = random.Next(10) switch
                {
                    0 => null,
                    1 => "520502",
                    _ => $"{532322 + random.Next(8)}",
                },
                StrugglesDespiteHelp = Maybe(.5),
                RepeatedDropout = Maybe(.3),
                LongTermDropout = Maybe(.3),
                PersuadedBack = Maybe(.5),
                WillingToLearnSkills = Maybe(.7),
                StudentConsents = Maybe(.9),
                GuardianConsents = Maybe(.9),
                HasVocationalRoll = Maybe(.05),
                HasOpenApplication = Maybe(.05),
            });

        bool? Maybe(double likely) => random.NextDouble() < .15 ? null : random.NextDouble() < likely;
    }
}

/// <summary>A line of the public contract, as the peer reads it.</summary>
internal sealed record Request(DateOnly? AsOf, Student Facts)
{
    /// <summary>The peer's options, made once, as its documentation asks.</summary>
    internal static JsonSerializerOptions Json { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            Converters = { new JsonStringEnumConverter() },
        };
}
