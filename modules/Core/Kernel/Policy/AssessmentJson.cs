using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace EduAssist.Kernel.Policy;

/// <summary>
/// Assessments as JSON, in the shape of the public contract. All that does not depend on the subject is encoded once
/// for each rule set and reading; what is left is copying.
/// </summary>
public sealed class AssessmentJson
{
    private static readonly JavaScriptEncoder Chinese = JavaScriptEncoder.Create(UnicodeRanges.All);
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = Chinese,
        Converters = { new JsonStringEnumConverter() }
    };

    private readonly byte[] head, tail;
    private readonly byte[][] verdicts;     // ","ruleSet":"2020","verdict":"Eligible","findings":[
    // [criterion][outcome], from the comma before it: ,{"criterion":"age",…}; of an unknown one up to "missing":[
    private readonly byte[][][] findings;
    private readonly byte[][] names, furtherNames;

    internal AssessmentJson(CompiledRuleSet rules)
    {
        head = Utf8($"{{\"programme\":{Text(rules.Programme.Id)},\"asOf\":\"");
        verdicts =
        [
            .. Enum.GetNames<Verdict>()
                .Select(verdict => Utf8($"\",\"ruleSet\":{Text(rules.Id)},\"verdict\":\"{verdict}\",\"findings\":[")),
        ];
        findings = [.. rules.Criteria.Select((c, i) => Enum.GetValues<Outcome>().Select(outcome =>
            Utf8($"{(i > 0 ? "," : "")}{{\"rule\":{Text(c.Id)},\"outcome\":\"{outcome}\","
                + $"\"provisions\":{List(c.Provisions)},\"message\":{Text(c.Message)}"
                + (outcome == Outcome.Unknown ? ",\"missing\":[" : "}"))).ToArray())];
        tail = Utf8($"],\"interpretations\":{List(rules.Interpretations)},\"otherReadings\":{List(rules.Others)}");
        names = [.. rules.Programme.Schema.Fields.Select(f => Utf8(Text(f.Name)))];
        furtherNames = [.. names.Select(name => (byte[])[(byte)',', .. name])];
    }

    /// <summary>Writes one assessment, on one line and without a line end.</summary>
    public static void Write(Assessment assessment, IBufferWriter<byte> output) =>
        assessment.Json.WriteTo(output, assessment);

    private void WriteTo(IBufferWriter<byte> output, Assessment assessment)
    {
        output.Write(head);
        assessment.AsOf.TryFormat(output.GetSpan(10), out var written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        output.Advance(written);
        output.Write(verdicts[(int)assessment.Verdict]);
        for (var i = 0; i < findings.Length; i++)
        {
            var finding = assessment[i];
            output.Write(findings[i][(int)finding.Outcome]);
            if (finding.Outcome != Outcome.Unknown) continue;
            WriteNames(output, finding.Missing, assessment.NoticeOf(finding));
            output.Write("]}"u8);
        }

        output.Write("],\"missing\":["u8);
        WriteNames(output, assessment.Missing, assessment.MissingNotice);
        output.Write(tail);
        if (assessment is GuideAssessment) WriteSituations(output, assessment);
        else output.Write(",\"situations\":[],\"measures\":[]"u8);
        if (assessment.CalendarVersion is { } version) output.Write(Utf8($",\"calendar\":{Text(version)}"));
        output.Write("}"u8);
    }

    /// <summary>The situations of a guide; the measures of the leading one stand once more beside them.</summary>
    private static void WriteSituations(IBufferWriter<byte> output, Assessment guide)
    {
        Member(output, "situations",
            guide.Situations.Select(
                s =>
                    new
                    {
                        s.Number,
                        s.Provision,
                        s.Title,
                        s.Leading,
                        s.Measures,
                        s.Roll,
                        s.RemovedFromList,
                        s.Basis,
                        s.Effect,
                    }));
        Member(output, "measures", guide.Situations.Where(s => s.Leading).SelectMany(s => s.Measures));
        if (guide.PossibleSituations.Count > 0 || guide.Verdict == Verdict.Undetermined)
            Member(output, "possibleSituations", guide.PossibleSituations);
        if (guide.Contradictions.Count > 0) Member(output, "contradictions", guide.Contradictions);
    }

    private static void Member<TValue>(IBufferWriter<byte> output, string name, IEnumerable<TValue> values)
    {
        output.Write(Utf8($",\"{name}\":"));
        output.Write(JsonSerializer.SerializeToUtf8Bytes(values, Options));
    }

    private void WriteNames(IBufferWriter<byte> output, ulong facts, string? notice)
    {
        if (notice is not null) output.Write(Utf8(facts == 0 ? Text(notice) : Text(notice) + ","));
        for (var spelling = names; facts != 0; facts &= facts - 1, spelling = furtherNames)
            output.Write(spelling[BitOperations.TrailingZeroCount(facts)]);
    }

    private static string Text(string text) => $"\"{JsonEncodedText.Encode(text, Chinese)}\"";

    private static string List(IEnumerable<string> texts) => $"[{string.Join(',', texts.Select(Text))}]";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
