using Kelvin.Linear;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>Trains one layer and looks at it, at its kernel and at the kernel's prediction on the way.</summary>
internal static class AttentionCourse
{
    public static IReadOnlyList<AttentionPoint> Follow(SequenceAttention start, SequenceSet set, AttentionPlan plan, out SequenceAttention layer)
    {
        MatrixView<double> kernel = AttentionTangents.Kernel(start, set);
        KernelSpectrum spectrum = KernelSpectrum.Of(kernel, 1);
        double rate = plan.StepShare * spectrum.StableStep();
        double[] first = AttentionTangents.Residuals(start, set);
        double[] parts = spectrum.Project(first);
        layer = start.With(start.Options);
        List<AttentionPoint> points = [];
        int done = 0;
        foreach (int step in plan.Checkpoints)
        {
            if (step > done)
                AttentionTangents.Descend(layer, set, rate, step - done);
            done = step;
            double[] predicted = spectrum.Compose([.. parts.Select((part, j) => part * Math.Pow(1 - (rate * spectrum.Values.Span[j]), step))]);
            points.Add(Point(layer, set, kernel, spectrum, first, predicted));
        }

        return points;
    }

    private static AttentionPoint Point(
        SequenceAttention layer, SequenceSet set, MatrixView<double> startKernel, KernelSpectrum start, double[] first, double[] predicted)
    {
        double[] residuals = AttentionTangents.Residuals(layer, set);
        MatrixView<double> kernel = AttentionTangents.Kernel(layer, set);
        KernelSpectrum spectrum = KernelSpectrum.Of(kernel, 1);
        double size = Square(first);
        return new AttentionPoint
        {
            Loss = Square(residuals) / size,
            Predicted = Square(predicted) / size,
            PredictionError = Math.Sqrt(Square([.. residuals.Zip(predicted, (real, said) => real - said)]) / size),
            Drift = Claims.ClaimLab.Distance(kernel, startKernel),
            Largest = spectrum.Largest / start.Largest,
            Smallest = spectrum.Smallest / start.Smallest,
            Look = AttentionLook.Of(layer, set),
        };
    }

    private static double Square(IEnumerable<double> values) => values.Sum(value => value * value);
}
