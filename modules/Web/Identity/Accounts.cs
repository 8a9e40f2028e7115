using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace EduAssist.Web.Identity;

/// <summary>What a sign-in came to.</summary>
internal enum SignIn
{
    /// <summary>Name, password and code are right.</summary>
    Right,

    /// <summary>
    /// Name, password or code is wrong, or the user is locked or disabled: which of them is not told.
    /// </summary>
    Wrong,

    /// <summary>The password is right; a code is asked for.</summary>
    CodeMissing,

    /// <summary>All is right; the password was given by somebody else and must be changed first.</summary>
    PasswordToChange,
}

/// <summary>Users as a list shows them.</summary>
/// <param name="Name">By which they sign in.</param>
/// <param name="Roles">What they are, and where: <c>County 532301</c>.</param>
/// <param name="IsDisabled">May not sign in.</param>
/// <param name="LockedUntil">Null: not locked.</param>
/// <param name="HasTwoFactor">A code is asked for.</param>
/// <param name="MustChangePassword">The password was given by somebody else.</param>
public sealed record UserView(
    string Name,
    IReadOnlyList<RoleView> Roles,
    bool IsDisabled,
    DateTimeOffset? LockedUntil,
    bool HasTwoFactor,
    bool MustChangePassword
);

/// <summary>A role in a place.</summary>
/// <param name="Role">The role.</param>
/// <param name="Place">As <see cref="PlaceNames"/> writes it.</param>
public sealed record RoleView([property: JsonRequired] Role Role, string Place);

/// <summary>
/// Users: made, reset, disabled, signed in. On the framework's own manager, so that nothing about passwords is ours.
/// </summary>
public sealed class Accounts
{
    internal const string StampClaim = "stamp",
        KeyClaim = "key",
        OnlyReads = "reads",
        KeyPrefix = "ea_";

