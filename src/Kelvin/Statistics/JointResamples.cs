using MathNet.Numerics.Random;

namespace Kelvin.Statistics;

/// <summary>Several statistics on the same resamples, so that they and their differences can be given intervals.</summary>
internal sealed class JointResamples
{
    /// <summary>Blocks that are left out in turn; more would not change the acceleration by as much as the resamples do.</summary>
    private const int LargestJackknife = 500;

    private readonly double[] _estimates;
    private readonly double[][] _resampled;
    private readonly double[][] _leftOut;
    private readonly double _level;

    private JointResamples(ResampleStatistic[] statistics, int resamples, int blocks, double level)
    {
        _estimates = new double[statistics.Length];
        _resampled = [.. statistics.Select(_ => new double[resamples])];
        _leftOut = [.. statistics.Select(_ => new double[blocks])];
        _level = level;
    }

    /// <summary>Draws <paramref name="rows"/> ≥ 2 rows again and again; leaves rows out only if the options ask for bias correction.</summary>
    public static JointResamples Draw(int rows, ResampleStatistic[] statistics, BootstrapOptions options)
    {
        int blocks = options.Kind == BootstrapKind.BiasCorrected ? Math.Min(rows, LargestJackknife) : 0;
        var joint = new JointResamples(statistics, options.Resamples, blocks, options.Level);
        int[] chosen = [.. Enumerable.Range(0, rows)];
        for (int s = 0; s < statistics.Length; s++)
        {
            joint._estimates[s] = statistics[s](chosen);
            LeaveOut(rows, statistics[s], joint._leftOut[s]);
        }

        var random = new Xoshiro256StarStar(options.Seed, false);
        for (int r = 0; r < options.Resamples; r++)
        {
            for (int i = 0; i < rows; i++)
                chosen[i] = random.Next(rows);
            for (int s = 0; s < statistics.Length; s++)
                joint._resampled[s][r] = statistics[s](chosen);
        }

        return joint;
    }

    /// <summary>Interval of one statistic.</summary>
    public Interval Of(int statistic, BootstrapKind kind) => BootstrapEnds.Read(
        _estimates[statistic],
        [.. _resampled[statistic]],
        kind == BootstrapKind.BiasCorrected ? _leftOut[statistic] : null,
        _level);

    /// <summary>Interval of one statistic minus another.</summary>
    public Interval Difference(int first, int second, BootstrapKind kind) => BootstrapEnds.Read(
        _estimates[first] - _estimates[second],
        Minus(_resampled[first], _resampled[second]),
        kind == BootstrapKind.BiasCorrected ? Minus(_leftOut[first], _leftOut[second]) : null,
        _level);

    /// <summary>The statistic with each row left out in turn, or each block of rows where there are more.</summary>
    private static void LeaveOut(int rows, ResampleStatistic statistic, double[] leftOut)
    {
        int[] others = new int[rows];
        for (int b = 0; b < leftOut.Length; b++)
        {
            int start = (int)((long)b * rows / leftOut.Length);
            int end = (int)((long)(b + 1) * rows / leftOut.Length);
            int kept = 0;
            for (int i = 0; i < rows; i++)
            {
                if (i < start || i >= end)
                    others[kept++] = i;
            }

            leftOut[b] = statistic(others.AsSpan(0, kept));
        }
    }

    private static double[] Minus(double[] first, double[] second)
    {
        double[] difference = new double[first.Length];
        for (int i = 0; i < difference.Length; i++)
            difference[i] = first[i] - second[i];
        return difference;
    }
}
