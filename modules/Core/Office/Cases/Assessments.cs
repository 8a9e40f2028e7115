using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
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
        JsonObject known,
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
        var given = JsonNode.Parse(asked.Span)!.AsObject();
        var facts = given["facts"]?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in known)
        {
            if (facts[name] is { } said && !JsonNode.DeepEquals(said, value))
                return (
                    null,
                    CommandResult.Invalid(
                        (
                            name,
                            $"「{programme.Schema.Fields.Single(f => f.Name == name).Title}」由系统按学籍和申请表填写，与所填不符。"
                        )
                    )
                );
            facts[name] = value?.DeepClone();
        }

        var whole = new JsonObject { ["asOf"] = $"{row.AsOf:yyyy-MM-dd}", ["facts"] = facts };
        if (reader.ReadRequest(Encoding.UTF8.GetBytes(whole.ToJsonString()), work.Today, row) is { } fault)
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
            Facts = whole.ToJsonString(),
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
    public static JsonObject View(StoredAssessment kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return new()
        {
            ["id"] = kept.Id.ToString(),
            ["caseId"] = kept.CaseId?.ToString(),
            ["actor"] = kept.Actor,
            ["at"] = ContractJson.Value(kept.At),
            ["calendarVersion"] = kept.CalendarVersion,
            ["result"] = JsonNode.Parse(kept.Result),
        };
    }

    /// <summary>
    /// Replays a stored assessment: its facts, under the rules, the interpretation profile and the calendar of now.
    /// </summary>
    /// <returns>
    /// Whether the result is the same, both results, and what differs; null: there is none, or the actor may not see
    /// it.
    /// </returns>
    public static async Task<JsonObject?> ReplayAsync(UnitOfWork work, Guid id)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (
            await work.Db.Set<StoredAssessment>().SingleOrDefaultAsync(a => a.Id == id) is not { } kept
            || !work.Actor.AccessScope.Covers(kept.Scope)
        )
            return null;
        var then = JsonNode.Parse(kept.Result)!;
        JsonObject answer = new()
        {
            ["id"] = id.ToString(),
            ["same"] = false,
            ["then"] = then,
        };
        if (work.Policy.Programme(kept.Programme) is not { } programme)
        {
            answer["why"] = $"没有加载项目 {kept.Programme}。";
            return answer;
        }

        if (kept.Facts == "{}")
        {
            answer["why"] = "其中的事实是个人信息，已经删除。";
            return answer;
        }

        var row = work.Policy.NewFacts(programme);
        if (
            work.Policy.ReaderOf(programme).ReadRequest(Encoding.UTF8.GetBytes(kept.Facts), work.Today, row) is
            { } fault
        )
        {
            answer["why"] = fault.Message;
            return answer;
        }

        try
        {
            var now = programme.Assess(row, work.Policy.Reading) is { } made ? JsonNode.Parse(Json(made)) : null;
            answer["same"] = JsonNode.DeepEquals(then, now);
            answer["now"] = now;
            if (now is null)
                answer["why"] = $"{kept.AsOf:yyyy-MM-dd} 没有施行中的规则集。";
        }
        catch (HolidaysNotPublishedException unpublished)
        {
            answer["why"] = unpublished.Message;
        }

        return answer;
    }

    private static string Json(Assessment made)
    {
        var buffer = new ArrayBufferWriter<byte>();
        AssessmentJson.Write(made, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
