using EduAssist.Kernel.Registry;
using static EduAssist.Core.Tests.Registry.Tables;

namespace EduAssist.Core.Tests.Registry;

/// <summary>One form for every spelling of a name, a class, an ethnic group, a document.</summary>
public sealed class NamesTests
{
    [Theory]
    [InlineData("张三", "张 三", "张　三", " 张​三", "张\uFEFF三")]
    [InlineData("买买提·艾力", "买买提•艾力", "买买提‧艾力", "买买提・艾力", "买买提．艾力", "买买提.艾力", "买买提 · 艾力")]
    [InlineData("Anna Maria", "Ａｎｎａ Ｍａｒｉａ", "Anna  Maria", " Anna　Maria ")]
    [InlineData("J. Smith", "J.  Smith")]
    [InlineData("𠮷野", "𠮷 野", "𠮷\uFE00野")]
    public void A_person_has_one_name_however_it_is_typed(string name, params string[] typed)
    {
        Assert.Equal(name, Names.OfPerson(name));
        Assert.All(typed, t => Assert.Equal(name, Names.OfPerson(t)));
    }

    [Theory]
    [InlineData("虚丰中学（分校）", "虚丰中学(分校)", "虚丰中学 （分校）", "虚丰​中学（分校)")]
    [InlineData("第1中学", "第１中学")]
    public void A_school_has_one_name_however_it_is_typed(string name, params string[] typed)
    {
        Assert.Equal(name, Names.OfPlace(name));
        Assert.All(typed, t => Assert.Equal(name, Names.OfPlace(t)));
    }

    [Theory]
    [InlineData("张?", true)]
    [InlineData("张？", true)]
    [InlineData("张\uE863", true)]
    [InlineData("张□", true)]
    [InlineData("张*", true)]
    [InlineData("张3", true)]
    [InlineData("张三", false)]
    [InlineData("𠮷野", false)]
    [InlineData("买买提·艾力", false)]
    [InlineData("Anna Maria", false)]
    public void Spoiled_characters_are_a_reason_to_look_again(string name, bool isDoubtful) =>
        Assert.Equal(isDoubtful, Names.Doubt(name) is not null);

    [Theory]
    [InlineData(9, "1", "九（1）班", "九(1)班", "（1）班", "九（１）班", "九1班", "九年级一班", "九年级（一）班", "初三（1）班", "初三1班", "初3(1)班",
        "901班", "901", "9.1班", "9-1", "1班", "01班", "一班", "九一班", "九年级 1 班", "2023级1班", "【1】班")]
    [InlineData(7, "11", "七（11）班", "七十一班", "711班", "十一班", "初一11班", "7（11）班")]
    [InlineData(7, "10", "七十班", "七（10）班", "七(十)班", "10班", "710")]
    [InlineData(1, "1", "一（1）班", "一一班", "一年级1班", "101", "1班", "一班")]
    [InlineData(3, "20", "三（20）班", "二十班", "三年级二十班")]
    [InlineData(9, "职教", "九年级职教班", "职教班", "九（职教）班")]
    [InlineData(8, "甲", "八甲班", "甲班", "八（甲）班")]
    [InlineData(9, "实验2", "实验二班", "九年级实验2班", "实验（2）班")]
    public void A_class_is_one_class_however_it_is_written(int grade, string key, params string[] names) =>
        Assert.All(names, n => Assert.Equal(key, ClassNames.KeyOf(n, grade)));

    /// <summary>Of the classes of one grade no two may become one: 91班 may be the ninety-first class.</summary>
    [Theory]
    [InlineData(9, "九（1）班", "九（2）班", "九（11）班", "九（21）班", "91班", "职教班", "职教2班", "甲班", "九班", "十班", "九十九班")]
    [InlineData(7, "七（1）班", "七（10）班", "七（12）班", "71班", "7班", "1701班")]
    [InlineData(1, "一（1）班", "十一班", "二十一班", "一（2）班")]
    public void Different_classes_stay_different(int grade, params string[] names) =>
        Assert.Equal(names.Length, names.Select(n => ClassNames.KeyOf(n, grade)).Distinct().Count());

    [Theory]
    [InlineData("八（1）班", 9, true)]
    [InlineData("初二1班", 9, true)]
    [InlineData("八年级一班", 9, true)]
    [InlineData("九（1）班", 9, false)]
    [InlineData("1班", 9, false)]
    [InlineData("十一班", 9, false)]
    [InlineData("二十一班", 9, false)]
    [InlineData("职教班", 9, false)]
    [InlineData("901班", 9, false)]
    public void A_class_of_another_grade_is_told(string name, int grade, bool isOfAnother) =>
        Assert.Equal(isOfAnother, ClassNames.NamesAnotherGrade(name, grade));

    [Theory]
    [InlineData("汉族", "汉", "01", "1", "HA", "ha", "Ｈａ", "汉 族")]
    [InlineData("彝族", "彝", "07", "YI")]
    [InlineData("基诺族", "56", "JN", "基诺")]
    [InlineData("穿青人", "穿青人")]
    [InlineData("其他", "97")]
    [InlineData(null, "火星族", "", "99", "族", "00")]
    public void An_ethnic_group_is_known_by_name_and_codes(string? group, params string[] words) =>
        Assert.All(words, w => Assert.Equal(group, EthnicGroups.Read(w)));

    [Theory]
    [InlineData(null, "953840201305050018", IdDocumentKind.PermanentResidence, true)]
    [InlineData(IdDocumentKind.PermanentResidence, "953840201305050018", IdDocumentKind.PermanentResidence, false)]
    [InlineData(IdDocumentKind.PermanentResidence, "CHN110012345678", IdDocumentKind.PermanentResidence, false)]
    [InlineData(IdDocumentKind.Passport, "e 1234 5678", IdDocumentKind.Passport, false)]
    [InlineData(IdDocumentKind.HongKongMacao, "A123456(7)", IdDocumentKind.HongKongMacao, false)]
    public void Other_documents_are_read(IdDocumentKind? said, string text, IdDocumentKind kind, bool isTold)
    {
        var read = IdDocument.Read(said, text, Register, new(2026, 11, 30));
        Assert.Equal((kind, null, true, isTold),
            (read.Kind, read.Message, read.Number is not null, read.Warning is not null));
        Assert.Null(read.Id);
        Assert.DoesNotContain(' ', read.Number!);
        Assert.Equal(read.Number, read.Number!.ToUpperInvariant());
    }

    [Theory]
    [InlineData(null, "953840201305050017")]                        // check character
    [InlineData(IdDocumentKind.PermanentResidence, "953840201313050018")] // month 13
    [InlineData(IdDocumentKind.ResidentId, "E12345678")]
    [InlineData(null, "E12345678")]
    [InlineData(IdDocumentKind.Passport, "E1")]
    [InlineData(IdDocumentKind.Passport, "护照12345")]
    public void A_number_that_cannot_be_one_is_refused(IdDocumentKind? said, string text)
    {
        var read = IdDocument.Read(said, text, Register, new(2026, 11, 30));
        Assert.True(read is { Message: not null, Id: null, Number: null });
        Assert.DoesNotContain(text, read.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_ends_in_000_has_perhaps_lost_its_last_digits()
    {
        var day = new DateOnly(2026, 11, 30);
        IReadOnlyList<IdSuspicion> Of(string id) =>
            ResidentId.Read(id, Register, day).Id!.Value.Suspicions(Register, day);
        Assert.Contains(IdSuspicion.DigitsLost, Of("532301201301065000"));
        Assert.DoesNotContain(IdSuspicion.DigitsLost, Of("53230120110305997X"));
    }
}
