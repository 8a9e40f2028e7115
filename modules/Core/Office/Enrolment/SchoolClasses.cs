using EduAssist.Data;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>The classes of a school year, made as they are needed.</summary>
/// <param name="work">The unit of work.</param>
/// <param name="year">In which the school year begins.</param>
internal sealed class SchoolClasses(UnitOfWork work, int year)
{
    private readonly Dictionary<Guid, Dictionary<(int Grade, string Name), SchoolClass>> known = [];

    /// <summary>A class; new ones are saved with the command.</summary>
    /// <param name="school">The school.</param>
    /// <param name="grade">1 to 9.</param>
    /// <param name="name">As the school calls it.</param>
    internal async Task<SchoolClass> FindAsync(School school, int grade, string name)
    {
        if (!known.TryGetValue(school.Id, out var ofSchool))
            known[school.Id] = ofSchool = await work
                .Db.Set<SchoolClass>()
                .AsNoTracking()
                .Where(g => g.SchoolId == school.Id && g.SchoolYear == year)
                .ToDictionaryAsync(g => (g.Grade, g.Name));
        if (!ofSchool.TryGetValue((grade, name), out var schoolClass))
        {
            schoolClass = SchoolClass.Create(work.NewId(), school, grade, year, name);
            ofSchool.Add((grade, name), schoolClass);
            work.Db.Add(schoolClass);
        }

        return schoolClass;
    }
}
