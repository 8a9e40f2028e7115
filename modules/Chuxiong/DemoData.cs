using System.Globalization;
using EduAssist.Data;
using EduAssist.Office.Cases;
using EduAssist.Office.Demo;
using EduAssist.Office.Enrolment;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>
/// The demo: a junior high in every county and one run by the prefecture, with the applications of last year and of
/// this one as far as today. Every step is taken by the real workflow on its day, so that windows, quotas and history
/// are what they would be.
/// </summary>
internal sealed class DemoData
{
    private const int PupilsOfAClass = 16;
    private const string ShanghaiSchoolName = "上海市示例职业技术学校";

    private static readonly ApplicationWorkflow Applications = new();
    private static readonly PlanWorkflow Plans = new();
    private static readonly AllotmentWorkflow Allotments = new();
    private static readonly ImplementationPlanWorkflow Implementation = new();
    private static readonly TeachingPlanWorkflow Teaching = new();
    private static readonly CompletionWorkflow Completion = new();
    private static readonly ShanghaiSchoolsWorkflow Shanghai = new();

    private readonly UnitOfWork work;
    private readonly InventedPeople people;
    private readonly Dictionary<string, string> headTeachers = [];

    private DemoData(UnitOfWork work) => (this.work, people) = (work, new(2020, work.Policy.Divisions));

    internal static async Task FillAsync(UnitOfWork work)
    {
        var demo = new DemoData(work);
        var schools = await demo.AddSchoolsAsync();
        await demo.AddFestivalAsync(work.Today.Year);
        foreach (var year in (int[])[work.Today.Year - 1, work.Today.Year])
        {
            if (year < 2020 || !work.Policy.Calendar.Publishes(year)) continue;
            await demo.AddPlanAsync(year, schools);
            await demo.AddFilingsAsync(year);
            await demo.AddYearAsync(year, schools);
            await demo.AddCompletionsAsync(year);
        }
    }

    /// <summary>火把节：农历六月二十四至二十六，全州放假。</summary>
    private async Task AddFestivalAsync(int year)
    {
        var moon = new ChineseLunisolarCalendar();
        var month = moon.GetLeapMonth(year) is > 0 and <= 6 ? 7 : 6;
        var first = DateOnly.FromDateTime(moon.ToDateTime(year, month, 24, 0, 0, 0, 0));
        await DayNotices.AddAsync(work, "532300", $"关于{year}年火把节放假的通知（示例）",
            [new(first, first.AddDays(2), "火把节", nameof(DayKind.Off))]);
    }

    private async Task<List<School>> AddSchoolsAsync()
    {
        List<School> schools = [];
        foreach (var county in Plan2020.Printed.Counties)
        {
            var here = work.Policy.Divisions.Current(county.Division);
            var name = work.Policy.Divisions.Find(here)?.Name ?? county.Name;
            schools.Add(School.Create(
                work.NewId(), name + (schools.Count % 2 == 0 ? "第一中学" : "民族中学"), SchoolKind.JuniorHigh, here));
        }

        schools.Add(School.Create(work.NewId(), "楚雄州示例中学", SchoolKind.Complete, DivisionCode.Of(532300)));
        work.Db.AddRange(schools);
        await work.Db.SaveChangesAsync();
        return schools;
    }

    /// <summary>Later years have the figures of 2020. Two counties allot theirs.</summary>
    private async Task AddPlanAsync(int year, IReadOnlyList<School> schools)
    {
        if (year > 2020)
            await MoveAsync(Plans, new(year, 3, 2), await OpenAsync(Plans, work.On(new(year, 2, 26)), PlanPaper(year)),
                "issue");
        // next year's, still a draft
        if (year == work.Today.Year) await OpenAsync(Plans, work.On(new(year, 12, 1)), PlanPaper(year + 1));
        foreach (var county in Plan2020.Printed.Counties.Take(2))
        {
            var values = new FormValues { ["year"] = $"{year}", ["county"] = county.Name };
            values.With("schools",
                [
                    .. schools.Where(s => work.Policy.Divisions.Current(Quotas.CountyOf(s))
                        == work.Policy.Divisions.Current(county.Division))
                        .Select(s => new FormValues { ["school"] = s.Name, ["places"] = $"{county.Quota / 4}" }),
                ]);
            await MoveAsync(Allotments, new(year, 4, 2), await OpenAsync(Allotments, work.On(new(year, 4, 1)), values),
                "issue");
        }
    }

