using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using EduAssist.Kernel.Registry;

namespace EduAssist.Kernel.Policy;

/// <summary>Something that cannot be a fact.</summary>
/// <param name="Fact">The name as given; empty when the whole is malformed.</param>
/// <param name="Message">One line, in Chinese.</param>
public sealed record FactFault(string Fact, string Message);

/// <summary>
/// Fills a row of facts from JSON or from the cells of a roster: the one place where a value is checked against its
/// field.
/// </summary>
/// <param name="schema">The facts of a programme.</param>
/// <param name="divisions">The divisions that exist and existed.</param>
public sealed class FactReader(FactSchema schema, Divisions divisions)
{
    private static readonly string[] RosterDates =
        ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    /// <summary>The facts that are read.</summary>
    public FactSchema Schema => schema;

    /// <summary>Reads <c>{ "asOf": …, "facts": { … } }</c>.</summary>
    /// <param name="json">One JSON object in UTF-8, and nothing after it.</param>
    /// <param name="today">The day as of which, where the object does not say.</param>
    /// <param name="facts">Cleared, then filled.</param>
    /// <returns>Null when all of it could be read.</returns>
    public FactFault? ReadRequest(ReadOnlySpan<byte> json, DateOnly today, Facts facts)
    {
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        // Programs that send many rows write them compactly and in one order; read as such they cost a third of what
        // they cost as any JSON.
        return (ReadCompact(new(json), today, facts) ? null : ReadAny(json, today, facts)) ?? Impossible(facts);
    }

    /// <summary>
    /// What no single value shows: a birth or a leaving after the day of the assessment. To be asked once a row is
    /// filled.
    /// </summary>
    public FactFault? Impossible(Facts facts) => facts.Impossible(schema) is { } field
        ? new(field.Name, $"「{field.Title}」不能晚于评估基准日 {facts.AsOf:yyyy-MM-dd}。") : null;

    private FactFault? ReadAny(ReadOnlySpan<byte> json, DateOnly today, Facts facts)
    {
        facts.Clear();
        facts.AsOf = today;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
        try
        {
            return ReadRequest(ref reader, facts) ?? (reader.Read() ? new("", "JSON 对象之后还有多余内容。") : null);
        }
        catch (JsonException malformed)
        {
            return new("", $"不是有效的 JSON（第 {malformed.BytePositionInLine + 1} 字节附近）。");
        }
        catch (InvalidOperationException)   // a string of invalid UTF-8 or with a lone surrogate
        {
            return new("", "JSON 中有无效的文字编码。");
        }
    }

    /// <summary>
    /// Reads one cell of a roster. Blank is unknown; so is 无 or / where a number, a day or a division is asked for.
    /// </summary>
    /// <param name="column">The fact.</param>
    /// <param name="text">
    /// The cell; 是 否 true false 1 0 √ for yes and no, a choice by its name or its Chinese title.
    /// </param>
    /// <param name="facts">Where it goes.</param>
    /// <returns>What is wrong with the cell, in Chinese; null when nothing is.</returns>
    public string? ReadCell(int column, string? text, Facts facts)
    {
        var cell = text.AsSpan().Trim();
        if (cell.IsEmpty) return null;
        var field = schema.Fields[column];
        if (field.Kind is FactKind.Number or FactKind.Date or FactKind.Division && BlankWords.Says(cell)) return null;
        var value = field.Kind switch
        {
            FactKind.YesNo => YesNo(cell),
            FactKind.Number when field.IsGrade && GradeNamed(text!, facts.AsOf) is { } grade => grade,
            FactKind.Number => Whole(cell) ?? Whole(Narrow(cell)),
            FactKind.Date => Day(cell, RosterDates),
            FactKind.OneOf => Choice(field, cell),
            _ => Whole(cell),
        };
        return Give(column, field, value, facts) ? null : Wrong(field, text!.Trim());
    }

