using Microsoft.EntityFrameworkCore;

namespace EduAssist.Data;

/// <summary>
/// A row that is no longer as it was read is an answer, and no fault. Nothing is tried again: commands run one after
/// the other, so a version that is stale was stale before the command began, and only the user can read it anew.
/// </summary>
internal sealed class StaleVersionDecorator(ICommandRunner inner) : ICommandRunner
{
    public async Task<CommandResult> RunAsync(
        CommandRequest request,
        Func<UnitOfWork, Task<CommandResult>> work,
        CancellationToken cancellation
    )
    {
        try
        {
            return await inner.RunAsync(request, work, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return CommandResult.Problem(ResultKind.Stale, "已被他人修改，请重新读取后再试。");
        }
    }
}
