using Xunit.Sdk;

namespace EduAssist.Conformance;

/// <summary>A provision is carried out where a user can reach what carries it out, and nowhere else.</summary>
public class EntryPointTests
{
    private sealed class Of<TModule> : ModuleConformance<TModule>
        where TModule : PolicyModule, new();

    [Fact]
    public void Functions_that_a_loaded_programme_calls_are_reached_through_it()
    {
        new Of<CalledFunctionsModule>().Each_citation_leads_to_an_entry_point_or_is_shown_as_not_yet_reachable();
        var row = Row<CalledFunctionsModule>();
        Assert.Equal(ProvisionState.CarriedOut, row.State);
        Assert.Equal(
            new EntryPoint(EntryPointKind.Programme, "faulty.distance"),
            Assert.Single(row.CarriedOutBy).EntryPoint
        );
    }

    [Fact]
    public void Functions_that_only_tests_call_are_written_and_not_yet_reachable()
    {
        new Of<UncalledFunctionsModule>().Each_citation_leads_to_an_entry_point_or_is_shown_as_not_yet_reachable();
        Assert.Equal(ProvisionState.NotYetReachable, Row<UncalledFunctionsModule>().State);
    }

    [Fact]
    public void An_indicator_is_reached_where_it_is_computed_from_what_is_stored()
    {
        new Of<UncomputedIndicatorModule>().Each_citation_leads_to_an_entry_point_or_is_shown_as_not_yet_reachable();
        new Of<ComputedIndicatorModule>().Each_citation_leads_to_an_entry_point_or_is_shown_as_not_yet_reachable();
        Assert.Equal(ProvisionState.NotYetReachable, Row<UncomputedIndicatorModule>().State);
        Assert.Equal(ProvisionState.CarriedOut, Row<ComputedIndicatorModule>().State);
    }

    [Fact]
    public void What_only_tells_of_a_provision_carries_it_out_in_part_and_beside_others_counts_for_nothing()
    {
        Assert.Equal(ProvisionState.InPart, Row<OnlyAnnouncedModule>().State);
        Assert.Equal(ProvisionState.NotYetReachable, Row<AnnouncedAndUnreachableModule>().State);
        Assert.Equal(ProvisionState.CarriedOut, Row<AnnouncedAndComputedModule>().State);
    }

    [Fact]
    public void A_call_that_is_claimed_and_not_made() =>
        Caught<ClaimedFunctionsModule>(
            "Distances says that Question calls it, and no call leads from there to System.Boolean EduAssist.Conformance.Distances::IsFar(System.Int32), System.Int32 EduAssist.Conformance.Distances::Half(System.Int32). Call it, or leave out CalledBy: then it is shown as written, not yet reachable."
        );

    [Fact]
    public void A_call_that_is_made_and_not_said() =>
        Caught<ConcealedFunctionsModule>(
            "Distances is shown as not yet reachable, and DistanceQuestion calls all of it. Say so: CalledBy => typeof(DistanceQuestion)."
        );

    [Fact]
    public void An_indicator_that_borrows_the_entry_point_of_something_else() =>
        Caught<BorrowedEntryPointModule>(
            "indicator faulty.share (",
            "is shown as reachable through ReferenceData faulty, and is not there. Declare it there, or cite it from an IFunctions."
        );

    [Fact]
    public void A_function_cited_from_what_is_no_class_of_functions() =>
        Caught<HiddenFunctionModule>(
            "Tables cites provisions as function faulty/hidden, and is no IFunctions: nobody can see who calls it. Move it to a class of IFunctions."
        );

    [Fact]
    public void A_caller_that_is_not_loaded_stops_the_start() =>
        Assert.Contains(
            "模块 faulty 的 Distances 说由 DistanceQuestion 调用，而模块没有这一声明，或者它没有入口；尚无入口的，不写 CalledBy。",
            Assert.Throws<OperatorException>(() => Loaded(new AbsentCallerModule())).Message.Split('\n')
        );

    private static ProvisionCoverage Row<TModule>()
        where TModule : PolicyModule, new() =>
        Loaded(new TModule()).Catalogue.Provisions.Single(r => r.Provision.Id == "f1/3");

    private static Instance Loaded(PolicyModule module) =>
        Instance.Compose([module], _ => null, new HolidayFolder("").Table(), TimeProvider.System);

    private static void Caught<TModule>(params IReadOnlyList<string> said)
        where TModule : PolicyModule, new()
    {
        var message = Assert
            .Throws<TrueException>(
                new Of<TModule>().Each_citation_leads_to_an_entry_point_or_is_shown_as_not_yet_reachable
            )
            .Message;
        Assert.All(said, words => Assert.Contains(words, message, StringComparison.Ordinal));
        Assert.Single(message.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            line.Contains("faulty", StringComparison.Ordinal) || line.Contains("Distances", StringComparison.Ordinal)
        );
    }
}