    /// <summary>
    /// Reads <c>{"asOf":"…","facts":{…}}</c>, the facts in the order of the schema. False: it is another JSON or none,
    /// and the row is to be cleared.
    /// </summary>
    private bool ReadCompact(CompactJson json, DateOnly today, Facts facts)
    {
        facts.Clear();
        facts.AsOf = today;
        if (!json.Skip("{"u8)) return false;
        if (json.Skip("\"asOf\":"u8))
        {
            if (json.Day() is not { } day || !json.Skip(","u8)) return false;
            facts.AsOf = DateOnly.FromDayNumber((int)day);
        }

        if (!json.Skip("\"facts\":{"u8)) return false;
        for (var column = 0; column < schema.JsonMembers.Length; column++)
        {
            if (!json.Skip(schema.JsonMembers[column])) continue;
            var field = schema.Fields[column];
            if (!json.Skip("null"u8) && !Give(column, field, CompactValue(ref json, field), facts)) return false;
            if (!json.Skip(","u8)) return json.Skip("}}"u8) && json.IsAtEnd;
        }

        return false;
    }

    private static long? CompactValue(ref CompactJson json, FactField field)
    {
        switch (field.Kind)
        {
            case FactKind.YesNo:
                return json.YesNo();
            case FactKind.Number:
                return json.Whole();
            case FactKind.Date:
                return json.Day();
            case FactKind.Division when json.Skip("\""u8):
                return json.Whole() is { } code && json.Skip("\""u8) ? code : null;
            case FactKind.Division:
                return json.Whole();
            case FactKind.OneOf when json.Quoted(out var name):
                for (var i = 0; i < field.Choices.Count; i++)
                {
                    if (name.SequenceEqual(field.Choices[i].JsonName.EncodedUtf8Bytes)) return i;
                }

                return null;
            default:
                return null;
        }
    }

