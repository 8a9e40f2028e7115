using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Listings;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>What is on record of a vocational school's students of a year, to hold a list against.</summary>
internal sealed class SchoolRecord
{
    internal static readonly ApplicationWorkflow Applications = new();

    private static readonly IReadOnlyList<string> Annex = ["cx2020/A4"];

    private readonly Dictionary<string, ApplicationFacts> byResidentId = [];
    private readonly Dictionary<Guid, string?> rollNumbers = [];
    private readonly ILookup<string, School> schools;
    private readonly HashSet<string> seniorSecondary;
    private readonly UnitOfWork work;

    private SchoolRecord(UnitOfWork work, School school, SchoolPlan? plan, IEnumerable<School> schools)
    {
        (this.work, School, Plan) = (work, school, plan);
        seniorSecondary = schools
            .Where(s => s.Kind is SchoolKind.Complete or SchoolKind.SeniorHigh or SchoolKind.Vocational)
            .SelectMany(s => new[] { s.Name, s.Alias }.OfType<string>()).CountBy(n => n)
            .Where(n => n.Value == 1).Select(n => n.Key).ToHashSet(StringComparer.Ordinal);
        this.schools = schools.Where(s => s.Kind != SchoolKind.Vocational)
            .SelectMany(s => new[] { s.Name, s.Alias }.OfType<string>().Select(n => (n, s)))
            .ToLookup(x => x.n, x => x.s);
    }

    internal School School { get; }

    internal SchoolPlan? Plan { get; }

    /// <summary>Whether just one school of the register that teaches beyond grade nine has this name.</summary>
    internal bool IsSeniorSecondary(string name) => seniorSecondary.Contains(name);

    internal IEnumerable<ApplicationFacts> Students => byResidentId.Values;

    /// <param name="work">The unit of work.</param>
    /// <param name="name">The number of the school in the order of annex 3.</param>
    /// <param name="year">Of the plan.</param>
    internal static async Task<SchoolRecord> LoadAsync(UnitOfWork work, int name, int year)
    {
        var school = await PrintedSchools.FindAsync(work, PrintedSchools.All[name].Name);
        var plan = await work.Db.Set<SchoolPlan>().AsNoTracking()
            .SingleOrDefaultAsync(p => p.SchoolId == school.Id && p.Year == year);
        var record = new SchoolRecord(work, school, plan,
            await work.Db.Set<School>().AsNoTracking().ToListAsync());
        var rows = await work.Db.Set<ApplicationRow>().Include(r => r.Case).ThenInclude(c => c.Student)
            .Include(r => r.JuniorSchool).Include(r => r.VocationalSchool)
            .Where(r => r.VocationalSchoolId == school.Id && r.Case.Year == year && r.EnrolledOn != null).ToListAsync();
        foreach (var facts in (await Applications.FactsOfAsync(work, rows, plan)).Values)
            if (facts.Row.Case.Student?.ResidentIdIndex is { } index)
                record.byResidentId[Convert.ToHexString(index)] = facts;
        var theirs = work.Db.Set<ApplicationRow>()
            .Where(r => r.VocationalSchoolId == school.Id && r.Case.Year == year && r.EnrolledOn != null);
        foreach (var roll in await work.Db.Set<Roll>().Where(r => r.Kind == RollKind.Compulsory).Join(theirs,
            r => new { Student = (Guid?)r.StudentId, School = r.SchoolId },
            a => new { Student = a.Case.StudentId, School = a.JuniorSchoolId },
            (r, a) => new { a.CaseId, r.Number }).ToListAsync())
            record.rollNumbers[roll.CaseId] = roll.Number;
        return record;
    }

    internal ApplicationFacts? Find(byte[] residentIdIndex) =>
        byResidentId.GetValueOrDefault(Convert.ToHexString(residentIdIndex));

    /// <summary>Whether whoever brings the list may speak for the school; if not, every row says so.</summary>
    internal bool IsOwn(ImportPlan plan, int rows)
    {
        if (work.Actor.AccessScope.Covers(School.Scope)) return true;
        for (var i = 0; i < rows; i++) plan.Find(i, "", "own-school", "不是您管理的学校的名单", provisions: Annex);
        return false;
    }

