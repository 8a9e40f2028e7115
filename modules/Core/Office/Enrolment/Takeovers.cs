using System.Text.Json.Serialization.Metadata;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>A part of the pupils whom other schools took over.</summary>
/// <param name="Pupils">What waits for the reader first, then the latest.</param>
/// <param name="Next">After which the next part begins; null: this is the last.</param>
public sealed record TakeoverPart(IReadOnlyList<TakeoverView> Pupils, string? Next) : IContract<TakeoverPart>
{
    static JsonTypeInfo<TakeoverPart> IContract<TakeoverPart>.Contract => EnrolmentJson.Default.TakeoverPart;
}

/// <summary>A pupil whom another school took over.</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="StudentId">Of the student, who may be out of sight by now.</param>
/// <param name="Name">In full.</param>
/// <param name="Grade">As it was on the roll that was closed.</param>
/// <param name="ClassName">As it was; null: none.</param>
/// <param name="FromSchool">That had the pupil.</param>
/// <param name="ToSchool">That has the pupil.</param>
/// <param name="On">From which day on.</param>
/// <param name="IsByList">Whether by a list; otherwise by a transfer by hand.</param>
/// <param name="Actor">Who brought the list, or made the transfer.</param>
/// <param name="At">When.</param>
/// <param name="IsRight">Whether the school that had the pupil says that it is right; null: it says nothing.</param>
/// <param name="Reason">Why not; null: nothing is said.</param>
/// <param name="ReviewedBy">Who says it; null: nobody.</param>
/// <param name="IsUpheld">Whether the bureau upholds it; null: it has not decided.</param>
/// <param name="DecisionReason">Why; null: nothing is said.</param>
/// <param name="DecidedBy">Who decided; null: nobody.</param>
/// <param name="CanReview">Whether whoever asks may say that it is right, or wrong.</param>
/// <param name="CanDecide">Whether whoever asks may decide.</param>
/// <param name="Version">The ETag.</param>
public sealed record TakeoverView(
    Guid Id,
    Guid StudentId,
    string Name,
    int Grade,
    string? ClassName,
    string FromSchool,
    string ToSchool,
    DateOnly On,
    bool IsByList,
    string Actor,
    DateTimeOffset At,
    bool? IsRight,
    string? Reason,
    string? ReviewedBy,
    bool? IsUpheld,
    string? DecisionReason,
    string? DecidedBy,
    bool CanReview,
    bool CanDecide,
    long Version
) : IContract<TakeoverView>
{
    static JsonTypeInfo<TakeoverView> IContract<TakeoverView>.Contract => EnrolmentJson.Default.TakeoverView;
}

/// <summary>
/// Pupils whom another school's list or a transfer took over, shown where they were (转出学生核对): the school says 无误
/// or 有误, and the bureau decides. Rolls change by the steps that there are: the list is taken back, or the pupil is
/// transferred again.
/// </summary>
public static class Takeovers
{
    /// <summary>How many are told at a time.</summary>
    public const int AtOnce = 50;

    private const int LongestReason = 200;

    private static readonly IReadOnlyList<Role> Reviewing = [Role.School, Role.CentralSchool];

    private static readonly IReadOnlyList<Role> Deciding = [Role.County, Role.Prefecture, Role.Administrator];

    internal static Takeover Create(
        UnitOfWork work,
        Roll roll,
        string name,
        string fromSchool,
        School to,
        DateOnly on,
        bool isByList
    ) =>
        new()
        {
            Id = work.NewId(),
            StudentId = roll.StudentId,
            RollId = roll.Id,
            Name = name,
            Grade = roll.Grade,
            ClassName = roll.ClassName,
            FromSchool = fromSchool,
            ToSchool = to.Name,
            On = on,
            IsByList = isByList,
            Actor = work.Actor.Name,
            At = work.Now,
            Scope = ScopePath.SchoolOf(roll.Scope),
        };

    /// <summary>Those whom the reader sees: what is said to be wrong, then what nobody has looked at.</summary>
    /// <param name="db">What the reader may see.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="after">Where the part before ended; null: from the beginning.</param>
    public static async Task<TakeoverPart> ListAsync(
        ScopedReadDbContext db,
        Actor actor,
        PartCursor<DateOnly>? after = null
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(actor);
        var rows = All(db);
        if (after is var (rank, on, id))
            rows = rows.Where(r =>
                r.Rank > rank || (r.Rank == rank && RowValues.Before(r.Takeover.On, r.Takeover.Id, on, id))
            );

        var told = await rows.OrderBy(r => r.Rank)
            .ThenByDescending(r => r.Takeover.On)
            .ThenByDescending(r => r.Takeover.Id)
            .Take(AtOnce + 1)
            .ToListAsync();
        return new(
            [.. told.Take(AtOnce).Select(r => View(actor, r.Takeover, r.Review))],
            told.Count > AtOnce ? $"{End(told[AtOnce - 1])}" : null
        );
    }

