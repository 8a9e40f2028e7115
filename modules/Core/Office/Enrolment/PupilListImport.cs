using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.ListImports;
using EduAssist.Office.Listings;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>
/// Pupils with guardians and rolls, in and out, term after term. A pupil is found by the national number, else by the
/// resident ID, else by the school's roll number and the name. One who is found at another school is transferred. One
/// who is missing from the list of a school is told, and nothing is changed: the child may have dropped out, which
/// somebody must look into.
/// </summary>
internal sealed class PupilListImport() : ListImport<PupilList>(new PupilListForm())
{
    private const string SchoolFilter = "school",
        DivisionFilter = "division",
        GradeFilter = "grade",
        StateFilter = "state";

    public override IReadOnlyList<Role> By { get; } =
    [Role.School, Role.CentralSchool, Role.County, Role.Prefecture, Role.Province, Role.Administrator];

    public override IReadOnlyList<ExportFilter> Filters { get; } =
    [
        new(SchoolFilter, "学校标识码或名称"),
        new(DivisionFilter, "行政区划代码"),
        new(GradeFilter, "年级"),
        new(StateFilter, "学生状态"),
    ];

    /// <summary>Blind indexes are computed before the command begins, since it holds up all others.</summary>
    protected override object Prepare(PupilList list, KeyRing keys) =>
        list
            .Pupils.Select(p => new Indexes(
                p.ResidentId.IsKnown ? keys.BlindIndexOf(p.ResidentId.Value.Value, BlindIndex.ResidentId) : null,
                p.NationalNumber.IsKnown
                    ? keys.BlindIndexOf(p.NationalNumber.Value.Value, BlindIndex.NationalNumber)
                    : null
            ))
            .ToList();

    protected override async Task PlanAsync(UnitOfWork work, PupilList list, object? prepared, ImportPlan plan)
    {
        var from = list.From.IsKnown ? list.From.Value : work.Today;
        if (from > work.Today)
        {
            plan.Refuse("from", "from-today-at-latest", "不能晚于今天");
            return;
        }

        var indexes = (List<Indexes>)prepared!;
        var schools = await ListedSchools.ReadAsync(work, list);
        var records = await PupilRecords.ReadAsync(
            work.Db,
            schools.Ids,
            indexes.Select(i => i.ResidentId).OfType<byte[]>(),
            indexes.Select(i => i.NationalNumber).OfType<byte[]>()
        );
        var changes = new PupilChanges(work, from);
        Dictionary<Guid, int> seen = [];
        HashSet<(Guid, string)> numbers = [];
        for (var i = 0; i < list.Pupils.Count; i++)
        {
            var (row, index) = (list.Pupils[i], indexes[i]);
            if (schools.Find(row, list.School, out var fault) is not { } school)
                plan.Find(i, fault.Field, fault.Rule, fault.Message);
            else if (row.ClassName is { } name && PlaceNames.ClassNameFault(name) is { } misnamed)
                plan.Find(i, "className", "place-name", $"班级名称{misnamed}");
            else if (GradeWords.Read(row.Grade, from, StageOf(school.Kind)) is not { } grade)
                plan.Find(i, "grade", "grade-known", "应为一至九年级，如七年级、初一、2017级");
            else if (index is { ResidentId: null, NationalNumber: null } && row.RollNumber is null)
                plan.Find(i, "nationalNumber", "identified", "全国学籍号、身份证件号、学籍辅号至少填写一项");
            else if (row.RollNumber is { } number && !numbers.Add((school.Id, number)))
                plan.Find(i, "rollNumber", "roll-number-once", "同一所学校有两名学生是这个学籍辅号");
            else
            {
                var (found, wrong) = Find(records, school, row, index);
                if (wrong is { } problem)
                    plan.Find(i, problem.Field, problem.Rule, problem.Message);
                else if (found is null)
                    plan.New(i, () => changes.AddAsync(row, index, school, grade));
                else if (!seen.TryAdd(found.Student.Id, i))
                    plan.Find(i, "", "listed-once", "与前面的一行是同一名学生");
                else
                    Compare(work, plan, i, new(row, index, school, grade), found, changes);
                Warn(plan, i, row, school, grade, from);
            }
        }

        foreach (
            var pupil in records
                .All.Where(p =>
                    p.Open is { } open && schools.Ids.Contains(open.Roll.SchoolId) && !seen.ContainsKey(p.Student.Id)
                )
                .OrderBy(p => p.Student.Id)
        )
            plan.MissingFromList(
                pupil.Student.Id,
                $"{pupil.Student.Name}：{schools.Name(pupil.Open!.Roll.SchoolId)} {GradeWords.ForGrade(pupil.Open.Roll.Grade)}{pupil.Open.Roll.ClassName}"
            );
        plan.Then(changes.WriteAsync);
    }

