using System.Numerics.Tensors;
using MathNet.Numerics.Random;

namespace Kelvin.Linear;

/// <summary>Vectors of length 1, where the searches for eigenvalues begin and go on.</summary>
internal static class UnitVector
{
    /// <summary>Fills <paramref name="x"/> with a direction that has a share in every eigenvector.</summary>
    public static void Draw(Span<double> x, int seed)
    {
        var random = new Xoshiro256StarStar(seed, false);
        foreach (ref double element in x)
            element = 0.5 + random.NextDouble();
        for (int i = 0; i < x.Length; i++)
            x[i] = random.NextBoolean() ? x[i] : -x[i];
        Normalize(x);
    }

    /// <summary>Scales <paramref name="x"/> to length 1 and returns the length it had; 0, NaN and ±∞ are left as they are.</summary>
    public static double Normalize(Span<double> x)
    {
        double length = TensorPrimitives.Norm<double>(x);
        if (length > 0 && double.IsFinite(length))
            TensorPrimitives.Divide(x, length, x);
        return length;
    }

    /// <summary>λ = vᵀ·A·v and ‖A·v − λ·v‖ for ‖v‖ = 1, from <paramref name="product"/> = A·v, which is overwritten.</summary>
    public static (double Value, double Residual) Rayleigh(ReadOnlySpan<double> v, Span<double> product)
    {
        double value = TensorPrimitives.Dot(v, product);
        TensorPrimitives.MultiplyAdd(v, -value, product, product);
        return (value, TensorPrimitives.Norm<double>(product));
    }
}
