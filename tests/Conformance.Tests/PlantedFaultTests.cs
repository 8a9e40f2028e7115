using EduAssist.Data;
using Xunit.Sdk;

namespace EduAssist.Conformance;

/// <summary>
/// Every check of the conformance library catches the fault that is planted for it, and lets a sound module pass.
/// </summary>
public class PlantedFaultTests
{
    private sealed class Of<TModule> : ModuleConformance<TModule>
        where TModule : PolicyModule, new();

    private static readonly Of<SoundModule> Sound = new();

    [Fact]
    public void A_provision_that_nothing_carries_out() =>
        Caught(
            "f1/3",
            new Of<ForgottenProvisionModule>().Each_provision_is_narrative_or_carried_out_or_says_what_it_awaits,
            Sound.Each_provision_is_narrative_or_carried_out_or_says_what_it_awaits
        );

    [Fact]
    public void An_interpretation_that_nothing_rests_on() =>
        Caught(
            "f-i1",
            new Of<ForgottenInterpretationModule>().Every_interpretation_is_rested_on,
            Sound.Every_interpretation_is_rested_on
        );

    [Fact]
    public void A_contribution_that_is_not_registered() => // those of this assembly's other modules
        Caught(
            nameof(Years) + " is not registered, so that nobody sees it: register it, or delete it.",
            new Of<SoundModule>().Every_contribution_is_registered,
            () => { }
        );

    [Fact]
    public void A_rule_that_changed_under_its_version()
    {
        var approved = Sound.Fingerprints().Single();
        Assert.Empty(Approved.Gone([approved], [.. new Of<SoundModule>().Fingerprints()]));
        Assert.Single(Approved.Gone([approved], [.. new Of<ChangedRuleModule>().Fingerprints()]));
    }

    [Fact]
    public void A_provision_without_a_test() =>
        Caught("f1/1", new Of<SoundModule>().Each_provision_that_is_carried_out_has_a_test_that_proves_it, () => { });

    [Fact]
    public void A_verdict_that_differs_from_all_completions() =>
        Caught(
            "by all completions",
            new Of<InexactVerdictModule>().Verdict_and_missing_facts_equal_those_over_all_completions,
            Sound.Verdict_and_missing_facts_equal_those_over_all_completions
        );

    [Fact]
    public void A_missing_fact_that_could_change_nothing() =>
        Caught(
            "by all completions",
            new Of<InexactMissingModule>().Verdict_and_missing_facts_equal_those_over_all_completions,
            () => { }
        );

    [Fact]
    public void An_inexact_claim_at_one_value_of_a_hundred() =>
        Caught(
            "number=",
            new Of<InexactAtOneValueModule>().Verdict_and_missing_facts_equal_those_over_all_completions,
            () => { }
        );

    [Fact]
    public void Claims_that_turn_on_one_fact_together_are_answered_over_its_values() =>
        new Of<TurningModule>().Verdict_and_missing_facts_equal_those_over_all_completions();

    [Fact]
    public void A_verdict_that_takes_one_of_two_related_days_for_settled() =>
        Caught(
            "by all completions Undetermined, missing signed",
            new Of<TooLateAlreadyModule>().Verdict_and_missing_facts_equal_those_over_all_completions,
            new Of<RelatedDaysModule>().Verdict_and_missing_facts_equal_those_over_all_completions
        );

    /// <summary>Both sides of the band are among the values, though no day by itself is a limit.</summary>
    [Fact]
    public void Both_sides_of_a_limit_beside_another_fact_are_found()
    {
        var sample = SampleOf(new RelatedDaysModule());
        var (told, signed) = (sample.WithRelations[0], sample.WithRelations[1]);
        Assert.Contains(told, day => new[] { -15L, -14, 14, 15 }.All(apart => signed.Contains(day + apart)));
        Assert.DoesNotContain(sample.Values[0], day =>
            new[] { -15L, -14, 14, 15 }.All(apart => sample.Values[1].Contains(day + apart))
        );
        Assert.Empty(new Completions(sample).Differences());
    }

