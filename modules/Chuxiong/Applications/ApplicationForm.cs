using System.ComponentModel.DataAnnotations;

namespace EduAssist.Chuxiong;

/// <summary>与学生的关系, as annex 3 prints it: the relation and the student's sex in one word.</summary>
internal enum Relation
{
    [Display(Name = "父子")] FatherSon,
    [Display(Name = "父女")] FatherDaughter,
    [Display(Name = "母子")] MotherSon,
    [Display(Name = "母女")] MotherDaughter,
    [Display(Name = "其他")] Other,
}

/// <summary>初中学校审核意见.</summary>
internal enum Opinion
{
    [Display(Name = "同意")] Agrees,
    [Display(Name = "不同意")] Disagrees,
}

/// <summary>附件3：一份填写的报名申请表。</summary>
internal sealed class Application(FormBinder form)
{
    public string? SchoolName { get; } = form.Text("初中学校名");
    public string? ClassName { get; } = form.Text("班级名", 20);
    public string? HeadTeacher { get; } = form.PersonName("班主任姓名");
    public Fact<Phone> HeadTeacherPhone { get; } = form.Phone("班主任联系电话");

    public string? StudentName { get; } = form.PersonName("学生姓名");
    public Fact<Sex> Sex { get; } = form.Sex("性别");
    public Fact<Phone> StudentPhone { get; } = form.Phone("学生联系电话");
    public string? HomeCounty { get; } = form.Text("家庭住址县（市）", 20);
    public string? HomeTownship { get; } = form.Text("家庭住址乡（镇）", 20);
    public string? HomeVillage { get; } = form.Text("家庭住址村（居）委会", 30);
    public string? HomeHamlet { get; } = form.Text("家庭住址村（街）", 30);
    public Fact<JuniorRollNumber> RollNumber { get; } = form.JuniorRollNumber("初中学籍号");
    public Fact<ResidentId> ResidentId { get; } = form.ResidentId("身份证号码");
    public string? GuardianName { get; } = form.PersonName("法定监护人姓名");
    public Fact<Relation> Relation { get; } = form.OneOf<Relation>("与学生的关系", ChoicePrint.Words);
    public Fact<Phone> GuardianPhone { get; } = form.Phone("法定监护人联系电话");

    public Truth StudentSigned { get; } = form.Signature("学生本人签字");
    public Truth StudentFingerprint { get; } = form.Fingerprint("学生本人手印");
    public Truth GuardianSigned { get; } = form.Signature("法定监护人签字");
    public Truth GuardianFingerprint { get; } = form.Fingerprint("法定监护人手印");

    public string? FurtherReason { get; } = form.Text("申请事由", 100, optional: true);
    public Fact<int> School { get; } = form.OneOf("报名就读学校", PrintedSchools.All, ChoicePrint.Boxes);
    public string? Major { get; } = form.Text("专业", optional: true);

    public Fact<Opinion> Opinion { get; } = form.OneOf<Opinion>("初中学校审核意见", ChoicePrint.Boxes, optional: true);
    public Truth SchoolSeal { get; } = form.Seal("学校盖章");
    public Fact<DateOnly> OpinionDate { get; } = form.Date("审核日期", optional: true);

    /// <summary>
    /// Whether the junior high has written anything yet: the applicant fills the form before it does.
    /// </summary>
    internal Truth IsReviewed => SchoolSeal.IsTrue || Opinion.IsKnown || OpinionDate.IsKnown;
}

