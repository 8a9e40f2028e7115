using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Policy;
using EduAssist.Office.Registry;

namespace EduAssist.Office.Enrolment;

/// <summary>
/// What is entered with every <see cref="DatedEntry"/>, behind what the entry says: a class that derives from this one
/// declares its own fields first, as C# runs its initialisers before these.
/// </summary>
internal abstract class EnteredEntry(FormBinder form)
{
    public Fact<DateOnly> From { get; } = form.Date("起始日期");
    public string? Source { get; } = form.Text("认定单位", 60);
    public string? Paper { get; } = form.Text("文件名称和文号", 60);
    public Fact<DateOnly> PaperDate { get; } = form.Date("文件日期");
}

/// <summary>What is entered when it is true no longer.</summary>
internal sealed class EnteredEnd(FormBinder form)
{
    public Fact<DateOnly> Until { get; } = form.Date("截止日期");
    public string? Reason { get; } = form.LongText("原因", 200);
}

/// <summary>How a <see cref="DatedEntry"/> is begun and ended, of whatever it is.</summary>
internal static class DatedEntries
{
    internal static IReadOnlyList<FormField> EndFields { get; } = FormBinder.FieldsOf(form => new EnteredEnd(form));

    /// <summary>What was entered; null where the refusal says what is wrong with it.</summary>
    internal static T? Read<T>(
        UnitOfWork work,
        IReadOnlyList<FormField> fields,
        FormValues values,
        Func<FormBinder, T> read,
        out CommandResult? refused
    )
        where T : EnteredEntry
    {
        var entered = Bind(work, fields, values, read, out var wrong);
        refused = wrong
            ?? (
                entered.From.Value > work.Today ? CommandResult.Invalid(("from", "起始日期不能晚于今天。"))
                : entered.PaperDate.Value > work.Today ? CommandResult.Invalid(("paperDate", "文件日期不能晚于今天。"))
                : null
            );
        return refused is null ? entered : null;
    }

    /// <summary>Of entries of which there is one at a time: those that stand against one from a day on.</summary>
    internal static IQueryable<T> NotEndedBefore<T>(this IQueryable<T> entries, DateOnly from)
        where T : DatedEntry => entries.Where(e => e.Until == null || e.Until >= from);

    /// <summary>Those of a day.</summary>
    internal static IQueryable<T> On<T>(this IQueryable<T> entries, DateOnly day)
        where T : DatedEntry => entries.NotEndedBefore(day).Where(e => e.From <= day);

    /// <summary>That there is one already.</summary>
    internal static CommandResult Overlapping(string already, string rule) =>
        CommandResult.Refused(
            $"不能登记：{already}，或者登记在其后。",
            new RuleViolation("one-entry-at-a-time", rule, [])
        );

    /// <summary>Ends an entry: it stays for the days before. Null: it was ended.</summary>
    internal static CommandResult? End(UnitOfWork work, DatedEntry entry, FormValues values)
    {
        var entered = Bind(work, EndFields, values, form => new EnteredEnd(form), out var wrong);
        if (wrong is not null)
            return wrong;
        if (entered.Until.Value < entry.From)
            return CommandResult.Invalid(("until", $"截止日期不能早于起始日期（{entry.From:yyyy-MM-dd}）。"));
        if (entered.Until.Value > work.Today)
            return CommandResult.Invalid(("until", "截止日期不能晚于今天：到期以后再登记截止。"));
        if (entry.Until is { } already)
            return CommandResult.Refused(
                "不能截止：已经截止。",
                new RuleViolation("ended-once", $"已于 {already:yyyy-MM-dd} 截止", [])
            );
        (entry.Until, entry.EndReason) = (entered.Until.Value, entered.Reason);
        return null;
    }

    private static T Bind<T>(
        UnitOfWork work,
        IReadOnlyList<FormField> fields,
        FormValues values,
        Func<FormBinder, T> read,
        out CommandResult? refused
    )
    {
        List<FormFinding> findings = [];
        var context = new FormContext(work.Policy.Divisions, work.Today);
        var entered = new FormBinder(fields, values, context, findings).Step(read, []);
        refused = findings.Count > 0 ? CommandResult.Invalid([.. findings.Select(f => (f.Field, f.Text))]) : null;
        return entered;
    }
}
