using System.Text.Json.Nodes;

namespace EduAssist.Host.Recording;

/// <summary>The rows of the demo that requests are about, found by what they say. Each has its word in the recording,
/// by its place in the natural order of its set.</summary>
internal sealed class DemoRows
{
    private const string Reader = "everybody";

    private readonly Dictionary<string, string> cases = [];
    private IReadOnlyList<JsonNode> applications = [],
        students = [],
        schools = [],
        rolls = [];

    internal static async Task<DemoRows> Of(Recorder recorder)
    {
        var rows = new DemoRows();
        await rows.Read(recorder);
        return rows;
    }

    internal string School(string name) => Id(schools.Single(s => (string)s["Name"]! == name));

    /// <summary>The pupils of a class that nobody has written an application for, by their names.</summary>
    internal IReadOnlyList<string> Unasked(string school) =>
        [
            .. students
                .Where(s =>
                    rolls.Any(r => (string)r["StudentId"]! == Id(s) && (string)r["SchoolId"]! == School(school))
                    && applications.All(a => (string)a["StudentId"]! != Id(s))
                )
                .Select(Id),
        ];

    /// <summary>The applications of a junior high in a state, by the names of the pupils.</summary>
    internal IReadOnlyList<string> Applications(string school, string state) =>
        [.. applications.Where(a => (string)a["JuniorSchool"]! == school && (string)a["State"]! == state).Select(Id)];

    internal JsonNode Application(string id) => applications.Single(a => Id(a) == id);

    internal string Roll(string student) => Id(rolls.Single(r => (string)r["StudentId"]! == student));

    /// <summary>The declarations that are not made yet.</summary>
    internal IReadOnlyList<string> Completions =>
        [
            .. cases
                .Keys.Where(w => w.StartsWith("registration-completions", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>A case of another workflow, by what its form says first.</summary>
    internal string Case(string word) => cases[word];

    private async Task Read(Recorder recorder)
    {
        schools = await Named("Schools", "$orderby=Name,Division", "School");
        students = await Named("Students", "$orderby=Name,BirthDate", "Student");
        applications = await Named("ChuxiongApplications", "$orderby=StudentName,JuniorSchool", "Application");
        rolls = await Of("Rolls", "StudentId", students, "Student", "Roll");
        await Of("Guardians", "StudentId", students, "Student", "Guardian");
        await Of("Standings", "StudentId", students, "Student", "Standing");
        await Of("Assessments", "CaseId", applications, "Application", "Assessment");
        await Named("ChuxiongAllotments", "$orderby=Year,School", "Allotment");
        await Named("ChuxiongFulfilment", "$orderby=Year,Division", "Fulfilment");
        await Named("ChuxiongQuotas", "$orderby=Year,Kind,Name", "Quota");
        foreach (var one in await recorder.Rows(Reader, "Cases", "$filter=Workflow ne 'chuxiong.application'"))
        {
            var collection = ((string)one["Workflow"]!).Split('.')[1] + "s";
            var form = (await recorder.Look(Reader, $"/api/chuxiong/{collection}/{Id(one)}"))["form"]!;
            var body = (string?)(form["body"] ?? form["school"] ?? form["county"]);
            var word = $"{collection} {body ?? "-"} {form["year"] ?? one["Year"]}";
            cases.Add(word, Id(one));
            recorder.Words.Name(Guid.Parse(Id(one)), $"‹{word}›");
        }

        async Task<IReadOnlyList<JsonNode>> Named(string set, string order, string word)
        {
            var all = await recorder.Rows(Reader, set, order);
            foreach (var (row, n) in all.Select((r, n) => (r, n + 1)))
                recorder.Words.Name(Guid.Parse(Id(row)), $"‹{word} {n}›");
            return all;
        }

        async Task<IReadOnlyList<JsonNode>> Of(
            string set,
            string by,
            IReadOnlyList<JsonNode> wholes,
            string whole,
            string word
        )
        {
            var places = wholes
                .Select((w, n) => (Id: Id(w), Word: $"{whole} {n + 1}"))
                .ToDictionary(w => w.Id, w => w.Word);
            var all = await recorder.Rows(Reader, set, "$top=1000");
            foreach (var row in all)
                recorder.Words.Name(Guid.Parse(Id(row)), $"‹{word} of {places[(string)row[by]!]}›");
            return all;
        }
    }

    private static string Id(JsonNode row) => (string)row["Id"]!;
}
