using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Temperatures;

/// <summary>Says how well a classifier's probabilities fit what happened.</summary>
/// <remarks>
/// <para>Row i has probabilities pᵢ, label yᵢ, confidence cᵢ = maxₖ pᵢₖ; its prediction is the first class that reaches cᵢ.</para>
/// <para>NLL and Brier are proper scores: nothing but the true probabilities makes them smallest. ECE is not, and it is biased
/// upward on few rows; never quote it without the number of bins.</para>
/// <para>Source: Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks (2017).</para>
/// </remarks>
public sealed record CalibrationMetrics
{
    private CalibrationMetrics(ClassifiedRows rows, int bins)
    {
        Rows = rows.Count;
        Bins = bins;
        Accuracy = rows.IsCorrect.Count(isCorrect => isCorrect) / (double)rows.Count;
        MeanConfidence = rows.Confidence.Sum() / rows.Count;
        Nll = rows.Nll.Sum() / rows.Count;
        Brier = rows.Brier.Sum() / rows.Count;
        MeanEntropy = rows.Entropy.Sum() / rows.Count;

        ReliabilityBin[] equalWidth = ReliabilityBins.EqualWidth(rows, bins);
        ReliabilityDiagram = equalWidth;
        Ece = ReliabilityBins.ExpectedError(equalWidth);
        Mce = ReliabilityBins.MaximumError(equalWidth);

        ReliabilityBin[] adaptive = ReliabilityBins.Adaptive(rows, bins);
        AdaptiveDiagram = adaptive;
        AdaptiveEce = ReliabilityBins.ExpectedError(adaptive);
        AdaptiveMce = ReliabilityBins.MaximumError(adaptive);
    }

    /// <summary>Number of rows, N.</summary>
    public int Rows { get; }

    /// <summary>Number of bins, B.</summary>
    public int Bins { get; }

    /// <summary>Share of rows whose prediction is the label.</summary>
    public double Accuracy { get; }

    /// <summary>mean cᵢ. Above <see cref="Accuracy"/>: the model claims too much.</summary>
    public double MeanConfidence { get; }

    /// <summary>−mean log pᵢ,yᵢ, in nats; +∞ if a label has probability 0.</summary>
    public double Nll { get; }

    /// <summary>mean Σₖ (pᵢₖ − [k = yᵢ])², from 0 to 2.</summary>
    public double Brier { get; }

    /// <summary>Expected calibration error Σ_b (N_b/N)|mean confidence − accuracy| over B bins (b/B, (b + 1)/B].</summary>
    public double Ece { get; }

    /// <summary>The largest |mean confidence − accuracy| of a bin that holds a row.</summary>
    public double Mce { get; }

    /// <summary>As <see cref="Ece"/>, over B groups of equal size in the order of confidence.</summary>
    public double AdaptiveEce { get; }

    /// <summary>As <see cref="Mce"/>, over B groups of equal size in the order of confidence.</summary>
    public double AdaptiveMce { get; }

    /// <summary>mean −Σₖ pᵢₖ log pᵢₖ, in nats.</summary>
    public double MeanEntropy { get; }

    /// <summary>The B bins of equal width, in ascending order.</summary>
    public IReadOnlyList<ReliabilityBin> ReliabilityDiagram { get; }

    /// <summary>The B groups of equal size (the first N mod B one larger), in ascending order of confidence, ties by row.</summary>
    public IReadOnlyList<ReliabilityBin> AdaptiveDiagram { get; }

    /// <summary>Measures probabilities.</summary>
    /// <param name="probabilities">Shape [N, k], N ≥ 1, each from 0 to 1; that rows add up to 1 is not checked.</param>
    /// <param name="labels">Shape [N], each from 0 to k − 1.</param>
    /// <param name="bins">Number of bins, B ≥ 1.</param>
    /// <remarks>Sums run in double whatever <typeparamref name="T"/> is. Cost: O(N(k + log N)).</remarks>
    /// <exception cref="ArgumentException">There is no row, a probability is NaN or outside [0, 1], or a label has no class.</exception>
    public static CalibrationMetrics Measure<T>(ReadOnlyMatrixView<T> probabilities, ReadOnlySpan<int> labels, int bins = 15)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.LabelledRows(probabilities.Rows, probabilities.Columns, labels);
        Require.Positive(bins);
        return new CalibrationMetrics(ClassifiedRows.FromProbabilities(probabilities, labels), bins);
    }

    /// <summary>Measures the probabilities softmax(z/T) of logits z.</summary>
    /// <param name="logits">z, shape [N, k], N ≥ 1. −∞ marks a class that is ruled out.</param>
    /// <param name="labels">Shape [N], each from 0 to k − 1.</param>
    /// <param name="temperature">T > 0.</param>
    /// <param name="bins">Number of bins, B ≥ 1.</param>
    /// <remarks>
    /// <para>NLL comes from the logits, so that it stays finite where the label's probability underflows. NaN or +∞ in a row makes every mean NaN.</para>
    /// <para>Everything runs in double whatever <typeparamref name="T"/> is. Cost: O(N(k + log N)).</para>
    /// </remarks>
    /// <exception cref="ArgumentException">There is no row, a label has no class, or the temperature is not positive.</exception>
    public static CalibrationMetrics MeasureLogits<T>(
        ReadOnlyMatrixView<T> logits, ReadOnlySpan<int> labels, double temperature = 1, int bins = 15)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.LabelledRows(logits.Rows, logits.Columns, labels);
        Require.Temperature(temperature);
        Require.Positive(bins);
        return Of(ClassifiedRows.FromLogits(logits, labels, temperature), bins);
    }

    internal static CalibrationMetrics Of(ClassifiedRows rows, int bins) => new(rows, bins);
}
