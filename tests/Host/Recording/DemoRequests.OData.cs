namespace EduAssist.Host.Recording;

internal static partial class DemoRequests
{
    internal static async Task OData(Recorder r, DemoRows rows)
    {
        r.Begin("odata");
        foreach (var path in (string[])["/odata", "/odata/", "/odata/$metadata"])
            await r.Get("county", path);
        await r.Get("county", "/odata/$metadata", ("Accept", "application/json"));
        await r.Get("county", "/odata/", ("Accept", "application/json;odata.metadata=none"));
        await r.Get(Nobody, "/odata/");
        await r.Get(Nobody, "/odata/Students");

        foreach (
            var (set, order) in (IReadOnlyList<(string, string)>)
                [
                    ("Divisions", "Code"),
                    ("Schools", "Name"),
                    ("Students", "Name,BirthDate"),
                    ("Guardians", "Name,Kinship"),
                    ("Rolls", "ClassName,Since"),
                    ("Standings", "From,State"),
                    ("Provisions", "Id"),
                    ("Interpretations", "Id"),
                    ("Programmes", "Id"),
                    ("Windows", "Module,Year,Id"),
                    ("Duties", "Module,Year,Id,Period"),
                    ("Cases", "Workflow,State"),
                    ("CaseEvents", "At,Action"),
                    ("Assessments", "At,Verdict"),
                    ("AuditEntries", "At,Action"),
                    ("ChuxiongAllotments", "Year,School"),
                    ("ChuxiongApplications", "StudentName,JuniorSchool"),
                    ("ChuxiongClasses", "Year,School,ClassName"),
                    ("ChuxiongExits", "StudentName"),
                    ("ChuxiongFulfilment", "Year,Division"),
                    ("ChuxiongQuotas", "Year,Kind,Name"),
                    ("ChuxiongRetention", "Year,School"),
                ]
        )
        {
            foreach (
                var user in (string[])["admin", "prefecture", "county", "school", "vocational", "teacher", "auditor"]
            )
                await r.Get(user, $"/odata/{set}/$count");
            var isSettled =
                set
                is not (
                    "Rolls"
                    or "Standings"
                    or "Guardians"
                    or "Cases"
                    or "CaseEvents"
                    or "Assessments"
                    or "AuditEntries"
                );
            foreach (var user in isSettled ? (string[])["county", "teacher"] : [])
                await r.Get(user, $"/odata/{set}?$orderby={order}&$top=6&$count=true");
        }

        await Questions(r);
        await Rows(r, rows);
        foreach (
            var query in (string[])
                [
                    "Nothing",
                    "Students(1)",
                    $"Students({Nowhere})",
                    "Students?$filter=Height gt 1",
                    "Students?$filter=Name eq",
                    "Students?$filter=Phone eq '1'",
                    "Students?$orderby=ResidentId",
                    "Students?$top=-1",
                    "Students?$top=x",
                    "Students?$skip=-1",
                    "Students?$select=Height",
                    "Students?$expand=Nothing",
                    "Students?$unknown=1",
                    "Students?$skiptoken=x",
                    "Students?$format=pdf",
                    "Students?$filter=contains(Name,1)",
                    "Students/$links",
                    "Students/Name",
                    "Students?$filter=year(BirthDate) div 0 eq 1",
                    "Students?$apply=groupby((Nothing))",
                    "Students?$apply=bottomcount(1,Name)",
                    "$crossjoin(Students,Rolls)",
                    "$entity",
                    "Students/$ref",
                    "$all",
                    "Students?$deltatoken=1",
                    "Students?$compute=Name as Name",
                    "Students?$search=\"",
                    "Students?$top=1&$top=2",
                    "Students?$filter=Name in ()",
                    "Cases?$filter=isof('x')",
                    "Students/Default.Nothing()",
                    "Students?$schemaversion=9",
                ]
        )
            await r.Get("county", $"/odata/{query}");
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Patch, HttpMethod.Delete, HttpMethod.Put])
            await r.Ask("county", method, "/odata/Students", "{}", "application/json");
        await r.Post(
            "county",
            "/odata/$batch",
            """{"requests":[{"id":"1","method":"get","url":"Schools/$count"},"""
                + """{"id":"2","method":"get","url":"Schools?$orderby=Name&$top=1"},"""
                + """{"id":"3","method":"get","url":"Nothing"},"""
                + """{"id":"4","method":"post","url":"Schools","body":{}}]}""",
            ("Accept", "application/json")
        );
        await r.Post("county", "/odata/$batch", "{}", ("Accept", "application/json"));
        await r.Post("county", "/odata/Students/$query", "{}");
    }

    private static async Task Questions(Recorder r)
    {
        foreach (
            var query in (string[])
                [
                    "Students?$filter=startswith(Name,'李') and BirthDate ge 2005-01-01&$orderby=BirthDate desc,"
                        + "Name&$select=Name,Sex,BirthDate&$count=true",
                    "Students?$filter=Sex eq 'Male'&$orderby=Name&$top=3&$skip=2&$select=Id,Name,ResidentId,"
                        + "NationalNumber,Phone",
                    "Students?$search=李&$orderby=Name,BirthDate&$select=Name",
                    "Students?$orderby=Name,BirthDate&$top=2&$expand=Rolls($select=Kind,State,Grade),"
                        + "Guardians($select=Name,Kinship,Phone)",
                    "Rolls?$expand=School,Student($select=Name)&" + "$orderby=Student/Name,Student/BirthDate&$top=2",
                    "Schools?$filter=Kind eq 'Vocational' and Division eq '532300'&$orderby=Name",
                    "Schools?$orderby=Kind,Name&$select=Name,Kind",
                    "Students/$count?$filter=Sex eq 'Female'",
                    "Students?$apply=groupby((Ethnicity),aggregate($count as N))/orderby(N desc,Ethnicity)",
                    "Students?$apply=filter(Sex eq 'Male')/groupby((Sex),aggregate(BirthDate with min as First,"
                        + "BirthDate with max as Last))",
                    "ChuxiongApplications?$apply=groupby((County,State),aggregate($count as N))",
                    "ChuxiongApplications?$filter=State in ('Sent','Lost')&$orderby=StudentName&"
                        + "$select=StudentName,State,VocationalSchool,SentOn,ExitReason",
                    "ChuxiongQuotas?$compute=Planned sub Used as Free&$select=Name,Free&$orderby=Name&$top=4",
                    "ChuxiongQuotas?$apply=groupby((Kind),aggregate(Planned with sum as P,"
                        + "Used with average as U,Name with countdistinct as N))",
                    "Cases?$filter=OpenedAt lt 2020-04-01T00:00:00Z&$orderby=Workflow,Year,OpenedAt&$top=2&"
                        + "$select=Workflow,Year,OpenedAt",
                    "Students?$filter=Rolls/any(x:x/State eq 'OnRoll')&"
                        + "$orderby=Name,BirthDate&$top=2&$select=Name",
                    "Students?$filter=length(Name) eq 2&$orderby=Name&$select=Name",
                    "Students?$filter=month(BirthDate) eq 12&$orderby=Name&$select=Name,BirthDate&$top=3",
                    "Students?$format=application/json;odata.metadata=full&$orderby=Name&$top=1",
                    "CaseEvents?$apply=groupby((Action,Actor),aggregate($count as N))",
                    "AuditEntries?$apply=groupby((Action,Actor),aggregate($count as N))",
                    "Standings?$apply=groupby((State,Kind,From,Grade),aggregate($count as N))",
                    "Assessments?$apply=groupby((Programme,RuleSet,Verdict,AsOf),aggregate($count as N))",
                    "Duties?$filter=Module eq 'chuxiong' and Year eq 2020&$orderby=Id,Period",
                    "Windows?$filter=Module eq 'chuxiong' and Year eq 2020&$orderby=First,Id",
                    "Provisions?$filter=Document eq 'cx2020'&$orderby=Id&$select=Id,Article,Status,"
                        + "ImplementedBy,Tests,Awaits",
                    "Divisions?$filter=Parent eq '532300'&$orderby=Code",
                ]
        )
        foreach (
            var user in query.StartsWith("AuditEntries", StringComparison.Ordinal)
                ? (string[])["admin", "auditor"]
                : ["county"]
        )
            await r.Get(user, $"/odata/{query}");
        await r.Get("county", "/odata/Schools?$orderby=Name&$select=Name", ("Prefer", "odata.maxpagesize=2"));
        await r.Get(
            "county",
            "/odata/Schools?$orderby=Name&$select=Name",
            ("Accept", "application/json;odata.metadata=none")
        );
    }

    private static async Task Rows(Recorder r, DemoRows rows)
    {
        var application = rows.Applications(Junior, "Enrolled")[0];
        var student = (string)rows.Application(application)["StudentId"]!;
        foreach (var user in (string[])["county", "school", "vocational", "teacher", "auditor", "admin"])
        {
            await r.Get(user, $"/odata/ChuxiongApplications({application})");
            await r.Get(user, $"/odata/Students({student})?$expand=Rolls,Guardians");
        }

        await r.Get("county", $"/odata/Students({student})/Name");
        await r.Get("county", $"/odata/Students({student})/Name/$value");
        await r.Get("county", $"/odata/Students({student})/Rolls");
        await r.Get("county", $"/odata/Students({student})/Rolls/$count");
        await r.Get("county", $"/odata/Rolls({rows.Roll(student)})/School");
        await r.Get("county", $"/odata/CaseEvents?$filter=CaseId eq {application}&$orderby=Sequence");
        await r.Get("county", $"/odata/Assessments?$filter=CaseId eq {application}&$orderby=At");
        await r.Get("county", $"/odata/Students({student})", ("If-None-Match", "\"1\""));
    }

    internal static async Task Exports(Recorder r)
    {
        r.Begin("exports");
        foreach (var format in (string[])["csv", "xlsx", "ndjson"])
        {
            await r.Get("county", $"/odata/Schools?$orderby=Kind,Name&$format={format}");
            await r.Get("prefecture", $"/odata/ChuxiongQuotas?$orderby=Year,Kind,Name&$format={format}");
            await r.Get("county", $"/odata/Students?$orderby=Name,BirthDate&$top=8&$format={format}");
            await r.Get(
                "school",
                $"/odata/ChuxiongApplications?$orderby=StudentName&$select=StudentName,ResidentId,State,SentOn,"
                    + $"EnrolledOn,Version&$format={format}"
            );
            await r.Unordered("county", $"/api/forms/registry.schools/export?format={format}");
            await r.Unordered("school", $"/api/forms/registry.students/export?format={format}");
            await r.Unordered("vocational", $"/api/forms/chuxiong.attendance-list/export?format={format}");
            await r.Unordered("vocational", $"/api/forms/chuxiong.registered-list/export?format={format}");
        }

        await r.Get("county", "/odata/Schools?$orderby=Kind,Name", ("Accept", "text/csv"));
        await r.Unordered(
            "prefecture",
            $"/api/forms/chuxiong.attendance-list/export?format=csv&"
                + $"$filter={Uri.EscapeDataString("school eq '楚雄技师学院' and year eq '2020'")}"
        );
        await r.Unordered(
            "county",
            $"/api/forms/registry.students/export?format=csv&"
                + $"$filter={Uri.EscapeDataString($"school eq '{Junior}' and grade eq '九年级'")}"
        );
        await r.Unordered("teacher", "/api/forms/registry.students/export?format=csv");
        await r.Get("auditor", "/api/forms/registry.students/export?format=csv");
        await r.Get(Nobody, "/api/forms/registry.students/export?format=csv");
        await r.Get("county", "/api/forms/registry.students/export?format=pdf");
        await r.Get("county", "/api/forms/registry.students/export", ("Accept", "image/png"));
        await r.Get("county", "/api/forms/registry.students/export?format=csv&$filter=height%20eq%20'1'");
        await r.Get("county", "/api/forms/registry.students/export?format=csv&what=1");
        await r.Get("county", "/api/forms/chuxiong.application/export");
        await r.Get("county", "/api/forms/none/export");
        await r.Get(
            "county",
            $"/api/forms/registry.schools/export?format=json&$filter={Uri.EscapeDataString("division eq '532301'")}"
        );
    }

    internal static async Task Pages(Recorder r, DemoRows rows)
    {
        r.Begin("pages");
        foreach (
            var user in (string[])
                ["admin", "province", "prefecture", "county", "township", "school", "vocational", "teacher", "auditor"]
        )
            await r.Page(user, "/");
        foreach (var user in (string[])["county", "teacher", "admin"])
        foreach (var path in (string[])["/lists", "/students", "/imports", "/forms", "/system", "/users", "/account"])
            await r.Page(user, path);
        foreach (
            var path in (string[])
                [
                    "/calendar",
                    "/calendar?module=chuxiong&year=2021",
                    "/calendar?year=2031",
                    "/provisions",
                    "/provisions?document=cx2020",
                    "/indicators",
                    "/indicators?year=2021",
                    "/programmes",
                    "/programmes/chuxiong.vocational-class",
                    "/programmes/none",
                    "/students?q=李",
                    "/students?q=无此人",
                    "/imports/registry.students",
                    "/imports/chuxiong.attendance-list",
                    "/imports/none",
                    "/nothing",
                    "/lists/none",
                    "/cases/none/none",
                    "/cases/chuxiong/none",
                    $"/students/{Nowhere}",
                    $"/works/{Nowhere}",
                    "/lists/Students?sort=Name&size=20",
                    "/lists/Students?sort=Name&desc=true&f.Sex=Female&page=2",
                    "/lists/Schools?sort=Name",
                    "/lists/Rolls?f.State=Left",
                    "/lists/ChuxiongQuotas?sort=Name",
                    "/lists/ChuxiongApplications?sort=StudentName&f.State=SchoolApproved",
                    "/lists/Provisions?sort=Id&q=职教班",
                    "/lists/ChuxiongExits?sort=StudentName",
                    "/lists/ChuxiongFulfilment?sort=Division",
                    "/lists/ChuxiongRetention?sort=School",
                    "/lists/ChuxiongClasses?sort=School",
                    "/lists/ChuxiongAllotments?sort=School",
                    "/lists/Divisions?q=楚雄",
                    "/cases/chuxiong/applications?sort=StudentName&size=20",
                    "/cases/chuxiong/applications?sort=StudentName&f.State=Draft",
                    "/cases/chuxiong/plans",
                    "/cases/chuxiong/allotments?sort=School",
                    "/cases/chuxiong/applications/new",
                ]
        )
            await r.Page("county", path);
        foreach (
            var path in (string[])
                [
                    "/cases/chuxiong/applications/new",
                    $"/cases/chuxiong/applications/new?student={rows.Unasked(Junior)[0]}",
                    "/cases/chuxiong/applications?sort=StudentName",
                    "/lists/Students?sort=Name",
                    "/students?q=普",
                ]
        )
            await r.Page("school", path);
        foreach (var path in (string[])["/users/county", "/users/none"])
            await r.Page("admin", path);
        foreach (
            var path in (string[])
                [
                    "/",
                    "/sign-in",
                    "/sign-in?why=wrong&returnUrl=/students",
                    "/sign-in?why=password",
                    "/sign-in?why=code",
                    "/sign-in?why=ended",
                    "/sign-in?why=slow",
                ]
        )
            await r.Page(Nobody, path);
        foreach (
            var state in (string[])["Draft", "Submitted", "SchoolApproved", "SchoolRejected", "Withdrawn", "Enrolled"]
        )
        {
            var one = rows.Applications(Junior, state)[0];
            foreach (var user in (string[])["school", "county"])
                await r.Page(user, $"/cases/chuxiong/applications/{one}");
        }

        var enrolled = rows.Applications(Junior, "Enrolled")[0];
        var student = (string)rows.Application(enrolled)["StudentId"]!;
        foreach (var user in (string[])["vocational", "teacher", "auditor", "admin"])
            await r.Page(user, $"/cases/chuxiong/applications/{enrolled}");
        foreach (var user in (string[])["school", "county", "teacher", "vocational", "auditor"])
            await r.Page(user, $"/students/{student}");
        await r.Page("school", $"/cases/chuxiong/applications/{rows.Applications(Junior, "Draft")[0]}/edit");
        await r.Page("county", $"/cases/chuxiong/applications/{rows.Applications(Junior, "Draft")[0]}/edit");
        await r.Page("prefecture", $"/cases/chuxiong/plans/{rows.Case("plans - 2021")}");
        await r.Page("prefecture", $"/cases/chuxiong/plans/{rows.Case("plans - 2021")}/edit");
        await r.Page(
            "prefecture",
            $"/cases/chuxiong/implementation-plans/{rows.Case("implementation-plans 楚雄市 2020")}"
        );
        await r.Page("county", $"/cases/chuxiong/allotments/{rows.Case("allotments 楚雄市 2020")}");
    }
}
