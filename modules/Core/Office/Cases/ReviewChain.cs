using System.Runtime.CompilerServices;
using System.Text.Json;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Cases;

/// <summary>
/// A reviewer of a chain, at the place of its level where a case belongs; the state says whom the case waits for.
/// </summary>
/// <param name="By">Who reviews: a role of one level.</param>
/// <param name="Waiting">The state of a case that waits for it: 待市州审核.</param>
/// <param name="Provisions">The ids of the provisions that demand the review; at least one.</param>
public sealed record ReviewLevel(Role By, CaseState Waiting, params IReadOnlyList<string> Provisions)
{
    /// <summary>How long the review may take; null: no document says so.</summary>
    public ReviewDays? Within { get; init; }
}

/// <summary>How long a review may take; who is late is told, and reviews all the same.</summary>
/// <param name="WorkingDays">After the day on which the case came.</param>
/// <param name="Provisions">The ids of the provisions that say so; at least one.</param>
public sealed record ReviewDays(int WorkingDays, params IReadOnlyList<string> Provisions);

/// <summary>How far a case is in its chain, and who asks: a part of what guards ask for.</summary>
/// <param name="Place">Where the case belongs.</param>
/// <param name="Asker">Who would review; null: the program.</param>
/// <param name="Reviewers">Who has reviewed since the case last came into the chain.</param>
/// <param name="Since">The day on which it came to whom it waits for; null: it waits for nobody.</param>
/// <param name="Calendar">The working days.</param>
/// <param name="Today">The day on which it is asked.</param>
/// <param name="Opener">Who opened the case; null: nobody yet.</param>
public sealed record Review(
    string Place,
    string? Asker,
    IReadOnlyList<string> Reviewers,
    DateOnly? Since,
    WorkCalendar Calendar,
    DateOnly Today,
    string? Opener = null
);

/// <summary>What is entered when a case is sent back.</summary>
internal sealed class Return(FormBinder form)
{
    public string? Reason { get; } = form.LongText("退回原因", 200);
}

/// <summary>
/// A chain of reviewers (逐级审核): one level after the other approves, or sends back with a reason. It makes states and
/// steps of a workflow like any other (<see cref="Waiting"/>, <see cref="Transitions"/>). A level that the place of a
/// case does not have is passed over: a county right under its province has no prefecture. Where one bureau is two
/// levels at once (东莞), it reviews once, as the higher one. Nobody reviews twice, and nobody what they have opened.
/// </summary>
/// <typeparam name="T">Everything that guards ask for.</typeparam>
public sealed class ReviewChain<T>
{
    private readonly IReadOnlyList<ReviewLevel> levels;
    private readonly CaseState approved;
    private readonly Func<T, Review> reviewOf;
    private readonly string source;

