using System.ComponentModel.DataAnnotations;
using System.Reflection;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Kernel;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;

namespace EduAssist.Office.Listings;

/// <summary>
/// Rows that may be read (列表): pages, exports and OData read listings, and nothing else reads tables. A row is a flat
/// class of its own, made by an object initialiser (<c>new StudentRow { … }</c>) so that every condition on it becomes
/// SQL.
/// </summary>
public interface IListing : IContribution
{
    /// <summary>The name of the set: <c>ChuxiongApplications</c>.</summary>
    string Set { get; }

    /// <summary>In Chinese.</summary>
    string Title { get; }

    /// <summary>The class of a row.</summary>
    Type Row { get; }

    /// <summary>Its columns, in the order of their declaration.</summary>
    IReadOnlyList<Column> Columns { get; }

    /// <summary>The columns by which a row is found; at least one.</summary>
    IReadOnlyList<Column> Key { get; }

    /// <summary>
    /// The order of pages that ask for none, as properties of the row: columns of an index that begins with the place,
    /// so that all that a reader sees is one range of it, and the key at the end. None: the key.
    /// </summary>
    /// <param name="db">What the reader sees.</param>
    IReadOnlyList<PropertyInfo> Order(ScopedReadDbContext db);

    /// <summary>What can be expanded.</summary>
    IReadOnlyList<ListingLink> Links { get; }

    /// <summary>The rows that a reader sees.</summary>
    /// <param name="source">The database as the reader may see it, and the policy context.</param>
    IQueryable Rows(ListingSource source);
}

/// <summary>
/// A listing whose rows no table holds: they are what the loaded modules declare. Every other one is a query of the
/// reader's database.
/// </summary>
internal interface IDeclaredListing : IListing;

/// <summary>What listings are read from.</summary>
/// <param name="Db">The database, filtered by what the reader may see.</param>
/// <param name="Policy">What is loaded and how it is read.</param>
/// <param name="Cancellation">Cancelled when the reader waits no longer.</param>
public sealed record ListingSource(
    ScopedReadDbContext Db,
    PolicyContext Policy,
    CancellationToken Cancellation = default
);

/// <summary>A link from the rows of a listing to those of another, by equal columns.</summary>
/// <param name="Name">Of the navigation: <c>Student</c>, <c>Rolls</c>.</param>
/// <param name="Target">The set that it leads to.</param>
/// <param name="Column">Of this listing's row.</param>
/// <param name="TargetColumn">Of the target's row.</param>
/// <param name="IsMany">Whether it leads to several rows.</param>
public sealed record ListingLink(string Name, string Target, string Column, string TargetColumn, bool IsMany = false);

/// <summary>A column of a listing.</summary>
/// <param name="property">Of the row.</param>
public sealed class Column(PropertyInfo property)
{
    /// <summary>Of the row.</summary>
    public PropertyInfo Property => property;

    /// <summary>As in code.</summary>
    public string Name => property.Name;

    /// <summary>In Chinese.</summary>
    public string Title { get; } = property.GetCustomAttribute<DisplayAttribute>()?.Name ?? property.Name;

    /// <summary>What it holds; nullable where it may be missing.</summary>
    public Type Type => property.PropertyType;

    /// <summary>Whether a row is found by it.</summary>
    public bool IsKey { get; } = property.IsDefined(typeof(KeyAttribute));

    /// <summary>
    /// Whether it is a number of a person: masked unless revealed, never sorted, grouped or compared by range.
    /// </summary>
    public bool IsPersonal => Mask != PersonalMask.None;

    /// <summary>
    /// The strictest of all columns of tables that it is made of, read out of the projection when the program starts
    /// (<see cref="ListingColumns"/>): until then it is not known, and nothing is shown.
    /// </summary>
    internal PersonalMask Mask
    {
        get =>
            field
            ?? throw new InvalidOperationException(
                $"What {property.DeclaringType!.Name}.{Name} is made of is read at the start."
            );
        set;
    }

