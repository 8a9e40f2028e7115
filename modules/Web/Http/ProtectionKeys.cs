using System.Xml.Linq;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Users;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace EduAssist.Web.Http;

/// <summary>
/// The keys of tokens and cookies lie in the database, encrypted like personal data: by a key that the master key
/// opens.
/// </summary>
internal sealed class ProtectionKeys(CommandExecutor commands) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = commands.Database.OpenUnfiltered();
        return
        [
            .. db.Set<ProtectionKey>().OrderBy(k => k.Name).Select(k => k.Xml).ToList().Select(x => XElement.Parse(x)),
        ];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        commands
            .ExecuteAsync(new(Actor.Program), work =>
            {
                work.Db.Add(
                    new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) }
                );
                work.Audit("protection-key/make", null, "");
                return Task.FromResult(CommandResult.Done());
            })
            .GetAwaiter()
            .GetResult();
}
