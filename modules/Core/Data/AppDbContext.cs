using EduAssist.Kernel.Provisions;
using Microsoft.EntityFrameworkCore;
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
