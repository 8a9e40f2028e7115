using Autofac;
using EduAssist.Data;
using EduAssist.Data.Privacy;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EduAssist.Conformance;

/// <summary>A module that is right in everything but one planted fault.</summary>
internal abstract class FaultyModule : PolicyModule, IDocuments
{
    public override string Id => "faulty";

    public override string Title => "有一处毛病的模块";

    public virtual IReadOnlyList<Document> Documents =>
        [
            new("f1", "文件", new(2020, 1, 1))
            {
                Provisions =
                [
                    new("f1/1", "一", ProvisionKinds.Rule, "一条规则。"),
                    new("f1/2", "二", ProvisionKinds.Narrative, "一条原则。"),
                ],
            },
        ];

    public virtual IReadOnlyList<Interpretation> Interpretations => [];

    protected virtual IEnumerable<IContribution> Others => [new Question(s => s.First & s.Second)];

    protected override void Load(ContainerBuilder builder)
    {
        foreach (var contribution in Others.Prepend(this))
            builder.RegisterInstance(contribution).As<IContribution>().ExternallyOwned();
    }
}

internal sealed class Subject(Facts facts, string firstTitle)
{
    public Truth First { get; } = facts.YesNo(firstTitle);
    public Truth Second { get; } = facts.YesNo("第二项");
    public Fact<int> Number { get; } = facts.Number("数目", 0, 100);
}

internal sealed class Question(Func<Subject, Truth> claim, string firstTitle = "第一项")
    : Programme<Subject>(
        "faulty.question",
        "一个问题",
        ProgrammeKind.Eligibility,
        facts => new(facts, firstTitle),
        new RuleSet<Subject>("f1", 1, new(2020, 1, 1), [new("claim", ["f1/1"], claim, "须如此")])
    );

internal sealed class Years(Func<int, IEnumerable<Window>> windows) : ITimeline
{
    public IEnumerable<Window> Windows(int year, WorkCalendar calendar, InterpretationProfile reading) => windows(year);

    public IEnumerable<Duty> Duties(int year, WorkCalendar calendar, InterpretationProfile reading) => [];
}

internal sealed class SoundModule : FaultyModule;

internal sealed class ForgottenProvisionModule : FaultyModule
{
    public override IReadOnlyList<Document> Documents =>
        [
            base.Documents[0] with
            {
                Provisions =
                [
                    .. base.Documents[0].Provisions,
                    new("f1/3", "三", ProvisionKinds.Duty, "没有人管的职责。"),
                ],
            },
        ];
}

internal sealed class ForgottenInterpretationModule : FaultyModule
{
    public override IReadOnlyList<Interpretation> Interpretations =>
        [new("f-i1", ["f1/1"], "这样", "那样", "因为") { Switch = "Faulty:Other" }];
}

/// <summary>The rule is another one than was approved, under the same version.</summary>
internal sealed class ChangedRuleModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others => [new Question(s => s.First | s.Second)];
}

/// <summary>Kleene's logic cannot see that a claim or its contrary always holds.</summary>
internal sealed class InexactVerdictModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others => [new Question(s => (s.First | !s.First) & s.Second)];
}

/// <summary>The first fact is asked for, and never matters.</summary>
internal sealed class InexactMissingModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others =>
        [new Question(s => (s.First & s.Second) | (!s.First & s.Second))];
}

/// <summary>
/// Exact claims that turn on one fact together: whichever it is, one of them may fail, and their conjunction alone does
/// not see it.
/// </summary>
internal sealed class TurningModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others => [new Turning()];
}

internal sealed class TurningSubject(Facts facts)
{
    public Truth Turn { get; } = facts.YesNo("情形");
    public Truth First { get; } = facts.YesNo("第一项");
    public Truth Second { get; } = facts.YesNo("第二项");
    public Truth Third { get; } = facts.YesNo("第三项");
}