    /// <summary>What a line of the list says, against what is on record: one fault is told once.</summary>
    /// <returns>Whether the line may be taken.</returns>
    internal bool Agrees(ImportPlan plan, int i, ListedStudent given, ApplicationFacts known)
    {
        var (row, agrees) = (known.Row, true);
        if (given.Name != row.Case.Student!.Name) Wrong("name", "name-on-record", "与学籍库中的姓名不一致");
        var county =
            Quotas.Printed(work, row.County) is { } printed ? Plan2020.Printed.Counties.ToList().IndexOf(printed) : -1;
        if (given.County.Value != county) Wrong("county", "county-of-school", "与原初中学校所在的县市不一致");
        else if (given.SchoolName != row.JuniorSchool.Name && given.SchoolName != row.JuniorSchool.Alias)
            Wrong("schoolName", "school-of-county",
                schools[given.SchoolName!]
                    .Any(s => Quotas.Printed(work, Quotas.CountyOf(s).ToString()) == Quotas.Printed(work, row.County))
                    ? "与学生报名时的初中不一致" : "不是所属县市的初中");
        if (rollNumbers.GetValueOrDefault(row.CaseId) is { } number && given.RollNumber.Value.Value != number)
            Wrong("rollNumber", "roll-number-on-record", "与学籍库中的学籍号不一致");
        if (given.ClassName != row.VocationalClass) Strange("className", "class-on-record", "与入学登记的班级不一致，以入学登记为准");
        if (given.StudentNumber != row.VocationalNumber)
            Strange("studentNumber", "number-on-record", "与入学登记的学号不一致，以入学登记为准");
        return agrees;

        void Wrong(string field, string rule, string message)
        {
            agrees = false;
            plan.Find(i, field, rule, message, provisions: Annex);
        }

        void Strange(string field, string rule, string message) =>
            plan.Find(i, field, rule, message, FormFindingLevel.Warning, Annex);
    }

    /// <summary>What hinders a step, said of the row.</summary>
    internal static bool Allows(ImportPlan plan, int i, IReadOnlyList<RuleViolation> refusals)
    {
        foreach (var violation in refusals)
            plan.Find(i, "", violation.Rule, violation.Message, provisions: violation.Provisions);
        return refusals.Count == 0;
    }

    /// <summary>A step that a row takes: by whoever may take it by hand.</summary>
    internal static void Take(
        UnitOfWork work, ImportPlan plan, int i, ApplicationFacts known, string action, FormValues input)
    {
        if (Allows(plan, i, Applications.Unfit(work, known, action, input)))
            plan.New(i, () => Applications.TakeAsync(work, known, action, input));
    }

    /// <summary>Prefilled from the papers, in the order of annex 2, then by school and class.</summary>
    internal static async Task<FormValues> ExportAsync(
        ListingSource source, FormValues filter, Func<ApplicationRow, bool> listed,
        Action<ApplicationRow, FormValues>? more = null)
    {
        IQueryable<ApplicationRow> rows = source.Db.Set<ApplicationRow>().Include(r => r.Case)
            .Where(r => r.EnrolledOn != null);
        var printed = filter["school"] is { } name
            ? PrintedSchools.All.FirstOrDefault(s => s.Name == name || s.Aliases.Contains(name)) : null;
        if (filter["school"] is not null)
            rows = rows.Where(r => r.VocationalSchoolName == (printed == null ? "" : printed.Name));
        var year =
            int.TryParse(filter["year"], System.Globalization.CultureInfo.InvariantCulture, out var given) ? given
                : filter["year"] is null ? await rows.MaxAsync(r => (int?)r.Case.Year)
                : -1;
        List<ApplicationRow> found = [.. (await rows.Where(r => r.Case.Year == year).ToListAsync()).Where(listed)
            .OrderBy(r => CountyOf(source, r))
            .ThenBy(r => r.JuniorSchoolName, StringComparer.Ordinal)
            .ThenBy(r => r.JuniorClass, StringComparer.Ordinal)
            .ThenBy(r => r.VocationalNumber, StringComparer.Ordinal)];
        var named = found.Select(r => r.VocationalSchoolName).Distinct().ToList();
        return new FormValues { ["school"] = printed?.Name ?? (named.Count == 1 ? named[0] : null) }
            .With("students", [.. found.Select(r =>
        {
            var line = Line(source, r);
            more?.Invoke(r, line);
            return line;
        })]);
    }

