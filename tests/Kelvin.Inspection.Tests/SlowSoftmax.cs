namespace Kelvin.Inspection.Tests;

/// <summary>Softmax rows of a tensor, written as the definition says.</summary>
internal static class SlowSoftmax
{
    /// <summary>The rows of a tensor along an axis, in row-major order of the other dimensions.</summary>
    public static double[][] Rows(double[] values, long[] shape, int axis, bool isFlattened)
    {
        long[] strides = new long[shape.Length];
        for (int d = shape.Length - 1, stride = 1; d >= 0; stride *= (int)shape[d], d--)
            strides[d] = stride;

        int[] along = isFlattened ? [.. Enumerable.Range(axis, shape.Length - axis)] : [axis];
        int[] others = [.. Enumerable.Range(0, shape.Length).Except(along)];
        return [.. Offsets(shape, strides, others).Select(start => Offsets(shape, strides, along).Select(step => values[start + step]).ToArray())];
    }

    public static (double Max, double Lse, double Entropy, double MaxProbability) Vitals(double[] row)
    {
        double max = row.Max();
        double sum = row.Sum(z => Math.Exp(z - max));
        double lse = max + Math.Log(sum);
        double[] p = [.. row.Select(z => Math.Exp(z - lse))];
        return (max, lse, -p.Where(x => x > 0).Sum(x => x * Math.Log(x)), p.Max());
    }

    private static IEnumerable<long> Offsets(long[] shape, long[] strides, int[] dimensions)
    {
        if (dimensions.Length == 0)
            return [0];
        int first = dimensions[0];
        return Enumerable.Range(0, (int)shape[first]).SelectMany(i => Offsets(shape, strides, dimensions[1..]).Select(rest => (i * strides[first]) + rest));
    }
}
