using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

/// <summary>The tolerances of docs/accuracy.md, in one place.</summary>
internal static class Close
{
    public const double Single = 1e-5;
    public const double Double = 3e-14;

    public static bool To(double expected, double actual, double relative, double absolute = 0) =>
        expected.Equals(actual) || Math.Abs(expected - actual) <= (relative * Math.Abs(expected)) + absolute;

    /// <summary>Every statistic: relative, except where the definition itself subtracts.</summary>
    public static void Statistics(SoftmaxStatistics expected, SoftmaxStatistics actual, double relative, double temperature)
    {
        double tiny = relative < 1e-10 ? 1e-290 : 1e-36;
        double span = Math.Abs(expected.MaxLogit) + Math.Abs(expected.MeanLogit) + temperature;
        Assert.Equal((expected.UnmaskedCount, expected.TiesAtMax, expected.ArgMax), (actual.UnmaskedCount, actual.TiesAtMax, actual.ArgMax));
        Check(expected.MaxLogit, actual.MaxLogit, 0, nameof(actual.MaxLogit));
        Check(expected.LogSumExp, actual.LogSumExp, relative * (1 + (span / temperature)), nameof(actual.LogSumExp));
        Check(expected.Entropy, actual.Entropy, tiny, nameof(actual.Entropy));
        Check(expected.NormalizedEntropy, actual.NormalizedEntropy, tiny, nameof(actual.NormalizedEntropy));
        Check(expected.MaxProbability, actual.MaxProbability, tiny, nameof(actual.MaxProbability));
        Check(expected.TailMass, actual.TailMass, tiny, nameof(actual.TailMass));
        Check(expected.MarginLogit, actual.MarginLogit, 0, nameof(actual.MarginLogit));
        Check(expected.MarginProbability, actual.MarginProbability, tiny, nameof(actual.MarginProbability));
        Check(expected.EffectiveNumber, actual.EffectiveNumber, relative * expected.EffectiveNumber * expected.Entropy, nameof(actual.EffectiveNumber));
        Check(expected.SumSquares, actual.SumSquares, tiny, nameof(actual.SumSquares));
        Check(expected.Participation, actual.Participation, tiny, nameof(actual.Participation));
        Check(expected.MeanLogit, actual.MeanLogit, relative * span, nameof(actual.MeanLogit));
        Check(expected.Variance, actual.Variance, tiny, nameof(actual.Variance));
        Check(expected.Saturation, actual.Saturation, relative / 10, nameof(actual.Saturation));
        Check(expected.EntropySlope, actual.EntropySlope, tiny / Math.Pow(temperature, 3), nameof(actual.EntropySlope));

        void Check(double e, double a, double absolute, string name) =>
            Assert.True(To(e, a, relative, absolute), FormattableString.Invariant($"{name}: expected {e:R}, got {a:R}, off by {Math.Abs((a - e) / e):E2} relative"));
    }
}
