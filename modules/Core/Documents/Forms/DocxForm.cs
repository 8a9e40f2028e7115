using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace EduAssist.Documents.Forms;

/// <summary>
/// A form as a Word document (ISO/IEC 29500) for A4: one bordered table, boxes for characters as small tables in it.
/// </summary>
/// <remarks>Lengths are twentieths of a point.</remarks>
public static class DocxForm
{
    private const int Short = 11906,
        Long = 16838,
        SideMargin = 850,
        TopMargin = 794,
        LineHeight = 340,
        BoxWidth = 238,
        BoxHeight = 300;
    private const string Song = "宋体",
        Hei = "黑体",
        Latin = "Times New Roman";

    /// <summary>Writes the document.</summary>
    /// <param name="form">The form.</param>
    /// <param name="values">What was entered; none gives the blank form.</param>
    /// <param name="to">A stream that can seek. It stays open.</param>
    public static void Write(IForm form, FormValues values, Stream to)
    {
        var paper = PrintModel.Create(form, values);
        using var document = WordprocessingDocument.Create(to, WordprocessingDocumentType.Document);
        var main = document.AddMainDocumentPart();
        main.AddNewPart<StyleDefinitionsPart>().Styles = Styles();
        var body = new Body();
        main.Document = new Document(body);
        body.Append(Paragraph(JustificationValues.Center, [Run(new(paper.Title), Hei, 32, isBold: true)], after: 160));
        if (paper.Head is { } head)
            body.Append(Paragraph(JustificationValues.Left, head.Texts.Select(t => Run(t)), after: 80));
        body.Append(Table(paper));
        foreach (var (note, first) in paper.Notes.Select((n, i) => (n, i == 0)))
            body.Append(Paragraph(JustificationValues.Left, [Run(new(note), size: 18)], before: first ? 120 : 0));
        if (paper.Notes.Count == 0)
            body.Append(Paragraph(JustificationValues.Left, []));
        body.Append(Page(paper.IsWide));
        document.PackageProperties.Title = paper.Title;
        document.PackageProperties.Creator = "EduAssist";
    }

    private static Styles Styles() =>
        new(
            new DocDefaults(
                new RunPropertiesDefault(
                    new RunPropertiesBaseStyle(
                        new RunFonts
                        {
                            Ascii = Latin,
                            HighAnsi = Latin,
                            EastAsia = Song,
                            ComplexScript = Latin,
                        },
                        new FontSize { Val = "21" },
                        new Languages { Val = "en-US", EastAsia = "zh-CN" }
                    )
                ),
                new ParagraphPropertiesDefault(
                    new ParagraphPropertiesBaseStyle(
                        new SpacingBetweenLines
                        {
                            After = "0",
                            Line = "280",
                            LineRule = LineSpacingRuleValues.AtLeast,
                        }
                    )
                )
            )
        );

    private static SectionProperties Page(bool isWide) =>
        new(
            isWide
                ? new PageSize
                {
                    Width = Long,
                    Height = Short,
                    Orient = PageOrientationValues.Landscape,
                }
                : new PageSize { Width = Short, Height = Long },
            new PageMargin
            {
                Top = TopMargin,
                Bottom = TopMargin,
                Left = SideMargin,
                Right = SideMargin,
                Header = 400,
                Footer = 400,
                Gutter = 0,
            }
        );

    private static Table Table(PrintModel paper)
    {
        var whole = (paper.IsWide ? Long : Short) - (2 * SideMargin);
        var sum = paper.Grid.Sum();
        var ends = paper.Grid.Select((_, i) => (int)Math.Round(whole * paper.Grid.Take(i + 1).Sum() / sum)).ToList();
        int Width(int from, int span) => ends[from + span - 1] - (from == 0 ? 0 : ends[from - 1]);

        var table = new Table(
            new TableProperties(
                new TableWidth { Width = $"{whole}", Type = TableWidthUnitValues.Dxa },
                new TableJustification { Val = TableRowAlignmentValues.Center },
                Borders(12, 4),
                new TableLayout { Type = TableLayoutValues.Fixed },
                Margins(40, 60)
            ),
            new TableGrid(paper.Grid.Select((_, i) => new GridColumn { Width = $"{Width(i, 1)}" }))
        );
        var covered = new (PrintCell? Cell, int Left)[paper.Grid.Count];
        foreach (var row in paper.Rows)
            table.Append(Row(row, covered, Width));
        return table;
    }

    private static TableRow Row(PrintRow row, (PrintCell? Cell, int Left)[] covered, Func<int, int, int> width)
    {
        var properties = new TableRowProperties(
            new CantSplit(),
            new TableRowHeight { Val = (uint)(LineHeight * row.Lines) + 80, HeightType = HeightRuleValues.AtLeast }
        );
        if (row.IsHead)
            properties.Append(new TableHeader());
        var made = new TableRow(properties);
        var cells = new Queue<PrintCell>(row.Cells);
        for (var column = 0; column < covered.Length; )
        {
            var (above, rest) = covered[column];
            var continues = rest > 0;
            var cell = continues ? above! : cells.Dequeue();
            covered[column] = (cell, continues ? rest - 1 : cell.Depth - 1);
            made.Append(Cell(cell, width(column, cell.Span), continues));
            column += cell.Span;
        }

        return made;
    }

