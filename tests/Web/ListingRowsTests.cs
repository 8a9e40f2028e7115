using EduAssist.Data;
using EduAssist.Kernel.Access;
using EduAssist.Web.Pages;

namespace EduAssist.Web;

/// <summary>Lists of pages are read while their reader waits.</summary>
public sealed class ListingRowsTests : IAsyncLifetime
{
    private readonly Served served = new();

    public ValueTask InitializeAsync() => served.InitializeAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task No_query_is_begun_for_a_reader_who_is_gone()
    {
        var instance = served.Stored.Instance;
        await using var db = served.Stored.Commands.Database.Read(AccessScope.Everything);
        var listing = instance.Catalogue.Listings.Single(l => l.Set == "Students");
        var state = listing.Columns.First(c => !c.IsPersonal && c.Type == typeof(string));
        using var gone = new CancellationTokenSource();
        var rows = ListingRows.Create(listing, new(db, instance, gone.Token));
        Assert.Equal(0, await rows.CountAsync(new([]), 10));
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rows.CountAsync(new([]), 10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rows.PageAsync(new([]), ListingPlace.First, 10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rows.CountByAsync(state, new([])));
    }

    /// <summary>
    /// Forwards from the first page and backwards from the last one, in every order that there is: each row once, and
    /// in the order of the whole.
    /// </summary>
    [Theory, EveryDatabase]
    public async Task Pages_go_through_all_rows_both_ways(DatabaseKind kind)
    {
        using var stored = new Stored(kind, new(2020, 5, 6), null, new Chuxiong.ChuxiongModule());
        await using (var past = stored.Past())
        {
            var province = new Province(past, stored.Commands.Database.Keys);
            foreach (var county in (long[])[532301, 532331])
                await province.FillAsync(Kernel.Registry.DivisionCode.Of(county), 60);
            await using var unknown = past.CreateCommand();
            unknown.CommandText = """
                UPDATE core_student SET "BirthDate" = NULL WHERE "Sex" = 'Male' AND "Name" < '李';
                UPDATE core_student SET "Ethnicity" = '彝族' WHERE "Sex" = 'Female'
                """;
            await unknown.ExecuteNonQueryAsync();
        }

        foreach (
            var access in (AccessScope[])
                [AccessScope.Everything, AccessScope.ForDivision(Kernel.Registry.DivisionCode.Of(532331))]
        )
        {
            await using var db = stored.Commands.Database.Read(access);
            foreach (
                var listing in stored.Instance.Catalogue.Listings.Where(l =>
                    l.Set is "Students" or "Rolls" or "Provisions" or "Standings"
                )
            )
            {
                var rows = ListingRows.Create(listing, new(db, stored.Instance));
                foreach (var sort in listing.Columns.Where(c => !c.IsPersonal).Append(null))
                foreach (var descending in (bool[])[false, true])
                {
                    ListingQuestion question = new([], Sort: sort, Descending: descending);
                    var all = await rows.FirstAsync(question, 100_000);
                    Assert.True(all.Count > 30);
                    var text = string.Join('\n', all.Select(Key));
                    List<object> there = [],
                        back = [];
                    ListingPlace place = ListingPlace.First;
                    for (string? next = ""; next is not null; place = new(next))
                    {
                        var page = await rows.PageAsync(question, place, 17);
                        Assert.Equal(there.Count > 0, page.Previous is not null);
                        there.AddRange(page.Rows);
                        next = page.Next;
                    }

                    place = new(null, IsBefore: true);
                    for (string? next = ""; next is not null; place = new(next, IsBefore: true))
                    {
                        var page = await rows.PageAsync(question, place, 17);
                        Assert.Equal(back.Count > 0, page.Next is not null);
                        back.InsertRange(0, page.Rows);
                        next = page.Previous;
                    }

                    Assert.Equal(text, string.Join('\n', there.Select(Key)));
                    Assert.Equal(text, string.Join('\n', back.Select(Key)));
                    if (sort is { IsNullable: true })
                        Assert.Equal(all.OrderBy(r => sort.Property.GetValue(r) is null).Select(Key), all.Select(Key));
                }

                string Key(object row) => string.Join(' ', listing.Key.Select(k => k.Property.GetValue(row)));
            }
        }
    }

    /// <summary>
    /// An address names a page by the key of a row; one that is gone, or no key, begins at the first row.
    /// </summary>
    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a,b,c")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task A_place_that_is_not_there_is_the_first_page(string key)
    {
        var instance = served.Stored.Instance;
        await using var db = served.Stored.Commands.Database.Read(AccessScope.Everything);
        var listing = instance.Catalogue.Listings.Single(l => l.Set == "Divisions");
        var rows = ListingRows.Create(listing, new(db, instance));
        var first = await rows.PageAsync(new([]), ListingPlace.First, 5);
        foreach (var isBefore in (bool[])[false, true])
        {
            var page = await rows.PageAsync(new([]), new(key, isBefore), 5);
            Assert.Equal((first.Next, first.Previous), (page.Next, page.Previous));
        }
    }
}
