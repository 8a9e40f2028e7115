using Microsoft.Data.Sqlite;

namespace EduAssist.Core.Storage;

/// <summary>Backups (备份) of a database in use: what was committed when it began, whole.</summary>
public static class Backup
{
    /// <summary>Writes one.</summary>
    /// <param name="database">In use or not.</param>
    /// <param name="file">Must not be there.</param>
    public static void Write(Database database, string file)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var connection = (SqliteConnection)database.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", file);
        command.ExecuteNonQuery();
    }
}
