using EduAssist.Data;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>
/// A compulsory roll, the name of its school, the day on which its last standing began, and when a standing was last
/// recorded.
/// </summary>
internal sealed record KnownRoll(Roll Roll, string School, DateOnly Last, DateTimeOffset LastAt);

/// <summary>A pupil on record, with guardians and compulsory rolls. Not tracked.</summary>
internal sealed class KnownPupil(Student student)
{
    internal Student Student => student;

    internal List<Guardian> Guardians { get; } = [];

    internal List<KnownRoll> Rolls { get; } = [];

    /// <summary>Where the pupil is to be taught now; null: nowhere.</summary>
    internal KnownRoll? Open => Rolls.Find(r => r.Roll.IsOpen);
}

/// <summary>
/// The pupils that a list may be about: all of the schools in it, and whoever bears one of its numbers elsewhere.
/// </summary>
internal sealed class PupilRecords
{
    /// <summary>Values in one query: fewer parameters than either database allows.</summary>
    internal const int AtOnce = 500;

    private readonly Dictionary<Guid, KnownPupil> byId = [];
    private readonly Dictionary<string, KnownPupil> byResidentId = [],
        byDocument = [],
        byNationalNumber = [];
    private readonly Dictionary<(Guid School, string Number), KnownPupil> byRollNumber = [];

    /// <summary>Every one.</summary>
    internal IEnumerable<KnownPupil> All => byId.Values;

    internal KnownPupil? ByResidentId(byte[]? index) =>
        index is null ? null : byResidentId.GetValueOrDefault(Convert.ToHexString(index));

    internal KnownPupil? ByDocument(byte[]? index) =>
        index is null ? null : byDocument.GetValueOrDefault(Convert.ToHexString(index));

    internal KnownPupil? ByNationalNumber(byte[]? index) =>
        index is null ? null : byNationalNumber.GetValueOrDefault(Convert.ToHexString(index));

    internal KnownPupil? ByRollNumber(Guid school, string? number) =>
        number is null ? null : byRollNumber.GetValueOrDefault((school, number));

    /// <summary>Reads them.</summary>
    internal static async Task<PupilRecords> ReadAsync(
        AppDbContext db,
        IReadOnlyCollection<Guid> schools,
        IReadOnlyCollection<Indexes> numbers
    )
    {
        var records = new PupilRecords();
        foreach (var some in schools.Chunk(AtOnce))
            await records.AddAsync(
                db,
                db.Set<Student>()
                    .Where(s =>
                        s.Rolls.Any(r =>
                            some.Contains(r.SchoolId)
                            && r.Kind == RollKind.Compulsory
                            && (r.State == RollState.OnRoll || r.State == RollState.Suspended)
                        )
                    )
            );
        foreach (var some in Unknown(i => i.ResidentId, records.ByResidentId))
            await records.AddAsync(db, db.Set<Student>().Where(s => some.Contains(s.ResidentIdIndex)));
        foreach (var some in Unknown(i => i.Document, records.ByDocument))
            await records.AddAsync(db, db.Set<Student>().Where(s => some.Contains(s.DocumentNumberIndex)));
        foreach (var some in Unknown(i => i.NationalNumber, records.ByNationalNumber))
            await records.AddAsync(db, db.Set<Student>().Where(s => some.Contains(s.NationalNumberIndex)));
        return records;

        IEnumerable<byte[][]> Unknown(Func<Indexes, byte[]?> indexOf, Func<byte[], KnownPupil?> find) =>
            numbers.Select(indexOf).OfType<byte[]>().Where(i => find(i) is null).Chunk(AtOnce);
    }

    private async Task AddAsync(AppDbContext db, IQueryable<Student> wanted)
    {
        List<Guid> added = [];
        foreach (var student in await wanted.AsNoTracking().ToListAsync())
        {
            var pupil = new KnownPupil(student);
            if (!byId.TryAdd(student.Id, pupil))
                continue;
            added.Add(student.Id);
            if (student.ResidentIdIndex is { } id)
                byResidentId[Convert.ToHexString(id)] = pupil;
            if (student.DocumentNumberIndex is { } document)
                byDocument[Convert.ToHexString(document)] = pupil;
            if (student.NationalNumberIndex is { } number)
                byNationalNumber[Convert.ToHexString(number)] = pupil;
        }

        foreach (var some in added.Chunk(AtOnce))
        {
            foreach (
                var guardian in await db.Set<Guardian>()
                    .AsNoTracking()
                    .Where(g => some.Contains(g.StudentId))
                    .OrderBy(g => g.Id)
                    .ToListAsync()
            )
                byId[guardian.StudentId].Guardians.Add(guardian);
            foreach (
                var roll in await db.Set<Roll>()
                    .AsNoTracking()
                    .Where(r => some.Contains(r.StudentId) && r.Kind == RollKind.Compulsory)
                    .OrderBy(r => r.Since)
                    .ThenBy(r => r.Id)
                    .Select(r => new KnownRoll(
                        r,
                        r.School.Name,
                        r.Standings.Max(s => s.From),
                        r.Standings.Max(s => s.At)
                    ))
                    .ToListAsync()
            )
            {
                byId[roll.Roll.StudentId].Rolls.Add(roll);
                if (roll.Roll is { IsOpen: true, Number: { } number })
                    byRollNumber[(roll.Roll.SchoolId, number)] = byId[roll.Roll.StudentId];
            }
        }
    }
}
