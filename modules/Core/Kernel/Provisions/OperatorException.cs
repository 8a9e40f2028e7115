namespace EduAssist.Kernel.Provisions;

/// <summary>The loaded modules or their configuration do not fit together; the start stops.</summary>
public sealed class OperatorException : Exception
{
    /// <summary>One problem.</summary>
    /// <param name="problem">One line, in Chinese.</param>
    /// <param name="cause">What a library said; it is not shown.</param>
    public OperatorException(string problem, Exception? cause = null)
        : base(problem, cause)
    {
    }

    /// <summary>Several problems.</summary>
    /// <param name="problems">One line each, in Chinese.</param>
    public OperatorException(IEnumerable<string> problems)
        : base(string.Join('\n', problems))
    {
    }
}
