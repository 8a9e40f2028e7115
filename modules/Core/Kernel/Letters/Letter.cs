using System.ComponentModel.DataAnnotations;
using EduAssist.Kernel.Calendar;

namespace EduAssist.Kernel.Letters;

/// <summary>The states of a letter between two offices (函).</summary>
public enum LetterState
{
    /// <summary>登记.</summary>
    [Display(Name = "拟稿")] Draft,

    /// <summary>发出.</summary>
    [Display(Name = "已发出")] Issued,

    /// <summary>签收.</summary>
    [Display(Name = "已签收")] Received,

    /// <summary>退回, as misaddressed.</summary>
    [Display(Name = "已退回")] Returned,

    /// <summary>答复: everybody whom the article names has been told.</summary>
    [Display(Name = "已答复")] Answered,

    /// <summary>办结.</summary>
    [Display(Name = "已办结")] Closed,

    /// <summary>撤回.</summary>
    [Display(Name = "已撤回")] Withdrawn,
}

/// <summary>What is done with a letter.</summary>
public enum LetterAct
{
    /// <summary>The sender sends it.</summary>
    [Display(Name = "发出")] Issue,

    /// <summary>The addressee signs for it: day 0 of the clock.</summary>
    [Display(Name = "签收")] Receive,

    /// <summary>The addressee sends it back as misaddressed.</summary>
    [Display(Name = "退回")] Return,

    /// <summary>The sender sends it to another office, or to the same again.</summary>
    [Display(Name = "改发")] Readdress,

    /// <summary>The level above both sends it to another office.</summary>
    [Display(Name = "改派")] PassOn,

    /// <summary>The addressee tells one of those whom the article names.</summary>
    [Display(Name = "答复")] Tell,

    /// <summary>The sender has the answer and closes it.</summary>
    [Display(Name = "办结")] Close,

    /// <summary>The sender takes it back, or its case has come to rest.</summary>
    [Display(Name = "撤回")] Withdraw,
}

/// <summary>Who owes the next step.</summary>
public enum LetterOwner
{
    /// <summary>Who sends it.</summary>
    [Display(Name = "发函单位")] Sender,

    /// <summary>To whom it is sent.</summary>
    [Display(Name = "收函单位")] Addressee,

    /// <summary>The level above both, which passed it on.</summary>
    [Display(Name = "上级")] LevelAbove,

    /// <summary>Nobody by the letter: whoever owns the case on which it hangs.</summary>
    [Display(Name = "个案主办单位")] Case,
}

/// <summary>Something that was done with a letter.</summary>
/// <param name="On">The day.</param>
/// <param name="Act">What.</param>
/// <param name="To">
/// Of <see cref="LetterAct.Issue"/>, <see cref="LetterAct.Readdress"/> and <see cref="LetterAct.PassOn"/>: the office,
/// as <see cref="Access.ScopePath"/> makes it.
/// </param>
/// <param name="Told">Of <see cref="LetterAct.Tell"/>: which of those who are to be told.</param>
public sealed record LetterEvent(DateOnly On, LetterAct Act, string? To = null, string? Told = null);

/// <summary>How a letter stands on a day.</summary>
/// <param name="State">Its state.</param>
/// <param name="Owner">Who owes the next step: exactly one.</param>
/// <param name="Addressee">The office to which it was sent last; null: to none yet.</param>
/// <param name="Told">Who has been told by that office, with the day.</param>
/// <param name="Clocks">One for each receipt, in their order; the last one is that of the addressee of now.</param>
/// <param name="Since">The day since when it is in its state; null: nothing was done with it yet.</param>
public sealed record LetterReading(
    LetterState State, LetterOwner Owner, string? Addressee, IReadOnlyDictionary<string, DateOnly> Told,
    IReadOnlyList<Clock> Clocks, DateOnly? Since)
{
    /// <summary>The clock that the answer runs on, or ran; null: nobody has signed for it.</summary>
    public Clock? Clock => State is LetterState.Received or LetterState.Answered or LetterState.Closed
        ? Clocks[^1] : null;
}

/// <summary>
/// The law of letters between offices: what may follow on what, and who owes the next step. At every instant it is
/// exactly one office. Pure; a workflow carries it out.
/// </summary>
/// <param name="ToTell">Whom an answer reaches, by ids: it is answered when all have been told. At least one.</param>
/// <param name="Budget">The time for the answer, from the receipt on; null: the document prints none.</param>
public sealed record LetterLaw(IReadOnlyList<string> ToTell, ClockBudget? Budget)
{
    private static readonly LetterState[] Open =
        [LetterState.Draft, LetterState.Issued, LetterState.Received, LetterState.Returned];

