using EduAssist.Kernel.Registry;
using static EduAssist.Core.Tests.Registry.Tables;

namespace EduAssist.Core.Tests.Registry;

public class DivisionCodeTests
{
    [Theory]
    [InlineData("530000", DivisionLevel.Province, null, "53", "54")]
    [InlineData("532300", DivisionLevel.Prefecture, "530000", "5323", "5324")]
    [InlineData("532301", DivisionLevel.County, "532300", "532301", "532302")]
    [InlineData("532329", DivisionLevel.County, "532300", "532329", "53232:")]
    [InlineData("460003", DivisionLevel.County, "460000", "460003", "460004")] // Hainan's counties had no prefecture
    [InlineData("532301001", DivisionLevel.Township, "532301", "532301001", "532301002")]
    [InlineData("441900003", DivisionLevel.Township, "441900", "441900003", "441900004")]
    public void A_code_tells_its_level_its_parent_and_the_range_of_its_subtree(
        string text, DivisionLevel level, string? parent, string path, string end)
    {
        var code = Code(text);

        Assert.Equal((level, parent, path, end), (code.Level, code.Parent?.ToString(), code.Path, code.PathEnd));
        Assert.Equal(text, code.ToString());
        Assert.True(DivisionCode.TryFrom(code.Value, out var again) && again == code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("53230")]
    [InlineData("5323010")]
    [InlineData("53230100")]
    [InlineData("5323010011")]
    [InlineData(" 53230")]
    [InlineData("-53230")]
    [InlineData("53230O")]
    [InlineData("５３２３０１")]
    [InlineData("003201")]
    [InlineData("530001")]
    [InlineData("530000001")]
    [InlineData("532301000")]
    public void Other_texts_are_no_codes(string? text) => Assert.False(DivisionCode.TryParse(text, out _));

    [Theory]
    [InlineData("532301001", "532301", true)]
    [InlineData("532301001", "532300", true)]
    [InlineData("532301001", "530000", true)]
    [InlineData("532301", "532301", true)]
    [InlineData("532301", "532302", false)]
    [InlineData("532300", "532301", false)]
    [InlineData("522422", "522400", true)]
    [InlineData("522422", "520500", false)]
    public void Within_means_the_digits_of_the_ancestor(string code, string ancestor, bool within) =>
        Assert.Equal(within, Code(code).IsWithin(Code(ancestor)));

    [Fact]
    public void The_default_is_no_code_and_no_scope()
    {
        var none = default(DivisionCode);

        Assert.False(Code("532301").IsWithin(none));
        Assert.False(none.IsWithin(Code("530000")));
        Assert.False(none.IsWithin(none));
        Assert.Equal(("", ""), (none.Path, none.PathEnd));
        Assert.False(DivisionCode.TryFrom(0, out _));
    }

    [Fact]
    public void The_range_on_the_path_is_the_subtree_for_any_two_codes()
    {
        Assert.True(Pairs.Count(p => p.Code.IsWithin(p.Root)) > Codes.Count);
        Assert.DoesNotContain(Pairs, p => p.Code.IsWithin(p.Root) != Between(p.Code.Path, p.Root));
    }

    [Fact]
    public void Planted_a_range_that_holds_its_root_only_is_caught() =>
        Assert.Contains(Pairs, p => p.Code.IsWithin(p.Root) != (p.Code.Path == p.Root.Path));

    [Fact]
    public void The_range_of_every_division_is_its_subtree_in_the_tree_of_parents()
    {
        var today = Register.All.Where(d => d.Successor is null).ToList();
        Assert.True(today.Count > 300);
        foreach (var root in today)
            Assert.Equal(
                Subtree(root.Code).Order(StringComparer.Ordinal),
                today.Where(d => Between(d.Code.Path, root.Code))
                    .Select(d => d.Code.Path)
                    .Order(StringComparer.Ordinal));
    }

    private static List<DivisionCode> Codes { get; } =
        [.. Register.All.Select(d => d.Code), Code("441900"), Code("441900003"), Code("219900"), Code("990000")];

    private static IEnumerable<(DivisionCode Code, DivisionCode Root)> Pairs =>
        from code in Codes from root in Codes select (code, root);

    private static bool Between(string path, DivisionCode root) =>
        string.CompareOrdinal(path, root.Path) >= 0 && string.CompareOrdinal(path, root.PathEnd) < 0;

    private static IEnumerable<string> Subtree(DivisionCode root) =>
        Register.Children(root).SelectMany(d => Subtree(d.Code)).Prepend(root.Path);
}
