using System.Net;
using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.ListImports;
using EduAssist.Office.Privacy;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web;

/// <summary>
/// The data of one student: shown in full to those who may, handed over whole, and erased when the time has come.
/// </summary>
public class PersonalDataTests
{
    /// <summary>The bureau that a student is under: of the prefecture, where it runs the school itself.</summary>
    private static Grant BureauOf(Student student) =>
        student.Scope.Split('/')[0] is var division && division.Length > 4
            ? new(Role.County, division)
            : new(Role.Prefecture, division);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Somebody_is_revealed_handed_over_and_erased_and_what_was_done_stays(DatabaseKind kind)
    {
        var served = await Demo(kind);
        await using (served)
        {
            var stored = served.Stored;
            var (student, one) = await Somebody(stored);
            var path = $"/api/registry/students/{student.Id}";
            var words = Words(student);
            Assert.Equal(8, words.Count);

            using var school = await As(
                served,
                "school-of-theirs",
                new Grant(Role.School, ScopePath.SchoolOf(student.Scope))
            );
            using var auditor = await As(served, "looks-only", new Grant(Role.Auditor, ""));
            using var elsewhere = await As(served, "elsewhere", new Grant(Role.County, "530102"));
            using var county = await As(served, "their-county", BureauOf(student));
            Assert.Equal(
                (HttpStatusCode.Forbidden, HttpStatusCode.NotFound),
                (await Status(auditor, $"{path}/reveal"), await Status(elsewhere, $"{path}/reveal"))
            );
            var before = await Lines(stored, "student/reveal");
            var shown = await school.Act($"{path}/reveal", "{}");
            Assert.Equal(
                (student.ResidentId, student.Phone, student.Guardians[0].Phone),
                ((string?)shown["residentId"], (string?)shown["phone"], (string?)shown["guardians"]![0]!["phone"])
            );
            Assert.Equal(before + 1, await Lines(stored, "student/reveal"));

            var kept = await county.GetStringAsync($"{path}/personal-data", Now);
            Assert.All(words, w => Assert.Contains(w, kept, StringComparison.Ordinal));
            var data = JsonNode.Parse(kept)!["data"]!.AsObject();
            Assert.Superset(
                new HashSet<string>
                {
                    "core_student",
                    "core_guardian",
                    "core_roll",
                    "core_roll_standing",
                    "core_case",
                    "core_case_event",
                    "core_kept_assessment",
                    "chuxiong_application",
                },
                data.Select(t => t.Key).ToHashSet()
            );
            Assert.Equal(1, await Lines(stored, "student/personal-data"));

            Assert.Equal(HttpStatusCode.Forbidden, await Status(school, $"{path}/erase", """{"reason":"本人申请"}""")); // who uses a roll does not erase it
            await Refused(county, path, "还在籍");
            await End(stored, student.Id, one, closed: false);
            await Refused(county, path, "没有办结");
            await End(stored, student.Id, one, closed: true);
            await Refused(county, path, "保管期未满：到 2031-05-06");
            stored.Turn(new(2031, 5, 5));
            await Refused(county, path, "保管期未满");
            stored.Turn(new(2031, 5, 6));

            var backup = Path.Combine(stored.Folder, "before.backup");
            Backup.Write(stored.Commands.Database, backup, stored.Instance.Today.Now);
            var events = await Events(stored, one);

            // the list of the erased is written first: where it cannot be, nobody is erased
            var list = Path.Combine(stored.Folder, "erased.txt");
            Directory.CreateDirectory(list);
            Assert.Equal(
                HttpStatusCode.InternalServerError,
                await Status(county, $"{path}/erase", """{"reason":"本人申请"}""")
            );
            Directory.Delete(list);
            await using (var db = stored.Read())
                Assert.Equal(student.Name, (await db.Set<Student>().SingleAsync(s => s.Id == student.Id, Now)).Name);
            var answers = await Answers(stored, student, one);
            foreach (var (key, text) in answers)
                Assert.Equal(text, await Again(stored, key));
            await county.Act($"{path}/erase", $$"""{"reason":"{{student.Name}}本人申请，电话 {{student.Phone}}"}""");
            Assert.Equal($"{student.Id}\n", await File.ReadAllTextAsync(list, Now));
            await Refused(county, path, "已经删除");
            var left = await county.GetStringAsync($"{path}/personal-data", Now);
            Assert.All(words, w => Assert.DoesNotContain(w, left, StringComparison.Ordinal));
            Assert.Equal(events, await Events(stored, one));
            foreach (var (key, text) in answers)
                Assert.Equal((key, key == "others" ? text : "{}"), (key, await Again(stored, key)));
            await using (var db = stored.Read())
            {
                Assert.Equal(
                    "…本人申请，电话 …",
                    (await db.Set<AuditEntry>().SingleAsync(a => a.Action == "student/erase", Now)).Detail
                );
                Assert.Equal(
                    PersonalData.Erased,
                    (await db.Set<Student>().SingleAsync(s => s.Id == student.Id, Now)).Name
                );
            }

            await stored.Commands.SealAsync(Now);
            Assert.Empty((await AuditChain.VerifyAsync(stored.Commands.Database)).Faults);
            Assert.Equal(
                HttpStatusCode.OK,
                (await school.GetAsync($"/api/chuxiong/applications/{one}", Now)).StatusCode
            ); // the case is still there to be read
            await Restored(stored, backup, student.Id);
        }
    }