/// <summary>附件3：报名申请表。</summary>
internal sealed class ApplicationForm() : Form<Application>(
    "chuxiong.application", "楚雄州义务教育职教班报名申请表", ["cx2020/A3", "cx2020/4.1.3"], form => new(form))
{
    public override IReadOnlyList<FormRule<Application>> Rules { get; } =
    [
        new("student-signs", nameof(Application.StudentSigned), ["cx2020/A3", "cx2020/4.1.3"], a => a.StudentSigned,
            "学生本人未签字，申请书无效"),
        new("student-fingerprint", nameof(Application.StudentFingerprint), ["cx2020/A3"], a => a.StudentFingerprint,
            "学生本人未按手印，申请书无效"),
        new("guardian-signs", nameof(Application.GuardianSigned), ["cx2020/A3", "cx2020/4.1.3"], a => a.GuardianSigned,
            "法定监护人未签字，申请书无效"),
        new("guardian-fingerprint", nameof(Application.GuardianFingerprint), ["cx2020/A3"], a => a.GuardianFingerprint,
            "法定监护人未按手印，申请书无效"),
        new("opinion-explicit", nameof(Application.Opinion), ["cx2020/A3"], a => a.Opinion.IsKnown, "审核意见须写明同意或者不同意")
            { When = a => a.IsReviewed },
        new("opinion-sealed", nameof(Application.SchoolSeal), ["cx2020/A3"], a => a.SchoolSeal, "审核意见须加盖学校公章")
            { When = a => a.IsReviewed },
        new("opinion-dated", nameof(Application.OpinionDate), ["cx2020/A3"], a => a.OpinionDate.IsKnown, "审核意见须写明日期")
            { When = a => a.IsReviewed },
        new("sex-fits-id", nameof(Application.Sex), ["cx2020/A3"],
            a => a.Sex.With(a.ResidentId, (sex, id) => sex == id.Sex),
            "与身份证号码第17位不一致，请核对") { Level = FormFindingLevel.Warning },
        new("relation-fits-sex", nameof(Application.Relation), ["cx2020/A3"], a => a.Relation.With(a.Sex, Fits),
            "与学生的性别不一致，请核对") { Level = FormFindingLevel.Warning },
        new("school-begins-with-county", nameof(Application.SchoolName), ["cx2020/A3"],
            a => a.SchoolName is null ? default(Truth)
                : PrintedCounties.Names.Any(c => a.SchoolName.StartsWith(c, StringComparison.Ordinal)),
            "应写县市名加学校名，请核对") { Level = FormFindingLevel.Warning },
    ];

    public override FormLayout Layout { get; } = new(
        new("所在学校",
            [new("初中学校名", 8, "{schoolName}"), new("班级名", 4, "{className}")],
            [new("班主任姓名", 6, "{headTeacher}"), new("联系电话", 6, "{headTeacherPhone}")]),
        new("申请人信息",
            [
                new("学生姓名", 4, "{studentName}"),
                new("性别", 2, "{sex}") { LabelSpan = 1 },
                new("联系电话", 6, "{studentPhone}"),
            ],
            [new("家庭住址", 12, "{homeCounty}县（市）{homeTownship}乡（镇）{homeVillage}村（居）委会{homeHamlet}村（街）")],
            [new("初中学籍号", 12, "{rollNumber}")],
            [new("身份证号码", 12, "{residentId}")],
            [new("法定监护人姓名", 5, "{guardianName}") { LabelSpan = 3 }, new("与学生的关系", 7, "{relation}")],
            [new("联系电话", 12, "{guardianPhone}")],
            [
                new("申请人签字", 2, ""),
                new("学生本人签字（手印）", 5, "{studentSigned}{studentFingerprint}") { LabelSpan = 0, Lines = 5 },
                new("法定监护人签字（手印）", 5, "{guardianSigned}{guardianFingerprint}") { LabelSpan = 0 },
            ]),
        new("申请事由", "　　我（我孩子）因学习困难，难以跟上学习进度，{furtherReason}（可不填），自愿申请就读义务教育职教班。", lines: 3),
        new("报名就读学校和专业", "　　报名就读：{school}的义务教育职教班（选择一所职业学校在后面的“□”内打“√”），就读{_}专业为{major}（可不填）。", lines: 4),
        new("初中学校审核意见", "{opinion}\n\n\t学校盖章{schoolSeal}\n\t{opinionDate}", lines: 6))
    {
        Notes =
        [
            "“初中学校名”写县市名加学校名，学校可以预先印好；其余各栏都由申请人自己填写，任何人不得强迫。“初中学校审核意见”要写清楚是同意还是不同意。",
            "“联系电话”一般填 11 位手机号码，没有电话的写“无”并注明原因；“初中学籍号”填满 14 位，“身份证号码”填满 18 位；“与学生的关系”在相应文字后打“√”。"
                + "学生本人和法定监护人都签字并按手印，本表才有效。",
            "本表填一份，原件留在初中学校；复印一份，送读时交给职业学校。",
        ],
    };

    private static bool Fits(Relation relation, Sex sex) => relation switch
    {
        Relation.FatherSon or Relation.MotherSon => sex == Sex.Male,
        Relation.FatherDaughter or Relation.MotherDaughter => sex == Sex.Female,
        Relation.Other => true,
    };
}
