using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Cases;
using EduAssist.Office.Enrolment;
using EduAssist.Office.ListImports;

namespace EduAssist.Platform;

/// <summary>
/// What must be true of the loaded modules as a whole; each fault is one line for whoever starts the program.
/// </summary>
internal static class CatalogueChecks
{
    /// <summary>
    /// The last parts of a case's addresses, and the names of what is recorded of it beside its steps.
    /// </summary>
    private static readonly HashSet<string> OwnActions =
    [
        "open",
        "edit",
        "correct",
        "evidence",
        "assessments",
        "forms",
    ];

    /// <summary>What must hold before a catalogue can be made.</summary>
    internal static IEnumerable<string> FindFaults(IReadOnlyList<LoadedModule> modules, WorkCalendar calendar) =>
        [
            .. Twice(modules.Select(m => m.Module.Id), "模块标识"),
            .. modules.SelectMany(m =>
                m.Module.Requires.Where(r => modules.All(other => other.Module.Name != r))
                    .Select(r => $"模块 {m.Module.Id} 需要模块 {r}，而它没有加载。")
            ),
            .. Twice(modules.SelectMany(m => m.Documents).Select(d => d.Id), "文件标识"),
            .. Twice(modules.SelectMany(m => m.Documents).SelectMany(d => d.Provisions).Select(p => p.Id), "条款标识"),
            .. Twice(modules.SelectMany(m => m.Interpretations).Select(i => i.Id), "释义标识"),
            .. Twice(modules.SelectMany(m => m.Interpretations).Select(i => i.Switch).OfType<string>(), "释义开关"),
            .. Twice(modules.SelectMany(m => m.Programmes).Select(p => p.Id), "项目标识"),
            .. Twice(modules.SelectMany(m => m.Forms).Select(f => f.Id), "表单标识"),
            .. modules.SelectMany(m =>
                m.Interpretations.Where(i =>
                        i.Switch is { } key && !key.StartsWith(m.Module.Id + ":", StringComparison.OrdinalIgnoreCase)
                    )
                    .Select(i => $"释义 {i.Id} 的开关 {i.Switch} 不以模块名 {m.Module.Id}: 开头。")
            ),
            .. OfRoles(modules),
            .. Twice(modules.SelectMany(m => m.SchoolAttributes).Select(a => a.Id), "学校属性标识"),
            .. Twice(modules.SelectMany(m => m.SchoolAttributes).Select(a => a.Title), "学校属性名称"),
            .. modules.SelectMany(m => m.SchoolAttributes.SelectMany(a => OfSchoolAttribute(m.Module.Id, a))),
            .. modules.SelectMany(m => m.Documents).SelectMany(OfDocument),
            .. modules.SelectMany(m => m.Programmes.SelectMany(p => OfProgramme(m.Module.Id, p))),
            .. modules.SelectMany(m => m.Forms.SelectMany(f => OfForm(m.Module.Id, f))),
            .. CoreListImports.All.SelectMany(i => OfForm(CoreListImports.Module, i.Form)),
            .. Twice(modules.SelectMany(m => m.ListImports).Concat(CoreListImports.All).Select(i => i.Form.Id), "导入"),
            .. modules.SelectMany(m => m.ListImports.SelectMany(i => OfIntake(m, i))),
            .. Twice(modules.SelectMany(m => m.Workflows).Select(w => w.Id), "办理流程标识"),
            .. modules.SelectMany(m =>
                Twice(m.Workflows.Select(w => w.Collection), $"模块 {m.Module.Id} 的办理流程地址")
            ),
            .. modules.SelectMany(m => m.Workflows.SelectMany(w => OfWorkflow(m.Module.Id, w))),
            .. modules.SelectMany(m => m.Contributions.OfType<IFunctions>().SelectMany(f => OfFunctions(m, f))),
            .. modules.SelectMany(m => OfTimeline(m, calendar)),
        ];

