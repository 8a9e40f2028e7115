using EduAssist.Documents.Forms;
using EduAssist.Documents.Spreadsheets;

namespace EduAssist.Core.Forms;

/// <summary>Lists of a form as files.</summary>
public class FormListTests
{
    private static readonly NotesForm Form = new();

    [Theory]
    [InlineData(SpreadsheetFormat.Csv)]
    [InlineData(SpreadsheetFormat.Xlsx)]
    [InlineData(SpreadsheetFormat.Ndjson)]
    public void A_list_is_read_no_further_than_somebody_waits_for_it(SpreadsheetFormat format)
    {
        using var file = new MemoryStream();
        FormList.Write(Form, Rows(20_000), file, format);
        file.Position = 0;
        Assert.Equal(20_000, FormList.Read(Form, file, format, EveryKindForm.Context).Rows.Count);

        using var waiting = new CancellationTokenSource();
        file.Position = 0;
        using var left = new LeftAlone(file, waiting);
        Assert.Throws<OperationCanceledException>(() =>
            FormList.Read(Form, left, format, EveryKindForm.Context with { Cancellation = waiting.Token }));
        Assert.Equal(1, left.Reads);
        Assert.True(left.CanRead);
    }

    [Fact]
    public void The_rows_of_a_list_are_checked_no_further_either()
    {
        using var waiting = new CancellationTokenSource();
        waiting.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            Form.Check(Rows(1), EveryKindForm.Context with { Cancellation = waiting.Token }));
    }

    [Fact]
    public void A_heading_of_a_page_is_not_read_to_its_end()
    {
        var heading = "题" + new string('　', 30_000) + "目";
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{heading}\n序号,名称,说明\n1,甲,乙\n"));
        Assert.Single(FormList.Read(Form, file, SpreadsheetFormat.Csv, EveryKindForm.Context).Rows);
    }

    private static FormValues Rows(int count) => new FormValues().With("rows",
        [.. Enumerable.Range(0, count).Select(i => new FormValues { ["name"] = $"甲{i}", ["note"] = $"{i * 7919}" })]);

    private sealed class Note(FormBinder form)
    {
        public string? Name { get; } = form.Text("名称");
        public string? Text { get; } = form.Text("说明", name: "Note");
    }

    private sealed class Notes(FormBinder form)
    {
        public IReadOnlyList<Note> Rows { get; } = form.Rows("说明", row => new Note(row), serial: "序号");
    }

    private sealed class NotesForm() : Form<Notes>("test.notes", "说明", ["t1/1"], form => new(form))
    {
        public override FormLayout Layout { get; } = new();
    }

    /// <summary>A file whose reader goes away when it was read once.</summary>
    private sealed class LeftAlone(MemoryStream file, CancellationTokenSource waiting) : MemoryStream(file.ToArray())
    {
        public int Reads { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            Reads++;
            waiting.Cancel();
            return base.Read(buffer);
        }
    }
}
