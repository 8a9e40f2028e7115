using System.Linq.Expressions;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Provisions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SQLitePCL;

namespace EduAssist.Data;

/// <summary>
/// The one database of an instance: Core's tables and those of the loaded modules. Unfiltered: a
/// <see cref="UnitOfWork"/> works on it, because a quota counts the rows of everybody, not only those that the actor
/// may see.
/// </summary>
public class AppDbContext : DbContext
{
    private const string Encrypted = "EduAssist:Encrypted";

    internal AppDbContext(DbContextOptions options, Database database)
        : base(options) => Home = database;

    /// <summary>Which database it is, its tables and its keys.</summary>
    private protected Database Home { get; }

    /// <summary>Marks a column as encrypted.</summary>
    internal static void Encrypt(PropertyBuilder property, string purpose) =>
        property.HasAnnotation(Encrypted, purpose);

    /// <summary>What a column is encrypted for; null: it is not.</summary>
    internal static string? PurposeOf(IReadOnlyProperty property) =>
        property.FindAnnotation(Encrypted)?.Value as string;

    /// <inheritdoc/>
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        optionsBuilder.ReplaceService<IModelCacheKeyFactory, TablesAndKeys>();
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Instant>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        List<string> problems = [];
        foreach (var module in Home.Tables)
        foreach (var table in module.Tables)
            problems.AddRange(
                table.AddTo(modelBuilder) is { } added
                    ? TableChecks.NameProblems(added, module.Module)
                    : [$"{table.Row.Name} 由两个 Table<{table.Row.Name}> 声明：请去掉一个。"]
            );
        problems.AddRange(TableChecks.Problems(modelBuilder.Model));
        if (problems.Count > 0)
            throw new OperatorException(problems);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).ToList())
            if (PurposeOf(property) is { } purpose)
                property.SetValueConverter(EncryptedColumn(property, purpose));
        if (Home.Kind != DatabaseKind.PostgreSql)
            return;
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(IsText))
            property.SetCollation(ModuleMigration.Ordinal);
    }

    /// <summary>
    /// Encrypts and decrypts one column. Its purpose is authenticated with each value, so a value that is copied to
    /// another column cannot be decrypted there.
    /// </summary>
    private ValueConverter EncryptedColumn(IMutableProperty property, string column)
    {
        var keys = Home.Keys;
        return property.ClrType == typeof(byte[])
            ? new ValueConverter<byte[], byte[]>(
                plain => keys.Encrypt(plain, column),
                cipher => keys.Decrypt(cipher, column)
            )
            : new ValueConverter<string, byte[]>(
                plain => keys.EncryptText(plain, column),
                cipher => keys.DecryptText(cipher, column)
            );
    }

    /// <summary>Whether the column is stored as text, whatever its type in .NET: an enumeration is.</summary>
    private static bool IsText(IMutableProperty property) =>
        (property.GetValueConverter()?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType)
        == typeof(string);

    /// <summary>Instants in whole milliseconds of UTC: both databases hold and order them alike.</summary>
    private sealed class Instant()
        : ValueConverter<DateTimeOffset, DateTime>(
            instant => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds()).UtcDateTime,
            stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc))
        );

    /// <summary>
    /// EF keeps one model for a class of context unless it is told what else the model depends on: here the set of
    /// tables, and the keys, which the converters of encrypted columns hold.
    /// </summary>
    private sealed class TablesAndKeys : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime)
        {
            var home = ((AppDbContext)context).Home;
            home = home.ModelTemplate ?? home;
            return (context.GetType(), home.Tables, home.Keys, designTime);
        }
    }
}

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
