using System.Collections.Concurrent;
using EduAssist.Data;
using EduAssist.Kernel.Provisions;
using Microsoft.Extensions.Logging;

namespace EduAssist.Web.Jobs;

/// <summary>
/// Background jobs (长时间的工作): a job goes on when its page is left or reloaded, and can be looked at until an hour after
/// its end. It stores by commands, each whole or not at all, so a job that breaks off leaves nothing half done.
/// </summary>
internal sealed partial class BackgroundJobs(TimeProvider clock, ILogger<BackgroundJobs> log)
{
    private const int MostKept = 200,
        MostRunning = 20,
        MostOfOne = 3;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, BackgroundJob> jobs = new();

    /// <summary>Begins one.</summary>
    /// <param name="owner">The name of the user whose it is: nobody else may look at it.</param>
    /// <param name="title">In Chinese, without names of persons.</param>
    /// <param name="of">How many steps it has; 0: that cannot be said.</param>
    /// <param name="work">Tells its steps; what it returns is shown in the end.</param>
    /// <returns>The id of the job; null: too many are running.</returns>
    internal Guid? Begin(string owner, string title, int of, Func<IProgress<int>, Task<object>> work)
    {
        foreach (var (id, old) in jobs)
            if (old.EndedAt is { } ended && clock.GetUtcNow() - ended > Kept)
                jobs.TryRemove(id, out _);
        foreach (
            var (id, _) in jobs.Where(w => w.Value.EndedAt is not null)
                .OrderByDescending(w => w.Value.EndedAt)
                .Skip(MostKept)
        )
            jobs.TryRemove(id, out _);
        var running = jobs.Values.Where(w => w.EndedAt is null).ToList();
        if (running.Count >= MostRunning || running.Count(w => w.Owner == owner) >= MostOfOne)
            return null;
        var begun = new BackgroundJob(owner, title, of);
        var key = Guid.NewGuid();
        jobs[key] = begun;
        _ = Task.Run(async () =>
        {
            try
            {
                begun.Result = await work(begun);
            }
            catch (OperatorException refused)
            {
                begun.Error = refused.Message;
            }
            // any failure ends the job: it is logged, and whoever began the job is told
            catch (Exception failed) when (failed is not OutOfMemoryException)
            {
                begun.Error = DatabaseOutageException.IsCauseOf(failed)
                    ? "数据库暂时不能用：没有办成，也没有作任何改动；请稍后再试。"
                    : "没有办成，也没有作任何改动；请告诉管理员。";
                Failed(failed, title);
            }

            begun.EndedAt = clock.GetUtcNow();
        });
        return key;
    }

    /// <summary>A job of one's own; null: there is none, or no longer.</summary>
    internal BackgroundJob? Find(Guid id, string owner) =>
        jobs.TryGetValue(id, out var work) && work.Owner == owner ? work : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Title}没有办成。")]
    private partial void Failed(Exception failed, string title);

    /// <summary>A job and its progress.</summary>
    internal sealed class BackgroundJob(string owner, string title, int of) : IProgress<int>
    {
        private int done;

        internal string Owner => owner;

        internal string Title => title;

        internal int Of => of;

        internal int Done => Volatile.Read(ref done);

        internal object? Result { get; set; }

        internal string? Error { get; set; }

        internal DateTimeOffset? EndedAt { get; set; }

        public void Report(int value) => Volatile.Write(ref done, value);
    }
}
