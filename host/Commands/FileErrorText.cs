using System.Text.RegularExpressions;

namespace EduAssist.Host.Commands;

/// <summary>
/// Says in Chinese why a file could not be read or written. The framework's messages are English; what this program
/// says itself is Chinese already.
/// </summary>
internal static partial class FileErrorText
{
    private const int Exists = 17, // EEXIST
        Full = 28, // ENOSPC
        ExistsOnWindows = unchecked((int)0x80070050),
        FullOnWindows = unchecked((int)0x80070070);

    internal static string Describe(Exception failed)
    {
        if (failed.Message.Any(c => c is >= '\u4E00' and <= '\u9FFF'))
            return failed.Message;
        var path = Quoted().Match(failed.Message) is { Success: true } quoted ? quoted.Groups["path"].Value : "文件";
        return failed switch
        {
            FileNotFoundException => $"没有文件 {path}。",
            DirectoryNotFoundException => $"没有 {path} 所在的文件夹；请先建立它。",
            UnauthorizedAccessException =>
                $"不能读写 {path}：它是文件夹，或者运行程序的用户没有权限；请换一个文件名，或者改正权限。",
            { HResult: Full or FullOnWindows } => $"不能写 {path}：磁盘已满；请腾出空间再试。",
            { HResult: Exists or ExistsOnWindows } => $"{path} 已经存在；请换一个文件名。",
            _ => $"读写 {path} 时出错（{failed.GetType().Name} {failed.HResult:X8}）；请检查磁盘和文件。",
        };
    }

    [GeneratedRegex("'(?<path>[^']{1,4096})'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
