using System.Text.Json.Nodes;
using EduAssist.Office.Listings;

namespace EduAssist.OData.Oracle;

/// <summary>
/// Random questions to any listing, over its columns and links, with values that rows have, whoever sees them. What
/// they must answer is known only by asking otherwise.
/// </summary>
/// <param name="listings">Those that are asked.</param>
/// <param name="rows">Of every set.</param>
/// <param name="dice">Of the seed.</param>
internal sealed class RandomQuestions(
    IReadOnlyList<IListing> listings,
    IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> rows,
    Random dice
)
{
    private readonly Dictionary<string, IListing> bySet = listings.ToDictionary(l => l.Set);

    /// <summary>An address.</summary>
    internal string Of(IListing listing) =>
        dice.Next(10) switch
        {
            0 => $"{listing.Set}/$count?$filter={Condition(listing, "", 2)}",
            1 or 2 when rows[listing.Set].Count > 0 => ByKey(listing),
            3 or 4 => Grouped(listing),
            5 => $"{listing.Set}?{Options(listing, expands: false, pages: false)}&$format={Pick("csv", "xlsx")}",
            _ => $"{listing.Set}?{Options(listing, expands: true, pages: true)}",
        };

    private string Options(IListing listing, bool expands, bool pages)
    {
        List<string> options = [$"$orderby={string.Join(',', Some(3, () => $"{Value(listing)}{Pick("", " desc")}"))}"];
        if (dice.Next(3) > 0)
            options.Add($"$filter={Condition(listing, "", 2)}");
        var computes = dice.Next(4) == 0;
        if (computes)
            options[0] += $",C1&$compute={Value(listing)} as C1";
        if (dice.Next(3) == 0)
            options.Add(
                $"$select={string.Join(',', Some(4, () => Pick(listing.Columns).Name).Distinct())}"
                    + (computes ? ",C1" : "")
            );
        if (dice.Next(5) == 0 && Word(listing) is { } word)
            options.Add($"$search={word}");
        if (dice.Next(3) == 0)
            options.Add($"$top={dice.Next(0, 60)}");
        if (dice.Next(5) == 0)
            options.Add($"$skip={dice.Next(0, 20)}");
        if (pages && dice.Next(2) == 0)
            options.Add("$count=true");
        if (expands && dice.Next(2) == 0 && Links(listing) is [_, ..] links)
            options.Add($"$expand={Expanded(Pick(links), 1)}");
        return string.Join('&', options);
    }

    private string Expanded(ListingLink link, int depth)
    {
        var target = bySet[link.Target];
        if (link.IsMany && dice.Next(5) == 0)
            return $"{link.Name}/$count";
        List<string> options = [$"$select={string.Join(',', Some(4, () => Pick(target.Columns).Name).Distinct())}"];
        if (dice.Next(4) == 0)
            options[0] += $",C2;$compute={Value(target)} as C2";
        if (dice.Next(5) == 0 && Word(target) is { } word)
            options.Add($"$search={word}");
        if (link.IsMany)
        {
            if (dice.Next(2) == 0)
                options.Add($"$filter={Condition(target, "", 0)}");
            if (dice.Next(2) == 0)
                options.Add($"$orderby={Pick(Shown(target)).Name}");
            if (dice.Next(3) == 0)
                options.Add($"$top={dice.Next(0, 4)};$count=true");
        }

        if (depth > 0 && dice.Next(3) == 0 && Links(target) is [_, ..] links)
            options.Add($"$expand={Expanded(Pick(links), depth - 1)}");
        return $"{link.Name}({string.Join(';', options)})";
    }

    private string Grouped(IListing listing)
    {
        var by = Some(2, () => Value(listing))
            .Where(v => !v.EndsWith("$count", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        List<string> sums = ["$count as N"];
        foreach (var column in Shown(listing).Where(_ => dice.Next(4) == 0))
        {
            var type = Literals.Plain(column.Type);
            sums.Add(
                $"{column.Name} with {(Comparison.IsNumber(type) ? Pick("sum", "min", "max", "average", "countdistinct") : type == typeof(string) || type == typeof(DateOnly) ? Pick("min", "max", "countdistinct") : "countdistinct")} as S{sums.Count}"
            );
        }

        var filter = dice.Next(2) == 0 ? $"filter({Condition(listing, "", 1)})/" : "";
        if (dice.Next(4) == 0)
        {
            filter += $"compute({Value(listing)} as C0)/";
            by.Add("C0");
        }

        var aggregate = $"aggregate({string.Join(',', sums)})";
        return $"{listing.Set}?$apply={filter}{(by.Count == 0 ? aggregate : $"groupby(({string.Join(',', by)}),{aggregate})")}&$count=true{Beside()}";
    }

    private string Beside() =>
        dice.Next(4) switch
        {
            0 => $"&$filter=N ge {dice.Next(1, 4)}",
            1 => "&$compute=N mul 2 as M&$orderby=M desc,N&$top=5",
            _ => "",
        };

    /// <summary>Some letters of a row that is searched; null: there is none.</summary>
    private string? Word(IListing listing)
    {
        if (
            listing.Columns.Where(Binder.IsSearched).ToList() is not [_, ..] columns
            || rows[listing.Set] is not [_, ..] some
        )
            return null;
        var text = (string?)Pick(some)[Pick(columns).Name] ?? "";
        var letters = new string([.. text.Where(char.IsLetter).Take(2)]);
        return letters.Length == 0 ? null : $"\"{letters}\"";
    }

    private string ByKey(IListing listing)
    {
        var row = Pick(rows[listing.Set]);
        var key = string.Join(
            ',',
            listing.Key.Select(k =>
                (listing.Key.Count > 1 ? $"{k.Name}=" : "") + Uri.EscapeDataString(Literal(k, row[k.Name]))
            )
        );
        var one = $"{listing.Set}({key})";
        if (dice.Next(3) == 0)
            return $"{one}/{Pick(listing.Columns).Name}{Pick("", "/$value")}";
        if (Links(listing) is not [_, ..] links || dice.Next(3) == 0)
            return one;
        var link = Pick(links);
        return dice.Next(3) switch
        {
            0 => $"{one}?$expand={Expanded(link, 1)}",
            1 when link.IsMany => $"{one}/{link.Name}/$count",
            _ => $"{one}/{link.Name}",
        };
    }

    private string Condition(IListing listing, string at, int depth)
    {
        if (depth > 0 && dice.Next(3) == 0)
        {
            return dice.Next(3) switch
            {
                0 => $"not ({Condition(listing, at, depth - 1)})",
                1 => $"({Condition(listing, at, depth - 1)}) and ({Condition(listing, at, depth - 1)})",
                _ => $"({Condition(listing, at, depth - 1)}) or ({Condition(listing, at, depth - 1)})",
            };
        }

        return dice.Next(2) == 0 && Links(listing) is [_, ..] links
            ? Through(Pick(links), at, depth)
            : Compared(listing, at);
    }

    private string Through(ListingLink link, string at, int depth)
    {
        var target = bySet[link.Target];
        if (!link.IsMany)
            return dice.Next(4) == 0
                ? $"{at}{link.Name} {Pick("eq", "ne")} null"
                : Compared(target, $"{at}{link.Name}/");
        return dice.Next(4) switch
        {
            0 => $"{at}{link.Name}/$count {Pick("gt", "le", "eq")} {dice.Next(0, 4)}",
            1 => $"{at}{link.Name}/any()",
            _ =>
                $"{at}{link.Name}/{Pick("any", "all")}(x{depth}:{(depth > 0 ? Condition(target, $"x{depth}/", depth - 1) : Compared(target, $"x{depth}/"))})",
        };
    }

    private string Compared(IListing listing, string at)
    {
        var column = Pick(Shown(listing));
        var (name, type) = ($"{at}{column.Name}", Literals.Plain(column.Type));
        if (rows[listing.Set] is not [_, ..] some || Pick(some)[column.Name] is not { } value)
            return $"{name} {Pick("eq", "ne")} null";
        if (type == typeof(string) && dice.Next(3) == 0)
            return $"{Pick("contains", "startswith", "endswith")}({name},{Literal(column, value)})";
        return $"{name} {(type == typeof(bool) ? Pick("eq", "ne") : Pick("eq", "ne", "gt", "ge", "lt", "le"))} {Literal(column, value)}";
    }

    /// <summary>Of a row: a column, one of what it leads to, or the number of what it leads to.</summary>
    private string Value(IListing listing)
    {
        if (dice.Next(3) > 0 || Links(listing) is not [_, ..] links)
            return Pick(Shown(listing)).Name;
        var link = Pick(links);
        return link.IsMany ? $"{link.Name}/$count" : $"{link.Name}/{Pick(Shown(bySet[link.Target])).Name}";
    }

    private List<ListingLink> Links(IListing listing) => [.. listing.Links.Where(l => bySet.ContainsKey(l.Target))];

    private static List<Column> Shown(IListing listing) => [.. listing.Columns.Where(c => !c.IsPersonal)];

    private static string Literal(Column column, JsonNode? value) =>
        value is null ? "null"
        : Literals.Plain(column.Type) is { IsEnum: true } || column.Type == typeof(string)
            ? Semantics.Literal((string?)value)
        : value.ToString();

    private IEnumerable<T> Some<T>(int most, Func<T> one) =>
        Enumerable.Range(0, dice.Next(1, most + 1)).Select(_ => one()).ToList();

    private T Pick<T>(params IReadOnlyList<T> of) => of[dice.Next(of.Count)];
}
