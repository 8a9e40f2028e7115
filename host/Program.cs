using System.Text;
using EduAssist.Documents.Spreadsheets;
using EduAssist.Host.Commands;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
try
{
    if (args.Any(a => UnsafeCharacters.AreIn(a)))
        throw new OperatorException("命令有误：参数中含有控制字符或改变文字方向的字符；请删去后再试。");
    var parsed = CommandLine.Compose(new()).Parse(args);
    if (parsed.Errors.Count > 0)
        throw new OperatorException($"命令有误：{ParseErrorText.Describe(parsed)}（--help 查看用法）");
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception refused)
    when (refused
            is OperatorException
                or HolidaysNotPublishedException
                or SpreadsheetException
                or IOException
                or InvalidDataException
                or UnauthorizedAccessException
    )
{
    await Console.Error.WriteLineAsync(FileErrorText.Describe(refused));
    return refused is SpreadsheetException ? 2 : 1;
}
