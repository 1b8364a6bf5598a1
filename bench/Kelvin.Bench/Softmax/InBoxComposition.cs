using System.Numerics.Tensors;
using Kelvin.Bench.Ratios;

namespace Kelvin.Bench.Softmax;

/// <summary>Probabilities and the same statistics from TensorPrimitives: one of several ways to compose them.</summary>
/// <remarks>
/// <para>All: maximum and its index, d = (z − max)·β, e = exp d, s, Σe d, Σe d², Σe² and the second largest by putting −∞ in the place of the
/// largest for a moment. The accuracy of tails and of far means, which Kelvin has, is not asked for.</para>
/// <para>Way 0 keeps d in memory of its own; way 1 takes moments from the raw logits, so that nothing but e is written; way 2 lets
/// SoftMax make p (its second exp included) and takes the moments from p and z.</para>
/// </remarks>
internal sealed class InBoxComposition(int length, int way, float temperature) : IContestant
{
    private readonly Rows _rows = new(length);
    private readonly Memory<float> _distance = Rows.Aligned(length, 2);
    private readonly Memory<float> _product = Rows.Aligned(length, 3);

    public double UnitsPerRun => _rows.Units;

    public double Sink { get; private set; }

    public void Run()
    {
        Span<float> logits = _rows.Logits.Span;
        Span<float> probabilities = _rows.Output.Span;
        for (int i = 0; i < _rows.Count; i++)
        {
            Span<float> z = logits.Slice(i * length, length);
            Span<float> p = probabilities.Slice(i * length, length);
            Sink += way == 2 ? FromSoftMax(z, p) : FromExp(z, p);
        }
    }

    private double FromExp(Span<float> z, Span<float> p)
    {
        int argMax = TensorPrimitives.IndexOfMax<float>(z);
        float max = z[argMax];
        float second = SecondLargest(z, argMax);
        Span<float> d = way == 0 ? _distance.Span : p;
        Span<float> product = _product.Span;
        TensorPrimitives.Subtract(z, max, d);
        if (temperature != 1)
            TensorPrimitives.Multiply(d, 1 / temperature, d);
        TensorPrimitives.Exp(d, p);
        float s = TensorPrimitives.Sum<float>(p);
        float squares = TensorPrimitives.SumOfSquares<float>(p);
        ReadOnlySpan<float> x = way == 0 ? d : z;
        TensorPrimitives.Multiply(p, x, product);
        float first = TensorPrimitives.Sum<float>(product);
        float secondMoment = TensorPrimitives.Dot<float>(product, x);
        TensorPrimitives.Multiply(p, 1 / s, p);
        double mean = first / s;
        return Finish(max, second, s, way == 0 ? mean : (mean - max) / temperature, (secondMoment / s) - (mean * mean), squares / (s * s));
    }

    private double FromSoftMax(Span<float> z, Span<float> p)
    {
        int argMax = TensorPrimitives.IndexOfMax<float>(z);
        float max = z[argMax];
        float second = SecondLargest(z, argMax);
        ReadOnlySpan<float> x = z;
        if (temperature != 1)
        {
            TensorPrimitives.Multiply(z, 1 / temperature, _distance.Span);
            x = _distance.Span;
        }

#pragma warning disable RS0030 // the composition that a caller without fear of overflow would write
        TensorPrimitives.SoftMax(x, p);
#pragma warning restore RS0030
        Span<float> product = _product.Span;
        TensorPrimitives.Multiply(p, z, product);
        float mean = TensorPrimitives.Sum<float>(product);
        float secondMoment = TensorPrimitives.Dot<float>(product, z);
        return Finish(max, second, 1 / p[argMax], (mean - max) / temperature, secondMoment - (mean * mean), TensorPrimitives.SumOfSquares<float>(p));
    }

    private static float SecondLargest(Span<float> z, int argMax)
    {
        float max = z[argMax];
        z[argMax] = float.NegativeInfinity;
        float second = TensorPrimitives.Max<float>(z);
        z[argMax] = max;
        return second;
    }

    /// <summary>The statistics of <c>SoftmaxStatistics</c>, added up so that none is left out.</summary>
    private double Finish(double max, double second, double s, double mean, double variance, double squares)
    {
        double logS = Math.Log(s);
        double entropy = logS - mean;
        double p = 1 / s;
        return max + (max / temperature) + logS + entropy + (entropy / Math.Log(length)) + p + (1 - p) + (max - second)
            + (p * (1 - Math.Exp((second - max) / temperature))) + Math.Exp(entropy) + squares + (1 / squares) + (max + (mean * temperature))
            + variance + ((squares - (1.0 / length)) / (1 - (1.0 / length))) + (variance / Math.Pow(temperature, 3));
    }
}
