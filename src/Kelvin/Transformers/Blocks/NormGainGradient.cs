using System.Numerics;
using System.Runtime.InteropServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>The gradient of a norm's gain: Σ over the rows, and over the groups of each, of g ∘ x̂.</summary>
internal static class NormGainGradient
{
    public static void Add<T>(ReadOnlyMatrixView<T> x, ReadOnlyMemory<RowScaling<T>> rows, ReadOnlyMatrixView<T> dY, Memory<T> dGain, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ParallelRange.For(dGain.Length, ColumnBlocks.Width, threads, new Body<T>(x, rows, dY, dGain));

    private readonly struct Body<T>(ReadOnlyMatrixView<T> x, ReadOnlyMemory<RowScaling<T>> rows, ReadOnlyMatrixView<T> dY, Memory<T> dGain) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            ReadOnlySpan<RowScaling<T>> scalings = rows.Span;
            Span<T> sums = dGain.Span[start..end];
            int groups = x.Columns / dGain.Length;
            for (int index = 0; index < scalings.Length; index++)
            {
                int first = (index % groups * dGain.Length) + start;
                AddRow(x.Row(index / groups).Slice(first, end - start), dY.Row(index / groups).Slice(first, end - start), scalings[index], sums);
            }
        }

        private static void AddRow(ReadOnlySpan<T> x, ReadOnlySpan<T> g, RowScaling<T> scaling, Span<T> sums)
        {
            ReadOnlySpan<Vector<T>> wideX = MemoryMarshal.Cast<T, Vector<T>>(x);
            ReadOnlySpan<Vector<T>> wideG = MemoryMarshal.Cast<T, Vector<T>>(g);
            Span<Vector<T>> wideSums = MemoryMarshal.Cast<T, Vector<T>>(sums);
            var centre = new Vector<T>(scaling.Centre);
            for (int j = 0; j < wideX.Length; j++)
                wideSums[j] += wideG[j] * ((wideX[j] - centre) * scaling.Factor);
            for (int j = wideX.Length * Vector<T>.Count; j < x.Length; j++)
                sums[j] += g[j] * ((x[j] - scaling.Centre) * scaling.Factor);
        }
    }
}