    /// <summary>What cannot be decided by trying is no fault of the rule.</summary>
    [Fact]
    public void A_case_that_nobody_can_settle_by_trying_is_inconclusive()
    {
        var completions = new Completions(SampleOf(new FarApartModule()));
        Assert.Empty(completions.Differences());
        Assert.True(completions.Inconclusive > 0);
        var related = new Completions(SampleOf(new RelatedDaysModule()));
        Assert.Empty(related.Differences());
        Assert.Equal(0, related.Inconclusive);
    }

    [Fact]
    public void A_claim_that_throws()
    {
        Sound.Random_facts_never_throw();
        Caught(
            "faulty.question throws DivideByZeroException",
            new Of<ThrowingModule>().Random_facts_never_throw,
            () => { }
        );
    }

    [Fact]
    public void An_unknown_taken_for_false() =>
        Caught(
            "Ineligible",
            new Of<UnknownIsFalseModule>().Nothing_known_is_undetermined,
            Sound.Nothing_known_is_undetermined
        );

    [Fact]
    public void A_window_that_begins_in_another_year() =>
        Caught(
            "2021",
            new Of<ShiftingWindowsModule>().Windows_of_ten_years_are_in_order,
            Sound.Windows_of_ten_years_are_in_order
        );

    [Fact]
    public void A_window_that_is_shut_on_its_last_day() =>
        Caught("w ", new Of<WindowClosedOnItsLastDayModule>().Windows_of_ten_years_are_in_order, () => { });

    [Fact]
    public void An_id_that_is_gone_and_a_fingerprint_that_changed_under_its_version()
    {
        string[] approved = ["provision f1/1", "rules faulty.question f1@1 0123456789abcdef"];
        Assert.Empty(Approved.Gone(approved, [.. approved, "provision f1/2"]));
        Assert.Single(Approved.Gone(approved, ["rules faulty.question f1@1 0123456789abcdef"]));
        Assert.Single(Approved.Gone(approved, ["provision f1/1", "rules faulty.question f1@1 ffffffffffffffff"]));
    }

