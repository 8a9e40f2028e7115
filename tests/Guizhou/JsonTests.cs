using System.Buffers;
using System.Text.Json;

namespace EduAssist.Guizhou;

/// <summary>公开约定的 JSON：情形、措施、条件、学籍，和还可能的情形。</summary>
public class JsonTests
{
    [Fact]
    public void A_covered_case_bears_its_situations_and_the_measures_of_the_leading_one()
    {
        var june = new DateOnly(2022, 6, 15);
        using var json = Json(new Child
        {
            MainReason = MainReason.WearyOfStudy,
            OutSince = june.AddYears(-2),
            LeftAtStage = Stage.Junior,
            Sex = ChildSex.Female,
            HasGivenBirth = true,
            MarriedEarly = true,
            BirthDate = new DateOnly(2009, 5, 1),
            AsOf = june,
        });
        var root = json.RootElement;
        Assert.Equal(("guizhou.return-to-school", "gz20@2", "Covered"),
            (Text(root, "programme"), Text(root, "ruleSet"), Text(root, "verdict")));
        var situations = root.GetProperty("situations").EnumerateArray().ToList();
        Assert.Equal([7, 14], situations.Select(s => s.GetProperty("number").GetInt32()));
        Assert.Equal([true, false], situations.Select(s => s.GetProperty("leading").GetBoolean()));
        Assert.Equal(("gz20/7", "RollsForward", false),
            (Text(situations[0], "provision"), Text(situations[0], "roll"),
                situations[0].GetProperty("removedFromList").GetBoolean()));
        var measure = situations[0].GetProperty("measures")[1];
        Assert.Equal("vocational-school-weary", Text(measure, "id"));
        Assert.Equal(("willingOriginalSchool", "Unknown"),
            (Text(measure.GetProperty("conditions")[0], "fact"), Text(measure.GetProperty("conditions")[0], "state")));
        Assert.Equal(4, measure.GetProperty("evidence").GetArrayLength());
        Assert.Equal(2, root.GetProperty("measures").GetArrayLength());
        Assert.Equal([2],
            root.GetProperty("possibleSituations").EnumerateArray().Select(s => s.GetProperty("number").GetInt32()));
        var effect = situations[0].GetProperty("effect");
        Assert.Equal(("RollsForward", false, "Awaiting"),
            (Text(effect, "roll"), effect.GetProperty("removesFromList").GetBoolean(), Text(effect, "state")));
        var need = effect.GetProperty("needs")[0];
        Assert.Equal(("placed", "接收学校已安排就读", "接收学校", "placed", "Unknown"),
            (Text(need, "id"), Text(need, "title"), Text(need, "by"), Text(need, "fact"), Text(need, "state")));
        Assert.Equal("gz20/7", effect.GetProperty("provisions")[0].GetString());
        var paper = measure.GetProperty("effect").GetProperty("needs").EnumerateArray().Last();
        Assert.Equal(("plan", JsonValueKind.Null, "Missing"),
            (Text(paper, "id"), paper.GetProperty("fact").ValueKind, Text(paper, "state")));
        Assert.Equal(["not-the-original-school", "not-the-original-school", "application", "application"],
            measure.GetProperty("conditions").EnumerateArray().Select(c => Text(c, "oneOf")));
        Assert.False(root.TryGetProperty("contradictions", out _));
    }

    [Fact]
    public void A_contradiction_names_both_claims()
    {
        using var json = Json(new Child { MainReason = MainReason.NoRoll, OnRoll = true, AsOf = new(2022, 6, 15) });
        var found = json.RootElement.GetProperty("contradictions").EnumerateArray().Single();
        Assert.Equal(("mainReason", "onRoll", "gz20/17", "“在案主要原因”与“有义务教育学籍”互相矛盾，请核对后更正"),
            (Text(found, "claim"), found.GetProperty("deniedBy")[0].GetString(), Text(found, "provision"),
                Text(found, "message")));
    }

    [Fact]
    public void An_undetermined_case_bears_the_possible_ones_with_what_would_settle_them()
    {
        using var json = Json(new Child { AsOf = new(2022, 6, 15), MainReason = MainReason.WearyOfStudy });
        Assert.Equal("Undetermined", Text(json.RootElement, "verdict"));
        Assert.Equal(["gz20/1", "gz20/2", "gz20/6", "gz20/7", "gz20/15"],
            json.RootElement.GetProperty("possibleSituations").EnumerateArray().Select(s => Text(s, "provision")));
    }

    private static JsonDocument Json(Child child)
    {
        var output = new ArrayBufferWriter<byte>();
        AssessmentJson.Write(SituationTests.Assess(child), output);
        return JsonDocument.Parse(output.WrittenMemory);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
