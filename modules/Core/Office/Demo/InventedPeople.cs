using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Demo;

/// <summary>
/// Pupils who do not exist, for demonstrations and tests: the same seed and the same questions give the same people. No
/// resident ID, roll number or national student number is given twice.
/// </summary>
/// <remarks>
/// Resident IDs bear the sequences 996 to 999, which were set aside for centenarians: with a child's birth date they
/// are very unlikely to be anybody's. Shares (sex, ethnicity, guardians, telephones) are assumptions, no statistics.
/// Not for several threads at once.
/// </remarks>
/// <param name="seed">Any number.</param>
/// <param name="divisions">Asked for the county's code on the day of birth and for its townships.</param>
public sealed class InventedPeople(int seed, Divisions divisions)
{
    private static readonly (Kinship Kinship, int Share)[] Guardians =
    [
        (Kinship.Father, 55),
        (Kinship.Mother, 25),
        (Kinship.Grandparent, 16),
        (Kinship.Other, 4),
    ];
    private static readonly string[] TownshipsElsewhere = ["城关镇", "东山镇", "西河镇", "南坪乡", "北山乡"];

    private readonly Dice dice = new(seed);
    private readonly HashSet<string> given = [];
    private readonly Dictionary<string, int> serials = [];

    /// <summary>One more pupil.</summary>
    /// <param name="county">
    /// Where the pupil was registered and goes to school; a code of the past stands for its place of today.
    /// </param>
    /// <param name="bornFrom">The earliest day of birth.</param>
    /// <param name="bornTo">The latest, itself included.</param>
    /// <exception cref="ArgumentException">The code is no county's, or the days are in the wrong order.</exception>
    /// <exception cref="InvalidOperationException">
    /// All numbers are given: there are four for each county and day.
    /// </exception>
    public InventedPerson Next(DivisionCode county, DateOnly bornFrom, DateOnly bornTo)
    {
        if (county.Level != DivisionLevel.County)
            throw new ArgumentException($"{county} is no county.", nameof(county));
        if (bornTo < bornFrom)
            throw new ArgumentException("The last day of birth is before the first.", nameof(bornTo));
        var here = divisions.Current(county);
        var wished = dice.PerMille(530) ? Sex.Male : Sex.Female;
        var id = Free(here, bornFrom, bornTo, wished)
            ?? Free(here, bornFrom, bornTo, wished == Sex.Male ? Sex.Female : Sex.Male)
            ?? throw new InvalidOperationException(
                $"All numbers of {county} from {bornFrom:O} to {bornTo:O} are given."
            );

        var names = new InventedNames(dice);
        var group = EthnicGroup.Draw(here, dice);
        var surname = names.Surname(group);
        return new(
            names.Full(surname, id.Sex),
            id.Sex,
            id.BirthDate,
            id,
            group.Name,
            RollNumber(here, id.BirthDate),
            StudentNumberOf(id, here),
            Telephone(),
            Township(here),
            names.Village(),
            Guardian(names, group, surname)
        );
    }

    /// <summary>
    /// A number not given yet, from a random day of the range on; null when there is none of this sex.
    /// </summary>
    private ResidentId? Free(DivisionCode here, DateOnly from, DateOnly to, Sex sex)
    {
        var days = to.DayNumber - from.DayNumber + 1;
        var (first, high) = (dice.Below(days), dice.Below(2));
        for (var i = 0; i < 2 * days; i++)
        {
            var birth = from.AddDays((first + (i / 2)) % days);
            var sequence = (sex == Sex.Male ? 997 : 996) + ((i + high) % 2 * 2);
            var body = $"{CodeAt(here, birth)}{birth:yyyyMMdd}{sequence}";
            if (given.Add(body) && ResidentId.TryParse(body + CheckCharacter.Compute(body), out var id))
                return id;
        }

        return null;
    }

    /// <summary>
    /// The code that the place bore on a day: of those in force the newest. The county's own where the register knows
    /// none of that day.
    /// </summary>
    private DivisionCode CodeAt(DivisionCode here, DateOnly day) =>
        divisions
            .AtPlaceOf(here)
            .Where(d =>
                d.Level == DivisionLevel.County
                && (d.From is null || d.From <= day)
                && (d.Until is null ? d.Successor is null : day < d.Until)
            )
            .OrderByDescending(d => d.From)
            .ThenByDescending(d => d.Code == here)
            .Select(d => d.Code)
            .FirstOrDefault(here);

    /// <summary>Fourteen digits have no published meaning: here county, year of entry and a serial number.</summary>
    private JuniorRollNumber RollNumber(DivisionCode here, DateOnly birth)
    {
        var school = $"{here}{SchoolYear.Of(birth).Start + 13:0000}";
        var serial = serials[school] = serials.GetValueOrDefault(school) + 1;
        return JuniorRollNumber.TryParse($"{school}{serial:0000}", out var number)
            ? number
            : throw new InvalidOperationException($"Too many pupils of {school}.");
    }

    private StudentNumber StudentNumberOf(ResidentId id, DivisionCode here)
    {
        var body = $"{here}{id.Value[6..17]}";
        var text =
            dice.PerMille(970) ? $"G{id.Value}"
            : dice.PerMille(700) ? $"L{body}{dice.Below(10)}"
            : $"J{body}{CheckCharacter.Compute(body)}";
        return StudentNumber.TryParse(text, out var number)
            ? number
            : throw new InvalidOperationException("An invented student number is wrong.");
    }

    private string Township(DivisionCode here) =>
        divisions.Children(here) is { Count: > 0 } known ? dice.OneOf(known).Name : dice.OneOf(TownshipsElsewhere);

    private InventedGuardian Guardian(InventedNames names, EthnicGroup group, string surname)
    {
        var kinship = dice.Weighted(Guardians, g => g.Share).Kinship;
        var sex =
            kinship == Kinship.Father || (kinship != Kinship.Mother && dice.PerMille(500)) ? Sex.Male : Sex.Female;
        return new(
            names.Full(kinship is Kinship.Father or Kinship.Grandparent ? surname : names.Surname(group), sex),
            kinship,
            Telephone()
        );
    }

    /// <summary>
    /// Numbers that reach nobody: 154 is no carrier's segment, and no fixed line begins with zero after its area code.
    /// </summary>
    private Phone? Telephone()
    {
        var throwing = dice.Below(1000);
        if (throwing < 30)
            return null;
        return Phone
            .Read(throwing < 50 ? $"0878-000{dice.Below(10_000):0000}" : $"154000{dice.Below(100_000):00000}")
            .Phone;
    }
}
