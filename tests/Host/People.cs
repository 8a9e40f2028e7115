using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Cases;
using EduAssist.Office.Registry;
using EduAssist.Platform;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Host;

/// <summary>Everybody in the demo, and those who are tried to be brought in.</summary>
internal sealed class People
{
    internal const string New = "普小明",
        NewPhone = "13912345678";

    internal static readonly string NewId = "53230120120309997" + CheckCharacter.Compute("53230120120309997");

    private const int ShortestNumber = 7;

    internal HashSet<string> Words { get; } = [New, NewId, NewPhone];

    internal string Id { get; private set; } = "";

    internal string Name { get; private set; } = "";

    internal string Phone { get; private set; } = "";

    internal string Guardian { get; private set; } = "";

    internal async Task Read(string file)
    {
        var database = new Database(
            file,
            Path.GetDirectoryName(file)!,
            Convert.ToBase64String(SHA256.HashData("EduAssist demo"u8)),
            [Catalogue.CoreTables]
        );
        database.Upgrade(DateTimeOffset.UnixEpoch, _ => { });
        await using var db = database.Read(AccessScope.Everything);
        var students = await db.Set<Student>().Include(s => s.Guardians).Include(s => s.Rolls).ToListAsync();
        foreach (var student in students)
        {
            Add(student.Name, student.ResidentId, student.NationalNumber, student.Phone, student.Address);
            foreach (var guardian in student.Guardians)
                Add(guardian.Name, guardian.Phone);
            foreach (var roll in student.Rolls)
                Add(roll.Number);
        }

        foreach (var form in await db.Set<Case>().Select(c => c.Form).ToListAsync())
        foreach (var (_, value) in JsonNode.Parse(form)!.AsObject())
            if (
                value is JsonValue given
                && given.TryGetValue<string>(out var text)
                && text.Length >= ShortestNumber
                && text.All(char.IsAsciiLetterOrDigit)
            )
                Add(text);
        var one = students.First(s => s is { ResidentId: not null, Phone: not null, Guardians.Count: > 0 });
        (Id, Name, Phone, Guardian) = (one.ResidentId!, one.Name, one.Phone!, one.Guardians[0].Name);
    }

    /// <summary>As it is, as addresses write it, as JSON may.</summary>
    internal IReadOnlyList<string> FoundIn(string text) =>
        [
            .. Words.Where(w =>
                text.Contains(w, StringComparison.OrdinalIgnoreCase)
                || (
                    w.Any(c => c > '~')
                    && (
                        text.Contains(Uri.EscapeDataString(w), StringComparison.OrdinalIgnoreCase)
                        || text.Contains(
                            string.Concat(w.Select(c => $"\\u{(int)c:x4}")),
                            StringComparison.OrdinalIgnoreCase
                        )
                    )
                )
            ),
        ];

    private void Add(params IEnumerable<string?> words)
    {
        foreach (var word in words.OfType<string>())
            Words.Add(word);
    }
}
