using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>附件2：一所接收东西协作学生的上海学校，写在州公布的一份名单上。</summary>
internal sealed class ShanghaiSchool
{
    public Guid Id { get; init; }

    /// <summary>Of the list that was published.</summary>
    public Guid CaseId { get; init; }

    public int Year { get; init; }
    public required string Name { get; init; }

    /// <summary>The latest list of a year is in force.</summary>
    public DateTimeOffset PublishedAt { get; init; }
}

/// <summary>名单的一行。</summary>
internal sealed class ListedShanghaiSchool(FormBinder form)
{
    public string? Name { get; } = form.Text("接收学校", 40);
}

/// <summary>附件2：当年上海接收学校的名单。</summary>
internal sealed class ShanghaiSchoolList(FormBinder form)
{
    public Fact<int> Year { get; } = form.Number("年度", 2020, 2099);
    public IReadOnlyList<ListedShanghaiSchool> Schools { get; } =
        form.Rows("接收学校名单", row => new ListedShanghaiSchool(row), most: 100);
}

/// <summary>附件2：上海接收学校名单的表。</summary>
internal sealed class ShanghaiSchoolsForm() : Form<ShanghaiSchoolList>(
    "chuxiong.shanghai-school-list", "东西协作上海接收学校名单", ["cx2020/A2"], form => new(form))
{
    public override FormLayout Layout { get; } = new(new("年度", "{year}"), new("接收学校名单", "{schools}"))
    {
        Notes = ["送往上海的学生只能到这里列出的学校；当年以最后公布的一份为准。"],
    };
}

/// <summary>附件2：送往上海的学生去哪里，由州公布，不由送读的学校自己写。</summary>
internal sealed class ShanghaiSchoolsWorkflow() : Workflow<ShanghaiSchoolList, FilingRow, FilingFacts>(
    "chuxiong.shanghai-school-list", "上海接收学校名单", "shanghai-school-lists", new ShanghaiSchoolsForm())
{
    internal static readonly CaseState Draft = new("Draft", "草稿"),
        Published = new("Published", "已公布") { IsFinal = true };

    public override CasePresentation Presentation { get; } = new() { Title = ["year"] };

    public override IReadOnlyList<CaseState> States { get; } = [Draft, Published];

    public override IReadOnlyList<Transition<FilingFacts>> Transitions => field ??=
    [
        new("publish", "公布", [Draft], Published, [Role.Prefecture], ["cx2020/A2"])
            { NeedsWholeForm = true, Effect = PublishAsync, Undo = WithdrawAsync },
    ];

    public override IReadOnlyList<Role> Openers => [Role.Prefecture];

    public override IReadOnlyList<Role> Supervisors => [Role.Prefecture];

    /// <summary>The schools of the list in force; none: none was published.</summary>
    internal static async Task<IReadOnlyList<string>> ListedAsync(UnitOfWork work, int year)
    {
        var all = await work.Db.Set<ShanghaiSchool>().Where(s => s.Year == year).ToListAsync();
        var latest = all.MaxBy(s => (s.PublishedAt, s.Id))?.CaseId;
        return [.. all.Where(s => s.CaseId == latest).Select(s => s.Name).Order(StringComparer.Ordinal)];
    }

    protected override Task<Opening<FilingRow>?> OnOpenAsync(
        UnitOfWork work, Guid caseId, ShanghaiSchoolList entered, OpeningErrors errors)
    {
        if (!entered.Year.IsKnown) errors.Wrong("year", "须填写年度。");
        return Task.FromResult<Opening<FilingRow>?>(entered.Year.IsKnown
            ? new(new() { CaseId = caseId }, entered.Year.Value, null, ChuxiongModule.Prefecture)
            : null);
    }

    protected override async Task OnEditAsync(
        UnitOfWork work, FilingRow row, ShanghaiSchoolList entered, OpeningErrors errors)
    {
        if (await OnOpenAsync(work, row.CaseId, entered, errors) is { } same && same.Year != row.Case.Year)
            errors.Wrong("year", "年度不能改；请另建一份。");
    }

    protected override async Task<FilingFacts> LoadFactsAsync(
        UnitOfWork work, FilingRow row, ShanghaiSchoolList entered) =>
        await Filings.FactsOfAsync(work, row) with
        {
            ShanghaiSchools = [.. entered.Schools.Select(s => s.Name).OfType<string>()],
        };

    private static Task<IReadOnlyList<RuleViolation>> PublishAsync(UnitOfWork work, FilingFacts f)
    {
        work.Db.AddRange(f.ShanghaiSchools.Distinct().Select(name => new ShanghaiSchool
        {
            Id = work.NewId(),
            CaseId = f.Row.CaseId,
            Year = f.Row.Case.Year,
            Name = name,
            PublishedAt = work.Now,
        }));
        return Filings.FileAsync(f);
    }

    private static async Task<IReadOnlyList<RuleViolation>> WithdrawAsync(UnitOfWork work, FilingFacts f)
    {
        work.Db.RemoveRange(await work.Db.Set<ShanghaiSchool>().Where(s => s.CaseId == f.Row.CaseId).ToListAsync());
        return [];
    }
}
