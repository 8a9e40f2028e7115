using System.Numerics;
using EduAssist.Kernel.Policy;

namespace EduAssist.Bench;

/// <summary>A situation that may still fit, and the names of the facts that would settle it.</summary>
internal readonly record struct HandPossible(int Number, string[] Missing);

/// <summary>
/// The peer's answer: what fits, in the order of the guide, which of it leads (0: nothing fits), and what may still fit
/// beside it.
/// </summary>
internal sealed record HandGuideAnswer(Verdict Verdict, int[] Fitting, int Leading, HandPossible[] Possible);

/// <summary>
/// The peer: the twenty situations as one writes them for this one guide, without situations as data. Lean on purpose:
/// nullable booleans, one bit a situation, structs in one array. It has no measures, no effects with their needs, no
/// contradictions, no titles and no remainder.
/// </summary>
internal static class HandWrittenGuide
{
    private const uint OfDisability = 1 << 3 | 1 << 4,
        OfWeariness = 1 << 6 | 1 << 7,
        OfWork = 1 << 8 | 1 << 9,
        OfMarriage = 1 << 13 | 1 << 14;

    private static ReadOnlySpan<byte> Precedence =>
        [20, 10, 15, 17, 16, 4, 3, 5, 14, 13, 18, 19, 12, 11, 9, 8, 7, 6, 2, 1];

    internal static HandGuideAnswer Assess(Case c, DateOnly asOf)
    {
        uint fits = 0,
            open = 0;
        var reason = c.MainReason;
        var never = !c.EverEnrolled & c.Healthy;
        var age = c.BirthDate is { } birth
            ? FullYears(birth, new(asOf.Month >= 9 ? asOf.Year : asOf.Year - 1, 8, 31))
            : (int?)null;
        Tell(1, never & (age is null ? null : age is >= 6 and <= 11));
        Tell(2, never & (age is null ? null : age is >= 12 and <= 15));
        Tell(3, Disabled(c) & Is(c.CommitteeAssessment, CaseCommittee.CanAttend));
        Tell(4, Severe(c) & Is(c.CommitteeAssessment, CaseCommittee.CannotAttend));
        Tell(5, Sign(reason, CaseReason.Illness, c.SeriousIllness));
        bool? isShort = c.OutSince is { } since ? asOf <= since.AddYears(1) : null;
        var isLong = !isShort & Is(c.LeftAtStage, CaseStage.Junior);
        Tell(6, Is(reason, CaseReason.WearyOfStudy) & isShort);
        Tell(7, Is(reason, CaseReason.WearyOfStudy) & isLong);
        Tell(8, Is(reason, CaseReason.WorkingAway) & isShort);
        Tell(9, Is(reason, CaseReason.WorkingAway) & isLong);
        var listed = Listed(c);
        bool? beyond = c.BirthDate is { } born ? FullYears(born, asOf) >= 17 : null;
        bool? ofAge = age is null ? null : age >= 6 && beyond == false;
        Tell(10, listed & (Decided(c) | Sign(reason, CaseReason.RegisterAge, c.RegisterAgeDisputed)));
        Tell(11, Sign(reason, CaseReason.TrainingInstitution, c.InTrainingInstitution) & ofAge);
        Tell(12, Sign(reason, CaseReason.Religious, c.InReligiousPlace) & ofAge);
        var married = Sign(reason, CaseReason.EarlyMarriage, c.MarriedEarly) & ofAge;
        var mother = Is(c.Sex, CaseSex.Female) & c.HasGivenBirth;
        Tell(13, married & !mother);
        Tell(14, married & mother);
        Tell(15, listed & (beyond | HasGraduated(c)));
        var noRoll = c.OnRoll != true;
        Tell(16, listed & Sign(reason, CaseReason.DelayedEntry, c.EntryDelayed) & noRoll);
        Tell(17, listed & Sign(reason, CaseReason.NoRoll, c.AttendsWithoutRoll) & noRoll);
        Tell(18, Sign(reason, CaseReason.Relocation, c.Relocated));
        Tell(19, Sign(reason, CaseReason.PrimaryToJunior, c.InPrimaryJuniorGap));
        Tell(20, Sign(reason, CaseReason.Missing, c.MissingPerson));

        return fits != 0 ? new(Verdict.Covered, Numbers(fits), Leading(fits, reason), Possible(open, c, asOf))
            : open != 0 ? new(Verdict.Undetermined, [], 0, Possible(open, c, asOf))
            : new(Verdict.NotCovered, [], 0, []);

        void Tell(int number, bool? holds)
        {
            if (holds is null)
                open |= 1u << number;
            else if (holds.Value)
                fits |= 1u << number;
        }
    }

