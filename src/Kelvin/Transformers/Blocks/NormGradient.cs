using System.Numerics;
using System.Runtime.InteropServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>∂L/∂x of a norm over groups of d entries: r (h − mean h − x̂ mean(h ∘ x̂)) with h = γ ∘ g; without centring mean h is left out.</summary>
/// <param name="x">x, or with <see cref="IsInPlace"/> x̂.</param>
/// <param name="gain">γ; empty for 1.</param>
/// <param name="size">d.</param>
/// <param name="rows">Of each group.</param>
/// <param name="dY">g.</param>
/// <param name="dX">Gets it added, or with <see cref="IsInPlace"/> written over.</param>
/// <param name="isCentred">Whether the norm subtracts the mean.</param>
internal readonly struct NormGradient<T>(
    ReadOnlyMatrixView<T> x, ReadOnlyMemory<T> gain, int size, ReadOnlyMemory<RowScaling<T>> rows, ReadOnlyMatrixView<T> dY, MatrixView<T> dX, bool isCentred)
    : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether x̂ took the place of x, and ∂L/∂x is to take that of g.</summary>
    public bool IsInPlace { get; init; }

    public void Run(int start, int end)
    {
        int groups = x.Columns / size;
        for (int index = start * groups; index < end * groups; index++)
        {
            (int i, int first) = (index / groups, index % groups * size);
            RowScaling<T> scaling = rows.Span[index];
            var normal = new RowScaling<T>(scaling.Centre, IsInPlace ? T.One : scaling.Factor);
            ReadOnlySpan<T> input = x.Row(i).Slice(first, size);
            ReadOnlySpan<T> g = dY.Row(i).Slice(first, size);
            (T sum, T dot) = Sums(input, gain.Span, g, normal);
            T d = T.CreateTruncating(size);
            Write(input, gain.Span, g, normal, isCentred ? sum / d : T.Zero, dot / d, scaling.Factor, dX.Row(i).Slice(first, size));
        }
    }

    /// <summary>Σ h and Σ h ∘ x̂, x̂ = (x − centre)·factor.</summary>
    private static (T Sum, T Dot) Sums(ReadOnlySpan<T> x, ReadOnlySpan<T> gain, ReadOnlySpan<T> g, RowScaling<T> normal)
    {
        ReadOnlySpan<Vector<T>> wideX = MemoryMarshal.Cast<T, Vector<T>>(x);
        ReadOnlySpan<Vector<T>> wideGain = MemoryMarshal.Cast<T, Vector<T>>(gain);
        ReadOnlySpan<Vector<T>> wideG = MemoryMarshal.Cast<T, Vector<T>>(g);
        var centre = new Vector<T>(normal.Centre);
        Vector<T> sum = Vector<T>.Zero, dot = Vector<T>.Zero;
        for (int j = 0; j < wideX.Length; j++)
        {
            Vector<T> h = gain.IsEmpty ? wideG[j] : wideGain[j] * wideG[j];
            sum += h;
            dot += h * (wideX[j] - centre);
        }

        (T total, T product) = (Vector.Sum(sum), Vector.Sum(dot));
        for (int j = wideX.Length * Vector<T>.Count; j < x.Length; j++)
        {
            T h = gain.IsEmpty ? g[j] : gain[j] * g[j];
            total += h;
            product += h * (x[j] - normal.Centre);
        }

        return (total, product * normal.Factor);
    }

    /// <summary>dX ← (0 or dX) + r (h − mean − x̂·dot).</summary>
    private void Write(ReadOnlySpan<T> x, ReadOnlySpan<T> gain, ReadOnlySpan<T> g, RowScaling<T> normal, T mean, T dot, T r, Span<T> output)
    {
        ReadOnlySpan<Vector<T>> wideX = MemoryMarshal.Cast<T, Vector<T>>(x);
        ReadOnlySpan<Vector<T>> wideGain = MemoryMarshal.Cast<T, Vector<T>>(gain);
        ReadOnlySpan<Vector<T>> wideG = MemoryMarshal.Cast<T, Vector<T>>(g);
        Span<Vector<T>> wideOutput = MemoryMarshal.Cast<T, Vector<T>>(output);
        T slope = dot * normal.Factor;
        Vector<T> centre = new(normal.Centre), shift = new(mean);
        for (int j = 0; j < wideX.Length; j++)
        {
            Vector<T> h = gain.IsEmpty ? wideG[j] : wideGain[j] * wideG[j];
            Vector<T> change = (h - shift - ((wideX[j] - centre) * slope)) * r;
            wideOutput[j] = IsInPlace ? change : wideOutput[j] + change;
        }

        for (int j = wideX.Length * Vector<T>.Count; j < x.Length; j++)
        {
            T h = gain.IsEmpty ? g[j] : gain[j] * g[j];
            T change = (h - mean - ((x[j] - normal.Centre) * slope)) * r;
            output[j] = IsInPlace ? change : output[j] + change;
        }
    }
}
