using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using static EduAssist.Office.Cases.CaseAuthorization;
using static EduAssist.Office.Cases.CaseHistory;

namespace EduAssist.Office.Cases;

/// <summary>A workflow: states and steps as declarations, with the guards beside their provisions.</summary>
/// <typeparam name="TForm">What is entered.</typeparam>
/// <typeparam name="TRow">The module's own facts of a case.</typeparam>
/// <typeparam name="TFacts">Everything that guards ask for.</typeparam>
/// <param name="id"><c>module.case</c>.</param>
/// <param name="title">In Chinese.</param>
/// <param name="collection">A part of its address.</param>
/// <param name="form">What is entered to open a case.</param>
/// <param name="source">Left to the compiler.</param>
public abstract class Workflow<TForm, TRow, TFacts>(
    string id,
    string title,
    string collection,
    Form<TForm> form,
    [CallerFilePath] string source = ""
) : IWorkflow
    where TRow : CaseRow
{
    private const string OpenAction = "open",
        EditAction = "edit",
        CorrectAction = "correct",
        FileAction = "evidence",
        ConfirmAction = "evidence/confirm",
        RejectAction = "evidence/reject",
        WithdrawAction = "evidence/withdraw",
        AssessAction = "assessments",
        CaseOver = "办件已经办结";

    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public string Title => title;

    /// <inheritdoc/>
    public string Collection => collection;

    /// <inheritdoc/>
    public IForm Form => form;

    /// <inheritdoc/>
    public Type Row => typeof(TRow);

    /// <inheritdoc/>
    public abstract CasePresentation Presentation { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<CaseState> States { get; }

    /// <summary>Every step.</summary>
    public abstract IReadOnlyList<Transition<TFacts>> Transitions { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<EvidenceKind> EvidenceKinds => [];

    /// <inheritdoc/>
    public virtual IProgramme? Programme => null;

    /// <inheritdoc/>
    public abstract IReadOnlyList<Role> Openers { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<Role> Supervisors => [Role.County, Role.Prefecture, Role.Administrator];

    /// <summary>The interpretations that its steps rest on.</summary>
    public virtual IReadOnlyList<string> Interpretations => [];

    IReadOnlyList<Transition> IWorkflow.Transitions => Transitions;

    /// <inheritdoc/>
    public IEnumerable<Citation> Citations =>
        [
            .. Transitions.Select(t =>
                t.Cite("transition", $"{Id}/{t.Action}", $"{Title}：{t.Title}", Interpretations)
            ),
            .. EvidenceKinds.Select(k => new Citation("evidence", $"{Id}/{k.Id}", k.Title, k.Provisions, [], source)),
        ];

    /// <summary>Makes a row of what was entered, or says what is wrong.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="caseId">The id of the row.</param>
    /// <param name="entered">What was entered; its blanks are no errors yet.</param>
    /// <param name="errors">Takes what stands against it.</param>
    /// <returns>Null only if an error was added.</returns>
    protected abstract Task<Opening<TRow>?> OnOpenAsync(
        UnitOfWork work,
        Guid caseId,
        TForm entered,
        OpeningErrors errors
    );

    /// <summary>Takes over what was entered anew.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="row">With its case.</param>
    /// <param name="entered">What was entered; its blanks are no errors yet.</param>
    /// <param name="errors">Takes what stands against it.</param>
    protected abstract Task OnEditAsync(UnitOfWork work, TRow row, TForm entered, OpeningErrors errors);

    /// <summary>Which of a step's needs a case has.</summary>
    /// <param name="step">The step.</param>
    /// <param name="facts">Of the case.</param>
    protected virtual IReadOnlyList<EvidenceNeed> NeedsOf(Transition step, TFacts facts)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Needs;
    }

    /// <summary>Gathers everything that guards ask for.</summary>
    protected abstract Task<TFacts> LoadFactsAsync(UnitOfWork work, TRow row, TForm entered);

    /// <summary>
    /// The case has entered a state: writes into the row what listings and guards ask of it, such as the day.
    /// </summary>
    protected virtual void OnEntered(TRow row, CaseState state) { }

    /// <summary>
    /// Whether the papers were handed over to the other side. Before, it sees numbers masked and no files.
    /// </summary>
    protected virtual bool IsHandedOver(TRow row) => true;

    /// <summary>Who is asked about a paper of a kind that somebody confirms.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="row">With its case.</param>
    /// <param name="kind">Of the paper.</param>
    protected virtual Task<Confirmers> ConfirmersAsync(UnitOfWork work, TRow row, EvidenceKind kind) =>
        throw new NotSupportedException($"{Id}: nobody confirms {kind}.");

    /// <summary>
    /// What stands against filing a paper now, such as an exit whose school is not known yet. Null: nothing.
    /// </summary>
    protected virtual RuleViolation? FilingRefusal(TRow row, EvidenceKind kind) => null;

    /// <summary>Whether a paper still speaks of the case as it is now: no longer, once the case went on.</summary>
    protected virtual bool IsCurrent(TRow row, CasePaper paper) => true;

    /// <summary>A paper was confirmed, or a confirmation was refused.</summary>
    /// <remarks>
    /// Where a step has waited for it (<see cref="Transition.SettledBy"/>), the case goes on after this.
    /// </remarks>
    protected virtual void OnDecided(TRow row, CasePaper paper, Confirmation decision) { }

    /// <summary>An assessment was kept for a case.</summary>
    protected virtual void Assessed(TRow row, StoredAssessment kept) { }

    /// <summary>The facts of <see cref="Programme"/> that the registry and the form know, by their names.</summary>
    protected virtual Task<OrderedDictionary<string, ColumnValue>> PrefillFactsAsync(UnitOfWork work, TFacts facts) =>
        Task.FromResult<OrderedDictionary<string, ColumnValue>>([]);

    /// <inheritdoc/>
    public async Task<CommandResult> OpenAsync(UnitOfWork work, FormValues values)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (FindDenial(work, Openers, $"{ActionTitle(OpenAction)}{Title}") is { } forbidden)
            return forbidden;
        if (FormMask.Unmask(form.Fields, values, FormValues.None) is { } masked)
            return CommandResult.Invalid(masked);
        var (entered, findings) = form.Read(values, Context(work));
        var errors = new OpeningErrors();
        var begun = await OnOpenAsync(work, work.NewId(), entered, errors);
        if (errors.ToResult($"{ActionTitle(OpenAction)}{Title}") is { } refused)
            return refused;
        var opening = begun!;
        var opened = new Case
        {
            Id = opening.Row.CaseId,
            Workflow = Id,
            State = States[0].Id,
            Year = opening.Year,
            StudentId = opening.StudentId,
            Scope = opening.Scope,
            Counterpart = opening.Counterpart,
            Handler = opening.Handler,
            Form = FormJson.Text(form, values),
            OpenedAt = work.Now,
        };
        if (!HasRole(work, Openers, opened))
            return CommandResult.Problem(ResultKind.Forbidden, "不在您的管理范围之内。");
        work.Db.Add(opened);
        work.Db.Add(opening.Row);
        Record(work, opened, RolesOn(work, Openers, opened), OpenAction, "", null, null, null);
        return CommandResult.Created(Summary(opened, findings), opened.Id, opened.Version);
    }

    /// <inheritdoc/>
    public async Task<CommandResult> EditAsync(UnitOfWork work, Guid id, long? version, FormValues values)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (await FindAsync(work, id) is not { } row)
            return NotThere(id);
        if (FindDenial(work, Openers, $"{ActionTitle(EditAction)}{Title}", row.Case) is { } forbidden)
            return forbidden;
        if (ETagCheck.Fault(row.Case.Version, version) is { } stale)
            return stale;
        if (row.Case.State != States[0].Id)
            return CommandResult.Refused(
                $"“{TitleOf(row.Case.State)}”的{Title}不能修改。",
                new RuleViolation("editable-state", $"只有“{States[0].Title}”可以修改", form.Provisions)
            );
        // the numbers behind the masks go into a copy: the values themselves are shown again to whoever is refused
        values = values.Copy();
        if (FormMask.Unmask(form.Fields, values, ValuesOf(row.Case)) is { } masked)
            return CommandResult.Invalid(masked);
        var (entered, findings) = form.Read(values, Context(work));
        var errors = new OpeningErrors();
        await OnEditAsync(work, row, entered, errors);
        if (errors.ToResult($"{ActionTitle(EditAction)}{Title}") is { } refused)
            return refused;
        row.Case.Form = FormJson.Text(form, values);
        var by = RolesOn(work, Openers, row.Case);
        Record(work, row.Case, by, EditAction, row.Case.State, null, null, Before(work, row));
        return CommandResult.Done(Summary(row.Case, findings), row.Case.Version, id);
    }

    /// <inheritdoc/>
    public async Task<CommandResult> MoveAsync(UnitOfWork work, Guid id, long? version, string action, FormValues input)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (await FindAsync(work, id) is not { } row)
            return NotThere(id);
        if (Transitions.FirstOrDefault(t => t.Action == action) is not { } step)
            return CommandResult.NotFound($"{Title}没有“{FormJson.Short(action)}”这一环节。");
        if (FindDenial(work, step.By, step.Title, row.Case, step.Side) is { } forbidden)
            return forbidden;
        if (ETagCheck.Fault(row.Case.Version, version) is { } stale)
            return stale;
        var wrong = Starts(step, row.Case)
            ? step.Read(input, Context(work), out _)
                .Where(f => f.Level == FormFindingLevel.Error && f.Rule is null)
                .ToList()
            : [];
        if (wrong.Count > 0)
            return CommandResult.Invalid([.. wrong.Select(f => (f.Field, f.Text))]);
        var refusals = await ExecuteTransitionAsync(work, row, step, input);
        return refusals.Count > 0
            ? CommandResult.Refused($"不能{step.Title}：{refusals[0].Message}。", refusals)
            : CommandResult.Done(Summary(row.Case, Entered(work, row.Case).Findings), row.Case.Version, id);
    }

    /// <inheritdoc/>
    public async Task<CommandResult> CorrectAsync(UnitOfWork work, Guid id, long? version, string? reason)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (await FindAsync(work, id) is not { } row)
            return NotThere(id);
        if (FindDenial(work, Supervisors, ActionTitle(CorrectAction), row.Case) is { } forbidden)
            return forbidden;
        if (ETagCheck.Fault(row.Case.Version, version) is { } stale)
            return stale;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500)
            return CommandResult.Invalid(("reason", "更正须写明原因（不超过 500 字）。"));
        if (FormBinder.NumberIn(reason) is { } number)
            return CommandResult.Invalid(("reason", $"原因{number}。"));
        var events = await work
            .Db.Set<CaseEvent>()
            .AsNoTracking()
            .Where(e => e.CaseId == id)
            .OrderBy(e => e.Sequence)
            .ToListAsync();
        if (LastStep(events) is not { } last)
            return CommandResult.Refused(
                "没有可以更正的环节。",
                new RuleViolation("nothing-to-correct", "更正撤销最近一个环节，须已办理过环节", form.Provisions)
            );
        var step = Transitions.First(t => t.Action == last.Action);
        if (
            FindDenial(work, Supervisors, $"{ActionTitle(CorrectAction)}{step.Title}", row.Case, step.Side) is
            { } elsewhere
        )
            return elsewhere;
        var from = row.Case.State;
        if (await UndoAsync(work, row, step, last, events) is { Count: > 0 } refusals)
            return CommandResult.Refused($"不能更正{step.Title}：{refusals[0].Message}。", refusals);
        var before = Before(work, row);
        var by = RolesOn(work, Supervisors, row.Case, step.Side);
        Record(work, row.Case, by, CorrectAction, from, reason.Trim(), null, before, last.Sequence);
        return CommandResult.Done(Summary(row.Case, []), row.Case.Version, id);
    }

    /// <summary>The last step that was taken and is not undone.</summary>
    private CaseEvent? LastStep(IReadOnlyList<CaseEvent> events)
    {
        var undone = events.Select(e => e.Undoes).OfType<long>().ToHashSet();
        return events.LastOrDefault(e => !undone.Contains(e.Sequence) && Transitions.Any(t => t.Action == e.Action));
    }

    /// <summary>
    /// Puts back what was before a step, and what has settled it since. If there is a violation, nothing is undone.
    /// </summary>
    private async Task<IReadOnlyList<RuleViolation>> UndoAsync(
        UnitOfWork work,
        TRow row,
        Transition<TFacts> step,
        CaseEvent taken,
        IReadOnlyList<CaseEvent> events
    )
    {
        if (
            step.Undo is { } undo
            && await undo(work, await LoadFactsAsync(work, row, Entered(work, row.Case).Entered))
                is { Count: > 0 } refusals
        )
            return refusals;
        // behind the last correction there is no settlement of this step: it was put back with the step corrected then
        var since = Math.Max(taken.Sequence, events.Where(e => e.Undoes is not null).Max(e => (long?)e.Sequence) ?? 0);
        foreach (var settled in events.Reverse().Where(e => e.Sequence > since && e.From != e.To))
            Restore(work, row, settled.Before);
        Restore(work, row, taken.Before);
        row.Case.State = taken.From;
        await AskAgainAsync(work, row.Case);
        return [];
    }

    /// <inheritdoc/>
    public async Task<CommandResult> AttachEvidenceAsync(UnitOfWork work, Guid id, long? version, NewEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(evidence);
        if (await FindAsync(work, id) is not { } row)
            return NotThere(id);
        if (FindDenial(work, Participants, ActionTitle(FileAction), row.Case) is { } forbidden)
            return forbidden;
        if (ETagCheck.Fault(row.Case.Version, version) is { } stale)
            return stale;
        if (EvidenceKinds.FirstOrDefault(k => k.Id == evidence.Kind) is not { } kind)
            return CommandResult.Invalid(
                ("kind", $"材料种类须为：{string.Join("、", EvidenceKinds.Select(k => k.Id))}。")
            );
        if (
            kind.FiledBy is { Count: > 0 } filers
            && FindDenial(work, filers, $"{ActionTitle(FileAction)}“{kind.Title}”", row.Case) is { } notTheirs
        )
            return notTheirs;
        if (evidence.Date > work.Today)
            return CommandResult.Invalid(("date", "材料的日期不能晚于今天。"));
        if ((FilingRefusal(row, kind) ?? ClosedTo(row.Case, kind)) is { } untimely)
            return CommandResult.Refused($"不能归档{kind.Title}：{untimely.Message}。", untimely);
        if (evidence.PlainFileName is not { } fileName)
            return CommandResult.Invalid(("name", "文件名须有字，不含控制字符；请改名后再试。"));
        if (FormBinder.NumberIn(evidence.Issuer) is { } number)
            return CommandResult.Invalid(("issuer", $"出具单位{number}。"));
        var filed = new Evidence
        {
            Id = work.NewId(),
            CaseId = id,
            Kind = kind.Id,
            Issuer = evidence.Issuer,
            Date = evidence.Date,
            FileName = fileName,
            ContentType = evidence.ContentType,
            Size = evidence.Content.Length,
            Digest = SHA256.HashData(evidence.Content),
            Content = evidence.Content,
            At = work.Now,
            Actor = work.Actor.Name,
        };
        work.Db.Add(filed);
        var by = RolesOn(work, kind.FiledBy is { Count: > 0 } only ? only : Participants, row.Case);
        var detail = $"{kind.Id} {filed.Id}";
        Record(work, row.Case, by, FileAction, row.Case.State, kind.Title, null, null, detail: detail);
        if (kind.ConfirmedBy is not null && await AskAsync(work, row, kind, filed) is { } asked)
        {
            var from = row.Case.State;
            if (await DecideAsync(work, row, kind, filed, asked) is { Refusals: { Count: > 0 } refusals })
                return CommandResult.Refused($"不能归档{kind.Title}：{refusals[0].Message}。", refusals);
            var said = RolesAt(work, Confirmation.SpeakersOf(asked.Scope), asked.Scope);
            var before = Before(work, row);
            Record(work, row.Case, said, ConfirmAction, from, kind.Title, null, before, detail: detail);
        }

        return CommandResult.Created(
            new FiledEvidence(filed.Id, kind.Id, kind.Title, row.Case.Version),
            filed.Id,
            row.Case.Version
        );
    }

    /// <summary>
    /// Asks who knows whether a paper proves what it says; where its issuer is who would be asked, and files it, that
    /// body has said so.
    /// </summary>
    /// <returns>What it has said; null: it is asked.</returns>
    private async Task<Confirmation?> AskAsync(UnitOfWork work, TRow row, EvidenceKind kind, Evidence filed)
    {
        var confirmers = await ConfirmersAsync(work, row, kind);
        var asked = Ask(work, row.Case, filed, 1, await CasePapers.FirstWithUserAsync(work.Db, confirmers.Bodies));
        if (
            !kind.IsIssuedByConfirmer
            || asked.Scope != confirmers.Bodies[0] // who stands in for another has issued nothing
            || !work.Actor.Holds(Confirmation.SpeakersOf(asked.Scope), asked.Scope)
            || Profits(work, row.Case, asked)
        )
            return null;
        (asked.State, asked.DecidedAt, asked.DecidedBy) = (ConfirmationState.Confirmed, work.Now, work.Actor.Name);
        return asked;
    }

    /// <summary>
    /// What was said of a paper takes effect. The case goes on where a step has waited for it: confirmed, to what the
    /// step claimed; refused for good, back to where it was. A paper that was filed for another claim, since corrected,
    /// settles nothing.
    /// </summary>
    /// <returns>The step that is undone so, if any; and what stands against it.</returns>
    private async Task<(long? Undoes, IReadOnlyList<RuleViolation> Refusals)> DecideAsync(
        UnitOfWork work,
        TRow row,
        EvidenceKind kind,
        Evidence paper,
        Confirmation said
    )
    {
        if (!SettlesClaims(kind))
        {
            OnDecided(row, PaperOf(paper), said);
            return (null, []);
        }

        var events = await EventsAsync(work, row);
        if (ClaimOf(kind, paper, events) is not ({ } taken, { SettledBy: { } settlement } step))
            return (null, []);
        OnDecided(row, PaperOf(paper), said);
        if (step.To.Id != row.Case.State)
            return (null, []); // settled before, by another paper
        if (said.State != ConfirmationState.Confirmed)
            return (taken.Sequence, await UndoAsync(work, row, step, taken, events));
        row.Case.State = settlement.To.Id;
        OnEntered(row, settlement.To);
        await CloseAsync(work, row.Case);
        return (null, []);
    }

    /// <summary>
    /// Why a paper of a case that is over needs no confirmation; null: the case goes on, or is where the paper puts it.
    /// </summary>
    private RuleViolation? ClosedTo(Case one, EvidenceKind kind) =>
        kind.ConfirmedBy is not null
        && States.FirstOrDefault(s => s.Id == one.State) is { IsFinal: true } over
        && !Transitions.Any(t => t.SettledBy is { } settlement && settlement.Kind == kind.Id && settlement.To == over)
            ? new(
                "case-open",
                $"这份{Title}{over.Title}，已经办结，{kind.Title}不用再确认；办结有误的，先更正最近一个环节",
                kind.Provisions
            )
            : null;

    /// <summary>Of a case that is over nobody is asked any more.</summary>
    private async Task CloseAsync(UnitOfWork work, Case one)
    {
        List<string> kinds = [.. EvidenceKinds.Where(k => ClosedTo(one, k) is not null).Select(k => k.Id)];
        if (kinds.Count == 0)
            return;
        foreach (
            var open in (
                await work
                    .Db.Set<Confirmation>()
                    .Where(c => c.CaseId == one.Id && c.State == ConfirmationState.Asked && kinds.Contains(c.Kind))
                    .ToListAsync()
            ).Where(c => c.State == ConfirmationState.Asked) // one may be decided just now
        )
            (open.State, open.DecidedAt, open.DecidedBy, open.Reason) = (
                ConfirmationState.Withdrawn,
                work.Now,
                work.Actor.Name,
                CaseOver
            );
    }

    /// <summary>A case that was over and goes on again: who was asked is asked again.</summary>
    private async Task AskAgainAsync(UnitOfWork work, Case one)
    {
        var asked = await work.Db.Set<Confirmation>().Where(c => c.CaseId == one.Id).ToListAsync();
        foreach (var last in asked.GroupBy(c => c.EvidenceId).Select(c => c.MaxBy(x => x.Round)!))
            if (
                last is { State: ConfirmationState.Withdrawn, Reason: CaseOver }
                && ClosedTo(one, EvidenceKinds.Single(k => k.Id == last.Kind)) is null
            )
                work.Db.Add(last.Again(work.NewId(), work.Now));
    }

    private bool SettlesClaims(EvidenceKind kind) => Transitions.Any(t => t.SettledBy?.Kind == kind.Id);

    /// <summary>The claim that stands and that a paper was filed for; null: it was filed for another one.</summary>
    private (CaseEvent Taken, Transition<TFacts> Step)? ClaimOf(
        EvidenceKind kind,
        Evidence paper,
        IReadOnlyList<CaseEvent> events
    ) =>
        LastStep(events) is { } taken
        && paper.At >= taken.At
        && Transitions.First(t => t.Action == taken.Action) is { SettledBy: { } settlement } step
        && settlement.Kind == kind.Id
            ? (taken, step)
            : null;

    private static Task<List<CaseEvent>> EventsAsync(UnitOfWork work, TRow row) =>
        work
            .Db.Set<CaseEvent>()
            .AsNoTracking()
            .Where(e => e.CaseId == row.CaseId)
            .OrderBy(e => e.Sequence)
            .ToListAsync();

    private static Confirmation Ask(UnitOfWork work, Case one, Evidence paper, int round, string body)
    {
        var asked = new Confirmation
        {
            Id = work.NewId(),
            EvidenceId = paper.Id,
            Round = round,
            CaseId = one.Id,
            Workflow = one.Workflow,
            Kind = paper.Kind,
            StudentId = one.StudentId,
            StudentName = one.Student?.Name,
            Issuer = paper.Issuer,
            Date = paper.Date,
            Scope = body,
            AskedAt = work.Now,
        };
        work.Db.Add(asked);
        return asked;
    }

    private static CasePaper PaperOf(Evidence e) =>
        new(e.Id, e.Kind, e.Issuer, e.Date, e.ContentType, e.Size, e.At, e.Actor);

    /// <summary>A paper that somebody was asked about.</summary>
    private sealed record AskedPaper(TRow Row, Evidence Paper, EvidenceKind Kind, Confirmation Asked)
    {
        internal IReadOnlyList<Role> Speakers => Confirmation.SpeakersOf(Asked.Scope);
    }

    /// <summary>The paper that a body is to decide about, for somebody who speaks for that body; or why not.</summary>
    private async Task<(AskedPaper? Found, CommandResult? Refused)> FindAskedAsync(
        UnitOfWork work,
        Guid id,
        long? version,
        Guid evidence,
        string act
    )
    {
        var asked = (
            await work.Db.Set<Confirmation>().Where(c => c.EvidenceId == evidence && c.CaseId == id).ToListAsync()
        ).MaxBy(c => c.Round);
        // who is asked need not see the case, and who sees the case need not be asked
        if (await LoadAsync(work, id) is not { } row || !(CanSee(work.Actor, row.Case) || IsAsked(work.Actor, asked)))
            return (null, NotThere(id));
        if (
            await work.Db.Set<Evidence>().SingleOrDefaultAsync(e => e.Id == evidence && e.CaseId == id) is not { } paper
        )
            return (null, CommandResult.NotFound($"{Title} {id} 没有材料 {evidence}。"));
        var kind = EvidenceKinds.Single(k => k.Id == paper.Kind);
        var found = asked is null ? null : new AskedPaper(row, paper, kind, asked);
        if (found is not null && !work.Actor.Holds(found.Speakers, found.Asked.Scope))
            return (
                null,
                CommandResult.Problem(
                    ResultKind.Forbidden,
                    $"{act}“{kind.Title}”由{await CasePapers.NameAsync(work, found.Asked.Scope)}办理。"
                )
            );
        if (ETagCheck.Fault(row.Case.Version, version) is { } stale)
            return (null, stale);
        return found is null
            ? (
                null,
                CommandResult.Refused(
                    $"不能{act}：没有向任何单位询问过这份{kind.Title}；须确认的，请重新归档。",
                    new RuleViolation("not-asked", "没有向任何单位询问过这份材料", kind.Provisions)
                )
            )
            : (found, null);
    }

    /// <inheritdoc/>
    public async Task<CommandResult> ConfirmEvidenceAsync(
        UnitOfWork work,
        Guid id,
        long? version,
        Guid evidence,
        bool confirms,
        string? reason
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        var act = ActionTitle(confirms ? ConfirmAction : RejectAction);
        var (found, refused) = await FindAskedAsync(work, id, version, evidence, act);
        if (found is null)
            return refused!;
        var (row, paper, kind, asked) = found;
        if (paper.Actor == work.Actor.Name)
            return CommandResult.Problem(ResultKind.Forbidden, "自己归档的材料须由他人确认。");
        if (Profits(work, row.Case, asked))
            return CommandResult.Problem(
                ResultKind.Forbidden,
                "您同时在对方单位任职，不能为其确认材料：请由本单位的其他人确认。"
            );
        if (ClosedTo(row.Case, kind) is { } closed)
            return CommandResult.Refused($"不能{act}：{closed.Message}。", closed);
        if (asked.State != ConfirmationState.Asked)
            return CommandResult.Refused(
                $"这份{kind.Title}{Words.For(asked.State)}，不能再次决定；有误的，请归档一份新的。",
                new RuleViolation("decided-once", $"这份材料{Words.For(asked.State)}", kind.Provisions)
            );
        reason = reason?.Trim();
        if (!confirms && ReasonFault("不予确认", reason) is { } fault)
            return fault;
        (asked.State, asked.DecidedAt, asked.DecidedBy, asked.Reason) = (
            confirms ? ConfirmationState.Confirmed : ConfirmationState.Rejected,
            work.Now,
            work.Actor.Name,
            confirms ? null : reason
        );
        var (current, from, undoes) = (asked, row.Case.State, (long?)null);
        if (!confirms && (await ConfirmersAsync(work, row, kind)).Decides is { } higher && higher != asked.Scope)
            current = Ask(work, row.Case, paper, asked.Round + 1, higher);
        else
        {
            (undoes, var refusals) = await DecideAsync(work, row, kind, paper, asked);
            if (refusals.Count > 0)
                return CommandResult.Refused($"不能{act}：{refusals[0].Message}。", refusals);
        }

        var before = Before(work, row);
        Record(
            work,
            row.Case,
            RolesAt(work, found.Speakers, asked.Scope),
            confirms ? ConfirmAction : RejectAction,
            from,
            confirms ? kind.Title : $"{kind.Title}：{reason}",
            null,
            before,
            undoes,
            $"{kind.Id} {evidence}",
            asked.Scope
        );
        return CommandResult.Done(
            new DecidedEvidence(evidence, current.State, await CasePapers.NameAsync(work, current.Scope)),
            row.Case.Version,
            id
        );
    }

    /// <inheritdoc/>
    public async Task<CommandResult> WithdrawConfirmationAsync(
        UnitOfWork work,
        Guid id,
        long? version,
        Guid evidence,
        string? reason
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        var act = ActionTitle(WithdrawAction);
        var (found, refused) = await FindAskedAsync(work, id, version, evidence, act);
        if (found is null)
            return refused!;
        var (row, paper, kind, given) = found;
        if (given.State != ConfirmationState.Confirmed)
            return CommandResult.Refused(
                $"这份{kind.Title}{Words.For(given.State)}，没有可以撤回的确认。",
                new RuleViolation("confirmed", $"这份材料{Words.For(given.State)}", kind.Provisions)
            );
        reason = reason?.Trim();
        if (ReasonFault("撤回确认", reason) is { } fault)
            return fault;
        if (await StandsOnAsync(work, row, kind, given) is { } step)
            return CommandResult.Refused(
                $"不能{act}：已经凭它办理了{step.Title}；确有错误的，先请有权的单位更正{step.Title}。",
                new RuleViolation("nothing-stands-on-it", $"已经凭它办理了{step.Title}", step.Provisions)
            );
        (given.State, given.DecidedAt, given.DecidedBy, given.Reason) = (
            ConfirmationState.Withdrawn,
            work.Now,
            work.Actor.Name,
            reason
        );
        if (!SettlesClaims(kind) || ClaimOf(kind, paper, await EventsAsync(work, row)) is not null)
        {
            OnDecided(row, PaperOf(paper), given);
            Ask(work, row.Case, paper, given.Round + 1, given.Scope);
        }

        var before = Before(work, row);
        Record(
            work,
            row.Case,
            RolesAt(work, found.Speakers, given.Scope),
            WithdrawAction,
            row.Case.State,
            $"{kind.Title}：{reason}",
            null,
            before,
            detail: $"{kind.Id} {evidence}",
            another: given.Scope
        );
        return CommandResult.Done(
            new DecidedEvidence(evidence, ConfirmationState.Asked, await CasePapers.NameAsync(work, given.Scope)),
            row.Case.Version,
            id
        );
    }

    /// <summary>The step that was taken on a confirmation, or settled by it; null: nothing stands on it.</summary>
    private async Task<Transition?> StandsOnAsync(UnitOfWork work, TRow row, EvidenceKind kind, Confirmation given)
    {
        var events = await EventsAsync(work, row);
        var undone = events.Select(e => e.Undoes).OfType<long>().ToHashSet();
        return (
            from e in events
            where !undone.Contains(e.Sequence)
            from step in Transitions.Where(t => t.Action == e.Action)
            where
                (e.At >= given.DecidedAt && step.Needs.Any(n => n.Kinds.Contains(kind.Id)))
                || (e.At <= given.DecidedAt && step.SettledBy?.Kind == kind.Id)
            select step
        ).FirstOrDefault();
    }

    private static CommandResult? ReasonFault(string what, string? reason) =>
        reason is null or { Length: 0 or > 500 }
            ? CommandResult.Invalid(("reason", $"{what}须写明原因（不超过 500 字）。"))
        : FormBinder.NumberIn(reason) is { } number ? CommandResult.Invalid(("reason", $"原因{number}。"))
        : null;

    /// <summary>Whether the actor is something on the other side too, whose claim the paper proves.</summary>
    private bool Profits(UnitOfWork work, Case one, Confirmation asked) =>
        !work.Actor.IsProgram
        && one.Counterpart.Length > 0
        && asked.Scope != one.Counterpart
        && work.Actor.Grants.Any(g => g.Scope == one.Counterpart && Participants.Contains(g.Role));

    private static bool IsAsked(Actor actor, Confirmation? confirmation) =>
        confirmation is not null && actor.AccessScope.Covers(confirmation.Scope);

    /// <inheritdoc/>
    public async Task<(CommandResult Decision, Evidence? Paper)> DownloadEvidenceAsync(
        UnitOfWork work,
        Guid id,
        Guid evidence
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        var asked = (
            await work
                .Db.Set<Confirmation>()
                .AsNoTracking()
                .Where(c => c.EvidenceId == evidence && c.CaseId == id && c.State != ConfirmationState.Withdrawn)
                .ToListAsync()
        ).Find(c => work.Actor.Holds(Confirmation.SpeakersOf(c.Scope), c.Scope));
        if (await LoadAsync(work, id) is not { } row || (asked is null && !CanSee(work.Actor, row.Case)))
            return (NotThere(id), null);
        if (
            await work.Db.Set<Evidence>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == evidence && e.CaseId == id)
            is not { } paper
        )
            return (CommandResult.NotFound($"{Title} {id} 没有材料 {evidence}。"), null);
        if (
            asked is null
            && FindDenial(work, work.Policy.Roles.Revealing, "取阅材料", row.Case, SideOfNumbers(row)) is { } forbidden
        )
            return (forbidden, null);
        var by = asked is not null
            ? RolesAt(work, Confirmation.SpeakersOf(asked.Scope), asked.Scope)
            : RolesOn(work, work.Policy.Roles.Revealing, row.Case, SideOfNumbers(row));
        work.Audit($"{Id}/evidence-read", id, row.Case.PlacesWith(asked?.Scope), paper.Kind, by);
        return (CommandResult.Done(version: row.Case.Version, id: evidence), paper);
    }

    /// <inheritdoc/>
    public async Task<CommandResult> AssessAsync(UnitOfWork work, Guid id, ReadOnlyMemory<byte> asked)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (await FindAsync(work, id) is not { } row)
            return NotThere(id);
        if (Programme is not { } programme)
            return CommandResult.NotFound($"{Title}没有评估项目。");
        if (FindDenial(work, Participants, "评估", row.Case, CaseSide.Own) is { } forbidden)
            return forbidden;
        var facts = await LoadFactsAsync(work, row, Entered(work, row.Case).Entered);
        var (kept, refused) = Assessments.Keep(work, programme, asked, await PrefillFactsAsync(work, facts), row.Case);
        if (refused is not null)
            return refused;
        Assessed(row, kept!);
        Record(
            work,
            row.Case,
            RolesOn(work, Participants, row.Case, CaseSide.Own),
            AssessAction,
            row.Case.State,
            $"{kept!.RuleSet} {Words.For(kept.Verdict)}",
            null,
            Before(work, row)
        );
        return CommandResult.Created(Assessments.View(kept), kept.Id, row.Case.Version);
    }

    /// <inheritdoc/>
    public async Task<FormValues?> PrintAsync(UnitOfWork work, Guid id)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (await FindAsync(work, id) is not { } row)
            return null;
        var revealing = RolesOn(work, work.Policy.Roles.Revealing, row.Case, SideOfNumbers(row)).ToList();
        var reveals = revealing.Count > 0;
        // whoever sees the case prints it; the numbers are what a role is asked for
        var by = reveals ? revealing : RolesOn(work, work.Policy.Roles.All, row.Case);
        work.Audit($"{Id}/print", id, row.Case.PlacesWith(), reveals ? "revealed" : "masked", by);
        var values = ValuesOf(row.Case);
        if (!reveals)
            values = FormMask.Masked(form, values);
        return values;
    }

    /// <inheritdoc/>
    public async Task<CaseView?> ViewAsync(UnitOfWork work, Guid id)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (await FindAsync(work, id) is not { } row)
            return null;
        var (entered, findings) = Entered(work, row.Case);
        var facts = await LoadFactsAsync(work, row, entered);
        var events = await work.Db.Set<CaseEvent>().Where(e => e.CaseId == id).OrderBy(e => e.Sequence).ToListAsync();
        List<CasePaper> papers = [.. (await CasePapers.LoadAsync(work.Db, [id]))[id]];
        var kept = await work.Db.Set<StoredAssessment>().Where(a => a.CaseId == id).OrderBy(a => a.Id).ToListAsync();
        var ownEntries = new Dictionary<string, RuleViolation>(StringComparer.Ordinal);
        foreach (var step in Transitions.Where(t => t.RestsOn is not null))
            if (await OwnEntryAsync(work, row.Case, step) is { } own)
                ownEntries[step.Action] = own;
        return new(Summary(row.Case, findings))
        {
            Facts = FactsOf(work.Db.Entry(row)),
            Form = new(form.Fields, FormMask.Masked(form, ValuesOf(row.Case))),
            Actions =
            [
                .. Transitions
                    .Where(t => t.From.Any(s => s.Id == row.Case.State))
                    .Select(t =>
                        StepView.Create(
                            t,
                            HasRole(work, t.By, row.Case, t.Side),
                            [
                                .. BlockingReasons(work, t, facts, findings),
                                .. ownEntries.GetValueOrDefault(t.Action) is { } own ? (RuleViolation[])[own] : [],
                                .. UnmetNeeds(row, NeedsOf(t, facts), papers),
                            ],
                            NeedFindings(row, NeedsOf(t, facts), papers),
                            [.. t.UnmetWarnings(facts, work.Policy.Reading)]
                        ) with
                        {
                            To = t.DestinationOf(facts).Id,
                            DueOn = t.DueOn?.Invoke(facts),
                        }
                    ),
            ],
            History =
            [
                .. events.Select(e => new HistoryEntry(
                    e.Sequence,
                    e.Action,
                    ActionTitle(e.Action),
                    e.From,
                    e.To,
                    e.At,
                    e.Actor,
                    e.Reason,
                    e.Undoes
                )),
            ],
            Evidence = await ViewsAsync(work, papers),
            Assessments =
            [
                .. kept.Select(a => new AssessmentEntry(a.Id, a.Programme, a.RuleSet, a.AsOf, a.Verdict, a.At)),
            ],
        };
    }

    private static async Task<IReadOnlyList<EvidenceView>> ViewsAsync(UnitOfWork work, List<CasePaper> papers)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var scope in papers.Select(p => p.Confirmation?.Scope).OfType<string>().Distinct())
            names[scope] = await CasePapers.NameAsync(work, scope);
        return
        [
            .. papers.Select(p => new EvidenceView(
                p.Id,
                p.Kind,
                p.Issuer,
                p.Date,
                p.ContentType,
                p.Size,
                p.At,
                p.Actor,
                p.Confirmation?.State,
                p.Confirmation is { } asked ? names[asked.Scope] : null,
                p.Confirmation?.State == ConfirmationState.Confirmed ? p.Confirmation.DecidedBy : null,
                p.Confirmation?.State == ConfirmationState.Confirmed ? p.Confirmation.DecidedAt : null,
                p.Confirmation?.Reason,
                p.Confirmation is { State: ConfirmationState.Asked } open
                    && work.Actor.Holds(Confirmation.SpeakersOf(open.Scope), open.Scope)
                    && p.Actor != work.Actor.Name
            )),
        ];
    }

    /// <summary>The needs of a step: of each kind the best paper that still speaks of the case counts.</summary>
    private List<NeedFinding> NeedFindings(
        TRow row,
        IReadOnlyList<EvidenceNeed> needs,
        IReadOnlyCollection<CasePaper> papers
    ) =>
        [
            .. from need in needs
            from id in need.Kinds
            let kind = EvidenceKinds.Single(k => k.Id == id)
            let states = papers.Where(p => p.Kind == id && IsCurrent(row, p)).Select(p => p.State).ToList()
            select new NeedFinding(
                need.Id,
                kind.Title,
                kind.ConfirmedBy!,
                null,
                states.Contains(NeedState.Satisfied) ? NeedState.Satisfied
                    : states.Contains(NeedState.Unknown) ? NeedState.Unknown
                    : states.Contains(NeedState.Violated) ? NeedState.Violated
                    : NeedState.Missing
            ),
        ];

    /// <summary>The papers of some cases, for lists that move many of them in one command.</summary>
    protected static Task<ILookup<Guid, CasePaper>> PapersAsync(UnitOfWork work, IReadOnlyCollection<Guid> cases)
    {
        ArgumentNullException.ThrowIfNull(work);
        return CasePapers.LoadAsync(work.Db, cases);
    }

    /// <summary>The needs of a step that are not met, and what to do about each.</summary>
    protected IReadOnlyList<RuleViolation> UnmetNeeds(
        TRow row,
        IReadOnlyList<EvidenceNeed> needs,
        IReadOnlyCollection<CasePaper> papers
    )
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(needs);
        ArgumentNullException.ThrowIfNull(papers);
        return
        [
            .. from need in NeedFindings(row, needs, papers).GroupBy(n => n.Id)
            where need.All(n => n.State != NeedState.Satisfied)
            let best = need.OrderBy(n => n.State).First()
            select new RuleViolation(
                need.Key,
                string.Join("或者", need.Select(n => n.Title))
                    + best.State switch
                    {
                        NeedState.Unknown => $"已经归档，尚待{best.By}",
                        NeedState.Violated => $"未获确认（{best.By}）",
                        _ => $"须先归档，并经确认：{best.By}",
                    },
                [
                    .. EvidenceKinds
                        .Where(k => need.Any(n => n.Title == k.Title))
                        .SelectMany(k => k.Provisions)
                        .Distinct(),
                ]
            )
            {
                Outcome = best.State == NeedState.Unknown ? Outcome.Unknown : Outcome.Violated,
            },
        ];
    }

    /// <summary>
    /// The module's own facts of a case, as a listing would show them: numbers of persons masked, forms, files and
    /// indexes not at all.
    /// </summary>
    private static OrderedDictionary<string, ColumnValue> FactsOf(EntityEntry<TRow> row) =>
        new(
            from fact in row.Properties
            where !fact.Metadata.IsPrimaryKey()
            let mask = PersonalMask.For(PersonalDataAnnotation.Find(fact.Metadata)?.Kind)
            where mask is not null && (mask == PersonalMask.None || fact.Metadata.ClrType == typeof(string))
            select KeyValuePair.Create(
                JsonNamingPolicy.CamelCase.ConvertName(fact.Metadata.Name),
                ColumnValue.From(
                    fact.CurrentValue is string number && mask != PersonalMask.None
                        ? NumberBody.Masked(number, mask.Head, mask.Tail)
                        : fact.CurrentValue
                )
            )
        );

    /// <summary>
    /// Takes a step if everything allows it: form, guards, input, effect; then state, version, history, audit.
    /// </summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="row">Tracked, with its case.</param>
    /// <param name="step">The step.</param>
    /// <param name="input">What was entered with it.</param>
    /// <returns>What blocks the step; empty: it was taken. Otherwise the unit of work must not be committed.</returns>
    private async Task<IReadOnlyList<RuleViolation>> ExecuteTransitionAsync(
        UnitOfWork work,
        TRow row,
        Transition<TFacts> step,
        FormValues input
    )
    {
        var (entered, findings) = Entered(work, row.Case);
        return await ExecuteTransitionAsync(work, row, step, input, await LoadFactsAsync(work, row, entered), findings);
    }

    /// <summary>
    /// The same for lists, which move many cases in one command and load the facts of all of them at once.
    /// </summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="row">Tracked, with its case.</param>
    /// <param name="step">The step.</param>
    /// <param name="input">What was entered with it.</param>
    /// <param name="facts">Everything that the step's guards and its effect ask for.</param>
    /// <param name="findings">Of the form; only a step that needs the whole form asks for them.</param>
    /// <returns>What blocks the step; empty: it was taken. Otherwise the unit of work must not be committed.</returns>
    protected async Task<IReadOnlyList<RuleViolation>> ExecuteTransitionAsync(
        UnitOfWork work,
        TRow row,
        Transition<TFacts> step,
        FormValues input,
        TFacts facts,
        IReadOnlyList<FormFinding> findings
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(input);
        if (FindStepDenial(work, row.Case, step) is { } elsewhere)
            return [elsewhere];
        var (hindrances, effect) = BlockingReasons(work, row, step, input, facts, findings);
        if (Starts(step, row.Case))
        {
            if (await OwnEntryAsync(work, row.Case, step) is { } own)
                hindrances = [.. hindrances, own];
            if (NeedsOf(step, facts) is { Count: > 0 } needs)
                hindrances =
                [
                    .. hindrances,
                    .. UnmetNeeds(row, needs, [.. (await CasePapers.LoadAsync(work.Db, [row.CaseId]))[row.CaseId]]),
                ];
        }

        if (hindrances.Count > 0)
            return hindrances;
        // asked before the effect, which may change what they ask about
        List<string> warnings = [.. step.UnmetWarnings(facts, work.Policy.Reading).Select(w => w.Message)];
        var to = step.DestinationOf(facts);
        if (await effect(work, facts) is { Count: > 0 } refusals)
            return refusals;
        var from = row.Case.State;
        row.Case.State = to.Id;
        OnEntered(row, to);
        await CloseAsync(work, row.Case);
        Record(
            work,
            row.Case,
            RolesOn(work, step.By, row.Case, step.Side),
            step.Action,
            from,
            Told(step.TellsReason ? input["reason"]?.Trim() : null, warnings),
            step.Fields.Count == 0 ? null : Values(step.Fields, input),
            Before(work, row)
        );
        return [];
    }

    private static string? Told(string? reason, IReadOnlyList<string> warnings) =>
        warnings.Count == 0 ? reason : $"{(reason is null ? "" : $"{reason}；")}提醒：{string.Join("；", warnings)}";

    /// <summary>
    /// What is wrong with a step of a list as far as it can be told without the facts: whose case it is, and what was
    /// entered.
    /// </summary>
    protected static IReadOnlyList<RuleViolation> InputErrors(
        UnitOfWork work,
        Case one,
        Transition<TFacts> step,
        FormValues input
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(step);
        return FindStepDenial(work, one, step) is { } elsewhere
            ? [elsewhere]
            :
            [
                .. step.Read(input, Context(work), out _)
                    .Where(f => f.Level == FormFindingLevel.Error)
                    .Select(Violation),
            ];
    }

    /// <summary>
    /// What stands against a step by somebody who has entered the student into the group that it rests on.
    /// </summary>
    private static async Task<RuleViolation?> OwnEntryAsync(UnitOfWork work, Case one, Transition step) =>
        step.RestsOn is { } kind
        && one.StudentId is { } student
        && !work.Actor.IsProgram
        && await work
            .Db.Set<PersonGroup>()
            .AnyAsync(g =>
                g.StudentId == student
                && g.Kind == kind
                && g.Actor == work.Actor.Name
                && g.From <= work.Today
                && (g.Until == null || g.Until >= work.Today)
            )
            ? new(
                "entered-by-another",
                $"该生的{Words.For(kind)}由您登记，不能再由您{step.Title}：请由另一个人办理",
                step.Provisions
            )
            : null;

    /// <summary>What blocks a step, and the effect that it would have.</summary>
    private (
        IReadOnlyList<RuleViolation> Refusals,
        Func<UnitOfWork, TFacts, Task<IReadOnlyList<RuleViolation>>> Effect
    ) BlockingReasons(
        UnitOfWork work,
        TRow row,
        Transition<TFacts> step,
        FormValues input,
        TFacts facts,
        IReadOnlyList<FormFinding> findings
    )
    {
        var wrong = step.Read(input, Context(work), out var effect).Where(f => f.Level == FormFindingLevel.Error);
        return (
            Starts(step, row.Case)
                ? [.. BlockingReasons(work, step, facts, findings), .. wrong.Select(Violation)]
                : [WrongState(step, row.Case)],
            effect
        );
    }

    /// <summary>The state's title.</summary>
    protected string TitleOf(string state) => States.FirstOrDefault(s => s.Id == state)?.Title ?? state;

    /// <summary>Writes into the form of a case: what a step adds to the paper.</summary>
    protected void SetFormFields(Case one, params IEnumerable<(string Field, string? Text)> fields)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(fields);
        var values = ValuesOf(one);
        foreach (var (field, text) in fields)
            values[FormField.Camel(field)] = text;
        one.Form = FormJson.Text(form, values);
    }

    /// <summary>What was entered for a case.</summary>
    protected FormValues ValuesOf(Case one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return FormJson.Read(form, Encoding.UTF8.GetBytes(one.Form), out var values) is { } fault
            ? throw new InvalidOperationException($"{Id}: {fault.Member} {fault.Message}")
            : values;
    }

    private (TForm Entered, IReadOnlyList<FormFinding> Findings) Entered(UnitOfWork work, Case one) =>
        form.Read(ValuesOf(one), Context(work));

    private static FormContext Context(UnitOfWork work) => new(work.Policy.Divisions, work.Today);

    private async Task<TRow?> FindAsync(UnitOfWork work, Guid id) =>
        await LoadAsync(work, id) is { } row && CanSee(work.Actor, row.Case) ? row : null;

    private async Task<TRow?> LoadAsync(UnitOfWork work, Guid id) =>
        await work
            .Db.Set<TRow>()
            .Include(r => r.Case)
                .ThenInclude(c => c.Student)
            .SingleOrDefaultAsync(r => r.CaseId == id)
            is { } row
        && row.Case.Workflow == Id
            ? row
            : null;

    private CommandResult NotThere(Guid id) => CommandResult.NotFound($"没有{Title} {id}。");

    /// <summary>
    /// The side that sees form and papers in full: both (null) once they were handed over, before that the case's own.
    /// </summary>
    private CaseSide? SideOfNumbers(TRow row) => IsHandedOver(row) ? null : CaseSide.Own;

    /// <summary>Every role that has a part in the workflow.</summary>
    private IReadOnlyList<Role> Participants =>
        [.. Openers.Concat(Supervisors).Concat(Transitions.SelectMany(t => t.By)).Distinct()];

    private static RuleViolation Violation(FormFinding finding) =>
        new(finding.Rule ?? finding.Field, finding.Text, finding.Provisions) { Field = finding.Field };

    private static bool Starts(Transition step, Case one) => step.From.Any(s => s.Id == one.State);

    private RuleViolation WrongState(Transition step, Case one) =>
        new("state", step.WrongState(TitleOf(one.State), s => s.Title), step.Provisions);

    private static IReadOnlyList<RuleViolation> BlockingReasons(
        UnitOfWork work,
        Transition<TFacts> step,
        TFacts facts,
        IReadOnlyList<FormFinding> findings
    ) =>
        [
            .. step.NeedsWholeForm ? findings.Where(f => f.Level == FormFindingLevel.Error).Select(Violation) : [],
            .. step.BlockingReasons(facts, work.Policy.Reading),
        ];

    private string ActionTitle(string action) =>
        action switch
        {
            OpenAction => "新建",
            EditAction => "修改",
            CorrectAction => "更正",
            FileAction => "归档材料",
            ConfirmAction => "确认材料",
            RejectAction => "不予确认材料",
            WithdrawAction => "撤回材料确认",
            AssessAction => "评估",
            _ => Transitions.FirstOrDefault(t => t.Action == action)?.Title ?? action,
        };

    private CaseSummary Summary(Case one, IReadOnlyList<FormFinding> findings) =>
        new(
            one.Id,
            Id,
            one.State,
            TitleOf(one.State),
            one.Version,
            one.Year,
            one.StudentId,
            one.OpenedAt,
            one.ChangedAt,
            [.. findings.Select(f => new CaseFinding(f.Level, f.Field, f.Text))]
        );
}