    private static FormValues PlanPaper(int year)
    {
        var values = new FormValues { ["year"] = $"{year}" };
        values.With("counties",
            [
                .. Plan2020.Printed.Counties.Select(c => new FormValues
                {
                    ["county"] = c.Name,
                    ["entrants"] = $"{c.Entrants}",
                    ["quota"] = $"{c.Quota}",
                    ["shanghaiTask"] = $"{c.ShanghaiTask}",
                }),
            ]);
        values.With("schools",
            [
                .. Plan2020.Printed.Schools.Select(s => new FormValues
                {
                    ["school"] = s.Name,
                    ["places"] = $"{s.Places}",
                    ["shanghaiTask"] = $"{s.ShanghaiTask ?? 0}",
                }),
            ]);
        return values;
    }

    private async Task AddFilingsAsync(int year)
    {
        foreach (var body in ImplementationPlan.Bodies)
        {
            var plan = await OpenAsync(Implementation, work.On(new(year, 3, 12)),
                new() { ["body"] = body.Name, ["year"] = $"{year}", ["summary"] = "组织领导、招生宣传、送读安排、巩固措施。" });
            await MoveAsync(Implementation, new(year, 3, 20), plan, "submit");
            await MoveAsync(Implementation, new(year, 3, 27), plan, "approve");
        }

        var list = new FormValues { ["year"] = $"{year}" };
        list.With("schools", [new() { ["name"] = ShanghaiSchoolName }, new() { ["name"] = "上海市示例信息技术学校" }]);
        await MoveAsync(Shanghai, new(year, 4, 3), await OpenAsync(Shanghai, work.On(new(year, 4, 2)), list),
            "publish");
        foreach (var school in PrintedSchools.All)
        {
            var values = new FormValues
            {
                ["school"] = school.Name,
                ["management"] = "按全日制在校生管理。",
                ["goals"] = "两个确保。",
                ["retention"] = "落实责任，巩固率达到95%以上。",
                ["assessment"] = "三个确保。",
            };
            values.With("classes",
                [
                    new()
                    {
                        ["name"] = "职教1班",
                        ["size"] = "45",
                        ["headTeacher"] = HeadTeacherOf(school.Name),
                        ["phone"] = "15400000001",
                    },
                ]);
            values.With("courses",
                [
                    new()
                    {
                        ["compulsory"] = "语文",
                        ["compulsoryHours"] = "5",
                        ["vocational"] = "汽车修理",
                        ["vocationalHours"] = "8",
                    },
                    new() { ["compulsory"] = "数学", ["compulsoryHours"] = "5" },
                ]);
            var plan = await OpenAsync(Teaching, work.On(new(year, 4, 15)), values);
            await MoveAsync(Teaching, new(year, 4, 16), plan, "submit");
            await MoveAsync(Teaching, new(year, 4, 20), plan, "file");
        }
    }

