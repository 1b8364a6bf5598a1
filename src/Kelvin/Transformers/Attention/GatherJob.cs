using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>Adds up the shares of dK and dV, head by head.</summary>
internal readonly struct GatherJob<TSimd, TVector, T>(BackwardProblem<T> problem, KeyGradients<T> sums, int firstHead) : IRangeBody
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        for (int slot = start; slot < end; slot++)
        {
            for (int share = 0; share < sums.Shares; share++)
            {
                Put(sums.Keys(slot, share), problem.Gradients.Keys, (firstHead + slot) * problem.Plan.Depth, problem.Plan.Depth, share > 0);
                Put(sums.Values(slot, share), problem.Gradients.Values, (firstHead + slot) * problem.Plan.ValueDepth, problem.Plan.ValueDepth, share > 0);
            }
        }
    }

    private static void Put(ReadOnlySpan<T> sum, MatrixView<T> gradient, int column, int columns, bool adds)
    {
        int stride = Strips<TSimd, TVector, T>.Padded(columns);
        for (int i = 0; i < gradient.Rows; i++)
        {
            ReadOnlySpan<T> from = sum.Slice(i * stride, columns);
            Span<T> to = gradient.Row(i).Slice(column, columns);
            if (adds)
                TensorPrimitives.Add(to, from, to);
            else
                ScaledRow.Put(from, T.One, to);
        }
    }
}
