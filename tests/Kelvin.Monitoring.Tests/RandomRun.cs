using CsCheck;

namespace Kelvin.Monitoring.Tests;

/// <summary>Runs in which anything may happen, so that every path of monitor and detectors is taken.</summary>
internal static class RandomRun
{
    private static readonly Series[] Names =
    [
        new(Vitals.TrainLoss), new(Vitals.GradientNorm), new(Vitals.UpdateRatio), new(Vitals.PromisedDecrease), new(Vitals.LearningRate),
        new(Vitals.GradientNonFinite), new(Vitals.WeightNorm), new(Vitals.MaxProbability, Layer: 0), new(Vitals.NormalizedEntropy, Layer: 0),
        new(Vitals.SaturatedShare, Layer: 0), new(Vitals.DeadShare, Layer: 1), new(Vitals.MaxProbability, Layer: 2, Head: 5), new("custom", Tensor: "mlp.in"),
    ];

    private static readonly double[] Odd = [0, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300];

    private static readonly Gen<double> Value = Gen.Frequency(
        (20, Gen.Double[0, 1]),
        (3, Gen.Double[-20, 20].Select(Math.Exp)),
        (1, Gen.Int[0, Odd.Length - 1].Select(i => Odd[i])));

    private static readonly Gen<(double[] Values, int Advance)> Step =
        Gen.Select(Value.Array[13], Gen.Frequency((30, Gen.Const(1)), (1, Gen.Int[-5, 100])));

    public static Gen<Point[]> Points { get; } = Step.Array[0, 150].Select(steps =>
    {
        List<Point> points = [];
        long t = 0;
        foreach ((double[] values, int advance) in steps)
        {
            t = Math.Max(0, t + advance);
            for (int i = 0; i < Names.Length; i++)
                points.Add(new(Names[i], t, values[i]));
        }

        return points.ToArray();
    });

    public static string Describe(IncidentChange change) => FormattableString.Invariant(
        $"{change.Kind} @{change.Step} #{change.Incident.Id} {change.Incident.State} {change.Incident.Severity} {change.Incident.Title} {change.Incident.Evidence.Count}");
}
