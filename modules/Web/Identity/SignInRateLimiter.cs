using System.Threading.RateLimiting;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Http;

namespace EduAssist.Web.Identity;

/// <summary>How often one address may try to sign in: one that guesses is held off while others sign in.</summary>
internal sealed class SignInRateLimiter(ServerOptions access) : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new()
            {
                PermitLimit = access.SignInsPerMinute,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
                QueueLimit = 0,
            })
    );

    public void Dispose() => limiter.Dispose();

    internal bool Lets(HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(http.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired;
    }
}
