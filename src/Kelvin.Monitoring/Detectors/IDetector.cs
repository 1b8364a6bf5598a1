namespace Kelvin.Monitoring;

/// <summary>Watches a few series of one run for one kind of fault.</summary>
/// <remarks>
/// <para>The same points in the same order give the same findings, however they were batched. A detector has no clock, logger or store.</para>
/// <para>Cost: O(1) amortised per point; nothing on the heap in <see cref="Observe"/>.</para>
/// </remarks>
public interface IDetector
{
    /// <summary>Takes one point and says whether the fault is there now.</summary>
    /// <param name="point">A point of one of the declared inputs; its value may be NaN or infinite, which is never healthy.</param>
    /// <returns>The verdict after this point. It never throws for values.</returns>
    Finding Observe(in Point point);

    /// <summary>Puts a firing finding in one sentence with its numbers.</summary>
    /// <param name="finding">A finding that this detector returned.</param>
    /// <returns>The sentence, in the invariant culture.</returns>
    string Describe(in Finding finding);

    /// <summary>Writes the whole state, or reads it back; restored detectors go on with identical output.</summary>
    /// <param name="state">The direction and the place.</param>
    void Exchange(StateExchange state);
}
