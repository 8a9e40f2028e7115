using EduAssist.Data;
using EduAssist.Kernel.Registry;
using EduAssist.Office.Registry;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Core.Storage;

/// <summary>
/// What both databases must answer alike, and would not of themselves: order, case, nothing, days, instants, sums.
/// </summary>
public sealed class SameAnswersTests
{
    private static readonly string[] Names =
        ["b", "A", "a", "B", "aa", "a b", "阿依·古丽", "阿依•古丽", "李", "普", "𠮷", "䶮", "ß", "é", "Z", "_", "%", "10", "9"];

    [Theory, EveryDatabase]
    public async Task Text_is_ordered_by_its_code_points(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        await using var db = stored.Read();
        Assert.Equal(
            Names.OrderBy(n => System.Text.Encoding.UTF8.GetBytes(n),
                Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y))),
            await db.Set<Student>().OrderBy(s => s.Name).Select(s => s.Name)
                .ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory, EveryDatabase]
    public async Task Case_and_width_matter(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        await using var db = stored.Read();
        var (small, percent) = ("a", "%");
        Assert.Equal(["a"],
            await db.Set<Student>().Where(s => s.Name == "a").Select(s => s.Name)
                .ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await db.Set<Student>().Where(s => s.Name == "ａ").Select(s => s.Name)
            .ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["a", "a b", "aa"],
            await db.Set<Student>().Where(s => s.Name.Contains(small)).OrderBy(s => s.Name).Select(s => s.Name)
                .ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["%"],
            await db.Set<Student>().Where(s => s.Name.Contains(percent)).Select(s => s.Name)
                .ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["阿依·古丽"],
            await db.Set<Student>().Where(s => s.Name == "阿依·古丽").Select(s => s.Name)
                .ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory, EveryDatabase]
    public async Task A_day_is_a_day_and_an_unknown_one_is_never_compared(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        await using var db = stored.Read();
        Assert.Equal(
            [new DateOnly(2004, 2, 29), new(2004, 3, 1)],
            await db.Set<Student>().Where(s => s.BirthDate < new DateOnly(2004, 3, 2)).OrderBy(s => s.BirthDate)
                .Select(s => s.BirthDate!.Value).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Names.Length - 3,
            await db.Set<Student>().CountAsync(s => s.BirthDate == null, TestContext.Current.CancellationToken));
        Assert.Equal(new DateOnly(2020, 2, 29),
            await db.Set<Student>().MaxAsync(s => s.BirthDate, TestContext.Current.CancellationToken));
    }

    [Theory, EveryDatabase]
    public async Task An_instant_comes_back_to_the_millisecond_at_any_offset(DatabaseKind kind)
    {
        using var stored = new Stored(kind);
        DateTimeOffset[] instants =
        [
            new(2020, 5, 6, 0, 0, 0, 1, TimeSpan.FromHours(8)),
            new(2020, 5, 5, 16, 0, 0, 0, TimeSpan.Zero),
            new(1999, 12, 31, 23, 59, 59, 999, TimeSpan.Zero),
        ];
        await stored.Do(work =>
        {
            foreach (var at in instants)
                work.Db.Add(
                    new AuditEntry { Id = work.NewId(), At = at, Actor = "test", Action = "test/instant", Scope = "" });
            return Task.FromResult(CommandResult.Done());
        });
        await using var db = stored.Read();
        Assert.Equal(instants.Order(),
            await db.Set<AuditEntry>().Where(a => a.Action == "test/instant").OrderBy(a => a.At).Select(a => a.At)
                .ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1,
            await db.Set<AuditEntry>().CountAsync(a => a.Action == "test/instant"
                && a.At > new DateTimeOffset(2020, 5, 6, 0, 0, 0, TimeSpan.FromHours(8)),
                TestContext.Current.CancellationToken));
    }

    [Theory, EveryDatabase]
    public async Task A_word_of_an_enumeration_is_stored_as_its_name_and_found_by_it(DatabaseKind kind)
    {
        using var stored = await Filled(kind);
        await using var db = stored.Read();
        Assert.Equal((1, Names.Length - 1),
            (await db.Set<Student>().CountAsync(s => s.Sex == Sex.Female, TestContext.Current.CancellationToken),
                await db.Set<Student>().CountAsync(s => s.Sex == Sex.Male, TestContext.Current.CancellationToken)));
        Assert.Equal(["Female", "Male"],
            await db.Database.SqlQuery<string>($"SELECT DISTINCT \"Sex\" AS \"Value\" FROM core_student")
                .OrderBy(s => s).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory, EveryDatabase]
    public async Task Whole_numbers_add_up_beyond_32_bits(DatabaseKind kind)   // as money does, in fen
    {
        using var stored = await Filled(kind);
        await stored.Do(async work =>
        {
            await work.Db.Set<Student>().ExecuteUpdateAsync(set => set.SetProperty(s => s.Version, 300_000_000_001));
            work.Audit("test/version", null, "");
            return CommandResult.Done();
        });
        await using var db = stored.Read();
        Assert.Equal(300_000_000_001 * Names.Length,
            await db.Set<Student>().SumAsync(s => s.Version, TestContext.Current.CancellationToken));
    }

    private static async Task<Stored> Filled(DatabaseKind kind)
    {
        var stored = new Stored(kind);
        DateOnly?[] births = [new(2004, 2, 29), new(2004, 3, 1), new(2020, 2, 29)];
        await stored.Do(work =>
        {
            for (var i = 0; i < Names.Length; i++)
                work.Db.Add(new Student
                {
                    Id = work.NewId(),
                    Name = Names[i],
                    Sex = i == 0 ? Sex.Female : Sex.Male,
                    BirthDate = i < births.Length ? births[i] : null,
                    Scope = "532301",
                    Version = 1,
                });
            work.Audit("test/fill", null, "");
            return Task.FromResult(CommandResult.Done());
        });
        return stored;
    }
}
