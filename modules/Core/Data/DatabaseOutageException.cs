using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace EduAssist.Data;

/// <summary>
/// The database's own state hinders a request, not what was asked for: nothing is lost, and it passes.
/// </summary>
/// <param name="message">What is the matter, with the remedy, in Chinese, for the operator.</param>
public sealed class DatabaseOutageException(string message) : Exception(message)
{
    /// <summary>
    /// Whether a fault, or what caused it, is that the database cannot be reached, restarts, is full, locked, or out of
    /// connections. A serialization failure is one, too: the same request may be sent again.
    /// </summary>
    /// <param name="fault">What was thrown.</param>
    public static bool IsCauseOf(Exception? fault) =>
        fault switch
        {
            null => false,
            DatabaseOutageException => true,
            SqliteException lite => lite.SqliteErrorCode
                is raw.SQLITE_BUSY
                    or raw.SQLITE_LOCKED
                    or raw.SQLITE_FULL
                    or raw.SQLITE_IOERR
                    or raw.SQLITE_CANTOPEN
                    or raw.SQLITE_READONLY,
            PostgresException { IsTransient: true } => true,
            // 53: disk full, out of memory or connections; 57P: the server stops or starts; 58: its disk fails
            PostgresException server => server.SqlState[..2] is "08" or "53" or "58"
                || server.SqlState.StartsWith("57P", StringComparison.Ordinal),
            NpgsqlException => true, // the connection broke, or none could be had
            _ => IsCauseOf(fault.InnerException),
        };
}
