using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Office.Cases;
using EduAssist.Office.Enrolment;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Demo;

/// <summary>Invented schools, classes and pupils in the registry of a demo.</summary>
public static class DemoRegistry
{
    /// <summary>
    /// The same unit of work on an earlier day. A demo tells of weeks in one command, and every step of it must pass
    /// the real guards of its own day.
    /// </summary>
    /// <param name="work">Of the demo.</param>
    /// <param name="day">Not after that of the command.</param>
    public static UnitOfWork On(this UnitOfWork work, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.At(new(day < work.Today ? day : work.Today, new(9, 0), Today.Offset));
    }

    /// <summary>The body that was asked about a paper of a case, and that paper: it speaks in the demo, too.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the case.</param>
    /// <param name="kind">Of the paper.</param>
    /// <returns>The unit of work by that body's user, and the paper; null: nobody is asked any more.</returns>
    public static async Task<(UnitOfWork Work, Guid Paper)?> AskedAsync(this UnitOfWork work, Guid id, string kind)
    {
        ArgumentNullException.ThrowIfNull(work);
        var open = await work
            .Db.Set<Confirmation>()
            .AsNoTracking()
            .Where(c => c.CaseId == id && c.Kind == kind && c.State == ConfirmationState.Asked)
            .OrderByDescending(c => c.AskedAt)
            .FirstOrDefaultAsync();
        return open is null
            ? null
            : (
                work.By(
                    new Actor("demo", [.. Confirmation.SpeakersOf(open.Scope).Select(r => new Grant(r, open.Scope))])
                ),
                open.EvidenceId
            );
    }

    /// <summary>A class of a school.</summary>
    public static SchoolClass Group(UnitOfWork work, School school, int grade, int schoolYear, string name)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(school);
        var schoolClass = SchoolClass.Create(work.NewId(), school, grade, schoolYear, name);
        work.Db.Add(schoolClass);
        return schoolClass;
    }

    /// <summary>A pupil on the roll of a school, with a guardian.</summary>
    public static Roll Pupil(
        UnitOfWork work,
        School school,
        SchoolClass schoolClass,
        InventedPerson person,
        DateOnly since
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(school);
        ArgumentNullException.ThrowIfNull(schoolClass);
        ArgumentNullException.ThrowIfNull(person);
        var student = new Student
        {
            Id = work.NewId(),
            Name = person.Name,
            Sex = person.Sex,
            BirthDate = person.BirthDate,
            Ethnicity = person.Ethnicity,
            ResidentId = person.ResidentId.Value,
            ResidentIdIndex = work.Keys.BlindIndexOf(person.ResidentId.Value, BlindIndex.ResidentId),
            NationalNumber = person.StudentNumber.Value,
            NationalNumberIndex = work.Keys.BlindIndexOf(person.StudentNumber.Value, BlindIndex.NationalNumber),
            Phone = person.Phone?.Value,
            Address = $"{person.Township}{person.Village}村",
            Scope = schoolClass.Scope,
            Version = 1,
        };
        student.Guardians.Add(
            new()
            {
                Id = work.NewId(),
                StudentId = student.Id,
                Name = person.Guardian.Name,
                Kinship = person.Guardian.Kinship,
                Phone = person.Guardian.Phone?.Value,
                Scope = schoolClass.Scope,
            }
        );
        var roll = new Roll
        {
            Id = work.NewId(),
            StudentId = student.Id,
            SchoolId = school.Id,
            Kind = RollKind.Compulsory,
            Number = person.RollNumber.Value,
            Grade = schoolClass.Grade,
            ClassName = schoolClass.Name,
            State = RollState.OnRoll,
            Since = since,
            Scope = school.Scope,
            Version = 1,
        };
        roll.Standings.Add(roll.AppendStanding(work, schoolClass, since, null));
        student.Rolls.Add(roll);
        work.Db.Add(student);
        return roll;
    }
}
