namespace EduAssist.TrialClass;

/// <summary>公物押金的退还。</summary>
internal sealed class Deposit : IFunctions
{
    public IEnumerable<Citation> Citations =>
    [
        new("function", "trialclass.deposit-refund", "公物押金的退还",
            ["tc/guardian/1.2", "tc/guardian/2.6", "tc/school/1.2", "tc/prices"], ["tc-i6"]),
    ];

    /// <summary>What is due back at the end, in yuan.</summary>
    /// <param name="damages">
    /// The loss of each recorded damage, in yuan, and whether its evidence is on file: without it the deposit is
    /// refunded as if there were none. A negative loss throws <see cref="ArgumentOutOfRangeException"/>.
    /// </param>
    /// <param name="reading">
    /// tc-i6: what remains of the deposit, never below 0; other reading: any damage forfeits it.
    /// </param>
    internal static decimal RefundOf(
        IReadOnlyCollection<(decimal Loss, bool HasEvidence)> damages, InterpretationProfile reading)
    {
        foreach (var (loss, _) in damages) ArgumentOutOfRangeException.ThrowIfNegative(loss, nameof(damages));
        List<decimal> proved = [.. damages.Where(d => d.HasEvidence).Select(d => d.Loss)];
        return proved.Count == 0 ? Fees.Deposit
            : reading.TakesOther("tc-i6") ? 0
            : Math.Max(0, Fees.Deposit - proved.Sum());
    }
}
