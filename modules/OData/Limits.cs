using System.Globalization;
using EduAssist.Kernel.Provisions;

namespace EduAssist.OData;

/// <summary>
/// How much one request may ask for. What asks for more is refused with 400, and told which limit it met.
/// </summary>
public sealed record Limits
{
    /// <summary>Rows of a page at most, and without a preference. Nobody can switch paging off.</summary>
    public int Page { get; init; } = 1_000;

    /// <summary>Operators, functions, names and values of a query.</summary>
    public int Nodes { get; init; } = 400;

    /// <summary>Values behind <c>in</c>.</summary>
    public int List { get; init; } = 500;

    /// <summary>Terms of an order.</summary>
    public int Orders { get; init; } = 8;

    /// <summary>How deep <c>$expand</c> goes.</summary>
    public int ExpandDepth { get; init; } = 3;

    /// <summary>How many links are expanded in all.</summary>
    public int Expands { get; init; } = 8;

    /// <summary>Rows that all expanded links of a page may bring.</summary>
    public int ExpandedRows { get; init; } = 20_000;

    /// <summary>Columns that <c>$apply</c> may make.</summary>
    public int Columns { get; init; } = 32;

    /// <summary>Questions of one <c>$batch</c>.</summary>
    public int Batch { get; init; } = 100;

    /// <summary>Bytes of one <c>$batch</c>.</summary>
    public int BatchBytes { get; init; } = 1_000_000;

    /// <summary>How long one <c>$batch</c> may take, in seconds.</summary>
    public int BatchSeconds { get; init; } = 30;

    /// <summary>How long a page may take, in seconds.</summary>
    public int Seconds { get; init; } = 10;

    /// <summary>As configured: <c>OData:Page</c>, <c>OData:Nodes</c>, …</summary>
    /// <param name="setting">The configured value of a key, null when it is not set.</param>
    /// <exception cref="OperatorException">A value is not a whole number above zero.</exception>
    public static Limits From(Func<string, string?> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var limits = new Limits();
        foreach (var limit in typeof(Limits).GetProperties().Where(p => p.PropertyType == typeof(int)))
        {
            if (setting($"OData:{limit.Name}") is not { } text)
                continue;
            limit.SetValue(
                limits,
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
                    ? value
                    : throw new OperatorException($"配置项 OData:{limit.Name} 须为正整数，不能是“{text}”。")
            );
        }

        return limits;
    }
}
