using System.Globalization;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Listings;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using EduAssist.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EduAssist.Web.Pages;

/// <summary>
/// 列表: a page for every listing, with the filter, the order, the page and the columns in its address.
/// </summary>
internal sealed class ListPages : IPages
{
    internal const string FilterPrefix = "f.";

    private const int MostChoices = 40,
        MostCounted = 1000,
        ColumnsAtFirst = 10,
        YearsBack = 6,
        PrefectureDigits = 4;

    private const string AfterName = "after",
        BeforeName = "before",
        LastName = "last";

    private static readonly IReadOnlyList<int> Sizes = [20, 50, 100];

    void IPages.Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/lists", async (HttpContext http, Instance instance, CommandExecutor commands) =>
        {
            await using var db = commands.Database.Read(http.Actor().AccessScope);
            List<(IListing, string)> counted = [];
            foreach (var listing in instance.Catalogue.Listings)
                counted.Add(
                    (
                        listing,
                        await CountedAsync(ListingRows.Create(listing, new(db, instance, http.RequestAborted)), new([]))
                    )
                );
            return PageResult.Page<ListsPage>(http, "列表", new ListsPage.View(counted));
        });
        pages.MapGet(
            "/lists/{set}",
            async (HttpContext http, Instance instance, CommandExecutor commands, string set) =>
                instance.Catalogue.Listings.FirstOrDefault(l => l.Set == set) is { } listing
                    ? PageResult.Page<ListPage>(
                        http,
                        listing.Title,
                        await ViewAsync(http, instance, commands, listing, [])
                    )
                    : PageResult.NotFound(http, $"没有列表 {Short(set)}。")
        );
    }

    /// <summary>A page of a listing as its address asks for it.</summary>
    /// <param name="http">The address.</param>
    /// <param name="instance">What is loaded.</param>
    /// <param name="commands">The database.</param>
    /// <param name="listing">The listing.</param>
    /// <param name="always">What holds whatever the address says.</param>
    /// <param name="latest">The column whose last values come first, where the address asks for no order.</param>
    internal static async Task<ListPage.View> ViewAsync(
        HttpContext http,
        Instance instance,
        CommandExecutor commands,
        IListing listing,
        IReadOnlyList<(Column Column, string Text)> always,
        string? latest = null
    )
    {
        var query = http.Request.Query;
        await using var db = commands.Database.Read(http.Actor().AccessScope);
        var rows = ListingRows.Create(listing, new(db, instance, http.RequestAborted));
        var filters = await FiltersAsync(instance, listing, rows, query, http.Actor().AccessScope, always);
        var chosen = listing.Columns.FirstOrDefault(c => c.Name == query["sort"] && !c.IsPersonal);
        var sort = chosen ?? listing.Columns.FirstOrDefault(c => c.Name == latest);
        var question = new ListingQuestion(
            [.. always, .. filters.Where(f => f.Chosen.Length > 0).Select(f => (f.Column, f.Chosen))],
            Text(query["q"]),
            sort,
            chosen is null ? sort is not null : query["desc"] == "true"
        );
        var size = Number(query["size"], 1) is var asked && Sizes.Contains(asked) ? asked : Sizes[0];
        var columns = Columns(listing, query, always);
        var place =
            Text(query[AfterName]) is { } after ? new ListingPlace(after)
            : Text(query[BeforeName]) is { } before ? new(before, IsBefore: true)
            : query.ContainsKey(LastName) ? new(null, IsBefore: true)
            : ListingPlace.First;
        var page = await rows.PageAsync(question, place, size);
        var shown = page.Rows;
        return new(
            listing,
            Cells(instance, listing, columns, shown, await PlacesAsync(db, instance, columns, shown)),
            columns,
            filters,
            question.Search,
            sort?.Name,
            question.Descending,
            page is { Previous: null, Next: null } ? $"{shown.Count:N0}" : await CountedAsync(rows, question),
            page.Previous is null ? null : At(http, null, null),
            page.Previous is null ? null : At(http, BeforeName, page.Previous),
            page.Next is null ? null : At(http, AfterName, page.Next),
            page.Next is null ? null : At(http, LastName, "true"),
            size,
            OData(http, question, columns, listing),
            changes => Address(http, changes)
        )
        {
            HasSearch = listing.Columns.Any(c => c is { IsSearched: true, IsPersonal: false }),
        };
    }

    /// <summary>How many rows, as far as anybody waits for it.</summary>
    internal static async Task<string> CountedAsync(ListingRows rows, ListingQuestion question) =>
        await rows.CountAsync(question, MostCounted + 1) is var counted && counted > MostCounted
            ? $"超过 {MostCounted:N0}"
            : $"{counted:N0}";

    /// <summary>The same address, at another place of the list.</summary>
    private static string At(HttpContext http, string? name, string? value) =>
        Address(http, AtFirst.Select(n => (n, n == name ? value : null)));

    /// <summary>What takes the place out of an address: another order or filter begins at its first row.</summary>
    internal static IReadOnlyList<string> AtFirst { get; } = [AfterName, BeforeName, LastName, "page"];

    /// <summary>What the places of some rows are called.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> PlacesAsync(
        AppDbContext db,
        Instance instance,
        IReadOnlyList<Column> columns,
        IReadOnlyList<object> rows
    )
    {
        List<string> scopes =
        [
            .. columns
                .Where(c => c.Codes == CodeSystem.Place)
                .SelectMany(c => rows.Select(c.Property.GetValue).OfType<string>())
                .Distinct(),
        ];
        return (await PlaceNames.FormatAllAsync(db, scopes)).ToDictionary(
            w => w.Key,
            w =>
                w.Key.Length == 0 ? "全部"
                : DivisionCode.TryParse(w.Value, out var division) && instance.Divisions.Find(division) is { } known
                    ? known.Name
                : w.Value
        );
    }

    internal static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    /// <summary>The longest text that anything is looked for by.</summary>
    internal const int LongestText = 100;

    /// <summary>A text that something is looked for by; null: there is none.</summary>
    internal static string? Text(string? text) =>
        text?.Trim() is { Length: > 0 and <= LongestText } given ? given : null;

    /// <summary>
    /// Whether a list is asked for by more than it looks for: it would show everything as if it had been found.
    /// </summary>
    internal static bool AsksTooMuch(IQueryCollection query) =>
        query.Any(q =>
            (q.Key is "q" or AfterName or BeforeName || q.Key.StartsWith(FilterPrefix, StringComparison.Ordinal))
            && q.Value.Any(v => v?.Trim().Length > LongestText)
        );

    internal static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>The same address with other values; null takes one out.</summary>
    internal static string Address(HttpContext http, IEnumerable<(string Name, string? Value)> changes)
    {
        var changed = changes.ToDictionary(c => c.Name, c => c.Value);
        var query = new QueryBuilder();
        foreach (var (name, values) in http.Request.Query.Where(q => !changed.ContainsKey(q.Key)))
        foreach (var value in values.Where(v => !string.IsNullOrEmpty(v)))
            query.Add(name, value!);
        foreach (var (name, value) in changed.Where(c => c.Value is not null))
            query.Add(name, value!);
        return $"{http.Request.Path}{query}";
    }

    /// <summary>Years, states and words of closed lists can be chosen from.</summary>
    private static async Task<IReadOnlyList<ListPage.Filter>> FiltersAsync(
        Instance instance,
        IListing listing,
        ListingRows rows,
        IQueryCollection query,
        AccessScope access,
        IReadOnlyList<(Column Column, string Text)> always
    )
    {
        List<ListPage.Filter> filters = [];
        foreach (
            var column in listing.Columns.Where(c =>
                !always.Any(a => a.Column == c)
                && !c.IsPersonal
                && (c.IsFiltered || query.ContainsKey(FilterPrefix + c.Name))
            )
        )
        {
            var chosen = Text(query[FilterPrefix + column.Name]) ?? "";
            var values = (Known(instance, listing, rows, column, access) ?? await rows.SampleAsync(column, new(always)))
                .Where(v => v is not null)
                .Select(v => ($"{v}", Spoken(instance, listing, column, v)))
                .DistinctBy(v => v.Item1)
                .ToList();
            // what was asked for stands there, also where the rows that were looked at have it not
            if (chosen.Length > 0 && !values.Exists(v => v.Item1 == chosen))
                values.Add((chosen, chosen));
            values = values.OrderBy(v => v.Item2, StringComparer.Ordinal).Take(MostChoices).ToList();
            if (values.Count > 1 || chosen.Length > 0)
                filters.Add(new(column, chosen, values));
        }

        return filters;
    }

    /// <summary>
    /// What can be chosen without asking the database: words of closed lists, states, workflows, papers, the years
    /// about this one, the counties of the reader's prefectures. Null: nobody knows.
    /// </summary>
    private static IEnumerable<object?>? Known(
        Instance instance,
        IListing listing,
        ListingRows rows,
        Column column,
        AccessScope access
    )
    {
        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object?>();
        if (type == typeof(bool))
            return [true, false];
        if (!rows.IsStored)
            return null; // a short list in memory
        if (type == typeof(int) && column.Name.EndsWith("Year", StringComparison.Ordinal))
            return Enumerable
                .Range(instance.Today.Date.Year - YearsBack, YearsBack + 2)
                .Reverse()
                .Select(y => (object?)y);
        return column.Codes switch
        {
            CodeSystem.CaseState => instance.Catalogue.StatesOf(listing).Select(s => s.Id),
            CodeSystem.Workflow => instance.Catalogue.Workflows.Select(w => w.Id),
            CodeSystem.Programme => instance.Catalogue.Programmes.Select(p => p.Id),
            CodeSystem.SchoolAttribute => instance.SchoolAttributes.Select(a => a.Id),
            CodeSystem.Division when access.Ranges.All(r => r.From.Length >= PrefectureDigits) => instance
                .Divisions.All.Where(d =>
                    d.Level == DivisionLevel.County
                    && d.Successor is null
                    && access.Ranges.Any(r =>
                        d.Code.Path.StartsWith(r.From[..PrefectureDigits], StringComparison.Ordinal)
                    )
                )
                .Select(d => d.Code.ToString()),
            _ => null,
        };
    }

    /// <summary>Those that were chosen; else all but keys and what only programs ask for.</summary>
    private static IReadOnlyList<Column> Columns(
        IListing listing,
        IQueryCollection query,
        IReadOnlyList<(Column Column, string Text)> always
    )
    {
        var chosen = query["col"].OfType<string>().ToHashSet();
        List<Column> columns =
        [
            .. listing.Columns.Where(c =>
                chosen.Count > 0 ? chosen.Contains(c.Name) : !IsForPrograms(c) && !always.Any(a => a.Column == c)
            ),
        ];
        return columns.Count == 0 ? listing.Columns
            : chosen.Count > 0 ? columns
            : [.. columns.Take(ColumnsAtFirst)];
    }

    private static bool IsForPrograms(Column column) =>
        (Nullable.GetUnderlyingType(column.Type) ?? column.Type) == typeof(Guid) || column.Name == "Version";

    internal static IReadOnlyList<IReadOnlyList<Ui.DataTable.Cell>> Cells(
        Instance instance,
        IListing listing,
        IReadOnlyList<Column> columns,
        IReadOnlyList<object> rows,
        IReadOnlyDictionary<string, string>? places = null
    )
    {
        var leading = columns.FirstOrDefault(c => c is { IsSearched: true, IsPersonal: false }) ?? columns[0];
        return
        [
            .. rows.Select(row =>
                (IReadOnlyList<Ui.DataTable.Cell>)
                    [
                        .. columns.Select(c =>
                            CellOf(
                                instance,
                                listing,
                                c,
                                row,
                                c == leading ? Link(instance, listing, row) : null,
                                places
                            )
                        ),
                    ]
            ),
        ];
    }

    private static Ui.DataTable.Cell CellOf(
        Instance instance,
        IListing listing,
        Column column,
        object row,
        string? href,
        IReadOnlyDictionary<string, string>? places
    )
    {
        var value = column.Property.GetValue(row);
        var text =
            column.Codes == CodeSystem.SchoolAttributeValue
                ? AttributeOf(instance, $"{Value(listing, row, "Attribute")}")?.TitleOf($"{value}") ?? $"{value}"
                : Spoken(instance, listing, column, value, places);
        if (href is not null)
            return new(text.Length > 0 ? text : "查看", href);
        if (text.Length == 0)
            return new("—");
        if (
            column.Codes == CodeSystem.CaseState
            || column.Type.IsEnum
            || Nullable.GetUnderlyingType(column.Type)?.IsEnum == true
        )
            return new(text, Tone: Tones.For(instance, listing, column, value));
        return new(text, IsCode: column.IsPersonal, Wraps: text.Length > 28);
    }

    private static string Spoken(
        Instance instance,
        IListing listing,
        Column column,
        object? value,
        IReadOnlyDictionary<string, string>? places = null
    ) =>
        value is string code
        && (
            column.Codes == CodeSystem.Place
                ? places?.GetValueOrDefault(code)
                : instance.MeaningOf(listing, column, code)
        )
            is { } meaning
            ? meaning
            : ListingRows.Text(column, value);

    /// <summary>Where a row has a page of its own: of its case, of its student, of its school.</summary>
    internal static string? Link(Instance instance, IListing listing, object row)
    {
        object? Value(string column) => ListPages.Value(listing, row, column);
        if (listing.Set == "Students")
            return $"/students/{Value("Id")}";
        if (listing.Set is "Schools" or "SchoolAttributes")
            return $"/schools/{Value(listing.Set == "Schools" ? "Id" : "SchoolId")}";
        if (Paths.WorkflowOf(instance.Catalogue, listing) is { } own)
            return Paths.Case(own.Module, own.Workflow, Value("Id")!);
        if (listing.Set == "Cases" && Paths.Workflow(instance.Catalogue, (string?)Value("Workflow")) is { } workflow)
            return Paths.Case(workflow.Module, workflow.Workflow, Value("Id")!);
        return Value("StudentId") is Guid student ? $"/students/{student}" : null;
    }

    private static object? Value(IListing listing, object row, string column) =>
        listing.Columns.FirstOrDefault(c => c.Name == column)?.Property.GetValue(row);

    private static SchoolAttribute? AttributeOf(Instance instance, string id) =>
        instance.SchoolAttributes.FirstOrDefault(a => a.Id == id);

    /// <summary>
    /// The same question for a spreadsheet or another program; null: the instance does not answer such.
    /// </summary>
    private static string? OData(
        HttpContext http,
        ListingQuestion question,
        IReadOnlyList<Column> columns,
        IListing listing
    )
    {
        if (!HasOData(http))
            return null;
        var query = new QueryBuilder { { "$select", string.Join(',', columns.Select(c => c.Name)) } };
        List<string> conditions = [.. question.Where.Select(w => $"{w.Column.Name} eq {Literal(w.Column, w.Text)}")];
        if (question.Search is { } search)
            conditions.Add(
                $"({string.Join(" or ", listing.Columns.Where(c => c is { IsSearched: true, IsPersonal: false }).Select(c => $"contains({c.Name},'{search.Replace("'", "''", StringComparison.Ordinal)}')"))})"
            );
        if (conditions.Count > 0)
            query.Add("$filter", string.Join(" and ", conditions));
        if (question.Sort is { } sort)
            query.Add("$orderby", question.Descending ? $"{sort.Name} desc" : sort.Name);
        return $"/odata/{listing.Set}{query}";
    }

    private static bool HasOData(HttpContext http) =>
        http
            .RequestServices.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Any(e => e.RoutePattern.RawText?.TrimStart('/').StartsWith("odata", StringComparison.Ordinal) == true);

    private static string Literal(Column column, string text) =>
        (Nullable.GetUnderlyingType(column.Type) ?? column.Type) is var type && (type == typeof(string) || type.IsEnum)
            ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
            : text;
}
