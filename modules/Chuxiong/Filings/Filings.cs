using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>A paper that a body files for a year, and its bureau approves or takes on file.</summary>
internal sealed class FilingRow : CaseRow
{
    /// <summary>县市在附件2的代码；学校的方案为空。</summary>
    public string? County { get; init; }

    /// <summary>职业学校；县市的方案为空。</summary>
    public Guid? SchoolId { get; init; }

    public School? School { get; init; }

    /// <summary>审核通过、备案、下达或者申明的日期。</summary>
    public DateOnly? FiledOn { get; set; }

    /// <summary>
    /// Of a plan that was issued: the figures that it took the place of, as JSON; null: there were none.
    /// </summary>
    public string? Replaced { get; set; }
}

/// <summary>What the guards of a filed paper ask for.</summary>
/// <param name="Row">With its school, if it is one's.</param>
/// <param name="Today">The day.</param>
/// <param name="Actor">Who acts.</param>
internal sealed record FilingFacts(FilingRow Row, DateOnly Today, Actor Actor)
{
    /// <summary>Of a list of Shanghai's schools: their names.</summary>
    public IReadOnlyList<string> ShanghaiSchools { get; init; } = [];

    /// <summary>Whether whoever acts is this where the paper belongs.</summary>
    internal bool IsBy(Role role) => Actor.Holds([role], Row.Case.Scope);

    internal bool IsOfPrefectureSchool => Row.School is { } school && Quotas.IsPrefectureRun(school);
}

/// <summary>Which papers are on file.</summary>
internal static class Filings
{
    /// <summary>八（一）：县市的实施方案已审核通过；cx-i8：一次审核一直有效，另一读法每年都要。</summary>
    internal static async Task<bool> ImplementationApprovedAsync(UnitOfWork work, int year, string county)
    {
        var printed = Quotas.Printed(work, county)?.Division.ToString();
        return printed is not null && await Approved(work, year).AnyAsync(r => r.County == printed);
    }

    /// <summary>八（一）：州属学校有自己的实施方案；县市职中随县市。</summary>
    internal static async Task<bool> ImplementationApprovedAsync(UnitOfWork work, int year, School school) =>
        !Quotas.IsPrefectureRun(school) || await Approved(work, year).AnyAsync(r => r.SchoolId == school.Id);

    /// <summary>五（二）：教学方案每年备案。</summary>
    internal static Task<bool> TeachingPlanFiledAsync(UnitOfWork work, int year, Guid school) =>
        work.Db.Set<FilingRow>().AnyAsync(r => r.Case.Workflow == TeachingPlanWorkflow.Name && r.Case.Year == year
            && r.SchoolId == school && r.Case.State == TeachingPlanWorkflow.Filed.Id);

    internal static async Task<FilingFacts> FactsOfAsync(UnitOfWork work, FilingRow row)
    {
        if (row.SchoolId is not null) await work.Db.Entry(row).Reference(r => r.School).LoadAsync();
        return new(row, work.Today, work.Actor);
    }

    internal static Task<IReadOnlyList<RuleViolation>> FileAsync(FilingFacts facts)
    {
        facts.Row.FiledOn = facts.Today;
        return Task.FromResult<IReadOnlyList<RuleViolation>>([]);
    }

    private static IQueryable<FilingRow> Approved(UnitOfWork work, int year)
    {
        var everyYear = work.Policy.Reading.TakesOther("cx-i8");
        return work.Db.Set<FilingRow>().Where(r => r.Case.Workflow == ImplementationPlanWorkflow.Name
            && r.Case.State == ImplementationPlanWorkflow.Approved.Id
            && (everyYear ? r.Case.Year == year : r.Case.Year <= year));
    }
}
