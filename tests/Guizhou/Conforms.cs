namespace EduAssist.Guizhou;

/// <summary>Everything that a module must keep.</summary>
public sealed class Conforms : ModuleConformance<GuizhouModule>
{
    private static readonly Dictionary<string, MainReason> OwnReasons = new(StringComparer.Ordinal)
    {
        ["severeDisability"] = MainReason.Disability,
        ["seriousIllness"] = MainReason.Illness,
        ["registerAgeDisputed"] = MainReason.RegisterAge,
        ["inTrainingInstitution"] = MainReason.TrainingInstitution,
        ["inReligiousPlace"] = MainReason.Religious,
        ["marriedEarly"] = MainReason.EarlyMarriage,
        ["graduated"] = MainReason.OverAge,
        ["entryDelayed"] = MainReason.DelayedEntry,
        ["attendsWithoutRoll"] = MainReason.NoRoll,
        ["relocated"] = MainReason.Relocation,
        ["inPrimaryJuniorGap"] = MainReason.PrimaryToJunior,
        ["missingPerson"] = MainReason.Missing,
    };

    private static readonly MainReason[] Listing =
        [MainReason.RegisterAge, MainReason.OverAge, MainReason.DelayedEntry, MainReason.NoRoll];

    /// <summary>A disability need not be severe; who is said to be over age need not have graduated.</summary>
    private static readonly MainReason[] ProvesNothing = [MainReason.Disability, MainReason.OverAge];

    /// <summary>
    /// gz-i7: a known main reason makes its own sign true and the unknown ones of the others false, and some say that
    /// the child is listed. A decision of the register office that nobody tells of is none where the age is not
    /// disputed; a roll that nobody tells of does not hinder.
    /// </summary>
    protected override long?[] Settle(IProgramme programme, long?[] values)
    {
        if (programme.Id != "guizhou.return-to-school") return values;
        var settled = (long?[])[.. values];
        int Of(string fact) => programme.Schema.ColumnOf(fact);
        settled[Of("onRoll")] ??= 0;
        if (values[Of("mainReason")] is { } known)
        {
            var reason = (MainReason)known;
            foreach (var (sign, own) in OwnReasons)
                if (own != reason) settled[Of(sign)] ??= 0;
                else if (!ProvesNothing.Contains(reason)) settled[Of(sign)] ??= 1;
            if (Listing.Contains(reason)) settled[Of("listedAsDropout")] ??= 1;
        }

        if (settled[Of("registerAgeDisputed")] == 0)
            settled[Of("registerDecision")] ??= (long)RegisterDecision.WithinCompulsoryAge;
        return settled;
    }
}
