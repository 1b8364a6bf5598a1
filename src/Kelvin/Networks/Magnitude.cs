using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Kelvin.Networks;

/// <summary>Sizes of parameters, gradients and updates, summed in double.</summary>
internal static class Magnitude
{
    /// <summary>‖x‖₂; does not overflow while ‖x‖ itself fits a double.</summary>
    public static double Norm<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return Norm(x, SumOfSquares(x));
    }

    /// <summary>The same where Σ xᵢ² is known already.</summary>
    public static double Norm<T>(ReadOnlySpan<T> x, double sumOfSquares)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (double.IsFinite(sumOfSquares) && sumOfSquares > 1e-290)
            return Math.Sqrt(sumOfSquares);

        double largest = x.IsEmpty ? 0 : double.CreateChecked(T.Abs(TensorPrimitives.MaxMagnitude(x)));
        if (largest == 0 || !double.IsFinite(largest))
            return largest;

        double scaled = 0;
        foreach (T value in x)
        {
            double ratio = double.CreateChecked(value) / largest;
            scaled += ratio * ratio;
        }

        return largest * Math.Sqrt(scaled);
    }

    /// <summary>Σ xᵢ² in double.</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SumOfSquares(MemoryMarshal.Cast<T, float>(x)) : double.CreateChecked(TensorPrimitives.SumOfSquares(x));

    /// <summary>How many entries are NaN or infinite.</summary>
    public static long NonFiniteCount<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long count = 0;
        foreach (T value in x)
            count += T.IsFinite(value) ? 0 : 1;
        return count;
    }

    private static double SumOfSquares(ReadOnlySpan<float> x)
    {
        ReadOnlySpan<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(x);
        Vector<double> low = default;
        Vector<double> high = default;
        foreach (Vector<float> value in wide)
        {
            Vector.Widen(value, out Vector<double> a, out Vector<double> b);
            low += a * a;
            high += b * b;
        }

        double sum = Vector.Sum(low + high);
        for (int i = wide.Length * Vector<float>.Count; i < x.Length; i++)
            sum += (double)x[i] * x[i];
        return sum;
    }
}
