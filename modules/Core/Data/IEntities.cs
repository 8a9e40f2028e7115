using EduAssist.Kernel.Provisions;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Data;

/// <summary>
/// What a module stores. Each of its tables is named in full, its id first (<c>ToTable("chuxiong_application")</c>);
/// its migrations stand in its own assembly, derived from <see cref="ModuleMigration"/>.
/// </summary>
public interface IEntities : IContribution
{
    /// <summary>Declares the entities.</summary>
    /// <param name="model">Of the whole instance: Core's entities are there already.</param>
    void Map(ModelBuilder model);

    /// <summary>
    /// Inserts and updates reference data at every start; what users changed is left alone
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

    /// <summary>Runs at every start, after the reference data was seeded.</summary>
    /// <param name="commands">Runs commands.</param>
    Task StartedAsync(CommandExecutor commands) => Task.CompletedTask;
}

/// <summary>What a module stores, with its id.</summary>
/// <param name="Module">The prefix of its tables, and of its history of migrations.</param>
/// <param name="Entities">Its tables.</param>
public sealed record ModuleTables(string Module, IEntities Entities);
