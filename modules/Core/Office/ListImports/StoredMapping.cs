using System.Text.Json;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel;
using EduAssist.Kernel.Access;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Office.ListImports;

/// <summary>A <see cref="ColumnMapping"/> under a name.</summary>
internal sealed class StoredMapping
{
    public required string Form { get; init; }

    public required string Name { get; init; }

    /// <summary>JSON: a member for each heading, with the name of our field or null.</summary>
    public required string Headings { get; set; }

    public bool IgnoresOthers { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Actor { get; set; }

    internal ColumnMapping Mapping =>
        new(JsonSerializer.Deserialize<Dictionary<string, string?>>(Headings)!, IgnoresOthers);

    internal MappingView View() =>
        new(
            Name,
            Form,
            JsonSerializer.Deserialize<OrderedDictionary<string, string?>>(Headings)!,
            IgnoresOthers,
            At,
            Actor
        );
}

/// <summary>Mappings that are kept (列名对照): made once for an export of another system, used every term.</summary>
public static class ColumnMappings
{
    private const int LongestName = 50;

    /// <summary>Those of a list import.</summary>
    public static async Task<IReadOnlyList<MappingView>> ListAsync(UnitOfWork work, IListImport intake)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(intake);
        return
        [
            .. (
                await work
                    .Db.Set<StoredMapping>()
                    .Where(m => m.Form == intake.Form.Id)
                    .OrderBy(m => m.Name)
                    .ToListAsync()
            ).Select(m => m.View()),
        ];
    }

    /// <summary>One by its name; null: there is none.</summary>
    public static async Task<ColumnMapping?> FindAsync(UnitOfWork work, IListImport intake, string name)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(intake);
        return (await work.Db.Set<StoredMapping>().FindAsync(intake.Form.Id, name))?.Mapping;
    }

    /// <summary>Saves one; a mapping of the same name is replaced.</summary>
    public static async Task<CommandResult> SaveAsync(
        UnitOfWork work,
        IListImport intake,
        string name,
        ColumnMapping mapping
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(intake);
        ArgumentNullException.ThrowIfNull(mapping);
        if (Forbidden(work, intake) is { } forbidden)
            return forbidden;
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || UnsafeCharacters.AreIn(name))
            return CommandResult.Invalid(("name", $"名称须为 1 至 {LongestName} 个能打印的字。"));
        if (mapping.FaultFor(intake.Form.List!) is { } fault)
            return CommandResult.Invalid(("headings", fault));
        var headings = JsonSerializer.Serialize(mapping.Headings);
        if (await work.Db.Set<StoredMapping>().FindAsync(intake.Form.Id, name) is not { } stored)
            work.Db.Add(
                stored = new()
                {
                    Form = intake.Form.Id,
                    Name = name,
                    Headings = headings,
                    Actor = work.Actor.Name,
                }
            );
        if (OfAnother(work, stored) is { } refused)
            return refused;
        (stored.Headings, stored.IgnoresOthers, stored.At, stored.Actor) = (
            headings,
            mapping.IgnoresOthers,
            work.Now,
            work.Actor.Name
        );
        work.Audit($"{intake.Form.Id}/mapping", null, work.Actor.As(intake.By).Places, name);
        return CommandResult.Done(stored.View());
    }

    /// <summary>Deletes one.</summary>
    public static async Task<CommandResult> DeleteAsync(UnitOfWork work, IListImport intake, string name)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(intake);
        if (Forbidden(work, intake) is { } forbidden)
            return forbidden;
        if (await work.Db.Set<StoredMapping>().FindAsync(intake.Form.Id, name) is not { } stored)
            return CommandResult.NotFound($"没有列名对照“{FormJson.Short(name)}”。");
        if (OfAnother(work, stored) is { } refused)
            return refused;
        work.Db.Remove(stored);
        work.Audit($"{intake.Form.Id}/mapping-delete", null, work.Actor.As(intake.By).Places, name);
        return CommandResult.Done(stored.View());
    }

    /// <summary>
    /// Why the actor may not change a mapping: everybody may use it, but only whoever saved it or an administrator may
    /// change it.
    /// </summary>
    private static CommandResult? OfAnother(UnitOfWork work, StoredMapping stored) =>
        stored.Actor == work.Actor.Name || work.Actor.Is(Role.Administrator)
            ? null
            : CommandResult.Problem(ResultKind.Forbidden, $"列名对照“{stored.Name}”由别人保存，请另取名称。");

    private static CommandResult? Forbidden(UnitOfWork work, IListImport intake) =>
        work.Actor.Is(intake.By)
            ? null
            : CommandResult.Problem(
                ResultKind.Forbidden,
                $"《{intake.Form.Title}》的列名对照由{string.Join("、", intake.By.Select(r => r.Title))}办理。"
            );
}
