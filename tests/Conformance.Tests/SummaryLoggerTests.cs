using EduAssist.TestLogger;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;
using TestResult = Microsoft.VisualStudio.TestPlatform.ObjectModel.TestResult;

namespace EduAssist.Conformance;

/// <summary>What <c>dotnet test</c> prints.</summary>
public class SummaryLoggerTests
{
    [Fact]
    public void Every_reason_stands_once_with_its_count_the_most_frequent_first()
    {
        using var logger = new SummaryLogger();
        foreach (
            var reason in (string[])
                ["Node.js is not installed.", "PostgreSQL is not installed.", "PostgreSQL is not installed."]
        )
            logger.Take(new(Case) { Outcome = TestOutcome.Skipped, ErrorMessage = reason });
        logger.Take(new(Case) { Outcome = TestOutcome.Skipped });
        logger.Take(new(Case) { Outcome = TestOutcome.Passed });
        Assert.Equal(
            "  : 2 skipped: PostgreSQL is not installed.\n  : 1 skipped: Node.js is not installed.\n  : 1 skipped: without a reason\n",
            logger.Reasons()
        );
        Assert.Contains("5 done, 0 failed", logger.Progress(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_test_is_told_whole()
    {
        var failed = new TestResult(Case)
        {
            Outcome = TestOutcome.Failed,
            DisplayName = "A.Test(1)",
            Duration = TimeSpan.FromSeconds(1.25),
            ErrorMessage = "one\ntwo",
            ErrorStackTrace = "   at A.Test()\n",
        };
        failed.Messages.Add(new(TestResultMessage.StandardOutCategory, "said\n"));
        Assert.Equal("  Failed A.Test(1) [1.3 s]\none\ntwo\n   at A.Test()\nsaid\n", SummaryLogger.Failure(failed));
    }

    [Theory]
    [InlineData(TestMessageLevel.Warning, "[xUnit.net 00:00:02.16]     A.Test [SKIP]", false)]
    [InlineData(TestMessageLevel.Error, "[xUnit.net 00:00:02.16]     A.Test [FAIL]", false)]
    [InlineData(TestMessageLevel.Informational, "[xUnit.net 00:00:02.08]   Starting:    A", false)]
    [InlineData(TestMessageLevel.Error, "[Test Assembly Cleanup Failure (A)]: System.IO.IOException", true)]
    [InlineData(TestMessageLevel.Warning, "No test is available in A.dll.", true)]
    public void What_the_adapter_says_is_told_when_nobody_else_tells_it(
        TestMessageLevel level,
        string message,
        bool told
    ) => Assert.Equal(told, SummaryLogger.Matters(level, message));

    private static TestCase Case => new("A.Test", new("executor://test"), "A.dll");
}
