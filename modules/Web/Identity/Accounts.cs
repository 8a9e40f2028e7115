using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
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
/// <param name="Scope">
/// As it is kept (<see cref="ScopePath"/>). Where both are given it is what counts: a name may have become another
/// place's.
/// </param>
public sealed record RoleView([property: JsonRequired] Role Role, string? Place = null, string? Scope = null)
{
    /// <summary>Why it counts for nothing where it is, in Chinese; null: it counts.</summary>
    [JsonIgnore]
    public string? Fault { get; init; }

    /// <summary>
    /// What is to be said of the place, in Chinese: that the register of divisions lacks it; null: nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Remark { get; init; }
}

/// <summary>
/// Users: made, reset, disabled, signed in. On the framework's own manager, so that nothing about passwords is ours.
/// </summary>
public sealed class Accounts
{
    /// <summary>How long a cookie lets somebody in who does nothing.</summary>
    internal static readonly TimeSpan SessionLasts = TimeSpan.FromHours(8);

    internal const string StampClaim = "stamp",
        SessionClaim = "session",
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
    private readonly string? address;

    internal Accounts(
        UserManager<User> users,
        IPasswordHasher<User> hasher,
        TimingDecoy decoy,
        CommandExecutor commands,
        string? address
    ) => (this.users, this.hasher, this.decoy, this.commands, this.address) = (users, hasher, decoy, commands, address);

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
            .AddSingleton<TimingDecoy>()
            .AddHttpContextAccessor()
            .AddScoped(s => new Accounts(
                s.GetRequiredService<UserManager<User>>(),
                s.GetRequiredService<IPasswordHasher<User>>(),
                s.GetRequiredService<TimingDecoy>(),
                s.GetRequiredService<CommandExecutor>(),
                s.GetRequiredService<IHttpContextAccessor>().HttpContext?.Address()
            ));
    }

    /// <summary>The users that somebody administers, by their names.</summary>
    public async Task<IReadOnlyList<UserView>> ListAsync(Actor by)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var db = commands.Database.OpenUnfiltered();
        await using var places = commands.Database.Read(Administered(by));
        var grants = (await db.Set<StoredGrant>().ToListAsync()).ToLookup(g => g.UserId);
        List<UserView> views = [];
        foreach (
            var user in (await db.Set<User>().OrderBy(u => u.ComparedName).ToListAsync()).Where(u =>
                Administers(by, grants[u.Id])
            )
        )
            views.Add(await ViewAsync(places, user, grants[user.Id]));
        return views;
    }

    /// <summary>A user that somebody administers; null: there is none of that name.</summary>
    internal async Task<UserView?> ViewAsync(Actor by, string name)
    {
        await using var db = commands.Database.OpenUnfiltered();
        if (await FindAsync(db, name) is not { } user)
            return null;
        var grants = await db.Set<StoredGrant>().Where(g => g.UserId == user.Id).ToListAsync();
        await using var places = commands.Database.Read(Administered(by));
        return Administers(by, grants) ? await ViewAsync(places, user, grants) : null;
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
        ArgumentNullException.ThrowIfNull(name);
        var (grants, wrong) = await ReadAsync(by, roles, []);
        if (wrong is not null)
            return wrong;
        if (NameFault(name) is { } fault)
            return CommandResult.Invalid(("user", fault));
        var password = OneTime();
        var hash = hasher.HashPassword(decoy.Nobody, password); // slow: not while others wait
        return await commands.ExecuteAsync(new(by), async work =>
        {
            if (await FindAsync(work.Db, name) is not null)
                return CommandResult.Invalid(("user", $"已有用户 {name}。"));
            var user = new User
            {
                Id = work.NewId(),
                Name = name,
                ComparedName = users.NormalizeName(name),
                PasswordHash = hash,
                Stamp = NewStamp(),
                MustChangePassword = true,
                CreatedAt = work.Now,
            };
            work.Db.Add(user);
            Keep(work, user, grants);
            Note(work, "user/make", user.Id, grants);
            Note(work, "user/grant", user.Id, grants, Described(grants));
            var remarks = grants.Select(g => PlaceNames.Remark(work.Policy.Divisions, g.Scope)).OfType<string>();
            return CommandResult.Created(
                new IssuedPassword(name, password)
                {
                    Remark = string.Join('；', remarks.Distinct()) is { Length: > 0 } remark ? remark : null,
                },
                user.Id
            );
        });
    }

    /// <summary>Gives a user these roles instead of those that they have.</summary>
    /// <param name="by">Who gives them.</param>
    /// <param name="name">Of the user.</param>
    /// <param name="roles">
    /// One that the user has already is known by its <see cref="RoleView.Scope"/>, and stays as it is.
    /// </param>
    public async Task<CommandResult> GrantAsync(Actor by, string name, IReadOnlyList<RoleView> roles)
    {
        await using var db = commands.Database.OpenUnfiltered();
        var there = await FindAsync(db, name) is { } user
            ? await db.Set<StoredGrant>().Where(g => g.UserId == user.Id).ToListAsync()
            : [];
        if (!Administers(by, there))
            return NoUser(name);
        var (grants, wrong) = await ReadAsync(by, roles, [.. there.Select(AsGrant)]);
        return wrong ?? await ChangeRolesAsync(by, name, _ => (grants, null));
    }

    /// <summary>Gives a user one role more; those that they have stay as they are.</summary>
    internal async Task<CommandResult> AddRoleAsync(Actor by, string name, RoleView role)
    {
        var (added, wrong) = await ReadAsync(by, [role], []);
        return wrong ?? await ChangeRolesAsync(by, name, stored => Checked([.. stored, .. added]));
    }

    /// <summary>Takes one role away; the others stay as they are.</summary>
    /// <param name="by">Who takes it.</param>
    /// <param name="name">Of the user.</param>
    /// <param name="grant">As it is kept.</param>
    internal Task<CommandResult> EndRoleAsync(Actor by, string name, Grant grant) =>
        ChangeRolesAsync(by, name, stored => !stored.Contains(grant)
                ? ([], CommandResult.Problem(ResultKind.Stale, "这个角色已被取消；请重新读取后再试。"))
            : stored.Count == 1 ? ([], CommandResult.Invalid(("roles", "须有至少一个角色；不再需要的用户请停用。")))
            : ([.. stored.Where(g => g != grant)], null));

    /// <summary>Changes the roles that a user has when the command begins.</summary>
    private Task<CommandResult> ChangeRolesAsync(
        Actor by,
        string name,
        Func<IReadOnlyList<Grant>, (IReadOnlyList<Grant> Grants, CommandResult? Wrong)> change
    )
    {
        return OnAsync(by, name, (work, user, stored) => Task.FromResult(Changed(work, user, stored)));

        CommandResult Changed(UnitOfWork work, User user, List<StoredGrant> stored)
        {
            if (by.Name == user.Name)
                return CommandResult.Problem(ResultKind.Refused, "不能改变自己的角色：请由另一名管理员改变。");
            IReadOnlyList<Grant> was = [.. stored.Select(AsGrant)];
            var (grants, wrong) = change(was);
            if (wrong is not null)
                return wrong;
            work.Db.RemoveRange(stored.Where(g => !grants.Contains(AsGrant(g))));
            Keep(work, user, grants.Except(was));
            Note(work, "user/grant", user.Id, [.. was, .. grants], Described(grants));
            return CommandResult.Done();
        }
    }

    /// <summary>
    /// Gives a user a new password that is good for one sign-in, unlocks them and takes their two-factor away; what was
    /// issued before ends, personal keys too.
    /// </summary>
    public Task<CommandResult> ResetAsync(Actor by, string name)
    {
        var password = OneTime();
        var hash = hasher.HashPassword(decoy.Nobody, password); // slow: not while others wait
        return OnAsync(by, name, async (work, user, stored) =>
        {
            (
                user.MustChangePassword,
                user.Failures,
                user.LockedUntil,
                user.HasTwoFactor,
                user.CodeKey,
                user.RecoveryCodes,
                user.PasswordHash
            ) = (true, 0, null, false, null, "", hash);
            var grants = Grants(stored);
            Note(work, "user/reset", user.Id, grants);
            await EndAllAsync(work, user, grants);
            return CommandResult.Done(new IssuedPassword(user.Name, password));
        });
    }

    /// <summary>
    /// Lets a user in no longer, or again; what was issued before ends, personal keys too.
    /// </summary>
    public Task<CommandResult> DisableAsync(Actor by, string name, bool disabled = true) =>
        OnAsync(by, name, async (work, user, stored) =>
        {
            if (disabled && by.Name == user.Name)
                return CommandResult.Problem(ResultKind.Refused, "不能停用自己：请由另一名管理员停用。");
            user.IsDisabled = disabled;
            var grants = Grants(stored);
            Note(work, disabled ? "user/disable" : "user/enable", user.Id, grants);
            await EndAllAsync(work, user, grants);
            return CommandResult.Done(new ChangedUser(user.Name));
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
                        Role = grant.Role.Name,
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
        var user = await FindUserAsync(name);
        var isRight =
            hasher.VerifyHashedPassword(user ?? decoy.Nobody, user?.PasswordHash ?? decoy.Hash, password)
            != PasswordVerificationResult.Failed;
        if (user?.PasswordHash is null || user.IsDisabled || user.LockedUntil > commands.Policy.Today.Now)
        {
            await commands.ExecuteAsync(new(Self(user?.Name ?? Anonymous)), async work =>
            {
                var grants = user is null ? [] : (await FindAsync(work, user.Id)).Grants;
                var why =
                    user is null ? "unknown user"
                    : user.IsDisabled ? "disabled"
                    : "locked";
                // an unknown name is not logged: people type their password into that field
                Note(work, "sign-in/refused", user?.Id, grants, why);
                return CommandResult.Done();
            });
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
        await ChangeAsync(user, "sign-in/right", row =>
        {
            row.Failures = 0;
            return true;
        });
        return (SignIn.Right, user);
    }

    /// <summary>A wrong password or code, wherever it was entered: too many lock the user.</summary>
    private Task<bool> WrongAsync(User user) => ChangeAsync(user, "sign-in/wrong", row =>
        {
            if (++row.Failures >= MostFailures)
                (row.Failures, row.LockedUntil) = (0, commands.Policy.Today.Now + Lock);
            return true;
        });

    /// <summary>Changes a password: what was issued before ends; personal keys stay.</summary>
    internal async Task<CommandResult> ChangePasswordAsync(User user, string old, string password)
    {
        var wrong = CommandResult.Invalid(("password", "原密码不对，或者账号暂时锁定。"));
        if (old == password)
            return CommandResult.Invalid(("newPassword", "新密码须与原密码不同。"));
        var now = (await users.FindByIdAsync(user.Id.ToString()))!;
        if (now.PasswordHash is not { } known || IsLocked(now))
            return wrong;
        if (hasher.VerifyHashedPassword(now, known, old) == PasswordVerificationResult.Failed)
        {
            await WrongAsync(now);
            return wrong;
        }

        List<(string Field, string Message)> faults = [];
        foreach (var validator in users.PasswordValidators)
            faults.AddRange(
                (await validator.ValidateAsync(users, now, password)).Errors.Select(e => ("newPassword", e.Description))
            );
        if (faults.Count > 0)
            return CommandResult.Invalid(faults);
        var hash = hasher.HashPassword(now, password);
        var isChanged = await ChangeAsync(now, "user/password", row =>
        {
            if (row.PasswordHash != known || row.IsDisabled || IsLocked(row))
                return false;
            (row.PasswordHash, row.MustChangePassword, row.Stamp) = (hash, false, NewStamp());
            return true;
        });
        return isChanged ? CommandResult.Done() : wrong;
    }

    /// <summary>Ends everything that was issued to a user: tokens, cookies, personal keys.</summary>
    internal Task SignOutEverywhereAsync(User user) => commands.ExecuteAsync(new(Self(user.Name)), async work =>
        {
            var (row, grants) = await FindAsync(work, user.Id);
            Note(work, "user/sign-out-everywhere", row.Id, grants);
            await EndAllAsync(work, row, grants);
            Count(work, row);
            return CommandResult.Done();
        });

    /// <summary>A new key for codes, which asks for nothing until <see cref="EnableCodesAsync"/>.</summary>
    /// <returns>Null: codes are asked for already, by another key.</returns>
    internal async Task<(string Key, string Uri)?> NewCodeKeyAsync(User user)
    {
        var key = users.GenerateNewAuthenticatorKey();
        var isMade = await ChangeAsync(user, "user/two-factor-key", row =>
        {
            if (row.HasTwoFactor)
                return false;
            (row.CodeKey, row.LastCode) = (key, 0);
            return true;
        });
        return isMade ? (key, CodeUri(user.Name, key)) : null;
    }

    /// <summary>A key for codes, as authenticators take it from a QR code (Key Uri Format).</summary>
    internal static string CodeUri(string user, string key) =>
        $"otpauth://totp/EduAssist:{Uri.EscapeDataString(user)}?secret={key}&issuer=EduAssist&digits=6";

    /// <summary>Asks for codes from now on. The code is used up by it, as by a sign-in.</summary>
    /// <returns>The recovery codes; null: the code is wrong.</returns>
    internal async Task<IReadOnlyList<string>?> EnableCodesAsync(User user, string code)
    {
        if (user.CodeKey is null || user.HasTwoFactor || IsLocked(user))
            return null;
        IReadOnlyList<string> recovery =
        [
            .. Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(Readable, 10)),
        ];
        var isEnabled = await ChangeAsync(user, "user/two-factor", row =>
        {
            if (row.HasTwoFactor || IsLocked(row) || code.Length != CodeLength || !Takes(row, code))
                return false;
            (row.HasTwoFactor, row.RecoveryCodes, row.Stamp) = (
                true,
                string.Join(' ', recovery.Select(Hash)),
                NewStamp()
            );
            return true;
        });
        if (!isEnabled)
            await WrongAsync(user);
        return isEnabled ? recovery : null;
    }

    /// <summary>Asks for codes no longer.</summary>
    internal async Task<bool> DisableCodesAsync(User user, string code)
    {
        if (!user.HasTwoFactor || IsLocked(user))
            return false;
        var isDisabled = await ChangeAsync(user, "user/two-factor-off", row =>
        {
            if (!row.HasTwoFactor || IsLocked(row) || !Takes(row, code))
                return false;
            (row.HasTwoFactor, row.CodeKey, row.RecoveryCodes, row.Stamp) = (false, null, "", NewStamp());
            return true;
        });
        if (!isDisabled)
            await WrongAsync(user);
        return isDisabled;
    }

    /// <summary>The user of a principal.</summary>
    internal async Task<User> FindUserAsync(ClaimsPrincipal principal) =>
        (await users.FindByIdAsync(principal.FindFirstValue(ClaimTypes.NameIdentifier)!))!;

    /// <summary>Makes a key by which a program signs in. It is told once.</summary>
    public static async Task<(ApiKey Key, string Secret)> MakeKeyAsync(
        CommandExecutor commands,
        Guid userId,
        Actor actor,
        string title,
        bool onlyReads,
        int days
    )
    {
        ArgumentNullException.ThrowIfNull(commands);
        var secret = RandomNumberGenerator.GetBytes(32);
        ApiKey? key = null;
        await commands.ExecuteAsync(new(actor), work =>
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
            work.Audit("user/key", key.Id, actor.Places, onlyReads ? "only reads" : null);
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

    /// <summary>What is written into a cookie: a session of its own, which can be signed out of.</summary>
    internal static ClaimsPrincipal Session(User user) =>
        Principal(
            user,
            CookieAuthenticationDefaults.AuthenticationScheme,
            new Claim(SessionClaim, $"{Guid.CreateVersion7():n}")
        );

    /// <summary>Ends a session: copies of its cookie let nobody in either.</summary>
    internal async Task SignOutAsync(ClaimsPrincipal principal)
    {
        if (!Guid.TryParse(principal.FindFirstValue(SessionClaim), out var session))
            return;
        var id = Guid.Parse(principal.FindFirstValue(ClaimTypes.NameIdentifier)!);
        var now = TimeProvider.System.GetUtcNow(); // cookies end by the real clock, also in a demo of another day
        await commands.ExecuteAsync(new(Self(principal.FindFirstValue(ClaimTypes.Name)!)), async work =>
        {
            var ended = await work.Db.Set<EndedSession>().Where(s => s.Id == session || s.Until <= now).ToListAsync();
            work.Db.RemoveRange(ended.Where(s => s.Id != session));
            if (!ended.Exists(s => s.Id == session))
                work.Db.Add(new EndedSession { Id = session, Until = now + SessionLasts });
            Note(work, "sign-out", id, (await FindAsync(work, id)).Grants);
            return CommandResult.Done();
        });
    }

    /// <summary>Whether a principal is of a session that was signed out of.</summary>
    internal static async Task<bool> IsEndedAsync(CommandExecutor commands, ClaimsPrincipal? principal)
    {
        if (!Guid.TryParse(principal?.FindFirstValue(SessionClaim), out var session))
            return false;
        await using var db = commands.Database.OpenUnfiltered();
        return await db.Set<EndedSession>().AnyAsync(s => s.Id == session);
    }

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
        return (user, new(user.Name, await RolePlaces.ReadAsync(db, commands.Policy.Roles, id)));
    }

    /// <summary>
    /// Whether somebody administers all that a user is; a user of no place is administered by who administers
    /// everything.
    /// </summary>
    private bool Administers(Actor by, IEnumerable<StoredGrant> grants) =>
        grants.Select(AsGrant).DefaultIfEmpty(new(Role.Administrator, "")).All(by.Administers);

    private Grant AsGrant(StoredGrant stored) => new(commands.Policy.Roles.Stored(stored.Role), stored.Scope);

    internal static bool FixedEquals(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static string OneTime() =>
        $"a{RandomNumberGenerator.GetString(Readable, 15)}{RandomNumberGenerator.GetString(Digits, 1)}";

    private const int CodeLength = 6,
        LongestName = 64,
        MostEchoed = 60;

    /// <summary>What somebody administers.</summary>
    internal static AccessScope Administered(Actor by) => by.As([Role.Administrator]).AccessScope;

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    private async Task<UserView> ViewAsync(AppDbContext places, User user, IEnumerable<StoredGrant> grants) =>
        new(
            user.Name,
            await RolesAsync(places, commands.Policy, grants.Select(AsGrant)),
            user.IsDisabled,
            user.LockedUntil,
            user.HasTwoFactor,
            user.MustChangePassword
        );

    /// <summary>Grants as they are shown.</summary>
    /// <param name="places">As whoever reads them sees it.</param>
    /// <param name="policy">With the roles that there are, in their order; those of no loaded module come last.</param>
    /// <param name="grants">As they are kept.</param>
    internal static async Task<IReadOnlyList<RoleView>> RolesAsync(
        AppDbContext places,
        PolicyContext policy,
        IEnumerable<Grant> grants
    )
    {
        var order = policy.Roles.All.Index().ToDictionary(r => r.Item, r => r.Index);
        List<(int Order, RoleView View)> views = [];
        foreach (var grant in grants)
        {
            var place = await PlaceNames.FormatAsync(places, grant.Scope);
            var fault = await RolePlaces.FaultAsync(places, grant, place);
            views.Add(
                (
                    order.GetValueOrDefault(grant.Role, int.MaxValue),
                    new(grant.Role, place, grant.Scope)
                    {
                        Fault = fault,
                        Remark = PlaceNames.Remark(policy.Divisions, grant.Scope),
                    }
                )
            );
        }

        return
        [
            .. views
                .OrderBy(v => v.Order)
                .ThenBy(v => v.View.Role.Name, StringComparer.Ordinal)
                .ThenBy(v => v.View.Scope!.Split('/')[0], StringComparer.Ordinal)
                .ThenBy(v => v.View.Place, StringComparer.Ordinal)
                .Select(v => v.View),
        ];
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

    private Task<bool> IsRightCodeAsync(User user, string code) =>
        ChangeAsync(user, code.Length == CodeLength ? "sign-in/code" : "sign-in/recovery-code", row =>
            Takes(row, code)
        );

    /// <summary>Takes a code, or a recovery code, which are good once: from now on it is wrong.</summary>
    private static bool Takes(User row, string code)
    {
        if (code.Length == CodeLength)
        {
            if (row.CodeKey is null || StepOf(row, code) is not { } step || step <= row.LastCode)
                return false;
            row.LastCode = step;
            return true;
        }

        var (hash, left) = (Hash(code), row.RecoveryCodes.Split(' '));
        row.RecoveryCodes = string.Join(' ', left.Where(h => h != hash));
        return left.Contains(hash);
    }

    /// <summary>
    /// Reads a user within the command and changes them, so that changes at the same time do not overwrite each other:
    /// two wrong passwords count twice, and a code that is sent twice is accepted once.
    /// </summary>
    /// <param name="user">As seen before: only who it is counts.</param>
    /// <param name="what">Of the line in the audit.</param>
    /// <param name="change">False: nothing is changed.</param>
    private async Task<bool> ChangeAsync(User user, string what, Func<User, bool> change) =>
        (await commands.ExecuteAsync(new(Self(user.Name)), async work =>
            {
                var (row, grants) = await FindAsync(work, user.Id);
                if (!change(row))
                    return CommandResult.Problem(ResultKind.Refused, "");
                Count(work, row);
                Note(work, what, row.Id, grants);
                return CommandResult.Done();
            })).IsDone;

    private static void Count(UnitOfWork work, User row)
    {
        if (work.Db.Entry(row).State == EntityState.Modified)
            row.Version++;
    }

    /// <summary>
    /// Ends what was issued to a user: tokens and cookies by the stamp, personal keys by their rows.
    /// </summary>
    private static async Task EndAllAsync(UnitOfWork work, User row, IReadOnlyList<Grant> grants)
    {
        row.Stamp = NewStamp();
        work.Db.RemoveRange(await work.Db.Set<ApiKey>().Where(k => k.UserId == row.Id).ToListAsync());
        Note(work, "user/keys-end", row.Id, grants);
    }

    /// <summary>
    /// A line in the audit at each place of a user's roles, so that whoever audits one of them sees it: in the roles
    /// of whoever administers them, or of the user who does it to themself.
    /// </summary>
    private static void Note(
        UnitOfWork work,
        string what,
        Guid? user,
        IReadOnlyList<Grant> grants,
        string? detail = null
    )
    {
        foreach (var place in grants.Select(g => g.Scope).DefaultIfEmpty("").Distinct())
            work.Audit(
                what,
                user,
                place,
                detail,
                work.Actor.Grants.Count > 0
                    ? work.Actor.RolesAt(place).Intersect([Role.Administrator])
                    : grants.Where(g => g.IsAtItsLevel && g.Covers(place)).Select(g => g.Role)
            );
    }

    /// <summary>A user who acts on their own account: by nobody's leave, so that no role is asked for.</summary>
    private Actor Self(string name) => new(name) { Address = address };

    /// <summary>A user with their roles, in one query.</summary>
    private async Task<(User Row, IReadOnlyList<Grant> Grants)> FindAsync(UnitOfWork work, Guid id)
    {
        var found = await work
            .Db.Set<User>()
            .Where(u => u.Id == id)
            .Select(u => new { Row = u, Stored = work.Db.Set<StoredGrant>().Where(g => g.UserId == u.Id).ToList() })
            .SingleAsync();
        return (found.Row, Grants(found.Stored));
    }

    private IReadOnlyList<Grant> Grants(IEnumerable<StoredGrant> stored) => [.. stored.Select(AsGrant)];

    private static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private bool IsLocked(User user) => user.LockedUntil > commands.Policy.Today.Now;

    /// <summary>
    /// The user of a name; null: there is none. A name with a control character is nobody's, and PostgreSQL would not
    /// even look for it.
    /// </summary>
    private async Task<User?> FindAsync(AppDbContext db, string name)
    {
        if (name.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
            return null;
        var compared = users.NormalizeName(name);
        return await db.Set<User>().SingleOrDefaultAsync(u => u.ComparedName == compared);
    }

    private async Task<User?> FindUserAsync(string name)
    {
        await using var db = commands.Database.OpenUnfiltered();
        return await FindAsync(db, name);
    }

    /// <summary>What is wrong with the name of a new user: it stands in addresses, lists and the audit.</summary>
    private static string? NameFault(string name) =>
        Reserved.Contains(name, StringComparer.OrdinalIgnoreCase) ? "这个用户名由程序使用，请换一个。"
        : name.Length is 0 or > LongestName
        || !(char.IsAsciiLetterOrDigit(name[0]) || IsChinese(name[0]))
        || !name.All(c => char.IsAsciiLetterOrDigit(c) || IsChinese(c) || "-._@+".Contains(c, StringComparison.Ordinal))
            ? $"用户名须以字母、数字或汉字开头，由字母、数字、汉字和 - . _ @ + 组成，至多 {LongestName} 个字。"
        : null;

    /// <summary>
    /// A Chinese character. Letters of other scripts look like ours, and would pass for another user.
    /// </summary>
    private static bool IsChinese(char c) => c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF';

    /// <summary>
    /// Changes a user that somebody administers: user and roles are read within the command, so that nobody's change is
    /// written over with what was there before.
    /// </summary>
    private Task<CommandResult> OnAsync(
        Actor by,
        string name,
        Func<UnitOfWork, User, List<StoredGrant>, Task<CommandResult>> change
    ) => commands.ExecuteAsync(new(by), async work =>
        {
            var user = await FindAsync(work.Db, name);
            List<StoredGrant> stored = user is null
                ? []
                : await work.Db.Set<StoredGrant>().Where(g => g.UserId == user.Id).ToListAsync();
            if (user is null || !Administers(by, stored))
                return NoUser(name);
            var result = await change(work, user, stored);
            Count(work, user);
            return result;
        });

    /// <summary>
    /// Reads roles as somebody gives them: within their own places, and those that are there as they are.
    /// </summary>
    private async Task<(IReadOnlyList<Grant> Grants, CommandResult? Wrong)> ReadAsync(
        Actor by,
        IReadOnlyList<RoleView> roles,
        IReadOnlyList<Grant> stored
    )
    {
        if (roles.Count == 0 || roles.Any(r => r is null))
            return ([], CommandResult.Invalid(("roles", "须有至少一个角色，每个都写明 role，以及 place 或 scope。")));
        List<Grant> grants = [];
        await using var db = commands.Database.Read(Administered(by));
        foreach (var (index, role) in roles.Index())
        {
            if (role.Scope is { } exact && stored.Contains(new(role.Role, exact)))
            {
                grants.Add(new(role.Role, exact));
                continue;
            }

            if (commands.Policy.Roles.Find(role.Role.Name) is not { } known)
                return ([], CommandResult.Invalid(($"roles[{index}].role", NoRole(role.Role))));
            var (scope, message) =
                role.Scope is null ? await PlaceNames.ResolveAsync(db, commands.Policy.Divisions, role.Place ?? "")
                : await PlaceNames.ExistsAsync(db, commands.Policy.Divisions, role.Scope) ? new(role.Scope, null)
                : new(null, $"没有范围（scope）“{Short(role.Scope)}”，或者不在您管理的范围之内。");
            if (scope is null)
                return ([], CommandResult.Invalid(("roles", message!)));
            var grant = new Grant(known, scope);
            if (!by.Holds([Role.Administrator], scope))
                return ([], CommandResult.Problem(ResultKind.Forbidden, "只能在您管理的范围之内授予角色。"));
            var written = role.Scope is null ? role.Place! : await PlaceNames.FormatAsync(db, scope);
            if (await RolePlaces.FaultAsync(db, grant, Short(written)) is { } fault)
                return ([], CommandResult.Invalid(("roles", fault)));
            if (!by.Administers(grant))
                return (
                    [],
                    CommandResult.Problem(
                        ResultKind.Forbidden,
                        $"“{Short(written)}”的{known.Title}也审计您自己：请由上级的管理员授予，或者在服务器上用命令 users add 新建。"
                    )
                );
            grants.Add(grant);
        }

        return Checked(grants);
    }

    private static (IReadOnlyList<Grant> Grants, CommandResult? Wrong) Checked(IReadOnlyList<Grant> grants) =>
        AccessScope.ForGrants(grants).Ranges.Count > MostPlaces
            ? ([], CommandResult.Invalid(("roles", $"角色至多分布在 {MostPlaces} 个互不包含的地方。")))
            : ([.. grants.Distinct()], null);

    private static void Keep(UnitOfWork work, User user, IEnumerable<Grant> grants) =>
        work.Db.AddRange(
            grants.Select(g => new StoredGrant
            {
                UserId = user.Id,
                Role = g.Role.Name,
                Scope = g.Scope,
            })
        );

    private string NoRole(Role role) =>
        $"没有角色“{Short(role.Name)}”；可以授予的有：{string.Join("、", commands.Policy.Roles.All)}。";

    private static string Described(IEnumerable<Grant> grants) =>
        string.Join(", ", grants.Select(g => $"{g.Role} {g.Scope}"));

    private static CommandResult NoUser(string name) => CommandResult.NotFound($"没有用户 {Short(name)}。");

    private static string Short(string text) => text.Length > MostEchoed ? text[..MostEchoed] + "…" : text;
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
