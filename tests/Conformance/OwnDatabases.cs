using System.Data.Common;
using EduAssist.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EduAssist.Conformance;

/// <summary>Databases of one test, which are gone afterwards.</summary>
public sealed class OwnDatabases : IDisposable
{
    private readonly string? server;
    private readonly List<string> names = [];

    /// <summary>None yet.</summary>
    /// <param name="kind">
    /// PostgreSQL is that of <see cref="PostgreSqlServer"/>; a test that wants it <see cref="RequiresAttribute"/>. A
    /// test whose class makes one before that is asked is skipped here; a fixture asks <see cref="DatabaseKinds"/>.
    /// </param>
    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public OwnDatabases(DatabaseKind kind)
    {
        if (kind == DatabaseKind.PostgreSql)
            RequiresAttribute.Decide(ExternalProgram.PostgreSql.Missing(), RequiresAttribute.OnBuildMachine);
        server = kind == DatabaseKind.PostgreSql ? PostgreSqlServer.Connection : null;
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("eduassist-").FullName;

    /// <summary>The connection of one that is not there yet.</summary>
    public string Next()
    {
        names.Add($"test_{Guid.NewGuid():n}");
        return server is null
            ? Path.Combine(Folder, $"{names[^1]}.db")
            : new NpgsqlConnectionStringBuilder(server) { Database = names[^1] }.ToString();
    }

    /// <summary>
    /// The connection of one that is a copy of another, with its master key. Nobody may be in the other meanwhile.
    /// </summary>
    /// <param name="other">Whose it is.</param>
    /// <param name="connection">Of the other.</param>
    public string Next(OwnDatabases other, string connection)
    {
        ArgumentNullException.ThrowIfNull(other);
        var copy = Next();
        File.Copy(Path.Combine(other.Folder, "master.key"), Path.Combine(Folder, "master.key"));
        var name = server is null
            ? Path.GetFileNameWithoutExtension(connection)
            : new NpgsqlConnectionStringBuilder(connection).Database;
        File.Copy(Path.Combine(other.Folder, $"audit-{name}.head"), Path.Combine(Folder, $"audit-{names[^1]}.head"));
        if (server is null)
        {
            using var from = other.Open(connection);
            using var copying = from.CreateCommand();
            copying.CommandText = $"VACUUM INTO '{copy}'";
            copying.ExecuteNonQuery();
        }
        else
        {
            using var admin = new NpgsqlConnection(server);
            admin.Open();
            using var copying = new NpgsqlCommand(
                $"CREATE DATABASE {names[^1]} TEMPLATE {new NpgsqlConnectionStringBuilder(connection).Database}",
                admin
            );
            copying.ExecuteNonQuery();
        }

        return copy;
    }

    /// <summary>Looks into one past the program.</summary>
    public DbConnection Open(string connection)
    {
        DbConnection opened = server is null
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = connection }.ToString())
            : new NpgsqlConnection(connection);
        opened.Open();
        return opened;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            using var admin = new NpgsqlConnection(server);
            admin.Open();
            foreach (var name in names)
            {
                using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", admin);
                drop.ExecuteNonQuery();
            }
        }

        Directory.Delete(Folder, recursive: true);
    }
}