    /// <summary>Whatever is cited exists.</summary>
    internal static IEnumerable<string> FindFaults(Catalogue catalogue)
    {
        var provisions = catalogue.Provisions.Select(r => r.Provision.Id).ToHashSet(StringComparer.Ordinal);
        var interpretations = catalogue.Interpretations.Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        var switches = catalogue
            .Interpretations.Where(i => i.Switch is not null)
            .Select(i => i.Id)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Twice(catalogue.Citations.Select(c => $"{c.Kind} {c.Id}"), "引用者"),
            .. catalogue.Programmes.SelectMany(p => p.RuleSets.SelectMany(set => OfRuleSet(catalogue, p, set))),
            .. Twice(catalogue.Workflows.Select(w => w.Presentation.Listing).OfType<string>(), "办件列表"),
            .. catalogue.Modules.SelectMany(m => m.Workflows.SelectMany(w => OfPresentation(catalogue, m, w))),
            .. catalogue.Citations.Where(c => c.Provisions.Count == 0).Select(c => $"{c.Id} 没有引用任何条款。"),
            .. catalogue.Citations.SelectMany(c =>
                c.Provisions.Where(p => !provisions.Contains(p)).Select(p => $"{c.Id} 引用了不存在的条款 {p}。")
            ),
            .. catalogue.Citations.SelectMany(c =>
                c.Interpretations.Where(i => !interpretations.Contains(i))
                    .Select(i => $"{c.Id} 引用了不存在的释义 {i}。")
            ),
            .. catalogue.Interpretations.SelectMany(i =>
                i.Provisions.Where(p => !provisions.Contains(p)).Select(p => $"释义 {i.Id} 引用了不存在的条款 {p}。")
            ),
            .. catalogue
                .Modules.SelectMany(m => m.Documents)
                .SelectMany(d => d.Anomalies)
                .SelectMany(a =>
                    a.Provisions.Where(p => !provisions.Contains(p))
                        .Select(p => $"文本出入 {a.Id} 引用了不存在的条款 {p}。")
                ),
            .. catalogue.Programmes.SelectMany(p =>
                p.RuleSets.SelectMany(s => s.Criteria)
                    .Select(c => c.Switch)
                    .OfType<string>()
                    .Where(s => !switches.Contains(s))
                    .Select(s => $"{p.Id} 的另一读法 {s} 没有开关。")
            ),
        ];
    }

    /// <summary>A rule set carries out a document that is loaded, while it is in force.</summary>
    private static IEnumerable<string> OfRuleSet(Catalogue catalogue, IProgramme programme, RuleSet rules) =>
        catalogue.Modules.SelectMany(m => m.Documents).FirstOrDefault(d => d.Id == rules.Document) is not { } document
            ? [$"项目 {programme.Id} 的规则集 {rules.Id} 所依据的文件没有加载。"]
        : rules.From < document.EffectiveFrom
        || (rules.Until ?? DateOnly.MaxValue) > (document.EffectiveUntil ?? DateOnly.MaxValue)
            ? [$"项目 {programme.Id} 的规则集 {rules.Id} 超出了文件的施行期。"]
        : [];

    private static IEnumerable<string> Twice(IEnumerable<string> ids, string what) =>
        ids.GroupBy(id => id, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => $"{what} {g.Key} 重复了 {g.Count()} 次。");

    /// <summary>
    /// A role has a name of its own, since that is what is stored, a title and a level; and whoever works somewhere is
    /// one of these.
    /// </summary>
    private static IEnumerable<string> OfRoles(IReadOnlyList<LoadedModule> modules)
    {
        var own = modules.SelectMany(m => m.Roles.Select(r => (Module: m.Module.Id, Role: r))).ToList();
        var all = Roles.Core.Concat(own.Select(r => r.Role)).ToList();
        return
        [
            .. all.GroupBy(r => r.Name, StringComparer.OrdinalIgnoreCase)
                .Where(g => g.Count() > 1)
                .Select(g =>
                    $"角色 {g.Key} 声明了 {g.Count()} 次（模块 {string.Join("、", By(g))}）："
                    + "同一个角色只由一个模块声明，不同的角色请另取名称。"
                ),
            .. own.Where(r => r.Role.Name.Length == 0 || !r.Role.Name.All(char.IsAsciiLetter))
                .Select(r =>
                    $"模块 {r.Module} 的角色“{r.Role.Name}”的名称不是英文字母：请改写，例：CountyGovernment。"
                ),
            .. own.Where(r => string.IsNullOrWhiteSpace(r.Role.Title))
                .Select(r => $"模块 {r.Module} 的角色 {r.Role.Name} 缺少中文名称：请写明 Title。"),
            .. own.Where(r => r.Role.Levels.Count == 0)
                .Select(r => $"模块 {r.Module} 的角色 {r.Role.Name} 没有级别，谁也不能担任：请写明 ScopeLevel。"),
            .. modules
                .SelectMany(m =>
                    m.Workflows.SelectMany(w =>
                            w.Openers.Concat(w.Supervisors)
                                .Concat(w.Transitions.SelectMany(t => t.By))
                                .Select(r => (By: $"办理流程 {w.Id}", Role: r))
                        )
                        .Concat(m.ListImports.SelectMany(i => i.By.Select(r => (By: $"导入 {i.Form.Id}", Role: r))))
                )
                .Distinct()
                .Where(r => !all.Contains(r.Role))
                .Select(r => $"{r.By} 由角色 {r.Role} 办理，而没有模块声明它：请在 IRoles 中声明。"),
        ];

        IEnumerable<string> By(IEnumerable<Role> roles) =>
            own.Where(r => roles.Contains(r.Role)).Select(r => r.Module).Distinct();
    }

    /// <summary>An attribute of schools has values to choose from, each with a title of its own.</summary>
    private static IEnumerable<string> OfSchoolAttribute(string module, SchoolAttribute attribute) =>
        [
            .. attribute.Id.StartsWith(module + ".", StringComparison.Ordinal)
                ? (string[])[]
                : [$"学校属性 {attribute.Id} 不以模块标识 {module}. 开头。"],
            .. attribute.Values.Count == 0 ? [$"学校属性 {attribute.Id} 没有取值。"] : (string[])[],
            .. string.IsNullOrWhiteSpace(attribute.Title)
            || attribute.Values.Any(v => string.IsNullOrWhiteSpace(v.Title) || v.Id.Length == 0)
                ? [$"学校属性 {attribute.Id} 或其取值缺少标识或中文名称。"]
                : (string[])[],
            .. Twice(
                attribute.Values.SelectMany(v => new[] { v.Id, v.Title }.Distinct()),
                $"学校属性 {attribute.Id} 的取值"
            ),
        ];

    private static IEnumerable<string> OfDocument(Document document) =>
        [
            .. document.EffectiveFrom > document.EffectiveUntil
                ? [$"文件 {document.Id} 的施行日期晚于失效日期。"]
                : (string[])[],
            .. document
                .Provisions.Where(p => !p.Id.StartsWith(document.Id + "/", StringComparison.Ordinal))
                .Select(p => $"条款 {p.Id} 不以文件标识 {document.Id}/ 开头。"),
            .. document
                .Provisions.Where(p => string.IsNullOrWhiteSpace(p.Article) || string.IsNullOrWhiteSpace(p.Gist))
                .Select(p => $"条款 {p.Id} 缺少条号或要点。"),
            .. document
                .Provisions.Where(p =>
                    (p.EffectiveFrom ?? document.EffectiveFrom)
                        > (p.EffectiveUntil ?? document.EffectiveUntil ?? DateOnly.MaxValue)
                    || p.EffectiveFrom < document.EffectiveFrom
                    || p.EffectiveUntil > document.EffectiveUntil
                )
                .Select(p => $"条款 {p.Id} 的施行日期不在文件 {document.Id} 的施行期内，或早晚颠倒。"),
        ];

    private static IEnumerable<string> OfProgramme(string module, IProgramme programme) =>
        [
            .. programme.Id.StartsWith(module + ".", StringComparison.Ordinal)
                ? (string[])[]
                : [$"项目 {programme.Id} 不以模块标识 {module}. 开头。"],
            .. Twice(programme.Schema.Fields.Select(f => f.Name), $"项目 {programme.Id} 的事实"),
            .. Twice(programme.Schema.Fields.Select(f => f.Title), $"项目 {programme.Id} 的事实标题"),
            .. programme
                .Schema.Fields.Where(f => string.IsNullOrWhiteSpace(f.Title) || f.Choices.Any(c => c.Title.Length == 0))
                .Select(f => $"项目 {programme.Id} 的事实 {f.Name} 或其取值缺少中文标题。"),
            .. programme.RuleSets.Count == 0 ? [$"项目 {programme.Id} 没有规则集。"] : (string[])[],
            .. programme
                .RuleSets.Zip(programme.RuleSets.Skip(1))
                .Where(pair => !(pair.First.Until < pair.Second.From) || pair.First.Id == pair.Second.Id)
                .Select(pair =>
                    $"项目 {programme.Id} 的规则集 {pair.First.Id} 与 {pair.Second.Id} 时间重叠或标识相同。"
                ),
            .. programme
                .RuleSets.Where(s => s.From > s.Until)
                .Select(s => $"项目 {programme.Id} 的规则集 {s.Id} 施行日期晚于失效日期。"),
            .. programme.RuleSets.SelectMany(s => Twice(s.Criteria.Select(c => c.Id), $"项目 {programme.Id} 的条件")),
            .. programme
                .RuleSets.Where(s => s.Criteria.Count is 0 or > 64)
                .Select(s => $"项目 {programme.Id} 的规则集 {s.Id} 有 {s.Criteria.Count} 个条件，须为 1 至 64 个。"),
            .. programme
                .RuleSets.SelectMany(s => s.Criteria)
                .Where(c => string.IsNullOrWhiteSpace(c.Message))
                .Select(c => $"项目 {programme.Id} 的条件 {c.Id} 缺少说明。"),
        ];

    /// <summary>
    /// A form binds: every field has a title and one place on the paper, and the paper asks for nothing else.
    /// </summary>
    private static IEnumerable<string> OfForm(string module, IForm form)
    {
        var placed = form.Layout.Names.Concat(form.List is { } list ? [list.Name] : []).ToList();
        return
        [
            .. form.Id.StartsWith(module + ".", StringComparison.Ordinal)
                ? (string[])[]
                : [$"表单 {form.Id} 不以模块标识 {module}. 开头。"],
            .. form.Fields.Count == 0 ? [$"表单 {form.Id} 没有栏目。"] : (string[])[],
            .. OfFields($"表单 {form.Id}", form.Fields),
            .. form.Fields.Select(f => f.Name).Except(placed).Select(n => $"表单 {form.Id} 的栏目 {n} 没有版面位置。"),
            .. placed
                .Except(form.Fields.Select(f => f.Name))
                .Select(n => $"表单 {form.Id} 的版面用了不存在的栏目 {n}。"),
            .. Twice(placed, $"表单 {form.Id} 的版面位置"),
            .. form
                .Layout.Sections.SelectMany(s => s.Rows)
                .Select(r => r.Sum(c => c.Span))
                .Where(sum => sum != FormLayout.Columns)
                .Select(sum => $"表单 {form.Id} 的版面有一行占 {sum} 栏，须为 {FormLayout.Columns} 栏。"),
            .. Twice(form.Rules.Select(r => r.Id), $"表单 {form.Id} 的条件"),
        ];
    }

    private static IEnumerable<string> OfFields(string owner, IReadOnlyList<FormField> fields) =>
        [
            .. fields
                .Where(f => string.IsNullOrWhiteSpace(f.Title) || f.Choices.Any(c => c.Name.Length == 0))
                .Select(f => $"{owner} 的栏目 {f.Name} 或其选项缺少中文标题。"),
            .. Twice(fields.Select(f => f.Name), $"{owner} 的栏目"),
            .. Twice(fields.Select(f => f.Title), $"{owner} 的栏目标题"),
            .. fields.SelectMany(f => Twice(f.Rules.Select(r => r.Id), $"{owner} 的 {f.Name} 的条件")),
            .. fields.SelectMany(f => OfFields($"{owner} 的 {f.Name}", f.Columns)),
        ];

    /// <summary>What comes in is a list of the module's own, and somebody may bring it.</summary>
    private static IEnumerable<string> OfIntake(LoadedModule module, IListImport intake) =>
        [
            .. module.Forms.Any(f => f.Id == intake.Form.Id)
                ? (string[])[]
                : [$"导入 {intake.Form.Id} 的表单不在模块 {module.Module.Id} 之内。"],
            .. intake.Form.List is null ? [$"导入 {intake.Form.Id} 的表单不是名单。"] : (string[])[],
            .. intake.By.Count == 0 ? [$"导入 {intake.Form.Id} 没有人可以办理。"] : (string[])[],
            .. Twice(intake.Filters.Select(f => f.Name), $"导入 {intake.Form.Id} 的筛选"),
        ];

    /// <summary>
    /// A workflow leads from its first state to every other, and out of each that is not final; no step bears a name
    /// that the platform uses.
    /// </summary>
    private static IEnumerable<string> OfWorkflow(string module, IWorkflow workflow)
    {
        var reached = workflow.States.Take(1).ToHashSet();
        while (
            workflow
                .Transitions.Where(t => t.From.Any(reached.Contains))
                .SelectMany(t => t.Destinations)
                .Where(to => !reached.Contains(to))
                .ToList()
                is { Count: > 0 } more
        )
            reached.UnionWith(more);
        return
        [
            .. workflow.Id.StartsWith(module + ".", StringComparison.Ordinal)
                ? (string[])[]
                : [$"办理流程 {workflow.Id} 不以模块标识 {module}. 开头。"],
            .. Twice(workflow.States.Select(s => s.Id), $"办理流程 {workflow.Id} 的状态"),
            .. Twice(workflow.Transitions.Select(t => t.Action), $"办理流程 {workflow.Id} 的环节"),
            .. Twice(workflow.EvidenceKinds.Select(k => k.Id), $"办理流程 {workflow.Id} 的材料"),
            .. workflow
                .Transitions.Where(t => OwnActions.Contains(t.Action))
                .Select(t => $"办理流程 {workflow.Id} 的环节 {t.Action} 与平台自己的重名。"),
            .. workflow
                .Transitions.SelectMany(t => PapersOf(t).Select(k => (Step: t, Kind: k)))
                .Where(n => workflow.EvidenceKinds.All(k => k.Id != n.Kind || k.ConfirmedBy is null))
                .Select(n =>
                    $"办理流程 {workflow.Id} 的环节 {n.Step.Action} 要求材料 {n.Kind}，而没有这种材料，或者没有写明由谁确认（ConfirmedBy）。"
                ),
            .. workflow
                .Transitions.SelectMany(t => t.From.Concat(t.Destinations))
                .Except(workflow.States)
                .Distinct()
                .Select(s => $"办理流程 {workflow.Id} 的环节用了没有列出的状态 {s.Id}。"),
            .. workflow
                .Transitions.Where(t => t.By.Count == 0)
                .Select(t => $"办理流程 {workflow.Id} 的环节 {t.Action} 没有人可以办理。"),
            .. workflow
                .States.Where(s => !reached.Contains(s))
                .Select(s => $"办理流程 {workflow.Id} 到不了状态 {s.Id}。"),
            .. workflow
                .States.Where(s => s.IsFinal == workflow.Transitions.Any(t => t.From.Contains(s)))
                .Select(s =>
                    $"办理流程 {workflow.Id} 的状态 {s.Id} {(s.IsFinal ? "是终点，却还有环节" : "走不出去，也不是终点")}。"
                ),
        ];
    }

    private static IEnumerable<string> PapersOf(Transition step) =>
        [.. step.Needs.SelectMany(n => n.Kinds), .. step.SettledBy is { } settled ? (string[])[settled.Kind] : []];

    /// <summary>Whatever pages show of a workflow's cases is there: fields, listing and columns.</summary>
    private static IEnumerable<string> OfPresentation(Catalogue catalogue, LoadedModule module, IWorkflow workflow)
    {
        var shown = workflow.Presentation;
        var students = catalogue.Listings.Single(l => l.Set == "Students").Columns;
        var listing = module.Listings.FirstOrDefault(l => l.Set == shown.Listing);
        return
        [
            .. shown.Title.Count == 0 ? [$"办理流程 {workflow.Id} 没有写明以哪一栏称呼办件。"] : (string[])[],
            .. shown
                .Title.Concat(shown.Student.Select(s => s.Field))
                .Append(shown.School)
                .OfType<string>()
                .Distinct()
                .Except(workflow.Form.Fields.Select(f => f.Name))
                .Select(n => $"办理流程 {workflow.Id} 的页面用了表单 {workflow.Form.Id} 没有的栏目 {n}。"),
            .. shown
                .Student.Select(s => s.Column)
                .Except(students.Where(c => !c.IsKey).Select(c => c.Name))
                .Select(n => $"办理流程 {workflow.Id} 的页面用了列表 Students 没有的列 {n}。"),
            .. shown.Listing is null || listing is { Key: [{ Name: "Id" }] }
                ? (string[])[]
                :
                [
                    $"办理流程 {workflow.Id} 的办件列表 {shown.Listing} 不在模块 {module.Module.Id} 之内，或者不以 Id 为键。",
                ],
            .. shown
                .Facts.Except(listing?.Columns.Select(c => c.Name) ?? [])
                .Select(n => $"办理流程 {workflow.Id} 的页面用了办件列表没有的列 {n}。"),
            .. shown
                .Facts.Where(n => workflow.Row.GetProperty(n) is null)
                .Select(n => $"办理流程 {workflow.Id} 的页面用了 {workflow.Row.Name} 没有的事实 {n}。"),
        ];
    }

    /// <summary>What is said to call a function is loaded with it, and a user can reach it.</summary>
    private static IEnumerable<string> OfFunctions(LoadedModule module, IFunctions functions) =>
        functions.CalledBy is { } caller && EntryPoints.CallerOf(module, functions) is null
            ?
            [
                $"模块 {module.Module.Id} 的 {functions.GetType().Name} 说由 {caller.Name} 调用，而模块没有这一声明，或者它没有入口；尚无入口的，不写 CalledBy。",
            ]
            : [];

    private static IEnumerable<string> OfTimeline(LoadedModule module, WorkCalendar calendar) =>
        module
            .Readings.SelectMany(reading =>
            {
                var year = module.LatestYearOf(calendar, reading);
                var windows = module.Windows(year, calendar, reading);
                return (string[])
                    [
                        .. Twice(windows.Select(w => w.Id), $"模块 {module.Module.Id} 的时段"),
                        .. Twice(
                            module.Duties(year, calendar, reading).Select(d => d.Id),
                            $"模块 {module.Module.Id} 的职责"
                        ),
                        .. windows
                            .Where(w => w.First > w.Last || w.Closed.Any(d => d < w.First || d > w.Last))
                            .Select(w => $"模块 {module.Module.Id} 的时段 {w.Id} 首末日颠倒，或停办日不在其中。"),
                    ];
            })
            .Distinct();
}
