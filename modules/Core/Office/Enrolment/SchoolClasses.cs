using EduAssist.Data;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>
/// The classes of a school year, made as they are needed. A class is found by any of its spellings
/// (<see cref="ClassNames"/>) and keeps the one under which it was made.
/// </summary>
/// <param name="work">The unit of work.</param>
/// <param name="year">In which the school year begins.</param>
/// <param name="origin">By what they are made.</param>
internal sealed class SchoolClasses(UnitOfWork work, int year, ClassOrigin origin)
{
    private readonly Dictionary<Guid, Dictionary<(int Grade, string Key), SchoolClass>> known = [];
    private readonly HashSet<SchoolClass> added = [];

    /// <summary>A class, new or known.</summary>
    /// <param name="school">The school.</param>
    /// <param name="grade">1 to 9.</param>
    /// <param name="name">As somebody wrote it.</param>
    /// <returns>The class, and whether it is new; a new one is saved by <see cref="UseAsync"/>.</returns>
    internal async Task<(SchoolClass Class, bool IsNew)> FindAsync(School school, int grade, string name)
    {
        if (!known.TryGetValue(school.Id, out var ofSchool))
        {
            known[school.Id] = ofSchool = [];
            foreach (
                var stored in await work
                    .Db.Set<SchoolClass>()
                    .AsNoTracking()
                    .Where(g => g.SchoolId == school.Id && g.SchoolYear == year)
                    .OrderBy(g => g.Id)
                    .ToListAsync()
            )
            {
                ofSchool.TryAdd((stored.Grade, ClassNames.KeyOf(stored.Name, stored.Grade)), stored);
                ofSchool.TryAdd((stored.Grade, Exactly(stored.Name)), stored);
            }
        }

        var key = ClassNames.KeyOf(name, grade);
        if (
            !ofSchool.TryGetValue((grade, Exactly(name)), out var found)
            && !ofSchool.TryGetValue((grade, key), out found)
        )
        {
            found = SchoolClass.Create(work.NewId(), school, grade, year, Names.OfPlace(name));
            (found.Origin, found.MadeAt, found.MadeBy) = (origin, work.Now, work.Actor.Name);
            ofSchool.Add((grade, key), found);
            added.Add(found);
        }

        return (found, added.Contains(found));
    }

    /// <summary>A class that somebody is put into: a new one is saved with the command.</summary>
    /// <inheritdoc cref="FindAsync"/>
    internal async Task<SchoolClass> UseAsync(School school, int grade, string name)
    {
        var (found, isNew) = await FindAsync(school, grade, name);
        if (isNew && added.Remove(found))
            work.Db.Add(found);
        return found;
    }

    /// <summary>Of two classes that an earlier version took for two, each is still found by its own name.</summary>
    private static string Exactly(string name) => $"={name}";
}