    protected override async Task<FormValues> RowsAsync(ListingSource source, FormValues filter)
    {
        var rolls = source.Db.Set<Roll>().Where(r => r.Kind == RollKind.Compulsory);
        if (filter[SchoolFilter] is { } school)
            rolls = rolls.Where(r => r.School.Code == school || r.School.Name == school || r.School.Alias == school);
        if (filter[DivisionFilter] is { } division)
        {
            var (first, end) = DivisionCode.TryParse(division, out var code) ? (code.Path, code.PathEnd) : ("", "");
            rolls = rolls.Where(r => r.Scope.CompareTo(first) >= 0 && r.Scope.CompareTo(end) < 0);
        }

        if (filter[GradeFilter] is { } text)
        {
            var grade = GradeWords.Read(text, source.Policy.Today.Date, null);
            rolls = rolls.Where(r => r.Grade == grade);
        }

        var state = filter[StateFilter] is { } wanted ? ListedPupil.StateOf(wanted) : null;
        rolls = filter[StateFilter] is null
            ? rolls.Where(r => r.State == RollState.OnRoll || r.State == RollState.Suspended)
            : rolls.Where(r => r.State == state);
        var rows = await rolls
            .OrderBy(r => r.School.Scope)
            .ThenBy(r => r.Grade)
            .ThenBy(r => r.ClassName)
            .ThenBy(r => r.Id)
            .Select(r => new
            {
                Roll = r,
                r.Student,
                r.School,
                r.Student.Guardians,
            })
            .AsSplitQuery()
            .ToListAsync();
        return FormValues.None.With(
            "pupils",
            [
                .. rows.Select(r =>
                    Printed(
                        r.Roll,
                        r.Student,
                        r.School,
                        [.. r.Guardians.OrderBy(g => g.Kinship).ThenBy(g => g.Name, StringComparer.Ordinal).Take(2)]
                    )
                ),
            ]
        );
    }

    private static FormValues Printed(Roll roll, Student student, School school, IReadOnlyList<Guardian> guardians)
    {
        var values = new FormValues
        {
            ["name"] = student.Name,
            ["sex"] = student.Sex switch
            {
                Sex.Male => "男",
                Sex.Female => "女",
                _ => null,
            },
            ["birthDate"] = student.BirthDate?.ToString("yyyy-MM-dd"),
            ["ethnicity"] = student.Ethnicity,
            ["residentId"] = student.ResidentId,
            ["nationalNumber"] = student.NationalNumber,
            ["rollNumber"] = roll.Number,
            ["schoolCode"] = school.Code,
            ["schoolName"] = school.Name,
            ["grade"] = GradeWords.ForGrade(roll.Grade),
            ["className"] = roll.ClassName,
            ["entered"] = roll.Entered?.ToString("yyyyMM"),
            ["state"] = ListedPupil.Printed(roll.State),
            ["phone"] = student.Phone,
            ["address"] = student.Address,
        };
        for (var n = 0; n < guardians.Count; n++)
        {
            values[$"guardian{n + 1}Name"] = guardians[n].Name;
            values[$"guardian{n + 1}Kinship"] = ListedPupil.Printed(guardians[n].Kinship);
            values[$"guardian{n + 1}Phone"] = guardians[n].Phone;
        }

        return values;
    }

    private static Stage? StageOf(SchoolKind kind) =>
        kind switch
        {
            SchoolKind.Primary => Stage.Primary,
            SchoolKind.JuniorHigh or SchoolKind.Complete => Stage.Junior,
            _ => null,
        };

