using EduAssist.Kernel.Registry;
using FsCheck;
using FsCheck.Fluent;
using static EduAssist.Core.Tests.Registry.Tables;

namespace EduAssist.Core.Tests.Registry;

public class ResidentIdTests
{
    private const string Example = "53230120110305997X";

    public static TheoryData<string, string, string, string, string> Verdicts =>
        [.. CasesOf("id-test-numbers.csv").Select(row =>
        (row["number"], row["result"], row["birth_date"], row["sex"], row["reason"]))];

    public static TheoryData<string, string, string, string> Suspicious =>
        [.. CasesOf("id-test-numbers.csv").Where(row => row["result"] == "ok").Select(row =>
        (row["number"], row["recorded_sex"], row["suspicion"], row["reason"]))];

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Every_number_of_the_table_gets_its_verdict(
        string number, string result, string birth, string sex, string reason)
    {
        var reading = ResidentId.Read(number, Register, Today);

        Assert.Equal(result, reading.Fault?.ToString().ToLowerInvariant() ?? "ok");
        Assert.Equal(reading.Id is null, reading.Fault is not null);
        Assert.Equal(reading.Message is null, reading.Fault is null);
        if (birth.Length > 0)
            Assert.Equal((Day(birth), sex == "男" ? Sex.Male : Sex.Female, number),
                (reading.Id!.Value.BirthDate, reading.Id.Value.Sex, reading.Id.Value.Value));
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void The_table_asks_for_every_verdict() =>
        Assert.Equal(
            [
                .. Enum.GetNames<NumberFault>().Select(n => n.ToLowerInvariant()).Append("ok")
                    .Order(StringComparer.Ordinal),
            ],
            CasesOf("id-test-numbers.csv").Select(row => row["result"]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Suspicious))]
    public void Every_valid_number_of_the_table_is_as_suspicious_as_it_says(
        string number, string recorded, string suspicion, string reason)
    {
        var id = ResidentId.Read(number, Register, Today).Id!.Value;
        var sex = recorded switch { "男" => Sex.Male, "女" => Sex.Female, _ => Sex.Unknown };

        var found = id.Suspicions(Register, Today, sex);

        Assert.Equal(suspicion, string.Join(' ', found));
        Assert.All(found, s => Assert.NotEmpty(s.Message()));
        Assert.NotEmpty(reason);
    }

    [Theory]
    [InlineData("2026-09-12", "", "on the fifth birthday")]
    [InlineData("2026-09-11", "NotOfSchoolAge", "the day before it")]
    [InlineData("2039-09-11", "", "the last day of 17 full years")]
    [InlineData("2039-09-12", "NotOfSchoolAge", "on the eighteenth birthday")]
    public void School_age_is_5_to_17_full_years(string today, string suspicion, string when)
    {
        var id = ResidentId.Read("532302202109129992", Register, Day(today)).Id!.Value;

        Assert.Equal(suspicion, string.Join(' ', id.Suspicions(Register, Day(today))));
        Assert.NotEmpty(when);
    }

    [Theory]
    [InlineData("2010-05", "")]
    [InlineData("2010-06", "")]
    [InlineData("2010-07", "CodeYoungerThanBirth")]
    [InlineData("2010", "")]
    [InlineData("2011", "CodeYoungerThanBirth")]
    [InlineData("", "")]
    public void A_code_is_younger_than_a_birth_on_18_June_2010_when_its_first_period_began_later(
        string from, string suspicion)
    {
        var register = ReadDivisions(
            $"code,name,level,kind,parent,from,covered_to,remark,civil_affairs_code\n530000,云南省,province,省,,,,,\n"
                + $"532300,楚雄州,prefecture,自治州,530000,,,,\n532331,禄丰县,county,县,532300,{from},,,\n",
            "code\n");
        var id = ResidentId.Read("532331201006189981", register, Today).Id!.Value;

        Assert.Equal(suspicion, string.Join(' ', id.Suspicions(register, Today)));
    }

    [Theory]
    [InlineData("2010-05", "CodeRetiredBeforeBirth")]
    [InlineData("2010-06", "")]
    [InlineData("2009", "CodeRetiredBeforeBirth")]
    [InlineData("2010", "")]
    [InlineData("", "")]
    public void A_code_was_retired_before_a_birth_on_18_June_2010_when_its_last_period_was_over(
        string until, string suspicion)
    {
        var register = ReadDivisions(
            "code,name,level,kind,parent,from,covered_to,remark,civil_affairs_code\n530000,云南省,province,省,,,,,\n"
                + "532300,楚雄州,prefecture,自治州,530000,,,,\n532302,禄丰市,county,县级市,532300,,,,\n",
            $"code,name,from,until,successor,source\n532331,禄丰县,,{until},532302,\n");
        var id = ResidentId.Read("532331201006189981", register, Today).Id!.Value;

        Assert.Equal(suspicion, string.Join(' ', id.Suspicions(register, Today)));
    }

    [Theory]
    [InlineData("20201231", "532302", "CodeYoungerThanBirth")] // 2021: from 1 January 2021
    [InlineData("20210101", "532302", "")]
    [InlineData("20211231", "532331", "")]                     // and the old one until 31 December, at the latest
    [InlineData("20220101", "532331", "CodeRetiredBeforeBirth")]
    public void The_period_of_a_code_counts_its_first_and_its_last_day(string birth, string division, string suspicion)
    {
        var body = $"{division}{birth}999";
        var id = ResidentId.Read(body + CheckCharacter.Compute(body), Register, Today).Id!.Value;

        Assert.Equal(suspicion, string.Join(' ', id.Suspicions(Register, new(2030, 1, 1))));
    }

