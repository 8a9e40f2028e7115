using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Data;

/// <summary>
/// Columns compared with values as one row, <c>(a, b) &gt; (v, w)</c>: by the first pair that differs. Both databases
/// answer it from an index that has the columns in that order; LINQ has no operator for it. Only for queries: called in
/// memory it throws.
/// </summary>
public static class RowValues
{
    /// <summary>The most columns of a row.</summary>
    public const int Most = 4;

    /// <summary>Whether (a, b) comes after (v, w).</summary>
    public static bool After<TA, TB>(TA a, TB b, TA v, TB w) => throw Outside();

    /// <inheritdoc cref="After{TA, TB}"/>
    public static bool After<TA, TB, TC>(TA a, TB b, TC c, TA v, TB w, TC x) => throw Outside();

    /// <inheritdoc cref="After{TA, TB}"/>
    public static bool After<TA, TB, TC, TD>(TA a, TB b, TC c, TD d, TA v, TB w, TC x, TD y) => throw Outside();

    /// <summary>Whether (a, b) comes before (v, w).</summary>
    public static bool Before<TA, TB>(TA a, TB b, TA v, TB w) => throw Outside();

    /// <inheritdoc cref="Before{TA, TB}"/>
    public static bool Before<TA, TB, TC>(TA a, TB b, TC c, TA v, TB w, TC x) => throw Outside();

    /// <inheritdoc cref="Before{TA, TB}"/>
    public static bool Before<TA, TB, TC, TD>(TA a, TB b, TC c, TD d, TA v, TB w, TC x, TD y) => throw Outside();

    internal static void AddTo(DbContextOptionsBuilder builder) =>
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(new Extension());

    private static InvalidOperationException Outside() => new("Rows are compared by the database.");

    private sealed class Translation(ISqlExpressionFactory sql, IRelationalTypeMappingSource types)
        : IMethodCallTranslator
    {
        private readonly RelationalTypeMapping flag = types.FindMapping(typeof(bool))!;

        public SqlExpression? Translate(
            SqlExpression? instance,
            MethodInfo method,
            IReadOnlyList<SqlExpression> arguments,
            IDiagnosticsLogger<DbLoggerCategory.Query> logger
        )
        {
            if (method.DeclaringType != typeof(RowValues))
                return null;
            List<SqlExpression> columns =
            [
                .. arguments.Take(arguments.Count / 2).Select(sql.ApplyDefaultTypeMapping).OfType<SqlExpression>(),
            ];
            var values = arguments
                .Skip(columns.Count)
                .Select((value, i) => sql.ApplyTypeMapping(value, columns[i].TypeMapping)!);
            return new SqlBinaryExpression(
                method.Name == nameof(After)
                    ? System.Linq.Expressions.ExpressionType.GreaterThan
                    : System.Linq.Expressions.ExpressionType.LessThan,
                Row(columns),
                Row(values),
                typeof(bool),
                flag
            );
        }

        /// <summary>
        /// <c>(a, b)</c>: EF has no expression for a row value, so it is written as a function with an empty name.
        /// </summary>
        private SqlFunctionExpression Row(IEnumerable<SqlExpression> cells)
        {
            SqlExpression[] row = [.. cells];
            return new("", row, nullable: true, row.Select(_ => false), typeof(bool), flag);
        }
    }

    private sealed class Plugin(ISqlExpressionFactory sql, IRelationalTypeMappingSource types)
        : IMethodCallTranslatorPlugin
    {
        public IEnumerable<IMethodCallTranslator> Translators { get; } = [new Translation(sql, types)];
    }

    private sealed class Extension : IDbContextOptionsExtension
    {
        public DbContextOptionsExtensionInfo Info => new Description(this);

        public void ApplyServices(IServiceCollection services) =>
            new EntityFrameworkRelationalServicesBuilder(services).TryAdd<IMethodCallTranslatorPlugin, Plugin>();

        public void Validate(IDbContextOptions options) { }
    }

    private sealed class Description(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is Description;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) { }
    }
}
