using System.Buffers;
using System.Text;
using System.Text.Json;
using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Cases;

/// <summary>
/// Stores assessments for good, and replays them: the stored facts are assessed again, and the results compared.
/// </summary>
public static class Assessments
{
    private static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>Assesses, and adds the stored assessment to the unit of work.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="programme">The question.</param>
    /// <param name="asked"><c>{ "asOf", "facts" }</c>; both may be left out.</param>
    /// <param name="known">Facts that the registry knows; they prevail over what was asked.</param>
    /// <param name="one">The case that it is made for; null: none.</param>
    /// <returns>What is kept, or why not.</returns>
    public static (StoredAssessment? Kept, CommandResult? Refused) Keep(
        UnitOfWork work,
        IProgramme programme,
        ReadOnlyMemory<byte> asked,
        OrderedDictionary<string, ColumnValue> known,
        Case? one
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(programme);
        ArgumentNullException.ThrowIfNull(known);
        if (asked.IsEmpty)
            asked = "{}"u8.ToArray();
        var row = work.Policy.NewFacts(programme);
        var reader = work.Policy.ReaderOf(programme);
        if (reader.ReadRequest(asked.Span, work.Today, row) is { } wrong)
            return (null, CommandResult.Invalid((wrong.Fact, wrong.Message)));
        using var request = JsonDocument.Parse(asked);
        OrderedDictionary<string, JsonElement> given =
            request.RootElement.TryGetProperty("facts", out var facts) && facts.ValueKind == JsonValueKind.Object
                ? new(facts.EnumerateObject().Select(f => KeyValuePair.Create(f.Name, f.Value)))
                : [];
        if (
            known.FirstOrDefault(k =>
                given.TryGetValue(k.Key, out var said) && said.ValueKind != JsonValueKind.Null && !k.Value.Says(said)
            ) is
            { Key: { } name }
        )
            return (
                null,
                CommandResult.Invalid(
                    (
                        name,
                        $"「{programme.Schema.Fields.Single(f => f.Name == name).Title}」由系统按学籍和申请表填写，与所填不符。"
                    )
                )
            );
        var whole = Whole(row.AsOf, given, known);
        if (reader.ReadRequest(whole, work.Today, row) is { } fault)
            return (null, CommandResult.Invalid((fault.Fact, fault.Message)));
        if (programme.Assess(row, work.Policy.Reading) is not { } made)
            return (null, CommandResult.Refused($"{programme.Title}在 {row.AsOf:yyyy-MM-dd} 没有施行中的规则集。"));
        var kept = new StoredAssessment
        {
            Id = work.NewId(),
            Programme = programme.Id,
            RuleSet = made.RuleSet,
            AsOf = made.AsOf,
            CalendarVersion = made.CalendarVersion,
            Verdict = made.Verdict,
            Facts = Encoding.UTF8.GetString(whole),
            Result = Json(made),
            CaseId = one?.Id,
            StudentId = one?.StudentId,
            Scope = one?.Scope ?? "",
            Actor = work.Actor.Name,
            At = work.Now,
        };
        work.Db.Add(kept);
        return (kept, null);
    }

    /// <summary>As an answer.</summary>
    public static AssessmentView View(StoredAssessment kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return new(kept.Id, kept.CaseId, kept.Actor, kept.At, kept.CalendarVersion, JsonElement.Parse(kept.Result));
    }

    /// <summary>
    /// Replays a stored assessment: its facts, under the rules, the interpretation profile and the calendar of now.
    /// </summary>
    /// <returns>
    /// Whether the result is the same, both results, and what differs; null: there is none, or the actor may not see
    /// it.
    /// </returns>
    public static async Task<ReplayView?> ReplayAsync(UnitOfWork work, Guid id)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (
            await work.Db.Set<StoredAssessment>().SingleOrDefaultAsync(a => a.Id == id) is not { } kept
            || !work.Actor.AccessScope.Covers(kept.Scope)
        )
            return null;
        var answer = new ReplayView(id, false, JsonElement.Parse(kept.Result));
        if (work.Policy.Programme(kept.Programme) is not { } programme)
            return answer with { Why = $"没有加载项目 {kept.Programme}。" };
        if (kept.Facts == "{}")
            return answer with { Why = "其中的事实是个人信息，已经删除。" };
        var row = work.Policy.NewFacts(programme);
        if (
            work.Policy.ReaderOf(programme).ReadRequest(Encoding.UTF8.GetBytes(kept.Facts), work.Today, row) is
            { } fault
        )
            return answer with { Why = fault.Message };
        try
        {
            if (programme.Assess(row, work.Policy.Reading) is not { } made)
                return answer with { Now = Null, Why = $"{kept.AsOf:yyyy-MM-dd} 没有施行中的规则集。" };
            var now = JsonElement.Parse(Json(made));
            return answer with { Same = JsonElement.DeepEquals(answer.Then, now), Now = now };
        }
        catch (HolidaysNotPublishedException unpublished)
        {
            return answer with { Why = unpublished.Message };
        }
    }

    /// <summary>What was asked for, with what the registry knows in its place: as it is assessed, and stored.</summary>
    private static byte[] Whole(
        DateOnly asOf,
        OrderedDictionary<string, JsonElement> given,
        OrderedDictionary<string, ColumnValue> known
    )
    {
        using var whole = new MemoryStream();
        using (var writer = new Utf8JsonWriter(whole))
        {
            writer.WriteStartObject();
            writer.WriteString("asOf", $"{asOf:yyyy-MM-dd}");
            writer.WriteStartObject("facts");
            foreach (var name in given.Keys.Union(known.Keys))
            {
                writer.WritePropertyName(name);
                if (known.TryGetValue(name, out var value))
                    value.WriteTo(writer);
                else
                    given[name].WriteTo(writer);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return whole.ToArray();
    }

    private static string Json(Assessment made)
    {
        var buffer = new ArrayBufferWriter<byte>();
        AssessmentJson.Write(made, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
