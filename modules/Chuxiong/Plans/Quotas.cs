using EduAssist.Data;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Chuxiong;

/// <summary>附件2：一县市一年的送读计划，和已经送读的人数。</summary>
internal sealed class CountyPlan : ISeeded, IScoped
{
    public Guid Id { get; init; }
    public int Year { get; init; }

    /// <summary>As in the year of the plan; compared by what the code is today.</summary>
    public required string Division { get; init; }

    public required string Name { get; set; }
    public int Entrants { get; set; }
    public int Quota { get; set; }
    public int ShanghaiTask { get; set; }

    /// <summary>Students sent from the county's junior highs. Only a correction takes one back.</summary>
    public int Sent { get; set; }

    /// <summary>Of <see cref="ShanghaiTask"/>.</summary>
    public int SentToShanghai { get; set; }

    public required string Scope { get; init; }
    public string? SeedKey { get; init; }
    public string? Seeded { get; set; }
}

/// <summary>附件2：一职业学校一年的招生计划，和已经入学的人数。</summary>
internal sealed class SchoolPlan : ISeeded
{
    public Guid Id { get; init; }
    public int Year { get; init; }
    public Guid SchoolId { get; init; }
    public School School { get; init; } = null!;
    public int Places { get; set; }
    public int ShanghaiTask { get; set; }
    public int Enrolled { get; set; }

    /// <summary>Of <see cref="ShanghaiTask"/>.</summary>
    public int SentToShanghai { get; set; }

    /// <summary>cx-i4：学校申明秋季注册已经完成的日期；巩固期到这一天为止。</summary>
    public DateOnly? RegistrationCompleteOn { get; set; }

    public string? SeedKey { get; init; }
    public string? Seeded { get; set; }
}

/// <summary>四（一）1：县市分解给一所初中的计划，和它已经送读的人数。</summary>
internal sealed class Allotment : IScoped
{
    public Guid Id { get; init; }
    public int Year { get; init; }
    public Guid CountyPlanId { get; init; }
    public CountyPlan CountyPlan { get; init; } = null!;
    public Guid SchoolId { get; init; }
    public School School { get; init; } = null!;

    /// <summary>Null: the county has not allotted.</summary>
    public int? Places { get; set; }

    public int Sent { get; set; }

    /// <summary>As the register wrote it: the county sees the allotment, and not the prefecture's school.</summary>
    public string SchoolName { get; init; } = "";

    public required string Scope { get; init; }
    public string Handler { get; init; } = "";

    internal static Allotment For(UnitOfWork work, CountyPlan plan, School school) => new()
    {
        Id = work.NewId(),
        Year = plan.Year,
        CountyPlanId = plan.Id,
        SchoolId = school.Id,
        SchoolName = school.Name,
        Scope = school.Scope,
        Handler = Quotas.HandlerOf(work, school),
    };
}

/// <summary>Whose Shanghai task a student counts for (附件2).</summary>
internal enum TaskOwner
{
    /// <summary>所报的职业学校</summary>
    School,

    /// <summary>生源县市</summary>
    County,
}

/// <summary>Where the plan is used: one conditional change in the database, which no race gets past.</summary>
internal static class Quotas
{
    /// <summary>附件2的计划由哪个县市使用：州属学校的初中学生占用楚雄市的计划（cx-i10）。</summary>
    /// <returns>
    /// Of a school of another prefecture or of the province, its own division, which is no county and has no plan.
    /// </returns>
    internal static DivisionCode CountyOf(School school) =>
        IsPrefectureRun(school) ? DivisionCode.Of(532301)
        : !DivisionCode.TryParse(school.Division, out var division)
            ? throw new InvalidOperationException($"{school.Id}: {school.Division} is no division.")
        : division.Level is DivisionLevel.County or DivisionLevel.Township ? division.County : division;

