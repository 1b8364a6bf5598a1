namespace Kelvin.Transformers.Decoding;

/// <summary>Chooses the temperature at which the next token is drawn.</summary>
/// <remarks>A policy may keep counts: give each sequence one of its own.</remarks>
public interface ITemperaturePolicy
{
    /// <summary>T for one row of logits; 0 is the greedy limit, +∞ the uniform one.</summary>
    /// <param name="row">The logits of the candidates, all finite or −∞, and their statistics at T = 1.</param>
    TemperatureChoice Choose(in CandidateRow row);
}
