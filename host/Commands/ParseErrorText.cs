using System.CommandLine;
using System.CommandLine.Parsing;

namespace EduAssist.Host.Commands;

/// <summary>
/// Says in Chinese what is wrong with a command line. The library takes its messages from the language of the system,
/// which is switched off (InvariantGlobalization).
/// </summary>
internal static class ParseErrorText
{
    internal static string Describe(ParseResult parsed)
    {
        var (command, error) = (parsed.CommandResult.Command, parsed.Errors[0]);
        return parsed.UnmatchedTokens is [var unknown, ..] ? $"不认识“{unknown}”"
            : command.Arguments.FirstOrDefault(a => Tokens(parsed.GetResult(a)) < a.Arity.MinimumNumberOfValues)
                is { } argument
                ? $"缺少参数 {argument.Name}"
            : command.Options.FirstOrDefault(o => o.Required && parsed.GetResult(o) is null) is { } option
                ? $"缺少选项 {option.Name}"
            : command is { Action: null, Subcommands.Count: > 0 }
                ? $"{command.Name} 之后须写明做什么：{string.Join("、", command.Subcommands.Select(c => c.Name))}"
            : Describe(error.SymbolResult);
    }

    private static string Describe(SymbolResult? wrong) =>
        wrong switch
        {
            ArgumentResult { Parent: OptionResult option } => Describe(option),
            OptionResult { Tokens.Count: 0 } option => $"选项 {option.Option.Name} 没有给出值",
            OptionResult option =>
                $"选项 {option.Option.Name} 不能是“{string.Join(' ', option.Tokens.Select(t => t.Value))}”",
            ArgumentResult argument =>
                $"参数 {argument.Argument.Name} 不能是“{string.Join(' ', argument.Tokens.Select(t => t.Value))}”",
            _ => "没有这样的命令或写法",
        };

    private static int Tokens(SymbolResult? result) => result?.Tokens.Count ?? 0;
}
