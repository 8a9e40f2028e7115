using System.ComponentModel.DataAnnotations;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.Kernel.Registry;

namespace EduAssist.Kernel.Policy;

/// <summary>
/// What is known of one subject: a row of values in the order of its programme's schema. A subject class reads it by
/// declaring its properties (<c>Grade = facts.Number("年级", 1, 12)</c>): the first such reading, without values, yields
/// the schema, so that a fact has one declaration. Not thread-safe; meant to be filled again for the next row.
/// </summary>
public sealed class Facts
{
    private static readonly DateOnly FirstDay = new(1900, 1, 1), LastDay = new(2199, 12, 31);

    private static readonly WorkCalendar Unpublished = new(new HolidayTable());

    private readonly List<FactField>? declared;
    private readonly long[] values;
    private ulong given;
    private int next;

    private readonly WorkCalendar calendar;

    /// <summary>An empty row.</summary>
    /// <param name="schema">The schema of the programme that will read it.</param>
    /// <param name="asOf">The day as of which the subject is assessed.</param>
    /// <param name="calendar">The working days, for programmes that count them.</param>
    public Facts(FactSchema schema, DateOnly asOf, WorkCalendar calendar)
    {
        values = new long[schema.Fields.Count];
        AsOf = asOf;
        this.calendar = calendar;
    }

    private Facts(List<FactField>? declared)
    {
        values = new long[Truth.MostFacts];
        calendar = Unpublished;
        this.declared = declared;
    }

    /// <summary>
    /// Nothing known at all: what a subject is made of in code, where its properties are given by name.
    /// </summary>
    public static Facts None => new(declared: null);

    /// <summary>A row without any value, on some day.</summary>
    internal static Facts Empty(FactSchema schema) => new(schema, new(2000, 1, 1), Unpublished);

    /// <summary>The day as of which the subject is assessed.</summary>
    public DateOnly AsOf { get; set; }

    /// <summary>
    /// The working days. A subject that asks for them counts dates, and its assessments state the version of the
    /// calendar.
    /// </summary>
    public WorkCalendar Calendar
    {
        get
        {
            CalendarVersion = calendar.Version;
            return calendar;
        }
    }

    /// <summary>The version of the calendar, once a subject has asked for it; null before.</summary>
    internal string? CalendarVersion { get; private set; }

    /// <summary>The year whose notice would settle a criterion; null: none is asked for.</summary>
    internal int? NoticeNeeded { get; private set; }

    /// <summary>Unknown, for want not of a fact but of the notice of a year's holidays (放假安排).</summary>
    /// <param name="year">The first year that is not published.</param>
    public Truth NeedsNotice(int year)
    {
        NoticeNeeded = NoticeNeeded is { } earlier && earlier < year ? earlier : year;
        return default;
    }

    /// <summary>A yes/no fact.</summary>
    /// <param name="title">In Chinese, unique in the programme.</param>
    /// <param name="name">The property that declares it.</param>
    // most facts are of this kind, and a call costs as much as what it does
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Truth YesNo(string title, [CallerMemberName] string name = "")
    {
        var column = declared is null ? next++ : Declare(name, title, FactKind.YesNo, 0, 1);
        return IsGiven(column) ? values[column] != 0 : Truth.Needs(1UL << column);
    }

    /// <summary>
    /// A yes/no fact that says that something is done, or on file: while it is not, nothing is decided, and the fact is
    /// what is still missing.
    /// </summary>
    /// <inheritdoc cref="YesNo"/>
    public Truth Done(string title, [CallerMemberName] string name = "")
    {
        var column = declared is null ? next++ : Declare(name, title, FactKind.YesNo, 0, 1, isDone: true);
        return IsGiven(column) && values[column] != 0 ? Truth.True : Truth.Needs(1UL << column);
    }

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    /// <inheritdoc cref="YesNo"/>
    public Fact<int> Number(string title, int min, int max, [CallerMemberName] string name = "")
    {
        var column = declared is null ? next++ : Declare(name, title, FactKind.Number, min, max);
        return IsGiven(column) ? (int)values[column] : Fact<int>.Needs(1UL << column);
    }

    /// <summary>
    /// A grade from 1 to 12. Wherever words are read they may be 九年级, 初三 or 9, as lists of pupils have them.
    /// </summary>
    /// <inheritdoc cref="YesNo"/>
    public Fact<int> Grade(string title, [CallerMemberName] string name = "")
    {
        var column = declared is null ? next++ : Declare(name, title, FactKind.Number, 1, 12, isGrade: true);
        return IsGiven(column) ? (int)values[column] : Fact<int>.Needs(1UL << column);
    }

