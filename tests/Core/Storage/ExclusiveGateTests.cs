using EduAssist.Data;

namespace EduAssist.Core.Storage;

/// <summary>Commands go one after the other, and none waits for ever.</summary>
public class ExclusiveGateTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_waits_too_long_behind_others_is_told_to_come_again()
    {
        using var gate = new ExclusiveGate();
        var inside = new TaskCompletionSource<int>();
        var first = gate.EnterAsync(() => inside.Task, patience: null, Now);
        var late = await Assert.ThrowsAsync<DatabaseOutageException>(() =>
            gate.EnterAsync(() => Task.FromResult(0), TimeSpan.FromMilliseconds(20), Now)
        );
        Assert.Contains("还没有办完", late.Message, StringComparison.Ordinal);
        inside.SetResult(1);
        Assert.Equal(1, await first);
        Assert.Equal(2, await gate.EnterAsync(() => Task.FromResult(2), TimeSpan.FromSeconds(20), Now));
    }
}
