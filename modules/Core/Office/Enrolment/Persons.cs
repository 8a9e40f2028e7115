using EduAssist.Data;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Cases;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>Whom a case is about, as the form names them.</summary>
/// <param name="Name">Null: blank.</param>
/// <param name="Number">Of a document; null: blank.</param>
/// <param name="Document">What document; null: the number tells.</param>
public sealed record NamedPerson(string? Name, string? Number, IdDocumentKind? Document = null)
{
    /// <summary>The field of the form that has the name.</summary>
    public string NameField { get; init; } = "name";

    /// <summary>The field of the form that has the number.</summary>
    public string NumberField { get; init; } = "residentId";
}

/// <summary>
/// Persons whom a case is about, whether they are on a roll or not (学籍以外的人员): adults, children of no school. They
/// are <see cref="Student"/>s without a roll, so that search, masks, access to personal data, erasure, doubles and
/// merges hold for them as for pupils. No list of a school has them; a list of pupils that names the number takes the
/// record over.
/// </summary>
public static class Persons
{
    /// <summary>
    /// The record of a person, found by the number of the document, wherever it is; else a new one. There is never a
    /// second one of a number.
    /// </summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="named">As the form has it.</param>
    /// <param name="scope">Where the case belongs; a new record belongs there, too.</param>
    /// <param name="errors">Takes what is wrong with name or number.</param>
    /// <returns>Null only if an error was added.</returns>
    public static async Task<Student?> FindOrAddAsync(
        UnitOfWork work,
        NamedPerson named,
        string scope,
        OpeningErrors errors
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(named);
        ArgumentNullException.ThrowIfNull(errors);
        var read = IdDocument.Read(named.Document, named.Number, work.Policy.Divisions, work.Today);
        if (Names.OfPerson(named.Name ?? "") is not { Length: > 0 } name)
            errors.Wrong(named.NameField, "须填写姓名。");
        else if (string.IsNullOrWhiteSpace(named.Number))
            errors.Wrong(named.NumberField, "须填写证件号码。");
        else if (read.Message is { } wrong)
            errors.Wrong(named.NumberField, $"{wrong}。");
        else
        {
            var (id, number) = (read.Id?.Value, read.Number);
            var index = work.Keys.BlindIndexOf(
                (id ?? number)!,
                id is not null ? BlindIndex.ResidentId : BlindIndex.DocumentNumber
            );
            if (
                await work
                    .Db.Set<Student>()
                    .SingleOrDefaultAsync(s => id != null ? s.ResidentIdIndex == index : s.DocumentNumberIndex == index)
                is not { } known
            )
                return Add(work, name, scope, read, index);
            if (Names.OfPerson(known.Name) == name)
                return known;
            errors.Wrong(named.NameField, "这个证件号码已登记的是另一个姓名，请核对姓名与号码。");
        }

        return null;
    }

    private static Student Add(UnitOfWork work, string name, string scope, IdDocumentReading read, byte[] index)
    {
        var person = new Student
        {
            Id = work.NewId(),
            Name = name,
            Scope = scope,
            Version = 1,
        };
        if (read.Id is { } id)
            (person.ResidentId, person.ResidentIdIndex, person.BirthDate, person.Sex) = (
                id.Value,
                index,
                id.BirthDate,
                id.Sex
            );
        else
            (person.DocumentKind, person.DocumentNumber, person.DocumentNumberIndex) = (read.Kind, read.Number, index);
        work.Db.Add(person);
        work.Audit("student/off-register", person.Id, scope);
        return person;
    }
}
