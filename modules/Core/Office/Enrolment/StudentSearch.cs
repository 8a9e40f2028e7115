using EduAssist.Data;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>Finds students (查询学生) by what a clerk has in hand.</summary>
public static class StudentSearch
{
    /// <summary>
    /// Whether a text is meant as a number of a person. Such a text must be posted: addresses are kept in logs and
    /// histories.
    /// </summary>
    public static bool IsNumber(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NumberBody.Cleaned(text).Any(char.IsAsciiDigit);
    }

    /// <summary>
    /// Students by a part of the name; or by the whole of a resident ID, a national number or a school's roll number.
    /// </summary>
    /// <param name="db">What the reader may see.</param>
    /// <param name="keys">Make blind indexes.</param>
    /// <param name="text">As typed.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>Their ids, by name.</returns>
    public static async Task<IReadOnlyList<Guid>> FindAsync(ScopedReadDbContext db, KeyRing keys, string text, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(text);
        if (IsNumber(text))
            return await ByNumber(db, keys, text).Take(most).ToListAsync();
        var name = Names.OfPerson(text);
        return name.Length == 0
            ? []
            : await db.Set<Student>()
                .Where(s => s.Name.Contains(name))
                .OrderBy(s => s.Name)
                .ThenBy(s => s.Id)
                .Take(most)
                .Select(s => s.Id)
                .ToListAsync();
    }

    /// <summary>
    /// Four look-ups, each by its own index: one condition with OR would read every student. A roll's number is looked
    /// for among the rolls that the reader sees, and leads to a student only if they see that one, too.
    /// </summary>
    internal static IQueryable<Guid> ByNumber(ScopedReadDbContext db, KeyRing keys, string text)
    {
        var (number, ofSchool) = (NumberBody.Cleaned(text), NumberBody.OfSchool(text));
        var (id, document, national) = (
            keys.BlindIndexOf(number, BlindIndex.ResidentId),
            keys.BlindIndexOf(number, BlindIndex.DocumentNumber),
            keys.BlindIndexOf(number, BlindIndex.NationalNumber)
        );
        return db.Set<Student>()
            .Where(s => s.ResidentIdIndex == id)
            .Select(s => new { s.Id, s.Name })
            .Union(db.Set<Student>().Where(s => s.DocumentNumberIndex == document).Select(s => new { s.Id, s.Name }))
            .Union(db.Set<Student>().Where(s => s.NationalNumberIndex == national).Select(s => new { s.Id, s.Name }))
            .Union(db.Set<Roll>().Where(r => r.Number == ofSchool).Select(r => new { r.Student.Id, r.Student.Name }))
            .OrderBy(s => s.Name)
            .ThenBy(s => s.Id)
            .Select(s => s.Id);
    }
}
