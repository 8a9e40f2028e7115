using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Cases;
using EduAssist.Office.Demo;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web;

/// <summary>
/// Many applications of one junior high that their school has approved. The first goes the whole way through the API;
/// the others are copies of what it left in the tables, each with a pupil, a form and keys of its own.
/// </summary>
internal sealed class Applicants(Served served)
{
    private const string Chosen = "楚雄技师学院";

    private readonly InventedPeople people = new(2020, served.Stored.Instance.Divisions);

    /// <summary>A junior high of 楚雄市.</summary>
    internal async Task<School> AddSchool(string name)
    {
        var school = School.Create(Guid.CreateVersion7(), name, SchoolKind.JuniorHigh, DivisionCode.Of(532301));
        await served.Stored.Do(work =>
        {
            work.Db.Add(school);
            work.Audit("school/add", school.Id, school.Scope);
            return Task.FromResult(CommandResult.Done());
        });
        return school;
    }

    /// <summary>八（一）：the county's plan, approved.</summary>
    internal async Task ApproveCounty()
    {
        var plan = await served.Client.Act(
            "/api/chuxiong/implementation-plans",
            """{"body":"楚雄市","year":2020,"summary":"送读安排。"}"""
        );
        plan = await served.Client.Act(
            $"/api/chuxiong/implementation-plans/{plan["id"]}/submit",
            "{}",
            plan["version"]
        );
        await served.Client.Act($"/api/chuxiong/implementation-plans/{plan["id"]}/approve", "{}", plan["version"]);
    }

    /// <summary>The approved applications, with the version that all of them have.</summary>
    internal async Task<(IReadOnlyList<Guid> Ids, long Version)> Approve(School school, int count)
    {
        List<(Roll Roll, InventedPerson Person)> pupils = [];
        await served.Stored.Do(work =>
        {
            var schoolClass = DemoRegistry.Group(work, school, 9, 2019, "九（1）班");
            for (var i = 0; i < count; i++)
            {
                var person = people.Next(DivisionCode.Of(532301), new(2004, 9, 1), new(2006, 8, 31));
                pupils.Add((DemoRegistry.Pupil(work, school, schoolClass, person, new(2019, 9, 1)), person));
            }

            work.Audit("school/pupils", school.Id, school.Scope, $"{count} rows");
            return Task.FromResult(CommandResult.Done());
        });
        const string Applications = "/api/chuxiong/applications";
        var first = await served.Client.Act(Applications, Paper(school, pupils[0].Person).ToJsonString());
        await served.Client.Act(
            $"{Applications}/{first["id"]}/assessments",
            """{"facts":{"persuadedBack":true,"willingToLearnSkills":true}}"""
        );
        first = await served.Client.Act($"{Applications}/{first["id"]}/submit", "{}", 2);
        first = await served.Client.Act(
            $"{Applications}/{first["id"]}/approve",
            """{"seal":true,"date":"2020-05-06"}""",
            first["version"]
        );
        var id = Guid.Parse((string)first["id"]!);
        var version = await Prove(id, school.Name);
        List<Guid> ids = [id];
        await served.Stored.Do(async work =>
        {
            work.Db.ChangeTracker.AutoDetectChangesEnabled = false;
            var one = await work.Db.Set<Case>().AsNoTracking().SingleAsync(c => c.Id == id);
            var events = await work
                .Db.Set<CaseEvent>()
                .AsNoTracking()
                .Where(e => e.CaseId == id)
                .OrderBy(e => e.Sequence)
                .ToListAsync();
            var kept = await work.Db.Set<StoredAssessment>().AsNoTracking().SingleAsync(a => a.CaseId == id);
            var filed = await work.Db.Set<Evidence>().AsNoTracking().SingleAsync(e => e.CaseId == id);
            var asked = await work.Db.Set<Confirmation>().AsNoTracking().SingleAsync(c => c.CaseId == id);
            var form = JsonNode.Parse(one.Form)!.AsObject();
            foreach (var (roll, person) in pupils.Skip(1))
            {
                var copy = Guid.CreateVersion7();
                ids.Add(copy);
                foreach (var (field, value) in Paper(school, person))
                    form[field] = value?.DeepClone();
                work.Db.Add(
                    new Case
                    {
                        Id = copy,
                        Workflow = one.Workflow,
                        State = one.State,
                        Year = one.Year,
                        StudentId = roll.StudentId,
                        Scope = one.Scope,
                        Counterpart = one.Counterpart,
                        Form = form.ToJsonString(),
                        Version = one.Version,
                        OpenedAt = one.OpenedAt,
                        ChangedAt = one.ChangedAt,
                    }
                );
                work.Db.AddRange(
                    events.Select(e => new CaseEvent
                    {
                        CaseId = copy,
                        Sequence = e.Sequence,
                        Action = e.Action,
                        From = e.From,
                        To = e.To,
                        At = e.At,
                        Actor = e.Actor,
                        Reason = e.Reason,
                        Input = e.Input,
                        Before = e.Before,
                    })
                );
                foreach (var e in events)
                    work.Audit($"{one.Workflow}/{e.Action}", copy, one.Scope);
                var (paper, said) = (Guid.CreateVersion7(), Guid.CreateVersion7());
                work.Db.Add(
                    new Evidence
                    {
                        Id = paper,
                        CaseId = copy,
                        Kind = filed.Kind,
                        Issuer = filed.Issuer,
                        Date = filed.Date,
                        FileName = filed.FileName,
                        ContentType = filed.ContentType,
                        Size = filed.Size,
                        Digest = filed.Digest,
                        Content = filed.Content,
                        At = filed.At,
                        Actor = filed.Actor,
                    }
                );
                work.Db.Add(
                    new Confirmation
                    {
                        Id = said,
                        EvidenceId = paper,
                        Round = 1,
                        CaseId = copy,
                        Workflow = one.Workflow,
                        Kind = filed.Kind,
                        StudentId = roll.StudentId,
                        StudentName = person.Name,
                        Issuer = filed.Issuer,
                        Date = filed.Date,
                        Scope = asked.Scope,
                        AskedAt = asked.AskedAt,
                        State = asked.State,
                        DecidedAt = asked.DecidedAt,
                        DecidedBy = asked.DecidedBy,
                    }
                );
                work.Db.Add(
                    new StoredAssessment
                    {
                        Id = work.NewId(),
                        Programme = kept.Programme,
                        RuleSet = kept.RuleSet,
                        AsOf = kept.AsOf,
                        CalendarVersion = kept.CalendarVersion,
                        Verdict = kept.Verdict,
                        Facts = kept.Facts,
                        Result = kept.Result,
                        CaseId = copy,
                        StudentId = roll.StudentId,
                        Scope = kept.Scope,
                        Actor = kept.Actor,
                        At = kept.At,
                    }
                );
            }

            await work.Db.SaveChangesAsync();
            var row = work.Db.Model.GetEntityTypes().Single(e => e.GetTableName() == "chuxiong_application");
            var columns = row.GetProperties()
                .Select(p => p.GetColumnName())
                .Where(c => c is not ("CaseId" or "OpenStudentId"))
                .Select(c => $"\"{c}\"")
                .ToList();
            var copied = string.Join(", ", columns);
            var insert =
                $$"""INSERT INTO chuxiong_application ("CaseId", "OpenStudentId", {{copied}}) SELECT {0}, {1}, {{copied}} FROM chuxiong_application WHERE "CaseId" = {2}""";
            foreach (var (copy, (roll, _)) in ids.Zip(pupils).Skip(1))
                await work.Db.Database.ExecuteSqlAsync(
                    FormattableStringFactory.Create(insert, copy, roll.StudentId, id)
                );
            return CommandResult.Done();
        });
        return (ids, version);
    }

