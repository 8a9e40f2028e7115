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

    /// <summary>
    /// gz-i7: a known main reason makes the unknown signs of the others false, and some say that the child is listed.
    /// </summary>
    protected override long?[] Settle(IProgramme programme, long?[] values)
    {
        if (programme.Id != "guizhou.return-to-school"
            || values[programme.Schema.ColumnOf("mainReason")] is not { } known)
            return values;
        var (settled, reason) = ((long?[])[.. values], (MainReason)known);
        foreach (var (sign, own) in OwnReasons.Where(o => o.Value != reason))
            settled[programme.Schema.ColumnOf(sign)] ??= 0;
        if (Listing.Contains(reason)) settled[programme.Schema.ColumnOf("listedAsDropout")] ??= 1;
        return settled;
    }
}
