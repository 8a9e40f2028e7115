using EduAssist.Chuxiong;
using EduAssist.Documents.Calendar;
using EduAssist.Guizhou;
using EduAssist.Kernel;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Liaoning;
using EduAssist.Platform;
using EduAssist.TrialClass;

namespace EduAssist.Web;

/// <summary>
/// A document that has expired has no more force: from the day after its last, it opens no window and demands nothing,
/// in any calendar of any module.
/// </summary>
public class ExpiredDocumentsTests
{
    private static readonly Instance Instance = Instance.Compose(
        Baseline.With(new ChuxiongModule(), new GuizhouModule(), new LiaoningModule(), new TrialClassModule()),
        _ => null,
        new HolidayFolder("").Table(),
        TimeProvider.System
    );

    /// <summary>Each module with a last day of its documents: the middle and the end of each published year.</summary>
    public static TheoryData<string, DateOnly> Ends =>
        [
            .. Instance.Catalogue.Modules.SelectMany(m =>
                Instance.Calendar.Years.SelectMany(year =>
                    (IEnumerable<(string, DateOnly)>)[(m.Module.Id, new(year, 5, 9)), (m.Module.Id, new(year, 12, 31))]
                )
            ),
        ];

    [Theory, MemberData(nameof(Ends))]
    public void Nothing_opens_and_nothing_is_owed_after_the_last_day(string id, DateOnly last)
    {
        var module = Instance.Catalogue.Module(id)!;
        var (lasting, expired) = (With(null), With(last));
        foreach (var year in Instance.Calendar.Years)
        {
            if (Year(module, year, lasting) is not { } was)
                continue;
            var now = Year(module, year, expired)!;
            foreach (var day in DateSpan.Year(year).Days)
            {
                var before = was.Windows.Where(w => w.IsOpen(day)).Select(w => w.Id);
                Assert.Equal(day > last ? [] : before, now.Windows.Where(w => w.IsOpen(day)).Select(w => w.Id));
                Assert.Equal(
                    day > last ? [] : was.Duties.Where(d => d.Due == day).Select(d => d.Duty.Id),
                    now.Duties.Where(d => d.Due == day).Select(d => d.Duty.Id)
                );
                Assert.Equal(
                    day > last ? [] : Around(module, day, lasting).Where(w => w.IsOpen(day)).Select(w => w.Id),
                    Around(module, day, expired).Where(w => w.IsOpen(day)).Select(w => w.Id)
                );
            }

            if (year > last.Year)
                Assert.Empty(now.Duties);
            Assert.DoesNotContain(Events(now), day => day > last);
        }
    }

    [Fact]
    public void The_days_that_are_compared_have_windows_and_duties()
    {
        var all = Instance
            .Catalogue.Modules.SelectMany(m => Instance.Calendar.Years.Select(year => Year(m, year, With(null))))
            .OfType<CalendarYear>()
            .ToList();

        Assert.True(all.Sum(y => y.Windows.Count) > 50);
        Assert.True(all.Sum(y => y.Duties.Count(d => d.Due is not null)) > 1_000);
        Assert.True(all.Sum(y => Events(y).Count()) > 1_000);
    }

    /// <summary>The same instance, in which every document is in force from of old, and ends with that day.</summary>
    private static PolicyContext With(DateOnly? last) =>
        new(
            [.. Instance.Contributions.Select(c => c is IDocuments d ? new Ended(d, last) : c)],
            Instance.Reading,
            Instance.Calendar,
            Instance.Divisions,
            Instance.Today
        );

    /// <summary>Null: a year whose days are not all known.</summary>
    private static CalendarYear? Year(LoadedModule module, int year, PolicyContext policy)
    {
        try
        {
            return Catalogue.CalendarOf(module, year, policy);
        }
        catch (HolidaysNotPublishedException)
        {
            return null;
        }
    }

    private static IReadOnlyList<Window> Around(LoadedModule module, DateOnly day, PolicyContext policy)
    {
        try
        {
            return Catalogue.WindowsAround(module, day, policy);
        }
        catch (HolidaysNotPublishedException)
        {
            return [];
        }
    }

    /// <summary>The days on which events of a calendar file begin.</summary>
    private static IEnumerable<DateOnly> Events(CalendarYear year)
    {
        using var text = new StringWriter();
        year.WriteICalendar(text, DateTimeOffset.UnixEpoch);
        return
        [
            .. text.ToString()
                .Split("\r\n")
                .Where(l => l.StartsWith("DTSTART;VALUE=DATE:", StringComparison.Ordinal))
                .Select(l => DateOnly.ParseExact(l[^8..], "yyyyMMdd")),
        ];
    }

    private sealed class Ended(IDocuments documents, DateOnly? last) : IDocuments
    {
        public IReadOnlyList<Document> Documents { get; } =
        [
            .. documents.Documents.Select(d =>
                d with
                {
                    EffectiveUntil = last,
                    EffectiveFrom = new(2000, 1, 1),
                    Provisions = [.. d.Provisions.Select(p => p with { EffectiveFrom = null, EffectiveUntil = null })],
                }
            ),
        ];

        public IReadOnlyList<Interpretation> Interpretations => documents.Interpretations;
    }
}
