using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using EduAssist.Kernel;
using EduAssist.Kernel.Policy;
using EduAssist.Kernel.Registry;

namespace EduAssist.Documents.Forms;

/// <summary>
/// Reads what was entered into a subject that declares its fields as properties (<c>Name = form.Text("学生姓名")</c>), as
/// <see cref="Facts"/> does for programmes: the first reading, without values, is the definition. What is wrong with a
/// field becomes a finding, and the datum is unknown.
/// </summary>
public sealed class FormBinder
{
    private static readonly string[] Dates =
    [
        "yyyy-MM-dd",
        "yyyy/M/d",
        "yyyy-M-d",
        "yyyy.M.d",
        "yyyy年M月d日",
        "yyyyMMdd",
    ];
    private static readonly IReadOnlyList<FormChoice> Sexes = [new("男", "1", "男性"), new("女", "2", "女性")];
    private static readonly DateOnly FirstDay = new(1900, 1, 1),
        LastDay = new(2199, 12, 31);

    /// <summary>The longest text that might be a number, a day or a choice.</summary>
    private const int MostNumber = 100;

    private readonly List<FormField>? declared;
    private readonly IReadOnlyList<FormField> fields;
    private readonly FormValues values;
    private readonly FormContext? context;
    private readonly List<FormFinding> findings;
    private readonly (FormField Table, int Row)? place;
    private int next;

    private FormBinder(List<FormField> declared) =>
        (this.declared, fields, values, findings) = (declared, declared, FormValues.None, []);

    internal FormBinder(
        IReadOnlyList<FormField> fields,
        FormValues values,
        FormContext context,
        List<FormFinding> findings,
        (FormField Table, int Row)? place = null
    ) =>
        (this.fields, this.values, this.context, this.findings, this.place) = (
            fields,
            values,
            context,
            findings,
            place
        );

    /// <summary>A text of one line.</summary>
    /// <param name="title">In Chinese, unique in the form or row.</param>
    /// <param name="most">The longest, in UTF-16 code units.</param>
    /// <param name="optional">Whether it may stay blank.</param>
    /// <param name="personal">Whether it is a number of a person, of no kind that has its own.</param>
    /// <param name="number">Whether it is a number of a thing, such as a code of a school.</param>
    /// <param name="name">The property that declares it.</param>
    /// <returns>Null when blank or wrong.</returns>
    public string? Text(
        string title,
        int most = 40,
        bool optional = false,
        bool personal = false,
        bool number = false,
        [CallerMemberName] string name = ""
    ) => Given(Field(name, title, FieldKind.Text, most, optional, personal: personal, number: number));

    /// <summary>
    /// The name of a person, in its normal form (<see cref="Names.OfPerson"/>); what is strange about it is a warning.
    /// </summary>
    /// <inheritdoc cref="Text"/>
    public string? PersonName(string title, int most = 40, bool optional = false, [CallerMemberName] string name = "")
    {
        var field = Field(name, title, FieldKind.Text, most, optional);
        if (Given(field) is not { } text)
            return null;
        if (Names.OfPerson(text) is not { Length: > 0 } person)
            return Refuse(field, "含有不能打印的字符");
        if (Names.Doubt(person) is { } doubt)
            Warn(field, doubt);
        return person;
    }

    /// <summary>The name of a school, another body or a class (<see cref="Names.OfPlace"/>).</summary>
    /// <inheritdoc cref="Text"/>
    public string? PlaceName(string title, int most = 60, bool optional = false, [CallerMemberName] string name = "")
    {
        var field = Field(name, title, FieldKind.Text, most, optional);
        return Given(field) is not { } text ? null
            : Names.OfPlace(text) is { Length: > 0 } place ? place
            : Refuse(field, "含有不能打印的字符");
    }

    /// <summary>
    /// A number that a school gives (学籍辅号、学号), in half-width letters and digits without blanks.
    /// </summary>
    /// <param name="title">In Chinese, unique in the form or row.</param>
    /// <param name="most">The longest, in UTF-16 code units.</param>
    /// <param name="optional">Whether it may stay blank.</param>
    /// <param name="personal">Whether it is masked where it is only shown.</param>
    /// <param name="name">The property that declares it.</param>
    /// <returns>Null when blank or wrong.</returns>
    public string? RollNumber(
        string title,
        int most = 30,
        bool optional = false,
        bool personal = true,
        [CallerMemberName] string name = ""
    )
    {
        var field = Field(name, title, FieldKind.Text, most, optional, personal: personal, number: true);
        return Given(field) is not { } text ? null
            : NumberBody.OfSchool(text) is { Length: > 0 } number ? number
            : Refuse(field, "应为字母和数字");
    }

