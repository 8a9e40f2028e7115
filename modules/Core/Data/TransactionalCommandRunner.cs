using EduAssist.Kernel;

namespace EduAssist.Data;

/// <summary>A command in a transaction of its own: what is done is stored, anything else leaves no trace.</summary>
internal sealed class TransactionalCommandRunner(PolicyContext policy, Database database) : ICommandRunner
{
    public async Task<CommandResult> RunAsync(
        CommandRequest request,
        Func<UnitOfWork, Task<CommandResult>> work,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        await using var transaction = await ExclusiveTransaction.BeginAsync(db, database);
        var result = await work(new(policy, database, db, request.Actor));
        if (!result.IsDone)
            return result;
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
