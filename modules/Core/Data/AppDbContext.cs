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
/// The one database of an instance: Core's tables and those of the loaded modules. Unfiltered: it is what an <see cref="UnitOfWork"/> works on, since a count
/// over what somebody may see would let a quota overflow.
/// </summary>
public class AppDbContext : DbContext
{
    private const string Encrypted = "EduAssist:Encrypted";

    internal AppDbContext(DbContextOptions options, Database database)
        : base(options) => Home = database;

    /// <summary>Where it is.</summary>
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
        optionsBuilder.ReplaceService<IModelCacheKeyFactory, OneModelADatabase>();
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
        HashSet<IMutableEntityType> declared = [];
        List<string> problems = [];
        foreach (var (module, entities) in Home.Entities)
        {
            entities.Map(modelBuilder);
            var added = modelBuilder
                .Model.GetEntityTypes()
                .Where(e => TableDeclaration.Find(e) is not null && declared.Add(e));
            problems.AddRange(added.SelectMany(e => TableChecks.NameProblems(e, module)));
        }

        problems.AddRange(TableChecks.Problems(modelBuilder.Model));
        if (problems.Count > 0)
            throw new StartupException(problems);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).ToList())
            if (PurposeOf(property) is { } purpose)
                property.SetValueConverter(EncryptedColumn(property, purpose));
        if (Home.Kind != DatabaseKind.PostgreSql)
            return;
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(IsText))
            property.SetCollation(ModuleMigration.Ordinal);
    }

    /// <summary>What is encrypted is bound to its column: moved to another, it cannot be read.</summary>
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

    /// <summary>Whether the database holds it as text, whatever it is here.</summary>
    private static bool IsText(IMutableProperty property) =>
        (property.GetValueConverter()?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType)
        == typeof(string);

    /// <summary>Instants in whole milliseconds of UTC: both databases hold and order them alike.</summary>
    private sealed class Instant()
        : ValueConverter<DateTimeOffset, DateTime>(
            instant => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds()).UtcDateTime,
            stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc))
        );

    private sealed class OneModelADatabase : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) =>
            (context.GetType(), ((AppDbContext)context).Home.ModelTemplate ?? ((AppDbContext)context).Home, designTime);
    }
}

/// <summary>The database as one reader may see it: nothing outside of that sight exists, in rows, counts and sums alike. For listings, pages, exports and indicators.</summary>
public sealed class ScopedReadDbContext : AppDbContext
{
    private const int StepsBetweenLooks = 10_000;

    private readonly Bounds seen,
        audited; // fields become parameters of the query: one plan for every reader
    private SqliteConnection? watched;

    internal ScopedReadDbContext(DbContextOptions options, Database database, AccessScope access)
        : base(options, database)
    {
        (seen, audited) = (new(access), new(access.Audited));
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
    }

    /// <summary>Which database it is.</summary>
    public DatabaseKind Kind => Home.Kind;

    /// <summary>Ends whatever this reader asks for when its time is over. PostgreSQL heeds the token that a query is given; SQLite must be watched from within.</summary>
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

    /// <summary>Why the database did not answer, where that lies in what was asked; null: it lies elsewhere.</summary>
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

    /// <summary>The connection goes back to a pool.</summary>
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
    /// Whether a row is seen, as its table declares it. Null: by everybody. What declares nothing is seen by nobody.
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

    private static Expression Within(Expression scope, Expression bounds)
    {
        Expression<Func<string, Bounds, bool>> range = (s, b) =>
            (s.CompareTo(b.From0) >= 0 && s.CompareTo(b.To0) < 0)
            || (s.CompareTo(b.From1) >= 0 && s.CompareTo(b.To1) < 0)
            || (s.CompareTo(b.From2) >= 0 && s.CompareTo(b.To2) < 0)
            || (s.CompareTo(b.From3) >= 0 && s.CompareTo(b.To3) < 0);
        return Filled(range, scope, bounds);
    }

    /// <summary>Of the row of a school alone: nothing else of it is seen from a class.</summary>
    private static Expression Around(Expression scope, Expression bounds) =>
        Filled((s, b) => s == b.School0 || s == b.School1 || s == b.School2 || s == b.School3, scope, bounds);

    private static Expression Filled(
        Expression<Func<string, Bounds, bool>> condition,
        Expression scope,
        Expression bounds
    ) => new TableDeclaration.Replaced(condition.Parameters[1], bounds).Visit(TableDeclaration.From(condition, scope));

    /// <summary>The ranges of a sight, one by one.</summary>
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
    /// <summary>It took too long.</summary>
    TimeOver,

    /// <summary>A number left its range.</summary>
    NotComputable,
}

/// <summary>Words for <see cref="IEntities.Map"/>.</summary>
public static class Mapping
{
    /// <summary>The column is encrypted (AES-256-GCM); it can be neither searched nor sorted.</summary>
    /// <param name="property">The column.</param>
    /// <param name="purpose">
    /// What it is bound to: <c>Student.Phone</c>. It is authenticated with every value, so it stays as it is, however class and property are called later.
    /// </param>
    public static PropertyBuilder<T> IsEncrypted<T>(this PropertyBuilder<T> property, string purpose)
    {
        AppDbContext.Encrypt(property, purpose);
        return property;
    }
}