internal sealed class Turning()
    : Programme<TurningSubject>(
        "faulty.turning",
        "分情形的问题",
        ProgrammeKind.Eligibility,
        facts => new(facts),
        new RuleSet<TurningSubject>(
            "f1",
            1,
            new(2020, 1, 1),
            [
                new("first", ["f1/1"], s => s.First, "须有第一项") { When = s => s.Turn },
                new("second", ["f1/1"], s => s.Second, "须有第二项") { When = s => s.Turn },
                new("third", ["f1/1"], s => s.Third, "须有第三项") { When = s => !s.Turn },
            ]
        )
    );

/// <summary>Two days, and how far they may lie apart.</summary>
internal sealed class TwoDays(Facts facts)
{
    public Fact<DateOnly> Told { get; } = facts.Date("告知之日");
    public Fact<DateOnly> Signed { get; } = facts.Date("签字之日");

    /// <summary>Open while one of them is.</summary>
    internal Truth Apart(Func<int, bool> claim) =>
        Told.Is(_ => true)
        & Signed.Is(_ => true)
        & (!Told.IsKnown || !Signed.IsKnown || claim(Signed.Value.DayNumber - Told.Value.DayNumber));
}

internal sealed class Related(Func<TwoDays, Truth> claim)
    : Programme<TwoDays>(
        "faulty.related",
        "两个日期的问题",
        ProgrammeKind.Eligibility,
        facts => new(facts),
        new RuleSet<TwoDays>("f1", 1, new(2020, 1, 1), [new("in-time", ["f1/1"], claim, "须在告知后签字")])
    );

/// <summary>Right: within fourteen days of each other, and no day by itself is a limit.</summary>
internal sealed class RelatedDaysModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others =>
        [new Related(d => d.Apart(days => days is >= -14 and <= 14))];
}

/// <summary>Takes a day that is not known yet for one that is too late.</summary>
internal sealed class TooLateAlreadyModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others =>
        [
            new Related(d =>
                d.Told.IsKnown && !d.Signed.IsKnown ? Truth.False : d.Apart(days => days is >= -14 and <= 14)
            ),
        ];
}

/// <summary>Right, and turns on days too far apart to be looked for together.</summary>
internal sealed class FarApartModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others => [new Related(d => d.Apart(days => days == 1_000))];
}

/// <summary>A limit that only one value of a hundred touches.</summary>
internal sealed class InexactAtOneValueModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others =>
        [new Question(s => s.Second & (s.Number != 37 | !s.First | s.First))];
}

internal sealed class ThrowingModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others =>
        [new Question(s => s.First & s.Number.Is(n => 10 / (n - 50) < 100))];
}

internal sealed class UnknownIsFalseModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others => [new Question(s => s.First.IsTrue & s.Second)];
}

internal sealed class EnglishTitleModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others =>
        [new Question(s => s.First & s.Second, firstTitle: "first")];
}

/// <summary>A programme that asks nothing.</summary>
internal sealed class HollowProgrammeModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others => [.. base.Others, new Hollow()];

    private sealed class Nobody;

    private sealed class Hollow()
        : Programme<Nobody>(
            "faulty.hollow",
            "没有事实的问题",
            ProgrammeKind.Eligibility,
            _ => new(),
            new RuleSet<Nobody>("f1", 1, new(2020, 1, 1), [new("claim", ["f1/1"], _ => Truth.True, "须如此")])
        );
}

/// <summary>Right in the latest year, which the start checks, and wrong in an earlier one.</summary>
internal sealed class ShiftingWindowsModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others =>
        [
            .. base.Others,
            new Years(year => [new("w", "时段", new(year == 2021 ? 2020 : year, 4, 1), new(year, 4, 9), ["f1/1"])]),
        ];
}

internal sealed class WindowClosedOnItsLastDayModule : FaultyModule
{
    protected override IEnumerable<IContribution> Others =>
        [
            .. base.Others,
            new Years(year =>
                [new("w", "时段", new(year, 4, 1), new(year, 4, 9), ["f1/1"]) { Closed = [new(year, 4, 9)] }]
            ),
        ];
}