    /// <summary>
    /// Sixteen pupils of every school: those who stay drafts, those who withdraw, and the others as far as the year has
    /// come.
    /// </summary>
    private async Task AddYearAsync(int year, IReadOnlyList<School> schools)
    {
        var windows = new Timeline().Windows(year, work.Policy.Calendar, work.Policy.Reading).ToDictionary(w => w.Id);
        foreach (var (school, n) in schools.Select((s, n) => (s, n)))
        {
            var schoolClass = DemoRegistry.Group(work, school, 9, year - 1, "九（1）班");
            List<(Roll Roll, InventedPerson Person)> pupils = [];
            for (var i = 0; i < PupilsOfAClass; i++)
            {
                var person = people.Next(Quotas.CountyOf(school), new(year - 16, 9, 1), new(year - 15, 8, 31));
                pupils.Add((DemoRegistry.Pupil(work, school, schoolClass, person, new(year - 1, 9, 1)), person));
            }

            await work.Db.SaveChangesAsync();
            if (work.Today < windows["publicity"].First) continue;
            for (var i = 2; i < pupils.Count; i++)
                await ApplyAsync(year, school, pupils[i].Person, n, i, windows["sending"], windows["confirmation"]);
            if (year >= work.Today.Year) continue;
            var graduated = new DateOnly(year, 7, 10);
            await work.Db.Set<Roll>()
                .Where(r => r.SchoolId == school.Id && r.Kind == RollKind.Compulsory && r.State == RollState.OnRoll)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RollState.Graduated)
                    .SetProperty(r => r.Since, graduated));
            work.Db.AddRange(pupils.Select(p => new RollStanding
            {
                Id = work.NewId(),
                RollId = p.Roll.Id,
                From = graduated,
                State = RollState.Graduated,
                Grade = 9,
                GroupId = schoolClass.Id,
                Reason = "初中毕业",
                At = work.Now,
            }));
            await work.Db.SaveChangesAsync();
        }
    }

    /// <param name="year">Of the plan.</param>
    /// <param name="school">The junior high.</param>
    /// <param name="person">The applicant.</param>
    /// <param name="n">The number of the school: which vocational school is chosen, and who leaves.</param>
    /// <param name="i">The number of the pupil: how far the application comes.</param>
    /// <param name="sending">Of the year.</param>
    /// <param name="confirmation">Of the year.</param>
    private async Task ApplyAsync(
        int year, School school, InventedPerson person, int n, int i, Window sending, Window confirmation)
    {
        var chosen = PrintedSchools.All[(n + i) % PrintedSchools.All.Count].Name;
        var id = await OpenAsync(Applications, work.On(new(year, 4, 22)),
            Paper(school, person, HeadTeacherOf(school.Name), chosen));
        if (i == 2) return;   // stays a draft
        await KeepAsync(await Applications.AssessAsync(work.On(new(year, 4, 23)), id, Facts(i)));
        await MoveAsync(Applications, new(year, 4, 24), id, "submit");
        var record = i % 2 == 0 ? "help-record" : "persuasion-record";
        if (i == 3)   // waits for the school's opinion, and for the county to confirm the record
        {
            await FileAsync(new(year, 4, 26), id, record, school.Name);
            return;
        }

        var opinion = $"{work.On(new(year, 4, 25)).Today:yyyy-MM-dd}";
        await MoveAsync(Applications, new(year, 4, 25), id, i == 4 ? "reject" : "approve", ("seal", "true"),
            ("date", opinion));
        if (i == 4) return;
        await FileAsync(new(year, 4, 26), id, record, school.Name);
        if (i == 5)
        {
            await MoveAsync(Applications, new(year, 4, 27), id, "withdraw");
            return;
        }

        await ConfirmAsync(new(year, 4, 28), id, record);
        if (i <= 8 || work.Today <= sending.First) return;   // some always wait to be sent

        var toShanghai = i == 13 && n % 5 <= 1;
        if (toShanghai) await EnterPoorHouseholdAsync(sending.First, id);
        (string, string)[] handover = toShanghai ? [("photocopy", "true"), ("shanghaiSchool", ShanghaiSchoolName)]
            : [("photocopy", "true")];
        await MoveAsync(Applications, sending.First, id, "send", handover);
        if (n == 7 && i == 9) return;
        if (n % 7 == 3 && i == 12)
        {
            await LeaveAsync(sending.First.AddDays(1), id, "lose", "未到校报到", school.Name);
            return;
        }

        await MoveAsync(Applications, sending.First, id, "enrol", ("className", "职教1班"),
            ("studentNumber", $"{year}{n:00}{i:00}"), ("headTeacher", HeadTeacherOf(chosen)),
            ("teachingFrom", $"{sending.Last:yyyy-MM-dd}"));
        if (n == 6 && i == 11 && sending.Last is { } last && work.Today > last)
        {
            // the school says so; nobody has written it
            await MoveAsync(Applications, last, id, "return", ("date", $"{last:yyyy-MM-dd}"),
                ("reason", "不适应寄宿"));
            return;
        }

        if ((n == 7 && i == 10) || work.Today <= confirmation.First) return;
        await MoveAsync(Applications, confirmation.First, id, "list");
        if (n == 8 && i == 9) return;
        await MoveAsync(Applications, confirmation.First.AddDays(1), id, "confirm");
        if (n % 4 == 2 && i == 15)
        {
            await CorrectAsync(Applications, confirmation.First.AddDays(2), id, "误选了同名学生，重新核对");
            await MoveAsync(Applications, confirmation.First.AddDays(3), id, "confirm");
        }

        if (n == 8 && i == 10) return;
        if (n % 5 == 0 && i == 11 && work.Today >= new DateOnly(year, 6, 29))
        {
            await LeaveAsync(new(year, 6, 29), id, "return", "想参加中考", school.Name);
            if (n == 5) await ConfirmAsync(new(year, 7, 1), id, "written-proof");
        }
        else if (work.Today >= new DateOnly(year, 7, 10)) await GraduateAsync(year, id, school, chosen, n, i);
    }

    private async Task GraduateAsync(int year, Guid id, School school, string chosen, int n, int i)
    {
        await FileAsync(new(year, 7, 6), id, "results", chosen);
        await ConfirmAsync(new(year, 7, 8), id, "results");
        await MoveAsync(Applications, new(year, 7, 10), id, "graduate", ("certificate", $"YJ{year}{n:00}{i:00}"),
            ("date", $"{year}-07-08"), ("skillCertificate", i % 2 == 0 ? $"JN{year}{n:00}{i:00}" : ""));
        if (work.Today < new DateOnly(year, 9, 8) || (n % 6 == 5 && i == 14)) return;
        if (i == 9 && n % 3 == 0) await LeaveAsync(new(year, 9, 2), id, "lose", "外出务工", school.Name);
        else if (i == 10 && n % 4 == 0)
        {
            await LeaveAsync(new(year, 9, 2), id, "other-school", "考入普通高中", "楚雄州示例高级中学");
            if (n == 4) await ConfirmAsync(new(year, 9, 4), id, "written-proof");
        }
        else await MoveAsync(Applications, new(year, 9, 5), id, "register", ("date", $"{year}-09-05"));
    }

    /// <summary>
    /// Leaves the class: a loss after a home visit that the original school agrees to, any other way with a written
    /// proof. Those of schools outside wait for the prefecture.
    /// </summary>
    private async Task LeaveAsync(DateOnly day, Guid id, string action, string reason, string issuer)
    {
        if (action == "lose")
        {
            await FileAsync(day, id, "loss-visit", issuer);
            await ConfirmAsync(day, id, "loss-visit");
        }

        await MoveAsync(Applications, day, id, action,
            [
                ("date", $"{day:yyyy-MM-dd}"), ("reason", reason),
                .. action == "other-school" ? ((string, string)[])[("elsewhere", issuer)] : [],
            ]);
        if (action != "lose") await FileAsync(day, id, "written-proof", issuer);
    }

    private async Task FileAsync(DateOnly day, Guid id, string kind, string issuer) =>
        await KeepAsync(await Applications.AttachEvidenceAsync(work.On(day), id, await VersionOfAsync(id),
            new(kind, issuer, work.On(day).Today, $"{kind}.pdf", "application/pdf", "%PDF-1.4 示例"u8.ToArray())));

    /// <summary>By whoever was asked; who issued a paper and filed it has said so already.</summary>
    private async Task ConfirmAsync(DateOnly day, Guid id, string kind)
    {
        if (await work.On(day).AskedAsync(id, kind) is { } asked)
            await KeepAsync(await Applications.ConfirmEvidenceAsync(asked.Work, id, await VersionOfAsync(id),
                asked.Paper, confirms: true, null));
    }

    private async Task EnterPoorHouseholdAsync(DateOnly day, Guid id)
    {
        var student = (await work.Db.Set<Case>().FindAsync(id))!.StudentId!.Value;
        await KeepAsync(await PersonGroups.AddAsync(work.On(day), student, new()
        {
            ["kind"] = "建档立卡（脱贫）户",
            ["from"] = $"{day.Year}-01-01",
            ["source"] = "示例县乡村振兴局",
            ["paper"] = "示例字〔2020〕1号",
            ["paperDate"] = $"{day.Year}-01-10",
        }));
    }

    /// <summary>
    /// Last year every school has declared that registration is complete; this year ten have, and the last two have
    /// begun to write it.
    /// </summary>
    private async Task AddCompletionsAsync(int year)
    {
        var day = new DateOnly(year, 10, 20);
        foreach (var (school, n) in PrintedSchools.All.Select((s, n) => (s, n)))
        {
            var isDeclared = work.Today >= day && (n < 10 || year < work.Today.Year);
            if (!isDeclared && n < 10) continue;
            var id = await OpenAsync(Completion, work.On(day),
                new()
                {
                    ["school"] = school.Name,
                    ["year"] = $"{year}",
                    ["date"] = isDeclared ? $"{day:yyyy-MM-dd}" : null,
                });
            if (isDeclared) await MoveAsync(Completion, day, id, "declare");
        }
    }

    private string HeadTeacherOf(string school) => headTeachers.TryGetValue(school, out var known) ? known
        : headTeachers[school] = people.Next(DivisionCode.Of(532301), new(1985, 1, 1), new(1990, 12, 31)).Name;

    private static FormValues Paper(School school, InventedPerson person, string headTeacher, string chosen) => new()
    {
        ["schoolName"] = school.Name,
        ["className"] = "九（1）班",
        ["headTeacher"] = headTeacher,
        ["headTeacherPhone"] = "15400000002",
        ["studentName"] = person.Name,
        ["sex"] = person.Sex == Sex.Male ? "男" : "女",
        ["studentPhone"] = person.Phone?.Value ?? "无，未满十六周岁没有手机",
        ["homeCounty"] =
            PrintedCounties.Names.FirstOrDefault(c => school.Name.StartsWith(c, StringComparison.Ordinal))
                ?.TrimEnd('县', '市')
            ?? "楚雄",
        ["homeTownship"] = person.Township,
        ["homeVillage"] = person.Village,
        ["homeHamlet"] = "一组",
        ["rollNumber"] = person.RollNumber.Value,
        ["residentId"] = person.ResidentId.Value,
        ["guardianName"] = person.Guardian.Name,
        ["relation"] = (person.Guardian.Kinship, person.Sex) switch
        {
            (Kinship.Father, Sex.Male) => "父子",
            (Kinship.Father, _) => "父女",
            (Kinship.Mother, Sex.Male) => "母子",
            (Kinship.Mother, _) => "母女",
            _ => "其他",
        },
        ["guardianPhone"] = person.Guardian.Phone?.Value ?? "无，常年在外",
        ["studentSigned"] = "true",
        ["studentFingerprint"] = "true",
        ["guardianSigned"] = "true",
        ["guardianFingerprint"] = "true",
        ["school"] = chosen,
        ["major"] = "汽车运用与维修",
    };

    private static byte[] Facts(int i) => i % 2 == 0
        ? """{"facts":{"strugglesDespiteHelp":true,"repeatedDropout":true}}"""u8.ToArray()
        : """{"facts":{"persuadedBack":true,"willingToLearnSkills":true}}"""u8.ToArray();

    private async Task<Guid> OpenAsync(IWorkflow workflow, UnitOfWork on, FormValues values) =>
        (await KeepAsync(await workflow.OpenAsync(on, values))).Id!.Value;

    private async Task MoveAsync(
        IWorkflow workflow, DateOnly day, Guid id, string action, params IEnumerable<(string Field, string Text)> input)
    {
        var values = FormValues.None;
        foreach (var (field, text) in input) values[field] = text;
        await KeepAsync(await workflow.MoveAsync(work.On(day), id, await VersionOfAsync(id), action, values));
    }

    private async Task CorrectAsync(IWorkflow workflow, DateOnly day, Guid id, string reason) =>
        await KeepAsync(await workflow.CorrectAsync(work.On(day), id, await VersionOfAsync(id), reason));

    private async Task<long> VersionOfAsync(Guid id) => (await work.Db.Set<Case>().FindAsync(id))!.Version;

    /// <summary>
    /// A step that is refused is a fault of the demo. What was done is written, so that the next step can count it, and
    /// let go.
    /// </summary>
    private async Task<CommandResult> KeepAsync(CommandResult result)
    {
        if (!result.IsDone) throw new OperatorException($"演示数据的一步被拒绝：{result.Refusal!.Detail}");
        await work.Db.SaveChangesAsync();
        work.Db.ChangeTracker.Clear();
        return result;
    }
}
