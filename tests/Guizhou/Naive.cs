namespace EduAssist.Guizhou;

/// <summary>
/// The twenty situations once more, written from the description of the domain alone and in another style: one plain
/// decision list, nulls and ifs, no truths, no situations. It shares nothing with the module but the names of the
/// facts.
/// </summary>
internal sealed class Naive
{
    public DateOnly Today;
    public DateOnly? Birth, Out;
    public string? Reason, Left, Committee, Sex, Decision;
    public bool? Enrolled, Healthy, Severe, Ill, Disputed, Training, Religious, Married, Birthed, Graduated, NoRoll,
        Delayed, Relocated, Gap, Gone, Listed, OnRoll;

    /// <summary>The other facts by their names: nothing but proofs, wishes and applications.</summary>
    public Func<string, bool?> Told = _ => null;

    internal (string Verdict, string Fits, string Possible, int? Leading, string Effects) Decide()
    {
        var answers = new bool?[21];
        for (var n = 1; n <= 20; n++) answers[n] = Fits(n);
        var fits = Enumerable.Range(1, 20).Where(n => answers[n] == true).ToList();
        var possible = Enumerable.Range(1, 20).Where(n => answers[n] == null).ToList();
        if (fits.Count > 0)
            return ("Covered", string.Join(' ', fits), string.Join(' ', possible), Leader(fits),
                string.Join(' ', fits.SelectMany(Effects)));
        if (possible.Count > 0) return ("Undetermined", "", string.Join(' ', possible), null, "");
        return ("NotCovered", "", "", null, "");
    }

    /// <summary>
    /// The effect of a situation, then those of its measures in their order: A allowed, W waiting, R refused.
    /// </summary>
    private IEnumerable<string> Effects(int n)
    {
        var placed = Done(Told("placed"));
        var transferred = Done(Told("transferCompleted"));
        var guardian = Told("guardianApplies");
        var applied = Done(guardian == true || Told("studentApplies") == true ? true : null);
        const char Paper = 'W';
        switch (n)
        {
            case 2:
                yield return All(placed);
                yield return All(
                    Either(Told("persuasionHard"), Told("compulsorySchoolUnrealistic")), Done(guardian), Paper);
                break;
            case 4: yield return All(Paper); break;
            case 5: yield return All(Done(Told("illnessProved"))); break;
            case 7:
                yield return All(placed);
                yield return All(
                    Either(!Told("willingOriginalSchool"), Told("droppedOutAgain")), applied, Paper);
                break;
            case 9:
                var (home, work) = (Told("willingHouseholdPlace"), Told("willingWorkPlace"));
                var tired = Either(Told("persuasionExhausted"), Told("droppedOutAgain"));
                yield return home == false && work == true ? All(placed, transferred) : All(placed);
                yield return All(So(home), placed);
                yield return All(So(work), placed, transferred);
                yield return All(tired, applied, Paper);
                yield return All(tired, So(Birth == null ? null : YearsOn(Today) >= 16), So(OnRoll), applied,
                    So(Told("countyApproves")), Paper);
                break;
            case 10: yield return All(So(Decided())); break;
            case 13:
                var failed = So(Told("returnImpossible"));
                yield return All(placed);
                yield return All(failed, placed);
                yield return All(failed, placed);
                yield return All(failed, applied, Paper);
                break;
            case 14:
                var vain = So(Told("returnImpossible"));
                yield return All(placed);
                yield return All(vain, placed);
                yield return All(vain, applied, Paper);
                break;
            case 15:
                var papers = Done(Told("identityPapersCompleted"));
                var verified = Done(Told("graduationVerified"));
                var old = Birth != null && YearsOn(Today) >= 17;
                if (old && Decision != "WithinCompulsoryAge"
                    && (Decision != null || Sign("RegisterAge", Disputed) != true))
                    yield return All(papers);
                else if (Graduated == true) yield return All(papers, verified);
                else yield return All(papers, Decision == null ? 'W' : 'R');
                break;
            case 16: yield return All(Done(Told("delayProved"))); break;
            case 17: yield return All(Done(Told("attendanceVerified"))); break;
            case 18: yield return All(placed, transferred); break;
            case 19: yield return All(Done(Told("admissionCompleted"))); break;
            case 20:
                yield return Reason == "WearyOfStudy" || Sign("TrainingInstitution", Training) == true
                    || Sign("Religious", Religious) == true || Sign("NoRoll", NoRoll) == true
                    ? All(So(Told("policeConfirmsMissing")), Paper) : All(So(Told("policeConfirmsMissing")));
                break;
            default: yield return All(placed); break;
        }

        string All(params char[] needs) =>
            $"{n}{(needs.Contains('R') ? 'R' : needs.Contains('W') ? 'W' : 'A')}";

        static char Done(bool? fact) => fact == true ? 'A' : 'W';
        static char So(bool? fact) => fact switch { true => 'A', false => 'R', _ => 'W' };
        static char Either(bool? one, bool? other) =>
            one == true || other == true ? 'A' : one == false && other == false ? 'R' : 'W';
    }

    /// <summary>Whether the register office has found the child beyond compulsory age.</summary>
    private bool? Decided() => Decision == null ? null : Decision == "BeyondCompulsoryAge";

