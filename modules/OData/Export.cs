using System.IO.Pipelines;
using EduAssist.Data;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Office.Listings;
using Microsoft.AspNetCore.Http;

namespace EduAssist.OData;

/// <summary>
/// A listing as a list for spreadsheets, with Chinese headings: read page by page, whatever its length, and noted in
/// the audit.
/// </summary>
internal sealed class Export(
    CommandExecutor commands,
    Model model,
    Limits limits,
    Actor actor,
    Func<IListing, Column, string, string?> meaning
)
{
    private const int MostSheetRows = 1_048_575;

    internal async Task WriteAsync(HttpContext http, Question question, Format format)
    {
        if (question.SkipToken is not null)
            throw QueryException.Invalid("导出的名册没有分页。");
        if (
            question.SelectExpand?.SelectedItems.Any(i => i is Microsoft.OData.UriParser.ExpandedReferenceSelectItem)
            == true
        )
            throw QueryException.NotImplemented("导出中的 $expand");
        var (page, count) = await ReadAsync(http, question);
        if (format.Kind == Kind.Xlsx && count > MostSheetRows)
            throw QueryException.Limit(
                $"一张工作表最多 {MostSheetRows} 行，而结果有 {count} 行；请改用 CSV，或缩小范围。"
            );
        await NoteAsync(question, format);
        http.Response.ContentType = format.ContentType;
        http.Response.Headers["OData-Version"] = format.Version;
        http.Response.Headers.ContentDisposition =
            $"attachment; filename=\"{question.Set.Name}.{format.Kind.ToString().ToLowerInvariant()}\"; filename*=UTF-8''{Uri.EscapeDataString(question.Set.Listing.Title)}.{format.Kind.ToString().ToLowerInvariant()}";
        await using var body = new Outflow(http.Response.BodyWriter);
        var roster = format.Kind == Kind.Csv ? SpreadsheetFormat.Csv : SpreadsheetFormat.Xlsx;
        using (
            var writer = SpreadsheetWriter.Create(
                body,
                roster,
                Headings(page.Fields),
                [.. page.Fields.Select(f => KindOf(f.Type))]
            )
        )
        {
            while (true)
            {
                foreach (var row in page.Rows)
                    writer.Write([
                        .. page.Fields.Select(f => row[f.Index] is { } value ? Spoken(question.Set, f, value) : null),
                    ]);
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
                if (page.Next is not { } next)
                    break;
                (page, _) = await ReadAsync(
                    http,
                    question with
                    {
                        SkipToken = next.Write(commands.Database.Keys, question.Fingerprint),
                        Counts = false,
                    }
                );
            }
        }

        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    /// <summary>A value as OData writes it.</summary>
    internal static string Plain(Field field, object value) =>
        value switch
        {
            string text => Answer.Shown(field.Column, text),
            bool flag => flag ? "true" : "false",
            Enum word => $"{word}".Replace(", ", ",", StringComparison.Ordinal),
            DateOnly day => $"{day:yyyy-MM-dd}",
            DateTimeOffset instant => instant.ToOffset(Today.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz"),
            _ => $"{value}",
        };

    /// <summary>A value as a person reads it: codes and closed lists by their words.</summary>
    private string Spoken(Set set, Field field, object value) =>
        value switch
        {
            string code when field.Column is { Codes: not null } column => meaning(set.Listing, column, code) ?? code,
            bool flag => flag ? "是" : "否",
            Enum word => Words.For(word),
            DateTimeOffset instant => instant.ToOffset(Today.Offset).ToString("yyyy-MM-dd HH:mm:ss"),
            _ => Plain(field, value),
        };

    /// <summary>
    /// The kind of column for a type. Numbers that identify something (resident IDs, telephones, codes) are texts in
    /// the listing already.
    /// </summary>
    private static RosterColumnKind KindOf(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            { IsEnum: true } => RosterColumnKind.Text,
            var day when day == typeof(DateOnly) => RosterColumnKind.Day,
            var instant when instant == typeof(DateTimeOffset) => RosterColumnKind.Instant,
            var other => Type.GetTypeCode(other) is >= TypeCode.SByte and <= TypeCode.Decimal
                ? RosterColumnKind.Number
                : RosterColumnKind.Text,
        };

    /// <summary>Titles; a name of code where two columns have the same.</summary>
    private static string[] Headings(IReadOnlyList<Field> fields)
    {
        var titles = fields.Select(f => f.Column?.Title ?? f.Name.Value).ToList();
        return [.. titles.Select((t, i) => titles.IndexOf(t) == i ? t : $"{t}（{fields[i].Name.Value}）")];
    }

    /// <summary>Reads a page. The time limit is one of a page, not of the whole list, however long that is.</summary>
    private async Task<(Page Page, long? Count)> ReadAsync(HttpContext http, Question question)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        time.CancelAfter(TimeSpan.FromSeconds(limits.Seconds));
        await using var db = commands.Database.Read(actor.AccessScope);
        db.EndWith(time.Token);
        var page = await new Reader(
            model,
            new(db, commands.Policy),
            commands.Database.Keys,
            limits,
            time.Token
        ).ReadAsync(question with { Counts = question.SkipToken is null }, limits.Page);
        return (page, page.Count);
    }

    /// <summary>
    /// Notes in the audit who exported what. The values of the condition are left out, since they may be names.
    /// </summary>
    private async Task NoteAsync(Question question, Format format) => await commands.ExecuteAsync(new(actor), work =>
        {
            var what = $"{question.Set.Name} {format.Kind.ToString().ToLowerInvariant()}";
            work.Audit("odata/export", null, actor.Places, what);
            return Task.FromResult(CommandResult.Done());
        });

    /// <summary>
    /// A stream for writers that write synchronously, which the body of a response refuses: it fills the response's
    /// pipe, and FlushAsync sends it.
    /// </summary>
    private sealed class Outflow(PipeWriter pipe) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            buffer.CopyTo(pipe.GetSpan(buffer.Length));
            pipe.Advance(buffer.Length);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
