using System.Numerics;
using System.Runtime.InteropServices;
using Kelvin.Softmax;

namespace Kelvin.Conformance.Families;

/// <summary>The product's calls on one row, which are overloads for float and double, under one generic name.</summary>
internal static class OneRow
{
    public static SoftmaxStatistics Forward<T>(T[] z, T temperature, T[] p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float)
            ? TemperedSoftmax.Forward(Float(z), float.CreateTruncating(temperature), Float(p))
            : TemperedSoftmax.Forward(Double(z), double.CreateTruncating(temperature), Double(p));

    public static void LogProbabilities<T>(T[] z, T temperature, T[] logP)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            TemperedSoftmax.LogProbabilities(Float(z), float.CreateTruncating(temperature), Float(logP));
        else
            TemperedSoftmax.LogProbabilities(Double(z), double.CreateTruncating(temperature), Double(logP));
    }

    public static void Backward<T>(T[] p, T[] dP, T temperature, T[] dZ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            TemperedSoftmax.Backward(Float(p), Float(dP), float.CreateTruncating(temperature), Float(dZ));
        else
            TemperedSoftmax.Backward(Double(p), Double(dP), double.CreateTruncating(temperature), Double(dZ));
    }

    public static double CrossEntropy<T>(T[] z, int label, T temperature, T[] dZ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(float)
            ? TemperedSoftmax.CrossEntropy(Float(z), label, float.CreateTruncating(temperature), Float(dZ))
            : TemperedSoftmax.CrossEntropy(Double(z), label, double.CreateTruncating(temperature), Double(dZ));

    private static Span<float> Float<T>(T[] values)
        where T : unmanaged => MemoryMarshal.Cast<T, float>(values.AsSpan());

    private static Span<double> Double<T>(T[] values)
        where T : unmanaged => MemoryMarshal.Cast<T, double>(values.AsSpan());
}
