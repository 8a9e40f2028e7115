namespace EduAssist.Conformance;

/// <summary>
/// The module cannot be loaded: <see cref="ModuleConformance{TModule}.The_module_starts"/> fails and says why, and what
/// could not be asked is skipped. Nothing else is skipped: a backup that is refused within a test is a failure.
/// </summary>
/// <param name="problems">One line each.</param>
public sealed class DoesNotStartException(string problems) : Exception(problems);
