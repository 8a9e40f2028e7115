namespace EduAssist.Data;

/// <summary>Counts commands by what they came to.</summary>
internal sealed class MetricsDecorator(ICommandRunner inner) : ICommandRunner
{
    public async Task<CommandResult> RunAsync(
        CommandRequest request,
        Func<UnitOfWork, Task<CommandResult>> work,
        CancellationToken cancellation
    )
    {
        var result = await inner.RunAsync(request, work, cancellation);
        CoreMetrics.Acts.Add(1, new KeyValuePair<string, object?>("came", result.Kind));
        return result;
    }
}