    private static FormValues Line(ListingSource source, ApplicationRow row)
    {
        var paper = System.Text.Json.Nodes.JsonNode.Parse(row.Case.Form)!;
        return new()
        {
            ["name"] = row.StudentName,
            ["sex"] = (string?)paper["sex"],
            ["residentId"] = (string?)paper["residentId"],
            ["county"] = CountyOf(source, row) is >= 0 and var n ? PrintedCounties.All[n].Name : null,
            ["schoolName"] = row.JuniorSchoolName,
            ["schoolClass"] = row.JuniorClass ?? (string?)paper["className"],
            ["rollNumber"] = (string?)paper["rollNumber"],
            ["className"] = row.VocationalClass,
            ["studentNumber"] = row.VocationalNumber,
        };
    }

    private static int CountyOf(ListingSource source, ApplicationRow row)
    {
        var (divisions, counties) = (source.Policy.Divisions, Plan2020.Printed.Counties);
        return DivisionCode.TryParse(row.County, out var code)
            ? Enumerable.Range(0, counties.Count)
                .FirstOrDefault(i => divisions.Current(counties[i].Division) == divisions.Current(code), -1) : -1;
    }
}

/// <summary>四（二）4、附件4：职业学校把在读学生名单报上来，名单上的学生就列入。</summary>
internal sealed class AttendanceListImport() : ListImport<AttendanceList>(new AttendanceListForm())
{
    public override IReadOnlyList<Role> By => [Role.Vocational, Role.Prefecture, Role.County];

    public override IReadOnlyList<ExportFilter> Filters => [new("school", "职业学校"), new("year", "年度")];

    protected override object Prepare(AttendanceList list, KeyRing keys) =>
        list.Students.Select(s => keys.BlindIndexOf(s.ResidentId.Value.Value, BlindIndex.ResidentId)).ToList();

    protected override async Task PlanAsync(UnitOfWork work, AttendanceList list, object? prepared, ImportPlan plan)
    {
        var record = await SchoolRecord.LoadAsync(work, list.School.Value, work.Today.Year);
        if (!record.IsOwn(plan, list.Students.Count)) return;
        HashSet<Guid> named = [];
        foreach (var (index, i) in ((List<byte[]>)prepared!).Select((x, i) => (x, i)))
        {
            if (record.Find(index) is not { } known)
            {
                plan.Find(i, "residentId", "enrolled-here", "不是本校今年已入学的职教班学生",
                    provisions: ["cx2020/4.2.4", "cx2020/A4"]);
                continue;
            }

            named.Add(known.Row.CaseId);
            if (known.Row.ExitReason is not null)
                plan.Find(i, "", "still-here", "已经离班，不列入在读名单", provisions: ["cx2020/A4"]);
            else if (record.Agrees(plan, i, list.Students[i], known)) Take(work, plan, i, known);
        }

        foreach (var left in record.Students.Where(s => s.Row.ExitReason is null && !named.Contains(s.Row.CaseId)))
            plan.MissingFromList(left.Row.CaseId, $"{left.Row.StudentName}：已经入学，名单中没有");
    }

    protected override Task<FormValues> RowsAsync(ListingSource source, FormValues filter) =>
        SchoolRecord.ExportAsync(source, filter, row => row.ExitReason is null);

    private static void Take(UnitOfWork work, ImportPlan plan, int i, ApplicationFacts known)
    {
        if (known.Row.Case.State != ApplicationWorkflow.Enrolled.Id) plan.Unchanged(i);
        else if (!known.ConfirmationHasBegun)
            plan.Find(i, "", "confirmation-begun", $"确认期从 {known.Confirmation.First:yyyy-MM-dd} 开始，此前不能上报",
                provisions: ["cx2020/4.2.4"]);
        else SchoolRecord.Take(work, plan, i, known, "list", FormValues.None);
    }
}

/// <summary>附件6：秋季注册之后，同一批学生谁注册了、谁流失了。</summary>
internal sealed class RegisteredListImport() : ListImport<RegisteredList>(new RegisteredListForm())
{
    private const string AnySchool = "其他高中阶段学校";