    /// <summary>Whether something may be done now.</summary>
    /// <param name="letter">How it stands.</param>
    /// <param name="next">What is to be done.</param>
    public bool Allows(LetterReading letter, LetterEvent next)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(next);
        return !(next.On < letter.Since) && next.Act switch
        {
            LetterAct.Issue => letter.State == LetterState.Draft,
            LetterAct.Receive => letter.State == LetterState.Issued,
            LetterAct.Return => letter is { State: LetterState.Issued or LetterState.Received, Told.Count: 0 },
            LetterAct.Readdress => letter.State == LetterState.Returned,
            LetterAct.PassOn => letter.State is LetterState.Issued or LetterState.Received or LetterState.Returned
                && next.To != letter.Addressee,
            LetterAct.Tell => letter.State == LetterState.Received && ToTell.Contains(next.Told!)
                && !letter.Told.ContainsKey(next.Told!),
            LetterAct.Close => letter.State == LetterState.Answered,
            _ => Open.Contains(letter.State),
        };
    }

    /// <summary>How a letter stands at the end of a day.</summary>
    /// <param name="events">What was done, in order; each was allowed when it was done.</param>
    /// <param name="on">Later events have not happened; null: all have.</param>
    public LetterReading Read(IEnumerable<LetterEvent> events, DateOnly? on = null)
    {
        ArgumentNullException.ThrowIfNull(events);
        var letter = new LetterReading(
            LetterState.Draft, LetterOwner.Sender, null, new Dictionary<string, DateOnly>(), [], null);
        return events.Where(e => !(e.On > on))
            .Aggregate(letter, (one, next) =>
                After(one, next) is var then && then.State == one.State && next.Act == LetterAct.Tell ? then
                    : then with { Since = next.On });
    }

    private LetterReading After(LetterReading letter, LetterEvent happened) => happened.Act switch
    {
        LetterAct.Issue or LetterAct.Readdress => letter with
        {
            State = LetterState.Issued,
            Owner = LetterOwner.Sender,
            Addressee = happened.To ?? letter.Addressee,
        },
        LetterAct.PassOn => Ended(letter, happened) with
        {
            State = LetterState.Issued,
            Owner = LetterOwner.LevelAbove,
            Addressee = happened.To ?? letter.Addressee,
            Told = new Dictionary<string, DateOnly>(),
        },
        LetterAct.Receive => letter with
        {
            State = LetterState.Received,
            Owner = LetterOwner.Addressee,
            Clocks = Budget is null ? letter.Clocks : [.. letter.Clocks, new(happened.On, Budget, [])],
        },
        LetterAct.Return => Ended(letter, happened) with
        {
            State = LetterState.Returned,
            Owner = LetterOwner.Sender,
        },
        LetterAct.Tell => Told(letter, happened),
        LetterAct.Close => letter with { State = LetterState.Closed, Owner = LetterOwner.Case },
        _ => Ended(letter, happened) with { State = LetterState.Withdrawn, Owner = LetterOwner.Case },
    };

    /// <summary>In time when the last of them was told in time.</summary>
    private LetterReading Told(LetterReading letter, LetterEvent happened)
    {
        var told = new Dictionary<string, DateOnly>(letter.Told) { [happened.Told!] = happened.On };
        return told.Count < ToTell.Count ? letter with { Told = told } : letter with
        {
            State = LetterState.Answered,
            Owner = LetterOwner.Sender,
            Told = told,
            Clocks = Ends(letter, new(told.Values.Max(), ClockAct.Done)),
        };
    }

    private static LetterReading Ended(LetterReading letter, LetterEvent happened) =>
        letter.State == LetterState.Received
            ? letter with { Clocks = Ends(letter, new(happened.On, ClockAct.Withdraw)) }
            : letter;

    private static IReadOnlyList<Clock> Ends(LetterReading letter, ClockEvent end) =>
        letter.Clocks.Count == 0 ? []
            : [.. letter.Clocks.SkipLast(1), letter.Clocks[^1] with { Events = [.. letter.Clocks[^1].Events, end] }];
}