    private static bool? Is<TChoice>(TChoice? choice, TChoice value)
        where TChoice : struct, Enum =>
        choice is { } known ? EqualityComparer<TChoice>.Default.Equals(known, value) : null;

    private static bool? Sign(CaseReason? reason, CaseReason own, bool? sign) =>
        sign ?? (reason is null ? null : reason == own);

    private static bool? Disabled(Case c) =>
        c.SevereDisability == true || c.MainReason == CaseReason.Disability ? true
        : c.MainReason is null ? null
        : false;

    private static bool? HasGraduated(Case c) =>
        c.Graduated ?? (c.MainReason is null or CaseReason.OverAge ? null : false);

    private static bool? Decided(Case c) =>
        c.RegisterDecision is { } decided ? decided == CaseRegister.BeyondCompulsoryAge
        : c.RegisterAgeDisputed == false
        || (c.RegisterAgeDisputed is null && c.MainReason is not null and not CaseReason.RegisterAge)
            ? false
        : null;

    private static bool? Severe(Case c) =>
        c.SevereDisability ?? (c.MainReason is null or CaseReason.Disability ? null : false);

    private static bool? Listed(Case c) =>
        c.ListedAsDropout
        ?? (
            c.MainReason is CaseReason.RegisterAge or CaseReason.OverAge or CaseReason.DelayedEntry or CaseReason.NoRoll
                ? true
                : null
        );

    private static int FullYears(DateOnly birth, DateOnly on) =>
        on.Year - birth.Year - (on.Month < birth.Month || (on.Month == birth.Month && on.Day < birth.Day) ? 1 : 0);

    private static int[] Numbers(uint situations)
    {
        var numbers = new int[BitOperations.PopCount(situations)];
        for (var i = 0; situations != 0; i++, situations &= situations - 1)
            numbers[i] = BitOperations.TrailingZeroCount(situations);
        return numbers;
    }

    private static int Leading(uint fits, CaseReason? reason)
    {
        var own =
            fits
            & reason switch
            {
                CaseReason.Disability => OfDisability,
                CaseReason.Illness => 1 << 5,
                CaseReason.WearyOfStudy => OfWeariness,
                CaseReason.WorkingAway => OfWork,
                CaseReason.RegisterAge => 1 << 10,
                CaseReason.TrainingInstitution => 1 << 11,
                CaseReason.Religious => 1 << 12,
                CaseReason.EarlyMarriage => OfMarriage,
                CaseReason.OverAge => 1 << 15,
                CaseReason.DelayedEntry => 1 << 16,
                CaseReason.NoRoll => 1 << 17,
                CaseReason.Relocation => 1 << 18,
                CaseReason.PrimaryToJunior => 1 << 19,
                CaseReason.Missing => 1 << 20,
                _ => 0u,
            };
        if (own == 0)
            own = fits;
        if (BitOperations.IsPow2(own))
            return BitOperations.TrailingZeroCount(own);
        foreach (var number in Precedence)
        {
            if ((own >> number & 1) != 0)
                return number;
        }

        return 0;
    }

    private static HandPossible[] Possible(uint open, Case c, DateOnly asOf)
    {
        var possible = new HandPossible[BitOperations.PopCount(open)];
        for (var i = 0; open != 0; i++, open &= open - 1)
        {
            var number = BitOperations.TrailingZeroCount(open);
            possible[i] = new(number, Missing(number, c, asOf));
        }

        return possible;
    }

