using EduAssist.Documents.Forms;
using EduAssist.Kernel.Registry;

namespace EduAssist.Office.ListImports;

/// <summary>What a list would change, and how: filled row by row before anything is changed.</summary>
public sealed class ImportPlan
{
    private const int MostTold = 1000,
        MaskedHead = 3,
        MaskedTail = 2;

    private readonly FormImport list;
    private readonly FormField table;
    private readonly IReadOnlyList<FormField> head;
    private readonly IReadOnlyList<FormValues> taken;
    private readonly List<FormFinding> findings = [];
    private readonly HashSet<int> bad = [];
    private readonly List<(
        int Index,
        ImportChange Change,
        IReadOnlyList<FieldChange> Fields,
        Func<Task>? Store
    )> rows = [];
    private readonly Dictionary<string, (NewPlace Place, HashSet<int> Rows)> places = [];
    private readonly List<(Guid Id, string Text)> gone = [];
    private readonly List<Func<Task>> last = [];
    private bool isRefused;

    internal ImportPlan(FormImport list, IForm form, IReadOnlyList<FormValues> accepted) =>
        (this.list, table, head, taken) = (list, form.List!, form.Fields, accepted);

    /// <summary>A row that is not on record.</summary>
    /// <param name="index">Of the row in the list that was handed over, from 0.</param>
    /// <param name="store">
    /// Puts it on record; called at most once, in the order of the rows, if the row is taken.
    /// </param>
    public void New(int index, Func<Task>? store = null) => rows.Add((index, ImportChange.New, [], store));

    /// <summary>A row that differs from what is on record.</summary>
    /// <param name="index">Of the row.</param>
    /// <param name="fields">The fields that differ.</param>
    /// <param name="store">Puts it on record.</param>
    public void Changed(int index, IReadOnlyList<FieldChange> fields, Func<Task>? store = null) =>
        rows.Add((index, ImportChange.Changed, fields, store));

    /// <summary>A row that is on record just so.</summary>
    /// <param name="index">Of the row.</param>
    /// <param name="store">What follows from its being listed; null: nothing.</param>
    public void Unchanged(int index, Func<Task>? store = null) => rows.Add((index, ImportChange.Unchanged, [], store));

    /// <summary>Something that is on record and not in the list.</summary>
    /// <param name="id">Of it.</param>
    /// <param name="text">In Chinese, without numbers of persons.</param>
    /// <param name="store">What is done about it; null: it is told.</param>
    public void MissingFromList(Guid id, string text, Func<Task>? store = null)
    {
        gone.Add((id, text));
        if (store is not null)
            last.Add(store);
    }

    /// <summary>
    /// Something wrong or strange in a row, which only the record can tell. An error keeps the row out.
    /// </summary>
    /// <param name="index">Of the row.</param>
    /// <param name="field">The name of the column to look at; empty: the whole row.</param>
    /// <param name="rule">In kebab-case.</param>
    /// <param name="message">In Chinese, without the place and without what was entered.</param>
    /// <param name="level">Whether it hinders.</param>
    /// <param name="provisions">What it rests on.</param>
    public void Find(
        int index,
        string field,
        string rule,
        string message,
        FormFindingLevel level = FormFindingLevel.Error,
        params IReadOnlyList<string> provisions
    )
    {
        if (level == FormFindingLevel.Error)
            bad.Add(index);
        findings.Add(
            list.Told(
                new(level, field, table.Columns.FirstOrDefault(c => c.Name == field)?.Spoken ?? "", message)
                {
                    Table = table.Name,
                    Rule = rule,
                    Provisions = provisions,
                },
                taken[index]
            )
        );
    }

    /// <summary>Whether every row of the list was handed over: none was kept out by an error of its own.</summary>
    public bool IsWhole => taken.Count == list.Rows.Count;

    /// <summary>The rows that were kept out by an error of their own, before they were handed over.</summary>
    internal IEnumerable<FormValues> KeptOut => list.Rows.Except(taken);

    /// <summary>Whether an error keeps a row out.</summary>
    internal bool IsBad(int index) => bad.Contains(index);

