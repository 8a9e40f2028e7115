using System.Text;
using EduAssist.Kernel.Calendar;
using FsCheck;
using FsCheck.Fluent;

namespace EduAssist.Core.Calendar;

/// <summary>Like a notice of 2027; the dates of its make-up days are invented.</summary>
public class HolidayFileTests
{
    private const string Good = """
        date,name,kind,notice
        2026-12-27,元旦,work,国办发明电〔样例〕
        2026-12-31,元旦,off,国办发明电〔样例〕
        2027-01-01,元旦,off,国办发明电〔样例〕
        2027-02-05,春节,off,国办发明电〔样例〕
        2027-02-06,春节,off,国办发明电〔样例〕
        2027-02-20,春节,work,国办发明电〔样例〕
        2027-04-05,清明节,off,国办发明电〔样例〕
        2027-05-01,劳动节,off,国办发明电〔样例〕
        2027-06-09,端午节,off,国办发明电〔样例〕
        2027-10-01,国庆节、中秋节,off,国办发明电〔样例〕

        """;

    [Fact]
    public void A_correct_file_is_a_year_of_holidays()
    {
        var (published, faults) = Read(Good);
        Assert.Empty(faults);
        Assert.Equal((2027, 10), (published!.Year, published.Days.Count));
        Assert.All(published.Days, day => Assert.Equal(new(2027, "国办发明电〔样例〕", null), day.Notice));

        var calendar = new WorkCalendar(Published.Table.With(published));
        Assert.True(calendar.Publishes(2027));
        Assert.Equal("春节放假", calendar.Day(new(2027, 2, 5)).Why);
        Assert.True(calendar.IsMakeUpDay(new(2026, 12, 27)));
        Assert.False(calendar.IsWorking(new(2026, 12, 31)));
        Assert.StartsWith("2017-2027#", calendar.Version, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another order of columns, one column more, a byte order mark, quotes, spaces, CRLF",
        "\uFEFFkind, notice ,date,name,weekday\r\n", "\"off\",通知, 2027-01-01 ,元旦,周五\r\n")]
    [InlineData("rows of two notices, as after an amendment", "kind,notice,date,name\n",
        "off,通知,2027-01-01,元旦\noff,修改通知,2027-01-02,元旦\n")]
    [InlineData(
        "late December from the 21st", "kind,notice,date,name\n", "off,通知,2027-01-01,元旦\noff,通知,2026-12-21,元旦\n")]
    [InlineData("empty lines", "kind,notice,date,name\n\n", "\noff,通知,2027-01-01,元旦\n\n")]
    public void It_may_also_have(string what, string header, string rows)
    {
        var rest = string.Concat(HolidayYear.Statutory.Skip(1)
            .Select((name, n) => $"off,通知,2027-0{n + 2}-01,{name}\n"));
        var (published, faults) = Read(header + rows + rest);
        Assert.True(faults is [] && published!.Year == 2027, $"{what}: {string.Join('\n', faults)}");
    }

    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "not that way of writing a date", "2027-01-01", "2027/1/1", "第4行 date 列：“2027/1/1”不是日期；应写成 2027-02-05 的样子" },
        { "no such day", "2027-01-01", "2027-02-30", "第4行 date 列：“2027-02-30”不是日期；应写成 2027-02-05 的样子" },
        { "no date", "2027-01-01", "", "第4行 date 列：“”不是日期；应写成 2027-02-05 的样子" },
        { "a date before this century", "2027-01-01", "0001-01-01", "第4行 date 列：“0001-01-01”不是本世纪的日期" },
        { "a date after this century", "2027-01-01", "2100-01-01", "第4行 date 列：“2100-01-01”不是本世纪的日期" },
        { "neither off nor work", "清明节,off", "清明节,休", "第8行 kind 列：“休”既不是 off（放假）也不是 work（上班）" },
        { "a date twice", "2027-02-06", "2027-02-05", "第6行 date 列：2027-02-05 已在第5行出现" },
        { "a Friday worked", "2027-02-20", "2027-02-19", "第7行 kind 列：2027-02-19 不是周六或周日，不会是调休上班日" },
        { "a Monday worked", "2027-02-20", "2027-02-22", "第7行 kind 列：2027-02-22 不是周六或周日，不会是调休上班日" },
        { "another year", "2027-02-06", "2028-02-06", "第6行 date 列：2028-02-06 不属于2027年；只有上一年12月下旬的日期可以同在一份通知" },
        { "December before the 21st", "2026-12-31", "2026-12-20",
            "第3行 date 列：2026-12-20 不属于2027年；只有上一年12月下旬的日期可以同在一份通知" },
        { "no name", "2027-02-06,春节", "2027-02-06,", "第6行 name 列：没有节日名称" },
        { "no notice", "春节,work,国办发明电〔样例〕", "春节,work,", "第7行 notice 列：没有通知的标题或文号" },
        { "a short row", "2027-02-20,春节,work,国办发明电〔样例〕", "2027-02-20,春节,work", "第7行 notice 列：没有通知的标题或文号" },
        { "a stray quote", "2027-02-06,春节", "2027-02-06,春\"节", "第6行：引号不成对" },
        { "a column missing", "date,name,kind,notice", "date,name,kind,title",
            "第1行 notice 列：没有这一列；应有 date,name,kind,notice" },
        { "a holiday forgotten", "2027-04-05,清明节", "2027-04-05,清明", "文件 name 列：缺少2027年清明节的放假日" },
        { "a holiday that is only worked", "2027-05-01,劳动节,off", "2027-05-01,劳动节,work", "文件 name 列：缺少2027年劳动节的放假日" },
        { "one of two joined holidays", "国庆节、中秋节", "国庆节", "文件 name 列：缺少2027年中秋节的放假日" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_alone_with_row_and_column(string what, string good, string bad, string message)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var at = Good.IndexOf(good, StringComparison.Ordinal);
        var (published, faults) = Read(string.Concat(Good.AsSpan(0, at), bad, Good.AsSpan(at + good.Length)));
        Assert.Null(published);
        Assert.True(faults is [var fault] && fault.ToString() == message, $"{what}: {string.Join('\n', faults)}");
    }

    public static TheoryData<string> AllStatutory => [.. HolidayYear.Statutory];

    [Theory]
    [MemberData(nameof(AllStatutory))]
    public void Each_of_the_seven_holidays_is_missed(string holiday)
    {
        Assert.Equal(7, HolidayYear.Statutory.Count);
        var (_, faults) = Read(
            string.Join('\n', Good.Split('\n').Select(row => row.Replace(holiday, "某节", StringComparison.Ordinal))));
        Assert.Equal($"文件 name 列：缺少2027年{holiday}的放假日", Assert.Single(faults).ToString());
    }

    [Theory]
    [InlineData("", "文件：是空文件")]
    [InlineData("date,name,kind,notice\n", "文件：没有任何一天")]
    [InlineData("date,name,kind,notice\n0001-01-01,元旦,off,通知", "第2行 date 列：“0001-01-01”不是本世纪的日期")]
    public void Nothing_is_no_file(string text, string message) =>
        Assert.Equal(message, Assert.Single(Read(text).Faults).ToString());

    [Fact]
    public void All_faults_are_told_in_the_order_of_the_rows()
    {
        var (_, faults) = Read(
            Good.Replace("2027-02-06", "2027-02-05", StringComparison.Ordinal)
                .Replace("端午节,off", "端午节,", StringComparison.Ordinal)
            .Replace("清明节", "清明", StringComparison.Ordinal));
        Assert.Equal([6, 10, null], faults.Select(fault => fault.Row));
    }

    [Fact]
    public void Whatever_the_text_there_is_a_year_or_a_fault_and_never_an_exception()
    {
        var damaged = ArbMap.Default.GeneratorFor<string>().SelectMany(noise => Gen.Choose(0, Good.Length).SelectMany(
            at => Gen.Choose(0, 12).Select(cut => Good[..at] + noise + Good[Math.Min(at + cut, Good.Length)..])));
        Prop.ForAll(damaged.ToArbitrary(),
            text => Read(text) is { Published: null } file ? file.Faults is not [] : Read(text).Faults is [])
            .QuickCheckThrowOnFailure();
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Read(text ?? "").Faults is not [])
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_file_is_read_from_the_disk()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Good, new UTF8Encoding(true));
            Assert.Equal(2027, HolidayFile.Read(path).Published?.Year);
            // 元旦 in GBK
            File.WriteAllBytes(path,
                [.. "date,name,kind,notice\n2027-01-01,"u8, 0xD4, 0xAA, 0xB5, 0xA9, .. ",off,通知"u8]);
            Assert.Equal("文件：不是 UTF-8 编码；请另存为“CSV UTF-8”", Assert.Single(HolidayFile.Read(path).Faults).ToString());
        }
        finally
        {
            File.Delete(path);
        }
        Assert.Equal($"文件：不能读取“{path}”", Assert.Single(HolidayFile.Read(path).Faults).ToString());
    }

    private static HolidayFile Read(string text)
    {
        using var reader = new StringReader(text);
        return HolidayFile.Read(reader);
    }
}
