using EduAssist.Data;

namespace EduAssist.Office.Users;

internal sealed class UserTable : Table<User>
{
    protected override void Declare(TableBuilder<User> table) =>
        table
            .Named("core_user")
            .Hidden("by whom somebody signs in")
            .NotKept("passwords, codes and failures of before are nobody's business")
            .Encrypted(u => u.CodeKey, "User.CodeKey")
            .Harmless(u => u.Name, u => u.ComparedName, u => u.Stamp)
            .Harmless(u => u.PasswordHash, u => u.CodeKey, u => u.RecoveryCodes)
            .Index(u => u.ComparedName, unique: true)
            .ConcurrencyToken(u => u.Version);
}

internal sealed class GrantTable : Table<StoredGrant>
{
    protected override void Declare(TableBuilder<StoredGrant> table) =>
        table
            .Named("core_grant")
            .Hidden("users are shown to who administers them")
            .Kept()
            .Harmless(g => g.Role, g => g.Scope)
            .Key(g => new
            {
                g.UserId,
                g.Role,
                g.Scope,
            })
            .References<User>(g => g.UserId);
}

internal sealed class ApiKeyTable : Table<ApiKey>
{
    protected override void Declare(TableBuilder<ApiKey> table) =>
        table
            .Named("core_api_key")
            .Hidden("by which somebody signs in")
            .NotKept("a key that has ended is nothing")
            .Harmless(k => k.Title)
            .References<User>(k => k.UserId)
            .Index(k => k.UserId);
}

internal sealed class EndedSessionTable : Table<EndedSession>
{
    protected override void Declare(TableBuilder<EndedSession> table) =>
        table
            .Named("core_ended_session")
            .Hidden("which cookies let nobody in")
            .NotKept("a session that has ended is nothing");
}

internal sealed class ProtectionKeyTable : Table<ProtectionKey>
{
    protected override void Declare(TableBuilder<ProtectionKey> table) =>
        table
            .Named("core_protection_key")
            .Hidden("the keys of tokens and cookies")
            .NotKept("which keys there were before is nobody's business")
            .Encrypted(k => k.Xml, "ProtectionKey.Xml")
            .Harmless(k => k.Name, k => k.Xml)
            .Key(k => k.Name);
}
