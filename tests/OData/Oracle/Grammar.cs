using EduAssist.OData.Toy;
using FsCheck;
using FsCheck.Fluent;
using static EduAssist.OData.Oracle.Semantics;

namespace EduAssist.OData.Oracle;

/// <summary>Random values and conditions over the things of the toy, of every operator and function.</summary>
/// <param name="makers">By their ids.</param>
internal sealed class Grammar(IReadOnlyDictionary<Guid, Maker> makers)
{
    internal static readonly IReadOnlyList<Val<Thing>> Columns =
    [
        new("Name", Sort.Text, t => t.Name),
        new("Nick", Sort.Text, t => t.Nick),
        new("Grade", Sort.Whole, t => (long)t.Grade),
        new("Score", Sort.Whole, t => Plain(t.Score)),
        new("Serial", Sort.Whole, t => t.Serial),
        new("Fee", Sort.Money, t => t.Fee),
        new("Grant", Sort.Money, t => t.Grant),
        new("Weight", Sort.Real, t => t.Weight),
        new("Height", Sort.Real, t => t.Height),
        new("Boards", Sort.Flag, t => t.Boards),
        new("Agrees", Sort.Flag, t => t.Agrees),
        new("Born", Sort.Day, t => t.Born),
        new("Left", Sort.Day, t => t.Left),
        new("At", Sort.Instant, t => t.At),
        new("Until", Sort.Instant, t => t.Until),
        new("Colour", Sort.Colour, t => Plain(t.Colour)),
        new("Second", Sort.Colour, t => Plain(t.Second)),
        new("Id", Sort.Id, t => t.Id),
        new("MakerId", Sort.Id, t => t.MakerId),
    ];

    private static readonly string[] Orders = ["gt", "ge", "lt", "le"],
        Equalities = ["eq", "ne"];

    /// <summary>Columns, and those of the maker.</summary>
    internal IReadOnlyList<Val<Thing>> Leaves =>
        [
            .. Columns,
            new("Maker/Name", Sort.Text, t => MakerOf(t)?.Name),
            new("Maker/City", Sort.Text, t => MakerOf(t)?.City),
            new("Maker/Rank", Sort.Whole, t => Plain(MakerOf(t)?.Rank)),
        ];

    internal Gen<Cond<Thing>> Condition(int depth, string prefix = "") =>
        depth == 0
            ? Simple(prefix)
            : Gen.Frequency(
                (3, Simple(prefix)),
                (
                    2,
                    from a in Condition(depth - 1, prefix)
                    from b in Condition(depth - 1, prefix)
                    select new Cond<Thing>($"({a.Text}) and ({b.Text})", t => And(a.Holds(t), b.Holds(t)))
                ),
                (
                    2,
                    from a in Condition(depth - 1, prefix)
                    from b in Condition(depth - 1, prefix)
                    select new Cond<Thing>($"({a.Text}) or ({b.Text})", t => Or(a.Holds(t), b.Holds(t)))
                ),
                (2, from a in Condition(depth - 1, prefix) select new Cond<Thing>($"not ({a.Text})", t => !a.Holds(t))),
                (
                    1,
                    from a in Condition(depth - 1, prefix)
                    from b in Gen.Elements("true", "false")
                    select new Cond<Thing>($"({a.Text}) eq {b}", t => a.Holds(t) == (b == "true"))
                )
            );

