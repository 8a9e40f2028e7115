using EduAssist.Kernel.Registry;
using static EduAssist.Core.Tests.Registry.Tables;

namespace EduAssist.Core.Tests.Registry;

/// <summary>
/// Personal data must not reach logs: every type with a <c>Masked</c> prints that, and nothing that contains it prints
/// more.
/// </summary>
public class PrivacyTests
{
    private static readonly (object Value, string Secret)[] Samples =
    [
        Sample(ResidentId.Read("53230120110305997X", Register, Today).Id!.Value, v => v.Value),
        Sample(StudentNumber.Read("J532301201207099968", Register, Today).Number!.Value, v => v.Value),
        Sample(JuniorRollNumber.TryParse("20170012345678", out var roll) ? roll : default, v => v.Value),
        Sample(Phone.Read("13000000000").Phone!.Value, v => v.Value),
    ];

    [Fact]
    public void Every_type_of_personal_data_has_a_sample_here()
    {
        var types = typeof(ResidentId).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(ResidentId).Namespace && t.GetProperty("Masked") is not null).ToHashSet();

        Assert.True(types.Count >= 4);
        Assert.Equal(types, Samples.Select(s => s.Value.GetType()).ToHashSet());
    }

    [Fact]
    public void No_sample_prints_its_secret() =>
        Assert.All(Samples, s => Assert.False(Leaks(s.Value, s.Secret), s.Value.GetType().Name));

    [Fact]
    public void No_reading_prints_it_either_refused_or_not()
    {
        foreach (var number in CasesOf("id-test-numbers.csv").Select(row => row["number"]))
            Assert.False(Leaks(ResidentId.Read(number, Register, Today), number), "ResidentIdReading");
        foreach (var number in CasesOf("student-number-test.csv").Select(row => row["number"]))
            Assert.False(Leaks(StudentNumber.Read(number, Register, Today), number), "StudentNumberReading");
        Assert.False(Leaks(Phone.Read("13000000000"), "13000000000"), "PhoneReading");
        Assert.False(Leaks(Phone.Read("1300000000"), "1300000000"), "PhoneReading");
    }

    [Fact]
    public void Planted_a_record_that_prints_its_fields_is_caught() =>
        Assert.True(Leaks(new Talkative("53230120110305997X"), "53230120110305997X"));

    [Theory]
    [InlineData("53230120110305997X", "5323************7X")]
    public void A_mask_keeps_head_and_tail(string number, string masked) =>
        Assert.Equal(masked, ResidentId.TryParse(number, out var id) ? id.Masked : "");

    /// <summary>
    /// Whether any seven characters in a row of the secret are printed: less tells nobody from anybody.
    /// </summary>
    private static bool Leaks(object value, string secret) =>
        Enumerable.Range(0, Math.Max(1, secret.Length - 6))
            .Any(i => $"{value}".Contains(secret.Substring(i, Math.Min(7, secret.Length)), StringComparison.Ordinal));

    private static (object, string) Sample<T>(T value, Func<T, string> secret) where T : struct =>
        (value, secret(value));

    private readonly record struct Talkative(string Value);
}
