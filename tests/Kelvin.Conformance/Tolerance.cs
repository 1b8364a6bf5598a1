using System.Text.Json;

namespace Kelvin.Conformance;

/// <summary>How far an answer may be from the expected one.</summary>
/// <param name="IsExact">Nothing but the expected value will do.</param>
/// <param name="IsArray">|got − expected| ≤ rel·max|expected over the field| + abs, instead of rel·|expected| + abs.</param>
/// <param name="Double">rel and abs in double precision.</param>
/// <param name="Float">rel and abs in single precision.</param>
internal readonly record struct Tolerance(
    bool IsExact, bool IsArray, (double Relative, double Absolute) Double, (double Relative, double Absolute) Float)
{
    public static Tolerance Exact { get; } = new(true, false, default, default);

    public static Tolerance Read(JsonElement element)
    {
        string? mode = element.GetProperty("mode").GetString();
        return mode switch
        {
            "exact" => Exact,
            "elem" or "array" => new Tolerance(
                false,
                mode == "array",
                (element.GetProperty("double").GetDouble(), element.GetProperty("abs_double").GetDouble()),
                (element.GetProperty("float").GetDouble(), element.GetProperty("abs_float").GetDouble())),
            _ => throw new FormatException($"The tolerance mode '{mode}' is unknown."),
        };
    }

    /// <summary>The largest |got − expected| in units of what is allowed: at most 1 passes. +∞ for another ∞, NaN or another count of values.</summary>
    public double Error(double[] expected, double[] got, Precision precision)
    {
        if (expected.Length != got.Length)
            return double.PositiveInfinity;

        double largest = IsArray ? expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max() : 0;
        (double relative, double absolute) = precision == Precision.Double ? Double : Float;
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double size = IsArray ? largest : Math.Abs(expected[i]);
            double allowed = IsExact ? 0 : (relative * size) + absolute;
            worst = Math.Max(worst, Units(expected[i], got[i], allowed));
        }

        return worst;
    }

    private static double Units(double expected, double got, double allowed)
    {
        if (expected.Equals(got) || expected == got)
            return 0;
        double distance = Math.Abs(got - expected);
        return double.IsFinite(distance) && allowed > 0 ? distance / allowed : double.PositiveInfinity;
    }
}
