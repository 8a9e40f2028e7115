using System.Text.Json;
using System.Text.Json.Nodes;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Data;

/// <summary>
/// The unit of work of one command: all of its changes are committed together, or none is. Made by
/// <see cref="CommandExecutor"/>.
/// </summary>
public sealed class UnitOfWork
{
    private static readonly string[] NeverSeeded =
    [
        nameof(ISeeded.SeedKey),
        nameof(ISeeded.Seeded),
        nameof(IScoped.Scope),
        "Version",
    ];

    /// <summary>
    /// Of reference data: more new rows, of a table that hangs on no other, go past the change tracker.
    /// </summary>
    private const int MostTracked = 500;

    internal UnitOfWork(PolicyContext policy, Database database, AppDbContext db, Actor actor)
        : this(policy, db, database.Keys, actor, policy.Today.Now) { }

    private UnitOfWork(PolicyContext policy, AppDbContext db, KeyRing keys, Actor actor, DateTimeOffset now) =>
        (Policy, Db, Keys, Actor, Now) = (policy, db, keys, actor, now);

    /// <summary>What is loaded and how it is read.</summary>
    public PolicyContext Policy { get; }

    /// <summary>
    /// The database, unfiltered: guards and effects need rows that the actor may not see, such as those that a quota
    /// counts.
    /// </summary>
    public AppDbContext Db { get; }

    /// <summary>Who acts.</summary>
    public Actor Actor { get; }

    /// <summary>The instant of the command: one for all that it does.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The day of <see cref="Now"/>.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.DateTime);

    /// <summary>Makes blind indexes.</summary>
    public KeyRing Keys { get; }

    /// <summary>A key for a new row; keys of later commands are greater.</summary>
    public Guid NewId() => Guid.CreateVersion7(Now);

    /// <summary>
    /// Adds a line to the audit. A command that is done without one is a fault of the program, and throws.
    /// </summary>
    /// <param name="action">Stable: <c>chuxiong.application/send</c>.</param>
    /// <param name="subject">The id of what it was done to.</param>
    /// <param name="scope">Where that belongs.</param>
    /// <param name="detail">More of it, without personal data.</param>
    /// <param name="by">The roles by which it was allowed; null: all that the actor has at the place.</param>
    public void Audit(string action, Guid? subject, string scope, string? detail = null, IEnumerable<Role>? by = null)
    {
        var acting = (Actor.IsProgram ? [] : by ?? Actor.RolesAt(scope)).ToHashSet();
        var roles = Policy.Roles.All.Where(acting.Contains).ToList();
        var entry = new AuditEntry
        {
            Id = NewId(),
            At = Now,
            Actor = Actor.Name,
            Action = action,
            Subject = subject,
            Scope = scope,
            Detail = detail,
            Role = roles.Count == 0 ? null : string.Join("、", roles.Select(r => r.Title)),
            Address = Actor.Address,
        };
        entry.Mac = AuditMac.OfEntry(Keys, entry);
        Db.Add(entry);
    }

    /// <summary>Adds a line at each of several places, so that whoever audits one of them sees it.</summary>
    /// <param name="action">Stable: <c>user/grant</c>.</param>
    /// <param name="subject">The id of what it was done to.</param>
    /// <param name="places">As <see cref="ScopePath"/> makes them; none: it lies at no place.</param>
    /// <param name="detail">More of it, without personal data.</param>
    /// <param name="by">
    /// The roles by which it was allowed, told where the actor has them; null: all of each place.
    /// </param>
    public void Audit(
        string action,
        Guid? subject,
        IEnumerable<string> places,
        string? detail = null,
        IEnumerable<Role>? by = null
    )
    {
        var acting = by?.ToHashSet();
        foreach (var place in places.DefaultIfEmpty("").Distinct())
            Audit(action, subject, place, detail, acting is null ? null : Actor.RolesAt(place).Where(acting.Contains));
    }

    /// <summary>
    /// Inserts and updates reference data. A missing row is added. A column that still holds the value that was seeded
    /// last takes the new one; one that a user changed stays. Rows that are no longer given stay.
    /// </summary>
    /// <param name="rows">With their <see cref="ISeeded.SeedKey"/>s.</param>
    /// <returns>How many rows were added or changed.</returns>
    public async Task<int> SeedAsync<T>(IEnumerable<T> rows)
        where T : class, ISeeded
    {
        ArgumentNullException.ThrowIfNull(rows);
        // Each start asks this of thousands of divisions that are as they were: only what differs is loaded whole.
        var there = await Db.Set<T>()
            .Where(r => r.SeedKey != null)
            .ToDictionaryAsync(r => r.SeedKey!, r => r.Seeded, StringComparer.Ordinal);
        List<T> added = [];
        var changed = 0;
        foreach (var row in rows)
        {
            var given = Columns(Db.Entry(row));
            var text = given.ToJsonString();
            if (!there.TryGetValue(row.SeedKey!, out var seeded))
            {
                row.Seeded = text;
                added.Add(row);
                continue;
            }

            if (seeded == text)
                continue;
            var last = JsonNode.Parse(seeded!)!.AsObject();
            if (JsonNode.DeepEquals(last, given))
                continue;
            var old = await Db.Set<T>().SingleAsync(r => r.SeedKey == row.SeedKey);
            var now = Columns(Db.Entry(old));
            foreach (
                var column in given
                    .Where(c => Same(now[c.Key], last[c.Key]) && !Same(c.Value, last[c.Key]))
                    .Select(c => c.Key)
            )
                Db.Entry(old).Property(column).CurrentValue = Db.Entry(row).Property(column).CurrentValue;
            old.Seeded = text;
            changed++;
        }

        if (added.Count > MostTracked && !Db.Model.FindEntityType(typeof(T))!.GetForeignKeys().Any())
            await Db.InsertAllAsync(added);
        else
            Db.AddRange(added);
        changed += added.Count;
        SeededRows += changed;
        return changed;
    }

    /// <summary>How many rows <see cref="SeedAsync"/> added or changed, whichever way they were written.</summary>
    internal int SeededRows { get; private set; }

    /// <summary>The same unit of work at another instant: the demo tells of weeks in one command.</summary>
    internal UnitOfWork At(DateTimeOffset now) => new(Policy, Db, Keys, Actor, now);

    /// <summary>The same unit of work by somebody else: in the demo one files what another confirms.</summary>
    internal UnitOfWork By(Actor actor) => new(Policy, Db, Keys, actor, Now);

    private static bool Same(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);

    private static JsonObject Columns(Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry entry) =>
        new(
            entry
                .Properties.Where(p =>
                    !p.Metadata.IsKey() && !p.Metadata.IsForeignKey() && !NeverSeeded.Contains(p.Metadata.Name)
                )
                .Select(p =>
                    KeyValuePair.Create(
                        p.Metadata.Name,
                        JsonSerializer.SerializeToNode(p.CurrentValue, p.Metadata.ClrType)
                    )
                )
        );
}
