using Kelvin.Softmax;

namespace Kelvin.Transformers.Models;

/// <summary>What one pass measured at the output.</summary>
/// <param name="CrossEntropy">Mean −log p of the right token, in nats.</param>
/// <param name="ZPenalty">Mean c (log Z)²; 0 without a z-loss.</param>
/// <param name="Output">The output softmax over the scored tokens.</param>
public readonly record struct PassResult(double CrossEntropy, double ZPenalty, SoftmaxSummary Output)
{
    /// <summary>What the gradient is of: cross-entropy and z-loss together.</summary>
    public double Loss => CrossEntropy + ZPenalty;

    internal static PassResult Of(ReadOnlySpan<SoftmaxStatistics> rows, ReadOnlySpan<double> losses, double zCoefficient)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            sum += losses[i];
            squares += rows[i].LogSumExp * rows[i].LogSumExp;
        }

        return new PassResult(sum / rows.Length, zCoefficient == 0 ? 0 : zCoefficient * squares / rows.Length, SoftmaxSummary.Of(rows));
    }
}
