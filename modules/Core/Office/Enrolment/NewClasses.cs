using System.Text.Json.Serialization.Metadata;
using EduAssist.Data;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using EduAssist.Office.Users;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.Enrolment;

/// <summary>A part of the classes that lists have made.</summary>
/// <param name="Classes">The latest first.</param>
/// <param name="Next">After which the next part begins; null: this is the last.</param>
public sealed record NewClassPart(IReadOnlyList<NewClassView> Classes, string? Next) : IContract<NewClassPart>
{
    static JsonTypeInfo<NewClassPart> IContract<NewClassPart>.Contract => EnrolmentJson.Default.NewClassPart;
}

/// <summary>A class that a list made.</summary>
/// <param name="Id">Of the class.</param>
/// <param name="School">Its school.</param>
/// <param name="Grade">1 to 9.</param>
/// <param name="Name">As the list wrote it.</param>
/// <param name="SchoolYear">The year in which its school year begins.</param>
/// <param name="Pupils">On the roll, in this class.</param>
/// <param name="Teachers">The users who are its class teachers; none: nobody sees its pupils as theirs.</param>
/// <param name="MadeAt">When the list came in.</param>
/// <param name="MadeBy">Who brought it.</param>
/// <param name="Others">The other classes of its grade, those that are like it first.</param>
/// <param name="CanMerge">Whether whoever asks may merge it into another one.</param>
/// <param name="Version">The ETag.</param>
public sealed record NewClassView(
    Guid Id,
    string School,
    int Grade,
    string Name,
    int SchoolYear,
    int Pupils,
    IReadOnlyList<string> Teachers,
    DateTimeOffset MadeAt,
    string MadeBy,
    IReadOnlyList<OtherClass> Others,
    bool CanMerge,
    long Version
) : IContract<NewClassView>
{
    static JsonTypeInfo<NewClassView> IContract<NewClassView>.Contract => EnrolmentJson.Default.NewClassView;
}

/// <summary>Another class of the same grade.</summary>
/// <param name="Id">Of the class.</param>
/// <param name="Name">As the school calls it.</param>
/// <param name="Pupils">On the roll, in this class.</param>
/// <param name="IsAlike">Whether both names bear the same number.</param>
public sealed record OtherClass(Guid Id, string Name, int Pupils, bool IsAlike);

/// <summary>
/// The classes of the school year that lists have made (本学年名单新建的班级): a slip of the pen makes one, and its pupils are
/// out of sight of their class teacher.
/// </summary>
public static class NewClasses
{
    /// <summary>How many are told at a time.</summary>
    public const int AtOnce = 50;

    /// <summary>A part of those that the reader sees.</summary>
    /// <param name="db">What the reader may see.</param>
    /// <param name="all">The database, for the users, of whom a reader sees none but the class teacher here.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="today">The day of the school year that is asked for.</param>
    /// <param name="after">Where the part before ended; null: from the beginning.</param>
    public static async Task<NewClassPart> ListAsync(
        ScopedReadDbContext db,
        AppDbContext all,
        Actor actor,
        DateOnly today,
        PartCursor<DateTimeOffset>? after = null
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        var year = SchoolYear.Of(today).Start;
        var classes = db.Set<SchoolClass>().Where(g => g.Origin == ClassOrigin.List && g.SchoolYear == year);
        if (after is var (_, made, id))
        {
            var at = made.ToUniversalTime();
            classes = classes.Where(g => RowValues.Before(g.MadeAt, g.Id, at, id));
        }

        var found = await classes
            .OrderByDescending(g => g.MadeAt)
            .ThenByDescending(g => g.Id)
            .Take(AtOnce + 1)
            .ToListAsync();
        return new(
            await ViewAsync(db, all, actor, [.. found.Take(AtOnce)]),
            found.Count > AtOnce ? $"{End(found[AtOnce - 1])}" : null
        );
    }

    /// <summary>One of them; null: the reader sees none.</summary>
    public static async Task<NewClassView?> FindAsync(ScopedReadDbContext db, AppDbContext all, Actor actor, Guid id)
    {
        ArgumentNullException.ThrowIfNull(db);
        return
            await db.Set<SchoolClass>().SingleOrDefaultAsync(g => g.Id == id && g.Origin == ClassOrigin.List)
                is { } found
            ? (await ViewAsync(db, all, actor, [found])).Single()
            : null;
    }

    private static PartCursor<DateTimeOffset> End(SchoolClass last) => new(0, last.MadeAt ?? default, last.Id);

    private static async Task<IReadOnlyList<NewClassView>> ViewAsync(
        ScopedReadDbContext db,
        AppDbContext all,
        Actor actor,
        IReadOnlyList<SchoolClass> classes
    )
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(actor);
        var schools = classes.Select(g => g.SchoolId).Distinct().ToList();
        var years = classes.Select(g => g.SchoolYear).Distinct().ToList();
        var near = await db.Set<SchoolClass>()
            .Where(g => schools.Contains(g.SchoolId) && years.Contains(g.SchoolYear))
            .Select(g => new
            {
                Class = g,
                School = g.School.Name,
                Pupils = db.Set<Roll>()
                    .Count(r => r.Scope == g.Scope && (r.State == RollState.OnRoll || r.State == RollState.Suspended)),
            })
            .ToListAsync();
        var places = classes.Select(g => g.Scope).ToList();
        var teachers = (
            await all.Set<StoredGrant>()
                .Where(g => g.Role == Role.Teacher.Name && places.Contains(g.Scope))
                .Join(all.Set<User>(), g => g.UserId, u => u.Id, (g, u) => new { g.Scope, u.Name })
                .ToListAsync()
        ).ToLookup(g => g.Scope, g => g.Name);
        return
        [
            .. from one in classes
            let self = near.Single(n => n.Class.Id == one.Id)
            select new NewClassView(
                one.Id,
                self.School,
                one.Grade,
                one.Name,
                one.SchoolYear,
                self.Pupils,
                [.. teachers[one.Scope].Order(StringComparer.Ordinal)],
                one.MadeAt ?? default,
                one.MadeBy ?? "",
                [
                    .. near.Where(n =>
                            n.Class.Id != one.Id
                            && (n.Class.SchoolId, n.Class.SchoolYear, n.Class.Grade)
                                == (one.SchoolId, one.SchoolYear, one.Grade)
                        )
                        .Select(n => new OtherClass(
                            n.Class.Id,
                            n.Class.Name,
                            n.Pupils,
                            ClassNames.AreAlike(one.Name, n.Class.Name, one.Grade)
                        ))
                        .OrderByDescending(o => o.IsAlike)
                        .ThenBy(o => o.Name, StringComparer.Ordinal),
                ],
                actor.Holds(ClassMerge.By, one.Scope),
                one.Version
            ),
        ];
    }
}
