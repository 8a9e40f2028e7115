using EduAssist.Core.Registry;

namespace EduAssist.Core.Demo;

/// <summary>An ethnic group (民族) with its shares per mille, rough assumptions and no statistics, and surnames that are frequent in it, the most frequent first.</summary>
internal sealed record EthnicGroup(string Name, int OfYunnan, int OfGuizhou, int OfLiaoning, string Surnames)
{
    internal const string Han = "汉族";

    private static readonly DivisionCode Guizhou = DivisionCode.Of(520000), Liaoning = DivisionCode.Of(210000);

    private static readonly EthnicGroup[] All =
    [
        new(Han, 635, 630, 840, "李王张刘杨陈赵周黄罗何徐马高孙胡朱郭林邓许曾彭吕苏蒋蔡丁魏薛叶余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"),
        new("彝族", 291, 25, 0, "普李杨罗鲁自起毕周者"),
        new("苗族", 15, 115, 0, "杨张王龙吴石熊"),
        new("傣族", 14, 0, 0, "刀罕陶白"),
        new("傈僳族", 22, 0, 0, "余褚和"),
        new("回族", 15, 5, 6, "马纳保沙"),
        new("白族", 8, 5, 0, "杨赵李段尹"),
        new("布依族", 0, 75, 0, "韦罗陆岑黄王"),
        new("侗族", 0, 45, 0, "杨吴石龙陆"),
        new("土家族", 0, 40, 0, "田冉覃向"),
        new("仡佬族", 0, 15, 0, "何申田"),
        new("水族", 0, 10, 0, "潘韦蒙"),
        new("穿青人", 0, 35, 0, "李张王杨黄"),
        new("满族", 0, 0, 130, "关佟那赫"),
        new("蒙古族", 0, 0, 15, "包白"),
        new("朝鲜族", 0, 0, 6, "金朴崔郑"),
        new("锡伯族", 0, 0, 3, "佟关吴"),
    ];

    internal bool IsHan => Name == Han;

    /// <summary>The group of one more inhabitant. Provinces of which the tables say nothing are peopled as Chuxiong is.</summary>
    internal static EthnicGroup Of(DivisionCode county, Dice dice)
    {
        var province = county.Province;
        return dice.Weighted(All, g => province == Guizhou ? g.OfGuizhou : province == Liaoning ? g.OfLiaoning : g.OfYunnan);
    }
}