    private static readonly IReadOnlyList<string> Annex = ["cx2020/A6"], Proved = ["cx2020/A6", "cx2020/6.2"];
    private static readonly string[] Back = ["回原", "返回原", "到原"], Onward = ["到", "转入", "转到", "考入"],
        Schools = ["学校", "中学", "学院", "职中", "职高", "高中", "技校"];

    public override IReadOnlyList<Role> By => [Role.Vocational, Role.Prefecture, Role.County];

    public override IReadOnlyList<ExportFilter> Filters => [new("school", "职业学校"), new("year", "年度")];

    protected override object Prepare(RegisteredList list, KeyRing keys) =>
        list.Students.Select(s => keys.BlindIndexOf(s.Student.ResidentId.Value.Value, BlindIndex.ResidentId)).ToList();

    protected override async Task PlanAsync(UnitOfWork work, RegisteredList list, object? prepared, ImportPlan plan)
    {
        var record = await SchoolRecord.LoadAsync(work, list.School.Value, SchoolYear.Of(work.Today).Start);
        if (!record.IsOwn(plan, list.Students.Count)) return;
        HashSet<Guid> named = [];
        foreach (var (index, i) in ((List<byte[]>)prepared!).Select((x, i) => (x, i)))
        {
            if (record.Find(index) is not { Row.ListedOn: not null } known)
            {
                plan.Find(i, "residentId", "same-as-annex-4", "不在已上报的在读学生名单（附件4）中", provisions: Annex);
                continue;
            }

            named.Add(known.Row.CaseId);
            if (record.Agrees(plan, i, list.Students[i].Student, known))
                Compare(work, plan, i, list.Students[i], known,
                    record.Plan?.RegistrationCompleteOn is { } complete && complete < work.Today ? complete
                        : work.Today, record.IsSeniorSecondary);
        }

        if (!plan.IsWhole) plan.Refuse("", "whole-list", "须与在读学生名单（附件4）完全一致：有错误的行改正之后，整张一起导入", Annex);
        else if (record.Students.Where(s => s.Row.ListedOn is not null && !named.Contains(s.Row.CaseId)).Select(
            s => s.Row).ToList() is { Count: > 0 } missing)
        {
            foreach (var row in missing) plan.MissingFromList(row.CaseId, $"{row.StudentName}：在附件4中，本名单没有");
            plan.Refuse("", "same-as-annex-4",
                $"须与在读学生名单（附件4）完全一致，少了 {missing.Count} 人："
                    + $"{string.Join("、", missing.Take(10).Select(r => r.StudentName))}",
                Annex);
        }
    }

    protected override Task<FormValues> RowsAsync(ListingSource source, FormValues filter) =>
        SchoolRecord.ExportAsync(source, filter, row => row.ListedOn is not null, (row, line) =>
    {
        if (row.ExitReason is { } reason)
            (line["lossReason"], line["proof"]) = (Said(row, reason), row.ProofConfirmedOn is null ? "无" : "有");
    });

    /// <summary>What annex 6 says in one column is a way out and the school that it leads to.</summary>
    private static string Said(ApplicationRow row, ExitReason reason) => reason switch
    {
        ExitReason.ReturnedToOriginalSchool => "回原初中",
        ExitReason.InOtherSeniorSecondary when row.ProofIssuer is { } school => $"到{school}就读",
        ExitReason.InOtherSeniorSecondary => $"到{AnySchool}就读",
        _ => row.ExitNote is { Length: > 0 and <= 60 } note && !Back.Concat(Onward)
            .Any(p => note.StartsWith(p, StringComparison.Ordinal)) ? note : "流失",
    };