    /// <summary>A day between 1900 and 2199.</summary>
    /// <inheritdoc cref="YesNo"/>
    public Fact<DateOnly> Date(string title, [CallerMemberName] string name = "") => Date(title, name, isPast: false);

    /// <summary>
    /// A day that cannot come after <see cref="AsOf"/>: a birth, a leaving. A later one is an impossible value.
    /// </summary>
    /// <inheritdoc cref="YesNo"/>
    public Fact<DateOnly> PastDate(string title, [CallerMemberName] string name = "") =>
        Date(title, name, isPast: true);

    private Fact<DateOnly> Date(string title, string name, bool isPast)
    {
        var column = declared is null ? next++
            : Declare(name, title, FactKind.Date, FirstDay.DayNumber, LastDay.DayNumber, isPast: isPast);
        return IsGiven(column) ? DateOnly.FromDayNumber((int)values[column]) : Fact<DateOnly>.Needs(1UL << column);
    }

    /// <summary>
    /// One member of an enumeration whose members bear <see cref="DisplayAttribute"/>s with their Chinese names.
    /// </summary>
    /// <inheritdoc cref="YesNo"/>
    public Fact<TChoice> OneOf<TChoice>(string title, [CallerMemberName] string name = "")
        where TChoice : struct, Enum
    {
        var column = declared is null ? next++
            : Declare(name, title, FactKind.OneOf, 0, Choices<TChoice>.All.Count - 1, Choices<TChoice>.All);
        return IsGiven(column) ? Choices<TChoice>.Values[values[column]] : Fact<TChoice>.Needs(1UL << column);
    }

    /// <summary>
    /// A county's division code of six digits, or a township's of nine: a place, not a wider region that has many.
    /// </summary>
    /// <inheritdoc cref="YesNo"/>
    public Fact<DivisionCode> Division(string title, [CallerMemberName] string name = "")
    {
        var column = declared is null ? next++ : Declare(name, title, FactKind.Division, 0, 0);
        return IsGiven(column) ? DivisionCode.Stored(values[column]) : Fact<DivisionCode>.Needs(1UL << column);
    }

    /// <summary>Forgets every value, for the next row.</summary>
    public void Clear()
    {
        given = 0;
        CalendarVersion = null;
        NoticeNeeded = null;
    }

    /// <summary>Gives a value: 0 or 1, a number, a day number, the index of a choice, a division code.</summary>
    /// <param name="column">The column of the schema.</param>
    /// <param name="value">A value within the field's limits: whoever fills a row has checked it.</param>
    public void Set(int column, long value)
    {
        values[column] = value;
        given |= 1UL << column;
    }

    /// <summary>A day that comes after <see cref="AsOf"/> and cannot; null: none.</summary>
    internal FactField? Impossible(FactSchema schema)
    {
        for (var past = schema.Past & given; past != 0; past &= past - 1)
        {
            var column = BitOperations.TrailingZeroCount(past);
            if (values[column] > AsOf.DayNumber) return schema.Fields[column];
        }

        return null;
    }

    /// <summary>Takes a value back.</summary>
    internal void Forget(int column) => given &= ~(1UL << column);

    /// <summary>Whether a value is given.</summary>
    public bool IsGiven(int column) => (given >> column & 1) != 0;

    /// <summary>Reads a subject from the first column on.</summary>
    internal T Read<T>(Func<Facts, T> read)
    {
        next = 0;
        return read(this);
    }

    /// <summary>The schema that a subject declares.</summary>
    /// <exception cref="OperatorException">It declares more facts than a <see cref="Truth"/> has room for.</exception>
    internal static FactSchema SchemaOf<T>(Func<Facts, T> read)
    {
        List<FactField> fields = [];
        new Facts(fields).Read(read);
        return new([.. fields]);
    }

    private int Declare(
        string name, string title, FactKind kind, long min, long max, IReadOnlyList<FactChoice>? choices = null,
        bool isPast = false, bool isDone = false, bool isGrade = false)
    {
        if (next == Truth.MostFacts) throw new OperatorException($"事实“{title}”超出一个项目 {Truth.MostFacts} 项事实的上限。");
        declared!.Add(new(JsonNamingPolicy.CamelCase.ConvertName(name), title, kind, min, max, choices ?? [])
        { IsPast = isPast, IsDone = isDone, IsGrade = isGrade });
        return next++;
    }

    private static class Choices<TChoice>
        where TChoice : struct, Enum
    {
        internal static readonly TChoice[] Values = Enum.GetValues<TChoice>();

        internal static readonly IReadOnlyList<FactChoice> All = [.. Enum.GetNames<TChoice>().Select(n =>
            new FactChoice(n, typeof(TChoice).GetField(n)!.GetCustomAttribute<DisplayAttribute>()?.Name ?? ""))];
    }
}
