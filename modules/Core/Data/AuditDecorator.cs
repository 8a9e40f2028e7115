namespace EduAssist.Data;

/// <summary>
/// Nothing is done without a line in the audit. The lines are written by the work itself and stored with it; whoever
/// forgot them finds nothing stored.
/// </summary>
internal sealed class AuditDecorator(ICommandRunner inner) : ICommandRunner
{
    public Task<CommandResult> RunAsync(
        CommandRequest request,
        Func<UnitOfWork, Task<CommandResult>> work,
        CancellationToken cancellation
    ) =>
        inner.RunAsync(
            request,
            async unit =>
            {
                var result = await work(unit);
                return !result.IsDone || unit.Db.ChangeTracker.Entries<AuditEntry>().Any()
                    ? result
                    : throw new InvalidOperationException("An act that is done leaves a line in the audit.");
            },
            cancellation
        );
}