    private static TableCell Cell(PrintCell cell, int width, bool continues)
    {
        var properties = new TableCellProperties(
            new TableCellWidth { Width = $"{width}", Type = TableWidthUnitValues.Dxa }
        );
        if (cell.Span > 1)
            properties.Append(new GridSpan { Val = cell.Span });
        if (cell.Depth > 1)
            properties.Append(
                new VerticalMerge { Val = continues ? MergedCellValues.Continue : MergedCellValues.Restart }
            );
        properties.Append(new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center });
        var made = new TableCell(properties);
        if (continues)
            made.Append(Paragraph(JustificationValues.Left, []));
        else
        {
            foreach (var block in cell.Blocks)
            {
                if (block is PrintLine line)
                    made.Append(Paragraph(Side(line.Align), line.Texts.Select(t => Run(t))));
                else
                    // a cell must end with a paragraph, also after a table
                    made.Append(Boxes((PrintBoxes)block), Sliver());
            }
        }

        return made;
    }

    private static Table Boxes(PrintBoxes boxes) =>
        new(
            new TableProperties(
                new TableWidth { Width = $"{BoxWidth * boxes.Count}", Type = TableWidthUnitValues.Dxa },
                new TableJustification { Val = TableRowAlignmentValues.Center },
                Borders(4, 4),
                new TableLayout { Type = TableLayoutValues.Fixed },
                Margins(0, 0)
            ),
            new TableGrid(Enumerable.Range(0, boxes.Count).Select(_ => new GridColumn { Width = $"{BoxWidth}" })),
            new TableRow([
                new TableRowProperties(new TableRowHeight { Val = BoxHeight, HeightType = HeightRuleValues.Exact }),
                .. boxes.Characters.Select(c => new TableCell(
                    new TableCellProperties(
                        new TableCellWidth { Width = $"{BoxWidth}", Type = TableWidthUnitValues.Dxa },
                        new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }
                    ),
                    Paragraph(JustificationValues.Center, [Run(new(c))])
                )),
            ])
        );

    /// <summary>The paragraph that must follow a table in a cell, as low as can be.</summary>
    private static Paragraph Sliver() =>
        new(
            new ParagraphProperties(
                new SpacingBetweenLines
                {
                    Before = "0",
                    After = "0",
                    Line = "20",
                    LineRule = LineSpacingRuleValues.Exact,
                },
                new ParagraphMarkRunProperties(new FontSize { Val = "2" })
            )
        );

    private static Paragraph Paragraph(JustificationValues side, IEnumerable<Run> runs, int before = 0, int after = 0)
    {
        var properties = new ParagraphProperties();
        if (before + after > 0)
            properties.Append(new SpacingBetweenLines { Before = $"{before}", After = $"{after}" });
        properties.Append(new Justification { Val = side });
        return new([properties, .. runs]);
    }

    private static Run Run(PrintText text, string? font = null, int? size = null, bool isBold = false)
    {
        var properties = new RunProperties();
        // without a hint Word draws these characters in the Latin font
        var isTicked = text.Text.AsSpan().ContainsAny("□☑√");
        if (font is not null || isTicked)
            properties.Append(
                isTicked
                    ? new RunFonts
                    {
                        Ascii = Song,
                        HighAnsi = Song,
                        EastAsia = Song,
                        Hint = FontTypeHintValues.EastAsia,
                    }
                    : new RunFonts { EastAsia = font, Hint = FontTypeHintValues.EastAsia }
            );
        if (isBold)
            properties.Append(new Bold());
        if (size is { } half)
            properties.Append(new FontSize { Val = $"{half}" });
        if (text.IsUnderlined)
            properties.Append(new Underline { Val = UnderlineValues.Single });
        return new(properties, new Text(text.Text) { Space = SpaceProcessingModeValues.Preserve });
    }

    private static JustificationValues Side(PrintAlignment align) =>
        align switch
        {
            PrintAlignment.Centre => JustificationValues.Center,
            PrintAlignment.Right => JustificationValues.Right,
            _ => JustificationValues.Left,
        };

    private static TableBorders Borders(uint outer, uint inner) =>
        new(
            new TopBorder { Val = BorderValues.Single, Size = outer },
            new LeftBorder { Val = BorderValues.Single, Size = outer },
            new BottomBorder { Val = BorderValues.Single, Size = outer },
            new RightBorder { Val = BorderValues.Single, Size = outer },
            new InsideHorizontalBorder { Val = BorderValues.Single, Size = inner },
            new InsideVerticalBorder { Val = BorderValues.Single, Size = inner }
        );

    private static TableCellMarginDefault Margins(int above, short beside) =>
        new(
            new TopMargin { Width = $"{above}", Type = TableWidthUnitValues.Dxa },
            new TableCellLeftMargin { Width = beside, Type = TableWidthValues.Dxa },
            new BottomMargin { Width = $"{above}", Type = TableWidthUnitValues.Dxa },
            new TableCellRightMargin { Width = beside, Type = TableWidthValues.Dxa }
        );
}