    private FactFault? ReadRequest(ref Utf8JsonReader json, Facts facts)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return new("", "须为一个 JSON 对象：{ \"asOf\": …, \"facts\": { … } }。");
        bool hasDay = false, hasFacts = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("facts"u8))
            {
                if (hasFacts) return new("facts", "facts 出现了两次。");
                hasFacts = true;
                json.Read();
                if (ReadFacts(ref json, facts) is { } fault) return fault;
            }
            else if (json.ValueTextEquals("asOf"u8))
            {
                if (hasDay) return new("asOf", "asOf 出现了两次。");
                hasDay = true;
                json.Read();
                if (json.TokenType == JsonTokenType.Null) continue;
                if (json.TokenType != JsonTokenType.String || Day(json.GetString(), "yyyy-MM-dd") is not { } day)
                    return new("asOf", "asOf 须为 yyyy-MM-dd 形式的日期。");
                facts.AsOf = DateOnly.FromDayNumber((int)day);
            }
            else
            {
                return new(Short(json.GetString()!), $"不认识的成员“{Short(json.GetString()!)}”，只有 asOf 和 facts。");
            }
        }

        return hasFacts ? null : new("facts", "缺少 facts。");
    }

    private FactFault? ReadFacts(ref Utf8JsonReader json, Facts facts)
    {
        if (json.TokenType != JsonTokenType.StartObject) return new("facts", "facts 须为一个 JSON 对象。");
        var seen = 0UL;
        var guess = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var column = ColumnAt(ref json, guess);
            if (column < 0) return new(Short(json.GetString()!), $"不认识的事实“{Short(json.GetString()!)}”。");
            if ((seen >> column & 1) != 0)
                return new(schema.Fields[column].Name, $"事实 {schema.Fields[column].Name} 出现了两次。");
            seen |= 1UL << column;
            guess = column + 1;
            json.Read();
            if (json.TokenType != JsonTokenType.Null && ReadValue(ref json, column, facts) is { } fault) return fault;
        }

        return null;
    }

    /// <summary>The column of a name; those who send many rows send their facts in one order.</summary>
    private int ColumnAt(ref Utf8JsonReader json, int guess)
    {
        if (guess < schema.Fields.Count && json.ValueTextEquals(schema.Fields[guess].JsonName.EncodedUtf8Bytes))
            return guess;
        for (var i = 0; i < schema.Fields.Count; i++)
        {
            if (json.ValueTextEquals(schema.Fields[i].JsonName.EncodedUtf8Bytes)) return i;
        }

        return -1;
    }

    private FactFault? ReadValue(ref Utf8JsonReader json, int column, Facts facts)
    {
        var field = schema.Fields[column];
        var value = (field.Kind, json.TokenType) switch
        {
            (FactKind.YesNo, JsonTokenType.True) => 1,
            (FactKind.YesNo, JsonTokenType.False) => 0,
            (FactKind.Number or FactKind.Division, JsonTokenType.Number) => json.TryGetInt64(out var number)
                ? number : null,
            (FactKind.Division, JsonTokenType.String) => Whole(json.GetString()),
            (FactKind.Number, JsonTokenType.String) when field.IsGrade => GradeNamed(json.GetString()!, facts.AsOf),
            (FactKind.Date, JsonTokenType.String) => Day(json.GetString(), "yyyy-MM-dd"),
            (FactKind.OneOf, JsonTokenType.String) => ChoiceNamed(field, ref json),
            _ => (long?)null,
        };
        return Give(column, field, value, facts) ? null
            : new(field.Name, Wrong(field, JsonText(ref json)) + InJson(field));
    }

    private bool Give(int column, FactField field, [NotNullWhen(true)] long? value, Facts facts)
    {
        if (value is not { } given) return false;
        var possible = field.Kind == FactKind.Division ? IsDivision(given) : given >= field.Min && given <= field.Max;
        if (possible) facts.Set(column, given);
        return possible;
    }

    private bool IsDivision(long value) =>
        DivisionCode.TryFrom(value, out var code) && code.Level >= DivisionLevel.County
            && divisions.Standing(code) != DivisionStanding.NeverExisted;

    private static long? YesNo(ReadOnlySpan<char> cell) => cell switch
    {
        "是" or "√" or "1" => 1,
        "否" or "0" => 0,
        _ when cell.Equals("true", StringComparison.OrdinalIgnoreCase) => 1,
        _ when cell.Equals("false", StringComparison.OrdinalIgnoreCase) => 0,
        _ => null,
    };

    private static long? Whole(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    private static string Narrow(ReadOnlySpan<char> text) => string.Concat(
        text.ToString().Select(c => c is >= '０' and <= '９' ? (char)(c - '０' + '0') : c));

    /// <summary>A grade by a word; a number in quotes is none, as with every other fact.</summary>
    private static long? GradeNamed(string text, DateOnly on) =>
        text.Any(char.IsLetter) ? GradeWords.Read(text, on, null) : null;

    private static long? Day(ReadOnlySpan<char> text, params string[] formats) =>
        DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.DayNumber : null;

    private static long? Choice(FactField field, ReadOnlySpan<char> text)
    {
        for (var i = 0; i < field.Choices.Count; i++)
        {
            if (text.SequenceEqual(field.Choices[i].Name) || text.SequenceEqual(field.Choices[i].Title)) return i;
        }

        return null;
    }

    private static long? ChoiceNamed(FactField field, ref Utf8JsonReader json)
    {
        for (var i = 0; i < field.Choices.Count; i++)
        {
            if (json.ValueTextEquals(field.Choices[i].Name)) return i;
        }

        return null;
    }

    private static string JsonText(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => json.GetString()!,
        JsonTokenType.StartObject => "{…}",
        JsonTokenType.StartArray => "[…]",
        _ => System.Text.Encoding.UTF8.GetString(json.ValueSpan),
    };

    private static string Wrong(FactField field, string given) => $"{Requirement(field)}，不能是“{Short(given)}”。";

    /// <summary>Right as a word, wrong as JSON.</summary>
    private static string InJson(FactField field) => field.Kind switch
    {
        FactKind.YesNo => "JSON 中写 true 或 false，不加引号。",
        FactKind.Number => "JSON 中数字不加引号。",
        _ => "",
    };

    private static string Requirement(FactField field) => field.Kind switch
    {
        FactKind.YesNo => $"「{field.Title}」须为是或否",
        FactKind.Number => $"「{field.Title}」须为 {field.Min} 至 {field.Max} 的整数",
        FactKind.Date => $"「{field.Title}」须为日期（yyyy-MM-dd）",
        FactKind.OneOf => $"「{field.Title}」须为 {string.Join('、', field.Choices.Select(c => $"{c.Name}（{c.Title}）"))} 之一",
        _ => $"「{field.Title}」须为存在或曾存在的县级行政区划代码（6 位，乡镇 9 位）",
    };

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