    /// <summary>Something wrong with the list as a whole: nothing of it is taken.</summary>
    /// <param name="field">The name of a field beside the rows; empty: none.</param>
    /// <param name="rule">In kebab-case.</param>
    /// <param name="message">In Chinese.</param>
    /// <param name="provisions">What it rests on.</param>
    public void Refuse(string field, string rule, string message, params IReadOnlyList<string> provisions)
    {
        isRefused = true;
        findings.Add(
            new(FormFindingLevel.Error, field, head.FirstOrDefault(f => f.Name == field)?.Spoken ?? "", message)
            {
                Rule = rule,
                Provisions = provisions,
            }
        );
    }

    /// <summary>
    /// A class, a route or whatever else a row names that is not there yet and would be made: a slip of the pen makes
    /// one, too, and whoever may see it sees nobody of the right one.
    /// </summary>
    /// <param name="index">Of the row.</param>
    /// <param name="title">As people call it, in Chinese.</param>
    public void Makes(int index, string title)
    {
        if (!places.TryGetValue(title, out var place))
            places[title] = place = (new(title, 0), []);
        place.Rows.Add(index);
    }

    /// <summary>Runs after all rows that are taken: rows may be gathered first and written in bulk here.</summary>
    public void Then(Func<Task> store) => last.Add(store);

    /// <summary>What was found in the form and on record.</summary>
    internal IReadOnlyList<FormFinding> Findings =>
        field ??= [.. list.Findings.Concat(findings).OrderBy(f => f.Row ?? 0)];

    /// <summary>Whether anything of the list may be taken.</summary>
    internal bool IsRefused(ImportMode mode) =>
        isRefused || taken.Count == 0 || (mode == ImportMode.Whole && (!list.IsValid || bad.Count > 0));

    internal int Count(ImportChange change) =>
        change == ImportChange.Gone ? gone.Count : Taken.Count(r => r.Change == change);

    internal async Task StoreAsync(IProgress<int>? progress)
    {
        var done = 0;
        foreach (var row in Taken)
        {
            if (row.Store is { } store)
                await store();
            progress?.Report(++done);
        }

        foreach (var store in last)
            await store();
    }

    internal ImportOutcome Outcome(IForm form, ImportMode mode, bool stored)
    {
        var errors = Findings.Where(f => f.Level == FormFindingLevel.Error).ToList();
        return new(
            form.Id,
            mode,
            stored,
            list.Rows.Count,
            list.Rows.Count - errors.Where(f => f.Row is not null).Select(f => (f.Sheet, f.Row)).Distinct().Count(),
            errors.Count,
            Findings.Count - errors.Count,
            Count(ImportChange.New),
            Count(ImportChange.Changed),
            Count(ImportChange.Unchanged),
            Count(ImportChange.Gone),
            [
                .. Taken
                    .Where(r => r.Change != ImportChange.Unchanged)
                    .Take(MostTold)
                    .Select(r => new ChangedRow(
                        taken[r.Index].Row ?? 0,
                        r.Change,
                        [.. r.Fields.Select(f => f.Field)],
                        [.. r.Fields.Select(Shown)],
                        taken[r.Index].Sheet
                    )),
            ],
            [.. gone.Take(MostTold).Select(g => new MissingEntry(g.Id, g.Text))],
            [.. Findings.Take(MostTold).Select(f => f.View())],
            [
                .. places
                    .Values.Select(p => p.Place with { Rows = p.Rows.Count(i => !isRefused && !bad.Contains(i)) })
                    .Where(p => p.Rows > 0)
                    .Take(MostTold),
            ]
        )
        {
            AllFindings = [.. Findings.Select(f => f.View())],
        };
    }

    /// <summary>As whoever imports may read it: numbers of persons are masked.</summary>
    private FieldChange Shown(FieldChange change) =>
        table.Columns.FirstOrDefault(c => c.Name == change.Field) is { IsPersonal: true }
            ? change with
            {
                Was = Masked(change.Was),
                Now = Masked(change.Now),
            }
            : change;

    private static string? Masked(string? number) =>
        number is null ? null : NumberBody.Masked(number, MaskedHead, MaskedTail);

    private IEnumerable<(int Index, ImportChange Change, IReadOnlyList<FieldChange> Fields, Func<Task>? Store)> Taken =>
        isRefused ? [] : rows.Where(r => !bad.Contains(r.Index));
}
