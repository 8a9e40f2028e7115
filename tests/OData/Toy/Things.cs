using System.ComponentModel.DataAnnotations;
using EduAssist.Data.Privacy;
using EduAssist.Office.Listings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.OData.Toy;

/// <summary>A closed list whose words are not in the order of their numbers.</summary>
internal enum Colour
{
    [Display(Name = "红")]
    Red,

    [Display(Name = "琥珀")]
    Amber,

    [Display(Name = "绿")]
    Green,

    [Display(Name = "黑")]
    Black,
}

/// <summary>Of every type a column, and one that may be missing.</summary>
internal sealed class Thing : IScoped
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Nick { get; init; }
    public int Grade { get; init; }
    public int? Score { get; init; }
    public long Serial { get; init; }
    public decimal Fee { get; init; }
    public decimal? Grant { get; init; }
    public double Weight { get; init; }
    public double? Height { get; init; }
    public bool Boards { get; init; }
    public bool? Agrees { get; init; }
    public DateOnly Born { get; init; }
    public DateOnly? Left { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? Until { get; init; }
    public Colour Colour { get; init; }
    public Colour? Second { get; init; }
    public Guid? MakerId { get; init; }
    public string? Secret { get; init; }
    public string Scope { get; init; } = "";
}

/// <summary>What made things.</summary>
internal sealed class Maker : IScoped
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public string? City { get; init; }
    public int Rank { get; init; }
    public string Scope { get; init; } = "";
}

internal sealed class MakerTable : Table<Maker>
{
    protected override void Declare(TableBuilder<Maker> table) =>
        table.Named("toy_maker").VisibleBy(m => m.Scope).Kept().Harmless(m => m.Name, m => m.City).Index(m => m.Scope);
}

internal sealed class ThingTable : Table<Thing>
{
    protected override void Declare(TableBuilder<Thing> table) =>
        table
            .Named("toy_thing")
            .VisibleBy(t => t.Scope)
            .ConcernsNobody("toys")
            .Kept()
            .Personal(t => t.Secret, PersonalKind.Number, "试验", encryptedAs: "Thing.Secret")
            .Harmless(t => t.Name, t => t.Nick)
            .Index(t => new
            {
                t.Grade,
                t.Name,
                t.Id,
            })
            .Index(t => new { t.Nick, t.Id })
            .Index(t => t.MakerId)
            .Index(t => t.Scope);
}

[DbContext(typeof(Schema)), Migration("20260101_1_Toy")]
internal sealed class ToyMigration : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.CreateTable(
            "toy_maker",
            t => new
            {
                Id = t.Column<Guid>(),
                Name = t.Column<string>(),
                City = t.Column<string>(nullable: true),
                Rank = t.Column<int>(),
                Scope = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_toy_maker", x => x.Id);
            }
        );
        b.CreateTable(
            "toy_thing",
            t => new
            {
                Id = t.Column<Guid>(),
                Name = t.Column<string>(),
                Nick = t.Column<string>(nullable: true),
                Grade = t.Column<int>(),
                Score = t.Column<int>(nullable: true),
                Serial = t.Column<long>(),
                Fee = t.Column<decimal>(),
                Grant = t.Column<decimal>(nullable: true),
                Weight = t.Column<double>(),
                Height = t.Column<double>(nullable: true),
                Boards = t.Column<bool>(),
                Agrees = t.Column<bool>(nullable: true),
                Born = t.Column<DateOnly>(),
                Left = t.Column<DateOnly>(nullable: true),
                At = t.Column<DateTime>(),
                Until = t.Column<DateTime>(nullable: true),
                Colour = t.Column<string>(),
                Second = t.Column<string>(nullable: true),
                MakerId = t.Column<Guid>(nullable: true),
                Secret = t.Column<byte[]>(nullable: true),
                Scope = t.Column<string>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_toy_thing", x => x.Id);
            }
        );
        b.CreateIndex("IX_toy_thing_Grade_Name_Id", "toy_thing", ["Grade", "Name", "Id"]);
        b.CreateIndex("IX_toy_thing_Nick_Id", "toy_thing", ["Nick", "Id"]);
        b.CreateIndex("IX_toy_thing_MakerId", "toy_thing", "MakerId");
        b.CreateIndex("IX_toy_thing_Scope", "toy_thing", "Scope");
        b.CreateIndex("IX_toy_maker_Scope", "toy_maker", "Scope");
    }
}