    private const int MostFailures = 5,
        MostPlaces = AccessScope.Most,
        RecoveryCodes = 10;
    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);
    private static readonly IReadOnlyList<string> Reserved = [Actor.Program.Name, Actor.Local.Name, Anonymous];
    private const string Anonymous = "anonymous";
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz",
        Digits = "23456789",
        Readable = Letters + Digits;

    private readonly UserManager<User> users;
    private readonly IPasswordHasher<User> hasher;
    private readonly TimingDecoy decoy;
    private readonly CommandExecutor commands;
    private readonly PendingAudit pending;

    internal Accounts(
        UserManager<User> users,
        IPasswordHasher<User> hasher,
        TimingDecoy decoy,
        CommandExecutor commands,
        PendingAudit pending
    ) => (this.users, this.hasher, this.decoy, this.commands, this.pending) = (users, hasher, decoy, commands, pending);

    /// <summary>Without a server: for commands.</summary>
    public static async Task<T> UseAsync<T>(CommandExecutor commands, Func<Accounts, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var services = Add(new ServiceCollection().AddLogging().AddSingleton(commands))
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<Accounts>());
    }

    internal static IServiceCollection Add(IServiceCollection services)
    {
        services
            .AddIdentityCore<User>(identity =>
            {
                (identity.Password.RequiredLength, identity.Password.RequiredUniqueChars) = (10, 5);
                (identity.Password.RequireUppercase, identity.Password.RequireNonAlphanumeric) = (false, false);
            })
            .AddUserStore<UserStore>()
            .AddErrorDescriber<ChineseIdentityErrorDescriber>();
        return services
            .Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 210_000)
            .AddScoped<PendingAudit>()
            .AddSingleton<TimingDecoy>()
            .AddScoped(s => new Accounts(
                s.GetRequiredService<UserManager<User>>(),
                s.GetRequiredService<IPasswordHasher<User>>(),
                s.GetRequiredService<TimingDecoy>(),
                s.GetRequiredService<CommandExecutor>(),
                s.GetRequiredService<PendingAudit>()
            ));
    }

    /// <summary>The users that somebody administers, by their names.</summary>
    public async Task<IReadOnlyList<UserView>> ListAsync(Actor by)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var db = commands.Database.OpenUnfiltered();
        var grants = (await db.Set<StoredGrant>().ToListAsync()).ToLookup(g => g.UserId);
        List<UserView> views = [];
        foreach (
            var user in (await db.Set<User>().OrderBy(u => u.ComparedName).ToListAsync()).Where(u =>
                Administers(by, grants[u.Id].Select(g => g.Scope))
            )
        )
            views.Add(await ViewAsync(db, user, [.. grants[user.Id]]));
        return views;
    }

    /// <summary>A user that somebody administers; null: there is none of that name.</summary>
    internal async Task<UserView?> ViewAsync(Actor by, string name)
    {
        if (await users.FindByNameAsync(name) is not { } user)
            return null;
        await using var db = commands.Database.OpenUnfiltered();
        var grants = await db.Set<StoredGrant>().Where(g => g.UserId == user.Id).ToListAsync();
        return Administers(by, grants.Select(g => g.Scope)) ? await ViewAsync(db, user, grants) : null;
    }

    /// <summary>Whether there is nobody yet.</summary>
    public async Task<bool> IsEmptyAsync()
    {
        await using var db = commands.Database.OpenUnfiltered();
        return !await db.Set<User>().AnyAsync();
    }

    /// <summary>Makes a user with a password that is good for one sign-in.</summary>
    /// <param name="by">Who makes them; within whose own places the roles must lie.</param>
    /// <param name="name">By which they sign in.</param>
    /// <param name="roles">What they are, and where.</param>
    /// <returns>The answer, with the password.</returns>
    public async Task<CommandResult> MakeAsync(Actor by, string name, IReadOnlyList<RoleView> roles)
    {
        var (grants, wrong) = await ReadAsync(by, roles);
        if (wrong is not null)
            return wrong;
        if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            return CommandResult.Invalid(("user", "这个用户名由程序使用，请换一个。"));
        var password = OneTime();
        (pending.Actor, pending.What) = (by, "user/make");
        var user = new User
        {
            Id = Guid.CreateVersion7(commands.Policy.Today.Now),
            Name = name,
            MustChangePassword = true,
            CreatedAt = commands.Policy.Today.Now,
        };
        if (await users.CreateAsync(user, password) is { Succeeded: false } refused)
            return Refused(refused, "user");
        await KeepAsync(by, user, grants, "user/grant");
        return CommandResult.Created(new IssuedPassword(name, password), user.Id);
    }

    /// <summary>Gives a user other roles.</summary>
    public Task<CommandResult> GrantAsync(Actor by, string name, IReadOnlyList<RoleView> roles) =>
        OnAsync(by, name, async user =>
        {
            var (grants, wrong) = await ReadAsync(by, roles);
            if (wrong is not null)
                return wrong;
            if (by.Name == user.Name)
                return CommandResult.Problem(ResultKind.Refused, "不能改变自己的角色：请由另一名管理员改变。");
            await KeepAsync(by, user, grants, "user/grant");
            return CommandResult.Done();
        });

    /// <summary>
    /// Gives a user a new password that is good for one sign-in, unlocks them and takes their two-factor away; what was
    /// issued before ends.
    /// </summary>
    public Task<CommandResult> ResetAsync(Actor by, string name) => OnAsync(by, name, async user =>
        {
            var password = OneTime();
            (pending.Actor, pending.What) = (by, "user/reset");
            (
                user.MustChangePassword,
                user.Failures,
                user.LockedUntil,
                user.HasTwoFactor,
                user.CodeKey,
                user.RecoveryCodes
            ) = (true, 0, null, false, null, "");
            user.PasswordHash = hasher.HashPassword(user, password);
            if (await users.UpdateSecurityStampAsync(user) is { Succeeded: false } refused)
                return Refused(refused, "user");
            await commands.ExecuteAsync(new(by), async work =>
            {
                work.Db.RemoveRange(await work.Db.Set<ApiKey>().Where(k => k.UserId == user.Id).ToListAsync());
                work.Audit("user/keys-end", user.Id, "");
                return CommandResult.Done();
            });
            return CommandResult.Done(new IssuedPassword(user.Name, password));
        });

    /// <summary>Lets a user in no longer, or again; what was issued before ends.</summary>
    public Task<CommandResult> DisableAsync(Actor by, string name, bool disabled = true) =>
        OnAsync(by, name, async user =>
        {
            if (disabled && by.Name == user.Name)
                return CommandResult.Problem(ResultKind.Refused, "不能停用自己：请由另一名管理员停用。");
            (pending.Actor, pending.What) = (by, disabled ? "user/disable" : "user/enable");
            user.IsDisabled = disabled;
            return await users.UpdateSecurityStampAsync(user) is { Succeeded: false } refused
                ? Refused(refused, "user")
                : CommandResult.Done(new ChangedUser(user.Name));
        });

    /// <summary>
    /// The users of the demo, whose passwords everybody knows; where there are users already, nothing.
    /// </summary>
    /// <param name="grants">By their names.</param>
    public async Task FillDemoAsync(IReadOnlyList<(string Name, Grant Grant)> grants)
    {
        if (!await IsEmptyAsync())
            return;
        var known = new PasswordHasher<User>(
            Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 1000 })
        ); // everybody knows these passwords: a slow hash would protect nothing and only delay the start
        await commands.ExecuteAsync(new(Actor.Program), work =>
        {
            foreach (var (name, grant) in grants)
            {
                var user = new User
                {
                    Id = work.NewId(),
                    Name = name,
                    ComparedName = users.NormalizeName(name),
                    Stamp = Guid.NewGuid().ToString("n"),
                    CreatedAt = work.Now,
                };
                user.PasswordHash = known.HashPassword(user, $"demo-{name}");
                work.Db.Add(user);
                work.Db.Add(
                    new StoredGrant
                    {
                        UserId = user.Id,
                        Role = grant.Role,
                        Scope = grant.Scope,
                    }
                );
            }

            work.Audit("demo/users", null, "");
            return Task.FromResult(CommandResult.Done());
        });
    }

    /// <summary>
    /// Checks name, password and code. Every refusal takes as long as every other, so that nobody learns by the time
    /// which names exist.
    /// </summary>
    internal async Task<(SignIn Came, User? User)> CheckAsync(string name, string password, string? code)
    {
        var user = await users.FindByNameAsync(name);
        var isRight =
            hasher.VerifyHashedPassword(user ?? decoy.Nobody, user?.PasswordHash ?? decoy.Hash, password)
            != PasswordVerificationResult.Failed;
        if (user?.PasswordHash is null || user.IsDisabled || user.LockedUntil > commands.Policy.Today.Now)
        {
            await commands.AppendAuditAsync(
                new(user?.Name ?? Anonymous),
                "sign-in/refused",
                user?.Id,
                detail: user is null ? "unknown user"
                    : user.IsDisabled ? "disabled"
                    : "locked"
            ); // an unknown name is not logged: people type their password into that field
            return (SignIn.Wrong, null);
        }

        if (!isRight || (user.HasTwoFactor && code is not null && !await IsRightCodeAsync(user, code)))
        {
            await WrongAsync(user);
            return (SignIn.Wrong, null);
        }

        if (user.HasTwoFactor && code is null)
            return (SignIn.CodeMissing, null);
        if (user.MustChangePassword)
            return (SignIn.PasswordToChange, user);
        await ChangeAsync(user, "sign-in/right", row => row.Failures = 0);
        return (SignIn.Right, user);
    }

    /// <summary>A wrong password or code, wherever it was entered: too many lock the user.</summary>
    private Task<bool> WrongAsync(User user) => ChangeAsync(user, "sign-in/wrong", row =>
        {
            if (++row.Failures >= MostFailures)
                (row.Failures, row.LockedUntil) = (0, commands.Policy.Today.Now + Lock);
        });

    /// <summary>Changes a password: what was issued before ends.</summary>
    internal async Task<CommandResult> ChangePasswordAsync(User user, string old, string password)
    {
        if (old == password)
            return CommandResult.Invalid(("newPassword", "新密码须与原密码不同。"));
        (pending.Actor, pending.What) = (new(user.Name), "user/password");
        var now = (await users.FindByIdAsync(user.Id.ToString()))!;
        if (now.LockedUntil > commands.Policy.Today.Now)
            return CommandResult.Invalid(("password", "原密码不对，或者账号暂时锁定。"));
        now.MustChangePassword = false;
        if (await users.ChangePasswordAsync(now, old, password) is not { Succeeded: false } refused)
            return CommandResult.Done();
        if (refused.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.PasswordMismatch)))
            await WrongAsync(user);
        return Refused(refused, "newPassword");
    }

    /// <summary>
    /// Ends everything that was issued to a user: tokens and cookies. Keys stay; they are ended one by one.
    /// </summary>
    internal async Task SignOutEverywhereAsync(User user)
    {
        (pending.Actor, pending.What) = (new(user.Name), "user/sign-out-everywhere");
        await users.UpdateSecurityStampAsync(user);
    }

    /// <summary>A new key for codes, which asks for nothing until <see cref="EnableCodesAsync"/>.</summary>
    internal async Task<(string Key, string Uri)> NewCodeKeyAsync(User user)
    {
        var key = users.GenerateNewAuthenticatorKey();
        await ChangeAsync(user, "user/two-factor-key", row => row.CodeKey = key);
        return (key, CodeUri(user.Name, key));
    }

    /// <summary>A key for codes, as authenticators take it from a QR code (Key Uri Format).</summary>
    internal static string CodeUri(string user, string key) =>
        $"otpauth://totp/EduAssist:{Uri.EscapeDataString(user)}?secret={key}&issuer=EduAssist&digits=6";

    /// <summary>Asks for codes from now on.</summary>
    /// <returns>The recovery codes; null: the code is wrong.</returns>
    internal async Task<IReadOnlyList<string>?> EnableCodesAsync(User user, string code)
    {
        if (user.CodeKey is null || user.HasTwoFactor || user.LockedUntil > commands.Policy.Today.Now)
            return null;
        if (StepOf(user, code) is null)
        {
            await WrongAsync(user);
            return null;
        }

        IReadOnlyList<string> recovery =
        [
            .. Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(Readable, 10)),
        ];
        (pending.Actor, pending.What) = (new(user.Name), "user/two-factor");
        (user.HasTwoFactor, user.RecoveryCodes) = (true, string.Join(' ', recovery.Select(Hash)));
        await users.UpdateSecurityStampAsync(user);
        return recovery;
    }

    /// <summary>Asks for codes no longer.</summary>
    internal async Task<bool> DisableCodesAsync(User user, string code)
    {
        if (!user.HasTwoFactor || user.LockedUntil > commands.Policy.Today.Now)
            return false;
        if (!await IsRightCodeAsync(user, code))
        {
            await WrongAsync(user);
            return false;
        }

        (pending.Actor, pending.What) = (new(user.Name), "user/two-factor-off");
        var now = (await users.FindByIdAsync(user.Id.ToString()))!;
        (now.HasTwoFactor, now.CodeKey, now.RecoveryCodes) = (false, null, "");
        await users.UpdateSecurityStampAsync(now);
        return true;
    }

    /// <summary>The user of a principal.</summary>
    internal async Task<User> FindUserAsync(ClaimsPrincipal principal) =>
        (await users.FindByIdAsync(principal.FindFirstValue(ClaimTypes.NameIdentifier)!))!;

    /// <summary>Makes a key by which a program signs in. It is told once.</summary>
    public static async Task<(ApiKey Key, string Secret)> MakeKeyAsync(
        CommandExecutor commands,
        Guid userId,
        string actor,
        string title,
        bool onlyReads,
        int days
    )
    {
        ArgumentNullException.ThrowIfNull(commands);
        var secret = RandomNumberGenerator.GetBytes(32);
        ApiKey? key = null;
        await commands.ExecuteAsync(new(new(actor)), work =>
        {
            key = new()
            {
                Id = work.NewId(),
                UserId = userId,
                Title = title,
                OnlyReads = onlyReads,
                Hash = SHA256.HashData(secret),
                CreatedAt = work.Now,
                ExpiresAt = work.Now.AddDays(days),
            };
            work.Db.Add(key);
            work.Audit("user/key", key.Id, "", onlyReads ? "only reads" : null);
            return Task.FromResult(CommandResult.Done());
        });
        return (key!, $"{KeyPrefix}{key!.Id:n}_{Convert.ToHexStringLower(secret)}");
    }

    /// <summary>Whose key it is; null: nobody's, or no longer.</summary>
    internal static async Task<ClaimsPrincipal?> ByKeyAsync(
        CommandExecutor commands,
        string name,
        string secret,
        string scheme
    )
    {
        if (
            !secret.StartsWith(KeyPrefix, StringComparison.Ordinal)
            || secret[KeyPrefix.Length..].Split('_') is not [var id, { Length: 64 } half]
            || !Guid.TryParseExact(id, "n", out var keyId)
            || !half.All(char.IsAsciiHexDigit)
        )
            return null;
        await using var db = commands.Database.OpenUnfiltered();
        if (
            await db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Id == keyId) is not { } key
            || !CryptographicOperations.FixedTimeEquals(key.Hash, SHA256.HashData(Convert.FromHexString(half)))
        )
            return null;
        if (
            key.ExpiresAt <= commands.Policy.Today.Now
            || await db.Set<User>().SingleAsync(u => u.Id == key.UserId) is not { } user
            || !string.Equals(user.Name, name, StringComparison.OrdinalIgnoreCase)
        )
            return null;
        return Principal(user, scheme, new Claim(KeyClaim, key.OnlyReads ? OnlyReads : "all"));
    }

    /// <summary>What is written into tokens and cookies: who, and the stamp by which they end.</summary>
    internal static ClaimsPrincipal Principal(User user, string scheme, params Claim[] more) =>
        new(
            new ClaimsIdentity(
                [
                    new(ClaimTypes.NameIdentifier, user.Id.ToString()),
                    new(ClaimTypes.Name, user.Name),
                    new(StampClaim, user.Stamp),
                    .. more,
                ],
                scheme
            )
        );

    /// <summary>Who a principal is now, with the roles of now; null: what it was issued on has ended.</summary>
    internal static async Task<(User User, Actor Actor)?> ActorOfAsync(
        CommandExecutor commands,
        ClaimsPrincipal principal
    )
    {
        if (!Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
            return null;
        await using var db = commands.Database.OpenUnfiltered();
        if (
            await db.Set<User>().SingleOrDefaultAsync(u => u.Id == id) is not { IsDisabled: false } user
            || !FixedEquals(user.Stamp, principal.FindFirstValue(StampClaim) ?? "")
        )
            return null;
        return (
            user,
            new(
                user.Name,
                [
                    .. await db.Set<StoredGrant>()
                        .Where(g => g.UserId == id)
                        .Select(g => new Grant(g.Role, g.Scope))
                        .ToListAsync(),
                ]
            )
        );
    }

    /// <summary>Within whose places all of a user's lie; a user of no place is everybody's administrator's.</summary>
    private static bool Administers(Actor by, IEnumerable<string> scopes) =>
        scopes.DefaultIfEmpty("").All(s => by.Holds([Role.Administrator], s));

    internal static bool FixedEquals(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static string OneTime() =>
        $"a{RandomNumberGenerator.GetString(Readable, 15)}{RandomNumberGenerator.GetString(Digits, 1)}";

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    private static CommandResult Refused(IdentityResult refused, string field) =>
        CommandResult.Invalid([.. refused.Errors.Select(e => (field, e.Description))]);

    private static async Task<UserView> ViewAsync(AppDbContext db, User user, IReadOnlyList<StoredGrant> grants)
    {
        List<RoleView> roles = [];
        foreach (var grant in grants.OrderBy(g => g.Role).ThenBy(g => g.Scope, StringComparer.Ordinal))
            roles.Add(new(grant.Role, await PlaceNames.FormatAsync(db, grant.Scope)));
        return new(user.Name, roles, user.IsDisabled, user.LockedUntil, user.HasTwoFactor, user.MustChangePassword);
    }

    /// <summary>
    /// The half minute (RFC 6238) that a code belongs to; null: the code is wrong. By the real clock, also in a demo
    /// that plays on another day, since the phone has no other.
    /// </summary>
    private static long? StepOf(User user, string code) =>
        new Totp(Base32Encoding.ToBytes(user.CodeKey)).VerifyTotp(
            TimeProvider.System.GetUtcNow().UtcDateTime,
            code,
            out var step,
            VerificationWindow.RfcSpecifiedNetworkDelay
        )
            ? step
            : null;

    private async Task<bool> IsRightCodeAsync(User user, string code)
    {
        if (code.Length == 6)
        {
            return StepOf(user, code) is { } step
                && await ChangeAsync(user, "sign-in/code", row => row.LastCode = step, row => row.LastCode < step);
        }

        var hash = Hash(code);
        return await ChangeAsync(
            user,
            "sign-in/recovery-code",
            row => row.RecoveryCodes = string.Join(' ', row.RecoveryCodes.Split(' ').Where(h => h != hash)),
            row => row.RecoveryCodes.Split(' ').Contains(hash)
        );
    }

    /// <summary>
    /// Reads a user within the command and changes them, so that changes at the same time do not overwrite each other:
    /// two wrong passwords count twice, and a code that is sent twice is accepted once.
    /// </summary>
    private async Task<bool> ChangeAsync(User user, string what, Action<User> change, Func<User, bool>? when = null) =>
        (await commands.ExecuteAsync(new(new(user.Name)), async work =>
            {
                var row = await work.Db.Set<User>().SingleAsync(u => u.Id == user.Id);
                if (when?.Invoke(row) == false)
                    return CommandResult.Problem(ResultKind.Refused, "");
                change(row);
                if (work.Db.Entry(row).State == EntityState.Modified)
                    row.Version++;
                work.Audit(what, row.Id, "");
                return CommandResult.Done();
            })).IsDone;

    private async Task<CommandResult> OnAsync(Actor by, string name, Func<User, Task<CommandResult>> work)
    {
        if (await users.FindByNameAsync(name) is not { } user)
            return CommandResult.NotFound($"没有用户 {name}。");
        await using var db = commands.Database.OpenUnfiltered();
        var scopes = await db.Set<StoredGrant>().Where(g => g.UserId == user.Id).Select(g => g.Scope).ToListAsync();
        return Administers(by, scopes) ? await work(user) : CommandResult.NotFound($"没有用户 {name}。");
    }

    private async Task<(IReadOnlyList<Grant> Grants, CommandResult? Wrong)> ReadAsync(
        Actor by,
        IReadOnlyList<RoleView> roles
    )
    {
        if (roles.Count == 0 || roles.Any(r => r is null))
            return ([], CommandResult.Invalid(("roles", "须有至少一个角色，每个都写明 role 和 place。")));
        List<Grant> grants = [];
        await using var db = commands.Database.Read(AccessScope.Everything);
        foreach (var role in roles)
        {
            if (!Enum.IsDefined(role.Role))
                return ([], CommandResult.Invalid(("roles", $"没有角色 {role.Role}。")));
            if (await PlaceNames.ResolveAsync(db, commands.Policy.Divisions, role.Place ?? "") is not { } scope)
                return (
                    [],
                    CommandResult.Invalid(
                        (
                            "roles",
                            $"没有“{role.Place}”这个地方：应为 *、行政区划代码，学校的名称或标识码，或者“学校/班级”。"
                        )
                    )
                );
            if (!by.Holds([Role.Administrator], scope))
                return ([], CommandResult.Problem(ResultKind.Forbidden, "只能在您管理的范围之内授予角色。"));
            grants.Add(new(role.Role, scope));
        }

        return AccessScope.ForGrants(grants).Ranges.Count > MostPlaces
            ? ([], CommandResult.Invalid(("roles", $"角色至多分布在 {MostPlaces} 个互不包含的地方。")))
            : ([.. grants.Distinct()], null);
    }

    private Task KeepAsync(Actor by, User user, IReadOnlyList<Grant> grants, string what) =>
        commands.ExecuteAsync(new(by), async work =>
        {
            work.Db.RemoveRange(await work.Db.Set<StoredGrant>().Where(g => g.UserId == user.Id).ToListAsync());
            await work.Db.SaveChangesAsync();
            work.Db.AddRange(
                grants.Select(g => new StoredGrant
                {
                    UserId = user.Id,
                    Role = g.Role,
                    Scope = g.Scope,
                })
            );
            work.Audit(what, user.Id, "", string.Join(", ", grants.Select(g => $"{g.Role} {g.Scope}")));
            return CommandResult.Done();
        });
}

/// <summary>
/// Verifies a password against a hash that nobody has. For an unknown name it takes the time that a real one takes, so
/// that names cannot be found out by timing.
/// </summary>
internal sealed class TimingDecoy(IPasswordHasher<User> hasher)
{
    internal User Nobody { get; } = new() { Name = "" };

    internal string Hash { get; } =
        hasher.HashPassword(new() { Name = "" }, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
}
