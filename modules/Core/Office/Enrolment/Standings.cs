using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>
/// Where pupils belong: a roll in the class of its last standing, or in its school if that has none; the student, the
/// guardians and the cases follow.
/// </summary>
public static class Standings
{
    /// <summary>
    /// Appends a standing with the state and grade that the roll now has, and moves the roll's scope to the class.
    /// </summary>
    /// <param name="roll">Already changed.</param>
    /// <param name="work">The unit of work.</param>
    /// <param name="schoolClass">The class; null: none.</param>
    /// <param name="from">The first day.</param>
    /// <param name="reason">Why it changed; null: nothing to say.</param>
    /// <param name="last">When the last standing was recorded; null: there is none, or it is of another day.</param>
    /// <returns>The standing, to be added.</returns>
    public static RollStanding AppendStanding(
        this Roll roll,
        UnitOfWork work,
        SchoolClass? schoolClass,
        DateOnly from,
        string? reason,
        DateTimeOffset? last = null
    )
    {
        ArgumentNullException.ThrowIfNull(roll);
        ArgumentNullException.ThrowIfNull(work);
        roll.Scope = schoolClass?.Scope ?? ScopePath.SchoolOf(roll.Scope);
        return new()
        {
            Id = work.NewId(),
            RollId = roll.Id,
            From = from,
            State = roll.State,
            Grade = roll.Grade,
            GroupId = schoolClass?.Id,
            Reason = reason,
            At = work.After(last),
        };
    }

    /// <summary>
    /// Moves the scope of students, guardians and cases to that of their rolls. Student and guardians follow the
    /// compulsory roll. A case follows the roll at its own school, so it never leaves that school.
    /// </summary>
    /// <param name="work">The unit of work; all of its changes are saved first.</param>
    /// <param name="students">Their ids.</param>
    internal static async Task MoveScopeWithRollAsync(UnitOfWork work, IReadOnlyCollection<Guid> students)
    {
        var db = work.Db;
        await db.SaveChangesAsync();
        foreach (var some in students.Chunk(PupilRecords.AtOnce))
        {
            await db.UpdateAsync(db.Set<Student>().Where(s => some.Contains(s.Id)), rows =>
                rows.ExecuteUpdateAsync(set =>
                    set.SetProperty(
                        s => s.Scope,
                        s =>
                            db.Set<Roll>()
                                .Where(r => r.StudentId == s.Id && r.Kind == RollKind.Compulsory)
                                .OrderByDescending(r => r.State == RollState.OnRoll || r.State == RollState.Suspended)
                                .ThenByDescending(r => r.Since)
                                .ThenByDescending(r =>
                                    r.Standings.OrderByDescending(t => t.From)
                                        .ThenByDescending(t => t.Id)
                                        .Select(t => t.Id)
                                        .First()
                                )
                                .First()
                                .Scope
                    )
                )
            );
            await db.UpdateAsync(db.Set<Guardian>().Where(g => some.Contains(g.StudentId)), rows =>
                rows.ExecuteUpdateAsync(set =>
                    set.SetProperty(g => g.Scope, g => db.Set<Student>().First(s => s.Id == g.StudentId).Scope)
                )
            );
            await db.UpdateAsync(
                db.Set<Case>()
                    .Where(c =>
                        some.Contains(c.StudentId!.Value)
                        && db.Set<Roll>()
                            .Any(r =>
                                r.StudentId == c.StudentId
                                && r.Kind == RollKind.Compulsory
                                && c.Scope.StartsWith(r.School.Scope)
                            )
                    ),
                rows =>
                    rows.ExecuteUpdateAsync(set =>
                        set.SetProperty(
                            c => c.Scope,
                            c =>
                                db.Set<Roll>()
                                    .First(r =>
                                        r.StudentId == c.StudentId
                                        && r.Kind == RollKind.Compulsory
                                        && c.Scope.StartsWith(r.School.Scope)
                                    )
                                    .Scope
                        )
                    )
            );
            await db.UpdateAsync(
                db.Set<StoredAssessment>().Where(a => a.CaseId != null && some.Contains(a.StudentId!.Value)),
                rows =>
                    rows.ExecuteUpdateAsync(set =>
                        set.SetProperty(a => a.Scope, a => db.Set<Case>().First(c => c.Id == a.CaseId).Scope)
                    )
            );
        }
    }
}
