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
    public string? Reason, Left, Committee, Sex;
    public bool? Enrolled, Healthy, Severe, Ill, Disputed, Training, Religious, Married, Birthed, Graduated, NoRoll,
        Delayed, Relocated, Gap, Gone, Listed;

    internal (string Verdict, string Fits, string Possible, int? Leading) Decide()
    {
        var answers = new bool?[21];
        for (var n = 1; n <= 20; n++) answers[n] = Fits(n);
        var fits = Enumerable.Range(1, 20).Where(n => answers[n] == true).ToList();
        var possible = Enumerable.Range(1, 20).Where(n => answers[n] == null).ToList();
        if (fits.Count > 0) return ("Covered", string.Join(' ', fits), "", Leader(fits));
        if (possible.Count > 0) return ("Undetermined", "", string.Join(' ', possible), null);
        return ("NotCovered", "", "", null);
    }

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
                switch (Sign("Disability", Severe))
                {
                    case false: return false;
                    case true: return Committee == null ? null : true;
                    default: return null;
                }

            case 4:
                if (Committee == "CanAttend" || Severe == false) return false;
                if (Severe == null && Reason != null && Reason != "Disability") return false;
                return Severe == null || Committee == null ? null : true;
            case 5: return Sign("Illness", Ill);
            case 6: return Short("WearyOfStudy");
            case 7: return Long("WearyOfStudy");
            case 8: return Short("WorkingAway");
            case 9: return Long("WorkingAway");
            case 10: return OnList(Sign("RegisterAge", Disputed));
            case 11: return Sign("TrainingInstitution", Training);
            case 12: return Sign("Religious", Religious);
            case 13:
                var married = Sign("EarlyMarriage", Married);
                if (married == false) return false;
                if (Sex == "Female" && Birthed == true) return false;
                if (Sex == "Male" || Birthed == false) return married;
                return null;
            case 14:
                if (Sex == "Male" || Birthed == false) return false;
                return Sex == null || Birthed == null ? null : true;
            case 15:
                var tooOld = Birth == null ? (bool?)null : YearsOn(Today) >= 17;
                var done = Sign("OverAge", Graduated);
                if (tooOld == true || done == true) return OnList(true);
                if (tooOld == false && done == false) return false;
                return OnList(null);
            case 16: return OnList(Sign("DelayedEntry", Delayed));
            case 17: return OnList(Sign("NoRoll", NoRoll));
            case 18: return Sign("Relocation", Relocated);
            case 19: return Sign("PrimaryToJunior", Gap);
            default: return Sign("Missing", Gone);
        }
    }

    private bool? Sign(string own, bool? fact)
    {
        if (Reason == own || fact == true) return true;
        if (Reason == null) return null;
        return false;
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
