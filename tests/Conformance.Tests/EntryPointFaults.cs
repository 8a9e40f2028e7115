using EduAssist.Kernel.Indicators;
using EduAssist.Office.Indicators;
using EduAssist.Office.Listings;

namespace EduAssist.Conformance;

/// <summary>Two formulas that a rule may ask.</summary>
internal static class Formulas
{
    internal static bool IsFar(int kilometres) => kilometres > 5;

    internal static bool IsNear(int kilometres) => kilometres < 2;
}

/// <summary>
/// A programme whose rule calls the functions of <see cref="Distances"/>, through a lambda, a claim and another class.
/// </summary>
internal sealed class DistanceQuestion()
    : Programme<Subject>(
        "faulty.distance",
        "远近",
        ProgrammeKind.Eligibility,
        facts => new(facts, "第一项"),
        new RuleSet<Subject>(
            "f1",
            1,
            new(2020, 1, 1),
            [new("far", ["f1/1"], s => Ask(s), "须够远") { When = s => s.Second }]
        )
    )
{
    private static Truth Ask(Subject subject) => subject.Number.Is(n => Distances.IsFar(n) && Steps(n).Any());

    private static IEnumerable<int> Steps(int to)
    {
        for (var i = 0; i < to; i++)
            yield return Distances.Half(i);
    }
}

/// <summary>Functions that a programme calls, if it is loaded.</summary>
/// <param name="caller">What they say that calls them.</param>
internal sealed class Distances(Type? caller) : IFunctions
{
    public IEnumerable<Citation> Citations => [new("function", "faulty/distances", "远近", ["f1/3"], [])];

    public Type? CalledBy => caller;

    internal static bool IsFar(int kilometres) => Formulas.IsFar(kilometres) && !Formulas.IsNear(kilometres);

    internal static int Half(int kilometres) => kilometres / 2;
}

/// <summary>A share, cited beside its formula.</summary>
internal sealed class Shares : IFunctions
{
    internal static readonly Indicator Share = new("faulty.share", "占比", ["f1/3"]);

    public IEnumerable<Citation> Citations => [Share.Citation];
}

/// <summary>Computes the share.</summary>
internal sealed class ComputedShares : IIndicators
{
    public IReadOnlyList<Indicator> Indicators => [Shares.Share];

    public Task<IReadOnlyList<Figure>> ComputeAsync(ListingSource source, int year) =>
        Task.FromResult<IReadOnlyList<Figure>>([]);
}

/// <summary>An article that only the planted contributions carry out.</summary>
internal abstract class CitingModule(params IReadOnlyList<IContribution> citing) : FaultyModule
{
    public override IReadOnlyList<Document> Documents =>
        [
            base.Documents[0] with
            {
                Provisions = [.. base.Documents[0].Provisions, new("f1/3", "三", ProvisionKinds.Rule, "另一条规则。")],
            },
        ];

    protected override IEnumerable<IContribution> Others => [.. base.Others, .. citing];
}

internal sealed class CalledFunctionsModule()
    : CitingModule(new DistanceQuestion(), new Distances(typeof(DistanceQuestion)));

internal sealed class UncalledFunctionsModule() : CitingModule(new Distances(null));

/// <summary>The functions say that the sound question calls them.</summary>
internal sealed class ClaimedFunctionsModule() : CitingModule(new Distances(typeof(Question)));

/// <summary>The functions do not say that the question calls them.</summary>
internal sealed class ConcealedFunctionsModule() : CitingModule(new DistanceQuestion(), new Distances(null));

/// <summary>What is said to call the functions is not loaded.</summary>
internal sealed class AbsentCallerModule() : CitingModule(new Distances(typeof(DistanceQuestion)));

internal sealed class UncomputedIndicatorModule() : CitingModule(new Shares());

internal sealed class ComputedIndicatorModule() : CitingModule(new Shares(), new ComputedShares());

/// <summary>Tables that cite an indicator which nothing computes.</summary>
internal sealed class BorrowedEntryPointModule() : CitingModule(new Tables(Shares.Share.Citation));

/// <summary>Tables that cite a function which nobody can see the caller of.</summary>
internal sealed class HiddenFunctionModule()
    : CitingModule(new Tables(new("function", "faulty/hidden", "藏着的公式", ["f1/3"], [])));

internal sealed class OnlyAnnouncedModule() : CitingModule(new Announced());

internal sealed class AnnouncedAndUnreachableModule() : CitingModule(new Announced(), new Distances(null));

internal sealed class AnnouncedAndComputedModule() : CitingModule(new Announced(), new Shares(), new ComputedShares());

internal sealed class Tables(Citation citation) : IReferenceData
{
    public string Id => "faulty.tables";

    public string Title => "附表";

    public IEnumerable<Citation> Citations => [citation];

    public IReadOnlyList<Kernel.Provisions.Remark> Check(InterpretationProfile reading) => [];
}

internal sealed class Announced : ITimeline
{
    public IEnumerable<Window> Windows(int year, WorkCalendar calendar, InterpretationProfile reading) => [];

    public IEnumerable<Duty> Duties(int year, WorkCalendar calendar, InterpretationProfile reading) =>
        [new("told", "上报", "学校", ["f1/3"], Recurrence.EveryMonth)];
}