internal enum Size
{
    Small,
    Large,
}

/// <summary>Something stored, whose second migration adds a column.</summary>
internal sealed class Thing
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public int Size { get; init; }
    public string? Note { get; init; }
    public Size Kind { get; init; }
    public string? Secret { get; init; }
    public Guid? WholeId { get; init; }
    public Thing? Whole { get; init; }
}

/// <summary>A module that stores things.</summary>
/// <param name="thing">What its table of things says otherwise than its migrations; null: nothing.</param>
/// <param name="visit">What its table of visits says otherwise; null: nothing.</param>
/// <param name="remark">What its table of remarks says otherwise; null: nothing.</param>
/// <param name="others">What else it brings, such as listings.</param>
internal class StoringModule(
    Action<TableBuilder<Thing>>? thing,
    Action<TableBuilder<Visit>>? visit = null,
    Action<TableBuilder<Remark>>? remark = null,
    params IReadOnlyList<IContribution> others
) : FaultyModule
{
    public StoringModule()
        : this(null) { }

    protected override IEnumerable<IContribution> Others =>
        [.. base.Others, new Things(thing), new Visits(visit), new Remarks(remark), .. others];

    private sealed class Things(Action<TableBuilder<Thing>>? otherwise) : Table<Thing>
    {
        protected override void Declare(TableBuilder<Thing> table)
        {
            table
                .Named("faulty_thing")
                .Hidden("things")
                .Kept()
                .Encrypted(t => t.Secret, "Thing.Secret")
                .Harmless(t => t.Name, t => t.Note, t => t.Secret)
                .Index(t => new { t.Size, t.Name }, unique: true)
                .References(t => t.Whole, t => t.WholeId);
            otherwise?.Invoke(table);
        }
    }

    private sealed class Visits(Action<TableBuilder<Visit>>? otherwise) : Table<Visit>
    {
        protected override void Declare(TableBuilder<Visit> table)
        {
            table
                .Named("faulty_visit")
                .VisibleBy(v => v.Scope)
                .Concerns(v => v.StudentId)
                .AppendOnly(v => v.At)
                .Personal(v => v.Phone, PersonalKind.Phone, "走访")
                .References<Student>(v => v.StudentId)
                .References(v => v.Earlier, v => v.EarlierId);
            otherwise?.Invoke(table);
        }
    }

    private sealed class Remarks(Action<TableBuilder<Remark>>? otherwise) : Table<Remark>
    {
        protected override void Declare(TableBuilder<Remark> table)
        {
            table
                .Named("faulty_remark")
                .VisibleThrough(r => r.Visit)
                .Concerns(r => r.Visit.StudentId)
                .Kept()
                .Personal(r => r.Text, PersonalKind.Note, "走访")
                .References(r => r.Visit, r => r.VisitId, v => v.Remarks);
            otherwise?.Invoke(table);
        }
    }
}

internal sealed class UnwrittenColumnModule() : StoringModule(t => t.Entity.Property<int?>("Colour"));

/// <summary>As a renamed property names its column.</summary>
internal sealed class RenamedColumnModule()
    : StoringModule(t => t.Entity.Property(x => x.Note).HasColumnName("Remark"));

internal sealed class RenamedTableModule() : StoringModule(t => t.Named("faulty_object"));

internal sealed class UnnamedTableModule()
    : StoringModule(t => t.Entity.Metadata.RemoveAnnotation(RelationalAnnotationNames.TableName));

internal sealed class ForeignTableModule() : StoringModule(t => t.Named("thing"));

/// <summary>As a purpose made of the names of class and property changes with them.</summary>
internal sealed class RenamedPurposeModule() : StoringModule(t => t.Encrypted(x => x.Secret, "Object.Secret"));

