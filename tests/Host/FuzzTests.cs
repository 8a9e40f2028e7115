using System.Net;
using System.Text;

namespace EduAssist.Host;

public class FuzzTests(Server server)
{
    private const int Bodies = 2_000;

    private static readonly string[] Pieces =
    [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "null",
        "true",
        "false",
        "-1",
        "9",
        "1e999",
        "99999999999999999999",
        "\"\\ud800\"",
        "\\",
        "\u0000",
        "facts",
        "asOf",
        "grade",
        "schoolDivision",
        "\"2020-05-08\"",
        "是",
        "\ufeff",
        "\n",
    ];

    [Theory]
    [InlineData("application/json", 1)]
    [InlineData("application/x-ndjson", 2)]
    public async Task No_mutated_body_is_answered_with_a_fault_of_the_server(string type, int seed)
    {
        var random = new Random(seed);
        var statuses = new Dictionary<HttpStatusCode, int>();
        for (var i = 0; i < Bodies; i++)
        {
            var body = Mutated(random);
            using var content = Asking.Body(body, type);
            try
            {
                using var answer = await server.Client.PostAsync(Server.Class, content);
                Assert.True(
                    (int)answer.StatusCode < 500,
                    $"{(int)answer.StatusCode} for {Convert.ToBase64String(body)}"
                );
                statuses[answer.StatusCode] = statuses.GetValueOrDefault(answer.StatusCode) + 1;
            }
            catch (HttpRequestException broken)
            {
                Assert.Fail($"{broken.Message} for body {i}: {Convert.ToBase64String(body)}");
            }
        }

        // the mutations are not so wild that nothing gets through
        Assert.True(statuses[HttpStatusCode.OK] > Bodies / 100);
        if (type == "application/json")
            Assert.True(statuses[HttpStatusCode.BadRequest] > Bodies / 2);
    }

    private static byte[] Mutated(Random random)
    {
        List<byte> body =
        [
            .. Encoding.UTF8.GetBytes(
                """{"asOf":"2020-05-08","facts":{"grade":9,"schoolDivision":"532301","studentConsents":true,"guardianConsents":null,"hasVocationalRoll":false}}"""
            ),
        ];
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(6))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body.RemoveRange(at, Math.Min(random.Next(1, 20), body.Count - at));
                    break;
                case 2:
                    body.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 3:
                    body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 60), body.Count - at)));
                    break;
                case 4:
                    body[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    body.Insert(at, (byte)" 0\t"[random.Next(3)]);
                    break;
            }

            if (body.Count == 0)
                return [];
        }

        return [.. body];
    }
}
