using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Office.Listings;
using EduAssist.Office.Registry;

namespace EduAssist.Office.ListImports;

/// <summary>The import and export of a form's list.</summary>
/// <typeparam name="TList">What the list is read into.</typeparam>
/// <param name="form">A form that is a list.</param>
public abstract class ListImport<TList>(Form<TList> form) : IListImport
{
    /// <inheritdoc/>
    public IForm Form => form;

    /// <inheritdoc/>
    public abstract IReadOnlyList<Role> By { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<ExportFilter> Filters => [];

    /// <summary>
    /// What can be computed from the list alone, such as blind indexes. It runs before the command begins, so that no
    /// other command waits for it.
    /// </summary>
    /// <param name="list">The rows without an error.</param>
    /// <param name="keys">Make blind indexes.</param>
    protected virtual object? Prepare(TList list, KeyRing keys) => null;

    /// <summary>
    /// Compares the list with the record, and says row by row what it means. Changes nothing by itself: in a preview it
    /// is all that is done.
    /// </summary>
    /// <param name="work">Respects what its actor may see: a row that belongs elsewhere is an error.</param>
    /// <param name="list">The rows without an error; the n-th of them has the index n, from 0.</param>
    /// <param name="prepared">What <see cref="Prepare"/> gave.</param>
    /// <param name="plan">To be filled.</param>
    protected abstract Task PlanAsync(UnitOfWork work, TList list, object? prepared, ImportPlan plan);

    /// <summary>The rows that go out, and the head where it can be told.</summary>
    /// <param name="source">What the reader may see.</param>
    /// <param name="filter">Texts by the names of <see cref="Filters"/>.</param>
    protected abstract Task<FormValues> RowsAsync(ListingSource source, FormValues filter);

    /// <inheritdoc/>
    public async Task<CommandResult> ImportAsync(
        CommandExecutor commands,
        CommandRequest request,
        FormImport list,
        ImportMode mode = ImportMode.Whole,
        IProgress<int>? progress = null
    )
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(list);
        request = request with { Actor = request.Actor.As(By) };
        if (request.Actor.Grants.Count == 0)
            return CommandResult.Problem(
                ResultKind.Forbidden,
                $"《{form.Title}》由{string.Join("、", By.Select(r => r.Title))}导入。"
            );
        var accepted = list.Sound;
        var subject =
            list.IsValid && list.Subject is TList whole
                ? whole
                : form.Read(
                    list.Values.Copy().With(Form.List!.Name, accepted),
                    new(commands.Policy.Divisions, commands.Policy.Today.Date)
                ).Subject;
        var prepared = accepted.Count > 0 ? Prepare(subject, commands.Database.Keys) : null;
        // refused, but compared with the record all the same, so that every fault is told at once
        var refused = list.Accepted(validOnly: true).Count == 0 || (mode == ImportMode.Whole && !list.IsValid);
        return mode == ImportMode.Preview || refused
            ? await commands.QueryAsync(request.Actor, Attempt)
            : await commands.ExecuteAsync(request, Attempt);

        async Task<CommandResult> Attempt(UnitOfWork work)
        {
            var plan = new ImportPlan(list, form, accepted);
            if (accepted.Count > 0)
                await PlanAsync(work, subject, prepared, plan);
            if (mode == ImportMode.Preview)
                return CommandResult.Done(plan.Outcome(form, mode, stored: false));
            if (refused || plan.IsRefused(mode))
                return Refused(plan, mode);
            var (set, journal) = await ChangeSets.BeginAsync(work, ChangeSetKind.Import, form.Id, request.FileName);
            await plan.StoreAsync(progress);
            await journal.EndAsync();
            (set.New, set.Changed) = (plan.Count(ImportChange.New), plan.Count(ImportChange.Changed));
            (set.Unchanged, set.Gone) = (plan.Count(ImportChange.Unchanged), plan.Count(ImportChange.Gone));
            work.Audit(
                $"{form.Id}/import",
                null,
                work.Actor.Places,
                string.Join(
                    ", ",
                    Enum.GetValues<ImportChange>().Select(c => $"{plan.Count(c)} {FormField.Camel(c.ToString())}")
                )
            );
            return CommandResult.Done(plan.Outcome(form, mode, stored: true));
        }
    }

    /// <inheritdoc/>
    public async Task<FormValues?> ExportAsync(CommandExecutor commands, Actor actor, FormValues filter)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(actor);
        actor = actor.As(Form.List!.Columns.Any(c => c.IsPersonal) ? [.. By.Where(r => r.MayReveal)] : By);
        if (actor.Grants.Count == 0)
            return null;
        await using var db = commands.Database.Read(actor.AccessScope);
        var values = await RowsAsync(new(db, commands.Policy), filter);
        await commands.ExecuteAsync(new(actor), work =>
        {
            work.Audit($"{form.Id}/export", null, actor.Places, $"{values.Rows(Form.List!.Name).Count} rows");
            return Task.FromResult(CommandResult.Done());
        });
        return values;
    }

    private CommandResult Refused(ImportPlan plan, ImportMode mode)
    {
        var outcome = plan.Outcome(form, mode, stored: false);
        var detail = plan.Findings.FirstOrDefault(f => f.Level == FormFindingLevel.Error) is { } first
            ? $"名单有 {outcome.Errors} 处错误，没有导入任何一行；第一处：{first.Text}。"
            : "名单没有可以导入的行。";
        return CommandResult.Invalid(detail, outcome with { Detail = detail });
    }
}
