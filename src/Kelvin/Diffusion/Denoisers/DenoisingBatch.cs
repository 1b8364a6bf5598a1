using System.Numerics;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Diffusion;

/// <summary>The noisy examples of a training step, which depend on the seed and the step alone.</summary>
internal sealed class DenoisingBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenoiserOptions _network;
    private readonly ForwardProcess _process;
    private readonly ReadOnlyMatrixView<T> _data;
    private readonly ReadOnlyMemory<int> _dataLabels;
    private readonly DenoiserTrainingOptions _options;
    private readonly double[] _alphas;
    private readonly double[] _sigmas;
    private readonly int[] _labels;
    private readonly T[] _noise;

    public DenoisingBatch(
        DenoiserOptions network, ForwardProcess process, ReadOnlyMatrixView<T> data, ReadOnlyMemory<int> labels, DenoiserTrainingOptions options)
    {
        (_network, _process, _data, _dataLabels, _options) = (network, process, data, labels, options);
        _alphas = new double[options.BatchSize];
        _sigmas = new double[options.BatchSize];
        _labels = new int[labels.IsEmpty ? 0 : options.BatchSize];
        _noise = new T[data.Columns];
        Noisy = MatrixView.Allocate<T>(options.BatchSize, data.Columns);
        Targets = MatrixView.Allocate<T>(options.BatchSize, data.Columns);
    }

    public MatrixView<T> Noisy { get; }

    public MatrixView<T> Targets { get; }

    public ReadOnlySpan<double> Alphas => _alphas;

    public ReadOnlySpan<double> Sigmas => _sigmas;

    public ReadOnlySpan<int> Labels => _labels;

    public void Load(long step)
    {
        var random = new Xoshiro256StarStar(Mix(_options.Seed, step), threadSafe: false);
        double shift = random.NextDouble();
        for (int i = 0; i < _alphas.Length; i++)
        {
            // One time in each of equal stretches: the batch's noise levels are spread as evenly as can be.
            double share = (i + shift) / _alphas.Length;
            NoiseLevel level = _process.At(_options.FirstTime + ((_options.LastTime - _options.FirstTime) * share));
            (_alphas[i], _sigmas[i]) = (level.Alpha, level.Sigma);
            int row = random.Next(_data.Rows);
            if (_labels.Length > 0)
                _labels[i] = random.NextDouble() < _options.LabelDrop ? -1 : _dataLabels.Span[row];

            GaussianNoise.Fill<T>(random, _noise);
            LinearCombination.Of(level.Alpha, _data.Row(row), level.Sigma, _noise, Noisy.Row(i));
            DenoiserInputs.Target(_network, level.Alpha, level.Sigma, _data.Row(row), _noise, Targets.Row(i));
        }
    }

    /// <summary>The finaliser of SplitMix64 over (seed, step): near seeds and steps give unlike batches.</summary>
    private static int Mix(int seed, long step)
    {
        ulong x = (((ulong)(uint)seed << 32) | (uint)step) + 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return (int)(x ^ (x >> 31));
    }
}
