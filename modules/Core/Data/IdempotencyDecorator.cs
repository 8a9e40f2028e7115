using System.Security.Cryptography;
using System.Text;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Data;

/// <summary>
/// Gives the answer that was given to the same key before. A key is looked up and an answer stored inside the command's
/// transaction: were the answer stored after it, a host killed in between would do the command twice. The work, which
/// asks for roles, is not done again, so an answer is bound to the grants that it was earned with: whoever has lost one
/// of them is refused.
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
            Grants = string.Join('\n', Lines(request.Actor).Order(StringComparer.Ordinal)),
        };

    private static IEnumerable<string> Lines(Actor actor) => actor.Grants.Select(g => $"{g.Role} {g.Scope}");

    private static CommandResult Again(AnsweredRequest before, CommandRequest request) =>
        !before.Fingerprint.SequenceEqual(Fingerprint(request))
            ? CommandResult.Problem(ResultKind.KeyReused, "这个 Idempotency-Key 已用于另一请求；请换一个。")
        : before.Grants?.Split('\n').Except(Lines(request.Actor)).Any() == true
            ? CommandResult.Problem(
                ResultKind.Forbidden,
                "这个请求办理时您的角色，现在已不全有：不再给出当时的答复。请重新读取，看办理到哪一步。"
            )
        : CommandResult.Again(before.Kind, before.Body) with { Version = before.Version, Id = before.Id };
}
