using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Office.Cases;
using EduAssist.Office.Enrolment;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.ToyRegion;

/// <summary>What the office knows of an escort beside the paper.</summary>
internal sealed class EscortRow : CaseRow
{
    public required string Name { get; init; }
    public required string SchoolName { get; init; }
}

/// <summary>What the guards of an escort ask for.</summary>
/// <param name="Age">In full years; null: not known.</param>
internal sealed record EscortFacts(int? Age);

/// <summary>第十五条：随车照管员由学校登记，县区教育局同意。</summary>
internal sealed class EscortWorkflow() : Workflow<Escort, EscortRow, EscortFacts>(
    "toyregion.escort", "随车照管员登记", "escorts", new EscortForm())
{
    internal static readonly CaseState
        Entered = new("Entered", "已登记"),
        Admitted = new("Admitted", "已同意") { IsFinal = true };

    public override CasePresentation Presentation { get; } =
        new() { Title = ["name"], School = "school", Listing = "ToyRegionEscorts" };

    public override IReadOnlyList<CaseState> States { get; } = [Entered, Admitted];

    public override IReadOnlyList<Role> Openers => [Role.School];

    public override IReadOnlyList<Transition<EscortFacts>> Transitions { get; } =
    [
        new("admit", "同意", [Entered], Admitted, [Role.County], ["toy2024/15"])
        {
            NeedsWholeForm = true,
            Guards =
            [
                new("adult", ["toy2024/15"], f => f.Age is { } age ? age >= 18 : default(Truth), "须年满十八周岁"),
            ],
        },
    ];

    protected override async Task<Opening<EscortRow>?> OnOpenAsync(
        UnitOfWork work, Guid caseId, Escort entered, OpeningErrors errors)
    {
        if (await SchoolAsync(work, entered) is not { } school)
        {
            errors.Wrong("school", "没有这所学校，或者不在您的管理范围之内。");
            return null;
        }

        var number = entered.ResidentId.IsKnown ? entered.ResidentId.Value.Value : null;
        return await Persons.FindOrAddAsync(work, new(entered.Name, number), school.Scope, errors) is { } person
            ? new(new EscortRow { CaseId = caseId, Name = person.Name, SchoolName = school.Name },
                work.Today.Year, person.Id, school.Scope)
            : null;
    }

    protected override async Task OnEditAsync(
        UnitOfWork work, EscortRow row, Escort entered, OpeningErrors errors)
    {
        var number = entered.ResidentId.IsKnown ? entered.ResidentId.Value.Value : null;
        if (number != row.Case.Student!.ResidentId || entered.Name != row.Name)
            errors.Wrong("residentId", "不能改为另一个人；请另建一份。");
        if (await SchoolAsync(work, entered) is not { } school || school.Scope != row.Case.Scope)
            errors.Wrong("school", "不能改为另一所学校；请另建一份。");
    }

    protected override Task<EscortFacts> LoadFactsAsync(UnitOfWork work, EscortRow row, Escort entered) =>
        Task.FromResult(new EscortFacts(
            row.Case.Student?.BirthDate is { } born ? Age.FullYears(born, work.Today) : null));

    private static async Task<School?> SchoolAsync(UnitOfWork work, Escort entered) =>
        (await work.Db.Set<School>().Where(s => s.Name == entered.School).ToListAsync())
            .Find(s => work.Actor.AccessScope.Covers(s.Scope));
}
