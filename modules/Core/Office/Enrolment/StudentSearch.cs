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
        var students = db.Set<Student>().AsQueryable();
        if (IsNumber(text))
        {
            var number = NumberBody.Cleaned(text);
            var (id, document, national) = (
                keys.BlindIndexOf(number, BlindIndex.ResidentId),
                keys.BlindIndexOf(number, BlindIndex.DocumentNumber),
                keys.BlindIndexOf(number, BlindIndex.NationalNumber)
            );
            students = students.Where(s =>
                s.ResidentIdIndex == id
                || s.DocumentNumberIndex == document
                || s.NationalNumberIndex == national
                || s.Rolls.Any(r => r.Number == number)
            );
        }
        else
        {
            var name = Names.OfPerson(text);
            if (name.Length == 0)
                return [];
            students = students.Where(s => s.Name.Contains(name));
        }

        return await students.OrderBy(s => s.Name).ThenBy(s => s.Id).Take(most).Select(s => s.Id).ToListAsync();
    }
}
