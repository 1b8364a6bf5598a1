using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>How far hidden units have moved.</summary>
internal static class UnitMovement
{
    /// <summary>max_r ‖w_r − w'_r‖₂ over the units r.</summary>
    public static double Largest(TwoLayerNetwork<double> from, TwoLayerNetwork<double> to)
    {
        double[] squares = new double[from.Options.Hidden];
        for (int i = 0; i < from.Options.Inputs; i++)
        {
            ReadOnlySpan<double> a = from.HiddenWeights.Row(i);
            ReadOnlySpan<double> b = to.HiddenWeights.Row(i);
            for (int r = 0; r < squares.Length; r++)
                squares[r] += (b[r] - a[r]) * (b[r] - a[r]);
        }

        return Math.Sqrt(squares.Max());
    }
}
