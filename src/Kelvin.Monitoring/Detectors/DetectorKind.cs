namespace Kelvin.Monitoring;

/// <summary>Declares a kind of detector: what it finds, what it reads, and how to make one.</summary>
/// <param name="Id">Its name, as in docs/monitoring.md.</param>
/// <param name="Cause">The cause its findings speak for; one of <see cref="Causes"/>.</param>
/// <param name="Scope">How many a run gets.</param>
/// <param name="Inputs">Series without which it cannot work; while one is missing it is listed as inactive.</param>
/// <param name="OptionalInputs">Series that it uses when they are there.</param>
/// <param name="WarmUp">Samples of its first input before its learnt rules may fire; rules that need no history fire from the first.</param>
/// <param name="IsHard">Context events do not make it ask for double evidence.</param>
/// <param name="Source">Where the rule comes from.</param>
/// <param name="Create">Makes one with the default parameters.</param>
public sealed record DetectorKind(
    string Id,
    string Cause,
    DetectorScope Scope,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> OptionalInputs,
    int WarmUp,
    bool IsHard,
    string Source,
    Func<IDetector> Create)
{
    /// <summary>Says whether the kind reads series of this name.</summary>
    /// <param name="name">A metric name.</param>
    public bool Reads(string name) => Contains(Inputs, name) || Contains(OptionalInputs, name);

    private static bool Contains(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return true;
        }

        return false;
    }
}
