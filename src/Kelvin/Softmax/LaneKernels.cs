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
        T max = Sweep<TLanes, T>.Max(z);
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
        Scale(p, 1 / sum);
    }

    public override void Forward(ReadOnlySpan<T> z, double temperature, Span<T> p, out SoftmaxStatistics statistics)
    {
        T max = Sweep<TLanes, T>.Max(z);
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

        RowMoments row = Blocks<TLanes, T>.Moments<RowModes.Full>(z, p, new RowScale<T>(max, temperature));
        if (double.IsNaN(row.Tail))
        {
            p.Fill(T.NaN);
            statistics = SoftmaxStatistics.NotANumber;
            return;
        }

        p[row.ArgMax] = T.One;
        Scale(p, 1 / (1 + row.Tail));
        row.Describe(double.CreateTruncating(max), temperature, z.Length - row.Masks, out statistics);
    }

    public override void Statistics(ReadOnlySpan<T> z, double temperature, out SoftmaxStatistics statistics)
    {
        T max = Sweep<TLanes, T>.Max(z);
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
            row.Describe(double.CreateTruncating(max), temperature, z.Length - row.Masks, out statistics);
    }

    public override void ForwardRows(
        ReadOnlySpan<T> z, int zStride, double temperature, Span<T> p, int pStride, int columns, Span<SoftmaxStatistics> statistics)
    {
        int i = 0;
        if (columns == ShortRows<TLanes, T>.Longest && RowScale<T>.Fits(temperature))
        {
            var scale = new RowScale<T>(T.Zero, temperature);
            for (; i + ShortRows<TLanes, T>.Batch <= statistics.Length; i += ShortRows<TLanes, T>.Batch)
                ForwardBatch(z[(i * zStride)..], zStride, temperature, in scale, p[(i * pStride)..], pStride, statistics.Slice(i, ShortRows<TLanes, T>.Batch));
        }

        for (; i < statistics.Length; i++)
            Forward(z.Slice(i * zStride, columns), temperature, p.Slice(i * pStride, columns), out statistics[i]);
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

        double tail = Blocks<TLanes, T>.Moments<RowModes.Tail>(z, default, new RowScale<T>(max, temperature)).Tail;
        if (double.IsNaN(tail))
            logP.Fill(T.NaN);
        else
            Sweep<TLanes, T>.Map(z, z, logP, new RowMaps.Affine<T>(T.CreateTruncating(1 / temperature), max, T.CreateTruncating(-NearZero.LogOnePlus(tail))));
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

    private static void Scale(Span<T> p, double factor) => Sweep<TLanes, T>.Map(p, p, p, new RowMaps.Scale<T>(T.CreateTruncating(factor)));

    private void ForwardBatch(
        ReadOnlySpan<T> z, int zStride, double temperature, in RowScale<T> scale, Span<T> p, int pStride, Span<SoftmaxStatistics> statistics)
    {
        int columns = ShortRows<TLanes, T>.Longest;
        Span<T> exps = stackalloc T[ShortRows<TLanes, T>.Batch * columns];
        Span<ShortRow<T>> rows = stackalloc ShortRow<T>[ShortRows<TLanes, T>.Batch];
        ShortRows<TLanes, T>.Exp<RowModes.Full>(z, zStride, exps, in scale, rows);
        for (int r = 0; r < rows.Length; r++)
        {
            ref ShortRow<T> row = ref rows[r];
            ReadOnlySpan<T> logits = z.Slice(r * zStride, columns);
            Span<T> output = p.Slice(r * pStride, columns);
            var moments = new RowMoments { Second = double.CreateTruncating(row.Second), Ties = row.Ties, ArgMax = row.ArgMax };
            if (!T.IsFinite(row.Max) || !moments.TryBegin(row.Sums[0], row.Sums[1], row.Sums[2], row.Sums[3], Blocks<TLanes, T>.WorstCondition) || double.IsNaN(moments.Tail))
            {
                Forward(logits, temperature, output, out statistics[r]);
                continue;
            }

            int unmasked = row.HasMasks ? columns - logits.Count(T.NegativeInfinity) : columns;
            T factor = T.CreateTruncating(1 / (1 + moments.Tail));
            ShortRows<TLanes, T>.Scale(in exps[r * columns], factor, ref output[0]);
            output[row.ArgMax] = factor;
            moments.Describe(double.CreateTruncating(row.Max), temperature, unmasked, out statistics[r]);
        }
    }
}
