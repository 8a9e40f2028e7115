using EduAssist.Kernel.Provisions;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Data;

/// <summary>What a module stores. Each of its tables is named in full, its id first (<c>ToTable("chuxiong_application")</c>); its migrations stand in its own assembly, derived from <see cref="ModuleMigration"/>.</summary>
public interface IEntities : IContribution
{
    /// <summary>Declares the entities.</summary>
    /// <param name="model">Of the whole instance: Core's entities are there already.</param>
    void Map(ModelBuilder model);

    /// <summary>Puts reference data there, at every start: new rows and new values, never over what users changed (<see cref="UnitOfWork.SeedAsync"/>).</summary>
    /// <param name="work">Of the start itself.</param>
    Task SeedAsync(UnitOfWork work) => Task.CompletedTask;

    /// <summary>Fills the demo with invented data.</summary>
    /// <param name="work">Of the start itself, on an empty database after <see cref="SeedAsync"/>.</param>
    Task DemoAsync(UnitOfWork work) => Task.CompletedTask;

    /// <summary>Whether anything is stored that did not come with the program: on such a database no demo is filled.</summary>
    /// <param name="db">Unfiltered.</param>
    Task<bool> IsUsedAsync(AppDbContext db) => Task.FromResult(false);

    /// <summary>After the reference data is there, at every start.</summary>
    /// <param name="commands">Runs acts.</param>
    Task StartedAsync(CommandExecutor commands) => Task.CompletedTask;
}

/// <summary>What a module stores, with its id.</summary>
/// <param name="Module">The prefix of its tables, and of its history of migrations.</param>
/// <param name="Entities">Its tables.</param>
public sealed record ModuleTables(string Module, IEntities Entities);
