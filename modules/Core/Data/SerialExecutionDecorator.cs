namespace EduAssist.Data;

/// <summary>
/// One command at a time in this process (decision 10). It stands outside of <see cref="IdempotencyDecorator"/>: nobody
/// comes between a refusal and the storing of its answer.
/// </summary>
internal sealed class SerialExecutionDecorator(ICommandRunner inner, ExclusiveGate gate) : ICommandRunner
{
    public Task<CommandResult> RunAsync(
        CommandRequest request,
        Func<UnitOfWork, Task<CommandResult>> work,
        CancellationToken cancellation
    ) => gate.EnterAsync(() => inner.RunAsync(request, work, cancellation), cancellation);
}
