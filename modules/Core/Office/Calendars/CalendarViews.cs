using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;

namespace EduAssist.Office.Calendars;

/// <summary>A notice of a place on its own days, as it is shown.</summary>
/// <param name="Id">Of the notice.</param>
/// <param name="Place">The code of the division where it holds.</param>
/// <param name="PlaceName">Its name.</param>
/// <param name="Title">Its title and number.</param>
/// <param name="Days">The days that it names, in order.</param>
/// <param name="Actor">Who entered it.</param>
/// <param name="At">When.</param>
/// <param name="RevokedAt">When it was revoked; null: it holds.</param>
/// <param name="RevokeReason">Why.</param>
public sealed record NoticeView(
    Guid Id,
    string Place,
    string PlaceName,
    string Title,
    IReadOnlyList<PlaceDay> Days,
    string Actor,
    DateTimeOffset At,
    DateTimeOffset? RevokedAt,
    string? RevokeReason
) : IContract<NoticeView>
{
    static JsonTypeInfo<NoticeView> IContract<NoticeView>.Contract => CalendarJson.Default.NoticeView;
}

/// <summary>What a notice, or its revocation, came to.</summary>
/// <param name="Notice">The notice.</param>
public sealed record NoticeOutcome(NoticeView Notice) : IContract<NoticeOutcome>
{
    static JsonTypeInfo<NoticeOutcome> IContract<NoticeOutcome>.Contract => CalendarJson.Default.NoticeOutcome;
}

/// <summary>Several notices that came in at once.</summary>
/// <param name="Notices">In the order of the file.</param>
public sealed record NoticesOutcome(IReadOnlyList<NoticeView> Notices) : IContract<NoticesOutcome>
{
    static JsonTypeInfo<NoticesOutcome> IContract<NoticesOutcome>.Contract => CalendarJson.Default.NoticesOutcome;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(ContractInstant)]
)]
[JsonSerializable(typeof(NoticeView))]
[JsonSerializable(typeof(NoticeOutcome))]
[JsonSerializable(typeof(NoticesOutcome))]
internal sealed partial class CalendarJson : JsonSerializerContext;
