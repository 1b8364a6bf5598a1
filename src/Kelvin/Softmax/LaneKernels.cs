using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>The operations on one row with vectors of type <typeparamref name="TLanes"/>.</summary>
/// <remarks>Three passes over a row that stays in cache: its maximum; exp with all sums; the division by the sum.</remarks>
internal sealed class LaneKernels<T, TLanes> : RowKernels<T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int Lanes => TLanes.Count;

    public override void Probabilities(ReadOnlySpan<T> z, double temperature, Span<T> p)
    {
        T max = Sweep<TLanes, T>.Max(z);
        if (!T.IsFinite(max))
            p.Fill(Peculiar.Probability(z));
        else if (!RowScale<T>.Fits(temperature))
            PlainRow.Probabilities(z, double.CreateTruncating(max), temperature, p);
        else
            Scale(p, 1 / Blocks<TLanes, T>.Plain(z, p, new RowScale<T>(max, temperature)));
    }

    public override void Forward(ReadOnlySpan<T> z, double temperature, Span<T> p, out SoftmaxStatistics statistics) =>
        Forward<RowModes.Full>(z, temperature, p, out statistics);

    public override void Statistics(ReadOnlySpan<T> z, double temperature, out SoftmaxStatistics statistics) =>
        Forward<RowModes.Vitals>(z, temperature, default, out statistics);

    public override void ForwardRows(
        ReadOnlySpan<T> z, int zStride, double temperature, Span<T> p, int pStride, int columns, Span<SoftmaxStatistics> statistics)
    {
        int i = ShortRows<TLanes, T>.Forward<RowModes.Full>(this, z, zStride, temperature, p, pStride, columns, statistics);
        for (; i < statistics.Length; i++)
            Forward<RowModes.Full>(z.Slice(i * zStride, columns), temperature, p.Slice(i * pStride, columns), out statistics[i]);
    }

    public override void StatisticsRows(ReadOnlySpan<T> z, int zStride, double temperature, int columns, Span<SoftmaxStatistics> statistics)
    {
        int i = ShortRows<TLanes, T>.Forward<RowModes.Vitals>(this, z, zStride, temperature, default, 0, columns, statistics);
        for (; i < statistics.Length; i++)
            Forward<RowModes.Vitals>(z.Slice(i * zStride, columns), temperature, default, out statistics[i]);
    }

    public override void LogProbabilities(ReadOnlySpan<T> z, double temperature, Span<T> logP)
    {
        T max = Sweep<TLanes, T>.Max(z);
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

        Blocks<TLanes, T>.Moments<RowModes.Tail>(z, default, new RowScale<T>(max, temperature), out RowMoments row);
        if (double.IsNaN(row.Tail))
            logP.Fill(T.NaN);
        else
            Sweep<TLanes, T>.Map(z, z, logP, new RowMaps.Affine<T>(T.CreateTruncating(1 / temperature), max, T.CreateTruncating(-NearZero.LogOnePlus(row.Tail))));
    }

    public override void Backward(ReadOnlySpan<T> p, ReadOnlySpan<T> dP, double temperature, Span<T> dZ)
    {
        if (p.Length == ShortRows<TLanes, T>.Longest)
        {
            ShortRows<TLanes, T>.Backward(in p[0], in dP[0], T.CreateTruncating(1 / temperature), ref dZ[0]);
            return;
        }

        double dot = Sweep<TLanes, T>.Dot(p, dP);
        if (temperature == 1)
            Sweep<TLanes, T>.Map(p, dP, dZ, new RowMaps.Backward<T>(T.CreateTruncating(dot)));
        else
            Sweep<TLanes, T>.Map(p, dP, dZ, new RowMaps.TemperedBackward<T>(T.CreateTruncating(dot), T.CreateTruncating(1 / temperature)));
    }

    public override void LogBackward(ReadOnlySpan<T> logP, ReadOnlySpan<T> g, double temperature, Span<T> dZ)
    {
        double sum = Sweep<TLanes, T>.Sum(g, T.Zero);
        Sweep<TLanes, T>.Map(logP, g, dZ, new RowMaps.LogBackward<T>(T.CreateTruncating(sum), T.CreateTruncating(1 / temperature)));
    }

    public override double CrossEntropy(ReadOnlySpan<T> z, int label, double temperature, double smoothing, double weight, Span<T> dZ)
    {
        T max = Sweep<TLanes, T>.Max(z);
        if (!T.IsFinite(max))
        {
            dZ.Fill(T.NaN);
            return double.NaN;
        }

        double m = double.CreateTruncating(max);
        if (!RowScale<T>.Fits(temperature) || (smoothing > 0 && z.Contains(T.NegativeInfinity)))
            return PlainRow.CrossEntropy(z, m, label, temperature, smoothing, weight, dZ);

        double spread = smoothing > 0 ? Sweep<TLanes, T>.Sum(z, max) / temperature / z.Length : 0;
        double distance = PlainRow.Distance(double.CreateTruncating(z[label]), m, temperature);
        Blocks<TLanes, T>.Moments<RowModes.StoredTail>(z, dZ, new RowScale<T>(max, temperature), out RowMoments row);
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
        Sweep<TLanes, T>.Map(dZ, dZ, dZ, new RowMaps.Affine<T>(T.CreateTruncating(unit / s), T.Zero, T.CreateTruncating(-each * unit)));
        dZ[label] = double.IsNegativeInfinity(distance) ? T.Zero : T.CreateTruncating((hit + smoothing - each) * unit);
        double hard = smoothing < 1 ? (1 - smoothing) * distance : 0;
        return NearZero.LogOnePlus(row.Tail) - hard - (smoothing * spread);
    }

    public override void Exp(ReadOnlySpan<T> x, Span<T> y)
    {
        if (!x.IsEmpty)
            Sweep<TLanes, T>.Map(x, x, y, default(RowMaps.Exp<T>));
    }

    private static void Forward<TMode>(ReadOnlySpan<T> z, double temperature, Span<T> p, out SoftmaxStatistics statistics)
        where TMode : struct, IRowMode
    {
        T max = Sweep<TLanes, T>.Max(z);
        bool fits = RowScale<T>.Fits(temperature);
        RowMoments row;   // filled where it lies: a copy of something just written would wait for the writes
        if (!T.IsFinite(max))
            row = RowMoments.Peculiar;
        else if (fits)
            Blocks<TLanes, T>.Moments<TMode>(z, p, new RowScale<T>(max, temperature), out row);
        else
            row = PlainRow.Moments(z, double.CreateTruncating(max), temperature);
        if (double.IsNaN(row.Tail))
        {
            statistics = Peculiar.Statistics(z, max);
            if (TMode.Stores)
                p.Fill(T.IsFinite(max) ? T.NaN : Peculiar.Probability(z));
            return;
        }

        if (TMode.Stores && fits)
        {
            p[row.ArgMax] = T.One;
            Scale(p, 1 / (1 + row.Tail));
        }
        else if (TMode.Stores)
        {
            PlainRow.Probabilities(z, double.CreateTruncating(max), temperature, p);
        }

        row.Describe(double.CreateTruncating(max), temperature, z.Length - row.Masks, out statistics);
    }

    private static void Scale(Span<T> p, double factor) => Sweep<TLanes, T>.Map(p, p, p, new RowMaps.Scale<T>(T.CreateTruncating(factor)));
}
