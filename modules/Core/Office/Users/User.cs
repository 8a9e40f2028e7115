using EduAssist.Kernel.Access;

namespace EduAssist.Office.Users;

/// <summary>Somebody who signs in (用户).</summary>
public sealed class User
{
    /// <summary>Of the user.</summary>
    public Guid Id { get; init; }

    /// <summary>By which they sign in; never a person's name.</summary>
    public required string Name { get; set; }

    /// <summary>The name as it is compared: in capitals.</summary>
    public string ComparedName { get; set; } = "";

    /// <summary>PBKDF2; null: no password, the user signs in with keys only.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>
    /// The security stamp. Tokens and cookies bear it; it changes when those issued before are to end: with the
    /// password, two-factor, or by signing out everywhere.
    /// </summary>
    public string Stamp { get; set; } = "";

    /// <summary>The password was given by somebody else: nothing but a change of it is allowed.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>May not sign in.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>Wrong passwords and codes since the last right one.</summary>
    public int Failures { get; set; }

    /// <summary>Locked until then; null: not.</summary>
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Whether a code is asked for (两步验证).</summary>
    public bool HasTwoFactor { get; set; }

    /// <summary>The secret from which codes are computed (TOTP).</summary>
    public string? CodeKey { get; set; }

    /// <summary>
    /// The half minute (RFC 6238) of the last code that was taken; 0: none was. Only a later one is taken.
    /// </summary>
    public long LastCode { get; set; }

    /// <summary>Hashes of the recovery codes that are left, with blanks between.</summary>
    public string RecoveryCodes { get; set; } = "";

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; }

    /// <summary>When the user was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A role of a user in a place.</summary>
public sealed class StoredGrant
{
    /// <summary>The id of the user.</summary>
    public Guid UserId { get; init; }

    /// <summary>
    /// The name of the role: one that no loaded module declares counts for nothing (<see cref="Roles.Stored"/>).
    /// </summary>
    public required string Role { get; init; }

    /// <summary>As of <see cref="Grant"/>.</summary>
    public required string Scope { get; init; }
}

/// <summary>
/// A key by which a program signs in for a user (个人访问密钥), where only a name and a password can be given.
/// </summary>
public sealed class ApiKey
{
    /// <summary>The first half of the key, by which it is found.</summary>
    public Guid Id { get; init; }

    /// <summary>The id of the user.</summary>
    public Guid UserId { get; init; }

    /// <summary>What the user calls it.</summary>
    public required string Title { get; init; }

    /// <summary>SHA-256 of the second half, which is 256 random bits: no slower hash is needed.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Whether it may only read.</summary>
    public bool OnlyReads { get; init; }

    /// <summary>From then on the key is not accepted.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>
/// A session that was signed out of: its cookie, or a copy of it, lets nobody in. Whoever signs in begins another one.
/// </summary>
public sealed class EndedSession
{
    /// <summary>Of the session; its cookie bears it.</summary>
    public Guid Id { get; init; }

    /// <summary>From then on the cookie has ended by itself.</summary>
    public DateTimeOffset Until { get; init; }
}

/// <summary>A key by which the web server protects tokens and cookies.</summary>
public sealed class ProtectionKey
{
    /// <summary>Given by the server.</summary>
    public required string Name { get; init; }

    /// <summary>The key. Secret.</summary>
    public required string Xml { get; init; }
}
