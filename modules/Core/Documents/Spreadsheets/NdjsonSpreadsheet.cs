using System.Text.Json;

namespace EduAssist.Documents.Spreadsheets;

/// <summary>
/// Reads one JSON object a line: a flat one, or the shape of the API, <c>{"asOf":"2020-05-08","facts":{…}}</c>, whose
/// facts are the cells. What is wrong with a line is that row's fault.
/// </summary>
internal static class NdjsonSpreadsheet
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    public static Spreadsheet Open(Stream stream)
    {
        var text = new StreamReader(stream, TextEncoding.Detect(stream), true, 1 << 16, leaveOpen: true);
        var rows = Rows(text).GetEnumerator();
        if (rows.MoveNext())
            return new Spreadsheet([], From(rows), rows, text) { Format = SpreadsheetFormat.Ndjson };
        text.Dispose();
        throw new SpreadsheetException(SpreadsheetFault.Empty, "文件是空的，没有任何内容。");
    }

    private static IEnumerable<SpreadsheetRow> From(IEnumerator<SpreadsheetRow> rows)
    {
        do yield return rows.Current;
        while (rows.MoveNext());
    }

    private static IEnumerable<SpreadsheetRow> Rows(StreamReader text)
    {
        var number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Row(number, line);
        }
    }

    private static SpreadsheetRow Row(int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, Strict);
            var cells = new List<SpreadsheetCell>();
            var (asOf, fault) = Read(json.RootElement, cells);
            for (var i = 0; i < cells.Count; i++)
                SpreadsheetReader.CheckLength(cells[i].Text, number, $"第 {i + 1} 栏");
            return fault is null ? new(number, cells) { AsOf = asOf } : new(number, []) { Fault = fault };
        }
        catch (JsonException e)
        {
            return new(number, []) { Fault = $"不是合法的 JSON（第 {e.BytePositionInLine + 1} 字节附近）。" };
        }
        catch (InvalidOperationException) // a string with half of a surrogate pair, "\ud800", is JSON but no text
        {
            return new(number, []) { Fault = "含有不成文字的 \\u 转义。" };
        }
    }

    private static (string? AsOf, string? Fault) Read(JsonElement row, List<SpreadsheetCell> cells)
    {
        if (row.ValueKind != JsonValueKind.Object)
            return (null, "不是 JSON 对象。");
        string? asOf = null;
        var names = new HashSet<string>();
        var wrapped = row.TryGetProperty("facts", out var facts);
        foreach (var property in row.EnumerateObject())
        {
            if (!names.Add(property.Name))
                return (null, $"「{property.Name}」出现了两次。");
            if (property.NameEquals("asOf"))
            {
                if (property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                    return (null, "「asOf」应是日期文本。");
                asOf = property.Value.GetString();
            }
            else if (!wrapped)
            {
                if (Cell(property) is not { } cell)
                    return (null, Nested(property));
                cells.Add(cell);
            }
            else if (!property.NameEquals("facts"))
                return (null, $"「{property.Name}」不在 facts 之内。");
        }
        return (asOf, wrapped ? ReadFacts(facts, cells) : null);
    }

    private static string? ReadFacts(JsonElement facts, List<SpreadsheetCell> cells)
    {
        if (facts.ValueKind != JsonValueKind.Object)
            return "「facts」应是 JSON 对象。";
        var names = new HashSet<string>();
        foreach (var property in facts.EnumerateObject())
        {
            if (!names.Add(property.Name))
                return $"「{property.Name}」出现了两次。";
            if (Cell(property) is not { } cell)
                return Nested(property);
            cells.Add(cell);
        }
        return null;
    }

    private static SpreadsheetCell? Cell(JsonProperty property) =>
        property.Value.ValueKind switch
        {
            JsonValueKind.Null => new(property.Name, null, SpreadsheetCellKind.Blank),
            JsonValueKind.String => new(property.Name, property.Value.GetString(), SpreadsheetCellKind.Text),
            JsonValueKind.Number => new(property.Name, property.Value.GetRawText(), SpreadsheetCellKind.Number),
            JsonValueKind.True => new(property.Name, "true", SpreadsheetCellKind.Boolean),
            JsonValueKind.False => new(property.Name, "false", SpreadsheetCellKind.Boolean),
            _ => null,
        };

    private static string Nested(JsonProperty property) => $"「{property.Name}」是嵌套的对象或数组，应是单个值。";
}
