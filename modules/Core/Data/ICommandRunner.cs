namespace EduAssist.Data;

/// <summary>
/// Runs a command. Each decorator of <see cref="TransactionalCommandRunner"/> adds one concern: around the call, what
/// belongs outside of the transaction; around the work that it hands on, what is stored with the command or not at all.
/// </summary>
internal interface ICommandRunner
{
    /// <summary>Runs it.</summary>
    /// <param name="request">Who asks.</param>
    /// <param name="work">What is to be done, inside the transaction.</param>
    /// <param name="cancellation">Of the wait; a command that has begun is finished.</param>
    Task<CommandResult> RunAsync(
        CommandRequest request,
        Func<UnitOfWork, Task<CommandResult>> work,
        CancellationToken cancellation
    );
}
