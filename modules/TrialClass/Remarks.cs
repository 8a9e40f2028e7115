namespace EduAssist.TrialClass;

/// <summary>What a check of the kit's data says.</summary>
internal static class Remarks
{
    internal static Remark Note(string id, string text, IReadOnlyList<string> provisions) =>
        new(RemarkLevel.Note, id, text, provisions);

    internal static Remark Error(string id, string text, IReadOnlyList<string> provisions) =>
        new(RemarkLevel.Error, id, text, provisions);
}
