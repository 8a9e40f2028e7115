using System.Reflection;
using EduAssist.Data;
using Xunit;
using Xunit.v3;

namespace EduAssist.Conformance;

/// <summary>
/// A test, or all tests of a class or an assembly, that run a program. Where it is not installed each of them is
/// skipped with that reason; on the build machine (<c>CI=true</c>) it fails. Fixtures are made all the same: one that
/// needs the program asks first.
/// </summary>
/// <param name="program">What it runs.</param>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequiresAttribute(ExternalProgram program) : BeforeAfterTestAttribute
{
    /// <summary>What it runs.</summary>
    public ExternalProgram Program => program;

    /// <summary>Whether nothing may be skipped: <c>CI=true</c>.</summary>
    internal static bool OnBuildMachine { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) =>
        Decide(program.Missing(), OnBuildMachine);

    /// <summary>Runs, skips or fails.</summary>
    internal static void Decide(string? missing, bool onBuildMachine)
    {
        if (missing is null)
            return;
        if (onBuildMachine)
            Assert.Fail($"{missing} CI=true: nothing is skipped.");
        Assert.Skip(missing);
    }
}

/// <summary>Whether there is a database of each kind.</summary>
public static class DatabaseKinds
{
    /// <summary>Why a row of a theory is skipped; null: it runs, or fails on the build machine.</summary>
    public static string? Skipped(this DatabaseKind kind) =>
        kind == DatabaseKind.PostgreSql && !RequiresAttribute.OnBuildMachine
            ? ExternalProgram.PostgreSql.Missing()
            : null;

    /// <summary>For a fixture, which must not skip: false where all its tests are skipped.</summary>
    public static bool IsAvailable(this DatabaseKind kind) => kind.Skipped() is null;
}
