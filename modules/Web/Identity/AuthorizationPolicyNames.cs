namespace EduAssist.Web.Identity;

/// <summary>Names of the policies of authorisation, as <see cref="WebServer"/> fills them.</summary>
internal static class AuthorizationPolicyNames
{
    internal const string AdministratorsOnly = "administrators",
        PersonsOnly = "persons",
        NotByReadingKey = "not-by-reading-key";
}
