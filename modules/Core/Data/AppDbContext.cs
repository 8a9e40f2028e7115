using System.Data.Common;
using EduAssist.Kernel.Provisions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

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

    /// <summary>What else the model depends on; null: nothing.</summary>
    private protected virtual object? ModelShape => null;

    /// <summary>What is written down of everything that is changed; null: nothing.</summary>
    internal ChangeJournal? Journal { get; set; }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        if (Journal is not { } journal)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        var changes = ChangeJournal.Look(ChangeTracker);
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        await journal.RecordAsync(changes);
        return saved;
    }

    /// <summary>
    /// Updates rows by one statement, past the change tracker; what each was is written down where a journal is kept.
    /// </summary>
    /// <param name="rows">Which.</param>
    /// <param name="update">The statement.</param>
    internal async Task<int> UpdateAsync<T>(IQueryable<T> rows, Func<IQueryable<T>, Task<int>> update)
        where T : class
    {
        if (Journal is not { } journal)
            return await update(rows);
        var entity = Model.FindEntityType(typeof(T))!;
        var before = RowImage
            .OfAll(entity, await rows.AsNoTracking().ToListAsync())
            .ToDictionary(r => RowImage.KeyOf(entity, r), StringComparer.Ordinal);
        journal.IsAsked = true;
        var updated = await update(rows);
        journal.IsAsked = false;
        var after = await RowImage.ReadAsync(this, entity, before.Keys);
        await journal.RecordAsync(
            entity,
            [.. before.Select(r => ((object?[]?)r.Value, after.GetValueOrDefault(r.Key)))]
        );
        return updated;
    }

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
    /// Sees statements that change many rows past the change tracker and past <see cref="UpdateAsync"/>: a journal that
    /// did not write them down says so, and its set is not taken back.
    /// </summary>
    internal sealed class MissedChanges : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            if (
                eventData.CommandSource is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete
                && eventData.Context is AppDbContext { Journal: { IsAsked: false } journal }
            )
                journal.Missed();
            return ValueTask.FromResult(result);
        }
    }

    /// <summary>
    /// EF keeps one model for a class of context unless it is told what else the model depends on: here the set of
    /// tables, the keys, which the converters of encrypted columns hold, and the shape of the filter of a reader.
    /// </summary>
    private sealed class TablesAndKeys : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime)
        {
            var home = ((AppDbContext)context).Home;
            home = home.ModelTemplate ?? home;
            return (context.GetType(), home.Tables, home.Keys, ((AppDbContext)context).ModelShape, designTime);
        }
    }
}
