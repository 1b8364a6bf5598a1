using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>What the backward pass reads and writes, its shapes checked.</summary>
/// <param name="Plan">The forward problem.</param>
/// <param name="Output">O.</param>
/// <param name="LogSumExp">lse, head after head.</param>
/// <param name="OutputGradient">dO.</param>
/// <param name="Gradients">dQ, dK, dV, and the sinks'.</param>
internal readonly record struct BackwardProblem<T>(
    AttentionPlan<T> Plan, ReadOnlyMatrixView<T> Output, ReadOnlyMemory<double> LogSumExp, ReadOnlyMatrixView<T> OutputGradient, AttentionGradients<T> Gradients)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The forward problem; a field, so that tiles refer to it without a copy.</summary>
    public readonly AttentionPlan<T> Plan = Plan;
}