    /// <summary>A chain.</summary>
    /// <param name="first">The state that a case is sent back to.</param>
    /// <param name="approved">The state of a case that everybody has approved.</param>
    /// <param name="reviewOf">Where the facts have what <see cref="LoadAsync"/> has read.</param>
    /// <param name="levels">The reviewers, the first first; without one all would be approved at once.</param>
    /// <param name="source">Left to the compiler.</param>
    /// <exception cref="ArgumentException">There is no level.</exception>
    public ReviewChain(
        CaseState first,
        CaseState approved,
        Func<T, Review> reviewOf,
        IReadOnlyList<ReviewLevel> levels,
        [CallerFilePath] string source = ""
    )
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (levels.Count == 0)
            throw new ArgumentException("逐级审核至少须有一级：没有审核人的，一提交就通过了。", nameof(levels));
        (this.levels, this.approved, this.reviewOf, this.source) = (levels, approved, reviewOf, source);
        Begin = new([.. levels.Select(l => l.Waiting), approved], facts => After(null, reviewOf(facts).Place));
        Transitions = [.. levels.SelectMany(l => (Transition<T>[])[Approval(l), Returning(l, first)])];
    }

    /// <summary>The states of cases that wait for a reviewer.</summary>
    public IEnumerable<CaseState> Waiting => levels.Select(l => l.Waiting);

    /// <summary>Where the step that brings a case into the chain leads: to the first reviewer that there is.</summary>
    public Onward<T> Begin { get; }

    /// <summary>
    /// Each level approves (<c>county-approve</c>) or sends back (<c>county-return</c>), named after its role.
    /// </summary>
    public IReadOnlyList<Transition<T>> Transitions { get; }

    /// <summary>How far a case is, and who asks.</summary>
    public async Task<Review> LoadAsync(UnitOfWork work, Case one)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(one);
        var events = await work
            .Db.Set<CaseEvent>()
            .AsNoTracking()
            .Where(e => e.CaseId == one.Id)
            .OrderBy(e => e.Sequence)
            .Select(e => new
            {
                e.Sequence,
                e.From,
                e.To,
                e.At,
                e.Actor,
                e.Undoes,
            })
            .ToListAsync();
        var undone = events.Select(e => e.Undoes).OfType<long>().ToHashSet();
        var moves = events.FindAll(e => e.Undoes is null && !undone.Contains(e.Sequence) && e.From != e.To);
        var came = moves.FindLastIndex(e => !IsWaiting(e.From) && IsWaiting(e.To));
        return new(
            one.Scope,
            work.Actor.IsProgram ? null : work.Actor.Name,
            [.. moves.Skip(Math.Max(came, 0)).Where(e => IsWaiting(e.From)).Select(e => e.Actor).Distinct()],
            IsWaiting(one.State) && moves.FindLast(e => e.To == one.State) is { } last
                ? DateOnly.FromDateTime(last.At.ToOffset(Today.Offset).DateTime)
                : null,
            work.Policy.Calendar,
            work.Today,
            events.FirstOrDefault()?.Actor
        );

        bool IsWaiting(string state) => levels.Any(l => l.Waiting.Id == state);
    }

    private Transition<T> Approval(ReviewLevel level) =>
        new(
            $"{ActionOf(level)}-approve",
            $"{level.By.Title}审核通过",
            [level.Waiting],
            approved,
            [level.By],
            level.Provisions,
            source
        )
        {
            Onward = new([.. levels.SkipWhile(l => l != level).Skip(1).Select(l => l.Waiting), approved], facts =>
                After(level, reviewOf(facts).Place)
            ),
            Guards = [ByAnother(level), NotByOpener(level)],
            Warnings = InTime(level),
            DueOn = facts => DueOn(level, reviewOf(facts)),
        };

    private Transition<T, Return> Returning(ReviewLevel level, CaseState first) =>
        new(
            $"{ActionOf(level)}-return",
            $"{level.By.Title}退回",
            [level.Waiting],
            first,
            [level.By],
            level.Provisions,
            form => new(form),
            source
        )
        {
            Guards = [ByAnother(level), NotByOpener(level)],
            Warnings = InTime(level),
            DueOn = facts => DueOn(level, reviewOf(facts)),
            TellsReason = true,
            Effect = (_, _, _) => Task.FromResult<IReadOnlyList<RuleViolation>>([]),
        };

    private Criterion<T> ByAnother(ReviewLevel level) =>
        new(
            "reviewed-by-another",
            level.Provisions,
            facts => reviewOf(facts) is var review && !review.Reviewers.Contains(review.Asker ?? ""),
            "您已经审核过这份办件，须由他人审核：同一个人不能在逐级审核中审核两次"
        );

    private Criterion<T> NotByOpener(ReviewLevel level) =>
        new(
            "not-reviewed-by-opener",
            level.Provisions,
            facts => reviewOf(facts) is var review && (review.Asker is null || review.Asker != review.Opener),
            "这份办件是您新建的，须由他人审核"
        );

    private IReadOnlyList<Criterion<T>> InTime(ReviewLevel level) =>
        level.Within is { } within
            ?
            [
                new(
                    "reviewed-in-time",
                    within.Provisions,
                    facts => DueOn(level, reviewOf(facts)) is { } due ? reviewOf(facts).Today <= due : default(Truth),
                    $"应在收到后{within.WorkingDays}个工作日内审核，已逾期"
                ),
            ]
            : [];

    /// <summary>Null: it has no end, has not begun, or ends in a year whose holidays are not published.</summary>
    private static DateOnly? DueOn(ReviewLevel level, Review review)
    {
        if (level.Within is not { } within || review.Since is not { } since)
            return null;
        try
        {
            return review.Calendar.Add(since, within.WorkingDays).Due;
        }
        catch (HolidaysNotPublishedException)
        {
            return null; // nobody is late by a day that nobody knows; the review goes on
        }
    }

    /// <summary>Whom a case waits for behind a level, or before the first (null); approved: nobody is left.</summary>
    private CaseState After(ReviewLevel? level, string place) =>
        levels
            .SkipWhile(l => level is not null && l != level)
            .Skip(level is null ? 0 : 1)
            .FirstOrDefault(l => IsAt(l, place))
            ?.Waiting
        ?? approved;

    /// <summary>
    /// Whether there is this level, and no higher one of the chain that is the same place: of one body the higher one
    /// reviews.
    /// </summary>
    private bool IsAt(ReviewLevel level, string place) =>
        PlaceOf(level, place) is { } own
        && !levels.Any(l => l.By.Levels.Max() < level.By.Levels.Max() && PlaceOf(l, place) == own);

    private static string? PlaceOf(ReviewLevel level, string place) =>
        level.By.Levels.Select(l => ScopePath.OfLevel(place, l)).FirstOrDefault(p => p is not null);

    private static string ActionOf(ReviewLevel level) => JsonNamingPolicy.KebabCaseLower.ConvertName(level.By.Name);
}
