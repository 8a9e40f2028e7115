using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EduAssist.Browser;

/// <summary>What clerks do with the workbench, from the first click to what they then see.</summary>
public partial class Journeys(Site site)
{
    private const string BeforeSending = "2020-04-28",
        Sending = "2020-05-06",
        Confirmation = "2020-06-05";

    [Theory, ClassData(typeof(EverySeat))]
    public async Task A_school_enters_an_application_and_takes_it_until_the_class(Seat seat)
    {
        await using var clerk = await site.Sit(seat, Sending);
        var (page, pupil) = (clerk.Page, site.NextPupil());
        await Import(page, [pupil]);

        await page.GotoAsync("/cases/chuxiong/applications/new");
        await Fill(page, pupil, except: "guardianName");
        await Save(page);
        await Expect(page.Locator(".alert-danger")).ToContainTextAsync("「法定监护人姓名」：未填写");
        await Expect(page.Locator("#f-guardianName-e")).ToContainTextAsync("未填写");
        await Expect(page.Locator("[name=studentName]")).ToHaveValueAsync(pupil.Name);

        await page.FillAsync("[name=guardianName]", pupil.Guardian.Name);
        await Save(page);
        await Expect(page.Locator("h1")).ToContainTextAsync($"报名申请：{pupil.Name}");
        await Expect(page.Locator("main")).Not.ToContainTextAsync(pupil.ResidentId.Value);
        await Expect(Step(page, "submit")).ToContainTextAsync("须先评估，并且符合报名资格");

        await page.Locator("#fact-strugglesDespiteHelp").SelectOptionAsync("是");
        await page.Locator("#fact-repeatedDropout").SelectOptionAsync("是");
        await page.ClickAsync("button:has-text('评估并存档')");
        await Expect(page.Locator("main")).ToContainTextAsync("符合");
        await Take(page, "submit", "已提交");

        await Step(page, "approve").Locator("[name=seal]").CheckAsync();
        await Step(page, "approve").Locator("[name=date]").FillAsync(Sending);
        await Take(page, "approve", "初中已同意");
        await Expect(Step(page, "send")).ToContainTextAsync("帮扶记录须先归档");
        await page.Locator("summary:has-text('归档材料')").ClickAsync();
        await page.SelectOptionAsync("[name=kind]", "help-record");
        await page.FillAsync("[name=issuer]", "楚雄市第一中学");
        await page.FillAsync("form[action$='/evidence'] [name=date]", Sending);
        await page.SetInputFilesAsync(
            "[name=file]",
            new FilePayload
            {
                Name = "帮扶记录.pdf",
                MimeType = "application/pdf",
                Buffer = "%PDF-1.4"u8.ToArray(),
            }
        );
        await page.ClickAsync("form[action$='/evidence'] button");
        await Expect(page.Locator("main")).ToContainTextAsync("待确认");
        var application = page.Url.Split('?')[0];
        await clerk.Becomes("county");
        await page.GotoAsync("/confirmations");
        var line = page.Locator("tr").Filter(new() { HasText = pupil.Name });
        await line.Locator("[name=paper]").CheckAsync();
        await page.ClickAsync("button:has-text('不予确认')");
        await Expect(page.Locator(".alert-danger")).ToContainTextAsync("不予确认须写明原因");
        await line.Locator("[name=paper]").CheckAsync();
        await page.ClickAsync("button:has-text('确认所选')");
        await Expect(page.Locator(".alert-success")).ToContainTextAsync("已确认 1 份");
        await page.GotoAsync(application);
        await clerk.Becomes("school");
        await Expect(page.Locator("main")).ToContainTextAsync("已确认");
        await Step(page, "send").Locator("[name=photocopy]").CheckAsync();
        await Take(page, "send", "已送读");
        await clerk.Becomes("vocational");
        await Expect(page.Locator("h1")).ToContainTextAsync(pupil.Name);
        await Step(page, "enrol").Locator("[name=className]").FillAsync("职教1班");
        await Step(page, "enrol").Locator("[name=studentNumber]").FillAsync($"2020{pupil.RollNumber.Value[^4..]}");
        await Take(page, "enrol", "已入学");
        await Expect(Step(page, "list")).ToContainTextAsync("起可以办理");

        var print = await page.Locator("a:has-text('打印')").First.GetAttributeAsync("href");
        await page.GotoAsync(print!);
        await Expect(page.Locator("body")).ToContainTextAsync("楚雄州义务教育职教班报名申请表");
        await Expect(page.Locator("body")).ToContainTextAsync(pupil.Name);
    }

