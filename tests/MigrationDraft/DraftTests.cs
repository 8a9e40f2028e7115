using EduAssist.Data;
using Microsoft.EntityFrameworkCore;
using Things = Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<EduAssist.MigrationDraft.Thing>;

namespace EduAssist.MigrationDraft;

/// <summary>A module's next migration is drafted from what its tables declare and its migrations do not make.</summary>
public class DraftTests
{
    private const string Later = "20261130_1_Colours";

    private static readonly Heading Heading = new(Later, "Colours", "EduAssist.MigrationDraft.Migrations");

    public static TheoryData<string> Modules => [.. Declared.Names];

    [Theory, MemberData(nameof(Modules))]
    public void Where_migrations_make_what_is_declared_nothing_is_drafted(string name)
    {
        var declared = Declared.Load(name);
        Assert.Null(declared.Next(declared.IdOf(name), Heading));
    }

    [Fact]
    public void Modules_are_found_and_some_have_tables()
    {
        Assert.Contains("National", Declared.Names);
        Assert.NotNull(Declared.Load("Chuxiong").Home("chuxiong")?.Last);
        Assert.NotNull(Declared.Load("Core").Home("core")?.Last);
        Assert.Null(Declared.Load("National").Home("national"));
    }

    [Fact]
    public void What_is_declared_and_not_migrated_is_drafted_without_types()
    {
        using var drafted = new StreamReader(typeof(DraftTests).Assembly.GetManifestResourceStream("Colours.cs")!);
        Assert.Equal(drafted.ReadToEnd(), Planted(new()).Next("planted", Heading, Later));
    }

    [Fact]
    public void With_the_draft_among_the_migrations_there_is_nothing_left() =>
        Assert.Null(Planted(new()).Next("planted", Heading));

    [Theory, EveryDatabase]
    public void With_the_draft_the_migrations_make_what_the_model_says(DatabaseKind kind) =>
        new Conforms().Migrations_make_what_the_model_says(kind);

    [Theory]
    [InlineData(typeof(PlantedModule<Empty>), "planted_thing.Size may not be empty", "(Default)")]
    [InlineData(typeof(PlantedModule<Longer>), "planted_thing.Name is declared otherwise", "declare it as it was")]
    [InlineData(typeof(PlantedModule<Gone>), "planted_thing.Weight is declared no longer", "keep it")]
    [InlineData(typeof(PlantedModule<Renamed>), "planted_thing.Name seems to be called Title", "its old column")]
    [InlineData(typeof(PlantedModule<Linked>), "planted_thing gets the link FK_", "without a constraint")]
    public void What_both_databases_cannot_do_is_refused_with_the_remedy(Type module, string says, string remedy)
    {
        var declared = Planted((PlantedModule)Activator.CreateInstance(module)!);
        var refused = Assert.Throws<NotSupportedException>(() => declared.Next("planted", Heading));
        Assert.StartsWith(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "20261130_1_Colours")]
    [InlineData("20261124_1_Things", "20261130_1_Colours")]
    [InlineData("20261130_2_Things", "20261130_3_Colours")]
    [InlineData("20261201_1_Things", "20261201_2_Colours")]
    public void The_next_id_comes_behind_the_last(string? last, string next) =>
        Assert.Equal(next, Heading.After(last, "Colours", "", new(2026, 11, 30)).Id);

    [Fact]
    public void A_module_that_is_not_there_is_told_with_those_that_are()
    {
        var refused = Assert.Throws<FileNotFoundException>(() => Declared.Load("Nowhere"));
        Assert.StartsWith("There is no module Nowhere; there are Core, ", refused.Message, StringComparison.Ordinal);
    }

    private static Declared Planted(PlantedModule module) => new(Baseline.With(module));

    private sealed class Conforms : ModuleConformance<PlantedModule>;

    private sealed class Empty : IFault
    {
        public void Plant(Things things) => things.Property<int>("Size");
    }

    private sealed class Longer : IFault
    {
        public void Plant(Things things) => things.Property(t => t.Name).HasMaxLength(50);
    }

    private sealed class Gone : IFault
    {
        public void Plant(Things things) => things.Ignore(t => t.Weight);
    }

    private sealed class Renamed : IFault
    {
        public void Plant(Things things) => things.Property(t => t.Name).HasColumnName("Title");
    }

    private sealed class Linked : IFault
    {
        public void Plant(Things things)
        {
            things.Property<Guid?>("ParentId");
            things.HasOne<Thing>().WithMany().HasForeignKey("ParentId");
        }
    }
}
