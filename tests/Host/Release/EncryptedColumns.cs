using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using EduAssist.Conformance;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Host.Release;

/// <summary>What stands in the encrypted columns of a database, read by the model of the program that is tested: the
/// only place where this net touches it.</summary>
internal static class EncryptedColumns
{
    /// <summary>Of each column the number of its values and a fingerprint of all of them decrypted; or why one could
    /// not be.</summary>
    internal static IReadOnlyDictionary<string, string> Read(
        OwnDatabases databases,
        string connection,
        string folder,
        string masterKey
    )
    {
        var database = new Database(connection, folder, masterKey, [Catalogue.CoreTables]);
        database.Upgrade(DateTimeOffset.UnixEpoch, _ => { });
        using var db = database.Read(AccessScope.Everything);
        using var raw = databases.Open(connection);
        SortedDictionary<string, string> read = new(StringComparer.Ordinal);
        foreach (var entity in db.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                if (
                    property.GetTypeMapping().Converter is not { } converter
                    || converter.ProviderClrType != typeof(byte[])
                )
                    continue;
                var (table, column) = (entity.GetTableName()!, property.GetColumnName());
                read[$"{table}.{column}"] = Fingerprint(Values(raw, table, column), converter.ConvertFromProvider);
            }
        }

        return read;
    }

    private static string Fingerprint(IReadOnlyList<byte[]> values, Func<object?, object?> decrypt)
    {
        try
        {
            var plain = values.Select(v =>
                decrypt(v) switch
                {
                    string text => Encoding.UTF8.GetBytes(text),
                    byte[] bytes => bytes,
                    var other => throw new InvalidOperationException($"{other}"),
                }
            );
            var all = string.Concat(
                plain.Select(p => Convert.ToHexStringLower(SHA256.HashData(p))).Order(StringComparer.Ordinal)
            );
            return $"{values.Count} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))}";
        }
        catch (CryptographicException unreadable)
        {
            return unreadable.GetType().Name;
        }
    }

    private static List<byte[]> Values(DbConnection raw, string table, string column)
    {
        using var asking = raw.CreateCommand();
        asking.CommandText = $"""SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL""";
        using var rows = asking.ExecuteReader();
        List<byte[]> values = [];
        while (rows.Read())
            values.Add((byte[])rows[0]);
        return values;
    }
}
