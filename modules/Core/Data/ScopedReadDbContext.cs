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
        // as fields of the context they become parameters of the query, so that one compiled query serves every
        // reader with as many ranges
        audited;
    private SqliteConnection? watched;

    internal ScopedReadDbContext(DbContextOptions options, Database database, AccessScope access)
        : base(options, database)
    {
        (seen, audited) = (new(access), new(access.Audited));
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
    }

    /// <summary>
    /// EF keeps one model, and its compiled queries, for each number of ranges and schools: a handful, since most
    /// readers have one range.
    /// </summary>
    private protected override object ModelShape =>
        (seen.Ranges, seen.Schools, seen.IsWide, audited.Ranges, audited.IsWide);

    /// <summary>Whether the reader's place is a province, or everywhere.</summary>
    internal bool SeesAlmostAll => seen.IsWide;

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
        var (name, bounds) = reach == Reach.Audit ? (nameof(audited), audited) : (nameof(seen), seen);
        var fields = Expression.Field(Expression.Constant(this), name);
        return AnyOf(
            reach == Reach.ClassesOfSchool
                ? Around.Take(bounds.Schools).Select(school => Filled(school, place, fields))
                : Within
                    .Take(bounds.Ranges)
                    .Select(range =>
                        Filled(range, bounds.IsWide && Kind == DatabaseKind.Sqlite ? Beside(place) : place, fields)
                    )
        );
    }

    /// <summary>
    /// <c>row.Scope COLLATE RTRIM</c>, which no index has: what SQLite, which knows nothing of how many rows a range
    /// holds, would read whole and sort, it then reads in the order that is asked for. A scope has no blanks at its
    /// end, which is all that this collation passes over.
    /// </summary>
    private static MethodCallExpression Beside(Expression place) =>
        Expression.Call(
            typeof(RelationalDbFunctionsExtensions),
            nameof(RelationalDbFunctionsExtensions.Collate),
            [typeof(string)],
            Expression.Property(null, typeof(EF), nameof(EF.Functions)),
            place,
            Expression.Constant("RTRIM")
        );

    /// <summary>Whoever has no range sees no row: the filter is false, never missing.</summary>
    private static Expression AnyOf(IEnumerable<Expression> conditions) =>
        conditions.Aggregate((Expression?)null, (all, one) => all is null ? one : Expression.OrElse(all, one))
        ?? Expression.Constant(false);

    /// <summary>
    /// <c>row.Scope &gt;= seen.From0 &amp;&amp; row.Scope &lt; seen.To0</c>: each range of the access scope is a range
    /// of the index. Only those that the reader has are asked: beside an empty range, databases read the whole table.
    /// </summary>
    private static readonly IReadOnlyList<Expression<Func<string, Bounds, bool>>> Within =
    [
        (s, b) => s.CompareTo(b.From0) >= 0 && s.CompareTo(b.To0) < 0,
        (s, b) => s.CompareTo(b.From1) >= 0 && s.CompareTo(b.To1) < 0,
        (s, b) => s.CompareTo(b.From2) >= 0 && s.CompareTo(b.To2) < 0,
        (s, b) => s.CompareTo(b.From3) >= 0 && s.CompareTo(b.To3) < 0,
    ];

    /// <summary>
    /// A class sees the row of its own school, since lists show the school's name; the rows that belong to the school
    /// stay hidden from it.
    /// </summary>
    private static readonly IReadOnlyList<Expression<Func<string, Bounds, bool>>> Around =
    [
        (s, b) => s == b.School0,
        (s, b) => s == b.School1,
        (s, b) => s == b.School2,
        (s, b) => s == b.School3,
    ];

    /// <summary>
    /// A condition on a scope and the bounds, with the expressions of a query in the place of its two parameters.
    /// </summary>
    private static Expression Filled(
        Expression<Func<string, Bounds, bool>> condition,
        Expression scope,
        Expression bounds
    ) => new TableDeclaration.Replaced(condition.Parameters[1], bounds).Visit(TableDeclaration.From(condition, scope));

    /// <summary>
    /// The ranges of an access scope as single fields: EF makes a parameter of a field, not of an element of a list. A
    /// field that no range fills holds an empty range, and no school: a filter of another shape would hide rows, and
    /// show none.
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

        /// <summary>How many of the ranges there are, and how many of the schools.</summary>
        internal readonly int Ranges,
            Schools;

        /// <summary>Whether almost every row is seen: the reader's place is a province, or everywhere.</summary>
        internal readonly bool IsWide;

        internal Bounds(AccessScope access)
        {
            if (access.Ranges.Count > AccessScope.Most)
                throw new ArgumentOutOfRangeException(nameof(access), access.Ranges.Count, null);
            ((From0, To0), (From1, To1), (From2, To2), (From3, To3)) = (access[0], access[1], access[2], access[3]);
            List<string> schools =
            [
                .. access
                    .Ranges.Select(r => (r.From, School: ScopePath.SchoolOf(r.From)))
                    .Where(r => r.School != r.From)
                    .Select(r => r.School)
                    .Distinct(),
            ];
            (Ranges, Schools) = (access.Ranges.Count, schools.Count);
            IsWide = Ranges > 0 && access.Ranges.All(r => r.From.Length <= ProvinceDigits);
            string School(int n) => n < schools.Count ? schools[n] : NoSchool;
            (School0, School1, School2, School3) = (School(0), School(1), School(2), School(3));
        }

        private const string NoSchool = "\uffff";
        private const int ProvinceDigits = 2;
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
