using EduAssist.Data;
using EduAssist.Office.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Web.Identity;

/// <summary>
/// Where the framework's <c>UserManager</c> finds users. It changes none: <see cref="Accounts"/> does, each time in one
/// command that reads the row under the lock, since a whole row that was read before would undo what others did.
/// </summary>
internal sealed class UserStore(CommandExecutor commands) : IUserStore<User>
{
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

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.ComparedName);

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) =>
        throw ChangesNobody();

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) =>
        throw ChangesNobody();

    public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) => throw ChangesNobody();

    public Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken) => throw ChangesNobody();

    public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) => throw ChangesNobody();

    public void Dispose() { }

    private static NotSupportedException ChangesNobody() => new("A user is changed by Accounts, within a command.");
}

/// <summary>
/// What is wrong with a password, in Chinese. Only the rules of passwords are asked of the framework; every rule that
/// there is has its text here, so that turning one on shows nobody an English message.
/// </summary>
internal sealed class ChineseIdentityErrorDescriber : IdentityErrorDescriber
{
    public override IdentityError PasswordTooShort(int length) =>
        Error(nameof(PasswordTooShort), $"密码至少 {length} 位。");

    public override IdentityError PasswordRequiresDigit() => Error(nameof(PasswordRequiresDigit), "密码须含数字。");

    public override IdentityError PasswordRequiresLower() => Error(nameof(PasswordRequiresLower), "密码须含小写字母。");

    public override IdentityError PasswordRequiresUpper() => Error(nameof(PasswordRequiresUpper), "密码须含大写字母。");

    public override IdentityError PasswordRequiresNonAlphanumeric() =>
        Error(nameof(PasswordRequiresNonAlphanumeric), "密码须含字母和数字以外的符号。");

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) =>
        Error(nameof(PasswordRequiresUniqueChars), $"密码须有至少 {uniqueChars} 个不同的字符。");

    private static IdentityError Error(string code, string description) =>
        new() { Code = code, Description = description };
}