    /// <summary>An ethnic group by name, short name or code of GB/T 3304 (民族); kept by its name.</summary>
    /// <inheritdoc cref="Text"/>
    public string? EthnicGroup(string title, bool optional = false, [CallerMemberName] string name = "")
    {
        var field = Field(name, title, FieldKind.Text, 20, optional);
        return Given(field) is not { } text
            ? null
            : EthnicGroups.Read(text) ?? Refuse(field, "应为国家标准（GB/T 3304）的民族名称或代码，如 汉族、彝族、03");
    }

    /// <summary>A text of several lines.</summary>
    /// <param name="title">In Chinese, unique in the form or row.</param>
    /// <param name="most">The longest, in UTF-16 code units.</param>
    /// <param name="optional">Whether it may stay blank.</param>
    /// <param name="name">The property that declares it.</param>
    /// <returns>Null when blank or wrong.</returns>
    public string? LongText(
        string title,
        int most = 2000,
        bool optional = false,
        [CallerMemberName] string name = ""
    ) => Given(Field(name, title, FieldKind.LongText, most, optional));

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <inheritdoc cref="Text"/>
    public Fact<int> Number(
        string title,
        int least,
        int most,
        bool optional = false,
        [CallerMemberName] string name = ""
    )
    {
        var field = Field(name, title, FieldKind.Number, most, optional, least);
        if (Given(field) is not { } text)
            return default;
        return
            int.TryParse(Narrow(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            ? number
            : Wrong<int>(field, $"应为 {least} 至 {most} 的整数");
    }

    /// <summary>A day.</summary>
    /// <inheritdoc cref="Text"/>
    public Fact<DateOnly> Date(string title, bool optional = false, [CallerMemberName] string name = "")
    {
        var field = Field(name, title, FieldKind.Date, 0, optional);
        if (Given(field) is not { } text)
            return default;
        return
            (
                DateOnly.TryParseExact(
                    Narrow(text),
                    Dates,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var day
                ) || IsSerial(text, out day)
            )
            && day >= FirstDay
            && day <= LastDay
            ? day
            : Wrong<DateOnly>(field, "应为存在的日期，如 2020-05-06");
    }

    /// <summary>
    /// A day as a spreadsheet shows it in a cell that is not formatted as a date: the number of days since 1900.
    /// <c>43957</c> is 2020-05-06; five digits are the days from 1927 on.
    /// </summary>
    private bool IsSerial(string text, out DateOnly day)
    {
        var isSerial =
            int.TryParse(Narrow(text), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && text.Length == 5
            && values.Row is not null;
        day = isSerial ? DateOnly.FromDateTime(DateTime.FromOADate(days)) : default;
        return isSerial;
    }

    /// <summary>
    /// The resident ID of a pupil; what is strange about it is a warning. It is cleaned before it is checked.
    /// </summary>
    /// <param name="title">In Chinese, unique in the form or row.</param>
    /// <param name="unique">Whether no two rows may have it in common.</param>
    /// <param name="optional">Whether it may stay blank.</param>
    /// <param name="anyAge">Whether it is anybody's: no other age than a pupil's is strange.</param>
    /// <param name="name">The property that declares it.</param>
    public Fact<ResidentId> ResidentId(
        string title,
        bool unique = false,
        bool optional = false,
        bool anyAge = false,
        [CallerMemberName] string name = ""
    )
    {
        var field = Field(name, title, FieldKind.ResidentId, 0, optional, unique: unique);
        return Document(field, IdDocumentKind.ResidentId, anyAge) is { Id: { } id } ? id : default(Fact<ResidentId>);
    }

    /// <summary>The number of whatever document identifies a pupil; what is strange about it is a warning.</summary>
    /// <param name="title">In Chinese, unique in the form or row.</param>
    /// <param name="kind">As another field says; null: none says it.</param>
    /// <param name="name">The property that declares it.</param>
    /// <returns>Null when blank or wrong.</returns>
    internal IdDocumentReading? IdDocument(string title, IdDocumentKind? kind, [CallerMemberName] string name = "") =>
        Document(Field(name, title, FieldKind.ResidentId, 0, optional: true, unique: true), kind);

    private IdDocumentReading? Document(FormField field, IdDocumentKind? kind, bool anyAge = false)
    {
        if (Given(field) is not { } text)
            return null;
        var read = Kernel.Registry.IdDocument.Read(kind, text, context!.Divisions, context.Today);
        if (read.Message is { } message)
        {
            Add(FormFindingLevel.Error, field, message);
            return null;
        }

        if (read.Warning is { } warning)
            Warn(field, warning);
        foreach (var suspicion in read.Id?.Suspicions(context.Divisions, context.Today) ?? [])
            if (!anyAge || suspicion != IdSuspicion.NotOfSchoolAge)
                Warn(field, suspicion.Message());
        return read;
    }

    /// <summary>
    /// A telephone number; a fixed line is a warning. Who has none writes 无 and the reason: nothing is known then, and
    /// nothing wrong.
    /// </summary>
    /// <inheritdoc cref="Text"/>
    public Fact<Phone> Phone(string title, bool optional = false, [CallerMemberName] string name = "")
    {
        var field = Field(name, title, FieldKind.Phone, 60, optional);
        if (Given(field) is not { } text)
            return default;
        if (text is ['无', .. var reason])
            return reason.Trim(' ', '　', '，', ',', '：', ':', '（', '）', '(', ')').Length > 1
                ? default
                : Wrong<Phone>(field, "没有电话的，“无”之后应注明原因");
        var read = Kernel.Registry.Phone.Read(text);
        if (read.Phone is not { } phone)
            return Wrong<Phone>(field, read.Message!);
        if (read.Warning is { } warning)
            Warn(field, warning);
        return phone;
    }

    /// <summary>A junior school roll number of 14 digits.</summary>
    /// <inheritdoc cref="Text"/>
    public Fact<JuniorRollNumber> JuniorRollNumber(
        string title,
        bool optional = false,
        [CallerMemberName] string name = ""
    )
    {
        var field = Field(name, title, FieldKind.JuniorRollNumber, 0, optional);
        if (Given(field) is not { } text)
            return default;
        var digits = NumberBody.Cleaned(text);
        return Kernel.Registry.JuniorRollNumber.TryParse(digits, out var number)
            ? number
            : Wrong<JuniorRollNumber>(
                field,
                digits.All(char.IsAsciiDigit)
                    ? $"应为 14 位数字，现为 {digits.Length} 位"
                    : "应为 14 位数字，不含其他字符"
            );
    }

    /// <summary>A national student number. It is cleaned before it is checked.</summary>
    /// <param name="title">In Chinese, unique in the form or row.</param>
    /// <param name="unique">Whether no two rows may have it in common.</param>
    /// <param name="optional">Whether it may stay blank.</param>
    /// <param name="name">The property that declares it.</param>
    public Fact<StudentNumber> StudentNumber(
        string title,
        bool unique = false,
        bool optional = false,
        [CallerMemberName] string name = ""
    )
    {
        var field = Field(name, title, FieldKind.StudentNumber, 0, optional, unique: unique);
        if (Given(field) is not { } text)
            return default;
        var read = Kernel.Registry.StudentNumber.Read(
            Kernel.Registry.StudentNumber.Clean(text),
            context!.Divisions,
            context.Today
        );
        return read.Number is { } number ? number : Wrong<StudentNumber>(field, read.Message!);
    }

    /// <summary>The code of a division that exists or existed.</summary>
    /// <inheritdoc cref="Text"/>
    public Fact<DivisionCode> Division(string title, bool optional = false, [CallerMemberName] string name = "")
    {
        var field = Field(name, title, FieldKind.Division, 0, optional);
        if (Given(field) is not { } text)
            return default;
        if (!DivisionCode.TryParse(NumberBody.Cleaned(text), out var code))
            return Wrong<DivisionCode>(field, "应为 6 位行政区划代码，乡镇为 9 位");
        if (context!.Divisions.Standing(code) == DivisionStanding.NeverExisted)
            return Wrong<DivisionCode>(field, "不是曾经使用过的行政区划代码");
        if (context.Divisions.IsMissing(code))
            Warn(field, $"区划表中没有 {code.County}，按代码接受，请核对");
        return code;
    }

    /// <summary>One of a list.</summary>
    /// <param name="title">In Chinese, unique in the form or row.</param>
    /// <param name="choices">In the order in which they are printed.</param>
    /// <param name="print">How they are printed.</param>
    /// <param name="optional">Whether it may stay blank.</param>
    /// <param name="name">The property that declares it.</param>
    /// <returns>The index of the choice.</returns>
    public Fact<int> OneOf(
        string title,
        IReadOnlyList<FormChoice> choices,
        ChoicePrint print = ChoicePrint.Written,
        bool optional = false,
        [CallerMemberName] string name = ""
    )
    {
        var field = Field(name, title, FieldKind.Choice, 0, optional, choices: choices, print: print);
        if (Given(field) is not { } text)
            return default;
        for (var i = 0; i < field.Choices.Count; i++)
            if (field.Choices[i].Is(text))
                return i;
        return Wrong<int>(field, $"应为其中一项：{string.Join("、", field.Choices.Select(c => c.Name))}");
    }

    /// <summary>
    /// One member of an enumeration whose members bear <see cref="DisplayAttribute"/>s with their Chinese names.
    /// </summary>
    /// <inheritdoc cref="OneOf(string, IReadOnlyList{FormChoice}, ChoicePrint, bool, string)"/>
    public Fact<TChoice> OneOf<TChoice>(
        string title,
        ChoicePrint print = ChoicePrint.Written,
        bool optional = false,
        [CallerMemberName] string name = ""
    )
        where TChoice : struct, Enum =>
        Map(OneOf(title, Members<TChoice>.Choices, print, optional, name), Members<TChoice>.Values);

    /// <summary>男 or 女, also by the codes of GB/T 2261.1.</summary>
    /// <inheritdoc cref="Text"/>
    public Fact<Sex> Sex(string title, bool optional = false, [CallerMemberName] string name = "") =>
        Map(
            OneOf(title, Sexes, ChoicePrint.Written, optional, name),
            [Kernel.Registry.Sex.Male, Kernel.Registry.Sex.Female]
        );

    /// <summary>Whether it was signed. Blank is not signed: a signature is there or it is not.</summary>
    /// <inheritdoc cref="Text"/>
    public Truth Signature(string title, [CallerMemberName] string name = "") =>
        Mark(Field(name, title, FieldKind.Signature, 0, optional: true));

    /// <summary>Whether a fingerprint is there; blank is none.</summary>
    /// <inheritdoc cref="Text"/>
    public Truth Fingerprint(string title, [CallerMemberName] string name = "") =>
        Mark(Field(name, title, FieldKind.Fingerprint, 0, optional: true));

    /// <summary>Whether the seal is set; blank is not.</summary>
    /// <inheritdoc cref="Text"/>
    public Truth Seal(string title, [CallerMemberName] string name = "") =>
        Mark(Field(name, title, FieldKind.Seal, 0, optional: true));

    /// <summary>Whether something was done, was handed over, is there; blank is not.</summary>
    /// <inheritdoc cref="Text"/>
    public Truth Confirmation(string title, [CallerMemberName] string name = "") =>
        Mark(Field(name, title, FieldKind.Confirmation, 0, optional: true));

    /// <summary>The rows of a table.</summary>
    /// <typeparam name="TRow">What a row is read into.</typeparam>
    /// <param name="title">In Chinese.</param>
    /// <param name="read">Makes a row: <c>row =&gt; new(row)</c>.</param>
    /// <param name="rules">Across the fields of one row.</param>
    /// <param name="least">The fewest rows.</param>
    /// <param name="most">The most rows.</param>
    /// <param name="serial">The heading of the column that counts the rows; null: none.</param>
    /// <param name="lacking">Whether a sheet may leave out the columns that may stay blank.</param>
    /// <param name="name">The property that declares it.</param>
    public IReadOnlyList<TRow> Rows<TRow>(
        string title,
        Func<FormBinder, TRow> read,
        IReadOnlyList<FormRule<TRow>>? rules = null,
        int least = 1,
        int most = 100_000,
        string? serial = null,
        bool lacking = false,
        [CallerMemberName] string name = ""
    )
    {
        ArgumentNullException.ThrowIfNull(read);
        if (declared is not null)
            declared.Add(
                new(FormField.Camel(name), title, FieldKind.Rows)
                {
                    Least = least,
                    Most = most,
                    Serial = serial,
                    MayLackColumns = lacking,
                    Columns = FieldsOf(read),
                    Rules = rules ?? [],
                }
            );
        var table = fields[next++];
        if (declared is not null)
            return [];
        if (values.RefusalOf(table.Name) is { } refused)
        {
            Add(FormFindingLevel.Error, table, refused);
            return [];
        }

        var given = values.Rows(table.Name);
        if (given.Count < least || given.Count > most)
            Add(
                FormFindingLevel.Error,
                table,
                given.Count < least ? $"至少要有 {least} 行" : $"有 {given.Count} 行，最多 {most} 行"
            );
        if (given.Count > most)
            return [];
        List<TRow> rows = new(given.Count);
        for (var i = 0; i < given.Count; i++)
        {
            context!.Cancellation.ThrowIfCancellationRequested();
            var row = new FormBinder(table.Columns, given[i], context, findings, (table, given[i].Row ?? i + 1));
            if (given[i].RefusalOf("") is { } unreadable)
                row.findings.Add(row.At(new(FormFindingLevel.Error, "", "", unreadable)));
            else
                rows.Add(row.Read(read, rules ?? []));
        }

        foreach (var unique in table.Columns.Where(c => c.IsUnique))
            FindTwice(table, unique, given);
        return rows;
    }

    internal static IReadOnlyList<FormField> FieldsOf<T>(Func<FormBinder, T> read)
    {
        List<FormField> found = [];
        _ = read(new(found));
        return [.. found];
    }

    /// <summary>
    /// Reads what is entered with a step. It is shown with the case's history for good, so no text of it may hold a
    /// number of a person.
    /// </summary>
    internal T Step<T>(Func<FormBinder, T> read, IReadOnlyList<FormRule<T>> rules)
    {
        foreach (var field in fields.Where(f => f.Kind is FieldKind.Text or FieldKind.LongText && !f.IsPersonal))
            if (NumberIn(values[field.Name] ?? "", isProse: field.Kind == FieldKind.LongText) is { } number)
                Add(FormFindingLevel.Error, field, number);
        return Read(read, rules);
    }

    /// <summary>Why a text may not be kept as it is; null: it may.</summary>
    /// <param name="text">As entered.</param>
    /// <param name="isProse">
    /// Whether it is prose. Otherwise a text of nothing but letters, digits and signs is taken for a number of a thing
    /// (of a paper, of a class), not for a telephone.
    /// </param>
    internal static string? NumberIn(string text, bool isProse = true) =>
        NumbersInText.Find(text, phones: isProse || !text.All(char.IsAscii)) is { } number
            ? $"含有{number}；它会随办理记录长期保留、显示，请删去号码"
            : null;

    internal T Read<T>(Func<FormBinder, T> read, IReadOnlyList<FormRule<T>> rules)
    {
        var subject = read(this);
        foreach (var rule in rules)
            if (rule.IsBroken(subject))
                findings.Add(
                    At(
                        new(rule.Level, rule.Field, TitleOf(rule.Field), rule.Message)
                        {
                            Rule = rule.Id,
                            Provisions = rule.Provisions,
                        }
                    )
                );
        return subject;
    }

    private static string Narrow(string text) =>
        string.Concat(text.Select(c => c is >= '！' and <= '～' ? (char)(c - '！' + '!') : c));

    private static Fact<TTo> Map<TTo>(Fact<int> index, IReadOnlyList<TTo> to)
        where TTo : struct
    {
        for (var i = 0; i < to.Count; i++)
            if ((index == i).IsTrue)
                return to[i];
        return default;
    }

    private FormField Field(
        string name,
        string title,
        FieldKind kind,
        int most,
        bool optional,
        int least = 0,
        bool unique = false,
        IReadOnlyList<FormChoice>? choices = null,
        ChoicePrint print = default,
        bool personal = false,
        bool number = false
    )
    {
        declared?.Add(
            new(FormField.Camel(name), title, kind)
            {
                Most = most,
                Least = least,
                IsOptional = optional,
                IsUnique = unique,
                Choices = choices ?? [],
                Print = print,
                IsTextNumber = number || personal,
                IsPersonal =
                    personal
                    || kind
                        is FieldKind.ResidentId
                            or FieldKind.StudentNumber
                            or FieldKind.Phone
                            or FieldKind.JuniorRollNumber,
            }
        );
        return fields[next++];
    }

    /// <summary>
    /// The text without outer blanks; null when there is none, or none that could be a text of this field.
    /// </summary>
    private string? Given(FormField field)
    {
        if (declared is not null)
            return null;
        if (values.RefusalOf(field.Name) is { } refused)
            return Refuse(field, refused);
        var text = Entered(field, values);
        if (text is null)
            return field.IsOptional ? null : Refuse(field, field.Kind == FieldKind.Choice ? "未选择" : "未填写");
        if (SpreadsheetTraces.FaultOf(field, text) is { } spoiled)
            return Refuse(field, spoiled);
        var most = field.Kind is FieldKind.Text or FieldKind.LongText or FieldKind.Phone ? field.Most : MostNumber;
        if (text.Length > most)
            return Refuse(field, $"超过 {most} 字");
        return UnsafeCharacters.AreIn(text, lines: field.Kind == FieldKind.LongText)
            ? Refuse(field, "含有不能打印的字符")
            : text;
    }

    /// <summary>
    /// A text without outer blanks; null when there is none. Where a number or a day is asked for, 无 and / are none.
    /// </summary>
    private static string? Entered(FormField field, FormValues values)
    {
        var text = values[field.Name]?.Trim();
        if (text is not null && field.IsNumberOrDay)
            text = SpreadsheetTraces.Unwrapped(text).Trim();
        return string.IsNullOrEmpty(text) || (field.IsNumberOrDay && BlankWords.Says(text) && !AsksWhy(field, text))
            ? null
            : text;
    }

    /// <summary>Who has no telephone where one is asked for writes 无 and why.</summary>
    private static bool AsksWhy(FormField field, string text) =>
        field is { Kind: FieldKind.Phone, IsOptional: false } && text is "无";

    private Truth Mark(FormField field)
    {
        switch (Given(field))
        {
            case null or "false" or "否" or "0":
                return false;
            case "true" or "是" or "1" or "√":
                return true;
            default:
                Add(FormFindingLevel.Error, field, "应为是或否");
                return default;
        }
    }

    private void FindTwice(FormField table, FormField unique, IReadOnlyList<FormValues> rows)
    {
        Dictionary<string, FormValues> seen = new(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            // a longer one is refused already
            if (Entered(unique, rows[i]) is not { Length: <= MostNumber } typed)
                continue;
            var text = NumberBody.Cleaned(typed);
            if (text.Length == 0 || seen.TryAdd(text, rows[i]))
                continue;
            var first = seen[text];
            var sheet = first.Sheet == rows[i].Sheet ? "" : $"工作表「{first.Sheet}」";
            var number = first.Row ?? rows.TakeWhile(r => r != first).Count() + 1;
            findings.Add(
                new FormBinder(table.Columns, rows[i], context!, findings, (table, rows[i].Row ?? i + 1)).At(
                    new(FormFindingLevel.Error, unique.Name, unique.Spoken, $"与{sheet}第 {number} 行相同")
                )
            );
        }
    }

    private string? Refuse(FormField field, string message)
    {
        Add(FormFindingLevel.Error, field, message);
        return null;
    }

    private Fact<TValue> Wrong<TValue>(FormField field, string message)
        where TValue : struct
    {
        Add(FormFindingLevel.Error, field, message);
        return default;
    }

    private void Warn(FormField field, string message) => Add(FormFindingLevel.Warning, field, message);

    private void Add(FormFindingLevel level, FormField field, string message) =>
        findings.Add(At(new(level, field.Name, field.Spoken, message)));

    private FormFinding At(FormFinding finding) =>
        place is not { } at
            ? finding
            : finding with
            {
                Table = at.Table.Name,
                Row = at.Row,
                Sheet = values.Sheet,
                TableTitle = values.Row is null ? at.Table.Spoken : null,
            };

    private string TitleOf(string name) => fields.FirstOrDefault(f => f.Name == name)?.Spoken ?? "";

    private static class Members<TChoice>
        where TChoice : struct, Enum
    {
        internal static readonly TChoice[] Values = Enum.GetValues<TChoice>();

        internal static readonly IReadOnlyList<FormChoice> Choices =
        [
            .. Enum.GetNames<TChoice>()
                .Select(n => new FormChoice(
                    typeof(TChoice).GetField(n)!.GetCustomAttribute<DisplayAttribute>()?.Name ?? ""
                )),
        ];
    }
}