    private static async Task<Served> Demo(DatabaseKind kind)
    {
        var served = new Served(kind, today: new(2021, 5, 6));
        await served.InitializeAsync();
        await served.Stored.Commands.PrepareDatabaseAsync(demo: true);
        return served;
    }

    /// <summary>Somebody of whom all is known: not everybody has a telephone.</summary>
    private static async Task<(Student Student, Guid Case)> Somebody(Stored stored)
    {
        await using var db = stored.Read();
        var assessed = await db.Set<StoredAssessment>()
            .Where(a => a.CaseId != null && a.StudentId != null)
            .Select(a => a.CaseId)
            .ToListAsync(Now);
        var one = await db.Set<Case>()
            .Where(c =>
                c.Workflow == "chuxiong.application"
                && assessed.Contains(c.Id)
                && c.Student!.Rolls.All(r => r.State == RollState.OnRoll)
                && c.Student.Phone != null
                && c.Student.Guardians.All(g => g.Phone != null)
                && c.Student.Guardians.Any()
            )
            .OrderBy(c => c.Id)
            .FirstAsync(Now);
        return (
            await db.Set<Student>()
                .Include(s => s.Guardians)
                .Include(s => s.Rolls)
                .SingleAsync(s => s.Id == one.StudentId, Now),
            one.Id
        );
    }

    /// <summary>As JSON has them: a character beyond the basic plane is always escaped there.</summary>
    private static List<string> Words(Student student) =>
        [
            .. new[]
            {
                student.Name,
                student.ResidentId,
                student.NationalNumber,
                student.Phone,
                student.Address,
                student.Guardians[0].Name,
                student.Guardians[0].Phone,
                student.Rolls[0].Number,
            }
                .OfType<string>()
                .Select(w => JsonEncodedText.Encode(w, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value),
        ];

    private static async Task<HttpClient> As(Served served, string name, Grant grant) =>
        served.Another(await served.SignedIn(name, grant));

    private static async Task<HttpStatusCode> Status(HttpClient client, string path, string body = "{}")
    {
        using var answer = await client.Ask(path, body);
        return answer.StatusCode;
    }

    private static async Task Refused(HttpClient client, string path, string why)
    {
        using var answer = await client.PostAsJsonAsync($"{path}/erase", new { reason = "本人申请" }, Now);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(
            why,
            (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Now))!["detail"]!,
            StringComparison.Ordinal
        );
    }