    /// <summary>A condition of a maker: on its own columns, and on the things that it made.</summary>
    internal Gen<Cond<Maker>> OfMaker(ILookup<Guid?, Thing> things) =>
        Gen.OneOf(
            from n in Gen.Choose(0, 30)
            from op in Gen.Elements([.. Orders, .. Equalities])
            select new Cond<Maker>($"Things/$count {op} {n}", m => Compare(op, (long)things[m.Id].Count(), (long)n)),
            from c in Condition(1, "t/")
            select new Cond<Maker>($"Things/any(t:{c.Text})", m => things[m.Id].Any(t => c.Holds(t) == true)),
            from c in Condition(1, "t/")
            select new Cond<Maker>($"Things/all(t:{c.Text})", m => things[m.Id].All(t => c.Holds(t) == true)),
            from c in Condition(1, "t/")
            select new Cond<Maker>($"not Things/all(t:{c.Text})", m => !things[m.Id].All(t => c.Holds(t) == true)),
            Gen.Constant(new Cond<Maker>("Things/any()", m => things[m.Id].Any())),
            Gen.Constant(
                new Cond<Maker>("Things/any(t:t/Name eq $it/Name)", m => things[m.Id].Any(t => t.Name == m.Name))
            ),
            Gen.Constant(new Cond<Maker>("City eq null or Rank gt 1", m => m.City is null || m.Rank > 1))
        );

    /// <summary>A value of a sort.</summary>
    internal Gen<Val<Thing>> Value(Sort sort, int depth, string prefix = "")
    {
        var leaf = Gen.Elements(
            Leaves.Where(l => l.Sort == sort).Select(l => l with { Text = prefix + l.Text }).ToArray()
        );
        return depth == 0
            ? leaf
            : sort switch
            {
                Sort.Whole => Gen.OneOf(
                    leaf,
                    Arithmetic(Sort.Whole, depth, prefix),
                    Lengths(depth, prefix),
                    Parts(depth, prefix),
                    from v in Value(Sort.Whole, depth - 1, prefix)
                    select new Val<Thing>($"-({v.Text})", Sort.Whole, t => v.Of(t) is long n ? -n : null)
                ),
                Sort.Money => Gen.OneOf(
                    leaf,
                    Arithmetic(Sort.Money, depth, prefix),
                    Rounded(Sort.Money, depth, prefix)
                ),
                Sort.Real => Gen.OneOf(leaf, Arithmetic(Sort.Real, depth, prefix), Rounded(Sort.Real, depth, prefix)),
                Sort.Text => Gen.OneOf(leaf, Texts(depth, prefix)),
                Sort.Day => Gen.OneOf(
                    leaf,
                    from v in Value(Sort.Instant, 0, prefix)
                    select new Val<Thing>($"date({v.Text})", Sort.Day, t => Part(v.Of(t), "date"))
                ),
                _ => leaf,
            };
    }

    private Maker? MakerOf(Thing thing) => thing.MakerId is { } id ? makers.GetValueOrDefault(id) : null;

    private Gen<Cond<Thing>> Simple(string prefix) =>
        Gen.Frequency(
            (4, Compared(0, prefix)),
            (4, Compared(1, prefix)),
            (2, Compared(2, prefix)),
            (
                2,
                from v in Value(Sort.Text, 1, prefix)
                from p in Gen.Elements(RandomRows.Texts)
                from f in Gen.Elements("contains", "startswith", "endswith")
                select Search(f, v, new($"{Literal(p)}", Sort.Text, _ => p))
            ),
            (
                1,
                from v in Value(Sort.Text, 0, prefix)
                from p in Value(Sort.Text, 0, prefix)
                from f in Gen.Elements("contains", "startswith", "endswith")
                select Search(f, v, p)
            ),
            (1, from v in Value(Sort.Flag, 0, prefix) select new Cond<Thing>(v.Text, t => (bool?)v.Of(t))),
            (2, In(prefix)),
            (
                1,
                from e in Gen.Elements(Equalities)
                select new Cond<Thing>($"{prefix}Maker {e} null", t => (MakerOf(t) is null) == (e == "eq"))
            ),
            (
                1,
                from v in Value(Sort.Colour, 0, prefix)
                from c in Gen.Elements(Enum.GetNames<Colour>())
                select new Cond<Thing>($"{v.Text} has '{c}'", t => v.Of(t) is string s && s == c)
            )
        );

