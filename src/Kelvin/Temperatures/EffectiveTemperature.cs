namespace Kelvin.Temperatures;

/// <summary>The temperature at which a head works, whatever the scale of its logits: that of softmax over standardised logits with the same mean entropy.</summary>
/// <remarks>
/// <para>With ẑᵢ = (zᵢ − mean zᵢ)/std zᵢ over the unmasked entries of row i (std with 1/k): T such that mean H(softmax(ẑᵢ/T)) = mean H(softmax(zᵢ)).
/// For one row it is 1/std z, so that scaling the logits by c divides it by c. It falls as a head sharpens.</para>
/// <para>Rows whose unmasked entries are all equal have no std; they are left out, and so are rows with NaN or +∞. Where no row is left it is NaN.</para>
/// <para>The mean entropy rises with T, and the answer lies between 1/max std and 1/min std: it always exists. Solved in log T by Newton's method inside that bracket, halving it
    /// where a step leaves it.</para>
/// <para>Accuracy: T within a factor of 1 ± 10⁻¹⁰ where the entropy moves; where it does not (it is 0, or log k, to the last bit), some T that gives it.</para>
/// <para>Cost: about 6 passes of one exp an element, 80 at most.</para>
/// </remarks>
public static class EffectiveTemperature
{
    private const double Accuracy = 1e-10;
    private const int MostNewtonSteps = 20;
    private const int MaxIterations = 80;

    /// <summary>Finds the temperature.</summary>
    /// <param name="rows">The logits of each row; −∞ marks a masked entry.</param>
    public static double Find(IReadOnlyList<ReadOnlyMemory<double>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var spread = new List<(ReadOnlyMemory<double> Row, double Deviation)>();
        double target = 0;
        foreach (ReadOnlyMemory<double> row in rows)
        {
            var curve = new EntropyCurve<double>(row.Span);
            if (!curve.IsFinite || !(curve.GapVariance > 0))
                continue;
            spread.Add((row, Math.Sqrt(curve.GapVariance)));
            target += curve.At(1).Entropy;
        }

        if (spread.Count == 0)
            return double.NaN;

        double low = -Math.Log(spread.Max(row => row.Deviation));
        double high = -Math.Log(spread.Min(row => row.Deviation));
        double place = low + ((high - low) / 2);
        for (int i = 0; i < MaxIterations && high - low > Accuracy; i++)
        {
            (double entropy, double slope) = Sum(spread, Math.Exp(place));
            if (entropy < target)
                low = place;
            else
                high = place;
            double newton = place + ((target - entropy) / slope);
            bool isInside = newton > low && newton < high && i < MostNewtonSteps;
            double step = (isInside ? newton : low + ((high - low) / 2)) - place;
            place += step;
            if (isInside && Math.Abs(step) <= Accuracy)
                break;
        }

        return Math.Exp(place);
    }

    private static (double Entropy, double Slope) Sum(List<(ReadOnlyMemory<double> Row, double Deviation)> rows, double temperature)
    {
        (double entropy, double slope) = (0, 0);
        foreach ((ReadOnlyMemory<double> row, double deviation) in rows)
        {
            (double ofRow, double slopeOfRow) = new EntropyCurve<double>(row.Span).At(temperature * deviation);
            (entropy, slope) = (entropy + ofRow, slope + slopeOfRow);
        }

        return (entropy, slope);
    }
}
