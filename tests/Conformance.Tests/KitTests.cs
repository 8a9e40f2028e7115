using System.Diagnostics;
using System.Reflection;
using Xunit.Sdk;

namespace EduAssist.Conformance;

/// <summary>
/// The kit catches what was planted, in one test, and names the thing and the remedy; a sound module passes.
/// </summary>
public class KitTests
{
    private sealed class Of<TModule> : ModuleConformance<TModule>
        where TModule : PolicyModule, new();

    [Fact]
    public Task A_rule_that_answers_by_chance() =>
        Caught(
            "criterion faulty.question/claim answers otherwise when asked again in another order: a rule asks nothing but its subject — no Random, no hash code, no state of its own.",
            new Of<RandomRuleModule>().The_same_question_has_the_same_answer
        );

    [Fact]
    public Task A_rule_that_remembers() =>
        Caught(
            "criterion faulty.question/claim answers otherwise when asked again in another order",
            new Of<RememberingRuleModule>().The_same_question_has_the_same_answer
        );

    [Fact]
    public Task A_rule_that_asks_a_hash_code() =>
        Caught(
            "criterion faulty.question/claim answers otherwise when asked by another process, whose hash codes of texts are others",
            new Of<HashedRuleModule>().The_same_question_has_the_same_answer
        );

    [Fact]
    public async Task Another_process_that_does_not_end()
    {
        ProcessStartInfo start = new(OperatingSystem.IsWindows() ? "timeout" : "sleep", ["600"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var refused = await Assert.ThrowsAsync<FalseException>(() =>
            ModuleConformance<SoundModule>.EndOf(start, TimeSpan.FromMilliseconds(200))
        );
        Assert.Contains(
            "The other process did not end within 00:00:00.2000000, and was ended: look for what it waits for.",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public Task A_guard_that_answers_by_chance() =>
        Caught(
            "a guard of faulty.slip/go answers otherwise when asked again in another order",
            new Of<RandomGuardModule>().The_same_question_has_the_same_answer
        );

    [Fact]
    public Task A_workflow_that_answers_the_same() =>
        new Of<SoundWorkflowModule>().The_same_question_has_the_same_answer();

    [Fact]
    public void A_guard_without_a_provision() =>
        Caught(
            "the guard baseless of faulty.slip/go (",
            new Of<BaselessGuardModule>().Whatever_the_code_cites_is_there_and_every_guard_cites_something
        );

    [Fact]
    public void A_refusal_that_cites_what_is_not_there() =>
        Caught(
            " cites f1/99, which is no provision of a loaded document: mend the id, or add the provision.",
            new Of<DanglingRefusalModule>().Whatever_the_code_cites_is_there_and_every_guard_cites_something
        );

    [Fact]
    public void A_refusal_that_is_not_Chinese() =>
        Caught(
            " says \"no room is left\": say it in Chinese, or throw it if no user can come to it.",
            new Of<EnglishRefusalModule>().What_users_read_is_Chinese
        );

    [Fact]
    public void A_title_that_is_not_Chinese() =>
        Caught(
            "the title of fact faulty.question first reads \"first\": say it in Chinese.",
            new Of<EnglishTitleModule>().What_users_read_is_Chinese
        );

    [Fact]
    public void A_programme_without_facts() =>
        Caught(
            "programme faulty.hollow has no facts, so none of its titles was looked at: "
                + "read them by the Facts that the subject is given.",
            new Of<HollowProgrammeModule>().What_users_read_is_Chinese
        );

    [Fact]
    public void A_column_without_a_Chinese_title() =>
        Caught(
            "the title of column FaultyUntitled.Colour reads \"Colour\": say it in Chinese.",
            new Of<EnglishColumnModule>().What_users_read_is_Chinese
        );

    [Fact]
    public void A_set_that_was_renamed() =>
        Assert.Equal(
            ["set FaultyUntitled Untitled", "set FaultyUntitled.Colour String", "set FaultyUntitled.Id String"],
            Approved
                .Gone(StoredNames.Of([new UntitledListing()]), StoredNames.Of([new UntitledListing("FaultyRenamed")]))
                .Order(StringComparer.Ordinal)
                .Select(line =>
                    line["approved, and changed or gone: ".Length..line.IndexOf(". ", StringComparison.Ordinal)]
                )
        );

    [Fact]
    public void What_is_right_passes()
    {
        var sound = new Of<SoundWorkflowModule>();
        sound.What_users_read_is_Chinese();
        sound.Whatever_the_code_cites_is_there_and_every_guard_cites_something();
        sound.The_module_starts();
    }

    [Fact]
    public Task A_step_of_the_demo_that_is_refused() =>
        Caught(
            "is refused: 不能“走一步”：不在时段之内。",
            new Of<RefusedDemoModule>().The_demo_is_filled_on_three_days
        );

    [Fact]
    public Task A_demo_that_is_filled() => new Of<SoundWorkflowModule>().The_demo_is_filled_on_three_days();

    [Fact]
    public Task A_list_that_doubles_everybody_when_it_comes_twice() =>
        Caught(
            "faulty.names goes out with 1 rows and comes back with 0 unchanged, 1 new, 0 changed, 0 errors: know a row again by what identifies it, and take in what you give out.",
            new Of<DoublingIntakeModule>().A_list_that_goes_out_comes_back_unchanged
        );

    [Fact]
    public Task A_list_that_is_known_again() =>
        new Of<RecognisingIntakeModule>().A_list_that_goes_out_comes_back_unchanged();

    [Fact]
    public void What_does_not_start_is_one_failed_test()
    {
        Caught("faulty.tables 引用了不存在的条款 f1/98。", new Of<DanglingCitationModule>().The_module_starts);
        var kept = typeof(ModuleConformance<>)
            .GetMethods()
            .Where(m => m.GetCustomAttribute<FactAttribute>() is not null)
            .ToList();
        Assert.Contains(kept, m => m.Name == nameof(ModuleConformance<SoundModule>.The_matrix_in_the_readme_is_true));
        Assert.Equal(
            [nameof(ModuleConformance<SoundModule>.The_module_starts)],
            kept.Where(m =>
                    m.GetCustomAttribute<FactAttribute>()!.SkipExceptions?.Contains(typeof(DoesNotStartException))
                    != true
                )
                .Select(m => m.Name)
        );
    }

    private static void Caught(string said, Action faulty) =>
        Assert.Contains(said, Assert.Throws<TrueException>(faulty).Message, StringComparison.Ordinal);

    private static async Task Caught(string said, Func<Task> faulty) =>
        Assert.Contains(said, (await Assert.ThrowsAsync<TrueException>(faulty)).Message, StringComparison.Ordinal);
}
