using System.Buffers;
using System.Text;

namespace EduAssist.OData;

/// <summary>
/// Numbers of persons under another name: the ways by which a prototype told them, and their kin. Each is refused; with
/// the guard left out each of them tells the number, so that it is the guard that is tested here.
/// </summary>
public class GuardTests(AskedOnSqlite asked) : IClassFixture<AskedOnSqlite>
{
    private const string Number = "53230119990101123X";

    public static TheoryData<string> Leaks =>
        [
            "ToyThings?$apply=compute(Secret as P)/groupby((P))",
            "ToyMakers?$expand=Things($compute=Secret as X;$select=X)",
            "ToyThings?$compute=Secret as P&$select=P",
            "ToyThings?$apply=groupby((Grade),aggregate(Secret with max as M))",
            "ToyThings?$apply=compute(Secret as P)/aggregate(P with max as M)",
            "ToyThings?$compute=Maker/Name as M,Secret as P&$filter=M ne null&$orderby=P",
        ];

    [Theory, MemberData(nameof(Leaks))]
    public async Task A_number_under_another_name_is_refused(string path) =>
        Assert.Equal((400, "personal-data"), await asked.Served.Refusal(path));

    [Theory, MemberData(nameof(Leaks))]
    public async Task Planted_without_the_guard_it_is_told(string path)
    {
        var stored = asked.Served.Stored;
        var (model, limits) = (new Model(stored.Instance.Catalogue.Listings), new Limits());
        var (set, options) = path.Split('?', 2) is [var first, var second]
            ? (first, new Options(first, second))
            : throw new InvalidOperationException(path);
        var parsed = Asked.Parse(model, set, options, limits, guard: null);
        await using var db = stored.Read();
        var reader = new Reader(model, new(db, stored.Instance), stored.Commands.Database.Keys, limits, default);
        var question = Question.Create(await reader.FollowAsync(parsed.Path), parsed, options);
        var written = new ArrayBufferWriter<byte>();
        using var answer = new Answer(written, new(Kind.Json, MetadataLevel.None, false, false), "http://service/");
        answer.Begin("");
        answer.Write(await reader.ReadAsync(question, 1000), next: null);
        Assert.Contains(Number, Encoding.UTF8.GetString(written.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_is_there() => Assert.Contains(AskedOnly.Things, t => t.Secret == Number);
}