internal sealed class OtherTypeModule() : StoringModule(t => t.Entity.Property(x => x.Size).HasConversion<string>());

internal sealed class OtherNullabilityModule() : StoringModule(t => t.Entity.Property(x => x.Note).IsRequired());

internal sealed class OtherUniquenessModule() : StoringModule(t => t.Index(x => new { x.Size, x.Name }));

internal sealed class OtherOrderModule()
    : StoringModule(t => t.Entity.HasIndex(x => new { x.Size, x.Name }).IsDescending(true, false));

internal sealed class OtherDeleteRuleModule()
    : StoringModule(t =>
        t.Entity.HasOne(x => x.Whole).WithMany().HasForeignKey(x => x.WholeId).OnDelete(DeleteBehavior.Cascade)
    );

/// <summary>A length that only PostgreSQL keeps.</summary>
internal sealed class OtherLengthModule() : StoringModule(t => t.Entity.Property(x => x.Name).HasMaxLength(20));

internal sealed class OtherCollationModule()
    : StoringModule(t => t.Entity.Property(x => x.Note).UseCollation("NOCASE"));

[DbContext(typeof(Schema)), Migration("20200101_1_Things")]
internal sealed class ThingsMigration : ModuleMigration
{
    protected override void Change(MigrationBuilder b)
    {
        b.CreateTable(
            "faulty_thing",
            t => new
            {
                Id = t.Column<Guid>(),
                Name = t.Column<string>(),
                Size = t.Column<int>(),
                Kind = t.Column<string>(),
                Secret = t.Column<byte[]>(nullable: true),
                WholeId = t.Column<Guid>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_faulty_thing", x => x.Id);
                t.ForeignKey(
                    "FK_faulty_thing_faulty_thing_WholeId",
                    x => x.WholeId,
                    "faulty_thing",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateIndex("IX_faulty_thing_Size_Name", "faulty_thing", ["Size", "Name"], unique: true);
        b.CreateIndex("IX_faulty_thing_WholeId", "faulty_thing", "WholeId");
        b.CreateTable(
            "faulty_visit",
            t => new
            {
                Id = t.Column<Guid>(),
                Scope = t.Column<string>(),
                StudentId = t.Column<Guid>(nullable: true),
                Phone = t.Column<string>(nullable: true),
                At = t.Column<DateTime>(),
                EarlierId = t.Column<Guid>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_faulty_visit", x => x.Id);
                t.ForeignKey(
                    "FK_faulty_visit_core_student_StudentId",
                    x => x.StudentId,
                    "core_student",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
                t.ForeignKey(
                    "FK_faulty_visit_faulty_visit_EarlierId",
                    x => x.EarlierId,
                    "faulty_visit",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateIndex("IX_faulty_visit_StudentId", "faulty_visit", "StudentId");
        b.CreateIndex("IX_faulty_visit_EarlierId", "faulty_visit", "EarlierId");
        b.CreateTable(
            "faulty_remark",
            t => new
            {
                Id = t.Column<Guid>(),
                VisitId = t.Column<Guid>(),
                Text = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_faulty_remark", x => x.Id);
                t.ForeignKey(
                    "FK_faulty_remark_faulty_visit_VisitId",
                    x => x.VisitId,
                    "faulty_visit",
                    "Id",
                    onDelete: ReferentialAction.Restrict
                );
            }
        );
        b.CreateIndex("IX_faulty_remark_VisitId", "faulty_remark", "VisitId");
    }
}

[DbContext(typeof(Schema)), Migration("20200102_1_Notes")]
internal sealed class NotesMigration : ModuleMigration
{
    /// <summary>Whether it takes rows away, as no migration may.</summary>
    internal static readonly AsyncLocal<bool> Loses = new();

    protected override void Change(MigrationBuilder b)
    {
        b.AddColumn<string>("Note", "faulty_thing", nullable: true);
        if (Loses.Value)
            b.Sql("DELETE FROM faulty_thing");
    }
}