    private static (KnownPupil? Found, (string Field, string Rule, string Message)? Wrong) Find(
        PupilRecords records,
        School school,
        ListedPupil row,
        Indexes index
    )
    {
        var (byNumber, byId, byRoll) = (
            records.ByNationalNumber(index.NationalNumber),
            records.ByResidentId(index.ResidentId),
            records.ByRollNumber(school.Id, row.RollNumber)
        );
        if (byNumber is not null && byId is not null && byNumber != byId)
            return (null, ("residentId", "one-person", "全国学籍号和身份证件号已登记为两名不同的学生"));
        if ((byNumber ?? byId) is { } found)
            return byRoll is null || byRoll == found
                ? (found, null)
                : (null, ("rollNumber", "roll-number-free", "这个学籍辅号在该校已属于另一名学生"));
        return byRoll is null ? (null, null)
            : byRoll.Student.Name != row.Name
            || (index.ResidentId is not null && byRoll.Student.ResidentIdIndex is not null)
                ? (null, ("rollNumber", "roll-number-free", "这个学籍辅号在该校已属于另一名学生"))
            : (byRoll, null);
    }

    private static void Compare(
        UnitOfWork work,
        ImportPlan plan,
        int i,
        ListedRoll listed,
        KnownPupil found,
        PupilChanges changes
    )
    {
        var (row, school) = (listed.Row, listed.School);
        var isOpen = row.State is null or RollState.OnRoll or RollState.Suspended;
        var here = found.Rolls.FindLast(r => r.Roll.SchoolId == school.Id && r.Roll.IsOpen)
            ?? found.Rolls.FindLast(r => r.Roll.SchoolId == school.Id);
        var elsewhere = found.Open is { } open && open.Roll.SchoolId != school.Id ? open : null;
        if (elsewhere is null && here?.Roll.IsOpen != true && !work.Actor.AccessScope.Covers(found.Student.Scope))
            plan.Find(i, "schoolName", "within-sight", "该生的档案不在您的管理范围之内，须由上级教育行政部门导入");
        else if (elsewhere is not null && isOpen && !work.Actor.AccessScope.Covers(elsewhere.Roll.Scope))
            plan.Find(
                i,
                "schoolName",
                "transfer-within-sight",
                "该生学籍在您的管理范围之外的学校，转学须由上级教育行政部门办理"
            );
        else if (isOpen && found.Rolls.Exists(r => r.Roll.State == RollState.Deceased))
            plan.Find(i, "state", "alive", "该生已登记为死亡，请核对");
        else if (elsewhere is not null && !isOpen)
            Elsewhere();
        else if (
            here is { Roll.IsOpen: true }
            && row.State is { } state and not RollState.OnRoll
            && state != here.Roll.State
            && !RollChanges.MayTakeOff(work.Actor, here.Roll.Scope)
        )
            plan.Find(i, "state", "taken-off-by-the-bureau", $"{Words.For(state)}{RollChanges.TakenOffBy}");
        else
        {
            var fields = PupilChanges.Differences(found, listed, here, elsewhere);
            if (fields.Count == 0)
                plan.Unchanged(i);
            else if (fields.Any(PupilChanges.OfRoll.Contains) && (elsewhere ?? here)?.Last > changes.From)
                plan.Find(i, "state", "not-before-the-last", "学籍在名单的生效日期之后还有变动，名单已过时");
            else
                plan.Changed(i, fields, () => changes.ChangeAsync(found, listed, here, elsewhere, fields));
        }

        void Elsewhere()
        {
            plan.Find(
                i,
                "state",
                "left-already",
                "该生已在另一所学校就读，这一行没有可登记的内容",
                FormFindingLevel.Warning
            );
            plan.Unchanged(i);
        }
    }