    /// <summary>The record of persuasion is on file, and the county has confirmed it.</summary>
    /// <returns>The version of the case then.</returns>
    private async Task<long> Prove(Guid id, string school)
    {
        var workflow = served
            .Stored.Instance.Catalogue.Modules.SelectMany(m => m.Workflows)
            .Single(w => w.Id == "chuxiong.application");
        var day = served.Stored.Instance.Today.Date;
        var filed = await served.Stored.Do(async work =>
            await workflow.AttachEvidenceAsync(
                work,
                id,
                (await work.Db.Set<Case>().SingleAsync(c => c.Id == id)).Version,
                new("persuasion-record", school, day, "a.pdf", "application/pdf", "%PDF-1.4"u8.ToArray())
            )
        );
        var county = new Actor("county", Grant.ForDivision(Role.County, DivisionCode.Of(532301)));
        var confirmed = await served.Stored.Commands.ExecuteAsync(new(county), work =>
            workflow.ConfirmEvidenceAsync(work, id, filed.Version, filed.Id!.Value, confirms: true, null)
        );
        Assert.True(confirmed.IsDone);
        return confirmed.Version!.Value;
    }

    private static JsonObject Paper(School school, InventedPerson person) =>
        new()
        {
            ["schoolName"] = school.Name,
            ["className"] = "九（1）班",
            ["headTeacher"] = "李示例",
            ["headTeacherPhone"] = "13900000002",
            ["studentName"] = person.Name,
            ["sex"] = person.Sex == Sex.Male ? "男" : "女",
            ["studentPhone"] = person.Phone?.Value ?? "无，未满十六周岁没有手机",
            ["homeCounty"] = "楚雄",
            ["homeTownship"] = person.Township,
            ["homeVillage"] = person.Village,
            ["homeHamlet"] = "一组",
            ["rollNumber"] = person.RollNumber.Value,
            ["residentId"] = person.ResidentId.Value,
            ["guardianName"] = person.Guardian.Name,
            ["relation"] = "其他",
            ["guardianPhone"] = person.Guardian.Phone?.Value ?? "无，常年在外",
            ["studentSigned"] = true,
            ["studentFingerprint"] = true,
            ["guardianSigned"] = true,
            ["guardianFingerprint"] = true,
            ["school"] = Chosen,
            ["major"] = "汽车运用与维修",
        };
}

/// <summary>Acting as a script would.</summary>
internal static class Acting
{
    /// <summary>A request that must be done.</summary>
    internal static async Task<JsonNode> Act(this HttpClient client, string path, string body, object? version = null)
    {
        using var answer = await client.Ask(path, body, version);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    internal static async Task<HttpResponseMessage> Ask(
        this HttpClient client,
        string path,
        string body,
        object? version = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (version is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        return await client.SendAsync(request);
    }
}
