using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Office.Privacy;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Core.Security;

/// <summary>
/// What is marked is handed over, erased and masked: nothing that is personal may be without its mark.
/// </summary>
public sealed class PersonalDataAnnotationTests : IDisposable
{
    private static readonly HashSet<string> Plain =
    [
        "Student.Name", "Student.BirthDate", "Student.ResidentIdIndex", "Student.NationalNumberIndex", "Guardian.Name",
        "Roll.Number", "CaseEvent.Reason", "RollStanding.Reason",
    ];

    private readonly Stored stored = new(DatabaseKind.Sqlite);

    public void Dispose() => stored.Dispose();

    [Fact]
    public void Every_encrypted_column_of_a_student_is_marked_and_every_name()
    {
        using var db = stored.Commands.Database.Open();
        List<IProperty> columns = [.. PersonalData.Kept(db).SelectMany(e => e.GetProperties())];
        Assert.Superset(Plain, columns.Select(Name).ToHashSet());
        Assert.Contains(columns, c => Name(c) == "Evidence.Content");
        Assert.Equal([], Unmarked(columns, c => PersonalDataAnnotation.Find(c) is not null));
        // planted
        Assert.Equal(["Case.Form"],
            Unmarked(columns, c => Name(c) != "Case.Form" && PersonalDataAnnotation.Find(c) is not null));
    }

    [Fact]
    public void Every_listing_masks_what_is_marked_as_a_number_or_a_telephone()
    {
        using var db = stored.Commands.Database.Open();
        var numbers = PersonalData.Kept(db).SelectMany(e => e.GetProperties())
            .Where(p => PersonalDataAnnotation.Find(p)
                is { Kind: PersonalKind.Number or PersonalKind.Phone or PersonalKind.Address })
            .Select(p => p.Name).ToHashSet();
        var columns = stored.Instance.Catalogue.Listings.Where(l => l.Set is "Students" or "Guardians" or "Rolls")
            .SelectMany(l => l.Columns).Where(c => numbers.Contains(c.Name)).ToList();
        Assert.Equal(6, columns.Count);
        Assert.All(columns, c => Assert.True(c.IsPersonal, c.Name));
    }

    private static IEnumerable<string> Unmarked(IEnumerable<IProperty> columns, Func<IProperty, bool> isMarked) =>
        columns.Where(c => (AppDbContext.PurposeOf(c) is not null || Plain.Contains(Name(c))) && !isMarked(c))
            .Select(Name);

    private static string Name(IProperty property) => $"{property.DeclaringType.ClrType.Name}.{property.Name}";
}