    private static Cond<Thing> Search(string function, Val<Thing> text, Val<Thing> part) =>
        new($"{function}({text.Text},{part.Text})", t => (text.Of(t), part.Of(t)) is (string a, string b)
                ? function switch
                {
                    "contains" => a.Contains(b, StringComparison.Ordinal),
                    "startswith" => a.StartsWith(b, StringComparison.Ordinal),
                    _ => a.EndsWith(b, StringComparison.Ordinal),
                }
                : null);

    private Gen<Cond<Thing>> Compared(int depth, string prefix) =>
        from sort in Gen.Elements([
            .. Enum.GetValues<Sort>(),
            Sort.Whole,
            Sort.Whole,
            Sort.Whole,
            Sort.Text,
            Sort.Money,
            Sort.Real,
        ])
        from left in Value(sort, depth, prefix)
        from right in Gen.Frequency(
            (4, Constant(sort)),
            (1, Value(sort, Math.Min(depth, 1), prefix)),
            (1, Gen.Constant(new Val<Thing>("null", sort, _ => null))),
            (1, sort is Sort.Whole or Sort.Money ? Constant(Sort.Money) : Constant(sort))
        )
        from op in Gen.Elements(
            sort is Sort.Flag || (sort is Sort.Colour && right.Text == "null") ? Equalities : [.. Orders, .. Equalities]
        )
        from swapped in Gen.Elements(false, true)
        select swapped && right.Text != "null" ? Comparison(op, right, left) : Comparison(op, left, right);

    private static Cond<Thing> Comparison(string op, Val<Thing> a, Val<Thing> b) =>
        new($"{a.Text} {op} {b.Text}", t => Compare(op, a.Of(t), b.Of(t)));

    private Gen<Cond<Thing>> In(string prefix) =>
        from sort in Gen.Elements(Sort.Whole, Sort.Text, Sort.Colour, Sort.Day, Sort.Money)
        from value in Value(sort, 0, prefix)
        from list in Constant(sort).NonEmptyListOf()
        from negated in Gen.Elements(false, true)
        let some = list.Take(4).ToList()
        select new Cond<Thing>(
            $"{(negated ? "not " : "")}({value.Text} in ({string.Join(',', some.Select(s => s.Text))}))",
            t => some.Exists(s => Compare("eq", value.Of(t), s.Of(t))) != negated
        );

    private static Gen<Val<Thing>> Constant(Sort sort) =>
        sort switch
        {
            Sort.Whole => from n in Gen.Choose(-4, 12) select Known(sort, (long)n),
            Sort.Money => from n in Gen.Choose(-100, 600) select Known(sort, n / 100m),
            Sort.Real => from n in Gen.Choose(-8, 60) select Known(sort, n / 4d),
            Sort.Text => from s in Gen.Elements(RandomRows.Texts) select Known(sort, s),
            Sort.Day => from n in Gen.Choose(-1, 64) select Known(sort, new DateOnly(2019, 12, 30).AddDays(n)),
            Sort.Instant => from n in Gen.Choose(0, 8)
            from h in Gen.Elements(0, 8, -5)
            select Known(
                sort,
                new DateTimeOffset(2019, 12, 31, 15, 59, 58, TimeSpan.Zero)
                    .AddMilliseconds(n * 777)
                    .ToOffset(TimeSpan.FromHours(h))
            ),
            Sort.Flag => from f in Gen.Elements(true, false) select Known(sort, f),
            Sort.Colour => from c in Gen.Elements(Enum.GetNames<Colour>()) select Known(sort, c),
            _ => from n in Gen.Choose(0, 255) select Known(sort, new Guid(n << 24, 1, 2, [8, 7, 6, 5, 4, 3, 2, 1])),
        };

    private static Val<Thing> Known(Sort sort, object value) => new(Literal(value), sort, _ => value);

