using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Monitoring.Tests;

/// <summary>A healthy run drawn from a seed: what a monitor must keep quiet about.</summary>
/// <remarks>
/// ln loss = trend + noise. The gradient goes with a power of the loss from ½ (squared loss) to 1 (cross-entropy) and has noise of its own. The promised decrease stays
/// below 2, the dead share rises to at most 0.3, the entropy of the hidden softmax falls as the loss does.
/// </remarks>
internal sealed class HealthyRun
{
    private readonly Xoshiro256StarStar _random;
    private readonly HealthyKind _kind;
    private readonly double _noise;
    private readonly double _correlation;
    private readonly double _floor;
    private readonly double _time;
    private readonly double _power;
    private readonly double _promise;
    private readonly double _deadGrowth;
    private double _error;
    private double _smooth = double.NaN;

    public HealthyRun(HealthyKind kind, int seed)
    {
        _kind = kind;
        _random = new Xoshiro256StarStar(seed, false);
        _noise = kind switch
        {
            HealthyKind.NearZero or HealthyKind.HardExamples => Uniform(0.3, 1.2),
            HealthyKind.SmallBatches => Uniform(0.5, 0.8),
            HealthyKind.FullBatch => 0,
            _ => Uniform(0.02, 0.3),
        };
        _correlation = kind == HealthyKind.Correlated ? Uniform(0.5, 0.98) : 0;
        _floor = kind switch
        {
            HealthyKind.NearZero or HealthyKind.HardExamples => Math.Exp(Uniform(Math.Log(1e-8), Math.Log(1e-3))),
            HealthyKind.FullBatch => Math.Exp(Uniform(Math.Log(1e-12), Math.Log(0.5))),
            _ => Uniform(0.02, 0.7),
        };
        _time = Math.Exp(Uniform(Math.Log(5), Math.Log(200)));
        _power = Uniform(0.5, 1);
        _promise = Uniform(0.02, 1);
        _deadGrowth = Uniform(0, 0.3);
    }

    /// <summary>Writes the points of steps 0 to <paramref name="steps"/> − 1, one batch a step, into the monitor.</summary>
    public RunMonitor Watch(int steps)
    {
        var monitor = new RunMonitor();
        Point[] points = new Point[8];
        for (int t = 0; t < steps; t++)
            monitor.Observe(points.AsSpan(0, Step(t, steps, points)));
        return monitor;
    }

    /// <summary>The same points in one sequence.</summary>
    public IEnumerable<Point> Points(int steps)
    {
        Point[] points = new Point[8];
        for (int t = 0; t < steps; t++)
        {
            int count = Step(t, steps, points);
            for (int i = 0; i < count; i++)
                yield return points[i];
        }
    }

    private int Step(int t, int steps, Span<Point> points)
    {
        double rate = Rate(t, steps);
        double trend = Math.Log(_floor + ((1 - _floor) * Math.Exp(-Progress(t) / _time)));
        double loss = 2.3 * (Math.Exp(trend + (Noise() * NoiseShare(trend)) + Spike(t)) + HardExample());
        if (_kind == HealthyKind.Smoothed)
        {
            _smooth = double.IsNaN(_smooth) ? loss : _smooth + (0.1 * (loss - _smooth));
            loss = _smooth;
        }

        double fitted = loss / 2.3;
        double gradient = 3 * Math.Pow(fitted, _power) * Math.Exp(0.2 * Normal.Sample(_random, 0, 1));
        int count = 0;
        points[count++] = new(Vitals.TrainLoss, t, loss);
        points[count++] = new(Vitals.LearningRate, t, rate);
        points[count++] = new(Vitals.GradientNorm, t, gradient);
        points[count++] = new(Vitals.UpdateRatio, t, 0.02 * rate * gradient);
        points[count++] = new(Vitals.PromisedDecrease, t, 2 * _promise * rate * _random.NextDouble());
        points[count++] = new(new Series(Vitals.DeadShare, Layer: 0), t, 0.1 + (_deadGrowth * t / steps));
        points[count++] = new(new Series(Vitals.NormalizedEntropy, Layer: 1), t, 0.02 + (0.9 * Math.Min(1, fitted)));
        points[count++] = new(new Series(Vitals.SaturatedShare, Layer: 1), t, Math.Clamp(0.9 - fitted, 0, 1));
        return count;
    }

    private double Rate(int t, int steps) => _kind switch
    {
        HealthyKind.WarmUp => Math.Min(1, (t + 1) / 100.0),
        HealthyKind.Cosine => 0.5 * (1 + Math.Cos(Math.PI * t / steps)),
        HealthyKind.RateDrop => t < steps / 2 ? 1 : 0.1,
        _ => 1,
    };

    private double Progress(int t) => _kind == HealthyKind.WarmUp ? Math.Max(0, t - 50) : t;

    private double Noise()
    {
        _error = (_correlation * _error) + (Math.Sqrt(1 - (_correlation * _correlation)) * Normal.Sample(_random, 0, 1));
        return _noise * _error;
    }

    /// <summary>The mean loss of a batch of untrained guesses varies little; it is the fitted network whose losses differ by orders of magnitude.</summary>
    private double NoiseShare(double trend) =>
        _kind is HealthyKind.NearZero or HealthyKind.HardExamples ? 1 - (0.8 * Math.Exp(trend)) : 1;

    private double Spike(int t) => _kind == HealthyKind.BenignSpike && t is (400 or 401) ? Math.Log(3) : 0;

    private double HardExample() =>
        _kind == HealthyKind.HardExamples && _random.NextDouble() < 0.01 ? Uniform(0.001, 0.1) : 0;

    private double Uniform(double low, double high) => low + ((high - low) * _random.NextDouble());
}
