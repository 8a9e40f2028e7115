using EduAssist.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Data;

/// <summary>Composes what runs commands: the one place, for servers, commands of the command line and tests.</summary>
internal static class CommandServices
{
    /// <summary>
    /// Registers it. A call passes the decorators from the last registered to the first: metrics, one at a time, stale
    /// version, audit, idempotency, transaction. Audit and idempotency wrap the work that is handed to the transaction,
    /// so inside of it the order is reversed: first the idempotency key is looked up (an answered request is not done
    /// again), then the work is done, then its line in the audit is checked.
    /// </summary>
    internal static IServiceCollection AddCommandRunner(
        this IServiceCollection services,
        PolicyContext policy,
        Database database
    ) =>
        services
            .AddSingleton(policy)
            .AddSingleton(database)
            .AddSingleton<ExclusiveGate>()
            .AddSingleton<ICommandRunner, TransactionalCommandRunner>()
            .Decorate<ICommandRunner, IdempotencyDecorator>()
            .Decorate<ICommandRunner, AuditDecorator>()
            .Decorate<ICommandRunner, StaleVersionDecorator>()
            .Decorate<ICommandRunner, SerialExecutionDecorator>()
            .Decorate<ICommandRunner, MetricsDecorator>();
}
