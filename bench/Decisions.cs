using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Json;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Platform;

namespace EduAssist.Bench;

/// <summary>The same students on both sides, in process and as JSON lines.</summary>
internal sealed class Decisions : IDisposable
{
    private static readonly DateOnly AsOf = new(2026, 3, 16);

    private readonly IProgramme programme;
    private readonly InterpretationProfile reading;
    private readonly FactReader reader;
    private readonly IReadOnlyList<FactField> fields;
    private readonly Student[] students;
    private readonly Facts[] rows;
    private readonly byte[][] lines;
    private readonly Facts line;
    private readonly ArrayBufferWriter<byte> output = new(4096);
    private readonly Utf8JsonWriter writer;

    internal Decisions(Instance instance, IProgramme programme, IEnumerable<Student> students)
    {
        (this.programme, reading, this.students) = (programme, instance.Reading, [.. students]);
        reader = instance.ReaderOf(programme);
        fields = programme.Schema.Fields;
        line = instance.NewFacts(programme);
        lines = [.. this.students.Select(s => JsonSerializer.SerializeToUtf8Bytes(new Request(AsOf, s), Request.Json))];
        rows =
        [
            .. lines.Select(text =>
            {
                var facts = instance.NewFacts(programme);
                return reader.ReadRequest(text, AsOf, facts) is { } fault
                    ? throw new InvalidOperationException(fault.Message)
                    : facts;
            }),
        ];
        writer = new(output, new() { Encoder = Request.Json.Encoder });
    }

    internal int Count => students.Length;

    /// <summary>
    /// Rows to assessments, of which every finding is read with the names of its missing facts: the peer has built as
    /// much.
    /// </summary>
    internal Side Ours => new("decision", () =>
        {
            var sum = 0L;
            foreach (var facts in rows)
                sum += Read(programme.Assess(facts, reading)!);
            return sum;
        });

    internal Side Theirs => new("hand-written decision", () =>
        {
            var sum = 0L;
            foreach (var student in students)
                sum += HandWritten.Assess(student, AsOf).Findings.Length;
            return sum;
        });

    internal Side OurJson => new("JSON line to JSON line", () =>
        {
            var sum = 0L;
            foreach (var text in lines)
                sum += AssessLine(text).Length;
            return sum;
        });

    internal Side TheirJson => new("JsonSerializer at both ends", () =>
        {
            var sum = 0L;
            foreach (var text in lines)
                sum += HandLine(text).Length;
            return sum;
        });

    /// <summary>Nothing is timed before both sides give the same answers on every row.</summary>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    internal void Agree()
    {
        var verdicts = new Dictionary<Verdict, int>();
        for (var i = 0; i < Count; i++)
        {
            var ours = programme.Assess(rows[i], reading)!;
            var theirs = HandWritten.Assess(students[i], AsOf);
            var same =
                ours.Verdict == theirs.Verdict
                && programme.Schema.Names(ours.Missing).SequenceEqual(theirs.Missing)
                && ours.Findings.Select(f => (f.Rule.Id, f.Outcome, f.Rule.Message))
                    .SequenceEqual(theirs.Findings.Select(f => (f.Rule, f.Outcome, f.Message)))
                && ours.Findings.Zip(theirs.Findings)
                    .All(f =>
                        f.First.Rule.Provisions.SequenceEqual(f.Second.Provisions)
                        && programme.Schema.Names(f.First.Missing).SequenceEqual(f.Second.Missing ?? [])
                    )
                && AssessLine(lines[i]).ToArray().AsSpan().SequenceEqual(HandLine(lines[i]));
            if (!same)
                throw new InvalidOperationException(
                    $"Row {i} differs: {Encoding.UTF8.GetString(AssessLine(lines[i]))}\n{Encoding.UTF8.GetString(HandLine(lines[i]))}"
                );
            verdicts[ours.Verdict] = verdicts.GetValueOrDefault(ours.Verdict) + 1;
        }

        if (verdicts.Count != 3)
            throw new InvalidOperationException("Rows that do not come to every verdict prove little.");
        Console.WriteLine(
            $"{Count} rows agree, byte for byte in JSON: {string.Join(", ", verdicts.Select(v => $"{v.Key} {v.Value}"))}"
        );
    }

    public void Dispose() => writer.Dispose();

    private long Read(Assessment assessment)
    {
        var sum = (long)assessment.Verdict + Names(assessment.Missing);
        for (var i = 0; i < assessment.Count; i++)
        {
            var finding = assessment[i];
            sum +=
                finding.Rule.Id.Length
                + (int)finding.Outcome
                + (finding.Rule.Provisions is null ? 1 : 0)
                + finding.Rule.Message.Length
                + Names(finding.Missing);
        }

        return sum;
    }

    private long Names(ulong facts)
    {
        var sum = 0L;
        for (; facts != 0; facts &= facts - 1)
            sum += fields[BitOperations.TrailingZeroCount(facts)].Name.Length;
        return sum;
    }

    private ReadOnlySpan<byte> AssessLine(byte[] text)
    {
        if (reader.ReadRequest(text, AsOf, line) is { } fault)
            throw new InvalidOperationException(fault.Message);
        output.ResetWrittenCount();
        AssessmentJson.Write(programme.Assess(line, reading)!, output);
        return output.WrittenSpan;
    }

    /// <summary>
    /// Into a buffer and a writer that are used again, which is the least that the serializer can cost.
    /// </summary>
    private ReadOnlySpan<byte> HandLine(byte[] text)
    {
        var request = JsonSerializer.Deserialize<Request>(text, Request.Json)!;
        output.ResetWrittenCount();
        writer.Reset();
        JsonSerializer.Serialize(writer, HandWritten.Assess(request.Facts, request.AsOf ?? AsOf), Request.Json);
        writer.Flush();
        return output.WrittenSpan;
    }
}
