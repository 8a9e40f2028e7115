using System.Text.Json;
using EduAssist.Data;
using EduAssist.Documents.Forms;
using EduAssist.Kernel.Access;

namespace EduAssist.Office.Cases;

/// <summary>The events of a case, and what it takes to undo them.</summary>
internal static class CaseHistory
{
    /// <summary>The next version of a case, its event, and the line of the audit.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="one">The case, changed already.</param>
    /// <param name="by">The roles by which it was allowed.</param>
    /// <param name="action">What was done.</param>
    /// <param name="from">The former state.</param>
    /// <param name="reason">Why, in the actor's words; null: nobody asked.</param>
    /// <param name="input">What was entered, as JSON; null: nothing.</param>
    /// <param name="before">As <see cref="Before"/> tells it.</param>
    /// <param name="undoes">The event that it undoes; null: none.</param>
    /// <param name="detail">More for the audit, without personal data.</param>
    /// <param name="another">A body that it concerns beside those of the case: who was asked. Null: none.</param>
    internal static void Record(
        UnitOfWork work,
        Case one,
        IEnumerable<Role> by,
        string action,
        string from,
        string? reason,
        string? input,
        string? before,
        long? undoes = null,
        string? detail = null,
        string? another = null
    )
    {
        one.Version++;
        one.ChangedAt = work.Now;
        work.Db.Add(
            new CaseEvent
            {
                CaseId = one.Id,
                Sequence = one.Version,
                Action = action,
                From = from,
                To = one.State,
                At = work.Now,
                Actor = work.Actor.Name,
                Reason = reason,
                Input = input,
                Before = before,
                Undoes = undoes,
            }
        );
        detail ??= undoes is null ? null : $"undoes {undoes}";
        work.Audit($"{one.Workflow}/{action}", one.Id, one.PlacesWith(another), detail, by);
    }

    /// <summary>What was entered with a step, as JSON.</summary>
    internal static string Values(IReadOnlyList<FormField> fields, FormValues input) =>
        JsonSerializer.Serialize(
            new OrderedDictionary<string, string>(
                fields.Where(f => input[f.Name] is not null).Select(f => KeyValuePair.Create(f.Name, input[f.Name]!))
            )
        );

    /// <summary>The former values of the columns that the command has changed, as JSON.</summary>
    internal static string? Before(UnitOfWork work, CaseRow row)
    {
        var changed = work
            .Db.Entry(row)
            .Properties.Append(work.Db.Entry(row.Case).Property(c => c.Form))
            .Append(work.Db.Entry(row.Case).Property(c => c.Counterpart))
            .Where(p => p.IsModified)
            .ToList();
        return changed.Count == 0
            ? null
            : JsonSerializer.Serialize(
                new OrderedDictionary<string, JsonElement>(
                    changed.Select(p =>
                        KeyValuePair.Create(
                            p.Metadata.Name,
                            JsonSerializer.SerializeToElement(p.OriginalValue, p.Metadata.ClrType)
                        )
                    )
                )
            );
    }

    /// <summary>Puts back what <see cref="Before"/> has kept.</summary>
    internal static void Restore(UnitOfWork work, CaseRow row, string? before)
    {
        if (before is null)
            return;
        foreach (var (name, value) in JsonSerializer.Deserialize<OrderedDictionary<string, JsonElement>>(before)!)
        {
            var property = name is nameof(Case.Form) or nameof(Case.Counterpart)
                ? work.Db.Entry(row.Case).Property(name)
                : work.Db.Entry(row).Property(name);
            property.CurrentValue = value.Deserialize(property.Metadata.ClrType);
        }
    }
}
