namespace Kelvin.Reports.Charts;

/// <summary>Sets the open ends of an axis to round numbers around the data.</summary>
internal static class NiceRange
{
    public static Axis Widen(Axis axis, double low, double high)
    {
        if (axis.Scale == AxisScale.Logarithmic)
        {
            return axis with
            {
                Min = axis.Min ?? Math.Pow(10, Math.Floor(Math.Log10(low))),
                Max = axis.Max ?? Math.Pow(10, Math.Ceiling(Math.Log10(high))),
            };
        }

        double step = Step(high > low ? high - low : Math.Max(1, Math.Abs(high)));
        return axis with { Min = axis.Min ?? Math.Floor(low / step) * step, Max = axis.Max ?? Math.Ceiling(high / step) * step };
    }

    /// <summary>A quarter of the span, rounded to 1, 2 or 5 times a power of ten.</summary>
    private static double Step(double span)
    {
        double raw = span / 4;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double lead = raw / power;
        return power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    }
}
