using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Data;

/// <summary>
/// Gives the answer that was given to the same key before. A key is looked up and an answer stored inside the command's
/// transaction: were the answer stored after it, a host killed in between would do the command twice.
/// </summary>
internal sealed class IdempotencyDecorator(ICommandRunner inner) : ICommandRunner
{
    public async Task<CommandResult> RunAsync(
        CommandRequest request,
        Func<UnitOfWork, Task<CommandResult>> work,
        CancellationToken cancellation
    )
    {
        if (request.Key is null)
            return await inner.RunAsync(request, work, cancellation);
        var result = await inner.RunAsync(request, AnswerOnceAsync, cancellation);
        if (result.Kind == ResultKind.Refused)
            await inner.RunAsync(request, KeepRefusalAsync, cancellation);
        return result;

        async Task<CommandResult> AnswerOnceAsync(UnitOfWork unit)
        {
            if (await FindAsync(unit, request) is { } before)
                return Again(before, request);
            var made = await work(unit);
            if (made.IsDone)
                unit.Db.Add(Answered(request, made, unit));
            return made;
        }

        // What a refused command has changed is undone with its transaction: its answer is stored in another one.
        async Task<CommandResult> KeepRefusalAsync(UnitOfWork unit)
        {
            if (await FindAsync(unit, request) is null)
                unit.Db.Add(Answered(request, result, unit));
            return CommandResult.Done();
        }
    }

    private static Task<AnsweredRequest?> FindAsync(UnitOfWork unit, CommandRequest request)
    {
        var key = KeyOf(request);
        return unit.Db.Set<AnsweredRequest>().SingleOrDefaultAsync(a => a.Key == key);
    }

    private static string KeyOf(CommandRequest request) => $"{request.Actor.Name} {request.Key}";

    private static byte[] Fingerprint(CommandRequest request) => SHA256.HashData(Encoding.UTF8.GetBytes(request.Asked));

    private static AnsweredRequest Answered(CommandRequest request, CommandResult result, UnitOfWork unit) =>
        new()
        {
            Key = KeyOf(request),
            Fingerprint = Fingerprint(request),
            Kind = result.Kind,
            Version = result.Version,
            Id = result.Id,
            Body = result.Text,
            At = unit.Now,
        };

    private static CommandResult Again(AnsweredRequest before, CommandRequest request) =>
        !before.Fingerprint.SequenceEqual(Fingerprint(request))
            ? CommandResult.Problem(ResultKind.KeyReused, "这个 Idempotency-Key 已用于另一请求；请换一个。")
            : CommandResult.Again(before.Kind, before.Body) with
            {
                Version = before.Version,
                Id = before.Id,
            };
}