    /// <summary>Whether the search box looks at it.</summary>
    public bool IsSearched { get; } = property.IsDefined(typeof(SearchedAttribute));

    /// <summary>Whether pages offer its values to choose from; those of closed lists always.</summary>
    public bool IsFiltered { get; } =
        property.IsDefined(typeof(FilteredAttribute))
        || (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { } held
            && (held.IsEnum || held == typeof(bool));

    /// <summary>What its texts are codes of; null: they are texts.</summary>
    public CodeSystem? Codes { get; } = property.GetCustomAttribute<CodedAttribute>()?.System;

    /// <summary>Whether it may be missing.</summary>
    public bool IsNullable { get; } =
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || (
            !property.PropertyType.IsValueType
            && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable
        );

    /// <summary>
    /// A number of a person, masked for those who may not read it: <c>5323**********12</c>. Texts of other columns as
    /// they are.
    /// </summary>
    public string Masked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsPersonal ? NumberBody.Masked(text, Mask.Head, Mask.Tail) : text;
    }
}

/// <summary>Marks a column that the search box looks at.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SearchedAttribute : Attribute;

/// <summary>Marks a column whose values pages offer to choose from.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilteredAttribute : Attribute;

/// <summary>What the texts of a column are codes of: pages show what a code stands for.</summary>
public enum CodeSystem
{
    /// <summary>States of the listing's workflow; where the listing has none, of every workflow.</summary>
    CaseState,

    /// <summary>Ids of workflows.</summary>
    Workflow,

    /// <summary>Ids of programmes.</summary>
    Programme,

    /// <summary>Codes of administrative divisions (GB/T 2260).</summary>
    Division,

    /// <summary>Ids of attributes of schools.</summary>
    SchoolAttribute,

    /// <summary>Ids of values of the attribute that the row's column <c>Attribute</c> names.</summary>
    SchoolAttributeValue,

    /// <summary>Scopes (<see cref="EduAssist.Kernel.Access.ScopePath"/>) of divisions, schools and classes.</summary>
    Place,
}

/// <summary>Marks a column of codes.</summary>
/// <param name="system">What they are codes of.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CodedAttribute(CodeSystem system) : Attribute
{
    /// <summary>What they are codes of.</summary>
    public CodeSystem System => system;
}

/// <summary>A listing with rows of one class, whose columns are its properties.</summary>
/// <typeparam name="T">
/// Init-only, with <see cref="DisplayAttribute"/>s and one or more <see cref="KeyAttribute"/>s.
/// </typeparam>
/// <param name="set">The name of the set.</param>
/// <param name="title">In Chinese.</param>
public abstract class Listing<T>(string set, string title) : IListing
    where T : class
{
    /// <inheritdoc/>
    public string Set => set;

    /// <inheritdoc/>
    public string Title => title;

    /// <inheritdoc/>
    public Type Row => typeof(T);

    /// <inheritdoc/>
    public IReadOnlyList<Column> Columns { get; } =
    [.. typeof(T).GetProperties().OrderBy(p => p.MetadataToken).Select(p => new Column(p))];

    /// <inheritdoc/>
    public IReadOnlyList<Column> Key => [.. Columns.Where(c => c.IsKey)];

    /// <inheritdoc/>
    public virtual IReadOnlyList<PropertyInfo> Order(ScopedReadDbContext db) => [];

    /// <inheritdoc/>
    public virtual IReadOnlyList<ListingLink> Links => [];

    /// <summary>Properties of the row by name; one that is no column is internal.</summary>
    private protected static IReadOnlyList<PropertyInfo> Properties(params IReadOnlyList<string> names) =>
        [
            .. names.Select(n =>
                typeof(T).GetProperty(n, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!
            ),
        ];

    /// <summary>The rows.</summary>
    /// <inheritdoc cref="IListing.Rows"/>
    public abstract IQueryable<T> Query(ListingSource source);

    IQueryable IListing.Rows(ListingSource source) => Query(source);
}