    [Fact]
    public void A_file_that_is_no_longer_true()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "before\n<!-- matrix -->\ntrue\n<!-- /matrix -->\nafter\n");
        Approved.SameSection(file, "matrix", "true\n");
        Assert.Contains(
            $"{file}:3 is not true. It says: true\nIt should say: false\nEDUASSIST_APPROVE=1 dotnet test writes what is new.",
            Assert.Throws<TrueException>(() => Approved.SameSection(file, "matrix", "false\n")).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<TrueException>(() => Approved.SameSection(file, "other", "true\n"));
        File.Delete(file);
    }

    [Theory, EveryDatabase]
    public void A_model_that_no_migration_has_made(DatabaseKind kind)
    {
        var sound = new Of<StoringModule>();
        Caught(
            "faulty_thing.Colour",
            () => new Of<UnwrittenColumnModule>().Migrations_make_what_the_model_says(kind),
            () => sound.Migrations_make_what_the_model_says(kind)
        );
        Caught(
            "faulty_thing.Remark",
            () => new Of<RenamedColumnModule>().Migrations_make_what_the_model_says(kind),
            () => { }
        );
        Caught(
            "of the model only: table faulty_object\nof the migrations only: table faulty_thing",
            () => new Of<RenamedTableModule>().Migrations_make_what_the_model_says(kind),
            () => { }
        );
        Caught(
            "faulty_thing.Size",
            () => new Of<OtherTypeModule>().Migrations_make_what_the_model_says(kind),
            () => { }
        );
        Caught(
            "faulty_thing.Note",
            () => new Of<OtherNullabilityModule>().Migrations_make_what_the_model_says(kind),
            () => { }
        );
        Caught(
            "IX_faulty_thing_Size_Name",
            () => new Of<OtherUniquenessModule>().Migrations_make_what_the_model_says(kind),
            () => { }
        );
        Caught(
            "IX_faulty_thing_Size_Name",
            () => new Of<OtherOrderModule>().Migrations_make_what_the_model_says(kind),
            () => { }
        );
        Caught("CASCADE", () => new Of<OtherDeleteRuleModule>().Migrations_make_what_the_model_says(kind), () => { });
        if (kind == DatabaseKind.PostgreSql)
            Caught(
                "varying(20)",
                () => new Of<OtherLengthModule>().Migrations_make_what_the_model_says(kind),
                () => { }
            );
        else
            Caught(
                "collated",
                () => new Of<OtherCollationModule>().Migrations_make_what_the_model_says(kind),
                () => { }
            );
    }

    [Fact]
    public async Task A_table_that_no_migration_has_made_is_told_of_in_one_line()
    {
        var module = new Of<RenamedTableModule>();
        foreach (
            var oracle in (Func<Task>[])
                [
                    module.No_listing_shows_what_its_reader_may_not_see,
                    module.Personal_columns_are_masked_in_listings,
                    module.Nothing_is_left_of_an_erased_person_and_nobody_else_is_touched,
                ]
        )
            Assert.Equal(
                "faulty_object: the migration that makes it is missing; tools/MigrationDraft drafts it.",
                (await Assert.ThrowsAsync<TrueException>(oracle)).Message
            );
    }

    [Fact]
    public void A_table_without_a_name_of_its_own_or_with_one_of_no_module()
    {
        Assert.Equal(
            "Thing 的表没有名称：请用 Named(\"faulty_…\") 写明。",
            Assert.Throws<OperatorException>(() => Of<UnnamedTableModule>.Entities).Message
        );
        Assert.Equal(
            "表 thing 的名称须以 faulty_ 开头。",
            Assert.Throws<OperatorException>(() => Of<ForeignTableModule>.Entities).Message
        );
    }

    /// <summary>What an old database and clients hold is approved, so a rename in the code is seen.</summary>
    [Fact]
    public void A_name_that_is_data_and_was_renamed()
    {
        string[] approved = [.. StoredNames.Of(Of<StoringModule>.Entities)];
        Assert.Equal(
            [
                "encrypted faulty_thing.Secret Thing.Secret",
                "word faulty_thing.Kind Large",
                "word faulty_thing.Kind Small",
            ],
            approved.Order(StringComparer.Ordinal)
        );
        Assert.StartsWith(
            "approved, and changed or gone: encrypted faulty_thing.Secret Thing.Secret. ",
            Assert.Single(Approved.Gone(approved, [.. StoredNames.Of(Of<RenamedPurposeModule>.Entities)])),
            StringComparison.Ordinal
        );
        Assert.NotEmpty(Approved.Gone([.. approved, "word faulty_thing.Kind Medium"], approved));
    }

    [Theory, EveryDatabase]
    public void A_migration_that_loses_rows(DatabaseKind kind) =>
        Caught(
            "faulty_thing",
            () =>
            {
                NotesMigration.Loses.Value = true;
                new Of<StoringModule>().A_database_of_any_earlier_migration_is_upgraded(kind);
            },
            () => new Of<StoringModule>().A_database_of_any_earlier_migration_is_upgraded(kind)
        );

    [Fact]
    public void Both_sides_of_every_limit_are_found()
    {
        var sample = SampleOf(new LimitModule());
        Assert.Equal([0, 9, 10, 11, 59, 60, 100], sample.Values[2]);
    }

    private sealed class LimitModule : FaultyModule
    {
        protected override IEnumerable<IContribution> Others =>
            [new Question(s => s.First & s.Number.Is(n => n == 10 || n >= 60))];
    }

    private static Sample SampleOf(PolicyModule module)
    {
        var instance = Instance.Compose(
            Baseline.With(module),
            _ => null,
            new HolidayFolder("").Table(),
            TimeProvider.System
        );
        var programme = instance.Catalogue.Programmes.Single(p => p.Id.StartsWith("faulty.", StringComparison.Ordinal));
        return new(instance, programme, programme.RuleSets[0], InterpretationProfile.AsTaken, seed: 1);
    }

    /// <summary>The check fails and names the fault; on a sound module it passes.</summary>
    private static void Caught(string named, Action faulty, Action sound)
    {
        sound();
        Assert.Contains(named, Assert.ThrowsAny<XunitException>(faulty).ToString(), StringComparison.Ordinal);
    }
}
