using System.Numerics;
using System.Runtime.InteropServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>∂L/∂x of a norm, added row by row: r (h − mean h − x̂ mean(h ∘ x̂)) with h = γ ∘ g; without centring mean h is left out.</summary>
internal readonly struct NormGradient<T>(
    ReadOnlyMatrixView<T> x, ReadOnlyMemory<T> gain, ReadOnlyMemory<RowScaling<T>> rows, ReadOnlyMatrixView<T> dY, MatrixView<T> dX, bool isCentred)
    : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            RowScaling<T> scaling = rows.Span[i];
            (T sum, T dot) = Sums(x.Row(i), gain.Span, dY.Row(i), scaling);
            T d = T.CreateTruncating(x.Columns);
            Add(x.Row(i), gain.Span, dY.Row(i), scaling, isCentred ? sum / d : T.Zero, dot / d, dX.Row(i));
        }
    }

    /// <summary>Σ h and Σ h ∘ x̂.</summary>
    private static (T Sum, T Dot) Sums(ReadOnlySpan<T> x, ReadOnlySpan<T> gain, ReadOnlySpan<T> g, RowScaling<T> scaling)
    {
        ReadOnlySpan<Vector<T>> wideX = MemoryMarshal.Cast<T, Vector<T>>(x);
        ReadOnlySpan<Vector<T>> wideGain = MemoryMarshal.Cast<T, Vector<T>>(gain);
        ReadOnlySpan<Vector<T>> wideG = MemoryMarshal.Cast<T, Vector<T>>(g);
        var centre = new Vector<T>(scaling.Centre);
        Vector<T> sum = Vector<T>.Zero, dot = Vector<T>.Zero;
        for (int j = 0; j < wideX.Length; j++)
        {
            Vector<T> h = wideGain[j] * wideG[j];
            sum += h;
            dot += h * (wideX[j] - centre);
        }

        (T total, T product) = (Vector.Sum(sum), Vector.Sum(dot));
        for (int j = wideX.Length * Vector<T>.Count; j < x.Length; j++)
        {
            T h = gain[j] * g[j];
            total += h;
            product += h * (x[j] - scaling.Centre);
        }

        return (total, product * scaling.Factor);
    }

    /// <summary>dX += r (h − mean − x̂·dot).</summary>
    private static void Add(ReadOnlySpan<T> x, ReadOnlySpan<T> gain, ReadOnlySpan<T> g, RowScaling<T> scaling, T mean, T dot, Span<T> dX)
    {
        ReadOnlySpan<Vector<T>> wideX = MemoryMarshal.Cast<T, Vector<T>>(x);
        ReadOnlySpan<Vector<T>> wideGain = MemoryMarshal.Cast<T, Vector<T>>(gain);
        ReadOnlySpan<Vector<T>> wideG = MemoryMarshal.Cast<T, Vector<T>>(g);
        Span<Vector<T>> wideOutput = MemoryMarshal.Cast<T, Vector<T>>(dX);
        T slope = dot * scaling.Factor;
        Vector<T> centre = new(scaling.Centre), shift = new(mean);
        for (int j = 0; j < wideX.Length; j++)
            wideOutput[j] += ((wideGain[j] * wideG[j]) - shift - ((wideX[j] - centre) * slope)) * scaling.Factor;
        for (int j = wideX.Length * Vector<T>.Count; j < x.Length; j++)
            dX[j] += ((gain[j] * g[j]) - mean - ((x[j] - scaling.Centre) * slope)) * scaling.Factor;
    }
}
