using System.Numerics;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Diffusion;

/// <summary>The batch of a sampler under way.</summary>
internal sealed class SamplerRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ForwardProcess _process;
    private readonly IScoreModel<T> _model;
    private readonly SamplerOptions _options;
    private readonly MatrixView<T> _x;
    private readonly MatrixView<T> _scores;
    private readonly MatrixView<T> _eulerPoint;
    private readonly MatrixView<T> _eulerScores;
    private readonly T[] _z;
    private readonly Xoshiro256StarStar _random;

    public SamplerRun(ForwardProcess process, IScoreModel<T> model, SamplerOptions options, MatrixView<T> points, int seed)
    {
        _process = process;
        _model = model;
        _options = options;
        _x = points;
        _scores = MatrixView.Allocate<T>(points.Rows, points.Columns);
        bool isHeun = options.Kind == SamplerKind.Heun;
        _eulerPoint = MatrixView.Allocate<T>(isHeun ? points.Rows : 0, points.Columns);
        _eulerScores = MatrixView.Allocate<T>(isHeun ? points.Rows : 0, points.Columns);
        _z = new T[points.Rows * points.Columns];
        _random = new Xoshiro256StarStar(seed, threadSafe: false);
    }

    public void Step(double t, double s, bool isLast)
    {
        NoiseLevel level = _process.At(t);
        _model.Score(level, _x, _scores);
        bool isMean = isLast && _options.IsLastStepMean;
        Span<T> x = _x.Span;
        Span<T> scores = _scores.Span;
        switch (_options.Kind)
        {
            case SamplerKind.Heun:
                Heun(t, s);
                break;
            case SamplerKind.Euler:
                DiffusionStep.FlowEuler(_process, t, s, x, scores, x);
                break;
            case SamplerKind.Ddim:
                Denoising.NoiseOfScore<T>(level, scores, scores);
                double eta = isMean ? 0 : _options.Eta;
                DiffusionStep.Ddim(_process, t, s, eta, x, scores, FreshNoise(eta == 0), x);
                break;
            case SamplerKind.EulerMaruyama:
                DiffusionStep.EulerMaruyama(_process, t, s, x, scores, FreshNoise(isMean), x);
                break;
            default:
                Denoising.NoiseOfScore<T>(level, scores, scores);
                DiffusionStep.Ddpm(_process, t, s, x, scores, FreshNoise(isMean), x);
                if (_options.Kind == SamplerKind.PredictorCorrector && !isLast)
                    Correct(_process.At(s));
                break;
        }
    }

    private void Heun(double t, double s)
    {
        Span<T> x = _x.Span;
        NoiseLevel to = _process.At(s);
        if (to.Variance == 0 && !_model.IsDefinedWithoutNoise)
        {
            DiffusionStep.FlowEuler(_process, t, s, x, _scores.Span, x);
            return;
        }

        DiffusionStep.FlowEuler(_process, t, s, x, _scores.Span, _eulerPoint.Span);
        _model.Score(to, _eulerPoint, _eulerScores);
        DiffusionStep.FlowHeun(_process, t, s, x, _scores.Span, _eulerPoint.Span, _eulerScores.Span, x);
    }

    private void Correct(in NoiseLevel level)
    {
        double size = _options.CorrectorSize;
        double delta = 2 * size * size * level.Variance;
        for (int i = 0; i < _options.Corrections && delta > 0; i++)
        {
            _model.Score(level, _x, _scores);
            DiffusionStep.Langevin(delta, _x.Span, _scores.Span, FreshNoise(isLeftOut: false), _x.Span);
        }
    }

    private ReadOnlySpan<T> FreshNoise(bool isLeftOut)
    {
        if (isLeftOut)
            return default;
        GaussianNoise.Fill<T>(_random, _z);
        return _z;
    }
}
