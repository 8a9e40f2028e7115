using System.Diagnostics.Metrics;

namespace EduAssist.Data;

/// <summary>Counters for whoever watches a server. They hold numbers only, never of whom.</summary>
internal static class CoreMetrics
{
    private static readonly Meter Meter = new("EduAssist.Core");

    /// <summary>Commands, by their result.</summary>
    internal static Counter<long> Acts { get; } =
        Meter.CreateCounter<long>("eduassist_acts", description: "Commands by what they came to");

    /// <summary>Entries of the audit that were sealed.</summary>
    internal static Counter<long> Sealed { get; } =
        Meter.CreateCounter<long>("eduassist_audit_sealed", description: "Audit entries sealed");

    /// <summary>Why the audit is not sealed, or not all of it: 0 is well.</summary>
    internal static Gauge<int> AuditFaults { get; } =
        Meter.CreateGauge<int>("eduassist_audit_faults", description: "Faults that keep the audit from being sealed");
}
