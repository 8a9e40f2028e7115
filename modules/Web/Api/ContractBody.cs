using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Office.Calendars;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Http;

namespace EduAssist.Web.Api;

/// <summary>Why something is undone or erased.</summary>
/// <param name="Reason">In Chinese.</param>
internal sealed record ReasonBody(string? Reason = null);

/// <summary>Which promotion is asked for.</summary>
/// <param name="SchoolYear">The year in which it begins.</param>
/// <param name="Preview">Whether it is only looked at.</param>
internal sealed record PromotionBody(int? SchoolYear = null, bool? Preview = null);

/// <summary>What is taken back.</summary>
/// <param name="Preview">Whether it is only looked at.</param>
internal sealed record UndoBody(bool? Preview = null);

/// <summary>What is said of two students.</summary>
/// <param name="Student">One of both.</param>
/// <param name="Other">The other.</param>
/// <param name="IsSame">Whether they are one person.</param>
/// <param name="Reason">Why, in Chinese.</param>
internal sealed record DoubleNoteBody(
    Guid? Student = null,
    Guid? Other = null,
    bool? IsSame = null,
    string? Reason = null
);

/// <summary>Who is merged into a student.</summary>
/// <param name="Other">Who goes.</param>
/// <param name="OtherVersion">The version of the other that was seen.</param>
/// <param name="Take">The fields in which the other is right.</param>
/// <param name="Preview">Whether it is only looked at.</param>
internal sealed record MergeBody(
    Guid? Other = null,
    long? OtherVersion = null,
    IReadOnlyList<string>? Take = null,
    bool? Preview = null
);

/// <summary>Where a pupil is whom the list left out.</summary>
/// <param name="Kind">Where: <c>StillHere</c>, <c>Transferred</c>, <c>Left</c> or <c>Unknown</c>.</param>
/// <param name="Detail">To which school, with whom.</param>
internal sealed record WhereaboutsBody(string? Kind = null, string? Detail = null);

/// <summary>What is said of a takeover.</summary>
/// <param name="IsRight">Whether it is right.</param>
/// <param name="Reason">Why, in Chinese.</param>
internal sealed record TakeoverReviewBody(bool? IsRight = null, string? Reason = null);

/// <summary>Into which class a class is merged.</summary>
/// <param name="Into">The class that stays.</param>
/// <param name="Preview">Whether it is only looked at.</param>
internal sealed record ClassMergeBody(Guid? Into = null, bool? Preview = null);

/// <summary>A notice of a place on its own days.</summary>
/// <param name="Place">The code of the division where it holds.</param>
/// <param name="Source">Its title and number.</param>
/// <param name="Days">The days that it names.</param>
internal sealed record NoticeBody(string? Place = null, string? Source = null, IReadOnlyList<EnteredDays>? Days = null);

/// <summary>What the columns of another system are.</summary>
/// <param name="Headings">Our field for each heading; null: it is passed over.</param>
/// <param name="IgnoresOthers">Whether headings that are not named are passed over.</param>
internal sealed record MappingBody(OrderedDictionary<string, string?>? Headings = null, bool? IgnoresOthers = null);

/// <summary>What is assessed.</summary>
/// <param name="AsOf">The day as of which; left out: today.</param>
/// <param name="Facts">By their names; see <c>GET /api/programmes/{id}/facts</c>.</param>
internal sealed record AssessmentBody(DateOnly? AsOf = null, IReadOnlyDictionary<string, JsonElement>? Facts = null);

/// <summary>Bodies of requests: one object, nothing in it twice, and nothing that is not known.</summary>
internal static class ContractBody
{
    /// <summary>Reads one; nothing at all is an empty object.</summary>
    internal static bool TryRead<T>(
        ReadOnlyMemory<byte> body,
        JsonTypeInfo<T> contract,
        [NotNullWhen(true)] out T? read
    )
        where T : class
    {
        try
        {
            read = JsonSerializer.Deserialize(body.IsEmpty ? "{}"u8 : body.Span, contract);
            return read is not null;
        }
        // a lone surrogate is an InvalidOperationException
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            read = null;
            return false;
        }
    }

    /// <summary>Answers a request whose body is an object; what is wrong with one is told by its member.</summary>
    /// <param name="http">The request.</param>
    /// <param name="contract">Of the body.</param>
    /// <param name="shape">What the body should be, for whoever sent another.</param>
    /// <param name="answer">Of a body that can be read.</param>
    internal static async Task<IResult> ReadAsync<T>(
        HttpContext http,
        JsonTypeInfo<T> contract,
        string shape,
        Func<T, Task<IResult>> answer
    )
        where T : class
    {
        var (body, problem) = await CasesApi.BodyAsync(http);
        if (problem is not null)
            return problem;
        T? read;
        try
        {
            read = JsonSerializer.Deserialize(body.IsEmpty ? "{}"u8 : body.Span, contract);
        }
        catch (JsonException malformed)
        {
            return Wrong(malformed.Path is ['$', '.', .. var member] ? member : "");
        }
        catch (InvalidOperationException) // a lone surrogate
        {
            return Wrong("");
        }

        return read is null ? Wrong("") : await answer(read);

        IResult Wrong(string member) =>
            Problems.Invalid(
                Problems.Short(member),
                member.Length == 0
                    ? $"请求不能读取，须为 {shape}。"
                    : $"{Problems.Short(member)} 的值不对，或者没有这个成员；请求须为 {shape}。"
            );
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 4
)]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(PromotionBody))]
[JsonSerializable(typeof(UndoBody))]
[JsonSerializable(typeof(DoubleNoteBody))]
[JsonSerializable(typeof(MergeBody))]
[JsonSerializable(typeof(WhereaboutsBody))]
[JsonSerializable(typeof(TakeoverReviewBody))]
[JsonSerializable(typeof(ClassMergeBody))]
[JsonSerializable(typeof(MappingBody))]
[JsonSerializable(typeof(NoticeBody))]
internal sealed partial class WebJson : JsonSerializerContext;

/// <summary>Bodies about users and signing in: names of members as generous as other bodies of the framework.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 4
)]
[JsonSerializable(typeof(UsersApi.NewUser))]
[JsonSerializable(typeof(UsersApi.NewRoles))]
[JsonSerializable(typeof(SignInApi.Credentials))]
[JsonSerializable(typeof(SignInApi.NewPassword))]
[JsonSerializable(typeof(SignInApi.Refresh))]
[JsonSerializable(typeof(SignInApi.Code))]
[JsonSerializable(typeof(SignInApi.NewKey))]
internal sealed partial class UsersJson : JsonSerializerContext;
