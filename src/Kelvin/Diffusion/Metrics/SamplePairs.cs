using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>Means over pairs of points.</summary>
internal static class SamplePairs
{
    public static void Check(ReadOnlyMatrixView<double> a, ReadOnlyMatrixView<double> b)
    {
        Require.Positive(a.Rows, nameof(a));
        Require.Positive(b.Rows, nameof(b));
        Require.That(a.Columns == b.Columns, $"a has {a.Columns} coordinates and b {b.Columns}, but they must have as many.", nameof(b));
    }

    /// <summary>The mean over all n·m pairs.</summary>
    public static double MeanAcross(ReadOnlyMatrixView<double> a, ReadOnlyMatrixView<double> b, PairFunction pair)
    {
        double sum = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            double row = 0;
            for (int j = 0; j < b.Rows; j++)
                row += pair(a.Row(i), b.Row(j));
            sum += row;
        }

        return sum / a.Rows / b.Rows;
    }

    /// <summary>The mean over all n² pairs, i = j included.</summary>
    public static double MeanWithin(ReadOnlyMatrixView<double> a, PairFunction pair) => Sum(a, pair, withItself: true) / a.Rows / a.Rows;

    /// <summary>The mean over all n(n − 1) pairs of two different points; NaN for one point.</summary>
    public static double MeanOfOthers(ReadOnlyMatrixView<double> a, PairFunction pair) => Sum(a, pair, withItself: false) / a.Rows / (a.Rows - 1);

    private static double Sum(ReadOnlyMatrixView<double> a, PairFunction pair, bool withItself)
    {
        double sum = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            double row = 0;
            for (int j = 0; j < i; j++)
                row += pair(a.Row(i), a.Row(j));
            sum += (2 * row) + (withItself ? pair(a.Row(i), a.Row(i)) : 0);
        }

        return sum;
    }
}