    private int Leader(List<int> fits)
    {
        int[] ofReason = Reason switch
        {
            "Disability" => [3, 4],
            "Illness" => [5],
            "WearyOfStudy" => [6, 7],
            "WorkingAway" => [8, 9],
            "RegisterAge" => [10],
            "TrainingInstitution" => [11],
            "Religious" => [12],
            "EarlyMarriage" => [13, 14],
            "OverAge" => [15],
            "DelayedEntry" => [16],
            "NoRoll" => [17],
            "Relocation" => [18],
            "PrimaryToJunior" => [19],
            "Missing" => [20],
            _ => [],
        };
        foreach (var n in ofReason)
        {
            if (fits.Contains(n)) return n;
        }

        foreach (var n in (int[])[20, 10, 15, 17, 16, 4, 3, 5, 14, 13, 18, 19, 12, 11, 9, 8, 7, 6, 2, 1])
        {
            if (fits.Contains(n)) return n;
        }

        throw new InvalidOperationException();
    }

    private bool? Fits(int n)
    {
        switch (n)
        {
            case 1:
            case 2:
                if (Enrolled == true || Healthy == false) return false;
                if (Birth != null && (n == 1 ? AgeInSchoolYear() is < 6 or > 11 : AgeInSchoolYear() is < 12 or > 15))
                    return false;
                return Enrolled == null || Healthy == null || Birth == null ? null : true;
            case 3:
                if (Committee == "CannotAttend") return false;
                if (Reason == "Disability" || Severe == true) return Committee == null ? null : true;
                return Reason == null ? null : false;

            case 4:
                if (Committee == "CanAttend" || Severe == false) return false;
                if (Severe == null && Reason != null && Reason != "Disability") return false;
                return Severe == null || Committee == null ? null : true;
            case 5: return Sign("Illness", Ill);
            case 6: return Short("WearyOfStudy");
            case 7: return Long("WearyOfStudy");
            case 8: return Short("WorkingAway");
            case 9: return Long("WorkingAway");
            case 10:
                var (decided, disputed) = (Decided(), Sign("RegisterAge", Disputed));
                if (decided == null
                    && (Disputed == false || (Disputed == null && Reason is not null and not "RegisterAge")))
                    decided = false;
                if (decided == true || disputed == true) return OnList(true);
                return decided == false && disputed == false ? false : OnList(null);
            case 11: return OfAge(Sign("TrainingInstitution", Training));
            case 12: return OfAge(Sign("Religious", Religious));
            case 13:
                if (Sex == "Female" && Birthed == true) return false;
                var married = OfAge(Sign("EarlyMarriage", Married));
                return married == true && Sex != "Male" && Birthed != false ? null : married;
            case 14:
                if (Sex == "Male" || Birthed == false) return false;
                var wife = OfAge(Sign("EarlyMarriage", Married));
                return wife == true && (Sex == null || Birthed == null) ? null : wife;
            case 15:
                var tooOld = Birth == null ? (bool?)null : YearsOn(Today) >= 17;
                var done = Graduated ?? (Reason is null or "OverAge" ? null : false);
                if (tooOld == true || done == true) return OnList(true);
                if (tooOld == false && done == false) return false;
                return OnList(null);
            case 16: return OnRoll == true ? false : OnList(Sign("DelayedEntry", Delayed));
            case 17: return OnRoll == true ? false : OnList(Sign("NoRoll", NoRoll));
            case 18: return Sign("Relocation", Relocated);
            case 19: return Sign("PrimaryToJunior", Gap);
            default: return Sign("Missing", Gone);
        }
    }

    private bool? Sign(string own, bool? fact)
    {
        if (fact == false) return false;
        if (Reason == own || fact == true) return true;
        return Reason == null ? null : false;
    }

    private bool? OfAge(bool? claim)
    {
        if (Birth != null && (AgeInSchoolYear() < 6 || YearsOn(Today) >= 17)) return false;
        return Birth == null && claim == true ? null : claim;
    }

    private bool? OnList(bool? claim)
    {
        var listed = Listed;
        if (listed == null && Reason is "RegisterAge" or "OverAge" or "DelayedEntry" or "NoRoll") listed = true;
        if (claim == false || listed == false) return false;
        if (claim == null || listed == null) return null;
        return true;
    }

    private bool? Short(string reason)
    {
        if (Reason != null && Reason != reason) return false;
        if (Out != null && OverOneYear()) return false;
        return Reason == null || Out == null ? null : true;
    }

    private bool? Long(string reason)
    {
        if (Reason != null && Reason != reason) return false;
        if (Out != null && !OverOneYear()) return false;
        if (Left == "Primary") return false;
        return Reason == null || Out == null || Left == null ? null : true;
    }

    private bool OverOneYear()
    {
        var (year, month, day) = (Out!.Value.Year + 1, Out.Value.Month, Out.Value.Day);
        if (Today.Year != year) return Today.Year > year;
        if (Today.Month != month) return Today.Month > month;
        return Today.Day > day;
    }

    private int AgeInSchoolYear() => YearsOn(new(Today.Month >= 9 ? Today.Year : Today.Year - 1, 8, 31));

    private int YearsOn(DateOnly day)
    {
        var years = day.Year - Birth!.Value.Year;
        if (day.Month < Birth.Value.Month || (day.Month == Birth.Value.Month && day.Day < Birth.Value.Day)) years--;
        return years;
    }
}
