using System.Diagnostics.Metrics;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Core.Storage;

/// <summary>What stands around the transaction of a command, and in which order (decision 36).</summary>
public class CommandDecoratorTests
{
    private const string Key = "7f3a";

    private static readonly CommandResult Refusal =
        CommandResult.Refused("不能送读。", new RuleViolation("county-plan", "计划已用完", ["cx2020/4.1.2"]));

    [Fact]
    public void The_order_from_outside_is_one_for_all()
    {
        using var stored = new Stored(DatabaseKind.Sqlite);
        var composed = new ServiceCollection().AddCommandRunner(stored.Instance, stored.Commands.Database);
        using var services = composed.BuildServiceProvider();
        List<Type> order = [];
        for (var runner = services.GetRequiredService<ICommandRunner>(); runner is not null; runner = Inner(runner))
            order.Add(runner.GetType());
        Assert.Equal(
            [
                typeof(MetricsDecorator), typeof(SerialExecutionDecorator), typeof(StaleVersionDecorator),
                typeof(AuditDecorator), typeof(IdempotencyDecorator), typeof(TransactionalCommandRunner),
            ],
            order);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_comes_between_a_refusal_and_the_storing_of_its_answer(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        var request = new CommandRequest(Actor.Local, Key, "POST /send");
        Task<CommandResult>? second = null;
        var first = await stored.Commands.ExecuteAsync(request, _ =>
        {
            second = stored.Commands.ExecuteAsync(request, work => Noted(work, "done after all"));   // waits outside
            return Task.FromResult(Refusal);
        });
        Assert.Equal((ResultKind.Refused, Refusal.Text), (first.Kind, first.Text));
        Assert.Equal((ResultKind.Refused, Refusal.Text), ((await second!).Kind, (await second).Text));
        Assert.Equal(0, await Lines(stored, "done after all"));
    }

    [Theory, EveryDatabase]
    public async Task The_stored_answer_goes_with_the_command_when_it_cannot_be_stored(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>   // without a line in the audit
            stored.Commands.ExecuteAsync(new(Actor.Local, Key), _ => Task.FromResult(CommandResult.Done())));
        await stored.Do(work => Noted(work, "again"), Key);
        Assert.Equal(1, await Lines(stored, "again"));
    }

    [Theory, EveryDatabase]
    public async Task What_is_answered_again_needs_no_line_of_its_own(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        await stored.Do(work => Noted(work, "once"), Key);
        await stored.Do(_ => throw new InvalidOperationException("It was done before."), Key);
        Assert.Equal(1, await Lines(stored, "once"));
    }

    [Fact]
    public async Task A_command_is_counted_once_by_what_it_came_to()
    {
        using var stored = new Stored(DatabaseKind.Sqlite);
        var mine = new AsyncLocal<List<object?>?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "eduassist_acts")
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            mine.Value?.AddRange(Enumerable.Repeat(tags[0].Value, (int)count)));
        listener.Start();
        List<object?> counted = mine.Value = [];   // other tests count meanwhile
        await stored.Commands.ExecuteAsync(new(Actor.Local, Key), _ => Task.FromResult(Refusal));   // two transactions
        await stored.Commands.ExecuteAsync(new(Actor.Local, Key), _ => Task.FromResult(Refusal));   // answered again
        await stored.Commands.ExecuteAsync(new(Actor.Local), work => Noted(work, "done"));
        await stored.Commands.ExecuteAsync(new(Actor.Local), _ => throw new DbUpdateConcurrencyException());
        Assert.Equal<object?>([ResultKind.Refused, ResultKind.Refused, ResultKind.Done, ResultKind.Stale], counted);
    }

    private static Task<CommandResult> Noted(UnitOfWork work, string action)
    {
        work.Audit(action, null, "");
        return Task.FromResult(CommandResult.Done());
    }

    private static async Task<int> Lines(Stored stored, string action)
    {
        await using var db = stored.Read();
        return await db.Set<AuditEntry>().CountAsync(a => a.Action == action);
    }

    /// <summary>What a decorator stands around; null of the innermost.</summary>
    private static ICommandRunner? Inner(ICommandRunner runner) =>
        runner.GetType().GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)
            .Select(f => f.GetValue(runner)).OfType<ICommandRunner>().SingleOrDefault();
}