    /// <summary>One of them; null: the reader sees none.</summary>
    public static async Task<TakeoverView?> FindAsync(ScopedReadDbContext db, Actor actor, Guid id)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(actor);
        return await All(db).SingleOrDefaultAsync(r => r.Takeover.Id == id) is { } found
            ? View(actor, found.Takeover, found.Review)
            : null;
    }

    /// <summary>
    /// The school says whether it is right; of whoever may decide it is the decision whether the takeover stands, made
    /// once, by somebody else than whoever made the takeover. A school that was not heard before may speak once more:
    /// what it says against the decision opens it again.
    /// </summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="id">Of the entry.</param>
    /// <param name="version">Of the entry, as it was seen; null: not said.</param>
    /// <param name="isRight">Whether it is right; null: not said.</param>
    /// <param name="reason">Why not; of a decision why.</param>
    public static async Task<CommandResult> ReviewAsync(
        UnitOfWork work,
        Guid id,
        long? version,
        bool? isRight,
        string? reason
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        if (
            await work.Db.Set<Takeover>().SingleOrDefaultAsync(t => t.Id == id) is not { } takeover
            || !work.Actor.AccessScope.Covers(takeover.Scope)
        )
            return CommandResult.NotFound("没有这名转出的学生，或者不在您能看到的范围内。");
        var decides = work.Actor.Holds(Deciding, takeover.Scope);
        if (!decides && !work.Actor.Holds(Reviewing, takeover.Scope))
            return CommandResult.Problem(
                ResultKind.Forbidden,
                $"转出由原学校核对，由{string.Join("、", Deciding.Select(r => r.Title))}认定。"
            );
        if (ETagCheck.Fault(takeover.Version, version) is { } stale)
            return stale;
        if (decides && takeover.Actor == work.Actor.Name)
            return CommandResult.Refused(
                "不能认定：这次转出是您办理的，请由另一个人认定。",
                new RuleViolation("decided-by-another", "转出的办理和认定须由两个人进行", [])
            );
        if (isRight is not { } right)
            return CommandResult.Invalid(("isRight", "须说明转出是否无误：true 无误，false 有误。"));
        var text = reason?.Trim() is { Length: > 0 } said ? said : null;
        if (text is null && (decides || !right))
            return CommandResult.Invalid(("reason", $"须写明理由（不超过 {LongestReason} 字）。"));
        if (text?.Length > LongestReason)
            return CommandResult.Invalid(("reason", $"理由不能超过 {LongestReason} 字。"));
        if (text is not null && FormBinder.NumberIn(text) is { } number)
            return CommandResult.Invalid(("reason", $"理由{number}。"));
        var review = await work.Db.Set<TakeoverReview>().SingleOrDefaultAsync(r => r.TakeoverId == id);
        if (review?.IsUpheld is not null && (decides || review.At is not null))
            return CommandResult.Refused(
                decides
                    ? $"{review.DecidedBy} 已经认定，不能再次认定；学籍有误的，撤销那份名单，或者再办一次转学。"
                    : $"{review.DecidedBy} 已经认定，不能再改核对意见。",
                new RuleViolation("not-decided-yet", "上级已经认定", [])
            );
        if (review is null)
            work.Db.Add(
                review = new()
                {
                    Id = work.NewId(),
                    TakeoverId = id,
                    StudentId = takeover.StudentId,
                    Scope = takeover.Scope,
                }
            );
        if (decides)
            (review.IsUpheld, review.DecisionReason, review.DecidedBy, review.DecidedAt) = (
                right,
                text,
                work.Actor.Name,
                work.Now
            );
        else
        {
            // the bureau decided without having heard the school, which says otherwise
            if (review.IsUpheld is { } upheld && upheld != right)
                (review.IsUpheld, review.DecisionReason, review.DecidedBy, review.DecidedAt) = (null, null, null, null);
            (review.IsRight, review.Reason, review.Actor, review.At) = (right, text, work.Actor.Name, work.Now);
        }

        takeover.Version++;
        work.Audit(
            decides ? "registry.takeover/decide" : "registry.takeover/review",
            takeover.RollId,
            takeover.Scope,
            right ? "right" : "wrong",
            work.Actor.RolesAt(takeover.Scope).Intersect(decides ? Deciding : Reviewing)
        );
        return CommandResult.Done(View(work.Actor, takeover, review), takeover.Version, id);
    }

    private static IQueryable<Ranked> All(ScopedReadDbContext db) =>
        db.Set<Takeover>()
            .LeftJoin(
                db.Set<TakeoverReview>(),
                t => t.Id,
                r => r.TakeoverId,
                (t, r) =>
                    new Ranked
                    {
                        Takeover = t,
                        Review = r,
                        Rank =
                            r == null ? 1
                            : r.IsUpheld != null ? 2
                            : r.IsRight == false ? 0
                            : 2,
                    }
            );

    private static PartCursor<DateOnly> End(Ranked row) => new(row.Rank, row.Takeover.On, row.Takeover.Id);

    private static TakeoverView View(Actor actor, Takeover takeover, TakeoverReview? review) =>
        new(
            takeover.Id,
            takeover.StudentId,
            takeover.Name,
            takeover.Grade,
            takeover.ClassName,
            takeover.FromSchool,
            takeover.ToSchool,
            takeover.On,
            takeover.IsByList,
            takeover.Actor,
            takeover.At,
            review?.IsRight,
            review?.Reason,
            review?.Actor,
            review?.IsUpheld,
            review?.DecisionReason,
            review?.DecidedBy,
            (review?.IsUpheld is null || review.At is null)
                && actor.Holds(Reviewing, takeover.Scope)
                && !actor.Holds(Deciding, takeover.Scope),
            review?.IsUpheld is null && takeover.Actor != actor.Name && actor.Holds(Deciding, takeover.Scope),
            takeover.Version
        );

    private sealed class Ranked
    {
        internal required Takeover Takeover { get; init; }

        internal TakeoverReview? Review { get; init; }

        internal int Rank { get; init; }
    }
}