    /// <summary>四（一）1：州属学校的初中学生由楚雄市教育体育局办理，学校不在它之下。</summary>
    /// <returns>The scope of the bureau; empty: the school lies within its county.</returns>
    internal static string HandlerOf(UnitOfWork work, School school) =>
        IsPrefectureRun(school) ? ScopePath.ForDivision(work.Policy.Divisions.Current(CountyOf(school))) : "";

    internal static bool IsPrefectureRun(School school) => school.Division == "532300";

    /// <summary>The county's line of the year's plan; null: there is none.</summary>
    internal static async Task<CountyPlan?> PlanOfAsync(UnitOfWork work, int year, DivisionCode county) =>
        (await work.Db.Set<CountyPlan>().AsNoTracking().Where(p => p.Year == year).ToListAsync())
        .Find(p => DivisionCode.TryParse(p.Division, out var code)
            && work.Policy.Divisions.Current(code) == work.Policy.Divisions.Current(county));

    /// <summary>The county as annex 2 has it, whichever code it bears in another year.</summary>
    internal static CountyQuota? Printed(UnitOfWork work, string county) =>
        DivisionCode.TryParse(county, out var code)
            ? Plan2020.Printed.Counties.SingleOrDefault(c => work.Policy.Divisions.Current(c.Division)
                == work.Policy.Divisions.Current(code)) : null;

    /// <summary>One more student of the county's plan, or with −1 one less.</summary>
    internal static async Task<bool> SendAsync(UnitOfWork work, CountyPlan plan, int by) =>
        await work.Db.Set<CountyPlan>().Where(p => p.Id == plan.Id && (by < 0 || p.Sent + by <= p.Quota))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Sent, p => p.Sent + by))
            == 1;

    internal static async Task<bool> EnrolAsync(UnitOfWork work, SchoolPlan plan, int by) =>
        await work.Db.Set<SchoolPlan>().Where(p => p.Id == plan.Id && (by < 0 || p.Enrolled + by <= p.Places))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Enrolled, p => p.Enrolled + by))
            == 1;

    /// <summary>附件2：一名学生只算一项任务。所报学校印有任务的算学校的，否则算生源县市的。</summary>
    internal static TaskOwner TaskOf(SchoolPlan school) =>
        school.ShanghaiTask > 0 ? TaskOwner.School : TaskOwner.County;

    internal static async Task<bool> SendToShanghaiAsync(
        UnitOfWork work, TaskOwner owner, CountyPlan county, SchoolPlan school, int by) => owner == TaskOwner.School
        ? await work.Db.Set<SchoolPlan>()
            .Where(p => p.Id == school.Id && (by < 0 || p.SentToShanghai + by <= p.ShanghaiTask)).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.SentToShanghai, p => p.SentToShanghai + by)) == 1
        : await work.Db.Set<CountyPlan>()
            .Where(p => p.Id == county.Id && (by < 0 || p.SentToShanghai + by <= p.ShanghaiTask)).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.SentToShanghai, p => p.SentToShanghai + by)) == 1;

    /// <summary>
    /// Of a junior high: without limit until its county allots; then what it was allotted, nothing if it was passed
    /// over.
    /// </summary>
    internal static async Task<bool> SendFromAsync(
        UnitOfWork work, Allotment? allotment, CountyPlan plan, School school, bool countyHasAllotted)
    {
        if (allotment is null)
        {
            if (countyHasAllotted) return false;
            var begun = Allotment.For(work, plan, school);
            begun.Sent = 1;
            work.Db.Add(begun);
            return true;
        }

        return await work.Db.Set<Allotment>()
            .Where(a => a.Id == allotment.Id && (a.Places == null ? !countyHasAllotted : a.Sent < a.Places))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Sent, a => a.Sent + 1)) == 1;
    }

    internal static Task TakeBackFromAsync(UnitOfWork work, Allotment allotment) =>
        work.Db.Set<Allotment>().Where(a => a.Id == allotment.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Sent, a => a.Sent - 1));
}
