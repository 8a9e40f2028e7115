using Autofac;
using EduAssist.Data;
using EduAssist.Kernel.Provisions;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;
using Things = Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<EduAssist.MigrationDraft.Thing>;

namespace EduAssist.MigrationDraft;

/// <summary>A module with one table. Its first migration knows neither colour nor weight, nor marks.</summary>
internal class PlantedModule : PolicyModule, IDocuments
{
    public override string Id => "planted";

    public override string Title => "试验模块";

    public IReadOnlyList<Document> Documents =>
        [
            new("p1", "文件", new(2020, 1, 1))
            {
                Provisions = [new("p1/1", "一", ProvisionKinds.Narrative, "一条原则。")],
            },
        ];

    public IReadOnlyList<Interpretation> Interpretations => [];

    protected virtual void Plant(TableBuilder<Thing> things) { }

    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(this).As<IContribution>().ExternallyOwned();
        builder.RegisterInstance(new ThingTable(Plant)).As<IContribution>().ExternallyOwned();
        builder.RegisterInstance(new MarkTable()).As<IContribution>().ExternallyOwned();
    }
}

/// <summary>The same, declared otherwise in one point.</summary>
internal sealed class PlantedModule<TFault> : PlantedModule
    where TFault : IFault, new()
{
    protected override void Plant(TableBuilder<Thing> things) => new TFault().Plant(things.Entity);
}

internal interface IFault
{
    void Plant(Things things);
}

internal sealed class Thing
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Colour { get; set; }
    public int Weight { get; set; }
}

internal sealed class Mark
{
    public Guid Id { get; init; }
    public Guid ThingId { get; init; }
    public DateTimeOffset At { get; init; }
}

internal sealed class ThingTable(Action<TableBuilder<Thing>> fault) : Table<Thing>
{
    protected override void Declare(TableBuilder<Thing> table)
    {
        table.Named("planted_thing").Public("试验").Harmless(t => t.Name, t => t.Colour).Kept().Index(t => t.Colour);
        table.Entity.Property(t => t.Name).HasMaxLength(40);
        table.Entity.Property(t => t.Weight).HasDefaultValue(1);
        fault(table);
    }
}

internal sealed class MarkTable : Table<Mark>
{
    protected override void Declare(TableBuilder<Mark> table) =>
        table.Named("planted_mark").Public("试验").Kept().References<Thing>(m => m.ThingId);
}
