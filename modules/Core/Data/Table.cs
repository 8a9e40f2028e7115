using EduAssist.Kernel.Provisions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EduAssist.Data;

/// <summary>A table that a module stores; declared as a <see cref="Table{TRow}"/>.</summary>
public abstract class Table : IContribution
{
    private protected Table() { }

    /// <summary>Adds the table to the model of an instance.</summary>
    /// <returns>Null: the model has a table of these rows already.</returns>
    internal abstract IReadOnlyEntityType? AddTo(ModelBuilder model);

    /// <summary>The class of its rows.</summary>
    internal abstract Type Row { get; }
}

/// <summary>
/// The one declaration of a table: its name, columns, keys, links and indexes, who sees a row, whom it concerns, what
/// is personal in it, what becomes of its past. The map, the filter of what readers see, the masks of listings, the
/// export and erasure of a person follow from it; the migrations are proved against it. A table that leaves something
/// open stops the start.
/// </summary>
/// <typeparam name="TRow">The class of a row. Its properties with a setter are columns; those called <c>Id</c> are
/// keys.</typeparam>
public abstract class Table<TRow> : Table
    where TRow : class
{
    /// <summary>Says everything that the class of the row does not say.</summary>
    /// <param name="table">Takes it.</param>
    protected abstract void Declare(TableBuilder<TRow> table);

    internal sealed override Type Row => typeof(TRow);

    internal sealed override IReadOnlyEntityType? AddTo(ModelBuilder model)
    {
        var table = new TableBuilder<TRow>(model.Entity<TRow>());
        if (!table.IsNew)
            return null;
        Declare(table);
        return table.Entity.Metadata;
    }
}