    private static void Compare(
        UnitOfWork work, ImportPlan plan, int i, RegisteredStudent given, ApplicationFacts known, DateOnly day,
        Func<string, bool> isKnownSchool)
    {
        var row = known.Row;
        var hasProof = given.Proof.Is(p => p == Proof.Valid).IsTrue;
        if (row.RegisteredOn is not null || row.ExitReason is not null)
        {
            if (given.LossReason is not null != row.ExitReason is not null)
                plan.Find(i, "lossReason", "outcome-on-record",
                    row.ExitReason is null ? "已经登记为注册，不能又列为流失" : "已经登记为离班，须写明流失原因", provisions: Annex);
            else if (!hasProof && row.ProofConfirmedOn is not null)
                plan.Find(i, "proof", "proof-on-record", "证明已经归档并确认，名单写的是“无”", provisions: Proved);
            else
            {
                if (hasProof && row.ExitReason is not null && row.ProofConfirmedOn is null) Unproved(plan, i);
                plan.Unchanged(i);
            }

            return;
        }

        if (given.LossReason is not { } reason)
        {
            if (row.Case.State != ApplicationWorkflow.Graduated.Id)
                plan.Find(i, "", "graduated", "县市确认、初中毕业之后才能注册中职学籍", provisions: ["cx2020/5.3d"]);
            else if (known.HasVocationalRoll)
                plan.Find(i, "", "no-vocational-roll", "已有中职学籍", provisions: ["cx2020/5.3d"]);
            else if (SchoolRecord.Allows(plan, i, ApplicationWorkflow.RegistrationRefusals(work, known, day)))
                SchoolRecord.Take(work, plan, i, known, "register", new() { ["date"] = $"{day:yyyy-MM-dd}" });
            return;
        }

        var (exit, action) = WayOut(reason, hasProof, isKnownSchool);
        var receiving = exit == ExitReason.InOtherSeniorSecondary ? SchoolIn(reason) : null;
        if (hasProof && exit != ExitReason.ReturnedToOriginalSchool && receiving is null or AnySchool
            || receiving is { Length: 0 or > 40 })
            plan.Find(i, "lossReason", "issuer", "有证明的，原因须写明“回原初中”或者所到的学校：到某某学校就读",
                provisions: Proved);
        else if (exit == ExitReason.ReturnedToOriginalSchool && row.Case.State == ApplicationWorkflow.Graduated.Id)
            plan.Find(i, "lossReason", "not-graduated", "已经初中毕业，不能再回原初中", provisions: ["cx2020/5.3b"]);
        else if (exit == ExitReason.InOtherSeniorSecondary && receiving == row.VocationalSchool!.Name)
            plan.Find(i, "lossReason", "proof-of-other-school", "所到的学校不能是职教班所在的学校", provisions: Proved);
        else if (SchoolRecord.Allows(plan, i, ApplicationWorkflow.LeavingRefusals(known, day)))
        {
            if (hasProof) Unproved(plan, i);
            var values = new FormValues { ["date"] = $"{day:yyyy-MM-dd}", ["reason"] = reason };
            if (receiving is not (null or AnySchool))
                values[isKnownSchool(receiving) ? "school" : "elsewhere"] = receiving;
            SchoolRecord.Take(work, plan, i, known, action, values);
        }
    }

    private static void Unproved(ImportPlan plan, int i) =>
        plan.Find(i, "proof", "proof-unconfirmed", "写的是“有”，而证明尚未归档，或者接收学校尚未确认：确认之前按流失计",
            FormFindingLevel.Warning, Proved);

    /// <summary>A school that nobody knows, without a proof, is no way out but a loss.</summary>
    private static (ExitReason Exit, string Action) WayOut(
        string reason, bool hasProof, Func<string, bool> isKnownSchool) =>
        Back.Any(b => reason.StartsWith(b, StringComparison.Ordinal)) ? (ExitReason.ReturnedToOriginalSchool, "return")
        : hasProof || (SchoolIn(reason) is { } school && isKnownSchool(school))
            ? (ExitReason.InOtherSeniorSecondary, "other-school")
        : (ExitReason.Lost, "lose");

    /// <summary>The school that a reason leads to: 到某某学校就读、考入某某一中. Null: it leads to none, as 到外地打工.</summary>
    private static string? SchoolIn(string reason)
    {
        if (Onward.FirstOrDefault(o => reason.StartsWith(o, StringComparison.Ordinal)) is not { } begins) return null;
        var school = reason.EndsWith("就读", StringComparison.Ordinal) ? reason[begins.Length..^2]
            : reason[begins.Length..];
        return school.EndsWith('中') || Schools.Any(s => school.Contains(s, StringComparison.Ordinal)) ? school : null;
    }
}
