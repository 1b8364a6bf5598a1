namespace Kelvin.Inspection;

/// <summary>What an inspection held in memory beside the runtime's own activations.</summary>
/// <param name="ModelBytes">Size of the model file, or of the weights.</param>
/// <param name="LargestRunBytes">Logits and probabilities held at once, at most.</param>
/// <param name="AllSitesBytes">Logits and probabilities of all sites together.</param>
/// <param name="Runs">How often the model was run so that not all of them were held at once.</param>
public sealed record InspectionMemory(long ModelBytes, long LargestRunBytes, long AllSitesBytes, int Runs)
{
    /// <summary>True if the weights stayed in the file and were read a few megabytes at a time; false if the file was read whole.</summary>
    public bool IsStreamed { get; init; }
}
