namespace Kelvin.Inspection;

/// <summary>Says that a model or its inputs cannot be used: what it is, what it must be, and what to do.</summary>
/// <param name="problem">What is wrong, with file, node or input.</param>
/// <param name="remedy">What to do about it.</param>
/// <param name="inner">What led to it.</param>
public sealed class InspectionException(string problem, string remedy, Exception? inner = null)
    : Exception($"{problem} {remedy}", inner)
{
    /// <summary>What is wrong.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do about it.</summary>
    public string Remedy { get; } = remedy;
}
