using System.Text;
using EduAssist.Kernel.Registry;

namespace EduAssist.Office.Demo;

/// <summary>
/// Names put together of frequent characters: nobody's in particular, and now and then those of two pupils.
/// </summary>
internal sealed class InventedNames(Dice dice)
{
    private const string ForMen = "伟强军杰涛明超磊鹏宇浩文志建国华云龙海林俊峰斌刚平波辉健成亮光武";
    private const string ForWomen = "芳娟敏静丽艳玲梅雪婷慧燕秀兰英霞红萍莉琳倩佳欣怡颖云月春花翠凤琼";

    /// <summary>
    /// Characters that GB 2312 lacks, the first half in the Basic Multilingual Plane, the others beyond it (Extensions
    /// B, E and F).
    /// </summary>
    private static readonly string[] Rare = ["䶮", "䂵", "堃", "喆", "犇", "𠮷", "𣲘", "𠅤", "𬀩", "𬭎"];

    private static readonly string[] DoubleSurnames = ["欧阳", "上官", "司马", "诸葛", "尉迟"];
    private static readonly string[] Parts =
    [
        "阿依",
        "木果",
        "吉木",
        "尔古",
        "阿支",
        "日火",
        "拉玛",
        "沙马",
        "古丽",
        "木乃",
        "阿普",
    ];
    private static readonly string[] VillageHeads =
        ["大", "小", "上", "下", "新", "老", "白泥", "红石", "青松", "桃花", "龙潭", "马鞍"],
        VillageTails = ["河边", "平地", "箐", "坡", "田", "湾", "坝", "岩", "冲"];

    /// <summary>The surname of a family, and with it whether the names of its members are in parts.</summary>
    internal string Surname(EthnicGroup group)
    {
        if (!group.IsHan && dice.PerMille(25))
            return $"{dice.OneOf(Parts)}·";
        return group.IsHan && dice.PerMille(10)
            ? dice.OneOf(DoubleSurnames)
            : $"{dice.OneOfTheFirst(group.Surnames.ToCharArray())}";
    }

    /// <summary>The name of a member of the family.</summary>
    internal string Full(string surname, Sex sex)
    {
        if (surname.EndsWith('·'))
            return surname + dice.OneOf(Parts) + (dice.PerMille(200) ? $"·{dice.OneOf(Parts)}{dice.OneOf(Parts)}" : "");
        var characters = sex == Sex.Male ? ForMen : ForWomen;
        var name = new StringBuilder(surname);
        if (dice.PerMille(930))
            name.Append(Usual());
        return name.Append(dice.PerMille(8) ? dice.OneOf(Rare) : Usual()).ToString();

        string Usual() => $"{characters[dice.Below(characters.Length)]}";
    }

    /// <summary>A village's, without 村.</summary>
    internal string Village() => dice.OneOf(VillageHeads) + dice.OneOf(VillageTails);
}
