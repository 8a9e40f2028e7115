using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace EduAssist.Data;

/// <summary>
/// What commands leave behind beside the audit. Every command leaves an entry, the first start's reference data too: a
/// database with any row and an empty audit had one.
/// </summary>
internal static class AuditTraces
{
    private static readonly Type[] Own =
    [
        typeof(AuditEntry),
        typeof(AuditSeal),
        typeof(AuditHead),
        typeof(EncryptionKey), // made at the first start, by no command
    ];

    /// <summary>Whether there are any.</summary>
    internal static async Task<bool> AreInAsync(AppDbContext db)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        await db.Database.OpenConnectionAsync();
        // a module whose migration is missing has a table in the model only
        var there = ProgramTables.List(db.Database.GetDbConnection());
        foreach (
            var table in db
                .Model.GetEntityTypes()
                .Where(e => !Own.Contains(e.ClrType))
                .Select(e => e.GetTableName())
                .OfType<string>()
                .Distinct()
                .Where(there.Contains)
        )
        {
            var any = $"SELECT 1 AS \"Value\" FROM {sql.DelimitIdentifier(table)} LIMIT 1";
            if (await db.Database.SqlQueryRaw<int>(any).AnyAsync())
                return true;
        }

        return false;
    }
}
