using EduAssist.Core.Enrolment;
using EduAssist.Core.Registry;
using EduAssist.Core.Storage;

namespace EduAssist.Core.Demo;

/// <summary>Invented schools, classes and pupils in the registry of a demo.</summary>
public static class DemoRegistry
{
    /// <summary>The same act on another day: a demo tells of weeks in one act, and every step of it passes the real guards of its day.</summary>
    /// <param name="act">Of the demo.</param>
    /// <param name="day">Not after the act's own.</param>
    public static UnitOfWork On(this UnitOfWork act, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(act);
        return act.At(new(day < act.Today ? day : act.Today, new(9, 0), Calendar.Today.Offset));
    }

    /// <summary>A class of a school.</summary>
    public static SchoolClass Group(UnitOfWork act, School school, int grade, int schoolYear, string name)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(school);
        var group = Registry.SchoolClass.Create(act.NewId(), school, grade, schoolYear, name);
        act.Db.Add(group);
        return group;
    }

    /// <summary>A pupil on the roll of a school, with a guardian.</summary>
    public static Roll Pupil(UnitOfWork act, School school, SchoolClass group, InventedPerson person, DateOnly since)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(school);
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(person);
        var student = new Student
        {
            Id = act.NewId(),
            Name = person.Name,
            Sex = person.Sex,
            BirthDate = person.BirthDate,
            Ethnicity = person.Ethnicity,
            ResidentId = person.ResidentId.Value,
            ResidentIdIndex = act.Keys.BlindIndexOf(person.ResidentId.Value, BlindIndex.ResidentId),
            NationalNumber = person.StudentNumber.Value,
            NationalNumberIndex = act.Keys.BlindIndexOf(person.StudentNumber.Value, BlindIndex.NationalNumber),
            Phone = person.Phone?.Value,
            Address = $"{person.Township}{person.Village}村",
            Scope = group.Scope,
            Version = 1,
        };
        student.Guardians.Add(new() { Id = act.NewId(), StudentId = student.Id, Name = person.Guardian.Name, Kinship = person.Guardian.Kinship, Phone = person.Guardian.Phone?.Value, Scope = group.Scope });
        var roll = new Roll
        {
            Id = act.NewId(),
            StudentId = student.Id,
            SchoolId = school.Id,
            Kind = RollKind.Compulsory,
            Number = person.RollNumber.Value,
            Grade = group.Grade,
            ClassName = group.Name,
            State = RollState.OnRoll,
            Since = since,
            Scope = school.Scope,
            Version = 1,
        };
        roll.Standings.Add(roll.AppendStatus(act, group, since, null));
        student.Rolls.Add(roll);
        act.Db.Add(student);
        return roll;
    }
}
