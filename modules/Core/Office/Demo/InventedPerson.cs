using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Demo;

/// <summary>
/// A pupil who does not exist. The numbers are those of <see cref="Registry"/>, so that an invented person, too, is
/// printed masked.
/// </summary>
/// <param name="Name">The name in full: two to four characters, or parts with the middle dot (U+00B7).</param>
/// <param name="Sex">Male or female, as the resident ID tells.</param>
/// <param name="BirthDate">As the resident ID tells.</param>
/// <param name="ResidentId">
/// Valid, with one of the sequences 996 to 999 and the county's code of the day of birth.
/// </param>
/// <param name="Ethnicity">民族: 汉族, 彝族, ….</param>
/// <param name="RollNumber">初中学籍号, 14 digits.</param>
/// <param name="StudentNumber">全国学籍号: nearly always G and the resident ID.</param>
/// <param name="Phone">The pupil's telephone; null: none.</param>
/// <param name="Township">The name of a township of the county; an invented one where the register has none.</param>
/// <param name="Village">The invented name of a village, without 村 or 委会.</param>
/// <param name="Guardian">The legal guardian.</param>
public sealed record InventedPerson(
    string Name,
    Sex Sex,
    DateOnly BirthDate,
    ResidentId ResidentId,
    string Ethnicity,
    JuniorRollNumber RollNumber,
    StudentNumber StudentNumber,
    Phone? Phone,
    string Township,
    string Village,
    InventedGuardian Guardian
);

/// <summary>The legal guardian (法定监护人) of an invented pupil.</summary>
/// <param name="Name">The name in full.</param>
/// <param name="Kinship">What the guardian is to the pupil.</param>
/// <param name="Phone">The telephone; null: none.</param>
public sealed record InventedGuardian(string Name, Kinship Kinship, Phone? Phone);
