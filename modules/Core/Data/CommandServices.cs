using EduAssist.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Data;

/// <summary>Composes what runs commands: the one place, for servers, commands of the command line and tests.</summary>
internal static class CommandServices
{
    /// <summary>
    /// Registers it. Each decorator stands around those above it; around the work that they hand on the order is the
    /// other way about: inside the transaction the key is looked up first, and what was answered before is not done
    /// again, and so needs no line in the audit.
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
            .Decorate<ICommandRunner, ConcurrencyConflictDecorator>()
            .Decorate<ICommandRunner, SerialExecutionDecorator>()
            .Decorate<ICommandRunner, MetricsDecorator>();
}
