namespace EduAssist.Data;

/// <summary>
/// One command at a time in this process (decision 10). It stands outside of <see cref="IdempotencyDecorator"/>: nobody
/// comes between a refusal and the storing of its answer.
/// </summary>
internal sealed class SerialExecutionDecorator(ICommandRunner inner, ExclusiveGate gate) : ICommandRunner
{
    /// <summary>
    /// While the database is locked or does not answer, each command that waits in front of it would keep those behind
    /// it waiting: whoever waits longer is told to come again, before browsers and proxies give up.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Task<CommandResult> RunAsync(
        CommandRequest request,
        Func<UnitOfWork, Task<CommandResult>> work,
        CancellationToken cancellation
    ) => gate.EnterAsync(() => inner.RunAsync(request, work, cancellation), Patience, cancellation);
}
