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
    public static bool IsCauseOf(Exception? fault) => ReasonOf(fault) is not null;

    /// <summary>What is the matter with the database, with the remedy, in Chinese and without personal data.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <returns>Null: the fault is another one.</returns>
    public static string? ReasonOf(Exception? fault) =>
        fault switch
        {
            null => null,
            DatabaseOutageException told => told.Message,
            SqliteException lite => ReasonOf(lite.SqliteErrorCode),
            PostgresException server when IsOutage(server) => ReasonOf(server),
            PostgresException => null,
            NpgsqlException { InnerException: TimeoutException } =>
                "服务器没有按时应答，或者连接都在用；请检查它的负载。",
            NpgsqlException => "连不上服务器，或者连接断了；请检查它是否在运行。",
            // the audit's file in the data folder, a form that is kept on the disk while it is read
            IOException { HResult: NoSpace or Quota or WindowsDiskFull or WindowsHandleDiskFull } => DiskFull,
            _ => ReasonOf(fault.InnerException),
        };

    private const string DiskFull = "磁盘已满；请腾出空间。";
    private const int NoSpace = 28, // ENOSPC
        Quota = 122, // EDQUOT
        WindowsDiskFull = unchecked((int)0x80070070),
        WindowsHandleDiskFull = unchecked((int)0x80070027);

    private static string? ReasonOf(int sqliteError) =>
        sqliteError switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "数据库文件被别的程序锁住；请关掉占用它的程序。",
            raw.SQLITE_FULL => DiskFull,
            raw.SQLITE_IOERR => "磁盘读写出错；请检查磁盘和剩余的空间。",
            raw.SQLITE_CANTOPEN => "数据库文件打不开；运行程序的用户须能读写它和它所在的文件夹。",
            raw.SQLITE_READONLY => "数据库文件只能读；运行程序的用户须能读写它和它所在的文件夹。",
            _ => null,
        };

    // 53: disk full, out of memory or connections; 57P: the server stops or starts; 58: its disk fails
    private static bool IsOutage(PostgresException server) =>
        server.IsTransient
        || server.SqlState[..2] is "08" or "53" or "58"
        || server.SqlState.StartsWith("57P", StringComparison.Ordinal);

    private static string ReasonOf(PostgresException server) =>
        server.SqlState switch
        {
            PostgresErrorCodes.DiskFull => "服务器的磁盘已满；请腾出空间。",
            PostgresErrorCodes.TooManyConnections => "服务器的连接数已满；请关掉多余的连接，或者调大 max_connections。",
            var state when state.StartsWith("57P", StringComparison.Ordinal) => $"服务器正在停止或者启动（{state}）。",
            var state => $"服务器暂时不能用（{state}）；请看它的日志。",
        };
}