    /// <summary>The rolls end on 1 May 2021; the case is closed, or not.</summary>
    private static Task End(Stored stored, Guid student, Guid one, bool closed) =>
        stored.Do(async work =>
        {
            foreach (var roll in await work.Db.Set<Roll>().Where(r => r.StudentId == student).ToListAsync())
                (roll.State, roll.Since) = (RollState.Graduated, new(2021, 5, 1));
            foreach (var its in await work.Db.Set<Case>().Where(c => c.StudentId == student).ToListAsync())
                (its.State, its.ChangedAt) = (closed ? "Withdrawn" : "Submitted", work.Now);
            work.Audit("test/end", one, "");
            return CommandResult.Done();
        });

    /// <summary>Answers that are kept for a key: on a row of theirs, on many rows, and on none.</summary>
    private static async Task<List<(string Key, string Text)>> Answers(Stored stored, Student student, Guid one)
    {
        var nobody = Guid.NewGuid();
        (string Key, CommandResult Result)[] given =
        [
            ("case", Lacking(nobody, "一名学生") with { Id = one }),
            ("roll", Lacking(nobody, "一名学生") with { Id = student.Rolls[0].Id }),
            ("import", Lacking(nobody, $"{student.Name}：七年级1班")),
            ("import-by-id", Lacking(one, "一名学生")),
            ("refused", CommandResult.Refused($"不能办理：{student.Guardians[0].Name}没有签字。")),
            ("others", Lacking(nobody, "从未有过的人：七年级1班")),
        ];
        List<(string, string)> texts = [];
        foreach (var (key, result) in given)
        {
            Assert.Equal(result.Text, await Again(stored, key, result));
            texts.Add((key, result.Text));
        }

        return texts;

        static CommandResult Lacking(Guid id, string text) =>
            CommandResult.Done(
                new ImportOutcome("f", ImportMode.Whole, true, 1, 1, 0, 0, 1, 0, 0, 1, [], [new(id, text)], [], [])
            );
    }

    /// <summary>What a key is answered: as before, or, if that is gone, what the command gives.</summary>
    private static async Task<string> Again(Stored stored, string key, CommandResult? given = null)
    {
        var result = await stored.Commands.ExecuteAsync(new(Actor.Local, key), work =>
        {
            work.Audit("test/answer", null, "");
            return Task.FromResult(given ?? CommandResult.Done());
        });
        return result.Text;
    }

    private static async Task<int> Lines(Stored stored, string action)
    {
        await using var db = stored.Read();
        return await db.Set<AuditEntry>().CountAsync(a => a.Action == action, Now);
    }

    private static async Task<List<string>> Events(Stored stored, Guid one)
    {
        await using var db = stored.Read();
        return
        [
            .. (await db.Set<CaseEvent>().Where(e => e.CaseId == one).OrderBy(e => e.Sequence).ToListAsync(Now)).Select(
                e => $"{e.Sequence} {e.Action} {e.From} {e.To} {e.At} {e.Actor}"
            ),
        ];
    }

    /// <summary>A backup from before knows the person; the next start erases them again.</summary>
    private static async Task Restored(Stored stored, string backup, Guid student)
    {
        var elsewhere = new Database(stored.Another(), stored.Folder, null, stored.Instance.Tables);
        BackupRestore.Restore(elsewhere, backup, replace: false, stored.Instance.Today.Now, _ => { });
        elsewhere.Upgrade(stored.Instance.Today.Now, _ => { });
        Assert.NotEqual(PersonalData.Erased, await NameIn());
        using var commands = new CommandExecutor(stored.Instance, elsewhere);
        await commands.PrepareDatabaseAsync(demo: true);
        Assert.Equal(PersonalData.Erased, await NameIn());

        async Task<string> NameIn()
        {
            await using var db = elsewhere.Read(AccessScope.Everything);
            return (await db.Set<Student>().SingleAsync(s => s.Id == student, Now)).Name;
        }
    }
}
