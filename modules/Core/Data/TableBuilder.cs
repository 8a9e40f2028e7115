using System.Linq.Expressions;
using EduAssist.Data.Privacy;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduAssist.Data;

/// <summary>
/// The words of a <see cref="Table{TRow}"/>: what it is called, who sees a row (one of <c>VisibleBy</c>,
/// <c>VisibleThrough</c>, <c>Public</c>, <c>Hidden</c>), whom it concerns, which columns are personal and which texts
/// are not, what becomes of its past, and its keys, links and indexes.
/// </summary>
/// <typeparam name="TRow">The class of a row.</typeparam>
public sealed class TableBuilder<TRow>
    where TRow : class
{
    private readonly TableDeclaration declaration = new();

    internal TableBuilder(EntityTypeBuilder<TRow> entity)
    {
        (Entity, IsNew) = (entity, TableDeclaration.Find(entity.Metadata) is null);
        if (IsNew)
            declaration.Put(entity);
    }

    /// <summary>EF's own words, for what a test breaks on purpose.</summary>
    internal EntityTypeBuilder<TRow> Entity { get; }

    /// <summary>Whether nobody has declared a table of these rows before.</summary>
    internal bool IsNew { get; }

    /// <summary>What it is called. The name is data: it stays, however the class is called later.</summary>
    /// <param name="name">In full, the module's id first: <c>chuxiong_application</c>.</param>
    public TableBuilder<TRow> Named(string name) => Maps(e => e.ToTable(name));

    /// <summary>A row is seen by whoever may see one of the places that these columns hold.</summary>
    /// <param name="places">Columns, as <see cref="ScopePath"/> makes them.</param>
    public TableBuilder<TRow> VisibleBy(params IReadOnlyList<Expression<Func<TRow, string>>> places) =>
        VisibleBy(Reach.Sight, places);

    /// <summary>A row is seen from one of the places that these columns hold, in a way of its own.</summary>
    /// <param name="reach">From where.</param>
    /// <param name="places">Columns, as <see cref="ScopePath"/> makes them.</param>
    public TableBuilder<TRow> VisibleBy(Reach reach, params IReadOnlyList<Expression<Func<TRow, string>>> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        return Declares(d => d.Places.AddRange(places.Select(p => (reach, (LambdaExpression)p))));
    }

    /// <summary>
    /// A row is seen by whoever sees the row that it links to. Where the link may be missing, <c>VisibleBy</c> stands
    /// beside it.
    /// </summary>
    /// <param name="link">To one row of a table that says itself who sees it.</param>
    public TableBuilder<TRow> VisibleThrough<TOther>(Expression<Func<TRow, TOther?>> link)
        where TOther : class => Declares(d => d.Links.Add(link));

    /// <summary>
    /// Everybody who signs in sees every row: reference data, never what belongs to a place or a person.
    /// </summary>
    /// <param name="why">For whoever reads the declaration.</param>
    public TableBuilder<TRow> Public(string why) => Declares(d => d.Public = why);

    /// <summary>No reader sees a row, and no listing may read the table: keys, users, answers.</summary>
    /// <param name="why">For whoever reads the declaration.</param>
    public TableBuilder<TRow> Hidden(string why) => Declares(d => d.Hidden = why);

    /// <summary>Whose row it is: with it the person's data are handed over and erased.</summary>
    /// <param name="person">The id of the student, of the row itself or of one that it links to; null: this row is
    /// nobody's.</param>
    public TableBuilder<TRow> Concerns(Expression<Func<TRow, Guid?>> person) => Declares(d => d.Concerns = person);

    /// <summary>The row is about two students: each is handed it, and with either it is erased.</summary>
    /// <param name="person">The id of the other student, as of <see cref="Concerns"/>.</param>
    public TableBuilder<TRow> ConcernsToo(Expression<Func<TRow, Guid?>> person) =>
        Declares(d => d.ConcernsToo = person);

    /// <summary>The table has personal columns, and they are no student's.</summary>
    /// <param name="why">For whoever reads the declaration.</param>
    public TableBuilder<TRow> ConcernsNobody(string why) => Declares(d => d.ConcernsNobody = why);

    /// <summary>
    /// The column is personal: it is handed over and erased with its person, and a listing shows it as its kind allows
    /// (<see cref="PersonalKind"/>).
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="purpose">What it is kept for, in Chinese.</param>
    /// <param name="years">After the last case was closed and the last roll has ended.</param>
    /// <param name="encryptedAs">As of <see cref="Encrypted"/>; null: it is stored as it is.</param>
    public TableBuilder<TRow> Personal<TValue>(
        Expression<Func<TRow, TValue>> column,
        PersonalKind kind,
        string purpose,
        int years = PersonalDataAnnotation.Usual,
        string? encryptedAs = null
    )
    {
        new PersonalDataAnnotation(kind, purpose, years).Put(Entity.Property(column));
        return encryptedAs is null ? this : Encrypted(column, encryptedAs);
    }

    /// <summary>The column is encrypted (AES-256-GCM); it can be neither searched nor sorted.</summary>
    /// <param name="column">The column.</param>
    /// <param name="purpose">
    /// What it is bound to: <c>Student.Phone</c>. It is authenticated with every value, so it stays as it is, however
    /// class and property are called later.
    /// </param>
    public TableBuilder<TRow> Encrypted<TValue>(Expression<Func<TRow, TValue>> column, string purpose) =>
        Maps(e => AppDbContext.Encrypt(e.Property(column), purpose));

    /// <summary>
    /// These texts are no personal data: codes, names of bodies, states. Of every text column either this is said or
    /// that it is personal.
    /// </summary>
    /// <param name="columns">Columns.</param>
    public TableBuilder<TRow> Harmless(params IReadOnlyList<Expression<Func<TRow, object?>>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Declares(d =>
            d.Harmless.UnionWith(columns.Select(c => TableDeclaration.Steps(c) is [var column] ? column : c.ToString()))
        );
    }

    /// <summary>
    /// Every change keeps the former version, with the instants from which and until which it was so.
    /// </summary>
    public TableBuilder<TRow> Kept() => Declares(d => d.Past = Past.Kept);

    /// <summary>Rows are added and never changed: events.</summary>
    /// <param name="instant">The column that says when a row was added.</param>
    public TableBuilder<TRow> AppendOnly(Expression<Func<TRow, DateTimeOffset>> instant) =>
        Declares(d => (d.Past, d.Instant) = (Past.AppendOnly, instant));

    /// <summary>Rows never change, and none is added while the program runs.</summary>
    public TableBuilder<TRow> Constant() => Declares(d => d.Past = Past.Constant);

    /// <summary>What a row was before is gone, and nobody may ask for it: of what no reader sees anyhow.</summary>
    /// <param name="why">For whoever reads the declaration.</param>
    public TableBuilder<TRow> NotKept(string why) => Declares(d => (d.Past, d.NotKept) = (Past.NotKept, why));

    /// <summary>
    /// A row is made when it is first needed, and is nobody's: when the command that made it is taken back, it stays
    /// while others use it.
    /// </summary>
    /// <param name="why">For whoever reads the declaration.</param>
    public TableBuilder<TRow> Shared(string why) => Declares(d => d.Shared = why);

    /// <summary>
    /// The columns by which a row is found, where it is not <c>Id</c>. No database makes up their values.
    /// </summary>
    /// <param name="columns">One, or several as <c>x => new { x.Form, x.Name }</c>.</param>
    public TableBuilder<TRow> Key(Expression<Func<TRow, object?>> columns) =>
        Maps(e =>
        {
            foreach (var column in e.HasKey(columns).Metadata.Properties)
                e.Property(column.Name).ValueGeneratedNever();
        });

    /// <summary>
    /// A row belongs to one of another table, which cannot be deleted while it is there: a foreign key.
    /// </summary>
    /// <param name="link">The other row.</param>
    /// <param name="column">Its id.</param>
    /// <param name="back">The rows of this table, of the other; null: it has no such property.</param>
    public TableBuilder<TRow> References<TOther>(
        Expression<Func<TRow, TOther?>> link,
        Expression<Func<TRow, object?>> column,
        Expression<Func<TOther, IEnumerable<TRow>?>>? back = null
    )
        where TOther : class =>
        Maps(e => e.HasOne(link).WithMany(back).HasForeignKey(column).OnDelete(DeleteBehavior.Restrict));

    /// <summary>As the other; the row has no property for the row that it belongs to.</summary>
    /// <param name="column">The id of the other row.</param>
    public TableBuilder<TRow> References<TOther>(Expression<Func<TRow, object?>> column)
        where TOther : class =>
        Maps(e => e.HasOne<TOther>().WithMany().HasForeignKey(column).OnDelete(DeleteBehavior.Restrict));

    /// <summary>
    /// A row says more of one row of another table, and is found by that row's id: a shared primary key.
    /// </summary>
    /// <param name="link">The other row.</param>
    /// <param name="column">Its id, which is the key of this row too.</param>
    public TableBuilder<TRow> SharesKeyWith<TOther>(
        Expression<Func<TRow, TOther?>> link,
        Expression<Func<TRow, object?>> column
    )
        where TOther : class =>
        Maps(e =>
        {
            e.HasKey(column);
            e.HasOne(link).WithOne().HasForeignKey(column).OnDelete(DeleteBehavior.Restrict);
        });

    /// <summary>An index.</summary>
    /// <param name="columns">One, or several as <c>x => new { x.Year, x.State }</c>.</param>
    /// <param name="unique">Whether no two rows have the same.</param>
    public TableBuilder<TRow> Index(Expression<Func<TRow, object?>> columns, bool unique = false) =>
        Maps(e => e.HasIndex(columns).IsUnique(unique));

    /// <summary>What the column holds in rows that were there before it.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    public TableBuilder<TRow> Default<TValue>(Expression<Func<TRow, TValue>> column, TValue value) =>
        Maps(e => e.Property(column).HasDefaultValue(value));

    /// <summary>Whoever changes a row says which version they have read (optimistic concurrency).</summary>
    /// <param name="column">The number of the version.</param>
    public TableBuilder<TRow> ConcurrencyToken(Expression<Func<TRow, long>> column) =>
        Maps(e => e.Property(column).IsConcurrencyToken());

    /// <summary>The property is no column.</summary>
    /// <param name="property">The property.</param>
    public TableBuilder<TRow> NotMapped(Expression<Func<TRow, object?>> property) => Maps(e => e.Ignore(property));

    private TableBuilder<TRow> Maps(Action<EntityTypeBuilder<TRow>> how)
    {
        how(Entity);
        return this;
    }

    private TableBuilder<TRow> Declares(Action<TableDeclaration> what)
    {
        what(declaration);
        return this;
    }
}
