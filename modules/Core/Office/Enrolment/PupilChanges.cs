using System.Globalization;
using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Registry;
using EduAssist.Office.ListImports;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Enrolment;

/// <summary>What a list changes in the registry: gathered row by row, written at once.</summary>
/// <param name="work">The unit of work.</param>
/// <param name="from">From which day on the list holds.</param>
internal sealed class PupilChanges(UnitOfWork work, DateOnly from)
{
    /// <summary>The fields that make a new standing.</summary>
    private static readonly HashSet<string> OfRoll = [SchoolField, "grade", "className", "state"];

    internal static bool IsOfRoll(FieldChange change) => OfRoll.Contains(change.Field);

    private const string SchoolField = "schoolName";

    private readonly List<Student> newStudents = [],
        students = [];
    private readonly List<Guardian> newGuardians = [],
        guardians = [];
    private readonly List<Roll> newRolls = [],
        rolls = [];
    private readonly List<RollStanding> standings = [];
    private readonly List<Takeover> takeovers = [];
    private readonly HashSet<Guid> moved = [],
        named = [];
    private readonly List<Roll> leftOut = [];

    internal DateOnly From => from;

    internal SchoolClasses Classes { get; } = new(work, SchoolYear.Of(from).Start, ClassOrigin.List);

    /// <summary>The fields in which a row says something else than the record; a blank says nothing.</summary>
    internal static IReadOnlyList<FieldChange> Differences(
        KnownPupil pupil,
        ListedRoll listed,
        KnownRoll? here,
        KnownRoll? elsewhere
    )
    {
        var (row, student, roll) = (listed.Row, pupil.Student, elsewhere is null ? here?.Roll : null);
        List<FieldChange> found = [];
        Note("name", student.Name, row.Name);
        Note("sex", Words.For(student.Sex), row.Sex.IsKnown ? Words.For(row.Sex.Value) : null);
        Note("birthDate", Day(student.BirthDate), row.BirthDate.IsKnown ? Day(row.BirthDate.Value) : null);
        Note("ethnicity", student.Ethnicity, row.Ethnicity);
        Note("residentId", student.ResidentId, row.ResidentId.IsKnown ? row.ResidentId.Value.Value : null);
        if (row.Document is var (kind, number) && (kind, number) != (student.DocumentKind, student.DocumentNumber))
            found.Add(new("residentId", student.DocumentNumber, number));
        Note(
            "nationalNumber",
            student.NationalNumber,
            row.NationalNumber.IsKnown ? row.NationalNumber.Value.Value : null
        );
        Note("phone", student.Phone, row.Phone.IsKnown ? row.Phone.Value.Value : null);
        Note("address", student.Address, row.Address);
        if (roll is null)
            found.Add(new(SchoolField, elsewhere?.School, listed.School.Name));
        Note("rollNumber", roll?.Number, row.RollNumber);
        Note("entered", $"{roll?.Entered:yyyyMM}", row.EnteredIn is { } month ? $"{month:yyyyMM}" : null);
        if (roll is not null)
        {
            Note("grade", GradeWords.ForGrade(roll.Grade), GradeWords.ForGrade(listed.Grade));
            Note("className", roll.ClassName, listed.ClassName);
            Note("state", Words.For(roll.State), Words.For(StateOf(row, roll)));
        }

        foreach (var (n, name, kinship, phone) in GuardiansOf(row))
        {
            var known = Known(pupil, name, kinship);
            Note($"guardian{n}Name", known?.Name, name);
            if (known is null)
                continue;
            Note($"guardian{n}Kinship", Words.For(known.Kinship), kinship is { } said ? Words.For(said) : null);
            Note($"guardian{n}Phone", known.Phone, phone);
        }

        return found;

        void Note(string field, string? was, string? now)
        {
            if (now is not null && now != was)
                found.Add(new(field, was is "" ? null : was, now));
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal async Task AddAsync(ListedRoll listed)
    {
        var (row, school) = (listed.Row, listed.School);
        var student = new Student
        {
            Id = work.NewId(),
            Name = row.Name!,
            Scope = school.Scope,
        };
        Enter(student, row, listed.Indexes);
        newStudents.Add(student);
        student.Scope = (await AddRollAsync(student, listed, null)).Scope;
        foreach (var (_, name, kinship, phone) in GuardiansOf(row))
            newGuardians.Add(NewGuardian(student, name, kinship, phone));
    }

    internal async Task ChangeAsync(
        KnownPupil pupil,
        ListedRoll listed,
        KnownRoll? here,
        KnownRoll? elsewhere,
        IReadOnlyList<FieldChange> fields
    )
    {
        var (row, student) = (listed.Row, pupil.Student);
        var name = student.Name;
        Name(pupil);
        foreach (var (_, guardian, kinship, phone) in GuardiansOf(row))
        {
            if (Known(pupil, guardian, kinship) is not { } known)
                newGuardians.Add(NewGuardian(student, guardian, kinship, phone));
            else
            {
                (known.Name, known.Kinship, known.Phone) = (guardian, kinship ?? known.Kinship, phone ?? known.Phone);
                guardians.Add(known);
            }
        }

        Enter(student, row, listed.Indexes);
        students.Add(student);
        if (elsewhere is not null)
            Close(elsewhere, name, listed.School);
        if (here is null)
            await AddRollAsync(student, listed, elsewhere?.Roll);
        else
            await ChangeAsync(here, listed, fields);
        if (fields.Any(IsOfRoll))
            moved.Add(student.Id);
    }

    /// <summary>A list names a pupil who is on record.</summary>
    internal void Name(KnownPupil pupil) => named.Add(pupil.Student.Id);

    /// <summary>The list of a school leaves out a pupil of its roll.</summary>
    internal void LeaveOut(KnownPupil pupil) => leftOut.Add(pupil.Open!.Roll);

    /// <summary>Writes everything.</summary>
    internal async Task WriteAsync()
    {
        await work.Db.SaveChangesAsync(); // saved first: standings refer to the classes
        await work.Db.UpdateAllAsync(students);
        await work.Db.InsertAllAsync(newStudents);
        await work.Db.UpdateAllAsync(guardians);
        await work.Db.InsertAllAsync(newGuardians);
        await work.Db.UpdateAllAsync(rolls);
        await work.Db.InsertAllAsync(newRolls);
        await work.Db.InsertAllAsync(standings);
        await work.Db.InsertAllAsync(takeovers);
        await UnlistedPupils.RecordAsync(work, from, named, leftOut);
        await Standings.MoveScopeWithRollAsync(work, moved);
    }

    /// <summary>
    /// The state that a row means. A pupil in a list is on the roll, unless the list says otherwise or the pupil is
    /// suspended already.
    /// </summary>
    private static RollState StateOf(ListedPupil row, Roll? roll) =>
        row.State ?? (roll is { IsOpen: true } ? roll.State : RollState.OnRoll);

    private static IEnumerable<(int Number, string Name, Kinship? Kinship, string? Phone)> GuardiansOf(ListedPupil row)
    {
        if (row.Guardian1Name is { } first)
            yield return (1, first, row.Guardian1Kinship, Text(row.Guardian1Phone));
        if (row.Guardian2Name is { } second)
            yield return (2, second, row.Guardian2Kinship, Text(row.Guardian2Phone));

        static string? Text(Fact<Phone> phone) => phone.IsKnown ? phone.Value.Value : null;
    }

    /// <summary>
    /// The guardian on record that a row means: the one of that name; otherwise the father or the mother, of whom there
    /// is only one.
    /// </summary>
    private static Guardian? Known(KnownPupil pupil, string name, Kinship? kinship) =>
        pupil.Guardians.Find(g => g.Name == name)
        ?? (kinship is Kinship.Father or Kinship.Mother ? pupil.Guardians.Find(g => g.Kinship == kinship) : null);

    private Guardian NewGuardian(Student student, string name, Kinship? kinship, string? phone) =>
        new()
        {
            Id = work.NewId(),
            StudentId = student.Id,
            Name = name,
            Kinship = kinship ?? Kinship.Other,
            Phone = phone,
            Scope = student.Scope,
        };

    private static void Enter(Student student, ListedPupil row, Indexes index)
    {
        student.Name = row.Name!;
        student.Sex = row.Sex.Value;
        student.BirthDate = row.BirthDate.IsKnown
            ? row.BirthDate.Value
            : student.BirthDate ?? (row.ResidentId.IsKnown ? row.ResidentId.Value.BirthDate : null);
        student.Ethnicity = row.Ethnicity ?? student.Ethnicity;
        if (index.ResidentId is not null)
            (student.ResidentId, student.ResidentIdIndex) = (row.ResidentId.Value.Value, index.ResidentId);
        if (row.Document is var (kind, number))
            (student.DocumentKind, student.DocumentNumber, student.DocumentNumberIndex) = (
                kind,
                number,
                index.Document
            );
        if (index.NationalNumber is not null)
            (student.NationalNumber, student.NationalNumberIndex) = (
                row.NationalNumber.Value.Value,
                index.NationalNumber
            );
        student.Phone = row.Phone.IsKnown ? row.Phone.Value.Value : student.Phone;
        student.Address = row.Address ?? student.Address;
        student.Version++;
    }

    private async Task<Roll> AddRollAsync(Student student, ListedRoll listed, Roll? before)
    {
        var row = listed.Row;
        var roll = new Roll
        {
            Id = work.NewId(),
            StudentId = student.Id,
            SchoolId = listed.School.Id,
            Kind = RollKind.Compulsory,
            Number = row.RollNumber,
            Grade = listed.Grade,
            ClassName = listed.ClassName,
            Entered = row.EnteredIn,
            State = StateOf(row, null),
            Since = from,
            Scope = listed.School.Scope,
            Version = 1,
        };
        newRolls.Add(roll);
        await StandAsync(roll, listed.School, before is null ? "名单导入" : "转入");
        return roll;
    }

    private async Task ChangeAsync(KnownRoll known, ListedRoll listed, IReadOnlyList<FieldChange> fields)
    {
        var (row, roll) = (listed.Row, known.Roll);
        var state = StateOf(row, roll);
        if (state != roll.State)
            (roll.State, roll.Since) = (state, from);
        (roll.Number, roll.Grade, roll.ClassName, roll.Entered) = (
            row.RollNumber ?? roll.Number,
            listed.Grade,
            listed.ClassName ?? roll.ClassName,
            row.EnteredIn ?? roll.Entered
        );
        roll.Version++;
        rolls.Add(roll);
        if (fields.Any(IsOfRoll))
            await StandAsync(roll, listed.School, "名单导入", known.LastAt);
    }

    private void Close(KnownRoll known, string name, School to)
    {
        var roll = known.Roll;
        takeovers.Add(Takeovers.Create(work, roll, name, known.School, to, from, isByList: true));
        (roll.State, roll.Since) = (RollState.TransferredOut, from);
        roll.Version++;
        rolls.Add(roll);
        standings.Add(roll.AppendStanding(work, null, from, "转出", known.LastAt));
    }

    private async Task StandAsync(Roll roll, School school, string reason, DateTimeOffset? last = null)
    {
        var schoolClass = roll.ClassName is { } name ? await Classes.UseAsync(school, roll.Grade, name) : null;
        standings.Add(roll.AppendStanding(work, schoolClass, from, reason, last));
    }
}

/// <summary>The order of standings that begin on one day.</summary>
internal static class StandingOrder
{
    /// <summary>
    /// The instant of the command, or the millisecond after the last standing. Instants are stored in milliseconds, two
    /// commands may fall into the same one, and of two standings of one day the later recorded counts.
    /// </summary>
    internal static DateTimeOffset After(this UnitOfWork work, DateTimeOffset? last) =>
        last >= work.Now ? last.Value.AddMilliseconds(1) : work.Now;
}