internal class ThingRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Searched, Display(Name = "名称")]
    public required string Name { get; init; }

    [Searched, Display(Name = "别名")]
    public string? Nick { get; init; }

    [Display(Name = "年级")]
    public int Grade { get; init; }

    [Display(Name = "分数")]
    public int? Score { get; init; }

    [Display(Name = "流水号")]
    public long Serial { get; init; }

    [Display(Name = "费用")]
    public decimal Fee { get; init; }

    [Display(Name = "补助")]
    public decimal? Grant { get; init; }

    [Display(Name = "体重")]
    public double Weight { get; init; }

    [Display(Name = "身高")]
    public double? Height { get; init; }

    [Display(Name = "住校")]
    public bool Boards { get; init; }

    [Display(Name = "同意")]
    public bool? Agrees { get; init; }

    [Display(Name = "出生日期")]
    public DateOnly Born { get; init; }

    [Display(Name = "离校日期")]
    public DateOnly? Left { get; init; }

    [Display(Name = "时间")]
    public DateTimeOffset At { get; init; }

    [Display(Name = "截止时间")]
    public DateTimeOffset? Until { get; init; }

    [Display(Name = "颜色")]
    public Colour Colour { get; init; }

    [Display(Name = "第二种颜色")]
    public Colour? Second { get; init; }

    [Display(Name = "制造者标识")]
    public Guid? MakerId { get; init; }

    [Display(Name = "秘密号码")]
    public string? Secret { get; init; }
}

internal sealed class MakerRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "名称")]
    public required string Name { get; init; }

    [Display(Name = "城市")]
    public string? City { get; init; }

    [Display(Name = "等级")]
    public int Rank { get; init; }
}

internal sealed class ThingListing() : Listing<ThingRow>("ToyThings", "玩具")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [new("Maker", "ToyMakers", nameof(ThingRow.MakerId), nameof(MakerRow.Id))];

    public override IQueryable<ThingRow> Query(ListingSource source) =>
        source
            .Db.Set<Thing>()
            .Select(t => new ThingRow
            {
                Id = t.Id,
                Name = t.Name,
                Nick = t.Nick,
                Grade = t.Grade,
                Score = t.Score,
                Serial = t.Serial,
                Fee = t.Fee,
                Grant = t.Grant,
                Weight = t.Weight,
                Height = t.Height,
                Boards = t.Boards,
                Agrees = t.Agrees,
                Born = t.Born,
                Left = t.Left,
                At = t.At,
                Until = t.Until,
                Colour = t.Colour,
                Second = t.Second,
                MakerId = t.MakerId,
                Secret = t.Secret,
            });
}

internal sealed class HoleRow : ThingRow;

/// <summary>
/// Things past every filter, once a test has opened it: what the oracle of leaks must find. At the start it would be
/// refused.
/// </summary>
internal sealed class HoleListing() : Listing<HoleRow>("ToyHoles", "漏洞")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [new("Maker", "ToyMakers", nameof(HoleRow.MakerId), nameof(MakerRow.Id))];

    internal bool IsOpen { get; set; }

    public override IQueryable<HoleRow> Query(ListingSource source) =>
        (IsOpen ? source.Db.Set<Thing>().IgnoreQueryFilters() : source.Db.Set<Thing>()).Select(t => new HoleRow
        {
            Id = t.Id,
            Name = t.Name,
            Nick = t.Nick,
            Grade = t.Grade,
            Score = t.Score,
            Serial = t.Serial,
            Fee = t.Fee,
            Grant = t.Grant,
            Weight = t.Weight,
            Height = t.Height,
            Boards = t.Boards,
            Agrees = t.Agrees,
            Born = t.Born,
            Left = t.Left,
            At = t.At,
            Until = t.Until,
            Colour = t.Colour,
            Second = t.Second,
            MakerId = t.MakerId,
            Secret = t.Secret,
        });
}

internal sealed class MakerListing() : Listing<MakerRow>("ToyMakers", "制造者")
{
    public override IReadOnlyList<ListingLink> Links { get; } =
    [
        new("Things", "ToyThings", nameof(MakerRow.Id), nameof(ThingRow.MakerId), IsMany: true),
        new("Holes", "ToyHoles", nameof(MakerRow.Id), nameof(HoleRow.MakerId), IsMany: true),
    ];

    public override IQueryable<MakerRow> Query(ListingSource source) =>
        source
            .Db.Set<Maker>()
            .Select(m => new MakerRow
            {
                Id = m.Id,
                Name = m.Name,
                City = m.City,
                Rank = m.Rank,
            });
}
