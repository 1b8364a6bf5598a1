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
        T max = Sweep<TLanes, T>.Max(z, out T min);
        if (!T.IsFinite(max))
        {
            p.Fill(Peculiar.Probability(z));
            return;
        }

        if (RowScale<T>.Fits(temperature))
            Scale(p, 1 / Blocks<TLanes, T>.Plain(z, p, new RowScale<T>(temperature, max, min)));
        else
            PlainRow.Probabilities(z, double.CreateTruncating(max), temperature, p);
    }

    public override void ProbabilityRows(ReadOnlySpan<T> z, int zStride, double temperature, Span<T> p, int pStride, int columns, int rows)
    {
        int together = columns <= BlockRows<TLanes, T>.Longest && RowScale<T>.Fits(temperature) ? LongRows<TLanes, T>.Together(columns) : 1;
        var scale = new RowScale<T>(temperature);
        for (int start = 0; start < rows; start += together)
        {
            int count = Math.Min(together, rows - start);
            ReadOnlySpan<T> logits = z[(start * zStride)..];
            Span<T> output = p[(start * pStride)..];
            if (together > 1 && LongRows<TLanes, T>.TryProbabilities(logits, zStride, columns, ref scale, output, pStride, count))
                continue;

            for (int r = 0; r < count; r++)
                Probabilities(logits.Slice(r * zStride, columns), temperature, output.Slice(r * pStride, columns));
        }
    }

    public override void ForwardRows(
        ReadOnlySpan<T> z, int zStride, double temperature, Span<T> p, int pStride, int columns, Span<SoftmaxStatistics> statistics) =>
        Rows<RowModes.Full>(z, zStride, temperature, p, pStride, columns, statistics);

    public override void StatisticsRows(ReadOnlySpan<T> z, int zStride, double temperature, int columns, Span<SoftmaxStatistics> statistics) =>
        Rows<RowModes.Vitals>(z, zStride, temperature, default, 0, columns, statistics);

    public override void LogProbabilities(ReadOnlySpan<T> z, double temperature, Span<T> logP)
    {
        var scale = new RowScale<T>(temperature);
        RowMoments row = LongRows<TLanes, T>.Begin(z, ref scale);
        if (!double.IsFinite(row.Max))
        {
            logP.Fill(Peculiar.LogProbability(z));
            return;
        }

        if (!RowScale<T>.Fits(temperature))
        {
            PlainRow.LogProbabilities(z, row.Max, temperature, logP);
            return;
        }

        Blocks<TLanes, T>.Moments<RowModes.Tail>(z, default, in scale, ref row);
        if (double.IsNaN(row.Tail))
            logP.Fill(T.NaN);
        else
            Sweep<TLanes, T>.Map<RowMaps.Affine<TLanes, T>>(z, z, logP, T.CreateTruncating(1 / temperature), scale.Max, T.CreateTruncating(-NearZero.LogOnePlus(row.Tail)));
    }

    public override void BackwardRows(
        ReadOnlySpan<T> p, int pStride, ReadOnlySpan<T> dP, int dPStride, double temperature, Span<T> dZ, int dZStride, int columns, int rows) =>
        Gradients<TLanes, T>.Backward(p, pStride, dP, dPStride, temperature, dZ, dZStride, columns, rows);

    public override void LogBackward(ReadOnlySpan<T> logP, ReadOnlySpan<T> g, double temperature, Span<T> dZ)
    {
        double sum = Sweep<TLanes, T>.Sum(g, T.Zero);
        Sweep<TLanes, T>.Map<RowMaps.LogBackward<TLanes, T>>(logP, g, dZ, T.CreateTruncating(1 / temperature), T.CreateTruncating(-sum));
    }

    public override double CrossEntropy(ReadOnlySpan<T> z, int label, double temperature, double smoothing, double weight, Span<T> dZ)
    {
        var scale = new RowScale<T>(temperature);
        RowMoments row = LongRows<TLanes, T>.Begin(z, ref scale);
        if (!double.IsFinite(row.Max))
        {
            dZ.Fill(T.NaN);
            return double.NaN;
        }

        if (!RowScale<T>.Fits(temperature) || (smoothing > 0 && row.Unmasked < z.Length))
            return PlainRow.CrossEntropy(z, row.Max, label, temperature, smoothing, weight, dZ);

        double spread = smoothing > 0 ? Sweep<TLanes, T>.Sum(z, scale.Max) / temperature / z.Length : 0;
        double distance = PlainRow.Distance(double.CreateTruncating(z[label]), row.Max, temperature);
        Blocks<TLanes, T>.Moments<RowModes.StoredTail>(z, dZ, in scale, ref row);
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
        Sweep<TLanes, T>.Map<RowMaps.Affine<TLanes, T>>(dZ, dZ, dZ, T.CreateTruncating(unit / s), T.Zero, T.CreateTruncating(-each * unit));
        dZ[label] = double.IsNegativeInfinity(distance) ? T.Zero : T.CreateTruncating((hit + smoothing - each) * unit);
        double hard = smoothing < 1 ? (1 - smoothing) * distance : 0;
        return NearZero.LogOnePlus(row.Tail) - hard - (smoothing * spread);
    }

    public override void Losses(
        Span<T> rows, int stride, int columns, ReadOnlySpan<int> labels, double weight, double zCoefficient, Span<SoftmaxStatistics> statistics, Span<double> losses) =>
        LossRows<TLanes, T>.Run(rows, stride, columns, labels, weight, zCoefficient, statistics, losses);

    public override void Exp(ReadOnlySpan<T> x, Span<T> y)
    {
        if (!x.IsEmpty)
            Sweep<TLanes, T>.Map<RowMaps.Exp<TLanes, T>>(x, x, y);
    }

    /// <summary>Rows in batches, so that their statistics are worked out side by side.</summary>
    private static void Rows<TMode>(
        ReadOnlySpan<T> z, int zStride, double temperature, Span<T> p, int pStride, int columns, Span<SoftmaxStatistics> statistics)
        where TMode : struct, IRowMode
    {
        var scale = new RowScale<T>(temperature);
        bool areShort = columns <= ShortRows<TLanes, T>.Longest && statistics.Length > 1 && RowScale<T>.Fits(temperature);
        int together = LongRows<TLanes, T>.Together(columns);
        Span<RowMoments> batch = stackalloc RowMoments[RowDescriptions.Batch];
        for (int start = 0; start < statistics.Length; start += batch.Length)
        {
            Span<SoftmaxStatistics> described = statistics.Slice(start, Math.Min(batch.Length, statistics.Length - start));
            ReadOnlySpan<T> logits = z[(start * zStride)..];
            Span<T> output = TMode.Stores ? p[(start * pStride)..] : default;
            if (areShort && ShortRows<TLanes, T>.TryForward<TMode>(logits, zStride, columns, temperature, ref scale, output, pStride, described))
                continue;

            for (int r = 0; r < described.Length; r += together)
            {
                Span<T> to = TMode.Stores ? output[(r * pStride)..] : default;
                LongRows<TLanes, T>.Moments<TMode>(
                    logits[(r * zStride)..], zStride, columns, temperature, ref scale, to, pStride, batch.Slice(r, Math.Min(together, described.Length - r)));
            }

            RowDescriptions.Write(batch, temperature, described);
        }
    }

    private static void Scale(Span<T> p, double factor) => Sweep<TLanes, T>.Scale(p, T.CreateTruncating(factor));
}
