using System.Linq.Expressions;
using EduAssist.Kernel.Access;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SQLitePCL;

namespace EduAssist.Data;

/// <summary>
/// The database as one reader may see it: a query filter on every table leaves out the rows outside of the reader's
/// <see cref="AccessScope"/>, so they are missing from rows, counts and sums alike. Listings, pages, exports and
/// indicators read through it.
/// </summary>
public sealed class ScopedReadDbContext : AppDbContext
{
    private const int StepsBetweenLooks = 10_000;

    private readonly Bounds seen,
        // as fields of the context they become parameters of the query, so that one compiled query serves every reader
        audited;
    private SqliteConnection? watched;

    internal ScopedReadDbContext(DbContextOptions options, Database database, AccessScope access)
        : base(options, database)
    {
        (seen, audited) = (new(access), new(access.Audited));
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
    }

    /// <summary>Which database it is.</summary>
    public DatabaseKind Kind => Home.Kind;

    /// <summary>
    /// Interrupts the queries of this reader when the token is cancelled. Npgsql cancels on the token that a query is
    /// given; SQLite runs in our process and heeds no token, so its progress handler asks for it.
    /// </summary>
    public void EndWith(CancellationToken over)
    {
        if (Database.GetDbConnection() is not SqliteConnection connection)
            return;
        Database.OpenConnection();
        watched = connection;
        raw.sqlite3_progress_handler(
            connection.Handle,
            StepsBetweenLooks,
            _ => over.IsCancellationRequested ? 1 : 0,
            null
        );
    }

    /// <summary>Which fault of a query made the database fail; null: the query is not the cause.</summary>
    public static ReadFault? FaultOf(Exception failed) =>
        failed switch
        {
            OperationCanceledException
            or SqliteException { SqliteErrorCode: raw.SQLITE_INTERRUPT }
            or Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.QueryCanceled } => ReadFault.TimeOver,
            Npgsql.PostgresException { SqlState: ['2', '2', ..] }
            or SqliteException { SqliteErrorCode: raw.SQLITE_ERROR } => ReadFault.NotComputable,
            _ => null,
        };

    /// <inheritdoc/>
    public override void Dispose()
    {
        Unwatch();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        Unwatch();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    /// <summary>
    /// Removes the progress handler: the connection goes back to a pool, and the next user must not inherit it.
    /// </summary>
    private void Unwatch()
    {
        if (watched is { State: System.Data.ConnectionState.Open })
            raw.sqlite3_progress_handler(watched.Handle, 0, null, null);
        watched = null;
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes().ToList())
        {
            var row = Expression.Parameter(entity.ClrType, "row");
            if (VisibilityFilter(entity, row) is { } seen)
                entity.SetQueryFilter(Expression.Lambda(seen, row));
        }
    }

    /// <summary>
    /// Whether a row is seen, as its table declares it: <c>VisibleBy(c =&gt; c.Scope, c =&gt; c.Handler)</c> becomes
    /// <c>Within(row.Scope) || Within(row.Handler)</c>, and <c>VisibleThrough(e =&gt; e.Case)</c> the same of
    /// <c>row.Case</c>. Null: everybody sees it. A table that declares nothing is seen by nobody.
    /// </summary>
    private Expression? VisibilityFilter(IReadOnlyEntityType entity, Expression row) =>
        TableDeclaration.Find(entity) switch
        {
            { Public: not null } => null,
            { IsVisible: true } table => table
                .Places.Select(p => VisibilityFilter(p.Reach, TableDeclaration.From(p.Column, row)))
                .Concat(
                    table.Links.Select(link =>
                        VisibilityFilter(
                            entity.Model.FindEntityType(link.ReturnType)!,
                            TableDeclaration.From(link, row)
                        )!
                    )
                )
                .Aggregate(Expression.OrElse),
            _ => Expression.Constant(false),
        };

    private Expression VisibilityFilter(Reach reach, Expression place)
    {
        var bounds = Expression.Field(Expression.Constant(this), reach == Reach.Audit ? nameof(audited) : nameof(seen));
        return reach == Reach.ClassesOfSchool ? Around(place, bounds) : Within(place, bounds);
    }

    /// <summary>
    /// <c>row.Scope &gt;= seen.From0 &amp;&amp; row.Scope &lt; seen.To0 || …</c>: each range of the access scope is a
    /// range of the index.
    /// </summary>
    private static Expression Within(Expression scope, Expression bounds)
    {
        Expression<Func<string, Bounds, bool>> range = (s, b) =>
            (s.CompareTo(b.From0) >= 0 && s.CompareTo(b.To0) < 0)
            || (s.CompareTo(b.From1) >= 0 && s.CompareTo(b.To1) < 0)
            || (s.CompareTo(b.From2) >= 0 && s.CompareTo(b.To2) < 0)
            || (s.CompareTo(b.From3) >= 0 && s.CompareTo(b.To3) < 0);
        return Filled(range, scope, bounds);
    }

    /// <summary>
    /// A class sees the row of its own school, since lists show the school's name; the rows that belong to the school
    /// stay hidden from it. <c>s == b.School0 || s == b.School1 || …</c>
    /// </summary>
    private static Expression Around(Expression scope, Expression bounds) =>
        Filled((s, b) => s == b.School0 || s == b.School1 || s == b.School2 || s == b.School3, scope, bounds);

    /// <summary>
    /// A condition on a scope and the bounds, with the expressions of a query in the place of its two parameters.
    /// </summary>
    private static Expression Filled(
        Expression<Func<string, Bounds, bool>> condition,
        Expression scope,
        Expression bounds
    ) => new TableDeclaration.Replaced(condition.Parameters[1], bounds).Visit(TableDeclaration.From(condition, scope));

    /// <summary>
    /// The ranges of an access scope as single fields: EF makes a parameter of a field, not of an element of a list.
    /// Ranges that are not used are empty.
    /// </summary>
    private sealed class Bounds
    {
        internal readonly string From0,
            To0,
            From1,
            To1,
            From2,
            To2,
            From3,
            To3,
            School0,
            School1,
            School2,
            School3;

        internal Bounds(AccessScope access)
        {
            if (access.Ranges.Count > AccessScope.Most)
                throw new ArgumentOutOfRangeException(nameof(access), access.Ranges.Count, null);
            ((From0, To0), (From1, To1), (From2, To2), (From3, To3)) = (access[0], access[1], access[2], access[3]);
            (School0, School1, School2, School3) = (
                SchoolAround(From0),
                SchoolAround(From1),
                SchoolAround(From2),
                SchoolAround(From3)
            );
        }

        /// <summary>The school of a class; of anything else, also of a range that holds nothing, no school.</summary>
        private static string SchoolAround(string from) =>
            ScopePath.SchoolOf(from) is var school && school != from ? school : "\uffff";
    }
}

/// <summary>Why a question was not answered.</summary>
public enum ReadFault
{
    /// <summary>The time of the query was over.</summary>
    TimeOver,

    /// <summary>A number left the range of its type: an overflow, a division by zero.</summary>
    NotComputable,
}
