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

    /// <summary>Our own bound, no provision's: who enters younger is a slip of the pen.</summary>
    private const int YoungestEntrant = 5;

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
                p.Document is var (_, number) ? keys.BlindIndexOf(number, BlindIndex.DocumentNumber) : null,
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
        var records = await PupilRecords.ReadAsync(work.Db, schools.Ids, indexes);
        var changes = new PupilChanges(work, from);
        Dictionary<Guid, int> seen = [];
        var likenesses = records
            .All.SelectMany(p =>
                p.Rolls.Where(r => r.Roll.IsOpen).Select(r => new Likeness(r.Roll.SchoolId, p.Student))
            )
            .ToHashSet();
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
            else if (DateFault(row, from, work.Today) is { } misdated)
                plan.Find(i, misdated.Field, misdated.Rule, misdated.Message);
            else if (index is { ResidentId: null, Document: null, NationalNumber: null } && row.RollNumber is null)
                plan.Find(i, "nationalNumber", "identified", "全国学籍号、身份证件号、学籍辅号至少填写一项");
            else if (row.RollNumber is { } number && !numbers.Add((school.Id, number)))
                plan.Find(i, "rollNumber", "roll-number-once", "同一所学校有两名学生是这个学籍辅号");
            else
            {
                var (found, wrong) = Find(records, school, row, index);
                var listed = new ListedRoll(
                    row,
                    index,
                    school,
                    grade,
                    await ClassAsync(plan, i, changes, school, row, grade)
                );
                if (wrong is { } problem)
                    plan.Find(i, problem.Field, problem.Rule, problem.Message);
                else if (found is null)
                {
                    if (Likeness.Between(school, row) is { } likeness && !likenesses.Add(likeness))
                        Remind(
                            plan,
                            i,
                            "name",
                            "perhaps-known",
                            "该校已有姓名、性别、出生日期都相同的学生，请核对是否同一人"
                        );
                    plan.New(i, () => changes.AddAsync(listed));
                }
                else if (!seen.TryAdd(found.Student.Id, i))
                    plan.Find(i, "", "listed-once", "与前面的一行是同一名学生");
                else
                    Compare(work, plan, i, listed, found, changes);
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
                $"{pupil.Student.Name}：{pupil.Open!.School} {GradeWords.ForGrade(pupil.Open.Roll.Grade)}{pupil.Open.Roll.ClassName}"
            );
        // a row that is not taken names a pupil, too: of its school nobody can be said to be left out
        var faulty = Enumerable
            .Range(0, list.Pupils.Count)
            .Where(plan.IsBad)
            .Select(i => schools.Find(list.Pupils[i], list.School, out _)?.Id)
            .Concat(plan.KeptOut.Select(row => schools.Find(row, list.School)?.Id))
            .ToHashSet();
        foreach (var school in schools.Found.Where(s => !faulty.Contains(s.Id) && !faulty.Contains(null)))
            UnlistedPupils.LeftOut(school, from, records, seen).ForEach(changes.LeaveOut);

        plan.Then(changes.WriteAsync);
    }

    protected override async Task<FormValues> RowsAsync(ListingSource source, FormValues filter)
    {
        var rolls = source.Db.Set<Roll>().Where(r => r.Kind == RollKind.Compulsory);
        if (filter[SchoolFilter] is { } asked && Names.OfPlace(asked) is var school)
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
            ["idType"] = student.DocumentKind is { } kind ? ListedPupil.Printed(kind) : null,
            ["residentId"] = student.ResidentId ?? student.DocumentNumber,
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
            records.ByResidentId(index.ResidentId) ?? records.ByDocument(index.Document),
            records.ByRollNumber(school.Id, row.RollNumber)
        );
        if (byNumber is not null && byId is not null && byNumber != byId)
            return (null, ("residentId", "one-person", "全国学籍号和身份证件号已登记为两名不同的学生"));
        if ((byNumber ?? byId) is { } found)
            return byRoll is null || byRoll == found
                ? (found, null)
                : (null, ("rollNumber", "roll-number-free", "这个学籍辅号在该校已属于另一名学生"));
        return byRoll is null ? (null, null)
            : Names.OfPerson(byRoll.Student.Name) != row.Name
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
                plan.Unchanged(i, () =>
                {
                    changes.Name(found);
                    return Task.CompletedTask;
                });
            else if (fields.Any(PupilChanges.IsOfRoll) && (elsewhere ?? here)?.Last > changes.From)
                plan.Find(i, "state", "not-before-the-last", "学籍在名单的生效日期之后还有变动，名单已过时");
            else
            {
                if (found.Student.Name != row.Name)
                    Remind(plan, i, "name", "another-name", "这个号码已登记的是另一个姓名，请核对姓名与号码是否串行");
                if (elsewhere is not null)
                    Remind(
                        plan,
                        i,
                        "schoolName",
                        "transfers",
                        elsewhere.Last == changes.From
                            ? $"另一份同日生效的名单刚把该生列在{elsewhere.School}，两份名单相互矛盾，请核对"
                            : $"将由{elsewhere.School}转入，请核对"
                    );
                plan.Changed(i, fields, () => changes.ChangeAsync(found, listed, here, elsewhere, fields));
            }
        }

        void Elsewhere()
        {
            Remind(plan, i, "state", "left-already", "该生已在另一所学校就读，这一行没有可登记的内容");
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
            Remind(plan, i, "birthDate", "school-age", IdSuspicion.NotOfSchoolAge.Message());
        if (StageOf(school.Kind) is { } stage && Grade.StageOf(grade) != stage)
            Remind(plan, i, "grade", "grade-of-the-school", "与学校的办学类型不符，请核对");
        if (row.ClassName is { } called && ClassNames.NamesAnotherGrade(called, grade))
            Remind(plan, i, "className", "class-of-the-grade", "班级名称中的年级与本行的年级不同，请核对");
        if (row.EnteredIn is { } month && BirthOf(row) is { } birth && Age.FullYears(birth, month) < YoungestEntrant)
            Remind(plan, i, "entered", "entered-at-school-age", $"按出生日期，入学时不满{YoungestEntrant}周岁，请核对");
        if (
            row.RollNumber is { } number
            && Grade.StageOf(grade) == Stage.Junior
            && !JuniorRollNumber.TryParse(number, out _)
        )
            Remind(plan, i, "rollNumber", "roll-number-of-14-digits", JuniorRollNumber.Warning);
        if (row.SchoolCode is not null && row.SchoolName is { } name && name != school.Name && name != school.Alias)
            Remind(plan, i, "schoolName", "school-name", "与该标识码的学校名称不符，请核对");
    }

    private static void Remind(ImportPlan plan, int i, string field, string rule, string message) =>
        plan.Find(i, field, rule, message, FormFindingLevel.Warning);

    /// <summary>Dates held against each other: what cannot have been is no date of this pupil.</summary>
    private static (string Field, string Rule, string Message)? DateFault(
        ListedPupil row,
        DateOnly from,
        DateOnly today
    ) =>
        BirthOf(row) is not { } birth ? null
        : birth > today ? ("birthDate", "born-by-today", "晚于今天")
        : birth > from ? ("birthDate", "born-by-then", "晚于名单的生效日期")
        : row.EnteredIn is { } month && month < new DateOnly(birth.Year, birth.Month, 1)
            ? ("entered", "entered-after-birth", "早于出生日期")
        : null;

    private static DateOnly? BirthOf(ListedPupil row) =>
        row.BirthDate.IsKnown ? row.BirthDate.Value
        : row.ResidentId.IsKnown ? row.ResidentId.Value.BirthDate
        : null;

    /// <summary>What the class is called that a row means; null: the row names none.</summary>
    private static async Task<string?> ClassAsync(
        ImportPlan plan,
        int i,
        PupilChanges changes,
        School school,
        ListedPupil row,
        int grade
    )
    {
        if (row.ClassName is null)
            return null;
        var (found, isNew) = await changes.Classes.FindAsync(school, grade, row.ClassName);
        if (isNew)
            plan.Makes(i, $"{school.Name} {GradeWords.ForGrade(grade)} {found.Name}");
        return found.Name;
    }

    /// <summary>What two rows of one pupil have in common where neither bears a number that the other has.</summary>
    private sealed record Likeness(Guid School, string Name, Sex Sex, DateOnly BirthDate)
    {
        internal Likeness(Guid school, Student student)
            : this(school, Names.OfPerson(student.Name), student.Sex, student.BirthDate ?? default) { }

        /// <summary>Null: the birth date is not known, and names alone are no sign.</summary>
        internal static Likeness? Between(School school, ListedPupil row) =>
            BirthOf(row) is { } birth ? new(school.Id, row.Name!, row.Sex.Value, birth) : null;
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

        /// <summary>The same.</summary>
        internal IEnumerable<School> Found => all.Where(s => ids.Contains(s.Id));

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

        /// <summary>That of a row which could not be read; null: it cannot be told.</summary>
        internal School? Find(FormValues row, string? head)
        {
            string? code = row["schoolCode"] is { } number ? NumberBody.Cleaned(number) : null,
                name = row["schoolName"] is { } text ? Names.OfPlace(text) : null;
            return string.IsNullOrEmpty(code) && string.IsNullOrEmpty(name)
                ? Look(null, head).School
                : Look(string.IsNullOrEmpty(code) ? null : code, name).School;
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
internal sealed record Indexes(byte[]? ResidentId, byte[]? Document, byte[]? NationalNumber);

/// <summary>A row, with what its words mean.</summary>
internal sealed record ListedRoll(ListedPupil Row, Indexes Indexes, School School, int Grade, string? ClassName);