    [Theory, ClassData(typeof(EverySeat))]
    public async Task Sending_is_refused_before_its_window_and_told_when_it_opens(Seat seat)
    {
        await using var clerk = await site.Sit(seat, BeforeSending);
        var page = clerk.Page;
        await page.GotoAsync("/cases/chuxiong/applications?f.State=SchoolApproved");
        await page.Locator("tbody a").First.ClickAsync();
        var step = Step(page, "send");
        await Expect(step).ToContainTextAsync("须在送读期内送读，其他时间不得招生送读");
        await Expect(step).ToContainTextAsync("2020-05-06 起可以办理");

        await step.Locator("summary").ClickAsync();
        await step.Locator("[name=photocopy]").CheckAsync();
        await step.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator(".alert-danger")).ToContainTextAsync("须在送读期内送读");
        await Expect(page.Locator(".alert-danger")).ToContainTextAsync("2020-05-06 起可以办理");
        await Expect(page.Locator("main")).ToContainTextAsync("初中已同意");
    }

    [Theory, ClassData(typeof(BothWays))]
    public async Task A_county_confirms_and_a_supervisor_corrects(Seat seat)
    {
        await using var clerk = await site.Sit(seat, Confirmation, "vocational");
        var page = clerk.Page;
        await page.GotoAsync("/cases/chuxiong/applications?f.State=Enrolled&f.County=532301");
        await page.Locator("tbody a").First.ClickAsync();
        await Take(page, "list", "已列入在读名单");
        await clerk.Becomes("county");
        await Take(page, "confirm", "县市已确认");

        await page.Locator("summary:has-text('撤销最近一个环节')").ClickAsync();
        await page.FillAsync("form[action$='/correct'] [name=reason]", "误选了同名学生");
        await page.ClickAsync("form[action$='/correct'] button");
        await Expect(page.Locator("ol.trail")).ToContainTextAsync("误选了同名学生");
        await Expect(Step(page, "confirm")).ToBeVisibleAsync();
    }

    [Theory, ClassData(typeof(BothWays))]
    public async Task What_if_says_what_is_missing_and_then_the_verdict(Seat seat)
    {
        await using var clerk = await site.Sit(seat, Sending);
        var page = clerk.Page;
        await page.GotoAsync("/programmes");
        await page.ClickAsync("a[href='/programmes/chuxiong.vocational-class']");
        await page.FillAsync("[name=grade]", "9");
        await page.ClickAsync("button:has-text('评估')");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("暂不能判定");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("还缺会改变结论的事实");
        await Expect(page.Locator("[name=grade]")).ToHaveValueAsync("9");

        await page.FillAsync("[name=grade]", "8");
        await page.ClickAsync("button:has-text('评估')");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("不符合");

        await page.FillAsync("[name=grade]", "13");
        await page.ClickAsync("button:has-text('评估')");
        await Expect(page.Locator("#fact-grade-e")).ToBeVisibleAsync();
    }

    [Theory, ClassData(typeof(BothWays))]
    public async Task The_matrix_of_provisions_is_searched(Seat seat)
    {
        await using var clerk = await site.Sit(seat, Sending);
        var page = clerk.Page;
        await page.GotoAsync("/provisions");
        await page.FillAsync("[name=q]", "cx2020/4.2.2");
        await page.ClickAsync("button:has-text('查找')");
        await Expect(page.Locator("tbody")).ToContainTextAsync("cx2020/4.2.2");
        await Expect(page.Locator("tbody")).ToContainTextAsync("送读期");
        await Expect(page).ToHaveURLAsync(new Regex("q=cx2020"));

        await page.FillAsync("[name=q]", "没有这样的条款");
        await page.ClickAsync("button:has-text('查找')");
        await Expect(page.Locator("tbody")).ToContainTextAsync("没有符合条件的条款");
    }

    [Theory, ClassData(typeof(BothWays))]
    public async Task A_list_is_looked_at_before_it_is_stored(Seat seat)
    {
        await using var clerk = await site.Sit(seat, Sending);
        var (page, good, bad) = (clerk.Page, site.NextPupil(), site.NextPupil());
        await Upload(
            page,
            [
                Line(good),
                Line(bad)
                    .Replace(
                        bad.ResidentId.Value,
                        bad.ResidentId.Value[..17] + (bad.ResidentId.Value[17] == '1' ? '2' : '1'),
                        StringComparison.Ordinal
                    ),
            ]
        );
        await Expect(page.Locator("main")).ToContainTextAsync("预览");
        await Expect(page.Locator("tbody")).ToContainTextAsync("校验");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("确认导入");

        await page.ClickAsync("button:has-text('只导入没有错误的')");
        await Expect(page.Locator(".alert-success")).ToContainTextAsync("新增 1 行");
        await Expect(page).ToHaveURLAsync(new Regex("/works/"));
        await page.ReloadAsync();
        await Expect(page.Locator(".alert-success")).ToContainTextAsync("新增 1 行");
        await page.GotoAsync("/students");
        await page.FillAsync("[name=q]", good.ResidentId.Value);
        await page.ClickAsync("main button:has-text('查询')");
        await Expect(page.Locator("h1")).ToHaveTextAsync(good.Name);
        Assert.DoesNotContain(good.ResidentId.Value, page.Url, StringComparison.Ordinal);
        await Expect(page.Locator("main")).Not.ToContainTextAsync(good.ResidentId.Value);

        await page.ClickAsync("button:has-text('显示完整号码')");
        await Expect(page.Locator("#revealed")).ToContainTextAsync(good.ResidentId.Value);
        await clerk.Becomes("auditor");
        await page.GotoAsync("/audit");
        await Expect(page.Locator("tbody")).ToContainTextAsync("student/reveal");
        await Expect(page.Locator("tbody")).Not.ToContainTextAsync(good.ResidentId.Value);
    }

    [Theory, ClassData(typeof(BothWays))]
    public async Task Indicators_are_looked_into_and_a_backup_is_made(Seat seat)
    {
        await using var clerk = await site.Sit(seat, Sending, "prefecture");
        var page = clerk.Page;
        await page.GotoAsync("/indicators?module=chuxiong&year=2020");
        await page.Locator("tbody a:text-is('楚雄市')").First.ClickAsync();
        await Expect(page.Locator(".page-actions")).ToContainTextAsync("现在只看 楚雄市");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("元谋县");

        await clerk.Becomes("admin");
        await page.GotoAsync("/system");
        await page.ClickAsync("button:has-text('现在备份')");
        await Expect(page.Locator(".alert-success")).ToContainTextAsync("已备份到 manual-");
        await Expect(page.Locator("tbody").First).ToContainTextAsync("manual-");
    }

    [Theory, ClassData(typeof(BothWays))]
    public async Task A_list_is_sorted_filtered_and_paged_by_its_address(Seat seat)
    {
        await using var clerk = await site.Sit(seat, Sending);
        var page = clerk.Page;
        await clerk.Becomes("prefecture");
        await page.GotoAsync("/cases/chuxiong/applications");
        await page.Locator("th a:has-text('原初中学校')").ClickAsync();
        await Expect(page.Locator("th[aria-sort=ascending]")).ToContainTextAsync("原初中学校");
        await page.Locator("a[rel=next]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("sort=JuniorSchool.*after="));
        await page.Locator("a[rel=prev]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("sort=JuniorSchool.*before="));
        await page.Locator(".pager a:text-is('末页')").ClickAsync();
        await Expect(page.Locator(".pager [aria-disabled]:text-is('末页')")).ToBeVisibleAsync();
        await page.Locator(".pager a:text-is('首页')").ClickAsync();
        await Expect(page.Locator(".pager [aria-disabled]:text-is('首页')")).ToBeVisibleAsync();

        await page.GotoAsync("/cases/chuxiong/applications?f.State=Draft&q=第一中学");
        var states = await page.Locator("td .badge:has-text('草稿')").CountAsync();
        Assert.NotEqual(0, states);
        Assert.Equal(await page.Locator("tbody tr").CountAsync(), states);
        await Expect(page.Locator("tbody")).Not.ToContainTextAsync("民族中学");
        Assert.DoesNotMatch(ResidentIds(), await page.Locator("main").InnerTextAsync());
    }

    [Theory, ClassData(typeof(BothWays))]
    public async Task A_form_that_does_not_come_from_our_pages_changes_nothing(Seat seat)
    {
        await using var clerk = await site.Sit(seat, Sending);
        var page = clerk.Page;
        await page.GotoAsync("/students");
        Assert.Equal((403, true), await Post([]));
        Assert.Equal(
            (400, true),
            await Post(new() { ["Origin"] = new Uri(page.Url).GetLeftPart(UriPartial.Authority) })
        );

        async Task<(int Status, bool Says)> Post(Dictionary<string, string> headers)
        {
            headers["Content-Type"] = "application/x-www-form-urlencoded";
            headers["Accept"] = "text/html";
            var answer = await page.APIRequest.PostAsync(
                "/imports/registry.students",
                new() { Headers = headers, DataString = "_mode=Whole" }
            );
            return (
                answer.Status,
                WebUtility.HtmlDecode(await answer.TextAsync()).Contains("没有作任何改动", StringComparison.Ordinal)
            );
        }
    }

    [Theory, ClassData(typeof(BothWays))]
    public async Task A_user_is_made_changes_the_first_password_takes_two_factor_and_is_locked(Seat seat)
    {
        const string Own = "mine-for-2020-05";
        await using var clerk = await site.Sit(seat, Sending, "admin");
        var (page, name) = (clerk.Page, $"clerk-{(seat.Scripts ? 1 : 2)}");
        await page.GotoAsync("/users");
        await page.FillAsync("[name=user]", name);
        await page.SelectOptionAsync("[name=role]", "County");
        await page.FillAsync("[name=place]", "532301");
        await page.ClickAsync("main button:has-text('新建')");
        var first = await page.InnerTextAsync("#password");
        await page.GotoAsync($"/users/{name}");
        await Expect(page.Locator("main")).ToContainTextAsync("尚未首次登录");
        await Expect(page.Locator("main")).Not.ToContainTextAsync(first);

        // not by 退出: the administrator's session is shared, and would end
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await SignIn(page, name, first);
        await Expect(page.Locator(".alert-danger")).ToContainTextAsync("请设置新密码");
        await page.FillAsync("[name=newPassword]", Own);
        await SignIn(page, name, first);
        await Expect(page.Locator(".topbar-user")).ToContainTextAsync(name);
        Assert.Equal(403, (await page.GotoAsync("/users"))!.Status);

        await page.GotoAsync("/account");
        await page.ClickAsync("button:has-text('开始启用两步验证')");
        await Expect(page.Locator("main svg[aria-label='身份验证器的二维码']")).ToBeVisibleAsync();
        var key = (await page.InnerTextAsync("#code-key")).Replace(" ", "", StringComparison.Ordinal);
        await page.FillAsync("main [name=code]", Web.Codes.Of(key));
        await page.ClickAsync("main button:text-is('启用')");
        await Expect(page.Locator(".alert-success")).ToContainTextAsync("两步验证已启用");
        var recovery = await page.Locator(".alert-success .secret").First.InnerTextAsync();
        await page.ClickAsync("header button:has-text('退出')");
        await SignIn(page, name, Own);
        await Expect(page.Locator(".alert-danger")).ToContainTextAsync("验证码");
        await page.FillAsync("[name=code]", recovery);
        await SignIn(page, name, Own);
        await Expect(page.Locator(".topbar-user")).ToContainTextAsync(name);

        await page.ClickAsync("header button:has-text('退出')");
        for (var i = 0; i < 5; i++)
        {
            await SignIn(page, name, "wrong-password-1");
            await Expect(page.Locator("[name=password]")).ToHaveValueAsync(""); // a new page
            await Expect(page.Locator(".alert-danger")).ToContainTextAsync("暂时锁定");
        }

        await clerk.Becomes("admin");
        await page.GotoAsync($"/users/{name}");
        await Expect(page.Locator("main")).ToContainTextAsync("锁定至");
        await page.ClickAsync("button:has-text('停用')");
        await Expect(page.Locator("main")).ToContainTextAsync("已停用");
        await page.GotoAsync("/audit");
        await page.ClickAsync("main button:has-text('核对')");
        await Expect(page.Locator(".alert-success")).ToContainTextAsync("完整");
        await Expect(page.Locator("tbody")).ToContainTextAsync("user/disable");
    }

    [Theory]
    [InlineData("school", "applications", "schoolName", Site.School)]
    [InlineData("vocational", "teaching-plans", "school", Site.Vocational)]
    [InlineData("vocational", "registration-completions", "school", Site.Vocational)]
    public async Task A_form_knows_the_school_of_whoever_fills_it_in(
        string user,
        string forms,
        string field,
        string school
    )
    {
        await using var clerk = await site.Sit(new(true, 1366, 768), Sending, user);
        await clerk.Page.GotoAsync($"/cases/chuxiong/{forms}/new");
        await Expect(clerk.Page.Locator($"[name={field}]")).ToHaveValueAsync(school);
        await Expect(clerk.Page.Locator(".field-error, .alert-danger")).ToHaveCountAsync(0);
    }

    [Theory, ClassData(typeof(BothWays))]
    public async Task Nobody_sees_a_page_before_they_sign_in_and_then_the_page_they_wanted(Seat seat)
    {
        await using var clerk = await site.Sit(seat, Sending, user: null);
        var page = clerk.Page;
        await page.GotoAsync("/provisions?q=cx2020%2F3");
        await Expect(page.Locator("h1")).ToHaveTextAsync("登录");
        await Expect(page.Locator("nav")).ToHaveCountAsync(0);
        await SignIn(page, "teacher", "demo-teacher");
        await Expect(page).ToHaveURLAsync(new Regex(@"/provisions\?q=cx2020"));
    }

    [Theory, ClassData(typeof(BothWays))]
    public async Task Everybody_sees_what_is_theirs(Seat seat)
    {
        await using var clerk = await site.Sit(seat, Sending, "school");
        var page = clerk.Page;
        await page.GotoAsync("/cases/chuxiong/applications?f.State=SchoolApproved&size=100&col=JuniorSchool");
        await Expect(page.Locator("tbody")).ToContainTextAsync(Site.School);
        await Expect(page.Locator("tbody")).Not.ToContainTextAsync("元谋县");
        await Expect(page.Locator("tbody")).Not.ToContainTextAsync("双柏县");
        var own = await page.Locator("tbody a").First.GetAttributeAsync("href");
        await clerk.Becomes("prefecture");
        await page.GotoAsync("/cases/chuxiong/applications?f.State=SchoolApproved&size=100&col=JuniorSchool");
        await Expect(page.Locator("tbody")).ToContainTextAsync("元谋县");
        var others = await page.Locator("tbody tr:has-text('元谋县') a").First.GetAttributeAsync("href");
        await clerk.Becomes("school");
        Assert.Equal((200, 404), ((await page.GotoAsync(own!))!.Status, (await page.GotoAsync(others!))!.Status));
        clerk.Forgive();
    }

    private static async Task SignIn(IPage page, string user, string password)
    {
        await page.FillAsync("[name=user]", user);
        await page.FillAsync("[name=password]", password);
        await page.ClickAsync("main button:has-text('登录')");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    private static ILocator Step(IPage page, string action) => page.Locator($"#step-{action}");

    private static async Task Take(IPage page, string action, string state)
    {
        await Step(page, action).Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator(".alert-success")).ToContainTextAsync("已办理");
        await Expect(page.Locator(".card:has(h2:text-is('状态')) .badge")).ToHaveTextAsync(state);
    }

    private static Task Save(IPage page) => page.ClickAsync("main button:text-is('保存')");

    private static async Task Fill(IPage page, InventedPerson pupil, string except)
    {
        (string Field, string Text)[] texts =
        [
            ("schoolName", Site.School),
            ("className", "九（9）班"),
            ("headTeacher", "杨示例"),
            ("headTeacherPhone", "15400000002"),
            ("studentName", pupil.Name),
            ("studentPhone", "无，没有手机"),
            ("homeCounty", "楚雄"),
            ("homeTownship", "鹿城"),
            ("homeVillage", "示例"),
            ("homeHamlet", "一组"),
            ("rollNumber", pupil.RollNumber.Value),
            ("residentId", pupil.ResidentId.Value),
            ("guardianName", pupil.Guardian.Name),
            ("guardianPhone", "15400000003"),
            ("major", "汽车运用与维修"),
        ];
        foreach (var (field, text) in texts.Where(t => t.Field != except))
            await page.FillAsync($"[name={field}]", text);
        await page.Locator($"[name=sex][value={(pupil.Sex == Sex.Male ? "男" : "女")}]").CheckAsync();
        await page.Locator("[name=relation][value=其他]").CheckAsync();
        await page.Locator("select[name=school]").SelectOptionAsync(Site.Vocational);
        foreach (var mark in (string[])["studentSigned", "studentFingerprint", "guardianSigned", "guardianFingerprint"])
            await page.Locator($"[name={mark}]").CheckAsync();
    }

    private static async Task Import(IPage page, IReadOnlyList<InventedPerson> pupils)
    {
        await Upload(page, [.. pupils.Select(Line)]);
        await page.ClickAsync("button:has-text('确认导入')");
        await Expect(page.Locator(".alert-success")).ToContainTextAsync("已导入");
    }

    private static async Task Upload(IPage page, IReadOnlyList<string> lines)
    {
        await page.GotoAsync("/imports/registry.students");
        var text = string.Join('\n', [Headings, .. lines]);
        await page.SetInputFilesAsync(
            "[name=file]",
            new FilePayload
            {
                Name = "名单.csv",
                MimeType = "text/csv",
                Buffer = Encoding.UTF8.GetBytes(text),
            }
        );
        await page.ClickAsync("button:has-text('上传并预览')");
        await Expect(page.Locator("main")).ToContainTextAsync("没有错误");
    }

    private const string Headings = "姓名,性别,身份证件号,学籍辅号,学校名称,年级,班级,学生状态";

    private static string Line(InventedPerson p) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{p.Name},{(p.Sex == Sex.Male ? "男" : "女")},{p.ResidentId.Value},{p.RollNumber.Value},{Site.School},九年级,九（9）班,在籍"
        );

    [GeneratedRegex(@"\d{17}[\dX]")]
    private static partial Regex ResidentIds();
}
