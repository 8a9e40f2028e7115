using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EduAssist.Kernel;

namespace EduAssist.Web.Identity;

/// <summary>A password that is good for one sign-in. It is told once.</summary>
/// <param name="User">By which they sign in.</param>
/// <param name="Password">The password.</param>
public sealed record IssuedPassword(string User, string Password) : IContract<IssuedPassword>
{
    /// <summary>What is to be said of the places of a new user, in Chinese; null: nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Remark { get; init; }

    static JsonTypeInfo<IssuedPassword> IContract<IssuedPassword>.Contract => AccountsJson.Default.IssuedPassword;
}

/// <summary>A user that was disabled or enabled.</summary>
/// <param name="User">By which they sign in.</param>
public sealed record ChangedUser(string User) : IContract<ChangedUser>
{
    static JsonTypeInfo<ChangedUser> IContract<ChangedUser>.Contract => AccountsJson.Default.ChangedUser;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IssuedPassword))]
[JsonSerializable(typeof(ChangedUser))]
internal sealed partial class AccountsJson : JsonSerializerContext;
