using EduAssist.Data.Privacy;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace EduAssist.Host;

/// <summary>
/// The log as it is configured, without personal data, whatever is configured: the framework below warnings is left
/// out, because it tells addresses, and addresses hold what was searched for; of an exception its kind and place are
/// told and not its message; what looks like a number of a person is masked.
/// </summary>
internal sealed class RedactingLogSink : ILogEventSink, IDisposable
{
    private static readonly string[] Addresses = ["RequestPath", "Path", "QueryString", "Url"];

    private readonly Logger configured;

    private RedactingLogSink(Logger configured) => this.configured = configured;

    /// <summary>The log of a configuration.</summary>
    internal static Logger CreateLogger(IConfiguration configuration) =>
        new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .WriteTo.Sink(
                new RedactingLogSink(new LoggerConfiguration().ReadFrom.Configuration(configuration).CreateLogger())
            )
            .CreateLogger();

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        var source =
            (logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) as ScalarValue)?.Value as string
            ?? "";
        var told = new LogEvent(
            logEvent.Timestamp,
            logEvent.Level,
            logEvent.Exception is { } failed ? new Fault(failed) : null,
            logEvent.MessageTemplate,
            logEvent
                .Properties.Where(p => !Addresses.Contains(p.Key, StringComparer.Ordinal))
                .Select(p => new LogEventProperty(p.Key, Masked(p.Value))),
            logEvent.TraceId ?? default,
            logEvent.SpanId ?? default
        );
        configured.ForContext(Constants.SourceContextPropertyName, source).Write(told);
    }

    /// <inheritdoc/>
    public void Dispose() => configured.Dispose();

    private static LogEventPropertyValue Masked(LogEventPropertyValue value) =>
        value switch
        {
            ScalarValue { Value: string text } => new ScalarValue(LogRedactor.Numbers(text)),
            ScalarValue
            {
                Value: null or bool or int or long or double or Enum or DateTime or DateTimeOffset or TimeSpan or Guid
            } => value,
            ScalarValue other => new ScalarValue(LogRedactor.Numbers($"{other.Value}")),
            SequenceValue list => new SequenceValue(list.Elements.Select(Masked)),
            StructureValue structure => new StructureValue(
                structure.Properties.Select(p => new LogEventProperty(p.Name, Masked(p.Value))),
                structure.TypeTag
            ),
            DictionaryValue dictionary => new DictionaryValue(
                dictionary.Elements.Select(e => KeyValuePair.Create(e.Key, Masked(e.Value)))
            ),
            _ => new ScalarValue("…"),
        };

    /// <summary>An exception in the log: kinds and places, without messages.</summary>
    private sealed class Fault(Exception failed) : Exception
    {
        public override string Message => failed.GetType().FullName!;

        public override string? StackTrace => failed.StackTrace;

        public override string ToString() => Told(failed);

        private static string Told(Exception one) =>
            $"{one.GetType().FullName}{Environment.NewLine}{one.StackTrace}{(one.InnerException is { } inner ? $"{Environment.NewLine}{Told(inner)}" : "")}";
    }
}
