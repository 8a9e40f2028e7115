using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web.Identity;

/// <summary>What is being done to a user, and by whom: the line that it leaves in the audit.</summary>
internal sealed class PendingAudit
{
    internal Actor Actor { get; set; } = Actor.Program;

    internal string What { get; set; } = "user/change";
}

/// <summary>
/// The store behind the framework's <c>UserManager</c>: every change is a command with a line in the audit.
/// </summary>
internal sealed class UserStore(CommandExecutor commands, PendingAudit pending)
    : IUserPasswordStore<User>,
        IUserSecurityStampStore<User>,
        IUserTwoFactorStore<User>,
        IUserAuthenticatorKeyStore<User>
{
    public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) =>
        WriteAsync(user, work => work.Db.Add(user));

    public Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken) => WriteAsync(user, work =>
        {
            var entry = work.Db.Update(user);
            entry.Property(u => u.Version).OriginalValue = user.Version++;
        });

    public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A user is disabled: what they did keeps their name.");

    public async Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(userId, out var id))
            return null;
        await using var db = commands.Database.OpenUnfiltered();
        return await db.Set<User>().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
    }

    public async Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        await using var db = commands.Database.OpenUnfiltered();
        return await db.Set<User>().SingleOrDefaultAsync(u => u.ComparedName == normalizedUserName, cancellationToken);
    }

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Name);

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) =>
        SetAsync(() => user.Name = userName!);

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.ComparedName);

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) =>
        SetAsync(() => user.ComparedName = normalizedName!);

    public Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken) =>
        SetAsync(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(User user, string stamp, CancellationToken cancellationToken) =>
        SetAsync(() => user.Stamp = stamp);

    public Task<string?> GetSecurityStampAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Stamp);

    public Task SetTwoFactorEnabledAsync(User user, bool enabled, CancellationToken cancellationToken) =>
        SetAsync(() => user.HasTwoFactor = enabled);

    public Task<bool> GetTwoFactorEnabledAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.HasTwoFactor);

    public Task SetAuthenticatorKeyAsync(User user, string key, CancellationToken cancellationToken) =>
        SetAsync(() => user.CodeKey = key);

    public Task<string?> GetAuthenticatorKeyAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult(user.CodeKey);

    public void Dispose() { }

    private static Task SetAsync(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    private async Task<IdentityResult> WriteAsync(User user, Action<UnitOfWork> change)
    {
        var result = await commands.ExecuteAsync(new(pending.Actor), work =>
        {
            change(work);
            work.Audit(pending.What, user.Id, "");
            return Task.FromResult(CommandResult.Done());
        });
        return result.IsDone
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
    }
}

/// <summary>What is wrong with a name or a password, in Chinese.</summary>
internal sealed class ChineseIdentityErrorDescriber : IdentityErrorDescriber
{
    public override IdentityError PasswordTooShort(int length) =>
        Error(nameof(PasswordTooShort), $"密码至少 {length} 位。");

    public override IdentityError PasswordRequiresDigit() => Error(nameof(PasswordRequiresDigit), "密码须含数字。");

    public override IdentityError PasswordRequiresLower() => Error(nameof(PasswordRequiresLower), "密码须含小写字母。");

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) =>
        Error(nameof(PasswordRequiresUniqueChars), $"密码须有至少 {uniqueChars} 个不同的字符。");

    public override IdentityError DuplicateUserName(string userName) =>
        Error(nameof(DuplicateUserName), $"已有用户 {userName}。");

    public override IdentityError InvalidUserName(string? userName) =>
        Error(nameof(InvalidUserName), "用户名须由字母、数字和 - . _ @ + 组成。");

    private static IdentityError Error(string code, string description) =>
        new() { Code = code, Description = description };
}
