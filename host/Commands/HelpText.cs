using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace EduAssist.Host.Commands;

/// <summary>
/// <c>--help</c> with the fixed words of the library in Chinese. It takes them from the language of the system, which
/// is switched off (InvariantGlobalization), and lets nobody else give them.
/// </summary>
internal sealed partial class HelpText(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["Description:"] = "说明：",
        ["Usage:"] = "用法：",
        ["Arguments:"] = "参数：",
        ["Options:"] = "选项：",
        ["Commands:"] = "命令：",
        ["[options]"] = "[选项]",
        ["[command]"] = "[命令]",
        ["(REQUIRED)"] = "（必填）  ", // as wide, so that what stands behind it stays in its column
        ["[default: "] = "[缺省：",
    };

    public override bool ClearsParseErrors => help.ClearsParseErrors;

    public override bool Terminating => help.Terminating;

    /// <summary>Of a root command: its help and its version in Chinese, for all commands below it.</summary>
    internal static void Use(RootCommand root)
    {
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
                (option.Description, option.Action) = ("显示用法", new HelpText(help));
            else if (option is VersionOption)
                option.Description = "显示版本";
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var to = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        var code = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = to;
        to.Write(Fixed().Replace(text.ToString(), word => Words[word.Value]));
        return code;
    }

    [GeneratedRegex(
        @"^(?:Description|Usage|Arguments|Options|Commands):|\[options\]|\[command\]|\(REQUIRED\)|\[default: ",
        RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Fixed();
}