    private static void Warn(ImportPlan plan, int i, ListedPupil row, School school, int grade, DateOnly from)
    {
        if (
            !row.ResidentId.IsKnown
            && row.BirthDate.IsKnown
            && Age.FullYears(row.BirthDate.Value, from) is < ResidentId.YoungestPupil or > ResidentId.OldestPupil
        )
            plan.Find(i, "birthDate", "school-age", IdSuspicion.NotOfSchoolAge.Message(), FormFindingLevel.Warning);
        if (StageOf(school.Kind) is { } stage && Grade.StageOf(grade) != stage)
            plan.Find(i, "grade", "grade-of-the-school", "与学校的办学类型不符，请核对", FormFindingLevel.Warning);
        if (
            row.RollNumber is { } number
            && Grade.StageOf(grade) == Stage.Junior
            && !JuniorRollNumber.TryParse(number, out _)
        )
            plan.Find(i, "rollNumber", "roll-number-of-14-digits", JuniorRollNumber.Warning, FormFindingLevel.Warning);
        if (row.SchoolCode is not null && row.SchoolName is { } name && name != school.Name && name != school.Alias)
            plan.Find(i, "schoolName", "school-name", "与该标识码的学校名称不符，请核对", FormFindingLevel.Warning);
    }

    /// <summary>The schools of a list.</summary>
    private sealed class ListedSchools
    {
        private readonly UnitOfWork work;
        private readonly List<School> all;

        private ListedSchools(UnitOfWork work, List<School> all) => (this.work, this.all) = (work, all);

        private readonly Dictionary<string, (School? School, (string, string, string) Fault)> told = [];
        private readonly HashSet<Guid> ids = [];

        /// <summary>Those that a row named.</summary>
        internal IReadOnlyCollection<Guid> Ids => ids;

        internal static async Task<ListedSchools> ReadAsync(UnitOfWork work, PupilList list)
        {
            string[] given =
            [
                .. list
                    .Pupils.SelectMany(p => new[] { p.SchoolCode, p.SchoolName })
                    .Append(list.School)
                    .OfType<string>()
                    .Distinct(),
            ];
            List<School> found = [];
            foreach (var some in given.Chunk(500))
                found.AddRange(
                    await work
                        .Db.Set<School>()
                        .AsNoTracking()
                        .Where(s => some.Contains(s.Code) || some.Contains(s.Name) || some.Contains(s.Alias))
                        .ToListAsync()
                );
            var schools = new ListedSchools(work, [.. found.DistinctBy(s => s.Id)]);
            foreach (var row in list.Pupils)
                schools.Find(row, list.School, out _);
            return schools;
        }

        internal string Name(Guid id) => all.Find(s => s.Id == id)?.Name ?? "";

        internal School? Find(ListedPupil row, string? head, out (string Field, string Rule, string Message) fault)
        {
            var (code, name) =
                row.SchoolCode is null && row.SchoolName is null ? (null, head) : (row.SchoolCode, row.SchoolName);
            if (!told.TryGetValue($"{code}\n{name}", out var answer))
            {
                told[$"{code}\n{name}"] = answer = Look(code, name);
                if (answer.School is { } found)
                    ids.Add(found.Id);
            }

            fault = answer.Fault;
            return answer.School;
        }

        private (School? School, (string, string, string) Fault) Look(string? code, string? name)
        {
            var found = all.FindAll(s =>
                code is not null ? s.Code == code : s.Name == name || s.Alias == name || s.Code == name
            );
            var seen = found.FindAll(s => work.Actor.AccessScope.Covers(s.Scope));
            var field = code is not null ? "schoolCode" : "schoolName";
            return code is null && name is null ? (null, (field, "school-named", "未填写学校"))
                : found.Count == 0 ? (null, (field, "school-known", "没有登记这所学校，请先导入学校名单"))
                : seen.Count == 0 ? (null, (field, "within-sight", "这所学校不在您的管理范围之内"))
                : seen.Count > 1 ? (null, (field, "one-school", "有几所学校叫这个名称，请填写学校标识码"))
                : seen[0].Kind is SchoolKind.Vocational or SchoolKind.SeniorHigh
                    ? (null, (field, "compulsory-school", "不是义务教育学校"))
                : (seen[0], default);
        }
    }
}

/// <summary>The blind indexes of a pupil's numbers; null: not given.</summary>
internal sealed record Indexes(byte[]? ResidentId, byte[]? NationalNumber);

/// <summary>A row, with what its words mean.</summary>
internal sealed record ListedRoll(ListedPupil Row, Indexes Indexes, School School, int Grade);
