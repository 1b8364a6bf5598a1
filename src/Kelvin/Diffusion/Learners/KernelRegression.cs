namespace Kelvin.Diffusion;

/// <summary>Fits <see cref="KernelPredictor"/>s and chooses their constants on held-out examples.</summary>
public static class KernelRegression
{
    /// <summary>The ridges tried, as shares of the mean of K's diagonal: three a decade from 1e-3 to 100.</summary>
    public static IReadOnlyList<double> Ridges { get; } = [.. Enumerable.Range(0, 16).Select(k => Math.Pow(10, -3 + (k / 3.0)))];

    /// <summary>Fits with the kernel and the ridge that do best on held-out examples.</summary>
    /// <param name="kernels">Kernels to choose from, such as one at several σ; at least one.</param>
    /// <param name="train">Examples to fit.</param>
    /// <param name="heldOut">Examples to choose by, drawn like the others; the labels used are of the same kind.</param>
    /// <param name="useCleanLabels">Whether E[ε | x] is fitted instead of ε.</param>
    /// <param name="threads">At most so many threads; the result does not depend on it.</param>
    /// <returns>The fit with the least mean squared error on the held-out labels.</returns>
    /// <remarks>
    /// <para>K is n × n in double: 8n² bytes three times over. For each kernel the ridges are walked downhill from the middle of
    /// <see cref="Ridges"/>, as the held-out error has one valley in practice: about six factorisations of n³/3 each.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">There is no kernel, or clean labels are asked for and there are none.</exception>
    public static KernelPredictor Fit(
        IReadOnlyList<ScoreKernel> kernels, NoisySample train, NoisySample heldOut, bool useCleanLabels = false, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(heldOut);
        Require.That(kernels.Count > 0, "There is no kernel to choose from.", nameof(kernels));
        Require.That(!useCleanLabels || train.CleanLabels.Rows == train.Rows, "The examples have no clean labels.", nameof(train));

        KernelPredictor? best = null;
        double least = double.PositiveInfinity;
        foreach (ScoreKernel kernel in kernels)
        {
            (KernelPredictor fit, double error) = new KernelRidgePath(kernel, train, heldOut, useCleanLabels, threads).Best();
            if (best is null || error < least)
                (best, least) = (fit, error);
        }

        return best!;
    }
}
