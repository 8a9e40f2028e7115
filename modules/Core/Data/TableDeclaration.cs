using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduAssist.Data;

/// <summary>From which access scopes a row is seen whose column holds a scope.</summary>
public enum Reach
{
    /// <summary>From the scope itself and from every one that it lies in: a school's row from its county.</summary>
    Sight,

    /// <summary>As <see cref="Sight"/>, but only by those who may read the audit there.</summary>
    Audit,

    /// <summary>From the classes of a school: the column holds the scope of the school.</summary>
    ClassesOfSchool,
}

/// <summary>What becomes of the former versions of a table's rows.</summary>
internal enum Past
{
    /// <summary>Not declared; that stops the start.</summary>
    Unsaid,

    /// <summary>Every change keeps the former version.</summary>
    Kept,

    /// <summary>Rows are only added, each with its instant.</summary>
    AppendOnly,

    /// <summary>Rows never change.</summary>
    Constant,

    /// <summary>Former versions are gone, and nobody may ask for them.</summary>
    NotKept,
}

/// <summary>
/// What a table says of itself beside its columns: who sees its rows, whom they concern, what becomes of their past.
/// What it leaves open stops the start (<see cref="TableChecks"/>).
/// </summary>
internal sealed class TableDeclaration
{
    private const string Annotation = "EduAssist:Table";

    /// <summary>The columns that hold the places of a row, and from where each is seen.</summary>
    internal List<(Reach Reach, LambdaExpression Column)> Places { get; } = [];

    /// <summary>The links to rows with which a row is seen.</summary>
    internal List<LambdaExpression> Links { get; } = [];

    /// <summary>Why everybody sees its rows; null: not everybody does.</summary>
    internal string? Public { get; set; }

    /// <summary>Why no reader sees its rows; null: readers may.</summary>
    internal string? Hidden { get; set; }

    /// <summary>The id of the person whose row it is.</summary>
    internal LambdaExpression? Concerns { get; set; }

    /// <summary>The id of another person whom the row concerns as well.</summary>
    internal LambdaExpression? ConcernsToo { get; set; }

    /// <summary>Why its personal columns are nobody's.</summary>
    internal string? ConcernsNobody { get; set; }

    /// <summary>The text columns that are not personal.</summary>
    internal HashSet<string> Harmless { get; } = new(StringComparer.Ordinal);

    /// <summary>What becomes of its past.</summary>
    internal Past Past { get; set; }

    /// <summary>Of a table whose past is <see cref="Past.AppendOnly"/>: the column with a row's instant.</summary>
    internal LambdaExpression? Instant { get; set; }

    /// <summary>Why its past is <see cref="Past.NotKept"/>.</summary>
    internal string? NotKept { get; set; }

    /// <summary>
    /// Why a row that one command made stays, when that is taken back and others use it; null: it does not.
    /// </summary>
    internal string? Shared { get; set; }

    /// <summary>Whether it says who sees it.</summary>
    internal bool SaysWhoSees => IsVisible || Public is not null || Hidden is not null;

    /// <summary>Whether its rows are seen by some and not by others.</summary>
    internal bool IsVisible => Places.Count + Links.Count > 0;

    /// <summary>What a table has declared; null: nothing.</summary>
    internal static TableDeclaration? Find(IReadOnlyAnnotatable entity) =>
        entity.FindAnnotation(Annotation)?.Value as TableDeclaration;

    internal void Put(EntityTypeBuilder table) => table.HasAnnotation(Annotation, this);

    /// <summary>
    /// The members of a path from the row on: <c>x =&gt; x.Case.StudentId</c> gives <c>Case</c>, <c>StudentId</c>.
    /// Null: the expression is no path.
    /// </summary>
    internal static IReadOnlyList<string>? Steps(LambdaExpression path)
    {
        List<string> steps = [];
        var at = Bare(path.Body);
        for (; at is MemberExpression member; at = Bare(member.Expression!))
            steps.Insert(0, member.Member.Name);
        return at == path.Parameters[0] && steps.Count > 0 ? steps : null;
    }

    /// <summary>
    /// The path applied to another row: <c>x =&gt; x.Scope</c> and the row <c>event.Case</c> give
    /// <c>event.Case.Scope</c>.
    /// </summary>
    internal static Expression From(LambdaExpression path, Expression row) =>
        new Replaced(path.Parameters[0], row).Visit(path.Body);

    private static Expression Bare(Expression value) =>
        value is UnaryExpression { NodeType: ExpressionType.Convert } converted ? converted.Operand : value;

    /// <summary>Replaces one part of an expression by another.</summary>
    internal sealed class Replaced(Expression what, Expression by) : ExpressionVisitor
    {
        [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(node))]
        public override Expression? Visit(Expression? node) => node == what ? by : base.Visit(node);
    }
}
