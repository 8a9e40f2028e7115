namespace EduAssist.Kernel.Registry;

/// <summary>
/// The ethnic groups (民族) of GB/T 3304, and what registers of the population write beside them. A group is kept by
/// its Chinese name.
/// </summary>
internal static class EthnicGroups
{
    private static readonly Dictionary<string, string> ByWord = new(StringComparer.OrdinalIgnoreCase);

    static EthnicGroups()
    {
        foreach (var (code, name, letters) in Seed.Rows("ethnic-group-codes.csv",
            row => (row.Text("code"), row.Text("name"), row.TextOrNone("letter_code"))))
        {
            ByWord[name] = name;
            ByWord.TryAdd(code, name);
            ByWord.TryAdd(code.TrimStart('0'), name);
            if (letters is not null) ByWord[letters] = name;
            if (name is [.. { Length: > 0 } group, '族']) ByWord.TryAdd(group, name);
        }
    }

    /// <summary>Reads 汉族, 汉, 01, 1 and HA.</summary>
    /// <param name="text">As somebody wrote it.</param>
    /// <returns>The name of the standard; null: no group is called so.</returns>
    public static string? Read(string? text) => ByWord.GetValueOrDefault(NumberBody.Cleaned(text ?? ""));
}