    private Gen<Val<Thing>> Arithmetic(Sort sort, int depth, string prefix) =>
        from a in Value(sort, depth - 1, prefix)
        from b in Gen.OneOf(Constant(sort), Value(sort, 0, prefix))
        from op in Gen.Elements("add", "sub", "mul", "div", "mod")
        where
            sort == Sort.Whole
            || op is "add" or "sub"
            || (op == "mul" && !a.Text.Contains("mul", StringComparison.Ordinal))
        select new Val<Thing>($"({a.Text} {op} {b.Text})", sort, t => Calculate(op, a.Of(t), b.Of(t)));

    private Gen<Val<Thing>> Rounded(Sort sort, int depth, string prefix) =>
        from v in Value(sort, depth - 1, prefix)
        from f in Gen.Elements("round", "floor", "ceiling")
        select new Val<Thing>($"{f}({v.Text})", sort, t => Round(f, v.Of(t)));

    private Gen<Val<Thing>> Lengths(int depth, string prefix) =>
        Gen.OneOf(
            from v in Value(Sort.Text, depth - 1, prefix)
            select new Val<Thing>($"length({v.Text})", Sort.Whole, t => v.Of(t) is string s ? (long)s.Length : null),
            from v in Value(Sort.Text, depth - 1, prefix)
            from p in Gen.Elements(RandomRows.Texts)
            select new Val<Thing>($"indexof({v.Text},{Literal(p)})", Sort.Whole, t =>
                v.Of(t) is string s ? (long)s.IndexOf(p, StringComparison.Ordinal) : null
            )
        );

    private Gen<Val<Thing>> Parts(int depth, string prefix) =>
        Gen.OneOf(
            from v in Value(Sort.Day, depth - 1, prefix)
            from f in Gen.Elements("year", "month", "day")
            select new Val<Thing>($"{f}({v.Text})", Sort.Whole, t => Part(v.Of(t), f)),
            from v in Value(Sort.Instant, 0, prefix)
            from f in Gen.Elements("year", "month", "day", "hour", "minute", "second")
            select new Val<Thing>($"{f}({v.Text})", Sort.Whole, t => Part(v.Of(t), f))
        );

    private Gen<Val<Thing>> Texts(int depth, string prefix) =>
        Gen.OneOf(
            from v in Value(Sort.Text, depth - 1, prefix)
            select new Val<Thing>($"tolower({v.Text})", Sort.Text, t => Ascii(v.Of(t), char.ToLowerInvariant)),
            from v in Value(Sort.Text, depth - 1, prefix)
            select new Val<Thing>($"toupper({v.Text})", Sort.Text, t => Ascii(v.Of(t), char.ToUpperInvariant)),
            from v in Value(Sort.Text, depth - 1, prefix)
            select new Val<Thing>($"trim({v.Text})", Sort.Text, t =>
                (v.Of(t) as string)?.Trim(' ', '\t', '\r', '\n', '\u3000')
            ),
            from v in Value(Sort.Text, depth - 1, prefix)
            from w in Gen.OneOf(Value(Sort.Text, 0, prefix), Constant(Sort.Text))
            select new Val<Thing>($"concat({v.Text},{w.Text})", Sort.Text, t =>
                (v.Of(t), w.Of(t)) is (string a, string b) ? a + b : null
            ),
            from v in Value(Sort.Text, depth - 1, prefix)
            from i in Gen.Choose(0, 4)
            select new Val<Thing>($"substring({v.Text},{i})", Sort.Text, t => Substring(v.Of(t) as string, i, null)),
            from v in Value(Sort.Text, depth - 1, prefix)
            from i in Gen.Choose(0, 4)
            from n in Gen.Choose(0, 3)
            select new Val<Thing>($"substring({v.Text},{i},{n})", Sort.Text, t => Substring(v.Of(t) as string, i, n))
        );

    /// <summary>Databases know the cases of Latin letters without accents.</summary>
    private static string? Ascii(object? text, Func<char, char> convert) =>
        text is string s ? string.Concat(s.Select(c => char.IsAscii(c) ? convert(c) : c)) : null;
}
