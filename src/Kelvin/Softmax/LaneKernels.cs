using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>The operations on one row with vectors of type <typeparamref name="TLanes"/>.</summary>
/// <remarks>Three passes over a row that stays in cache: its extremes; exp with all sums; the division by the sum.</remarks>
internal sealed class LaneKernels<T, TLanes> : RowKernels<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int Lanes => TLanes.Count;

    public override void Probabilities(ReadOnlySpan<T> z, double temperature, Span<T> p)
    {
        (T max, T _) = Sweep<TLanes, T>.Extremes(z);
        if (!T.IsFinite(max))
        {
            p.Fill(Peculiar.Probability(z));
            return;
        }

        if (!RowScale<T>.Fits(temperature))
        {
            PlainRow.Probabilities(z, double.CreateTruncating(max), temperature, p);
            return;
        }

        double sum = Blocks<TLanes, T>.Plain(z, p, new RowScale<T>(max, temperature));
        Sweep<TLanes, T>.Scale(p, T.CreateTruncating(1 / sum));
    }

    public override void Forward(ReadOnlySpan<T> z, double temperature, Span<T> p, out SoftmaxStatistics statistics)
    {
        (T max, T min) = Sweep<TLanes, T>.Extremes(z);
        if (!T.IsFinite(max))
        {
            statistics = Peculiar.Statistics(z);
            p.Fill(Peculiar.Probability(z));
            return;
        }

        if (!RowScale<T>.Fits(temperature))
        {
            Statistics(z, temperature, out statistics);
            PlainRow.Probabilities(z, double.CreateTruncating(max), temperature, p);
            return;
        }

        int unmasked = Unmasked(z, min);
        RowMoments row = Blocks<TLanes, T>.Moments<RowModes.Full>(z, p, new RowScale<T>(max, temperature));
        if (double.IsNaN(row.Tail))
        {
            p.Fill(T.NaN);
            statistics = SoftmaxStatistics.NotANumber;
            return;
        }

        p[row.ArgMax] = T.One;
        Sweep<TLanes, T>.Scale(p, T.CreateTruncating(1 / (1 + row.Tail)));
        row.Describe(double.CreateTruncating(max), temperature, unmasked, out statistics);
    }

    public override void Statistics(ReadOnlySpan<T> z, double temperature, out SoftmaxStatistics statistics)
    {
        (T max, T min) = Sweep<TLanes, T>.Extremes(z);
        if (!T.IsFinite(max))
        {
            statistics = Peculiar.Statistics(z);
            return;
        }

        RowMoments row = RowScale<T>.Fits(temperature)
            ? Blocks<TLanes, T>.Moments<RowModes.Vitals>(z, default, new RowScale<T>(max, temperature))
            : PlainRow.Moments(z, double.CreateTruncating(max), temperature);
        if (double.IsNaN(row.Tail))
            statistics = SoftmaxStatistics.NotANumber;
        else
            row.Describe(double.CreateTruncating(max), temperature, Unmasked(z, min), out statistics);
    }

    public override void LogProbabilities(ReadOnlySpan<T> z, double temperature, Span<T> logP)
    {
        (T max, T _) = Sweep<TLanes, T>.Extremes(z);
        if (!T.IsFinite(max))
        {
            logP.Fill(Peculiar.LogProbability(z));
            return;
        }

        if (!RowScale<T>.Fits(temperature))
        {
            PlainRow.LogProbabilities(z, double.CreateTruncating(max), temperature, logP);
            return;
        }

        double tail = Blocks<TLanes, T>.Moments<RowModes.Tail>(z, default, new RowScale<T>(max, temperature)).Tail;
        if (double.IsNaN(tail))
            logP.Fill(T.NaN);
        else
            Sweep<TLanes, T>.Affine(z, T.CreateTruncating(1 / temperature), max, T.CreateTruncating(-NearZero.LogOnePlus(tail)), logP);
    }

    public override void Backward(ReadOnlySpan<T> p, ReadOnlySpan<T> dP, double temperature, Span<T> dZ)
    {
        double dot = Sweep<TLanes, T>.Dot(p, dP);
        Sweep<TLanes, T>.Backward(p, dP, T.CreateTruncating(dot), T.CreateTruncating(1 / temperature), dZ);
    }

    public override void LogBackward(ReadOnlySpan<T> logP, ReadOnlySpan<T> g, double temperature, Span<T> dZ)
    {
        double sum = Sweep<TLanes, T>.Sum(g, T.Zero);
        Exponential<TLanes, T>.LogBackward(logP, g, T.CreateTruncating(sum), T.CreateTruncating(1 / temperature), dZ);
    }

    public override double CrossEntropy(ReadOnlySpan<T> z, int label, double temperature, double smoothing, double weight, Span<T> dZ)
    {
        (T max, T min) = Sweep<TLanes, T>.Extremes(z);
        if (!T.IsFinite(max))
        {
            dZ.Fill(T.NaN);
            return double.NaN;
        }

        double m = double.CreateTruncating(max);
        if (!RowScale<T>.Fits(temperature) || (smoothing > 0 && T.IsNegativeInfinity(min)))
            return PlainRow.CrossEntropy(z, m, label, temperature, smoothing, weight, dZ);

        double spread = smoothing > 0 ? Sweep<TLanes, T>.Sum(z, max) / temperature / z.Length : 0;
        double distance = PlainRow.Distance(double.CreateTruncating(z[label]), m, temperature);
        RowMoments row = Blocks<TLanes, T>.Moments<RowModes.StoredTail>(z, dZ, new RowScale<T>(max, temperature));
        if (double.IsNaN(row.Tail))
        {
            dZ.Fill(T.NaN);
            return double.NaN;
        }

        double s = 1 + row.Tail;
        double unit = weight / temperature;
        dZ[row.ArgMax] = T.One;
        double hit = label == row.ArgMax ? -row.Tail / s : (double.CreateTruncating(dZ[label]) / s) - 1;
        double each = smoothing / z.Length;
        Sweep<TLanes, T>.Affine(dZ, T.CreateTruncating(unit / s), T.Zero, T.CreateTruncating(-each * unit), dZ);
        dZ[label] = double.IsNegativeInfinity(distance) ? T.Zero : T.CreateTruncating((hit + smoothing - each) * unit);
        double hard = smoothing < 1 ? (1 - smoothing) * distance : 0;
        return NearZero.LogOnePlus(row.Tail) - hard - (smoothing * spread);
    }

    public override void Exp(ReadOnlySpan<T> x, Span<T> y) => Exponential<TLanes, T>.Exp(x, y);

    private static int Unmasked(ReadOnlySpan<T> z, T min) => T.IsNegativeInfinity(min) ? z.Length - z.Count(T.NegativeInfinity) : z.Length;
}
