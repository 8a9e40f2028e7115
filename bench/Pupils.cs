using System.ComponentModel.DataAnnotations;
using EduAssist.Data;
using EduAssist.Office.Listings;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Bench.Pupils;

/// <summary>A module with one great table.</summary>
public sealed class PupilsModule : PolicyModule
{
    public override string Id => "bench";

    public override string Title => "压测";
}

internal sealed class Pupil
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Nick { get; init; }
    public int Grade { get; init; }
    public bool Boards { get; init; }
    public DateOnly Born { get; init; }
    public long Serial { get; init; }
}

internal sealed class PupilTable : Table<Pupil>
{
    protected override void Declare(TableBuilder<Pupil> table) =>
        table
            .Named("bench_pupil")
            .Public("everybody is asked for everything")
            .Constant()
            .Harmless(p => p.Name, p => p.Nick)
            .Index(p => new
            {
                p.Grade,
                p.Boards,
                p.Name,
                p.Id,
            })
            .Index(p => new { p.Nick, p.Id })
            .Index(p => new { p.Serial, p.Id });

    /// <summary>The same rows as <c>Cap/make.mjs</c> makes.</summary>
    internal static Task<int> FillAsync(UnitOfWork work, int rows) =>
        work.Db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO bench_pupil (Id, Name, Nick, Grade, Boards, Born, Serial)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            SELECT printf('%08X-0001-0002-0000-000000000000', i), printf('N%06d', i * 7919 % 300000), CASE WHEN i % 3 = 0 THEN NULL ELSE printf('k%05d', i * 104729 % 100000) END,
                   i % 9 + 1, i / 9 % 2 = 0, date('2005-01-01', '+' || (i % 4000) || ' days'), i FROM n
            """
        );
}

[DbContext(typeof(Schema)), Migration("20260101_1_Pupils")]
internal sealed class PupilMigration : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.CreateTable(
            "bench_pupil",
            t => new
            {
                Id = t.Column<Guid>(),
                Name = t.Column<string>(),
                Nick = t.Column<string>(nullable: true),
                Grade = t.Column<int>(),
                Boards = t.Column<bool>(),
                Born = t.Column<DateOnly>(),
                Serial = t.Column<long>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_bench_pupil", x => x.Id);
            }
        );
        b.CreateIndex("IX_bench_pupil_Grade_Boards_Name_Id", "bench_pupil", ["Grade", "Boards", "Name", "Id"]);
        b.CreateIndex("IX_bench_pupil_Nick_Id", "bench_pupil", ["Nick", "Id"]);
        b.CreateIndex("IX_bench_pupil_Serial_Id", "bench_pupil", ["Serial", "Id"]);
    }
}

internal sealed class PupilRow
{
    [Key, Display(Name = "标识")]
    public Guid Id { get; init; }

    [Display(Name = "姓名")]
    public required string Name { get; init; }

    [Display(Name = "别名")]
    public string? Nick { get; init; }

    [Display(Name = "年级")]
    public int Grade { get; init; }

    [Display(Name = "住校")]
    public bool Boards { get; init; }

    [Display(Name = "出生日期")]
    public DateOnly Born { get; init; }

    [Display(Name = "流水号")]
    public long Serial { get; init; }
}

internal sealed class PupilListing() : Listing<PupilRow>("Pupils", "学生")
{
    public override IQueryable<PupilRow> Query(ListingSource source) =>
        source
            .Db.Set<Pupil>()
            .Select(p => new PupilRow
            {
                Id = p.Id,
                Name = p.Name,
                Nick = p.Nick,
                Grade = p.Grade,
                Boards = p.Boards,
                Born = p.Born,
                Serial = p.Serial,
            });
}
