namespace EduAssist.OData;

public class ThreadTests
{
    [Theory, EveryDatabase]
    public async Task It_answers(DatabaseKind kind)
    {
        await using var served = await Served.Start(kind);
        foreach (var path in new[] { "", "$metadata", "$metadata?$format=json", "Divisions?$filter=startswith(Code,'5323')&$select=Code,Name&$orderby=Name desc&$top=3&$expand=ParentDivision,Children($top=2;$select=Code;$count=true)", "Divisions('532301')", "Divisions('532301')/Children/$count",
            "Divisions/$count", "Provisions?$top=1&$filter=Kinds has EduAssist.ProvisionKinds'Rule'", "Windows?$filter=Year eq 2020 and Module eq 'chuxiong'", "Duties/$count", "Programmes?$expand=Assessments", "Interpretations?$top=1", "AuditEntries?$orderby=At desc",
            "Divisions?$apply=groupby((Level),aggregate($count as N,Name with countdistinct as D,Code with max as M))&$orderby=N desc", "Divisions?$apply=groupby((ParentDivision/Name),aggregate($count as N))&$orderby=N desc&$top=2", "Schools?$apply=aggregate($count as N,Version with sum as S)", "Divisions?$format=csv&$top=3", "Divisions?$filter=Level eq 'County'&$top=1", "Divisions?$filter=Level gt 'County'&$top=1", "Divisions?$filter=ParentDivision/Name eq '云南省'&$top=1&$count=true", "Divisions?$filter=Children/any(c:contains(c/Name,'楚雄'))&$select=Name", "Students?$filter=ResidentId eq '1'", "CaseEvents", "Cases?$filter=year(OpenedAt) eq 2020 and date(OpenedAt) eq 2020-01-01 and hour(OpenedAt) eq 3", "Students", "Rolls?$filter=Student/Name eq 'x'", "Assessments", "Guardians" })
        {
            using var answer = await served.Get(path);
            var text = await answer.Content.ReadAsStringAsync();
            TestContext.Current.TestOutputHelper!.WriteLine($"{(int)answer.StatusCode} {path}\n   {text[..Math.Min(700, text.Length)]}");
        }
    }
}
