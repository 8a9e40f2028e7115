namespace EduAssist.Chuxiong;

/// <summary>五（三）：毕业之后、秋季学期之内。</summary>
public class RegistrationTests
{
    [Theory]
    [InlineData("2020-08-31", true, "Ineligible", "")]
    [InlineData("2020-09-01", true, "Eligible", "")]
    [InlineData("2020-10-15", true, "Eligible", "")]
    [InlineData("2021-01-31", true, "Eligible", "")]
    [InlineData("2021-02-01", true, "Ineligible", "")]
    [InlineData("2020-10-15", false, "Ineligible", "")]
    [InlineData("2020-10-15", null, "Undetermined", "graduated")]
    [InlineData(null, true, "Undetermined", "registrationDate")]
    [InlineData(null, false, "Ineligible", "")]
    [InlineData(null, null, "Undetermined", "registrationDate graduated")]
    [Proves("cx2020/5.3d")]
    public void Only_after_graduation_and_in_the_autumn_term(
        string? date, bool? graduated, string verdict, string missing)
    {
        var subject = new Registrant();
        if (date is not null) subject = new() { RegistrationDate = DateOnly.ParseExact(date, "yyyy-MM-dd") };
        if (graduated is { } known) subject = new() { RegistrationDate = subject.RegistrationDate, Graduated = known };
        var answer = new Registration().Assess(subject, new(2020, 9, 1), InterpretationProfile.AsTaken)!;
        Assert.Equal((verdict, missing), (answer.Verdict.ToString(), Loaded.Missing(answer)));
    }
}
