using EduAssist.OData.Toy;

namespace EduAssist.OData.Oracle;

/// <summary>Rows with nulls, ties, limits, Chinese, and what SQL takes for something else.</summary>
internal static class RandomRows
{
    internal static readonly string[] Texts =
    [
        "",
        "a",
        "A",
        "Ab",
        "aB",
        "ab",
        "zhang",
        "Zhang_1",
        "zhang%",
        "%",
        "_",
        "'",
        "''",
        "\\",
        "a b",
        " a ",
        "张",
        "张三",
        "张三丰",
        "李四",
        "楚雄市",
        "楚雄",
        "彝族",
        "é",
        "Z",
        "0",
        "10",
        "9",
        "\u3000全",
        "x'y",
        "say \"x\"",
        "a,b",
        "(1)",
        "a/b&c=d+e",
        "#",
        "?",
        "null",
        "[a]",
        "a\tb",
        "～",
        "ａ",
    ];

    /// <summary>
    /// Where rows belong: everywhere, a province, prefectures, counties, a township, schools, classes.
    /// </summary>
    internal static readonly string[] Places =
    [
        "",
        "53",
        "5323",
        "5325",
        "532301",
        "532301/00000000000000000000000000000001",
        "532301/00000000000000000000000000000001/0000000000000000000000000000000a",
        "532301/00000000000000000000000000000001/0000000000000000000000000000000b",
        "532301/00000000000000000000000000000002",
        "532301001",
        "532302",
        "532302/00000000000000000000000000000003",
        "5324",
    ];

    // near a midnight of +08:00 at the end of a year
    private static readonly DateTimeOffset First = new(2019, 12, 31, 15, 59, 58, TimeSpan.Zero);

    internal static IReadOnlyList<Maker> Makers(Random dice, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => new Maker
                {
                    Id = Id(dice),
                    Name = Pick(dice, Texts),
                    City = dice.Next(3) == 0 ? null : Pick(dice, Texts),
                    Rank = dice.Next(0, 4),
                    Scope = Pick(dice, Places),
                }),
        ];

    internal static IReadOnlyList<Thing> Things(Random dice, IReadOnlyList<Maker> makers, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Thing(dice, makers, i))];

    internal static Thing Thing(Random dice, IReadOnlyList<Maker> makers, int serial) =>
        new()
        {
            Id = Id(dice),
            Name = Pick(dice, Texts),
            Nick = Maybe(dice, () => Pick(dice, Texts)),
            Grade = dice.Next(1, 10),
            Score = dice.Next(3) == 0 ? null : dice.Next(-3, 6),
            Serial = dice.Next(4) == 0 ? 0 : serial - 50,
            Fee = dice.Next(-200, 1000) / 100m,
            Grant = dice.Next(3) == 0 ? null : dice.Next(0, 12) / 2m,
            Weight = dice.Next(-8, 60) / 4d,
            Height = dice.Next(3) == 0 ? null : dice.Next(0, 8) / 4d,
            Boards = dice.Next(2) == 0,
            Agrees = dice.Next(3) switch
            {
                0 => null,
                1 => true,
                _ => false,
            },
            Born = new DateOnly(2019, 12, 30).AddDays(dice.Next(0, 6)),
            Left = dice.Next(3) == 0 ? null : new DateOnly(2020, 2, 28).AddDays(dice.Next(0, 3)),
            At = First.AddMilliseconds(dice.Next(0, 8) * 777),
            Until = dice.Next(3) == 0 ? null : First.AddHours(dice.Next(0, 60)),
            Colour = (Colour)dice.Next(4),
            Second = dice.Next(3) == 0 ? null : (Colour)dice.Next(4),
            MakerId = dice.Next(4) == 0 || makers.Count == 0 ? null : makers[dice.Next(makers.Count)].Id,
            Secret = dice.Next(2) == 0 ? null : "53230119990101123X",
            Scope = Pick(dice, Places),
        };

    internal static Guid Id(Random dice)
    {
        var bytes = new byte[16];
        dice.NextBytes(bytes);
        return new(bytes);
    }

    private static string Pick(Random dice, string[] texts) => texts[dice.Next(texts.Length)];

    private static string? Maybe(Random dice, Func<string> text) => dice.Next(3) == 0 ? null : text();
}
