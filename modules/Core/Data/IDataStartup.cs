using System.Reflection;
using EduAssist.Kernel.Provisions;

namespace EduAssist.Data;

/// <summary>What a module does with its data at every start: reference data, the demo.</summary>
public interface IDataStartup : IContribution
{
    /// <summary>
    /// Puts reference data there, at every start: new rows and new values, never over what users changed
    /// (<see cref="UnitOfWork.SeedAsync"/>).
    /// </summary>
    /// <param name="work">Of the start itself.</param>
    Task SeedAsync(UnitOfWork work) => Task.CompletedTask;

    /// <summary>Fills the demo with invented data.</summary>
    /// <param name="work">Of the start itself, on an empty database after <see cref="SeedAsync"/>.</param>
    Task DemoAsync(UnitOfWork work) => Task.CompletedTask;

    /// <summary>
    /// Whether anything is stored that did not come with the program: on such a database no demo is filled.
    /// </summary>
    /// <param name="db">Unfiltered.</param>
    Task<bool> IsUsedAsync(AppDbContext db) => Task.FromResult(false);

    /// <summary>After the reference data is there, at every start.</summary>
    /// <param name="commands">Runs acts.</param>
    Task StartedAsync(CommandExecutor commands) => Task.CompletedTask;
}

/// <summary>What a module stores.</summary>
/// <param name="Module">Its id: the prefix of its tables, and of its history of migrations.</param>
/// <param name="Migrations">The assembly of its migrations.</param>
/// <param name="Tables">Its tables.</param>
/// <param name="Startups">What it does with its data at a start.</param>
public sealed record ModuleTables(
    string Module,
    Assembly Migrations,
    IReadOnlyList<Table> Tables,
    IReadOnlyList<IDataStartup> Startups
);