    [Theory]
    [InlineData("2033-03-05", null)]
    [InlineData("2033-03-04", NumberFault.Future)]
    [InlineData("2033-03-06", null)]
    public void A_birth_date_is_in_the_future_only_after_today(string today, NumberFault? fault) =>
        Assert.Equal(fault, ResidentId.Read("532301203303059973", Register, Day(today)).Fault);

    [Theory]
    [InlineData("53230120110305997x")]
    [InlineData(" 53230120110305997X ")]
    [InlineData("532301 20110305 997X")]
    [InlineData("532301-20110305-997X")]
    [InlineData("５３２３０１２０１１０３０５９９７Ｘ")]
    [InlineData("５３２３０１－２０１１０３０５　９９７ｘ")]
    [InlineData("5323O12O11O3O5997X")]
    [InlineData("﻿53230120110305997X\r\n")]
    public void Cleaning_brings_what_people_type_to_the_printed_form_which_reading_alone_does_not(string typed)
    {
        Assert.Equal(NumberFault.Form, ResidentId.Read(typed, Register, Today).Fault);
        Assert.Equal(Example, ResidentId.Clean(typed));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_number_is_said_to_be_missing(string? text)
    {
        Assert.Equal((NumberFault.Form, "未填写公民身份号码"),
            (ResidentId.Read(text, Register, Today).Fault, ResidentId.Read(text, Register, Today).Message));
        Assert.Equal("", ResidentId.Clean(text));
    }

    [Fact]
    public void A_stored_number_is_taken_again_without_register_and_day()
    {
        Assert.True(ResidentId.TryParse("532399201103059975", out var id)); // its division never was: not asked here
        Assert.Equal("532399201103059975", id.Value);
        Assert.False(ResidentId.TryParse("532301201103059977", out _));
        Assert.False(ResidentId.TryParse(null, out _));
    }

    [Fact]
    public void The_default_is_no_number_and_breaks_nothing()
    {
        var none = default(ResidentId);

        Assert.Equal(("", "", default(DateOnly), default, Sex.Unknown),
            (none.Value, none.ToString(), none.BirthDate, none.Division, none.Sex));
    }

    [Fact]
    public void A_computed_check_character_always_validates() =>
        Prop.ForAll(Bodies, body => ResidentId.TryParse(body + CheckCharacter.Compute(body), out _))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Both_forms_of_the_check_agree() =>
        Prop.ForAll(Bodies, body => CheckCharacter.Compute(body) == ByWeights(body)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_single_digit_changed_is_caught() =>
        Prop.ForAll(Changes(), change => Misread(change, ByWeights)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_two_neighbours_swapped_are_caught() =>
        Prop.ForAll(Swaps(), change => Misread(change, ByWeights)).QuickCheckThrowOnFailure();

    [Fact]
    public void Planted_a_plain_sum_of_digits_is_found_not_to_catch_them()
    {
        static char Plain(string body) => (char)('0' + body.Sum(c => c - '0') % 10);

        Assert.ThrowsAny<Exception>(() => Prop.ForAll(Swaps(), change => change.Before == change.After
            || Plain(change.Before) != Plain(change.After)).QuickCheckThrowOnFailure());
        Assert.ThrowsAny<Exception>(() => Prop.ForAll(Bodies, body => Plain(body) == ByWeights(body))
            .QuickCheckThrowOnFailure());
    }

    /// <summary>17 digits of a place outside of coverage, or inside, and a real day.</summary>
    private static Arbitrary<string> Bodies { get; } = (
        from division in Gen.Elements(Register.All.Where(d => d.Level
            == DivisionLevel.County).Select(d => d.Code.ToString()).ToArray())
        from day in Gen.Choose(new DateOnly(1930, 1, 1).DayNumber, Today.DayNumber)
        from sequence in Gen.Choose(0, 999)
        select $"{division}{DateOnly.FromDayNumber(day):yyyyMMdd}{sequence:000}").ToArbitrary();

    private static Arbitrary<(string Before, string After)> Changes() => (
        from body in Bodies.Generator
        from place in Gen.Choose(0, 16)
        from digit in Gen.Choose('0', '9')
        select (body, body[..place] + (char)digit + body[(place + 1)..])).ToArbitrary();

    private static Arbitrary<(string Before, string After)> Swaps() => (
        from body in Bodies.Generator
        from place in Gen.Choose(0, 15)
        select (body, body[..place] + body[place + 1] + body[place] + body[(place + 2)..])).ToArbitrary();

    /// <summary>The number with the old check character is refused, unless nothing changed.</summary>
    private static bool Misread((string Before, string After) change, Func<string, char> check) =>
        change.Before == change.After
            || ResidentId.Read(change.After + check(change.Before), Register, Today).Id is null;

    /// <summary>The other form of the standard's check: weights, and a table of remainders.</summary>
    private static char ByWeights(string body)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return "10X98765432"[body.Zip(weights, (c, w) => (c - '0') * w).Sum() % 11];
    }
}
