namespace EduAssist.TrialClass;

/// <summary>
/// 定向培养方案一：初次就业率。The scheme leaves the target open: the rate is computed, and nothing meets or misses it.
/// </summary>
internal sealed class Employment : IFunctions
{
    internal static readonly Indicator FirstRate = new("trialclass.first-employment-rate", "初次就业率", ["dt/1"]);

    public IEnumerable<Citation> Citations => [FirstRate.Citation];

    /// <param name="employed">Graduates with a first job in the trade.</param>
    /// <param name="graduates">Of the year.</param>
    internal static Ratio FirstRateOf(long employed, long graduates) => new(employed, graduates);
}