    private static string[] Missing(int number, Case c, DateOnly asOf) =>
        number switch
        {
            1 or 2 => Names(
                c.BirthDate is null ? "birthDate" : null,
                c.EverEnrolled is null ? "everEnrolled" : null,
                c.Healthy is null ? "healthy" : null
            ),
            3 => Names(
                Disabled(c) is null ? "mainReason" : null,
                Disabled(c) is null && c.SevereDisability is null ? "severeDisability" : null,
                c.CommitteeAssessment is null ? "committeeAssessment" : null
            ),
            4 => Names(
                c.SevereDisability is null ? "severeDisability" : null,
                c.CommitteeAssessment is null ? "committeeAssessment" : null
            ),
            5 => Signs(c, CaseReason.Illness, c.SeriousIllness, "seriousIllness"),
            6 or 8 => Names(c.MainReason is null ? "mainReason" : null, c.OutSince is null ? "outSince" : null),
            7 or 9 => Names(
                c.MainReason is null ? "mainReason" : null,
                c.OutSince is null ? "outSince" : null,
                c.LeftAtStage is null ? "leftAtStage" : null
            ),
            10 => MissingOfRegisterAge(c),
            11 => Signs(
                c,
                CaseReason.TrainingInstitution,
                c.InTrainingInstitution,
                "inTrainingInstitution",
                born: true
            ),
            12 => Signs(c, CaseReason.Religious, c.InReligiousPlace, "inReligiousPlace", born: true),
            13 or 14 => MissingOfMarriage(c),
            15 => MissingOfOverAge(c, asOf),
            16 => Signs(c, CaseReason.DelayedEntry, c.EntryDelayed, "entryDelayed", ListedIfMissing(c)),
            17 => Signs(c, CaseReason.NoRoll, c.AttendsWithoutRoll, "attendsWithoutRoll", ListedIfMissing(c)),
            18 => Signs(c, CaseReason.Relocation, c.Relocated, "relocated"),
            19 => Signs(c, CaseReason.PrimaryToJunior, c.InPrimaryJuniorGap, "inPrimaryJuniorGap"),
            _ => Signs(c, CaseReason.Missing, c.MissingPerson, "missingPerson"),
        };

    private static string[] Signs(
        Case c,
        CaseReason own,
        bool? sign,
        string name,
        string? other = null,
        bool born = false
    ) =>
        Names(
            born && c.BirthDate is null ? "birthDate" : null,
            Sign(c.MainReason, own, sign) is null ? name : null,
            other
        );

    private static string[] MissingOfRegisterAge(Case c)
    {
        var sign = Sign(c.MainReason, CaseReason.RegisterAge, c.RegisterAgeDisputed);
        var settled = sign == true || Decided(c) == true;
        return Names(
            !settled && sign is null ? "registerAgeDisputed" : null,
            !settled && Decided(c) is null ? "registerDecision" : null,
            ListedIfMissing(c)
        );
    }

    private static string[] MissingOfMarriage(Case c)
    {
        var open = (Is(c.Sex, CaseSex.Female) & c.HasGivenBirth) is null;
        return Names(
            c.BirthDate is null ? "birthDate" : null,
            Sign(c.MainReason, CaseReason.EarlyMarriage, c.MarriedEarly) is null ? "marriedEarly" : null,
            open && c.HasGivenBirth is null ? "hasGivenBirth" : null,
            open && c.Sex is null ? "sex" : null
        );
    }

    private static string[] MissingOfOverAge(Case c, DateOnly asOf)
    {
        var graduated = HasGraduated(c);
        if (graduated == true || (c.BirthDate is { } birth && FullYears(birth, asOf) >= 17))
            return Names(ListedIfMissing(c));
        return Names(
            c.BirthDate is null ? "birthDate" : null,
            graduated is null ? "graduated" : null,
            ListedIfMissing(c)
        );
    }

    private static string? ListedIfMissing(Case c) => Listed(c) is null ? "listedAsDropout" : null;

    private static string[] Names(params ReadOnlySpan<string?> names)
    {
        var count = 0;
        foreach (var name in names)
            count += name is null ? 0 : 1;
        var some = new string[count];
        count = 0;
        foreach (var name in names)
        {
            if (name is not null)
                some[count++] = name;
        }

        return some;
    }
}
